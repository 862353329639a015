"""The letter says a thing in one place: advice by its reason, deficiencies by area, levels before them."""

from collections import Counter
from dataclasses import replace

from tests.unit.letters.test_composition_of_the_letter import (
    PHRASES,
    as_finding,
    case,
    composed,
    deviation,
    on,
    said,
    with_proposals,
)
from tillsyn.inspect.rules.case_view import CaseView, Marked
from tillsyn.inspect.rules.finding_proposals import propose
from tillsyn.inspect.rules.letter_composition import compose
from tillsyn.inspect.rules.weighing import CheckResult
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.vocabulary import FindingKind

THREE = (deviation("K10", 2), deviation("K08", 2), deviation("K17", 1))
"""Two in the area of management, one in that of participation."""


def texts(view: CaseView, section: str) -> list[str]:
    return [one.text.sv for one in compose(view, PHRASES, on) if one.section == section]


def test_advice_of_one_reason_has_its_sentence_once_and_a_suggestion_of_its_own() -> None:
    view = with_proposals(case(*(said("b1", theme, 1) for theme in ("mat", "fritid", "pengar"))))
    advice = texts(view, "advice")
    assert advice.count("Det här har tagits upp som något som kan bli bättre.") == 1
    assert sum("Vi föreslår" in text for text in advice) == 3
    assert max(Counter(advice).values()) == 1


def test_advice_that_a_person_has_put_otherwise_keeps_its_own_words() -> None:
    view = with_proposals(case(said("b1", "mat", 1), said("b1", "fritid", 1)))
    changed = replace(view.findings[0], saw="Barnen äter för sent.")
    found = composed(replace(view, findings=(changed, *view.findings[1:])))
    assert found["advice.mat.text"].text.sv.startswith("Barnen äter för sent. Vi föreslår")
    assert "Barnen äter" not in found["advice.fritid.text"].text.sv


def test_why_an_area_matters_is_said_once_for_its_deficiencies_and_the_gravest_area_comes_first() -> None:
    view = with_proposals(case(marks=THREE))
    keys = [one.key for one in compose(view, PHRASES, on) if one.section == "deficiencies"]
    titles = [key for key in keys if key.startswith("deficiencies.area-") and key.endswith(".title")]
    assert titles == ["deficiencies.area-LED.title", "deficiencies.area-DEL.title"]
    assert sum(key.endswith(".matters") for key in keys) == 2
    assert keys.index("deficiencies.area-LED.title") < keys.index("deficiencies.K10.title")
    assert keys.index("deficiencies.K10.title") < keys.index("deficiencies.area-DEL.title")


def test_a_reason_that_was_written_for_one_deficiency_stays_with_it() -> None:
    view = with_proposals(case(marks=THREE))
    first = next(one for one in view.findings if one.requirement == "K10")
    others = tuple(one for one in view.findings if one is not first)
    found = composed(replace(view, findings=(replace(first, matters="Nätterna är långa."), *others)))
    assert found["deficiencies.K10.matters"].text.sv == "Nätterna är långa."
    assert "deficiencies.K08.matters" in found and "deficiencies.area-LED.matters" not in found


def test_what_a_level_means_is_said_once_and_what_is_its_own_stays_with_the_deficiency() -> None:
    view = with_proposals(case(marks=(deviation("K10", 2, repeated=True), *THREE[1:])))
    found = composed(view)
    assert found["deficiencies.shared.level-3"].text.sv.startswith("Brist: Bristen påverkar barnens vardag.")
    assert found["deficiencies.K10.proportion"].text.sv == (
        "Att bristen finns kvar gör att vi ser allvarligare på den."
    )
    assert found["deficiencies.K10.proportion"].text.en.startswith("That the deficiency remains")
    assert "deficiencies.K08.proportion" not in found


def test_a_single_deficiency_says_everything_itself() -> None:
    found = composed(with_proposals(case(marks=THREE[:1])))
    for part in ("title", "saw", "sources", "rule", "matters", "level", "proportion", "your_view", "achieve"):
        assert found[f"deficiencies.K10.{part}"].text.sv
    assert not any("shared" in key or "area-" in key for key in found if key.startswith("deficiencies"))


def test_the_requirement_is_told_where_the_rule_is_and_not_again_in_what_to_achieve() -> None:
    for mark in (deviation("K10", 2), deviation("K10", 2, fixed=True), deviation("K10", 4)):
        found = composed(with_proposals(case(marks=(mark,))))
        wording = load_pack().requirement("K10").wording
        assert wording.sv in found["deficiencies.K10.rule"].text.sv
        achieve = found["deficiencies.K10.achieve"].text
        assert wording.sv not in achieve.sv and wording.en not in achieve.en
        assert "§" in achieve.sv, "whoever must do something is told by which provision"


def test_a_fault_found_before_is_not_called_a_single_one() -> None:
    saw = composed(with_proposals(case(marks=(deviation("K10", 2, repeated=True),))))["deficiencies.K10.saw"]
    assert "efter en tidigare inspektion" in saw.text.sv and "enstaka" not in saw.text.sv
    for extent, words in ((0, "enstaka tillfälle"), (1, "återkommer"), (2, "hur ni arbetar")):
        made = composed(with_proposals(case(marks=(deviation("K10", 2, extent=extent),))))
        assert words in made["deficiencies.K10.saw"].text.sv


def test_what_was_noted_at_a_check_cannot_reach_a_finding_or_a_letter() -> None:
    assert "note" not in Marked.__slots__
    for proposal in propose(case(marks=THREE), PHRASES):
        assert proposal.kind is not FindingKind.DEFICIENCY or proposal.saw.sv.startswith("Vi såg att kravet")


def test_what_children_call_most_important_is_named_first_and_once_among_their_voices() -> None:
    children = [said(f"b{number}", theme, 2, important=True) for number in (1, 2, 3) for theme in ("mat",)]
    view = case(*children, *(said(f"b{number}", "fritid", 1) for number in (1, 2, 3)))
    raised = [one for one in compose(view, PHRASES, on) if one.key.startswith("children.raised.")]
    assert [one.key for one in raised] == ["children.raised.important", "children.raised.minor"]
    assert sum("mat" in one.text.sv.replace(".", " ").split() for one in raised) == 1
    assert "mat" in composed(view)["summary.children"].text.sv


def test_a_duty_of_the_committee_is_told_once() -> None:
    view = with_proposals(case(said("b1", "socialsekreterare", 1), marks=(deviation("K13", 2),)))
    letter = [one.text.sv for one in compose(view, PHRASES, on)]
    assert sum("ansvarar socialnämnden för" in text for text in letter) == 1


def test_an_as_good_as_finished_finding_reads_the_same_however_it_was_made() -> None:
    view = case(marks=THREE)
    findings = tuple(as_finding(one) for one in propose(view, PHRASES))
    again = tuple(reversed(findings))
    made = {one.key for one in compose(replace(view, findings=findings), PHRASES, on)}
    assert made == {one.key for one in compose(replace(view, findings=again), PHRASES, on)}
    assert CheckResult.DEVIATION in {mark.result for mark in view.marks}
