"""The letter of each pack: its own words and law, nothing left unfilled, and no word of another pack."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tillsyn.inspect.rules.case_view import CaseView, FindingView, Marked, Said, Talks
from tillsyn.inspect.rules.finding_proposals import propose
from tillsyn.inspect.rules.letter_composition import compose
from tillsyn.inspect.rules.letter_phrases import Phrases
from tillsyn.inspect.rules.weighing import CheckResult, Perspective
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.interview_guides.letter_wording import PACKS, check_letter_wording, load_letter_wording
from tillsyn.models.vocabulary import FindingKind, Wish

DAY = date(2026, 11, 10)
TALKS = Talks(residents=6, offered=6, talked=6, staff=2, managers=1, observations=1)


def on(day: date) -> Text:
    return Text(day.isoformat(), day.isoformat())


def case(pack_id: str, *, severity: int, public: bool = False) -> CaseView:
    """A deviation, and something that all six who were heard want otherwise."""
    pack = load_pack(pack_id)
    rule = next(one for one in pack.requirements_on(DAY) if one.can_be_deficiency_of_home)
    other = next(theme for theme in pack.themes if theme.id not in rule.themes)
    said = tuple(
        Said(uuid4(), f"u{n}", f"b{n}", Perspective.CHILD, other.id, 1, wish=Wish.MAY_BE_TOLD)
        for n in range(1, 7)
    )
    mark = Marked(rule.id, CheckResult.DEVIATION, severity)
    view = CaseView(pack, DAY, "Björken", True, talks=TALKS, said=said, marks=(mark,), public_provider=public)
    findings = tuple(
        FindingView(
            uuid4(), one.kind, one.area, one.theme, one.requirement, int(one.level), one.sanction, one.responsible,
            one.title.sv, one.saw.sv, one.matters.sv, one.proportion.sv, one.achieve.sv,
            due_on=DAY if one.kind is FindingKind.DEFICIENCY else None,
        )
        for one in propose(view, Phrases(load_letter_wording(pack_id)))
    )  # fmt: skip
    return replace(view, findings=findings)


def letter(pack_id: str, *, severity: int = 2, public: bool = False) -> dict[str, Text]:
    view = case(pack_id, severity=severity, public=public)
    return {one.key: one.text for one in compose(view, Phrases(load_letter_wording(pack_id)), on)}


@pytest.mark.parametrize("pack_id", available_packs())
def test_the_words_of_every_pack_are_whole(pack_id: str) -> None:
    assert check_letter_wording(PACKS / pack_id) == ()


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
@pytest.mark.parametrize("pack_id", available_packs())
def test_every_letter_is_filled_and_speaks_of_the_people_of_its_pack(pack_id: str, severity: int) -> None:
    found, users = letter(pack_id, severity=severity), load_pack(pack_id).users
    for key, text in found.items():
        assert not re.search(r"[{}]|\bNone\b", text.sv + text.en), key
        if key.endswith(".sources"):
            continue
        assert text.sv[:1] == text.sv[:1].upper() and text.en[:1] == text.en[:1].upper(), key
    first = found["summary.children"]
    assert first.sv.startswith(users.definite_plural.sv[:1].upper() + users.definite_plural.sv[1:])
    assert users.definite_plural.en in found["questions.intro"].en


@pytest.mark.parametrize(
    "pack_id", [one for one in available_packs() if load_pack(one).users.plural.sv != "barn"]
)
def test_a_letter_about_others_speaks_of_no_child_and_no_home_for_children(pack_id: str) -> None:
    words = load_letter_wording(pack_id)
    shared = [text for id, text in words.sentences.items() if not id.startswith("deficiency.rule")]
    topics = [
        text for area in words.areas.values() for text in (area.strength, area.matters, *area.questions)
    ]
    for text in (*shared, *topics, *words.suggestions.values()):
        assert not re.search(r"\bbarn(?!omh)|\bhvb\b", text.sv, re.IGNORECASE), text.sv
        assert not re.search(r"\bchild", text.en, re.IGNORECASE), text.en


@pytest.mark.parametrize("pack_id", available_packs())
def test_the_law_in_the_letter_is_that_of_the_pack(pack_id: str) -> None:
    words = load_letter_wording(pack_id)
    order = letter(pack_id, severity=4)
    assert f"({words.law['order'].sv})" in order["decision.words"].sv
    assert order["legal.appeal"] == words.appeals["order"].letter
    assert letter(pack_id, severity=4, public=True)["legal.appeal"] == words.appeals["order"].in_letter(
        public=True
    )
    account = letter(pack_id, severity=2)
    assert f"({words.law['report'].en})" in account["decision.words"].en
    assert account["legal.appeal"] == words.appeals["criticism"].letter


@pytest.mark.parametrize("pack_id", available_packs())
def test_only_a_pack_whose_requirements_carry_a_sanction_needs_its_law(pack_id: str) -> None:
    words, pack = load_letter_wording(pack_id), load_pack(pack_id)
    assert words.has("decision.sanction") is ("sanction" in words.law)
    assert words.has("decision.sanction") or not any(one.sanction for one in pack.requirements)


@pytest.mark.parametrize("pack_id", available_packs())
def test_the_head_of_an_example_says_so_and_what_is_to_be_verified(pack_id: str) -> None:
    example, pack = load_letter_wording(pack_id).example, load_pack(pack_id)
    assert (example is not None) is pack.is_example
    if example is not None and pack.verified_note is not None:
        assert (
            example.sv == f"Exempel: innehållet är inte granskat av myndigheten.\n\n{pack.verified_note.sv}"
        )
        assert (
            example.en
            == f"Example: the content has not been verified by the authority.\n\n{pack.verified_note.en}"
        )
