"""Read what the children have answered before a visit, as far as it may be read."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.survey import survey_from_json
from ...models.surveys import Survey, SurveyResult
from ..outside.clock import SWEDEN
from ..rules.survey_results import SurveyReading, read_tally
from .open_survey import is_closed
from .survey_tally import open_tally, shuffle_by_lot


def count_answers(db: Session, survey: Survey) -> int:
    """How many have answered."""
    return db.scalar(select(SurveyResult.answers).where(SurveyResult.survey_id == survey.id)) or 0


def read_survey(db: Session, survey: Survey, *, now: datetime) -> SurveyReading:
    """What may be read now (rules/survey_results.py). Whoever asks has been let in by the case."""
    row = db.scalars(select(SurveyResult).where(SurveyResult.survey_id == survey.id)).one()
    return read_tally(
        survey_from_json(survey.content),
        open_tally(row),
        children=survey.children,
        is_closed=is_closed(survey, now.astimezone(SWEDEN).date()),
        shuffle=shuffle_by_lot,
    )
