"""A decided position beside the computed one: limits, countersignature, lapsing, the chain, and the release."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.builders import acting, make_user
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.rules.weighing import Position
from tillsyn.inspect.services.countersign_override import countersign_override
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_overrides import decided_positions, verify_all_overrides
from tillsyn.inspect.services.override_position import Refused, override_position
from tillsyn.inspect.services.release_area import release_area
from tillsyn.inspect.services.view_case import view_case
from tillsyn.inspect.services.weigh_inspection import keep_weighing, weighed
from tillsyn.models.assessments import Check
from tillsyn.models.interviews import Statement
from tillsyn.models.overrides import Override
from tillsyn.models.vocabulary import OverrideReason, Role

BECAUSE = (
    "Jouren saknades varje vecka och barnen visste om det. Det är allvarligare än vad kontrollen i sig visar."
)
AREA = "TRY"


def decide(db: Session, case: LetterCase, now: datetime, **given: object) -> Override:
    values = {
        "area": AREA,
        "decided": Position.SERIOUS,
        "reason_code": OverrideReason.WEIGHT,
        "text": BECAUSE,
        "evidence": ["K10"],
        "actor": case.writer,
    } | given
    return override_position(db, inspection=case.inspection, now=now, **values)  # type: ignore[arg-type]


def standing(db: Session, case: LetterCase, area: str = AREA) -> bool:
    latest, _ = decided_positions(db, case.inspection, weighed(db, case.inspection).result.stamp)
    return latest[area].stands


def test_one_step_down_holds_at_once_and_leaves_the_computed_one(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    row = decide(db, case, now)
    assert (row.computed, row.decided, row.binding_rule, row.needs_countersign) == (2, 1, "T2", False)
    assert standing(db, case)
    assert weighed(db, case.inspection).result.areas[AREA].position == Position.NEEDS_IMPROVEMENT


def test_everything_that_speaks_against_it_is_said_at_once(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    with pytest.raises(Refused) as refused:
        decide(db, case, now, decided=Position.WORKS_WELL, reason_code=None, text="Kort.", evidence=["K99"])
    assert len(refused.value.reasons) == 4
    with pytest.raises(Refused):
        decide(db, case, now, decided=None)
    with pytest.raises(Refused):
        decide(db, case, now, decided=Position.NEEDS_IMPROVEMENT)
    assert db.scalars(select(Override)).all() == []


def test_who_may_decide_and_when(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    with pytest.raises(NotAllowed):
        decide(db, case, now, actor=acting(make_user(db, Role.SUPERVISOR)))
    check = db.scalars(select(Check)).one()
    check.consequence = 1
    db.flush()
    with pytest.raises(NotPossibleNow, match="Weigh again"):
        decide(db, case, now)


def test_upwards_waits_for_another_person(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    area = "BEM"  # one child only: the breadth holds it below the highest word
    label = next(iter(_labels(db, case, area)))
    row = decide(db, case, now, area=area, decided=Position.WORKS_WELL, evidence=[label])
    assert row.needs_countersign
    assert not standing(db, case, area)
    with pytest.raises(NotAllowed):
        countersign_override(db, actor=case.writer, inspection=case.inspection, override_id=row.id, now=now)
    signer = acting(case.supervisor)
    countersign_override(
        db, actor=signer, inspection=case.inspection, override_id=row.id, now=now + timedelta(hours=1)
    )
    assert standing(db, case, area)
    with pytest.raises(NotPossibleNow):
        countersign_override(db, actor=signer, inspection=case.inspection, override_id=row.id, now=now)


def _labels(db: Session, case: LetterCase, area: str) -> set[str]:
    found = weighed(db, case.inspection).result.areas[area]
    return {one.coding.id for one in found.codings} | {one.requirement for one in found.requirements}


def test_it_lapses_when_the_evidence_changes_and_can_be_renewed(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    decide(db, case, now)
    assert view_case(db, case.inspection).areas[AREA].decided == "Allvarligt"
    food = db.scalars(select(Statement).where(Statement.theme == "mat")).one()
    food.severity = 2
    db.flush()
    latest, _ = decided_positions(db, case.inspection, weighed(db, case.inspection).result.stamp)
    assert [reason.text for reason in latest[AREA].lapsed] == [
        "The evidence has changed since it was decided."
    ]
    assert view_case(db, case.inspection).areas[AREA].decided is None
    keep_weighing(db, actor=case.writer, inspection=case.inspection, now=now + timedelta(hours=1))
    assert decide(db, case, now + timedelta(hours=2)).number == 2
    assert standing(db, case)


def test_a_record_that_somebody_has_changed_is_found_and_does_not_hold(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    first, second = decide(db, case, now), decide(db, case, now + timedelta(minutes=1))
    assert verify_all_overrides(db) == ()
    assert second.previous_hash == first.hash
    db.execute(update(Override).where(Override.number == 2).values(decided=3))
    db.expire_all()
    case.inspection = find_inspection(db, case.inspection.dnr)
    assert [one.number for one in verify_all_overrides(db)] == [2]
    assert not standing(db, case)
    assert view_case(db, case.inspection).areas[AREA].decided is None


def test_a_release_changes_what_is_told_outside_and_nothing_else(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    told = {name: one.pending for name, one in view_case(db, case.inspection).areas.items()}
    held = next(name for name, pending in told.items() if pending)
    reviewer = acting(case.supervisor)
    with pytest.raises(Invalid):
        release_area(db, actor=reviewer, inspection=case.inspection, area=held, assessment="  ", now=now)
    with pytest.raises(NotAllowed):
        release_area(
            db, actor=case.writer, inspection=case.inspection, area=held, assessment="Bedömt.", now=now
        )
    before = weighed(db, case.inspection).result
    release_area(
        db, actor=reviewer, inspection=case.inspection, area=held, assessment="Ingen kan pekas ut.", now=now
    )
    assert not view_case(db, case.inspection).areas[held].pending
    assert weighed(db, case.inspection).result == before
    free = next(name for name, pending in told.items() if not pending)
    with pytest.raises(Invalid, match="not on hold"):
        release_area(
            db,
            actor=reviewer,
            inspection=case.inspection,
            area=free,
            assessment="Ingen kan pekas ut.",
            now=now,
        )
