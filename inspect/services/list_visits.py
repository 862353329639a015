"""What stands in the calendar: visits, meetings that are agreed, and the days by which something is due."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.among import among
from ...models.dialogue import MeetingTime
from ...models.inspections import Inspection
from ...models.vocabulary import N_, TeamRole, Titled
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.case_parts import BEFORE_THE_VISIT
from .find_inspection import in_own_team, seen_in_list
from .list_deadlines import GOING_ON, DeadlineKind, list_deadlines

LONGEST_VISIT = timedelta(days=14)
"""A visit that was never ended does not fill the calendar."""


class EntryKind(Titled):
    """What an entry of the calendar is."""

    VISIT = "visit", N_("Visit")
    MEETING = "meeting", N_("Dialogue meeting")
    DUE = "due", N_("Last day")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day, of a case that the reader may see in a list; `at` where the time of day is known.

    `what` is a message of the catalogue: for a last day, what is due.
    """

    on: date
    kind: EntryKind
    inspection: Inspection
    at: datetime | None = None
    what: str = ""

    @property
    def inspectors(self) -> list[str]:
        """Names of those who inspect, the responsible first."""
        parts = (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)
        inspecting = [m for m in self.inspection.team if m.role in parts and not m.has_conflict]
        return [m.name for m in sorted(inspecting, key=lambda m: (parts.index(m.role), m.position))]


def list_visits(
    db: Session, actor: Actor, *, first: date, last: date, of_the_unit: bool = False
) -> dict[date, list[Entry]]:
    """The entries from `first` to `last`, by day; a day without any is left out.

    Own cases: everything in them. `of_the_unit`: visits and meetings of all cases that `actor` may see in a
    list, so never an unannounced visit that has not begun to others than its team (OSL 17 kap. 1 §).
    """
    shown = show_visits(db, actor, first=first, last=last, of_the_unit=of_the_unit)
    return {day: entries for day, (entries, _more) in shown.items()}


def show_visits(
    db: Session,
    actor: Actor,
    *,
    first: date,
    last: date,
    of_the_unit: bool = False,
    most: int | None = None,
) -> dict[date, tuple[list[Entry], int]]:
    """As `list_visits`, but at most the first `most` entries of a day, and how many more there are.

    Cases that are not shown are not read: a month of a large unit has thousands.
    """
    whose = seen_in_list(actor) if of_the_unit else in_own_team(actor)
    found = [*_visits(db, whose, first, last), *_meetings(db, whose, first, last)]
    if not of_the_unit:
        found += _due(db, whose, first, last)
    by_day: dict[date, list[Noted]] = {}
    order = list(EntryKind)
    for noted in sorted(found, key=lambda one: (one.on, order.index(one.kind), one.dnr)):
        by_day.setdefault(noted.on, []).append(noted)
    cases = _cases(db, {one.case for day in by_day.values() for one in day[:most]})
    return {
        day: ([_entry(one, cases) for one in noted[:most]], len(noted) - len(noted[:most]))
        for day, noted in by_day.items()
    }


def visits_of(db: Session, actor: Actor, *, first: date, last: date) -> list[Entry]:
    """The person's own visits and nothing else."""
    found = list(_visits(db, in_own_team(actor), first, last))
    cases = _cases(db, {one.case for one in found})
    return sorted((_entry(one, cases) for one in found), key=lambda e: (e.on, e.inspection.id))


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry whose case has not been read."""

    on: date
    kind: EntryKind
    case: UUID
    dnr: str
    at: datetime | None = None
    what: str = ""


def _entry(noted: Noted, cases: Mapping[UUID, Inspection]) -> Entry:
    return Entry(noted.on, noted.kind, cases[noted.case], noted.at, noted.what)


def _cases(db: Session, wanted: Collection[UUID]) -> dict[UUID, Inspection]:
    chosen = select(Inspection).where(among(Inspection.id, wanted))
    found = db.scalars(chosen.options(joinedload(Inspection.home), selectinload(Inspection.team)))
    return {one.id: one for one in found}


def _visits(db: Session, whose: ColumnElement[bool], first: date, last: date) -> Iterator[Noted]:
    earliest = _midnight(first) - LONGEST_VISIT
    found = db.execute(
        select(
            Inspection.id,
            Inspection.dnr,
            Inspection.planned_on,
            Inspection.visit_started_at,
            Inspection.visit_ended_at,
        ).where(
            whose,
            or_(
                and_(Inspection.planned_on.between(first, last), Inspection.state.in_(BEFORE_THE_VISIT)),
                Inspection.visit_started_at.between(earliest, _midnight(last + timedelta(days=1))),
            ),
        )
    )
    for case, dnr, planned_on, began, ended in found:
        for day in _days(planned_on, began, ended):
            if first <= day <= last:
                yield Noted(day, EntryKind.VISIT, case, dnr)


def _days(planned_on: date | None, began: datetime | None, ended: datetime | None) -> list[date]:
    """The days of the visit: the planned one, or those it really had."""
    if began is None:
        return [planned_on] if planned_on else []
    day = began.astimezone(SWEDEN).date()
    last = min(ended or began, began + LONGEST_VISIT).astimezone(SWEDEN).date()
    return [day + timedelta(days=number) for number in range((last - day).days + 1)]


def _meetings(db: Session, whose: ColumnElement[bool], first: date, last: date) -> Iterator[Noted]:
    rows = db.execute(
        select(MeetingTime.starts_at, Inspection.id, Inspection.dnr)
        .join(Inspection, Inspection.id == MeetingTime.inspection_id)
        .where(
            whose,
            MeetingTime.agreed_at.is_not(None),
            MeetingTime.withdrawn_at.is_(None),
            MeetingTime.starts_at >= _midnight(first),
            MeetingTime.starts_at < _midnight(last + timedelta(days=1)),
        )
    )
    for at, case, dnr in rows:
        yield Noted(at.astimezone(SWEDEN).date(), EntryKind.MEETING, case, dnr, at=at)


def _due(db: Session, whose: ColumnElement[bool], first: date, last: date) -> list[Noted]:
    """The last days in open cases of the person's own."""
    numbers: dict[UUID, str] = dict(
        db.execute(select(Inspection.id, Inspection.dnr).where(whose, Inspection.state.in_(GOING_ON))).all()
    )
    return [
        Noted(one.on, EntryKind.DUE, one.inspection_id, numbers[one.inspection_id], what=one.what)
        for one in list_deadlines(db, list(numbers), within=(first, last))
        if one.kind is not DeadlineKind.VISIT
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)
