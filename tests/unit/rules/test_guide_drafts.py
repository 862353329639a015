"""A guide while it is written: parts as fields and back, and what is done with its questions."""

import copy

import pytest

from tillsyn.inspect.rules import guide_drafts as rules
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.guide_writing import guide_as_written, write_guide

PACK = load_pack("hvb")


def draft_of(guide: str = "child_6_12") -> rules.Plain:
    return guide_as_written(PACK.guide(guide))


def ids(draft: rules.Plain) -> list[str]:
    return [question["id"] for question in draft["questions"]]


@pytest.mark.parametrize("guide", [guide.id for guide in PACK.guides])
def test_fields_that_are_saved_as_they_stood_change_nothing_that_is_written(guide: str) -> None:
    draft = draft_of(guide)
    saved = rules.with_fields(draft, rules.FRAME, rules.fields_of(draft, rules.FRAME))
    for question in ids(draft):
        saved = rules.with_fields(saved, question, rules.fields_of(draft, question))
    assert write_guide(saved).text == write_guide(draft).text


def test_one_field_is_changed_and_the_others_stand() -> None:
    draft = draft_of()
    before = copy.deepcopy(draft)
    saved = rules.with_fields(draft, "C02", {"text_sv": "Vad är roligt?", "probe2_en": "What else?"})
    assert saved["questions"][1]["text"] == before["questions"][1]["text"] | {"sv": "Vad är roligt?"}
    assert saved["questions"][1]["probes"][1]["en"] == "What else?"
    assert saved["questions"][0] == before["questions"][0]
    assert draft == before, "the draft that was given is not touched"


def test_a_row_that_is_emptied_keeps_its_place() -> None:
    draft = draft_of()
    second = draft["questions"][0]["probes"][1]["sv"]
    saved = rules.with_fields(draft, "C01", {"probe1_sv": "", "probe1_en": ""})
    assert rules.fields_of(saved, "C01")["probe2_sv"] == second


def test_the_topic_is_the_area_and_the_theme() -> None:
    saved = rules.with_fields(draft_of(), "C01", {"topic": "TRY/"})
    assert (saved["questions"][0]["area"], saved["questions"][0]["theme"]) == ("TRY", "")
    assert "theme:" not in write_guide(saved).text.split("- id: C02")[0]


def test_a_field_that_the_part_does_not_have_is_left_out() -> None:
    assert rules.with_fields(draft_of(), "C01", {"id": "X", "nonsense": "y"})["questions"][0]["id"] == "C01"


@pytest.mark.parametrize(
    "said",
    [
        "noted:C05", "not_noted:C05", "age:6-12", "age:13-15,16-17", "theme:natt",
        "interpreted:true", "interpreted:false",
    ],
)  # fmt: skip
def test_a_condition_is_one_choice(said: str) -> None:
    saved = rules.with_fields(draft_of(), "C02", {"only_if2": said})
    assert rules.fields_of(saved, "C02")["only_if2"] == said
    assert rules.condition_as_text(rules.condition_from(said)) == said


def test_an_unknown_condition_is_none() -> None:
    assert rules.condition_from("") == {}
    assert rules.condition_as_text({}) == ""


def test_the_number_of_a_part_follows_from_its_words_and_nothing_else() -> None:
    draft = draft_of()
    fields = rules.fields_of(draft, "C01")
    assert rules.number_of(fields) == rules.number_of(dict(reversed(fields.items())))
    assert rules.number_of(fields) != rules.number_of(fields | {"text_sv": "Annat."})
    assert rules.number_of(fields) < 2**48
    other = rules.with_fields(draft, "C02", {"text_sv": "Annat."})
    assert rules.fields_of(other, "C01") == fields


def test_a_new_question_has_an_id_that_was_never_used() -> None:
    draft = draft_of()
    last = max(ids(draft))
    gone = rules.without_question(draft, last)
    made = rules.new_id(gone, taken=[f"C{int(last[1:]) + 1:02}"])
    assert made == f"C{int(last[1:]) + 2:02}"
    assert rules.new_id({"questions": []}, taken=["Q01"]) == "Q02"


def test_a_new_question_follows_the_one_it_was_asked_after_in_the_same_area() -> None:
    draft = rules.with_question(draft_of(), "C99", after="C01")
    assert ids(draft)[:3] == ["C01", "C99", "C02"]
    assert draft["questions"][1]["area"] == draft["questions"][0]["area"]
    assert ids(rules.with_question(draft_of(), "C99", after=None))[0] == "C99"


def test_a_question_is_moved_and_stops_at_the_ends() -> None:
    draft = draft_of()
    assert ids(rules.moved(draft, "C02", -1))[:2] == ["C02", "C01"]
    assert ids(rules.moved(draft, "C01", 1))[:2] == ["C02", "C01"]
    assert ids(rules.moved(draft, "C01", -1)) == ids(draft)
    assert ids(rules.moved(draft, ids(draft)[-1], 1)) == ids(draft)


def test_a_question_that_is_taken_out_can_be_put_back_as_it_was() -> None:
    draft = draft_of()
    without = rules.without_question(rules.without_question(draft, "C02"), "C04")
    assert {"C02", "C04"}.isdisjoint(ids(without))
    assert [one["question"]["id"] for one in without[rules.REMOVED]] == ["C02", "C04"]
    assert rules.REMOVED not in rules.as_file(without)
    back = rules.with_question_back(rules.with_question_back(without, "C04"), "C02")
    assert rules.as_file(back) == draft
    with pytest.raises(KeyError):
        rules.with_question_back(back, "C02")


def test_an_unknown_question_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        rules.fields_of(draft_of(), "Z99")


def test_the_next_version_is_the_next_of_the_year() -> None:
    assert rules.next_version(2026, ["2026-1", "2025-7", "utkast"]) == "2026-2"
    assert rules.next_version(2027, ["2026-1"]) == "2027-1"
