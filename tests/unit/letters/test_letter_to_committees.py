"""The letter to committees: whole in every pack, plain, without a demand and without a word of anybody's."""

import re
from dataclasses import replace

import pytest

from tests.unit.letters.course_cases import gone_all_the_way, letter, text_of, with_points_for_committees
from tests.unit.letters.letters_of_every_pack import letter_of_pack
from tillsyn.inspect.rules.case_view import CaseView
from tillsyn.inspect.rules.inspection_flow import CaseFacts
from tillsyn.inspect.rules.letter_committee import points_for_committees
from tillsyn.inspect.rules.letter_kinds import KINDS
from tillsyn.inspect.rules.letter_timing import Timing, why_not_yet
from tillsyn.inspect.rules.readability import lix
from tillsyn.interview_guides.guide import available_packs
from tillsyn.interview_guides.letter_demands import DEMAND, METHOD
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.vocabulary import State
from tillsyn.reports.reading import sentences

KIND = LetterKind.COMMITTEE
PACKS = available_packs()


def view_of(pack: str) -> CaseView:
    return with_points_for_committees(gone_all_the_way(pack))


@pytest.mark.parametrize("pack", PACKS)
def test_it_is_whole_in_both_languages_and_in_the_order_of_its_sections(pack: str) -> None:
    found = letter(KIND, view_of(pack))
    assert list(dict.fromkeys(one.section for one in found.values())) == list(KINDS[KIND].sections)
    for key, one in found.items():
        for said in (one.text.sv, one.text.en):
            assert said.strip() and not re.search(r"[{}]|\bNone\b", said), key
    assert len({one.finding_id for one in found.values() if one.finding_id}) == 2, "only what is routed"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("pack", PACKS)
def test_it_demands_nothing_and_repeats_nobody(pack: str, language: str) -> None:
    view = view_of(pack)
    text = text_of(KIND, view, language)
    assert not DEMAND.search(text) and not METHOD.search(text)
    assert "Fyra säger" not in text
    theirs = {one.title for one in view.findings if one.id in view.routed}
    for one in view.findings:
        if one.title not in theirs:
            assert one.title not in text, "a deficiency of the home, or a point that goes to nobody"
    for saying in view.course.measures:
        assert saying.children_say not in text or not saying.children_say


@pytest.mark.parametrize("pack", PACKS)
def test_it_is_easy_enough_for_its_reader(pack: str) -> None:
    assert lix(text_of(KIND, view_of(pack))) <= KINDS[KIND].most_lix


@pytest.mark.parametrize("pack", PACKS)
def test_it_is_laid_out(pack: str) -> None:
    said = list(sentences(letter_of_pack(pack, KIND, "sv")))
    assert any("inget beslut" in one for one in said) and "Vi såg" in said


def test_a_theme_with_a_grave_account_is_no_point_of_any_letter() -> None:
    view = view_of("hvb")
    theme = view.pack.themes[0].id
    point = replace(points_for_committees(view)[0], requirement=None, theme=theme)
    assert points_for_committees(replace(view, findings=(point,)))
    hidden = replace(view, findings=(point,), investigated=frozenset({theme}), routed=frozenset({point.id}))
    assert points_for_committees(hidden) == ()
    assert not [key for key in letter(KIND, hidden) if key.startswith("points.")]


@pytest.mark.parametrize(
    ("state", "points", "routed", "says"),
    [
        (State.DECISION, 0, 0, "Nothing in this case"),
        (State.CLOSED, 0, 0, "Nothing in this case"),
        (State.COMMUNICATION, 1, 1, "waits for the decision"),
        (State.DECISION, 2, 0, "Say first"),
        (State.DECISION, 2, 1, ""),
        (State.FOLLOW_UP, 1, 1, ""),
        (State.CLOSED, 1, 1, ""),
    ],
)
def test_when_it_is_made(state: State, points: int, routed: int, says: str) -> None:
    why = why_not_yet(KIND, CaseFacts(state=state), Timing(for_committees=points, routed=routed))
    assert (why.text if why else "") == says or (says and why and says in why.text)
