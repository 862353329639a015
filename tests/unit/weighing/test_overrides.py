"""When a person may decide otherwise than computed, and what stays as it is (method §8, I27)."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.weighing.weighing_cases import asked, deviation, inspection, inspections, met, said, weighed
from tillsyn.inspect.rules.overrides import (
    LEAST_TEXT,
    NEEDS,
    OverrideKind,
    Proposal,
    binding_rule,
    change_obstacles,
    countersign_obstacles,
    decided_area,
    highest_allowed,
    kind_of,
    needs_countersign,
    obstacles,
    release_obstacles,
    resolution_obstacles,
    why_not_standing,
)
from tillsyn.inspect.rules.weighing import AreaResult, Check, Coding, Inspection, Position
from tillsyn.inspect.rules.weighing import Resolution as Investigated
from tillsyn.models.vocabulary import OverrideReason, Resolution

WORKS_WELL, IN_THE_MAIN, NEEDS_IMPROVEMENT, SERIOUS = sorted(Position, reverse=True)
ONE, OTHER = UUID(int=1), UUID(int=2)
FULL = "The house was rebuilt between the talks and the visit; we saw the new rooms ourselves, all of them."

ALL_GOOD = (
    *(asked(source, "vald_hot") for source in ("b1", "b2", "b3", "p1", "l1", "o1", "d1")),
    met("KR1"),
    met("KR2"),
)


def safety(*evidence: Coding | Check) -> AreaResult:
    return weighed(inspection(*evidence)).areas["TRY"]


def to(decided: Position | None, **other: object) -> Proposal:
    proposal = Proposal(decided, OverrideReason.CONTEXT, FULL, ("b1-natt-2",))
    return replace(proposal, **other)  # type: ignore[arg-type]


def said_against(area: AreaResult, proposal: Proposal) -> list[str]:
    return [reason.text for reason in obstacles(area, proposal)]


PASSED = ["A grave account, a deviation from the law or the children’s ceiling cannot be passed."]
LEFT_ASIDE = ["A grave account or a deviation must be acted on: the area cannot be left aside."]


class TestWhichKindItIs:
    @pytest.mark.parametrize(
        ("computed", "decided", "kind"),
        [
            (4, 3, OverrideKind.A1),
            (2, 1, OverrideKind.A1),
            (4, 2, OverrideKind.A2),
            (2, 3, OverrideKind.A2),
            (3, None, OverrideKind.A2),
            (None, 3, OverrideKind.A2),
            (None, 1, OverrideKind.A2),
            (3, 3, None),
            (None, None, None),
        ],
    )
    def test_only_one_step_down_is_for_one_person(
        self, computed: int | None, decided: int | None, kind: OverrideKind | None
    ) -> None:
        before = None if computed is None else Position(computed)
        after = None if decided is None else Position(decided)
        assert kind_of(before, after) is kind
        assert needs_countersign(before, after) == (kind is OverrideKind.A2)

    def test_what_recomputes_and_what_stands_beside(self) -> None:
        assert [kind for kind in OverrideKind if NEEDS[kind].changes_input] == ["A3", "A4"]
        assert [kind for kind in OverrideKind if NEEDS[kind].second_person] == ["A2", "A3", "A4"]
        assert [kind for kind in OverrideKind if NEEDS[kind].evidence] == ["A1", "A2"]
        assert [kind for kind in OverrideKind if NEEDS[kind].reason_code] == ["A1", "A2"]


class TestHowFar:
    def test_down_is_always_allowed(self) -> None:
        assert said_against(safety(*ALL_GOOD), to(IN_THE_MAIN)) == []
        assert said_against(safety(*ALL_GOOD, said("b4", "natt", 3)), to(SERIOUS)) == []

    def test_the_weighing_may_be_corrected_upwards(self) -> None:
        area = safety(asked("b1", "natt"), asked("b2", "natt"), said("o1", "natt", 1))
        assert (area.position, area.ceilings.T3, binding_rule(area)) == (3, 4, "T4")
        assert said_against(area, to(WORKS_WELL)) == []
        voted = safety(asked("b1", "natt"), said("o1", "natt", 2), deviation("KR1", 1))
        assert (voted.position, highest_allowed(voted), binding_rule(voted)) == (3, 4, "V1")
        assert said_against(voted, to(WORKS_WELL)) == []

    @pytest.mark.parametrize(
        "evidence",
        [said("b4", "natt", 3), said("a1", "natt", 3), deviation("KR2", 2), said("b4", "natt", 2)],
    )
    def test_an_account_a_deviation_and_the_childrens_ceiling_are_not_passed(
        self, evidence: Coding | Check
    ) -> None:
        area = safety(*ALL_GOOD, evidence)
        assert area.position is not None
        assert said_against(area, to(Position(area.position + 1))) == PASSED

    def test_what_could_not_be_assessed_may_be_decided_within_the_ceilings(self) -> None:
        area = safety(asked("p1", "natt"), asked("l1", "natt"))
        assert area.position is None
        assert said_against(area, to(IN_THE_MAIN)) == []
        assert said_against(area, to(WORKS_WELL)) == PASSED, "no child was heard"

    def test_a_matter_to_act_on_is_not_left_aside(self) -> None:
        assert said_against(safety(*ALL_GOOD), to(None)) == []
        for evidence in (said("b4", "natt", 3), deviation("KR2", 2), deviation("KR2", 3)):
            assert said_against(safety(*ALL_GOOD, evidence), to(None)) == LEFT_ASIDE
        told = said("b4", "natt", 3, resolution=Investigated.NOT_CONFIRMED)
        area = safety(*ALL_GOOD, told)
        assert area.ceilings.T1 == 3
        assert said_against(area, to(None)) == []


class TestWhatIsGiven:
    def test_everything_that_lacks_is_said_at_once(self) -> None:
        found = said_against(safety(*ALL_GOOD), Proposal(IN_THE_MAIN, None, " short ", ("", "  ")))
        assert found == [
            "Choose what the reason is about.",
            "Give the reason in at least %(least)s characters.",
            "Name at least one piece of evidence that it rests on.",
        ]
        assert obstacles(safety(*ALL_GOOD), to(IN_THE_MAIN, text=""))[0].values == {"least": LEAST_TEXT}

    @pytest.mark.parametrize(("length", "enough"), [(79, False), (80, True)])
    def test_eighty_characters_that_say_something(self, length: int, enough: bool) -> None:
        text = "a" * 40 + " " * 30 + "b" * (length - 41) + "\n\n"
        assert (said_against(safety(*ALL_GOOD), to(IN_THE_MAIN, text=text)) == []) == enough

    def test_the_computed_position_is_no_override(self) -> None:
        assert len(said_against(safety(*ALL_GOOD), to(WORKS_WELL, text=""))) == 1

    def test_a_grave_account_is_resolved_by_somebody_who_did_not_lead_the_talk(self) -> None:
        assessor, leader = uuid4(), uuid4()
        full = {"record": "r", "attempt": "a", "decision": "d"}
        for resolution in Resolution:
            assert resolution_obstacles(resolution, assessor=assessor, led_the_talk={leader}, **full) == ()
        found = resolution_obstacles(
            None, assessor=leader, led_the_talk={leader}, record=" ", attempt="", decision=""
        )
        assert len(found) == 5
        for missing in full:
            lacking = full | {missing: "  "}
            [reason] = resolution_obstacles(
                Resolution.REFUTED, assessor=assessor, led_the_talk={leader}, **lacking
            )
            assert reason.text

    def test_nobody_countersigns_themselves(self) -> None:
        one, other = uuid4(), uuid4()
        assert countersign_obstacles(one, other) == ()
        assert len(countersign_obstacles(one, one)) == 1

    def test_a_coding_is_changed_by_both_who_coded_it_and_with_a_reason(self) -> None:
        one, other = uuid4(), uuid4()
        assert change_obstacles("read again", coders={one, other}, agreed={other, one}) == ()
        assert len(change_obstacles("read again", coders={one, other}, agreed={one})) == 1
        assert len(change_obstacles(" ", coders={one}, agreed=())) == 2

    def test_only_an_area_on_hold_is_released_and_with_an_assessment(self) -> None:
        assert release_obstacles("assessed", on_hold=True) == ()
        assert len(release_obstacles("assessed", on_hold=False)) == 1
        assert len(release_obstacles(" ", on_hold=True)) == 1


@dataclass(frozen=True)
class Stored:
    method_version: str
    config_hash: str
    input_hash: str
    needs_countersign: bool = False
    by_id: UUID = ONE
    countersigned_by_id: UUID | None = None


class TestHowLongItStands:
    stamp = weighed(inspection(*ALL_GOOD)).stamp
    stored = Stored(stamp.version, stamp.config_hash, stamp.input_hash)

    def texts(self, stored: Stored) -> list[str]:
        return [reason.text for reason in why_not_standing(stored, self.stamp)]

    def test_for_exactly_the_evidence_and_the_method_it_was_decided_on(self) -> None:
        assert self.texts(self.stored) == []
        newer = weighed(inspection(*ALL_GOOD, said("b5", "mat", 0))).stamp
        assert [one.text for one in why_not_standing(self.stored, newer)] == [
            "The evidence has changed since it was decided."
        ]
        method = ["The method has changed since it was decided."]
        assert self.texts(replace(self.stored, method_version="1.0.1")) == method
        assert self.texts(replace(self.stored, config_hash="0" * 64)) == method

    def test_and_when_it_takes_two_only_once_another_has_signed(self) -> None:
        two = replace(self.stored, needs_countersign=True)
        assert self.texts(two) == ["It waits for a second person to countersign."]
        assert self.texts(replace(two, countersigned_by_id=OTHER)) == []
        assert len(self.texts(replace(two, countersigned_by_id=ONE))) == 1


@given(inspections(), st.sampled_from([None, *Position]))
def test_i27_an_override_passes_no_ceiling_silences_nothing_and_changes_no_result(
    case: Inspection, decided: Position | None
) -> None:
    result = weighed(case)
    for name, area in result.areas.items():
        if obstacles(area, to(decided)):
            continue
        both = decided_area(area, decided)
        assert both.computed == weighed(case).areas[name].position == area.position
        assert (both.flags, both.action) == (area.flags, area.action)
        assert both.decided is None or both.decided <= min(
            area.ceilings.T1, area.ceilings.T2, area.ceilings.T3
        )
        if decided is None:
            assert not area.flags.investigate
            assert area.ceilings.T1 > 2 and area.ceilings.T2 > 2
        if area.position is not None and decided is not None and decided >= area.position:
            assert needs_countersign(area.position, decided)
    assert weighed(case) == result


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        ((), "V0"),
        ((said("b4", "natt", 2), *ALL_GOOD), "T3"),
        ((said("b4", "natt", 3), *ALL_GOOD), "T1"),
        ((said("o4", "natt", 3), *ALL_GOOD), "T1"),
        ((deviation("KR1", 2), *ALL_GOOD), "T2"),
        ((asked("b1", "natt"),), "T4"),
        (ALL_GOOD, "V1"),
    ],
)
def test_the_rule_that_made_a_position(evidence: tuple[Coding | Check, ...], rule: str) -> None:
    assert binding_rule(safety(*evidence)) == rule
