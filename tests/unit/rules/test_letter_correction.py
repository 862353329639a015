"""A writing error is corrected in the frozen letter, wherever it stands, and nothing else changes."""

import pytest

from tests.unit.reports.example_letter import example_letter
from tillsyn.inspect.rules.letter_correction import NOT_WORDS, corrected, places_of
from tillsyn.reports.letter_data import from_data, to_data
from tillsyn.reports.reading import sentences

LETTER = example_letter("sv")
DATA = to_data(LETTER)


def test_the_words_change_everywhere_and_nothing_else_does() -> None:
    assert len(places_of(DATA, "nätter")) > 1
    made = from_data(corrected(DATA, "nätter", "kvällar"))
    before, after = sentences(LETTER), sentences(made)
    assert len(before) == len(after)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed
    assert all(new == old.replace("nätter", "kvällar") for old, new in changed)
    assert to_data(LETTER) == DATA


def test_whole_words_are_found_and_never_a_part_of_another() -> None:
    data = {"text": "Natten, nattens natt. En natt till.", "other": ["natt", {"rows": [["natt", "dag"]]}]}
    assert [place.found for place in places_of(data, "natt")] == ["natt"] * 4
    assert corrected(data, "natt", "dag") == {
        "text": "Natten, nattens dag. En dag till.",
        "other": ["dag", {"rows": [["dag", "dag"]]}],
    }


def test_blanks_are_all_alike_so_that_copied_words_are_found() -> None:
    data = {"text": "Enligt 28\u00a0kap. 3\u00a0§\nsocialtjänstlagen."}
    assert corrected(data, "28 kap. 3  § socialtjänstlagen", "28\u00a0kap. 4\u00a0§ socialtjänstlagen") == {
        "text": "Enligt 28\u00a0kap. 4\u00a0§ socialtjänstlagen."
    }


@pytest.mark.parametrize("name", sorted(NOT_WORDS))
def test_what_is_no_text_about_the_case_stays(name: str) -> None:
    assert corrected({name: "feedback"}, "feedback", "x") == {name: "feedback"}
    assert places_of({name: "feedback"}, "feedback") == ()


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_no_words_are_nowhere(words: str) -> None:
    assert places_of(DATA, words) == ()
    assert corrected(DATA, words, "x") == DATA


@pytest.mark.parametrize("right", [r"\1", r"\g<0>", "<b>&", "a\\b"])
def test_the_right_words_are_taken_as_they_stand(right: str) -> None:
    assert corrected({"text": "det är fel."}, "fel", right) == {"text": f"det är {right}."}


@pytest.mark.parametrize("wrong", ["(a", "a.c", "[x", "a|b"])
def test_the_wrong_words_are_taken_as_they_stand(wrong: str) -> None:
    assert corrected({"text": f"det {wrong} och abc"}, wrong, "rätt") == {"text": "det rätt och abc"}


def test_a_place_is_shown_with_what_stands_around_it() -> None:
    long = "ord " * 60
    (place,) = places_of({"text": f"{long}fel {long}"}, "fel")
    assert place.found == "fel"
    assert place.before.startswith("…") and place.after.endswith("…")
    assert len(place.before) < 100 and len(place.after) < 100
