"""Lead times are of the cases a supervisor may know of, and never of a person."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import NotAllowed
from tillsyn.inspect.outside import clock
from tillsyn.inspect.rules.lead_times import LeadTime
from tillsyn.inspect.services.measure_lead_times import measure_lead_times
from tillsyn.models.asked_of_provider import ProviderTime, TimeFor
from tillsyn.models.inspections import Inspection, StateChange
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole

DAY = timedelta(days=1)


def gone(db: Session, days: list[int], decider: User, **values: object) -> list[Inspection]:
    """Cases that stood so many days as planned, a day as prepared, and stand with the children now."""
    cases = []
    for number in days:
        case = make_inspection(db, team={TeamRole.DECISION_MAKER: decider}, **values)  # type: ignore[arg-type]
        case.created_at = NOW - (number + 1) * DAY
        for before, after, began, at in (
            (State.PLANNED, State.PREPARED, case.created_at, NOW - DAY),
            (State.PREPARED, State.CHILDREN, NOW - DAY, NOW),
        ):
            db.add(
                StateChange(inspection_id=case.id, from_state=before, to_state=after, began_at=began, at=at)
            )
        cases.append(case)
    db.flush()
    return cases


def test_days_are_counted_from_when_a_case_came_to_a_step(db: Session) -> None:
    decider = make_user(db, Role.SUPERVISOR)
    gone(db, [1, 2, 3, 10, 40], decider)
    found = measure_lead_times(db, actor=acting(decider), own_unit=False, now=NOW + DAY)
    assert found.times[State.PLANNED] == LeadTime(5, 3, 40)
    assert found.times[State.PREPARED] == LeadTime(5, 1, 1)
    assert found.waiting[State.CHILDREN].cases == 5
    assert len(found.oldest) == 5


def test_a_unit_is_the_cases_in_which_one_decides_and_a_year_is_a_year(db: Session) -> None:
    decider, other = make_user(db, Role.SUPERVISOR), make_user(db, Role.SUPERVISOR)
    gone(db, [2] * 5, decider)
    gone(db, [20] * 5, other)
    both = measure_lead_times(db, actor=acting(decider), own_unit=False, now=NOW)
    own = measure_lead_times(db, actor=acting(decider), own_unit=True, now=NOW)
    assert both.times[State.PLANNED].times == 10
    assert own.times[State.PLANNED] == LeadTime(5, 2, 2)
    later = measure_lead_times(db, actor=acting(decider), own_unit=True, now=NOW + 400 * DAY)
    assert later.times == {}


def test_a_secret_visit_is_in_no_number_of_anybody_outside_its_team(db: Session) -> None:
    """OSL 17:1."""
    decider, outside = make_user(db, Role.SUPERVISOR), make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, state=State.PREPARED, announced=False, team={TeamRole.DECISION_MAKER: decider})
    step = {"from_state": State.PLANNED, "to_state": State.PREPARED, "began_at": case.created_at, "at": NOW}
    db.add(StateChange(inspection_id=case.id, **step))
    db.flush()
    theirs = measure_lead_times(db, actor=acting(outside), own_unit=False, now=NOW)
    assert (theirs.times, theirs.waiting, theirs.oldest) == ({}, {}, [])
    assert measure_lead_times(db, actor=acting(decider), own_unit=False, now=NOW).waiting


def test_the_time_of_providers_is_summed(db: Session) -> None:
    decider = make_user(db, Role.SUPERVISOR)
    for case, minutes in zip(gone(db, [1] * 5, decider), (30, 60, 90, 120, 600), strict=True):
        db.add(
            ProviderTime(
                inspection_id=case.id,
                user_id=decider.id,
                spent_on=TimeFor.ANSWERS,
                minutes=minutes,
                told_at=NOW,
            )
        )
    db.flush()
    found = measure_lead_times(db, actor=acting(decider), own_unit=False, now=NOW)
    assert found.burden == {TimeFor.ANSWERS: LeadTime(5, 1.5, 10)} and found.hours == 15


def test_only_supervisors_see_them(db: Session, client: Browsing) -> None:
    inspector, decider = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        measure_lead_times(db, actor=acting(inspector), own_unit=False, now=NOW)
    db.commit()
    client.sign_in_as(inspector)
    client.get("/monitoring/lead-times", status=404)
    client.sign_in_as(decider)
    assert "Siffror kommer hit" in client.get("/monitoring/lead-times").text


def test_the_picture_and_the_table_say_the_same(db: Session, client: Browsing) -> None:
    decider = make_user(db, Role.SUPERVISOR)
    for case in gone(db, [1, 2, 3, 10, 40], decider):
        moved = timedelta(days=(clock.now() - NOW).days - 1)
        case.created_at += moved
        case.state_since += moved
        for change in db.scalars(select(StateChange).where(StateChange.inspection_id == case.id)):
            change.began_at += moved
            change.at += moved
    db.commit()
    client.sign_in_as(decider)
    page = client.get("/monitoring/lead-times?of=unit")
    assert "hälften inom 3 dagar, nio av tio inom 40" in page.text
