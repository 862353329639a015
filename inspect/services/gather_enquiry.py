"""All that is known of a home before a visit, side by side, and the lines of enquiry that were chosen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import Finding
from ...models.inspections import Inspection, SelfAssessment
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, Measure
from ...models.reached_rows import EARLIER
from ...models.surveys import EnquiryLine, Survey
from ...models.vocabulary import FindingKind, MeasureOutcome, OwnPicture
from ..outside.reach import reaching_also
from ..rules.lines_of_enquiry import AreaPicture, Known, OwnArea, pictures
from ..rules.survey_results import SurveyReading
from .open_survey import find_survey
from .read_survey import read_survey

NOT_DONE = (MeasureOutcome.PARTLY, MeasureOutcome.REMAINS)


@dataclass(frozen=True, slots=True)
class Enquiry:
    """`reading` is None where there is no survey; `own` holds what the manager has sent, by area."""

    areas: tuple[AreaPicture, ...]
    survey: Survey | None
    reading: SurveyReading | None
    assessment: SelfAssessment | None
    chosen: Sequence[EnquiryLine]


def chosen_lines(db: Session, inspection: Inspection) -> Sequence[EnquiryLine]:
    """The lines of enquiry of a case, in the order in which they were chosen."""
    return db.scalars(
        select(EnquiryLine).where(EnquiryLine.inspection_id == inspection.id).order_by(EnquiryLine.id)
    ).all()


def gather_enquiry(db: Session, inspection: Inspection, *, now: datetime) -> Enquiry:
    """What children, manager, the last letter and what was promised say of each area of the pack."""
    survey = find_survey(db, inspection)
    reading = read_survey(db, survey, now=now) if survey else None
    sent = inspection.self_assessment
    if sent is not None and sent.sent_at is None:
        sent = None
    known = Known(
        children=reading.voices if reading else {},
        manager=areas_of(sent),
        earlier=_pointed_out(db, inspection),
        promised=_promised(db, inspection),
    )
    areas = [area.id for area in load_pack(inspection.pack).areas]
    return Enquiry(pictures(areas, known), survey, reading, sent, chosen_lines(db, inspection))


def areas_of(assessment: SelfAssessment | None) -> dict[str, OwnArea]:
    """The areas of a self-assessment that something was said of."""
    if assessment is None or not assessment.by_area:
        return {}
    kept: dict[str, dict[str, str]] = json.loads(assessment.by_area)
    return {
        area: OwnArea(OwnPicture(said["picture"]) if said["picture"] else None, said["note"])
        for area, said in kept.items()
    }


def seal_areas(assessment: SelfAssessment, areas: Mapping[str, OwnArea]) -> None:
    """Keep what is said of each area; an area of which nothing is said is left out."""
    assessment.by_area = json.dumps(
        {
            area: {"picture": own.picture.value if own.picture else "", "note": own.note}
            for area, own in areas.items()
            if own.picture or own.note
        },
        sort_keys=True,
    )


def _pointed_out(db: Session, inspection: Inspection) -> dict[str, list[str]]:
    """What the home's latest sent letter of another case asked to be better, as the letter called it."""
    with reaching_also(db, EARLIER):
        return _in_the_latest_letter(db, inspection)


def _in_the_latest_letter(db: Session, inspection: Inspection) -> dict[str, list[str]]:
    latest = db.scalar(
        select(Letter.inspection_id)
        .join(Inspection, Inspection.id == Letter.inspection_id)
        .where(*_sent_to_the_home(inspection))
        .order_by(Letter.sent_at.desc())
        .limit(1)
    )
    if latest is None:
        return {}
    found = db.scalars(
        select(Finding)
        .where(Finding.inspection_id == latest, Finding.kind != FindingKind.STRENGTH)
        .order_by(Finding.level.desc(), Finding.position)
    )
    return _by_area([(row.area, row.title) for row in found])


def _promised(db: Session, inspection: Inspection) -> dict[str, list[str]]:
    """Measures of the home's letters that nobody has found to be remedied."""
    undone = or_(Measure.outcome.is_(None), Measure.outcome.in_(NOT_DONE))
    with reaching_also(db, EARLIER):
        found = db.execute(
            select(Finding.area, Measure)
            .join(Measure, Measure.finding_id == Finding.id)
            .join(Letter, Letter.id == Measure.letter_id)
            .join(Inspection, Inspection.id == Letter.inspection_id)
            .where(*_sent_to_the_home(inspection), undone)
            .order_by(Measure.due_on)
        ).all()
    return _by_area([(row.area, row.Measure.description) for row in found])


def _sent_to_the_home(inspection: Inspection) -> tuple[ColumnElement[bool], ...]:
    """Letters that have been sent are no secret to whoever inspects the same home again."""
    return (
        Inspection.home_id == inspection.home_id,
        Inspection.pack == inspection.pack,
        Inspection.id != inspection.id,
        Letter.kind == LetterKind.FEEDBACK,
        Letter.state == LetterState.SENT,
    )


def _by_area(found: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for area, text in found:
        grouped.setdefault(area, []).append(text)
    return grouped
