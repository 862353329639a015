"""Read a case in which one has no part, because something cannot wait; and close it again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from ...models.break_glass import MAX_WORDS, GlassOpening, GlassReason
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection, TeamMember
from ...models.log_review import DrawnFor, LogSample
from ...models.notices import NoticeKind
from ...models.reached_rows import IN_NEED
from ...models.vocabulary import N_, TeamRole
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..outside.reach import reaching_also
from ..rules.access import Actor, Permission, may
from ..rules.break_glass import FEWEST_CHARACTERS, MOST_TRIES, OPEN_FOR, SPAN
from .find_disposed import disposed_ids
from .find_inspection import find_inspection, is_no_secret
from .record_event import record_event
from .tell import tell
from .whom_to_tell import in_team, reviewing_the_log, supervising

CANNOT = N_(
    "No case can be opened to you with this number. Check it; if you have a part in the case, open it from"
    " your list."
)
TOLD = (TeamRole.INSPECTOR, TeamRole.DECISION_MAKER)


class OpeningRefused(Invalid):
    """No case with this number can be opened. It is recorded, so the transaction is to be committed."""


def open_without_part(
    db: Session, *, actor: Actor, dnr: str, reason: GlassReason, words: str, now: datetime
) -> GlassOpening:
    """Open the case to the actor, who has no part in it, to be read for OPEN_FOR; tell at once who must know.

    Every number that cannot be opened is answered alike. Raises NotAllowed, Invalid (the words),
    NotPossibleNow (too many tries, or it is open already) and OpeningRefused.
    """
    if not may(actor, Permission.BREAK_GLASS):
        raise NotAllowed(
            N_("Cases are opened in need by inspectors, supervisors, reviewers and lawyers only.")
        )
    text = words.strip()
    if not FEWEST_CHARACTERS <= len(text) <= MAX_WORDS:
        raise Invalid(
            N_("Write why in your own words, with at least %(least)s and at most %(most)s characters."),
            {"least": FEWEST_CHARACTERS, "most": MAX_WORDS, "field": "words"},
        )
    _refuse_if_too_many(db, actor, now)
    with reaching_also(db, IN_NEED):
        case_id = db.scalar(
            select(Inspection.id).where(Inspection.dnr == dnr.strip(), can_be_opened_by(actor))
        )
    if case_id is None or _has_declared_conflict(db, actor, case_id):
        record_event(db, EventKind.GLASS_REFUSED, actor=actor, now=now)
        raise OpeningRefused(CANNOT, {"field": "dnr"})
    if any(one.inspection_id == case_id for one in own_openings(db, actor=actor, now=now)):
        raise NotPossibleNow(
            N_("The case is open to you already: see the top of the page."), {"field": "dnr"}
        )
    with reaching_also(db, IN_NEED):  # who is to be told is read in the team
        return _opened(db, actor, case_id, reason, text, now)


def can_be_opened_by(actor: Actor) -> ColumnElement[bool]:
    """Permission.OPEN_WITHOUT_PART as SQL, for an actor who may break glass at all."""
    mine = exists().where(TeamMember.inspection_id == Inspection.id, TeamMember.user_id == actor.user_id)
    there = Inspection.disposed_at.is_(None)  # of the others nothing is left that could be read
    return and_(there, is_no_secret(), ~mine)


def _has_declared_conflict(db: Session, actor: Actor, case_id: UUID) -> bool:
    """Whether they have ever said that they have a conflict of interest in it, also if they left its team."""
    declared = db.scalars(
        select(Event.details).where(
            Event.kind == EventKind.CONFLICT_DECLARED,
            Event.inspection_id == case_id,
            Event.actor_id == actor.user_id,
        )
    )
    return any(details.get("conflict") for details in declared)


def _refuse_if_too_many(db: Session, actor: Actor, now: datetime) -> None:
    tries = db.scalar(
        select(func.count(Event.id)).where(
            Event.actor_id == actor.user_id, Event.kind == EventKind.GLASS_REFUSED, Event.at > now - SPAN
        )
    )
    if (tries or 0) >= MOST_TRIES:
        raise NotPossibleNow(
            N_("Too many numbers that cannot be opened. Wait an hour, or ask a supervisor to let you in."),
            {"field": "dnr"},
        )


def _opened(
    db: Session, actor: Actor, case_id: UUID, reason: GlassReason, words: str, now: datetime
) -> GlassOpening:
    opening = GlassOpening(
        inspection_id=case_id, user_id=actor.user_id, reason=reason, words=words, opened_at=now,
        ends_at=now + OPEN_FOR,
    )  # fmt: skip
    db.add(opening)
    db.flush()
    db.add(
        LogSample(
            opening_id=opening.id,
            actor_id=actor.user_id,
            inspection_id=case_id,
            day=now.astimezone(SWEDEN).date(),
            events=1,
            reasons=[DrawnFor.BREAK_GLASS.value],
        )
    )
    record_event(
        db,
        EventKind.GLASS_BROKEN,
        actor=actor,
        now=now,
        inspection_id=case_id,
        opening=opening.id,
        reason=reason.value,
    )
    users = (in_team(db, case_id, TOLD) | supervising(db)) - {actor.user_id}
    tell(db, users=users, kind=NoticeKind.GLASS_BROKEN, inspection=case_id, now=now)
    reviewers = reviewing_the_log(db) - {actor.user_id}
    tell(db, users=reviewers - users, kind=NoticeKind.GLASS_BROKEN, now=now)
    return opening


def own_openings(db: Session, *, actor: Actor, now: datetime) -> Sequence[GlassOpening]:
    """What is open to the actor without a part in it now, the last opened first."""
    return db.scalars(
        select(GlassOpening)
        .where(
            GlassOpening.user_id == actor.user_id,
            GlassOpening.closed_at.is_(None),
            GlassOpening.ends_at > now,
            GlassOpening.inspection_id.not_in(disposed_ids()),
        )
        .order_by(GlassOpening.opened_at.desc())
    ).all()


def numbers_of(db: Session, openings: Sequence[GlassOpening]) -> dict[UUID, str]:
    """The registration numbers of the cases, by id."""
    wanted = {one.inspection_id for one in openings}
    with reaching_also(db, IN_NEED):
        found = db.execute(select(Inspection.id, Inspection.dnr).where(Inspection.id.in_(wanted))).all()
    return {row.id: row.dnr for row in found}


def close_opening(db: Session, *, actor: Actor, opening_id: UUID, now: datetime) -> GlassOpening:
    """Close the case again, before its time is out: by who opened it, or who leads or decides in it.

    Raises NotFound, and NotPossibleNow when it is closed already.
    """
    of_team = exists().where(
        TeamMember.inspection_id == GlassOpening.inspection_id, TeamMember.user_id == actor.user_id
    )
    theirs = or_(GlassOpening.user_id == actor.user_id, of_team)  # of others nothing more is asked
    opening = db.scalar(select(GlassOpening).where(GlassOpening.id == opening_id, theirs))
    if opening is None:
        raise NotFound(N_("There is no such opening, or it is not for you."))
    dnr = numbers_of(db, [opening]).get(opening.inspection_id, "")
    own = opening.user_id == actor.user_id and may(actor, Permission.BREAK_GLASS)
    if not own and not may(actor, Permission.LEAD_INSPECTION, find_inspection(db, dnr)):
        raise NotFound(N_("There is no such opening, or it is not for you."))
    if not opening.is_open(now):
        raise NotPossibleNow(N_("The case is closed to them already."))
    opening.closed_at, opening.closed_by_id = now, actor.user_id
    record_event(
        db,
        EventKind.GLASS_CLOSED,
        actor=actor,
        now=now,
        inspection_id=opening.inspection_id,
        opening=opening.id,
    )
    return opening
