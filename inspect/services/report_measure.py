"""The provider tells how far a measure has come. It is a claim: the follow-up finds out by itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.letters import MAX_PARAGRAPH, Letter, Measure
from ...models.notices import NoticeKind
from ...models.provider_side import MeasureReport
from ...models.vocabulary import N_, Progress
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .attach_answer_file import FINISHED
from .communicate_facts import TOO_LONG
from .read_letter import find_letter
from .record_event import record_event
from .tell import tell
from .whom_to_tell import INSPECTORS, in_team


def report_measure(
    db: Session,
    *,
    actor: Actor,
    letter_id: UUID,
    measure_id: UUID,
    progress: Progress,
    said: str,
    now: datetime,
) -> MeasureReport:
    """Add what is told now to what was told before; the same again changes nothing.

    Raises NotFound, NotAllowed (a helper: it is sent at once), NotPossibleNow (answers not sent, or the case
    is closed), Invalid (too long; delayed without words).
    """
    letter = find_letter(db, actor, letter_id)
    measure = db.get(Measure, measure_id)
    if measure is None or measure.letter_id != letter.id:
        raise NotFound(N_("There is no such measure; it may have been removed."))
    if not may(actor, Permission.SEND_ANSWERS):
        raise NotAllowed(N_("What you tell here is sent at once. Those who are responsible do that."))
    refused = why_no_reports(letter)
    if refused:
        raise NotPossibleNow(refused)
    if len(said) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": "said", "num": len(said), "most": MAX_PARAGRAPH})
    if progress is Progress.DELAYED and not said.strip():
        raise Invalid(N_("Write why it takes longer, and when you expect to be done."), {"field": "said"})
    newest = latest_reports(db, letter).get(measure.id)
    if newest is not None and (newest.progress, newest.said) == (progress, said.strip()):
        return newest
    report = MeasureReport(
        measure_id=measure.id, progress=progress, said=said.strip(), at=now, by_id=actor.user_id
    )
    db.add(report)
    db.flush()
    record_event(
        db, EventKind.MEASURE_REPORTED, actor=actor, now=now, inspection_id=letter.inspection_id,
        measure=measure.id, progress=progress.value,
    )  # fmt: skip
    tell(
        db,
        users=in_team(db, letter.inspection_id, INSPECTORS),
        kind=NoticeKind.MEASURE_REPORTED,
        inspection=letter.inspection_id,
        now=now,
    )
    return report


def why_no_reports(letter: Letter) -> str | None:
    """Why nothing can be told of measures now, as a message; None when it can."""
    if letter.answers_sent_at is None:
        return N_("Send your answer first. Then you can tell how far the measures have come.")
    if letter.inspection.state in FINISHED:
        return N_("The case is closed. Nothing more is asked of you.")
    return None


def reports_of(db: Session, letter: Letter) -> dict[UUID, Sequence[MeasureReport]]:
    """What has been told of each measure of a letter, the oldest first."""
    rows = db.scalars(
        select(MeasureReport)
        .join(Measure, Measure.id == MeasureReport.measure_id)
        .where(Measure.letter_id == letter.id)
        .order_by(MeasureReport.at, MeasureReport.id)
    )
    told: dict[UUID, list[MeasureReport]] = {}
    for row in rows:
        told.setdefault(row.measure_id, []).append(row)
    return dict(told)


def latest_reports(db: Session, letter: Letter) -> dict[UUID, MeasureReport]:
    """What the provider claims now of each measure that it has told of."""
    return {measure: rows[-1] for measure, rows in reports_of(db, letter).items()}
