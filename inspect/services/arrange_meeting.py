"""Arrange a dialogue meeting: times from either side, and one that the other side agrees to."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.dialogue import MeetingTime
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.notices import NoticeKind
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Actor
from .both_sides import allow_arranging, allow_speaking_for, is_provider_of, tell_other_side
from .communicate_facts import TOO_LONG
from .record_event import record_event

MOST_TIMES = 12
MOST_AHEAD = timedelta(days=366)
MOST_PLACE = 200


def open_times(db: Session, inspection: Inspection) -> Sequence[MeetingTime]:
    """The times that stand, agreed or not, the earliest first."""
    return db.scalars(
        select(MeetingTime)
        .where(MeetingTime.inspection_id == inspection.id, MeetingTime.withdrawn_at.is_(None))
        .order_by(MeetingTime.starts_at, MeetingTime.id)
    ).all()


def propose_times(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    times: Collection[datetime],
    place: str,
    now: datetime,
) -> Sequence[MeetingTime]:
    """Propose times from the actor's side. Raises NotAllowed, NotPossibleNow, Invalid (`times`, `place`)."""
    allow_arranging(db, actor, inspection)
    if not times:
        raise Invalid(N_("Choose at least one time."), {"field": "times"})
    if not place.strip():
        raise Invalid(N_("Write where: at which place, by video or by phone."), {"field": "place"})
    if len(place) > MOST_PLACE:
        raise Invalid(TOO_LONG, {"field": "place", "num": len(place), "most": MOST_PLACE})
    standing = [one for one in open_times(db, inspection) if one.starts_at > now]
    if len(standing) + len(times) > MOST_TIMES:
        raise Invalid(N_("There are many times already. Take some away first."), {"field": "times"})
    by_provider, made = is_provider_of(actor, inspection), []
    for moment in sorted(set(times) - {one.starts_at for one in standing}):
        if not now < moment <= now + MOST_AHEAD:
            raise Invalid(N_("Choose a time that is to come, within a year."), {"field": "times"})
        time = MeetingTime(
            inspection_id=inspection.id, starts_at=moment, place=place.strip(), by_provider=by_provider,
            proposed_at=now, by_id=actor.user_id,
        )  # fmt: skip
        db.add(time)
        made.append(time)
    db.flush()
    for time in made:
        _record(db, EventKind.MEETING_PROPOSED, actor, inspection, now, time=time.id)
    tell_other_side(db, inspection, NoticeKind.MEETING_PROPOSED, by_provider=by_provider, now=now)
    return made


def agree_time(
    db: Session, *, actor: Actor, inspection: Inspection, time_id: UUID, now: datetime
) -> MeetingTime:
    """Agree to a time that the other side proposed; the others are taken away.

    Raises NotAllowed (also to who only helps), NotFound, NotPossibleNow (one's own proposal, or it has been).
    """
    allow_arranging(db, actor, inspection)
    allow_speaking_for(actor, inspection)
    chosen = _time(db, inspection, time_id)
    by_provider = is_provider_of(actor, inspection)
    if chosen.by_provider == by_provider:
        raise NotPossibleNow(N_("You have proposed this time. The other side agrees to it."))
    if chosen.starts_at <= now:
        raise NotPossibleNow(N_("That time has been. Choose another."))
    if chosen.agreed_at is None:
        chosen.agreed_at, chosen.agreed_by_id = now, actor.user_id
        for other in open_times(db, inspection):
            if other is not chosen and other.starts_at > now:
                other.withdrawn_at = now
        _record(db, EventKind.MEETING_AGREED, actor, inspection, now, time=chosen.id)
        tell_other_side(db, inspection, NoticeKind.MEETING_AGREED, by_provider=by_provider, now=now)
    return chosen


def withdraw_time(
    db: Session, *, actor: Actor, inspection: Inspection, time_id: UUID, now: datetime
) -> MeetingTime:
    """Take a time away: one's own proposal, or one agreed on that does not suit any more."""
    allow_arranging(db, actor, inspection)
    time = _time(db, inspection, time_id)
    if time.agreed_at is not None:
        allow_speaking_for(actor, inspection)
    by_provider = is_provider_of(actor, inspection)
    if time.agreed_at is None and time.by_provider != by_provider:
        raise NotPossibleNow(
            N_("The other side has proposed this time. Propose another if it does not suit.")
        )
    time.withdrawn_at = now
    _record(db, EventKind.MEETING_TIME_WITHDRAWN, actor, inspection, now, time=time.id)
    if time.agreed_at is not None:
        tell_other_side(db, inspection, NoticeKind.MEETING_PROPOSED, by_provider=by_provider, now=now)
    return time


def _time(db: Session, inspection: Inspection, time_id: UUID) -> MeetingTime:
    for one in open_times(db, inspection):
        if one.id == time_id:
            return one
    raise NotFound(N_("There is no such time; it may have been taken away."))


def _record(
    db: Session, kind: EventKind, actor: Actor, inspection: Inspection, now: datetime, **details: object
) -> None:
    record_event(db, kind, actor=actor, now=now, inspection_id=inspection.id, **details)
