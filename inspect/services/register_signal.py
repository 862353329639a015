"""What comes in about a home: tips and complaints, lex Sarah reports, a new manager.

The subject stands in lists and names nobody. The text is sealed and each reading of it is logged: who has
turned to the authority may be secret (OSL 26 kap. 5 §), and so may what it tells of somebody (26 kap. 1 §).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.planning import Signal
from ...models.planning_words import SignalKind
from ...models.register import Home
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from .record_event import record_event
from .register_municipality import check_may_change

LONGEST_SUBJECT = 120
LONGEST_TEXT = 20_000
SHORTEST_REASON = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A signal with the names of who registered it and who set it aside ("" while nobody has)."""

    signal: Signal
    by: str
    set_aside_by: str


def register_signal(
    db: Session,
    *,
    actor: Actor,
    home: Home,
    kind: SignalKind,
    came_on: date,
    subject: str,
    text: str = "",
    dnr: str = "",
    now: datetime,
) -> Signal:
    """Raises NotAllowed, or Invalid: no subject, too long a text, a day that has not come."""
    check_may_change(actor)
    subject = " ".join(subject.split())
    if not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise Invalid(
            N_("Write in at most %(most)s characters what it is about, without naming anybody."),
            {"field": "subject", "most": LONGEST_SUBJECT},
        )
    if came_on > now.astimezone(SWEDEN).date():
        raise Invalid(N_("This day has not come yet."), {"field": "came_on"})
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "text", "count": len(text), "limit": LONGEST_TEXT},
        )
    signal = Signal(
        home_id=home.id,
        kind=kind,
        came_on=came_on,
        dnr=dnr.strip(),
        subject=subject,
        registered_at=now,
        by_id=actor.user_id,
    )
    signal.text = text.strip()
    db.add(signal)
    db.flush()
    record_event(
        db, EventKind.SIGNAL_REGISTERED, actor=actor, now=now, signal=signal.id, kind=kind.value, home=home.id
    )
    return signal


def set_signal_aside(db: Session, *, actor: Actor, signal: Signal, reason: str, now: datetime) -> Signal:
    """It no longer speaks for a visit; it stays, with the reason.

    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    if not may(actor, Permission.PLAN_INSPECTION):
        raise NotAllowed(N_("This is for inspectors and supervisors, who plan inspections."))
    if signal.set_aside_at is not None:
        raise NotPossibleNow(N_("It has been set aside already."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(
            N_("Write why it no longer speaks for a visit: at least %(least)s characters."),
            {"field": "reason", "least": SHORTEST_REASON},
        )
    signal.reason = reason.strip()
    signal.set_aside_at, signal.set_aside_by_id = now, actor.user_id
    record_event(db, EventKind.SIGNAL_SET_ASIDE, actor=actor, now=now, signal=signal.id)
    return signal


def find_signal(db: Session, signal_id: UUID) -> Opened:
    """Raises NotFound. Whoever shows its text has the reading logged."""
    signal = db.get(Signal, signal_id)
    if signal is None:
        raise NotFound(N_("There is no such thing in the register."))
    wanted = [signal.by_id, *([signal.set_aside_by_id] if signal.set_aside_by_id else [])]
    names = dict(db.execute(select(User.id, User.name).where(User.id.in_(wanted))).all())
    aside = signal.set_aside_by_id
    return Opened(signal, names[signal.by_id], names[aside] if aside else "")


def signals_of(db: Session, home: Home) -> Sequence[Signal]:
    """What has come in about a home, latest first; the sealed text is not opened."""
    return db.scalars(
        select(Signal).where(Signal.home_id == home.id).order_by(Signal.came_on.desc(), Signal.id.desc())
    ).all()


def speaks_still(signal: Signal, home: Home) -> bool:
    """Whether it may speak for a visit: not set aside, and no visit has begun after the day it came."""
    visited = home.last_visit_on
    return signal.set_aside_at is None and (visited is None or visited <= signal.came_on)


STANDS = or_(Home.last_visit_on.is_(None), Home.last_visit_on <= Signal.came_on) & Signal.set_aside_at.is_(
    None
)
"""The same rule as SQL, for a join of signals and homes."""
