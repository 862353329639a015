"""The method's edge cases, and its rules one by one where an inspection shows them best."""

from dataclasses import replace

import pytest

from tests.unit.weighing.weighing_cases import asked, deviation, inspection, met, said, weighed
from tillsyn.inspect.rules.weighing import (
    AreaResult,
    Check,
    CheckResult,
    Coding,
    Inspection,
    Perspective,
    Resolution,
    Status,
    deciding_circumstances,
    deviation_severity,
)

ALL_GOOD = (
    *(asked(source, "vald_hot") for source in ("b1", "b2", "b3", "p1", "l1", "o1", "d1")),
    met("KR1"),
    met("KR2"),
)


def safety(*evidence: Coding | Check, residents: int = 6) -> AreaResult:
    return weighed(inspection(*evidence, residents=residents)).areas["TRY"]


class TestTooLittleEvidence:
    def test_an_empty_inspection_says_nothing(self) -> None:
        result = weighed(inspection(residents=0))
        assert set(result.areas) == {"TRY", "DEL", "VAR", "DOK"}
        for area in result.areas.values():
            assert (area.position, area.basis, area.action) == (None, None, None)
            assert (area.confidence, area.confidence_parts, area.bounds) == (None, None, None)
            assert area.word == "Kan inte bedömas ännu"
            assert deciding_circumstances(area) is None
        assert (result.action, result.driving_areas, result.gap.outside) == (None, (), None)
        assert result.profile == {"Kan inte bedömas ännu": 4}

    def test_adults_and_documents_alone_are_not_enough(self) -> None:
        area = safety(asked("p1", "natt"), asked("l1", "natt"), asked("d1", "natt"))
        assert (area.position, area.word, area.action) == (None, "Kan inte bedömas ännu", 0)

    def test_a_met_requirement_alone_is_not_enough(self) -> None:
        assert safety(met("KR1")).position is None

    def test_a_significant_deviation_alone_is(self) -> None:
        area = safety(deviation("KR1", 2))
        assert (area.position, area.action, area.basis) == (2, 2, "konstaterad brist")

    def test_requirements_not_checked_or_not_applicable_are_no_evidence(self) -> None:
        for result in (CheckResult.NOT_CHECKED, CheckResult.NOT_APPLICABLE):
            assert safety(Check("KR1", result, consequence=4)).action is None

    def test_without_a_child_the_highest_word_is_out_of_reach(self) -> None:
        area = safety(asked("o1", "natt"), asked("p1", "natt"), asked("l1", "natt"), met("KR1"), met("KR2"))
        assert (area.position, area.ceilings.T3, Perspective.CHILD in area.levels) == (3, 3, False)
        assert area.confidence == 2


class TestGraveAccounts:
    def test_a_member_of_staff_is_heard_exactly_like_a_child(self) -> None:
        area = safety(*ALL_GOOD, said("p9", "vald_hot", 3))
        assert (area.position, area.word, area.action) == (2, "Allvarlig uppgift utreds", 3)

    def test_a_relative_is_too_but_has_no_vote(self) -> None:
        area = safety(*ALL_GOOD, said("a1", "vald_hot", 3))
        assert (area.position, area.action) == (2, 3)
        assert Perspective.OTHER not in area.levels
        assert safety(*ALL_GOOD, said("a1", "vald_hot", 2)).position == 4

    def test_second_hand_danger_to_life_is_acute_at_once_but_caps_at_two(self) -> None:
        area = safety(*ALL_GOOD, said("b4", "vald_hot", 4, firsthand=False))
        assert (area.ceilings.T1, area.position, area.action, area.flags.acute) == (2, 2, 5, True)
        assert area.voices[Perspective.CHILD]["b4"] == 2

    def test_first_hand_danger_to_life_caps_at_one_and_is_still_not_a_judgement(self) -> None:
        area = safety(*ALL_GOOD, said("b4", "vald_hot", 4))
        assert (area.ceilings.T1, area.position, area.word) == (1, 1, "Allvarlig uppgift utreds")
        assert (area.basis, area.action) == ("uppgift under utredning", 5)
        assert area.voices[Perspective.CHILD]["b4"] == 1, "here the vote carries the gravity too"

    def test_hearsay_and_the_same_person_again_do_not_corroborate(self) -> None:
        told = said("b4", "vald_hot", 3)
        hearsay = said("p9", "vald_hot", 3, firsthand=False)
        again = said("b4", "vald_hot", 4, firsthand=False, id="again")
        assert safety(*ALL_GOOD, hearsay, asked("b4", "vald_hot")).ceilings.T1 == 2
        assert safety(*ALL_GOOD, told, again).ceilings.T1 == 2
        assert safety(*ALL_GOOD, told, hearsay).ceilings.T1 == 1, "the child corroborates the hearsay"

    def test_another_theme_does_not_corroborate(self) -> None:
        assert safety(said("b1", "vald_hot", 3), said("b2", "natt", 2)).ceilings.T1 == 2

    @pytest.mark.parametrize(
        "support",
        [
            said("b2", "vald_hot", 2),
            said("a1", "vald_hot", 2),
            said("d1", "vald_hot", 2, firsthand=False),
            deviation("KR1", 2),
            deviation("KR1", 1, repeated=True),
        ],
    )
    def test_what_corroborates(self, support: Coding | Check) -> None:
        area = safety(said("b1", "vald_hot", 3), support)
        assert (area.position, area.action) == (1, 4)
        assert not area.flags.investigate

    @pytest.mark.parametrize(
        "support",
        [
            said("b2", "vald_hot", 1),
            said("b2", "vald_hot", 2, firsthand=False),
            said("b2", "vald_hot", 2, status=Status.CLOSED),
            said("b2", "vald_hot", 2, status=Status.WITHDRAWN),
            said("b2", "vald_hot", 3, resolution=Resolution.REFUTED),
            deviation("KR1", 1),
            deviation("KR2", 2),
        ],
    )
    def test_what_does_not(self, support: Coding | Check) -> None:
        assert safety(said("b1", "vald_hot", 3), support).ceilings.T1 == 2

    @pytest.mark.parametrize("source", ["o1", "d1"])
    def test_what_the_inspector_saw_or_the_record_shows_needs_no_witness(self, source: str) -> None:
        area = safety(said(source, "vald_hot", 3, firsthand=False))
        assert (area.ceilings.T1, area.action, area.basis) == (1, 4, "styrkt uppgift")

    @pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
    def test_taking_back_or_closing_does_not_remove_it(self, status: Status) -> None:
        area = safety(*ALL_GOOD, said("b4", "vald_hot", 3, status=status))
        assert (area.position, area.action, area.flags.investigate) == (2, 3, True)

    def test_investigated_and_not_confirmed_keeps_a_ceiling_of_three(self) -> None:
        told = said("b4", "vald_hot", 4, resolution=Resolution.NOT_CONFIRMED)
        area = safety(*ALL_GOOD, told)
        assert (area.ceilings.T1, area.position, area.word) == (3, 3, "Fungerar i huvudsak")
        assert (area.flags.acute, area.flags.investigate, area.action) == (False, False, 1)
        assert area.voices[Perspective.CHILD]["b4"] == 2

    def test_new_corroboration_reopens_it_by_itself(self) -> None:
        told = said("b4", "vald_hot", 4, resolution=Resolution.NOT_CONFIRMED)
        area = safety(*ALL_GOOD, told, said("p2", "vald_hot", 2))
        assert (area.position, area.flags.acute) == (1, True)

    def test_an_established_deviation_at_the_same_level_names_the_basis(self) -> None:
        area = safety(*ALL_GOOD[:-2], said("b4", "vald_hot", 3), deviation("KR2", 2))
        assert (area.ceilings.T1, area.ceilings.T2, area.position) == (2, 2, 2)
        assert (area.basis, area.word) == ("konstaterad brist", "Behöver förbättras")
        assert area.flags.investigate


class TestFlags:
    def test_disclosure_is_at_risk_below_three_sources_not_three_statements(self) -> None:
        first = [said("b1", "vald_hot", 3, id=str(number)) for number in range(3)]
        assert safety(*first).flags.disclosure_risk
        assert safety(*first, said("b2", "natt", 3)).flags.disclosure_risk
        three = safety(*first, said("b2", "natt", 3), said("p1", "natt", 3))
        assert not three.flags.disclosure_risk
        assert not safety(*ALL_GOOD).flags.disclosure_risk

    def test_deepen_takes_a_problem_that_a_requirement_covers_and_no_deviation(self) -> None:
        problem = [said(source, "natt", 2) for source in ("b1", "b2")]
        assert safety(*problem, met("KR2")).flags.deepen
        assert safety(*problem, deviation("KR2", 1)).flags.deepen
        assert not safety(*problem, deviation("KR2", 2)).flags.deepen
        assert not safety(said("b1", "natt", 1)).flags.deepen
        food = weighed(inspection(*(said(source, "mat", 2) for source in ("b1", "b2"))))
        assert food.areas["VAR"].position == 2
        assert not food.areas["VAR"].flags.deepen

    def test_three_minor_deviations_ask_a_person_and_change_nothing_else(self) -> None:
        minor = [deviation(requirement, 1) for requirement in ("KR1", "KR2", "KR7")]
        area = safety(*ALL_GOOD[:-2], *minor)
        assert (area.flags.pattern, area.position, area.action) == (True, 4, 1)
        assert not safety(*ALL_GOOD[:-2], *minor[:2]).flags.pattern
        assert not safety(*minor[:2], minor[1]).flags.pattern, "one requirement counts once"


class TestVoicesAndReadings:
    def test_the_only_child_of_a_home_sets_the_ceiling(self) -> None:
        area = safety(said("b1", "natt", 2), met("KR1"), asked("o1", "natt"), residents=1)
        assert (area.ceilings.T3, area.position, area.basis) == (2, 2, "barnens samlade bild")

    @pytest.mark.parametrize(
        ("voices", "pulling", "half"),
        [(1, 1, 1), (2, 1, 1), (3, 1, 2), (4, 2, 2), (5, 2, 3), (6, 2, 3), (7, 3, 4), (8, 3, 4), (9, 3, 5)],
    )
    def test_how_many_of_the_children_it_takes(self, voices: int, pulling: int, half: int) -> None:
        def told(problems: int) -> AreaResult:
            told = [said(f"b{n}", "natt", 2) for n in range(problems)]
            happy = [asked(f"b{n}", "natt") for n in range(problems, voices)]
            return safety(*told, *happy, residents=voices)

        assert told(pulling).levels[Perspective.CHILD] == 2
        assert told(pulling - 1).levels.get(Perspective.CHILD, 4) == 4
        assert told(half).ceilings.T3 == 2
        one_fewer = told(half - 1).ceilings.T3
        assert one_fewer == (3 if half > 1 else 4)

    def test_documents_and_observations_are_read_at_the_worst(self) -> None:
        for source in "od":
            bad = said(f"{source}9", "natt", 2)
            area = safety(*(asked(f"{source}{n}", "natt") for n in range(9)), bad)
            [level] = area.levels.values()
            assert level == 2

    def test_a_child_that_contradicts_itself_is_read_at_the_worst(self) -> None:
        area = safety(asked("b1", "natt"), said("b1", "natt", 2), said("b1", "vald_hot", 1))
        assert area.voices[Perspective.CHILD] == {"b1": 2}

    def test_a_requirement_of_two_areas_counts_in_both(self) -> None:
        result = weighed(inspection(deviation("KR7", 3)))
        assert (result.areas["TRY"].position, result.areas["DOK"].position) == (1, 1)
        assert result.driving_areas == ("DOK", "TRY")

    def test_children_have_their_ceiling_in_administrative_areas_once_they_speak(self) -> None:
        papers = [asked("l1", "plan"), asked("d1", "plan"), met("KR5"), met("KR6")]
        assert weighed(inspection(*papers)).areas["DOK"].position == 4
        assert weighed(inspection(*papers, said("b1", "plan", 2))).areas["DOK"].ceilings.T3 == 2

    def test_of_several_results_for_a_requirement_the_worst_counts(self) -> None:
        for checks in ((met("KR1"), deviation("KR1", 2)), (deviation("KR1", 2), met("KR1"))):
            assert safety(*checks).position == 2
        mixed = (deviation("KR1", 2, self_reported=True), deviation("KR1", 2))
        assert [safety(*checks).action for checks in (mixed, mixed[::-1])] == [2, 2]


class TestDeviations:
    @pytest.mark.parametrize(
        ("consequence", "isolated", "fixed", "systematic"),
        [(0, 0, 0, 1), (1, 1, 0, 2), (2, 2, 2, 3), (3, 3, 3, 3), (4, 4, 4, 4)],
    )
    def test_severity_is_derived(self, consequence: int, isolated: int, fixed: int, systematic: int) -> None:
        def severity(*, extent: int = 0, repeated: bool = False, fixed: bool = False) -> int:
            return deviation_severity(consequence=consequence, extent=extent, repeated=repeated, fixed=fixed)

        assert severity() == severity(extent=1) == isolated
        assert severity(fixed=True) == fixed
        assert severity(extent=1, fixed=True) == isolated
        assert severity(extent=2) == severity(repeated=True) == systematic
        assert severity(repeated=True, fixed=True) == severity(extent=2, fixed=True) == systematic
        assert severity(extent=2, repeated=True, fixed=True) == systematic

    def test_the_premium_needs_every_significant_deviation_to_be_self_found(self) -> None:
        own = deviation("KR1", 2, self_reported=True)
        assert safety(own).action == 1
        assert safety(own, deviation("KR2", 2)).action == 2
        assert safety(deviation("KR1", 1, repeated=True, self_reported=True)).action == 2
        assert safety(deviation("KR1", 1, extent=2, self_reported=True)).action == 1

    def test_the_premium_never_reaches_a_grave_deviation(self) -> None:
        assert safety(deviation("KR1", 3, self_reported=True)).action == 4
        assert safety(deviation("KR1", 4, self_reported=True)).action == 5


class TestDecidingCircumstances:
    def test_a_coalition_decides_when_no_ceiling_is_below_it(self) -> None:
        made = inspection(said("b1", "natt", 1), said("o1", "natt", 1), asked("p1", "natt"), met("KR1"))
        found = deciding_circumstances(weighed(made).areas["TRY"])
        assert found is not None
        assert not found.decided_by_ceiling
        assert found.won.reaching == ("child", "compliance", "observation", "staff")
        assert found.next_step is not None
        assert (found.next_step.reaching, found.next_step.weight) == (("compliance", "staff"), 4)
        assert (found.next_step.of, found.next_step.missing) == (10, 2)

    def test_a_statutory_ceiling_names_its_requirements(self) -> None:
        area = safety(*ALL_GOOD[:-2], deviation("KR1", 2), deviation("KR2", 1))
        found = deciding_circumstances(area)
        assert found is not None
        assert [(one.ceiling, one.at_most, one.codings, one.requirements) for one in found.ceilings] == [
            ("T2", 2, (), ("KR1",))
        ]
        assert found.won.level == 2

    def test_a_grave_ceiling_names_the_grave_deviation_alone(self) -> None:
        area = safety(*ALL_GOOD[:-2], deviation("KR1", 3), deviation("KR2", 2))
        found = deciding_circumstances(area)
        assert found is not None
        assert [(one.ceiling, one.at_most, one.requirements) for one in found.ceilings] == [
            ("T2", 1, ("KR1",))
        ]

    def test_the_childrens_ceiling_names_the_children_behind_it(self) -> None:
        area = safety(*ALL_GOOD, said("b4", "natt", 2, id="told"))
        found = deciding_circumstances(area)
        assert found is not None
        assert [(one.ceiling, one.codings, one.requirements, one.sources) for one in found.ceilings] == [
            ("T3", ("told",), (), ("b4",))
        ]


def test_the_input_hash_follows_the_content_and_not_its_order_or_name() -> None:
    made = inspection(*ALL_GOOD)
    turned = replace(made, id="y", codings=made.codings[::-1], checks=made.checks[::-1])
    changed = replace(made, residents=7)

    def input_hash(case: Inspection) -> str:
        return weighed(case).stamp.input_hash

    assert input_hash(made) == input_hash(turned)
    # What is stored is compared with what is weighed later: the names of its parts are a part of it.
    assert input_hash(made) == "e916c779a01029cdb4fa388f8480747f0534cf94ef047b250feed8a3416d5188"
    assert input_hash(made) != input_hash(changed)
