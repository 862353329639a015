"""Say what came of looking at a reading that was drawn (SoLPuL 10 § p 3)."""

import hashlib
import json
from datetime import datetime

from sqlalchemy.orm import Session

from ...models.break_glass import GlassOpening
from ...models.event_kinds import EventKind
from ...models.log_review import LogSample, ReviewOutcome
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .record_event import record_event

MOST_CHARACTERS = 5_000


def judge_log_sample(
    db: Session, *, actor: Actor, sample: LogSample, outcome: ReviewOutcome, remark: str, now: datetime
) -> None:
    """Sign the outcome. It is given once; its hash is in the log, so that a later change of it shows.

    Raises NotAllowed (nobody reviews themselves), NotPossibleNow when somebody has signed already, and
    Invalid when something was remarked on and nothing is written about it, or too much.
    """
    if not may(actor, Permission.REVIEW_LOG):
        raise NotAllowed(N_("Only a log reviewer reviews readings."))
    if sample.actor_id == actor.user_id:
        raise NotAllowed(N_("Nobody reviews their own readings: another log reviewer does."))
    if sample.opening_id is not None and db.get_one(GlassOpening, sample.opening_id).is_open(now):
        raise NotPossibleNow(
            N_("The case is still open to the person. Sign when it is closed to them again.")
        )
    if sample.outcome is not None:
        raise NotPossibleNow(N_("The reading has been reviewed already."))
    text = remark.strip()
    if len(text) > MOST_CHARACTERS:
        raise Invalid(
            N_("The text has %(length)s characters; at most %(limit)s fit."),
            {"length": len(text), "limit": MOST_CHARACTERS, "field": "remark"},
        )
    if outcome is not ReviewOutcome.NOTHING and not text:
        raise Invalid(N_("Write what was found, and what is done about it."), {"field": "remark"})
    sample.outcome, sample.remark = outcome, text
    sample.judged_by_id, sample.judged_at = actor.user_id, now
    record_event(
        db,
        EventKind.LOG_SAMPLE_JUDGED,
        actor=actor,
        now=now,
        sample=sample.id,
        outcome=outcome.value,
        digest=outcome_digest(sample),
    )


def outcome_digest(sample: LogSample) -> str:
    """SHA-256 over the reading and what came of it; the chained log holds it."""
    said = [
        str(sample.id),
        str(sample.actor_id),
        str(sample.inspection_id),
        sample.day.isoformat(),
        list(sample.reasons),
        sample.outcome.value if sample.outcome else None,
        sample.remark,
        str(sample.judged_by_id),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
