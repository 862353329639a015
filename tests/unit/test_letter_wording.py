"""The wording of the feedback letter: complete, in both languages, and kept to its own rules."""

import re
from pathlib import Path
from typing import get_args

import pytest

from tillsyn.inspect.rules.finding_proposals import REASONS
from tillsyn.interview_guides.faults import BrokenPack
from tillsyn.interview_guides.letter_demands import DEMAND
from tillsyn.interview_guides.letter_files import DECISIONS
from tillsyn.interview_guides.letter_rules import LEVELS
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
from tillsyn.models.letter_vocabulary import DecisionKind
from tillsyn.reports.content import Sign
from tillsyn.reports.pdf_fonts import SANS, register_fonts, written


@pytest.fixture(scope="module")
def words() -> LetterWording:
    return load_letter_wording("hvb")


def _all_texts(words: LetterWording) -> list[str]:
    texts = [
        *words.sentences.values(),
        *words.positions.values(),
        *words.suggestions.values(),
        *words.numbers,
    ]
    for level in words.levels.values():
        texts += [level.name, level.proportion]
    for appeal in words.appeals.values():
        texts += [appeal.says, appeal.letter, appeal.letter_public or appeal.letter]
    for area in words.areas.values():
        texts += [area.strength, area.matters, *area.questions]
    return [text for pair in texts for text in (pair.sv, pair.en)]


def test_every_area_has_its_words_and_every_theme_a_suggestion_of_its_own(words: LetterWording) -> None:
    pack = load_pack("hvb")
    assert set(words.areas) == {area.id for area in pack.areas}
    assert set(words.suggestions) == {theme.id for theme in pack.themes}
    assert len({text.sv for text in words.suggestions.values()}) == len(pack.themes)


def test_every_reason_for_advice_has_its_sentence(words: LetterWording) -> None:
    assert {f"advice.{reason}" for reason in REASONS} <= set(words.sentences)


def test_every_sign_and_every_level_of_a_deficiency_has_its_words(words: LetterWording) -> None:
    assert set(words.positions) == set(get_args(Sign))
    assert set(words.levels) == set(LEVELS)
    assert len(words.numbers) == 13


def test_what_the_provider_must_do_stands_only_where_something_is_to_be_achieved(
    words: LetterWording,
) -> None:
    found = {id for id, text in words.sentences.items() if DEMAND.search(text.sv + " " + text.en)}
    assert found == {id for id in words.sentences if id.startswith("deficiency.achieve.")} | {
        "decision.measures.intro", "decision.measures.requirement",
        "followup.remaining.requirement", "followup.remaining.order",
    }  # fmt: skip


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
    said = words.say("deficiency.your_view.reply", "sv", reply="{theme} %s {0.__class__}")
    assert said == "Ni skriver: {theme} %s {0.__class__}"


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
    for name in ("pack.yaml", "letter.yaml", "letter_topics.yaml"):
        text = (PACKS / "hvb" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("that {reason}", "that {Reason}", 1), encoding="utf-8")
    with pytest.raises(BrokenPack, match=r"letter\.yaml:\d+: the placeholders are not the same"):
        read_letter_wording(tmp_path)


def test_what_is_put_in_the_middle_of_a_sentence_has_no_capital(words: LetterWording) -> None:
    assert words.sentences["sources.children"].sv == "barn"
    assert words.sentences["heading.children"].en == "The voices of the children and young people"


def test_a_pack_in_use_says_nothing_of_being_an_example(words: LetterWording) -> None:
    assert words.example is None


def test_every_kind_of_decision_has_its_appeal(words: LetterWording) -> None:
    assert set(words.appeals) == {kind.value for kind in DecisionKind} == set(DECISIONS)
