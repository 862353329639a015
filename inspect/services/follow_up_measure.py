"""Follow up what became of each deficiency: with evidence of our own, and what the children say now.

A measure that the provider claims is done is not remedied before the authority has seen something
that shows it; and whether it is better is asked of the children (SoL 28 kap. 3 § p 2).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH, Letter, Measure
from ...models.vocabulary import N_, EventKind, MeasureOutcome, State
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from .communicate_facts import TOO_LONG
from .note_dialogue import may_note
from .read_letter import Point, points_of
from .record_event import record_event


def follow_up_measure(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    finding_id: UUID,
    measure_id: UUID | None,
    outcome: MeasureOutcome,
    shown: str,
    children_say: str,
    now: datetime,
) -> Measure:
    """Record the outcome of a measure; without `measure_id`, of a deficiency that has none.

    A later follow-up replaces the outcome; the log keeps each. Raises NotAllowed, NotFound,
    NotPossibleNow (wrong state), Invalid (nothing shows it; children not asked and not said why).
    """
    if not may_note(actor, inspection):
        raise NotAllowed(N_("Those who inspect or decide in the case follow it up."))
    if inspection.state is not State.FOLLOW_UP:
        raise NotPossibleNow(
            N_("Follow-up begins when the provider has the letter and the case has come there.")
        )
    for field, text, message in (
        ("shown", shown, N_("Write what you have seen, read or heard that shows it.")),
        (
            "children_say",
            children_say,
            N_("Write what the children say now, or why they could not be asked."),
        ),
    ):
        if not text.strip():
            raise Invalid(message, {"field": field})
        if len(text) > MAX_PARAGRAPH:
            raise Invalid(TOO_LONG, {"field": field, "num": len(text), "most": MAX_PARAGRAPH})
    measure = _measure(db, actor, inspection, letter, finding_id, measure_id, now)
    measure.evidence = shown.strip()
    measure.children_say = children_say.strip()
    measure.followed_up_at = now
    measure.followed_up_by_id = actor.user_id
    measure.outcome = outcome
    db.add(measure)
    db.flush()
    record_event(
        db,
        EventKind.MEASURE_FOLLOWED_UP,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        measure=measure.id,
        outcome=outcome.value,
    )
    return measure


def _measure(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    finding_id: UUID,
    measure_id: UUID | None,
    now: datetime,
) -> Measure:
    point = next((point for point in points_of(db, letter) if point.finding.id == finding_id), None)
    if point is None or not point.is_deficiency:
        raise NotFound(N_("There is no such deficiency in the letter."))
    if measure_id is not None:
        for measure in point.measures:
            if measure.id == measure_id:
                return measure
        raise NotFound(N_("There is no such measure; it may have been removed."))
    return (
        point.measures[0] if point.measures else _in_place_of_a_measure(actor, inspection, letter, point, now)
    )


def _in_place_of_a_measure(
    actor: Actor, inspection: Inspection, letter: Letter, point: Point, now: datetime
) -> Measure:
    """What the letter asked for stands in for a measure when the provider has proposed none."""
    finding = point.finding
    return Measure(
        letter_id=letter.id,
        finding_id=finding.id,
        description=finding.achieve.strip() or finding.title,
        owner=inspection.home.provider.name,
        due_on=finding.due_on or now.astimezone(SWEDEN).date(),
        proposed_at=now,
        by_id=actor.user_id,
    )
