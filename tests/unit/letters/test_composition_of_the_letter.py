"""Findings are proposed and the letter is composed by pure rules: order, k-rule, two scales, two languages."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from tillsyn.inspect.rules.case_view import AreaView, CaseView, FindingView, Marked, Said, Talks
from tillsyn.inspect.rules.disclosure import may_name_children, source_labels
from tillsyn.inspect.rules.finding_levels import kind_of_level, level_of_deviation, needs_lawyer
from tillsyn.inspect.rules.finding_proposals import Proposal, propose
from tillsyn.inspect.rules.letter_composition import SECTIONS, compose
from tillsyn.inspect.rules.letter_obstacles import ONLY_PROPOSED, obstacles
from tillsyn.inspect.rules.letter_phrases import Composed, Phrases
from tillsyn.inspect.rules.weighing import CheckResult, Perspective
from tillsyn.inspect.rules.weighing.external_view import OutsideShare
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.vocabulary import FindingKind, Responsible, Wish

PHRASES = Phrases(load_letter_wording("hvb"))
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


def test_an_account_that_may_not_be_passed_on_keeps_its_theme_out_of_the_letter_too() -> None:
    """It is not among what is said; and yet nobody may read that children find the theme good, or wanting."""
    for severity, praised in ((0, True), (1, False)):
        told = [said(f"b{n}", "mat", severity, wish=Wish.MAY_BE_TOLD, unprompted=praised) for n in (1, 2, 3)]
        open_theme, held = case(*told), case(*told, investigated=frozenset({"mat"}))
        assert propose(open_theme, PHRASES) and propose(held, PHRASES) == ()
        assert [key for key in composed(open_theme) if key.startswith("children.raised")]
        assert not [key for key in composed(held) if key.startswith("children.raised")]


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


def test_in_an_area_on_hold_nobody_is_named_and_nothing_is_told_of_what_children_said() -> None:
    told = [said(f"b{n}", "mat", 1, wish=Wish.MAY_BE_TOLD) for n in (1, 2, 3)]
    area = load_pack().theme("mat").area
    weighed = {"weighed": True, "areas": {area: AreaView(area, "Allvarligt", reasoning="Tre barn sa det.")}}
    assert "children.raised.minor" in composed(case(*told, **weighed))
    held = case(*told, **weighed | {"areas": {area: replace(weighed["areas"][area], pending=True)}})  # type: ignore[index]
    letter = composed(held)
    assert not [key for key in letter if key.startswith("children.raised")]
    assert "children.withheld" in letter
    assert "pågår" in letter[f"assessment.{area}.word"].text.sv
    assert "Tre barn" not in " ".join(one.text.sv for one in letter.values())
    assert [one.saw for one in propose(held, PHRASES)] == [PHRASES.say("advice.raised")]


def test_children_whose_words_are_withheld_are_counted_among_those_left_over() -> None:
    three = [said(f"b{n}", "mat", 1) for n in (1, 2, 3)]
    area = load_pack().theme("mat").area
    assert "children.raised.minor" in composed(case(*three))
    four = frozenset({"b1", "b2", "b3", "b4"})
    assert "children.raised.minor" not in composed(case(*three, heard={area: four}))


@pytest.mark.parametrize("share", OutsideShare)
def test_the_gap_is_told_in_words_when_it_may_be_told(share: OutsideShare) -> None:
    assert "children.outside" not in composed(case(said("b1", "mat", 1)))
    text = composed(case(said("b1", "mat", 1), outside=share))["children.outside"].text
    assert "utanför" in text.sv or share is OutsideShare.NOTHING
    assert not any(sign.isdigit() for sign in text.sv + text.en)


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


def test_what_people_wrote_keeps_its_capitals_so_that_a_name_that_comes_first_is_still_seen() -> None:
    view = case(strengths_by_home=("Lisa i köket.",), worries_by_home=("Omar slutar", "nätterna"))
    told = composed(view)["your_view.self_assessment"].text
    assert told.sv == (
        "Ni har själva berättat vad ni är stolta över: Lisa i köket. "
        "Ni har också berättat vad ni oroar er för: Omar slutar; nätterna."
    )
    silent = composed(case(not_asked_because="Lisa kan ha farit illa"))["your_view.reply"].text
    assert "Skälet är detta: Lisa kan ha farit illa. Ni kan svara nu." in silent.sv


def test_what_was_not_examined_is_said_by_title_and_many_are_left_to_the_appendix() -> None:
    others = tuple(Marked(one.id, CheckResult.MET) for one in load_pack().requirements if one.id != "K36")
    found = composed(case(marks=(*others, Marked("K36", CheckResult.NOT_CHECKED))))["scope.not_examined"]
    assert "Lokaler och brandskydd" in found.text.sv and "K36" in found.evidence
    many = composed(case(marks=others[6:]))["scope.not_examined"]
    assert many.text.sv.startswith("Sju krav har vi inte granskat") and len(many.evidence) == 7
    assert "betyder inte att vi har godkänt det" in many.text.sv


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


@dataclass(frozen=True)
class Written:
    """A paragraph as it stands in the letter."""

    text: str
    language: str
    finding_id: UUID
    key: str = "deficiencies.K10.saw"
    section: str = "deficiencies"
    removed: bool = False
    id: UUID = field(default_factory=uuid4)


def missing_in(finding: FindingView, *written: Written) -> list[str]:
    found = obstacles(
        findings=(finding,),
        marks=(deviation("K10", 2),),
        paragraphs=written,
        unjudged=(),
        areas_without_reasoning=0,
        stale=False,
        proposed_saw=PHRASES.proposed_saw(),
    )
    return [one.reason.text for one in found]


def test_a_deficiency_that_only_says_what_was_proposed_blocks_until_it_is_written_in_every_language() -> None:
    view = case(marks=(deviation("K10", 2, extent=1, self_reported=True),))
    proposal = propose(view, PHRASES)[0]
    finding = as_finding(proposal, due_on=DAY)
    assert missing_in(finding) == [ONLY_PROPOSED]
    swedish = Written(proposal.saw.sv, "sv", finding.id)
    english = Written(proposal.saw.en, "en", finding.id)
    own = replace(swedish, text=f"{swedish.text} Jouren saknades tolv nätter.")
    assert missing_in(finding, swedish, english) == [ONLY_PROPOSED]
    assert missing_in(finding, own, english) == [ONLY_PROPOSED], "English still says nothing that was seen"
    assert missing_in(finding, own, replace(english, text="Nobody was on call twelve nights.")) == []
    assert missing_in(replace(finding, saw="Jouren saknades tolv nätter.")) == []


def test_a_lawyer_is_needed_from_level_four_and_for_every_sanction() -> None:
    assert needs_lawyer(4, False) and needs_lawyer(2, True) and not needs_lawyer(3, False)
    assert [kind_of_level(level) for level in (0, 1, 2, 5)] == [
        FindingKind.STRENGTH, FindingKind.ADVICE, FindingKind.DEFICIENCY, FindingKind.DEFICIENCY,
    ]  # fmt: skip
