"""The wording of the feedback letter: complete, in both languages, and kept to its own rules."""

import re
from pathlib import Path
from typing import get_args

import pytest

from tillsyn.interview_guides.faults import BrokenPack
from tillsyn.interview_guides.letter_wording import (
    PACKS,
    LetterWording,
    MissingValue,
    UnknownSentence,
    joined,
    load_letter_wording,
    read_letter_wording,
)
from tillsyn.interview_guides.reading import load_pack
from tillsyn.reports.content import Sign
from tillsyn.reports.pdf_fonts import SANS, register_fonts, written


@pytest.fixture(scope="module")
def words() -> LetterWording:
    return load_letter_wording()


def _all_texts(words: LetterWording) -> list[str]:
    texts = [
        *words.sentences.values(),
        *words.positions.values(),
        *words.suggestions.values(),
        *words.numbers,
    ]
    for level in words.levels.values():
        texts += [level.name, level.proportion]
    for area in words.areas.values():
        texts += [area.strength, area.matters, *area.questions]
    return [text for pair in texts for text in (pair.sv, pair.en)]


def test_every_area_has_its_words_and_every_uncovered_theme_a_suggestion(words: LetterWording) -> None:
    pack = load_pack("hvb")
    assert set(words.areas) == {area.id for area in pack.areas}
    covered = {theme for requirement in pack.requirements for theme in requirement.themes}
    assert set(words.suggestions) == {theme.id for theme in pack.themes} - covered


def test_every_sign_and_every_level_of_a_deficiency_has_its_words(words: LetterWording) -> None:
    assert set(words.positions) == set(get_args(Sign))
    assert set(words.levels) == {2, 3, 4, 5}
    assert len(words.numbers) == 13


def test_what_the_provider_must_do_stands_only_under_what_to_achieve(words: LetterWording) -> None:
    demand = re.compile(r"\bni (?:ska(?! veta)|måste)\b|\byou (?:must|shall)\b", re.IGNORECASE)
    found = {id for id, text in words.sentences.items() if demand.search(text.sv + " " + text.en)}
    assert found == {id for id in words.sentences if id.startswith("deficiency.achieve.")}


def test_advice_suggests(words: LetterWording) -> None:
    for text in (*words.suggestions.values(), words.sentences["advice.suggestion"]):
        assert text.sv.startswith("Vi föreslår")
        assert text.en.startswith("We suggest")


def test_no_sentence_is_long(words: LetterWording) -> None:
    for text in _all_texts(words):
        for sentence in re.split(r"(?<=[.!?:]) ", text):
            assert len(sentence.split()) <= 32, sentence


def test_the_typefaces_can_write_every_sentence(words: LetterWording) -> None:
    register_fonts()
    for text in _all_texts(words):
        assert written(text, SANS)


def test_citations_are_not_torn_apart(words: LetterWording) -> None:
    for text in _all_texts(words):
        assert not re.search(r"\d (?:kap\.|§)|\bch\. \d", text), text


def test_a_sentence_is_filled_and_begins_with_a_capital(words: LetterWording) -> None:
    said = words.say("children.talks.some", "sv", total=words.number(6, "sv"), talked=words.number(5, "sv"))
    assert said.startswith("Alla sex barn")
    assert "Fem av dem ville." in said
    assert words.say("share.few", "en") == "Children who live with you"


def test_values_are_put_in_as_they_are(words: LetterWording) -> None:
    assert words.say("deficiency.saw", "sv", note="{theme} %s {0.__class__}") == "{theme} %s {0.__class__}"


def test_what_is_missing_is_named(words: LetterWording) -> None:
    with pytest.raises(UnknownSentence, match="poem"):
        words.say("poem", "sv")
    with pytest.raises(MissingValue, match="deadline"):
        words.say("decision.account", "sv")
    assert words.placeholders("decision.account") == {"deadline"}


def test_numbers_beyond_twelve_are_digits_and_lists_end_with_och(words: LetterWording) -> None:
    assert (words.number(0, "en"), words.number(12, "sv"), words.number(13, "sv")) == ("none", "tolv", "13")
    assert joined((), "sv") == ""
    assert joined(("mat", "natten"), "sv") == "mat och natten"
    assert joined(("a", "b", "c"), "en") == "a, b and c"


def test_a_faulty_file_is_refused_with_the_line(tmp_path: Path) -> None:
    for name in ("letter.yaml", "letter_topics.yaml"):
        text = (PACKS / "hvb" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("by {deadline}", "by {Deadline}", 1), encoding="utf-8")
    with pytest.raises(BrokenPack, match=r"letter\.yaml:\d+: the placeholders are not the same"):
        read_letter_wording(tmp_path)
