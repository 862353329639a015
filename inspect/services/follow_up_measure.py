"""Follow up what became of each deficiency: with evidence of our own, and what the children say now.

A measure that the provider claims is done is not remedied before the authority has seen something
that shows it; and whether it is better is asked of the children (SoL 28 kap. 3 § p 2).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.dialogue import OutcomeGround
from ...models.dialogue_vocabulary import Better, KnownBy
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH, Letter, Measure
from ...models.vocabulary import N_, MeasureOutcome, Progress, State, Wish
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.follow_up import Grounds, why_not
from .communicate_facts import TOO_LONG
from .note_dialogue import may_note
from .read_letter import Point, points_of
from .record_event import record_event
from .report_measure import latest_reports

MOST_ASKED = 999


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
    asked: int | None,
    wish: Wish | None,
    known_by: Collection[KnownBy],
    better: Better | None,
    weighed: str = "",
    now: datetime,
) -> Measure:
    """Record the outcome of a measure; without `measure_id`, of a deficiency that has none.

    `asked`: how many say what the children say now, 0 where nobody could be asked; `wish`: of whoever of them
    wants least told. They decide what of it a letter may tell (rules/letter_voices.py).

    `known_by`: how the authority knows; `better`: what they answer to whether it is better for them, None
    where nobody was asked; `weighed`: how the two were weighed where the provider says otherwise.

    A later follow-up replaces the outcome; the log keeps each. Raises NotAllowed, NotFound,
    NotPossibleNow (wrong state), Invalid (nothing shows it; children not asked and not said why; what
    rules/follow_up.py refuses).
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
    _check_asked(asked, wish)
    measure, level = _measure(db, actor, inspection, letter, finding_id, measure_id, now)
    grounds = Grounds(tuple(dict.fromkeys(known_by)), asked or 0, better, weighed)
    refused = why_not(level, outcome, grounds, claims_done=_claims_done(db, letter, measure))
    if refused is not None:
        raise Invalid(refused.reason.text, {"field": refused.field, **refused.reason.values})
    if len(weighed) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": "weighed", "num": len(weighed), "most": MAX_PARAGRAPH})
    measure.evidence = shown.strip()
    measure.children_say = children_say.strip()
    measure.children_asked = asked
    measure.children_wish = wish if asked else None
    measure.followed_up_at = now
    measure.followed_up_by_id = actor.user_id
    measure.outcome = outcome
    db.add(measure)
    db.flush()
    _keep_grounds(db, measure, grounds)
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


def _check_asked(asked: int | None, wish: Wish | None) -> None:
    if asked is None:
        raise Invalid(N_("Write how many were asked. Nobody: write 0."), {"field": "asked"})
    if not 0 <= asked <= MOST_ASKED:
        raise Invalid(N_("Write a number from 0 to %(most)s."), {"field": "asked", "most": MOST_ASKED})
    if asked and wish is None:
        raise Invalid(N_("Choose what those who were asked want told."), {"field": "wish"})


def _measure(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    finding_id: UUID,
    measure_id: UUID | None,
    now: datetime,
) -> tuple[Measure, int]:
    """The measure, and the legal level of what it is about."""
    point = next((point for point in points_of(db, letter) if point.finding.id == finding_id), None)
    if point is None or not point.is_deficiency:
        raise NotFound(N_("There is no such deficiency in the letter."))
    if measure_id is not None:
        for measure in point.measures:
            if measure.id == measure_id:
                return measure, point.finding.level
        raise NotFound(N_("There is no such measure; it may have been removed."))
    if point.measures:
        return point.measures[0], point.finding.level
    return _in_place_of_a_measure(actor, inspection, letter, point, now), point.finding.level


def _claims_done(db: Session, letter: Letter, measure: Measure) -> bool:
    report = latest_reports(db, letter).get(measure.id)
    return report is not None and report.progress is Progress.DONE


def grounds_of(db: Session, letter: Letter) -> dict[UUID, OutcomeGround]:
    """What the outcomes of a letter's measures rest on, by measure."""
    rows = db.scalars(
        select(OutcomeGround)
        .join(Measure, Measure.id == OutcomeGround.measure_id)
        .where(Measure.letter_id == letter.id)
    )
    return {row.measure_id: row for row in rows}


def _keep_grounds(db: Session, measure: Measure, grounds: Grounds) -> None:
    kept = db.scalar(select(OutcomeGround).where(OutcomeGround.measure_id == measure.id))
    kept = kept or OutcomeGround(measure_id=measure.id)
    kept.known_by = [one.value for one in grounds.known_by]
    kept.better = grounds.better
    kept.weighed = grounds.weighed.strip()
    db.add(kept)
    db.flush()


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
