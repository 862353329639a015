"""What the rich authority's log reviewer has drawn: a reading that waits, one of their own, one that is judged."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.rich_account import NOW
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.judge_log_sample import judge_log_sample
from tillsyn.models.inspections import Inspection
from tillsyn.models.log_review import DrawnFor, LogDraw, LogSample, ReviewOutcome
from tillsyn.models.vocabulary import Role


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
