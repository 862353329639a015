"""What the provider will do about a point, by whom and by when. Its own choice of how (SoL 28 kap. 3 §)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.letters import MAX_PARAGRAPH, Letter, Measure
from ...models.vocabulary import N_, FindingKind
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Actor
from .answer_letter import open_for_answers
from .communicate_facts import TOO_LONG
from .read_letter import find_point
from .record_event import record_event

FURTHEST = timedelta(days=5 * 366)
MOST_MEASURES = 50


def propose_measure(
    db: Session,
    *,
    actor: Actor,
    letter_id: UUID,
    finding_id: UUID,
    description: str,
    owner: str,
    due_on: date | None,
    now: datetime,
) -> Measure:
    """Add a measure to a deficiency. A day that has been is allowed: it may be done already.

    Raises NotFound, NotPossibleNow (answers sent, or no deficiency), Invalid.
    """
    letter = open_for_answers(db, actor, letter_id)
    point = find_point(db, letter, finding_id)
    if point.finding.kind is not FindingKind.DEFICIENCY:
        raise NotPossibleNow(N_("Measures belong to what must be put right. Answer this point in words."))
    if len(point.measures) >= MOST_MEASURES:
        raise NotPossibleNow(N_("There are many measures here already. Gather them into fewer."))
    day = _checked(description, owner, due_on, now)
    measure = Measure(
        letter_id=letter.id,
        finding_id=finding_id,
        description=description.strip(),
        owner=owner.strip(),
        due_on=day,
        proposed_at=now,
        by_id=actor.user_id,
    )
    db.add(measure)
    db.flush()
    _record(db, actor, letter, measure, now)
    return measure


def change_measure(
    db: Session,
    *,
    actor: Actor,
    letter_id: UUID,
    measure_id: UUID,
    description: str,
    owner: str,
    due_on: date | None,
    now: datetime,
) -> Measure:
    """Rewrite a measure; possible until the answers are sent. Raises as propose_measure does."""
    letter = open_for_answers(db, actor, letter_id)
    measure = _measure_of(db, letter, measure_id)
    measure.due_on = _checked(description, owner, due_on, now)
    measure.description = description.strip()
    measure.owner = owner.strip()
    _record(db, actor, letter, measure, now)
    return measure


def remove_measure(db: Session, *, actor: Actor, letter_id: UUID, measure_id: UUID, now: datetime) -> UUID:
    """Take a measure away before the answers are sent; gives the finding it was about."""
    letter = open_for_answers(db, actor, letter_id)
    measure = _measure_of(db, letter, measure_id)
    finding_id = measure.finding_id
    _record(db, actor, letter, measure, now)
    db.delete(measure)
    db.flush()
    return finding_id


def _measure_of(db: Session, letter: Letter, measure_id: UUID) -> Measure:
    measure = db.get(Measure, measure_id)
    if measure is None or measure.letter_id != letter.id:
        raise NotFound(N_("There is no such measure; it may have been removed."))
    return measure


def _checked(description: str, owner: str, due_on: date | None, now: datetime) -> date:
    if not description.strip():
        raise Invalid(N_("Write what you will do."), {"field": "description"})
    if len(description) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": "description", "num": len(description), "most": MAX_PARAGRAPH})
    if not owner.strip():
        raise Invalid(N_("Write who sees to it: a name or a post."), {"field": "owner"})
    if len(owner) > 200:
        raise Invalid(TOO_LONG, {"field": "owner", "num": len(owner), "most": 200})
    if due_on is None:
        raise Invalid(N_("Choose the day by which it is done."), {"field": "due_on"})
    if abs(due_on - now.date()) > FURTHEST:
        raise Invalid(N_("That is more than five years away. Check the year."), {"field": "due_on"})
    return due_on


def _record(db: Session, actor: Actor, letter: Letter, measure: Measure, now: datetime) -> None:
    record_event(
        db,
        EventKind.MEASURE_PROPOSED,
        actor=actor,
        now=now,
        inspection_id=letter.inspection_id,
        measure=measure.id,
        finding=measure.finding_id,
    )
