"""What must be answered before a review approves: where the pictures differ, and blind spots."""

from fractions import Fraction

from hypothesis import given

from tests.unit.weighing.test_worked_examples import EXAMPLE, NOBODY_TALKED, ONE_CHILD_TELLS, THE_GAP
from tests.unit.weighing.weighing_cases import (
    CATALOGUE,
    THEMES,
    asked,
    deviation,
    inspection,
    inspections,
    met,
    said,
    weighed,
)
from tillsyn.inspect.rules.divergence_register import (
    Entry,
    child_raised_themes,
    influence,
    register_entries,
    unanswered,
)
from tillsyn.inspect.rules.weighing import Check, Coding, Divergence, GapClass, Inspection, Perspective, weigh


def keys(*evidence: Coding | Check) -> list[str]:
    return [one.key for one in register_entries(weighed(inspection(*evidence)), CATALOGUE)]


def test_the_gap_of_the_second_example_is_what_there_is_to_answer() -> None:
    result = weigh(EXAMPLE, THE_GAP)
    assert register_entries(result, EXAMPLE) == (
        Entry("area:DEL", Divergence.DISSONANCE, "DEL", None),
        Entry("theme:fritid", GapClass.NO_REQUIREMENT, "VAR", "fritid"),
        Entry("theme:mat", GapClass.NO_REQUIREMENT, "VAR", "mat"),
        Entry("theme:mobil", GapClass.NO_REQUIREMENT, "VAR", "mobil"),
        Entry("theme:natt", GapClass.NOT_CHECKED, "TRY", "natt"),
        Entry("theme:inflytande", GapClass.DIFFERENT_PICTURE, "DEL", "inflytande"),
    )
    assert child_raised_themes(result) == ("fritid", "inflytande", "mat", "mobil", "natt")


def test_a_single_childs_account_is_a_blind_spot_of_the_checks_when_they_found_nothing() -> None:
    alone = inspection(said("b1", "vald_hot", 3), met("KR1"))
    assert [one.key for one in register_entries(weigh(EXAMPLE, alone), EXAMPLE)] == [
        "area:TRY",
        "theme:vald_hot",
    ]
    result = weigh(EXAMPLE, ONE_CHILD_TELLS)
    assert child_raised_themes(result) == ("vald_hot",)
    assert register_entries(result, EXAMPLE) == (), "read at one third, the children say what the check says"


def test_no_child_raised_nothing_and_there_is_no_share_of_it() -> None:
    result = weigh(EXAMPLE, NOBODY_TALKED)
    assert register_entries(result, EXAMPLE) == ()
    assert child_raised_themes(result) == ()
    assert influence(child_raised_themes(result), {"mat"}) is None


def test_a_slight_difference_is_answered_too_and_after_a_sharp_one() -> None:
    evidence = (said("b1", "inflytande", 1), met("KR3"), said("b1", "natt", 2), met("KR2"))
    assert keys(*evidence) == ["area:TRY", "area:DEL", "theme:natt"]
    entries = register_entries(weighed(inspection(*evidence)), CATALOGUE)
    assert [one.kind for one in entries] == ["dissonance", "partial", "B3"]


def test_children_who_are_better_pleased_than_the_check_point_apart_as_well() -> None:
    assert keys(asked("b1", "natt"), deviation("KR2", 1)) == ["area:TRY"]


def test_what_only_adults_say_or_a_child_only_answered_is_not_on_the_agenda() -> None:
    assert keys(said("p1", "mat", 2), asked("b1", "mobil"), asked("b1", "klagomal")) == []
    wish = said("b1", "mobil", 0, prompted=False)
    assert keys(wish) == ["theme:mobil"]


def test_what_is_not_yet_answered_stays_in_order() -> None:
    entries = register_entries(weigh(EXAMPLE, THE_GAP), EXAMPLE)
    left = unanswered(entries, {"area:DEL", "theme:mat", "theme:inflytande", "theme:gone"})
    assert [one.key for one in left] == ["theme:fritid", "theme:mobil", "theme:natt"]
    assert unanswered(entries, [one.key for one in entries]) == ()


def test_influence_is_the_share_of_what_children_raised_that_got_an_answer() -> None:
    assert influence(["mat", "natt", "mobil"], {"natt", "plan"}) == Fraction(1, 3)
    assert influence(["mat", "mat"], ["mat"]) == 1
    assert influence(["mat"], ()) == 0


@given(inspections())
def test_every_divergence_and_every_raised_blind_spot_has_exactly_one_entry(case: Inspection) -> None:
    result = weighed(case)
    entries = register_entries(result, CATALOGUE)
    assert len({one.key for one in entries}) == len(entries)
    pair = (Perspective.CHILD, Perspective.COMPLIANCE)
    assert {one.area for one in entries if one.theme is None} == {
        name for name, area in result.areas.items() if area.divergence[pair].difference
    }
    agenda = {theme: one.children or 0 for theme, one in result.gap.themes.items()}
    assert {one.theme for one in entries if one.theme is not None} == {
        theme for theme, share in agenda.items() if share > 0 and result.gap.themes[theme].kind != "B0"
    }
    assert sum(agenda[theme] for theme in child_raised_themes(result)) in (0, 1)
    assert all(THEMES[one.theme] == one.area for one in entries if one.theme is not None)
    assert (influence(child_raised_themes(result), THEMES) or 1) == 1
