"""Information, communication, decision, reminder, follow-up and closing: whole in every pack and language."""

import re
from dataclasses import dataclass, replace

import pytest

from tests.unit.letters.course_cases import (
    SIX,
    gone_all_the_way,
    letter,
    phrases_of,
    text_of,
    with_course,
)
from tillsyn.inspect.rules.case_view import CaseView
from tillsyn.inspect.rules.letter_kinds import KINDS
from tillsyn.inspect.rules.letter_phrases import Composed
from tillsyn.inspect.rules.readability import lix, sentences_of
from tillsyn.inspect.services.lay_out_sections import heading_of, lay_out_sections
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.interview_guides.letter_demands import DEMAND, METHOD, PROVISION
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.vocabulary import FindingKind, MeasureOutcome
from tillsyn.reports import content as c
from tillsyn.reports.reading import block_sentences

PACKS = available_packs()
EVERY = [(pack, kind) for pack in PACKS for kind in SIX]
NAMES = [f"{pack}-{kind.value}" for pack, kind in EVERY]
LONGEST = 32
"""Words in a sentence; what a person has written may be longer."""


def view_for(kind: LetterKind, pack: str, severity: int = 2) -> CaseView:
    """A reminder is about measures that nobody has followed up."""
    view = gone_all_the_way(pack, severity=severity)
    if kind is not LetterKind.REMINDER:
        return view
    waiting = (replace(one, outcome=None, shown="", children_say="") for one in view.course.measures)
    return with_course(view, measures=tuple(waiting))


@dataclass
class Placed:
    section: str
    key: str
    position: int
    text: str


def laid_out(kind: LetterKind, view: CaseView, language: str) -> tuple[c.Section, ...]:
    made = [
        Placed(one.section, one.key, position, one.text.in_language(language))
        for position, one in enumerate(letter(kind, view).values())
    ]
    return lay_out_sections(phrases_of(view.pack.id).wording, language, made, kind.value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("pack", "kind"), EVERY, ids=NAMES)
@pytest.mark.parametrize("severity", [1, 2, 3])
def test_every_letter_is_whole_in_both_languages(pack: str, kind: LetterKind, severity: int) -> None:
    found = letter(kind, view_for(kind, pack, severity))
    order = [
        section for section in KINDS[kind].sections if section in {one.section for one in found.values()}
    ]
    assert list(dict.fromkeys(one.section for one in found.values())) == order
    for key, one in found.items():
        assert one.key.split(".", 1)[0] == one.section
        for text in (one.text.sv, one.text.en):
            assert text.strip(), key
            assert not re.search(r"[{}]|\bNone\b", text), key
            assert text[:1] == text[:1].upper() or key.endswith(".sources"), key
    assert {section for section in KINDS[kind].sections if section != "head"} - set(order) <= {"measures"}


@pytest.mark.parametrize(("pack", "kind"), EVERY, ids=NAMES)
def test_every_letter_is_easy_enough_for_its_reader(pack: str, kind: LetterKind) -> None:
    view = view_for(kind, pack, 3)
    text = text_of(kind, view)
    assert max(lix(text), lix(text_of(kind, view, "en"))) <= KINDS[kind].most_lix
    if kind is LetterKind.INFORMATION:
        assert max(len(one.split()) for one in sentences_of(text)) <= 24, "a child reads it alone"


@pytest.mark.parametrize("pack", PACKS)
def test_no_sentence_is_long(pack: str) -> None:
    for id, text in phrases_of(pack).wording.sentences.items():
        for one in (*sentences_of(text.sv), *sentences_of(text.en)):
            assert len(one.split()) <= LONGEST, (id, one)


@pytest.mark.parametrize(("pack", "kind"), EVERY, ids=NAMES)
def test_a_demand_stands_with_its_law_and_never_with_advice(pack: str, kind: LetterKind) -> None:
    for one in letter(kind, view_for(kind, pack, 3)).values():
        for text in (one.text.sv, one.text.en):
            assert not METHOD.search(text), one.key
            if DEMAND.search(text):
                assert PROVISION.search(one.text.sv), one.key
                assert "föreslår" not in text and "suggest" not in text, one.key


@pytest.mark.parametrize(("pack", "kind"), EVERY, ids=NAMES)
def test_what_is_told_of_a_finding_rests_on_its_requirement(pack: str, kind: LetterKind) -> None:
    view = view_for(kind, pack)
    rules = {one.id: one.requirement for one in view.findings if one.kind is FindingKind.DEFICIENCY}
    found = [one for one in letter(kind, view).values() if one.finding_id in rules]
    assert found or kind is LetterKind.INFORMATION
    assert all(rules[one.finding_id] in one.evidence for one in found if one.finding_id)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", SIX, ids=[kind.value for kind in SIX])
def test_every_sentence_that_was_composed_is_in_the_letter(kind: LetterKind, language: str) -> None:
    for pack in PACKS:
        view = view_for(kind, pack, 3)
        sections = laid_out(kind, view, language)
        keys = [block.key for section in sections for block in section.blocks]
        assert len(set(keys)) == len(keys)
        said = "\n".join(
            part
            for section in sections
            for part in (section.lead or "", *(t for one in section.blocks for t in block_sentences(one, language)))
        )  # fmt: skip
        for one in letter(kind, view).values():
            for paragraph in c.paragraphs_of(one.text.in_language(language)):
                assert paragraph in said, one.key


@pytest.mark.parametrize("kind", SIX, ids=[kind.value for kind in SIX])
def test_no_block_is_lost_or_made_when_a_person_takes_paragraphs_away(kind: LetterKind) -> None:
    """Any one paragraph may be taken away; the rest stands."""
    view = view_for(kind, "hvb", 3)
    words = phrases_of("hvb").wording
    made = [
        Placed(one.section, one.key, at, one.text.sv) for at, one in enumerate(letter(kind, view).values())
    ]
    for left_out in made:
        rest = [one for one in made if one is not left_out]
        sections = lay_out_sections(words, "sv", rest, kind.value)
        said = "\n".join(
            text
            for section in sections
            for text in (section.lead or "", *(t for one in section.blocks for t in block_sentences(one, "sv")))
        )  # fmt: skip
        for one in rest:
            assert all(paragraph in said for paragraph in c.paragraphs_of(one.text)), (left_out.key, one.key)


@pytest.mark.parametrize("kind", SIX, ids=[kind.value for kind in SIX])
def test_every_section_has_a_heading_that_says_whose_it_is(kind: LetterKind) -> None:
    for pack in PACKS:
        words, users = phrases_of(pack).wording, load_pack(pack).users
        for key in KINDS[kind].sections:
            assert heading_of(words, "sv", key, kind.value).strip()
        if kind in (LetterKind.FOLLOWUP, LetterKind.CLOSING):
            assert users.definite_plural.sv in heading_of(words, "sv", "voices", kind.value)


def test_advice_stands_apart_from_what_must_be_done() -> None:
    view = gone_all_the_way("hvb")
    facts = next(one for one in laid_out(LetterKind.COMMUNICATION, view, "sv") if one.key == "facts")
    heads = [one.text for one in facts.blocks if isinstance(one, c.Subheading)]
    assert heads == ["Det som fungerar", "Det som vi i dag ser som brister", "Det som vi tänker ge råd om"]
    made = [
        Placed(one.section, one.key, at, one.text.sv)
        for at, one in enumerate(letter(LetterKind.FEEDBACK, view).values())
    ]
    summary = lay_out_sections(phrases_of("hvb").wording, "sv", made)[0]
    (points,) = (one for one in summary.blocks if isinstance(one, c.Bullets))
    assert any("redovisa" in item for item in points.items)
    assert not any("råd" in item for item in points.items)
    assert isinstance(summary.blocks[-1], c.Paragraph) and "råd" in summary.blocks[-1].text


@pytest.mark.parametrize(
    "outcomes", [(a, b) for a in (None, *MeasureOutcome) for b in (None, *MeasureOutcome)]
)
def test_the_letters_after_the_decision_can_tell_of_any_outcome(
    outcomes: tuple[MeasureOutcome | None, MeasureOutcome | None],
) -> None:
    view = gone_all_the_way("hvb", outcomes=outcomes)
    for kind in (LetterKind.FOLLOWUP, LetterKind.CLOSING):
        found: dict[str, Composed] = letter(kind, view)
        assert found and laid_out(kind, view, "en")
