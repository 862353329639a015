"""What a person is told when a decision, a resolution, a change or a release may not stand (method §8, A1–A5)."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from tests.unit.weighing.weighing_cases import asked, deviation, inspection, met, said, weighed
from tillsyn.inspect.rules.overrides import (
    Proposal,
    change_obstacles,
    countersign_obstacles,
    decided_area,
    obstacles,
    release_obstacles,
    resolution_obstacles,
    why_not_standing,
)
from tillsyn.inspect.rules.reasons import Reason
from tillsyn.inspect.rules.weighing import ActionTrack, AreaResult, Check, Coding, Position, Stamp
from tillsyn.models.vocabulary import Resolution

LEADER, ASSESSOR, OTHER = (UUID(int=number) for number in (1, 2, 3))


def area(*evidence: Coding | Check) -> AreaResult:
    good = [asked(source, "vald_hot") for source in ("b1", "b2", "b3", "p1", "l1", "o1", "d1")]
    return weighed(inspection(*good, met("KR1"), *evidence)).areas["TRY"]


def texts(found: tuple[Reason, ...]) -> list[str]:
    return [reason.text for reason in found]


def test_a1_and_a2_the_computed_position_is_nothing_to_decide() -> None:
    found = area()
    assert texts(obstacles(found, Proposal(found.position, None, "", ()))) == [
        "The decided position is the computed one; there is nothing to decide."
    ]


def test_a2_whoever_wrote_it_does_not_countersign_it() -> None:
    assert texts(countersign_obstacles(LEADER, LEADER)) == [
        "Somebody else than the one who wrote it must countersign."
    ]
    assert countersign_obstacles(LEADER, OTHER) == ()


@dataclass(frozen=True)
class Stored:
    method_version: str = "1.0.0"
    config_hash: str = "constants"
    input_hash: str = "evidence"
    needs_countersign: bool = True
    by_id: UUID = LEADER
    countersigned_by_id: UUID | None = LEADER


def test_a2_everything_that_makes_it_lapse_is_told_at_once() -> None:
    """That one person signed twice does not hide that the evidence and the method are others now."""
    stamp = Stamp("HVB-VM", "1.1.0", "other constants", "other evidence")
    lapsed = [
        "The evidence has changed since it was decided.",
        "The method has changed since it was decided.",
    ]
    assert texts(why_not_standing(Stored(), stamp)) == [
        *lapsed,
        "Somebody else than the one who wrote it must countersign.",
    ]
    assert texts(why_not_standing(Stored(countersigned_by_id=None), stamp)) == [
        *lapsed,
        "It waits for a second person to countersign.",
    ]
    assert texts(why_not_standing(Stored(countersigned_by_id=OTHER), stamp)) == lapsed
    assert texts(why_not_standing(Stored(needs_countersign=False), stamp)) == lapsed


@pytest.mark.parametrize("decided", [*Position, None])
def test_both_results_stand_side_by_side_and_what_must_be_done_is_that_of_the_computed_one(
    decided: Position | None,
) -> None:
    found = area(said("b4", "natt", 4), deviation("KR2", 3))
    assert found.position == Position.SERIOUS
    assert found.flags.acute
    assert found.action is ActionTrack.IMMEDIATE_PROTECTION
    both = decided_area(found, decided)
    assert (both.computed, both.decided) == (found.position, decided)
    assert (both.flags, both.action) == (found.flags, found.action)


ASSESSED = "Somebody who did not lead the talk must assess the account."
SHOWED = "Say what the investigation showed."
INVESTIGATED = "Write down what was investigated."
REACHED = "Write down how you tried to reach the child again."
IN_WORDS = "Write the decision in words."


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({}, []),
        ({"assessor": LEADER}, [ASSESSED]),
        ({"resolution": None}, [SHOWED]),
        ({"record": " \n"}, [INVESTIGATED]),
        ({"attempt": ""}, [REACHED]),
        ({"decision": "\t"}, [IN_WORDS]),
        (
            {"assessor": LEADER, "resolution": None, "record": "", "attempt": "", "decision": ""},
            [ASSESSED, SHOWED, INVESTIGATED, REACHED, IN_WORDS],
        ),
    ],
)
def test_a3_a_grave_account_is_resolved_by_somebody_else_with_everything_written_down(
    lacking: dict[str, object], told: list[str]
) -> None:
    full: dict[str, object] = {
        "resolution": Resolution.CONFIRMED,
        "record": "Read the journal.",
        "attempt": "Met the child again.",
        "decision": "It is confirmed.",
        "assessor": ASSESSOR,
        "led_the_talk": {LEADER},
    }
    found = resolution_obstacles(**full | lacking)  # type: ignore[arg-type]
    assert texts(found) == told


WHY = "Say why it is changed."
AGREE = "Everybody who coded it must agree to the change."


@pytest.mark.parametrize(
    ("reason", "agreed", "told"),
    [
        ("read again", {LEADER, OTHER}, []),
        ("read again", {LEADER, OTHER, ASSESSOR}, []),
        ("read again", {LEADER}, [AGREE]),
        ("read again", {LEADER, ASSESSOR}, [AGREE]),
        (" ", {LEADER, OTHER}, [WHY]),
        ("", set(), [WHY, AGREE]),
    ],
)
def test_a4_a_coding_is_changed_with_a_reason_and_by_everybody_who_coded_it(
    reason: str, agreed: set[UUID], told: list[str]
) -> None:
    assert texts(change_obstacles(reason, coders={LEADER, OTHER}, agreed=agreed)) == told


def test_a5_an_area_on_hold_is_released_with_an_assessment_of_what_it_would_disclose() -> None:
    assert release_obstacles("Nobody can be known by it.", on_hold=True) == ()
    assert texts(release_obstacles(" ", on_hold=True)) == ["Write down what was assessed about disclosure."]
    for assessment in ("", "Nobody can be known by it."):
        assert texts(release_obstacles(assessment, on_hold=False)) == ["The area is not on hold."]
