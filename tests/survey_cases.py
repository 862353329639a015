"""Surveys of a case for tests, opened and answered as the product does it, or put there as they would stand."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tests.builders import NOW, inspector_of
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.survey_results import pour_in
from tillsyn.inspect.services.answer_survey import answer_survey, read_answers
from tillsyn.inspect.services.choose_enquiry import choose_line
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.open_survey import make_codes, open_survey
from tillsyn.inspect.services.survey_tally import insert_by_lot, open_tally, seal_tally
from tillsyn.interview_guides.reading import PACKS
from tillsyn.interview_guides.survey import load_survey, survey_as_json
from tillsyn.models.inspections import Inspection
from tillsyn.models.surveys import Survey, SurveyResult
from tillsyn.models.vocabulary import EnquiryKind

KEY = "the tests' own secret, longer than thirty-two characters"
"""The secret key of the tests' settings (tests/integration/conftest.py)."""
GOOD = {"S01": "4", "S02": "5", "S04": "4"}
BAD = {"S01": "2", "S02": "1", "S04": "3"}


def opened(
    db: Session,
    inspection: Inspection,
    *,
    children: int = 8,
    number: int = 10,
    days: int = 14,
    now: datetime = NOW,
) -> tuple[Survey, tuple[str, ...]]:
    """A survey opened by the responsible inspector, and its codes."""
    actor = inspector_of(inspection)
    survey = open_survey(
        db,
        actor=actor,
        inspection=inspection,
        children=children,
        closes_on=now.date() + timedelta(days=days),
        now=now,
    )
    codes = make_codes(
        db, actor=actor, inspection=inspection, survey=survey, number=number, secret_key=KEY, now=now
    )
    return survey, codes


def answer(db: Session, code: str, given: Mapping[str, str], *, now: datetime = NOW) -> None:
    answer_survey(db, typed=code, origin="192.0.2.7", secret_key=KEY, given=given, now=now)


def put_survey(
    db: Session,
    inspection: Inspection,
    *,
    children: int,
    answers: Iterable[Mapping[str, str]],
    closes_on: date,
    by: Actor | None = None,
    now: datetime = NOW,
) -> Survey:
    """A survey with these answers, whatever step its case is at."""
    content = load_survey(PACKS / inspection.pack)
    survey = Survey(
        inspection_id=inspection.id,
        content=survey_as_json(content),
        version=content.version,
        children=children,
        opens_on=min(now.date(), closes_on),
        closes_on=closes_on,
        opened_at=now,
        by_id=(by or inspector_of(inspection)).user_id,
    )
    db.add(survey)
    db.flush()
    row = SurveyResult(survey_id=survey.id, answers=0)
    for given in answers:
        seal_tally(row, pour_in(open_tally(row), read_answers(content, given), insert_by_lot))
    db.add(row)
    db.flush()
    return survey


def ask_the_children(
    db: Session, dnr: str, actor: Actor, *, closes_on: date, secret: str, now: datetime
) -> None:
    """A survey that seven have answered, one of them in words, and a line of enquiry of the inspector's own."""
    case = find_inspection(db, dnr)
    answers = [{"S01": "2", "S02": "4", "S11": f"Prata med {secret}." if not n else ""} for n in range(7)]
    put_survey(db, case, children=8, answers=answers, closes_on=closes_on, by=actor, now=now)
    choose_line(
        db,
        actor=actor,
        inspection=case,
        kind=EnquiryKind.OWN,
        area="TRY",
        text=f"Vad händer kring {secret} på natten?",
        now=now,
    )
