"""Findings are proposed and the letter is composed by pure rules: order, k-rule, two scales, two languages."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tillsyn.inspect.rules.case_view import AreaView, CaseView, FindingView, Marked, Said, Talks
from tillsyn.inspect.rules.disclosure import may_name_children, source_labels
from tillsyn.inspect.rules.finding_levels import kind_of_level, level_of_deviation, needs_lawyer
from tillsyn.inspect.rules.finding_proposals import Proposal, propose
from tillsyn.inspect.rules.letter_composition import SECTIONS, Composed, compose
from tillsyn.inspect.rules.letter_obstacles import obstacles
from tillsyn.inspect.rules.letter_phrases import Phrases
from tillsyn.inspect.rules.weighing import CheckResult, Perspective
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.vocabulary import FindingKind, Responsible, Wish

PHRASES = Phrases(load_letter_wording())
DAY = date(2026, 3, 10)


def on(day: date) -> Text:
    return Text(day.isoformat(), day.isoformat())


def said(
    source: str, theme: str, severity: int, *, wish: Wish = Wish.ONLY_IN_GENERAL, **more: object
) -> Said:
    perspective = more.pop("perspective", Perspective.CHILD)
    return Said(uuid4(), f"u{source}{theme}", source, perspective, theme, severity, wish=wish, **more)  # type: ignore[arg-type]


def case(*what: Said, marks: tuple[Marked, ...] = (), **values: object) -> CaseView:
    talks = Talks(residents=6, offered=6, talked=5, declined=1, staff=3, managers=1)
    return CaseView(
        load_pack(),
        DAY,
        "Hemmet",
        True,
        **{"talks": talks, "said": what, "marks": marks, **values},  # type: ignore[arg-type]
    )


def deviation(requirement: str, severity: int, **more: object) -> Marked:
    return Marked(requirement, CheckResult.DEVIATION, severity, **more)  # type: ignore[arg-type]


def as_finding(one: Proposal, **changed: object) -> FindingView:
    view = FindingView(
        uuid4(), one.kind, one.area, one.theme, one.requirement, int(one.level), one.sanction, one.responsible,
        one.title.sv, one.saw.sv, one.matters.sv, one.proportion.sv, one.achieve.sv,
    )  # fmt: skip
    return replace(view, **changed)  # type: ignore[arg-type]


def composed(view: CaseView) -> dict[str, Composed]:
    return {one.key: one for one in compose(view, PHRASES, on)}


def with_proposals(view: CaseView) -> CaseView:
    return replace(view, findings=tuple(as_finding(one) for one in propose(view, PHRASES)))


@pytest.mark.parametrize(("severity", "level"), [(1, 2), (2, 3), (3, 4), (4, 5)])
def test_a_deviation_is_proposed_one_level_above_its_severity(severity: int, level: int) -> None:
    (proposal,) = propose(case(marks=(deviation("K10", severity),)), PHRASES)
    assert (proposal.kind, int(proposal.level)) == (FindingKind.DEFICIENCY, level)
    assert level_of_deviation(severity) == level


def test_a_trifle_put_right_is_no_finding_unless_it_opens_the_sanction_track() -> None:
    assert propose(case(marks=(deviation("K10", 0, fixed=True),)), PHRASES) == ()
    (proposal,) = propose(case(marks=(deviation("K08", 0, fixed=True),)), PHRASES)
    assert proposal.sanction and int(proposal.level) == 2


def test_what_the_committee_answers_for_is_advice_and_never_a_deficiency() -> None:
    (proposal,) = propose(case(marks=(deviation("K13", 4),)), PHRASES)
    assert proposal.kind is FindingKind.ADVICE
    assert proposal.responsible is Responsible.COMMITTEE
    assert not proposal.sanction


def test_what_children_find_wanting_without_a_deviation_is_advice() -> None:
    (proposal,) = propose(case(said("b1", "mat", 1)), PHRASES)
    assert (proposal.kind, proposal.theme, int(proposal.level)) == (FindingKind.ADVICE, "mat", 1)


def test_what_children_say_works_of_themselves_is_a_strength_and_a_prompted_answer_is_not() -> None:
    (proposal,) = propose(case(said("b1", "fortroende", 0, unprompted=True)), PHRASES)
    assert (proposal.kind, proposal.area) == (FindingKind.STRENGTH, "BEM")
    assert propose(case(said("b1", "fortroende", 0)), PHRASES) == ()


def test_a_grave_account_is_neither_advice_nor_a_row_of_the_letter() -> None:
    view = case(*(said(f"b{n}", "vald_hot", 3, grave=True, wish=Wish.MAY_BE_TOLD) for n in range(1, 5)))
    assert propose(view, PHRASES) == ()
    assert not any(
        "våld" in one.text.sv for key, one in composed(view).items() if key.startswith("children.raised")
    )


def test_children_are_named_when_three_stand_behind_it_or_all_said_it_may_be_told() -> None:
    heard = {"b1", "b2", "b3"}
    three = [said(f"b{n}", "mat", 1) for n in (1, 2, 3)]
    assert may_name_children(three, heard)
    assert not may_name_children(three[:2], heard)
    assert may_name_children([said("b1", "mat", 1, wish=Wish.MAY_BE_TOLD)], heard)
    assert not may_name_children(three, heard | {"b4"}), "the one left over would be pointed out"


def test_a_source_that_may_not_be_named_makes_the_line_say_several_sources() -> None:
    lone = [said("b1", "mat", 1), said("o1", "mat", 1, perspective=Perspective.OBSERVATION)]
    assert source_labels(lone, {"b1", "b2", "b3", "b4"}, checked=True) == ("several",)
    assert source_labels(lone[:1], {"b1", "b2"}) == ("heard",)


def test_the_sections_come_in_the_order_of_the_method() -> None:
    view = with_proposals(
        case(said("b1", "mat", 1), said("b2", "fortroende", 0, unprompted=True), marks=(deviation("K10", 2),))
    )
    order = list(dict.fromkeys(one.section for one in compose(view, PHRASES, on)))
    assert order == [section for section in SECTIONS if section in order]
    assert (
        order.index("children")
        < order.index("strengths")
        < order.index("advice")
        < order.index("deficiencies")
    )


def test_advice_never_demands_and_demands_stand_among_deficiencies_only() -> None:
    view = with_proposals(case(said("b1", "mat", 1), marks=(deviation("K10", 2), deviation("K13", 2))))
    for one in compose(view, PHRASES, on):
        if one.section == "advice":
            assert "ni ska" not in one.text.sv.lower() and "you must" not in one.text.en.lower()
    assert "Ni ska" in composed(view)["deficiencies.K10.achieve"].text.sv


def test_every_paragraph_is_in_both_languages_and_keys_are_unique_and_stable() -> None:
    view = with_proposals(case(said("b1", "mat", 1), marks=(deviation("K10", 2),)))
    first, again = compose(view, PHRASES, on), compose(view, PHRASES, on)
    assert first == again
    assert len({one.key for one in first}) == len(first)
    for one in first:
        assert bool(one.text.sv) == bool(one.text.en), one.key
    achieve = composed(view)["deficiencies.K10.achieve"].text
    assert achieve.en.startswith("You must"), "an unchanged proposal is known in English"


def test_a_text_that_a_person_changed_is_the_same_in_english_until_somebody_translates_it() -> None:
    view = case(marks=(deviation("K10", 2),))
    finding = as_finding(propose(view, PHRASES)[0], matters="Nätterna är långa.")
    assert (
        composed(replace(view, findings=(finding,)))["deficiencies.K10.matters"].text.en
        == "Nätterna är långa."
    )


def test_an_area_with_an_open_account_says_only_that_the_assessment_is_in_progress() -> None:
    areas = {"TRY": AreaView("TRY", "Allvarlig uppgift utreds", True, reasoning="En vikarie tog i ett barn.")}
    found = composed(case(areas=areas, weighed=True))
    assert found["assessment.TRY.word"].text == Text("Bedömning pågår", "Assessment in progress")
    assert "vikarie" not in found["assessment.TRY.text"].text.sv


def test_no_position_is_ever_a_digit_and_an_unweighed_case_says_so() -> None:
    areas = {"TRY": AreaView("TRY", "Behöver förbättras", reasoning="Nätterna oroar.")}
    found = composed(case(areas=areas, weighed=True))
    assert found["assessment.TRY.word"].text.sv == "Behöver förbättras"
    assert "assessment.none" in composed(case())


def test_a_departure_from_the_order_of_talks_is_told_with_its_reason() -> None:
    found = composed(case(order_reasons=("Föreståndaren skulle resa samma eftermiddag.",)))
    assert "föreståndaren skulle resa samma eftermiddag" in found["children.order"].text.sv


def test_what_was_not_examined_is_said_by_title() -> None:
    found = composed(case(marks=(Marked("K36", CheckResult.NOT_CHECKED),)))["scope.not_examined"]
    assert "Lokaler och brandskydd" in found.text.sv and "K36" in found.evidence


def test_a_deficiency_without_day_or_reason_blocks_and_says_which() -> None:
    view = case(marks=(deviation("K10", 2),))
    finding = as_finding(propose(view, PHRASES)[0], proportion="")
    found = obstacles(
        findings=(finding,),
        marks=view.marks,
        paragraphs=(),
        unjudged=("u1",),
        areas_without_reasoning=2,
        stale=True,
    )
    assert [one.page for one in found] == ["statements", "areas", "finding", "finding", "compose"]


def test_a_lawyer_is_needed_from_level_four_and_for_every_sanction() -> None:
    assert needs_lawyer(4, False) and needs_lawyer(2, True) and not needs_lawyer(3, False)
    assert [kind_of_level(level) for level in (0, 1, 2, 5)] == [
        FindingKind.STRENGTH, FindingKind.ADVICE, FindingKind.DEFICIENCY, FindingKind.DEFICIENCY,
    ]  # fmt: skip
