"""What the rich authority's log reviewer has drawn: a reading that waits, one of their own, one that is judged."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.rich_account import MARKER, NOW
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.child_identities import ask_to_open, write_identity
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.judge_log_sample import judge_log_sample
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.break_glass import GlassOpening, GlassReason
from tillsyn.models.child_identities import IdentityPurpose
from tillsyn.models.inspections import Inspection
from tillsyn.models.log_review import DrawnFor, LogDraw, LogSample, ReviewOutcome
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role


def build_rich_opening(db: Session, opener: UUID, dnr: str) -> UUID:
    """The case was open to somebody without a part in it; their time is over, and nobody has reviewed it yet."""
    case = db.scalars(select(Inspection.id).where(Inspection.dnr == dnr)).one()
    opening = GlassOpening(
        inspection_id=case,
        user_id=opener,
        reason=GlassReason.DANGER,
        words=f"Mormor till {MARKER} ringde, och ingen i teamet svarade.",
        opened_at=NOW - timedelta(hours=7),
        ends_at=NOW - timedelta(hours=3),
    )
    db.add(opening)
    db.flush()
    reasons = [DrawnFor.BREAK_GLASS.value]
    db.add(
        LogSample(
            opening_id=opening.id,
            actor_id=opener,
            inspection_id=case,
            day=NOW.date(),
            events=1,
            reasons=reasons,
        )
    )
    db.flush()
    return opening.id


def build_rich_identity(db: Session, people: dict[str, UUID], dnr: str) -> UUID:
    """Who the first child is, and a request to open it that was not agreed to in time."""
    case = find_inspection(db, dnr)
    leader = actor_of(db.get_one(User, people["leader"]))
    resident = min(case.residents, key=lambda one: one.id)
    early = NOW - timedelta(hours=5)
    write_identity(
        db, actor=leader, inspection=case, resident=resident, name=f"{MARKER} Namnlund", number="20110203-0000",
        contact=f"c/o {MARKER}, Storgatan 1", now=early,
    )  # fmt: skip
    asked = ask_to_open(
        db, actor=leader, inspection=case, resident=resident, purpose=IdentityPurpose.LETTER,
        words=f"Brevet till {MARKER} ska skickas i dag.", now=early,
    )  # fmt: skip
    return asked.id


def build_rich_log(db: Session, people: dict[str, UUID], dnr: str) -> UUID:
    """Gives back the reading that waits."""
    case = db.scalars(select(Inspection.id).where(Inspection.dnr == dnr)).one()
    reviewer, day = people["log_reviewer"], NOW.date() - timedelta(days=1)
    draw = LogDraw(
        drawn_by_id=reviewer,
        drawn_at=NOW - timedelta(hours=2),
        first_on=day - timedelta(days=6),
        last_on=day,
        readings=41,
        found={DrawnFor.NIGHT.value: 2},
    )
    db.add(draw)
    db.flush()
    made = [
        LogSample(draw_id=draw.id, actor_id=people[who], inspection_id=of, day=day, events=3, reasons=reasons)
        for who, of, reasons in (
            ("leader", case, [DrawnFor.RANDOM.value, DrawnFor.NIGHT.value]),
            ("log_reviewer", None, [DrawnFor.LOG_REVIEWER.value]),
            ("lawyer", case, [DrawnFor.NOT_IN_TEAM.value]),
        )
    ]
    db.add_all(made)
    db.flush()
    judge_log_sample(
        db,
        actor=Actor(reviewer, "Log reviewer", frozenset({Role.LOG_REVIEWER})),
        sample=made[2],
        outcome=ReviewOutcome.FOLLOWED_UP,
        remark="Juristen hade fått en fråga av ansvarig inspektör.",
        now=NOW,
    )
    return made[0].id
