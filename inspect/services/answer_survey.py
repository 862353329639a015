"""Answer a survey with a one-time code, and leave nothing behind that leads to the one who answered.

A code that is used, revoked, past its last day or never was one is refused in the same way, after the same
question to the database. Nothing is logged: an event has a time. Only codes that do not work are counted, for
an hour, per origin; the origin is a keyed hash in which the address cannot be read.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from ...interview_guides.survey import STEPS, SurveyContent, survey_from_json
from ...models.surveys import MAX_SURVEY_TEXT, Survey, SurveyCode, SurveyFailure, SurveyResult
from ...models.vocabulary import N_
from ..errors import Invalid, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.survey_codes import read_code
from ..rules.survey_results import UNSURE, Given, pour_in
from .open_survey import code_hash
from .survey_tally import insert_by_lot, open_tally, seal_tally

LIMIT_PER_ORIGIN = 300
"""Codes that do not work, from one address in one hour. A whole school can share an address, and send twice;
to find one of ten thousand open codes at this pace takes a hundred years."""


class CodeRefused(Invalid):
    """The code does not work; why is not said. The failure is counted: the transaction is to be committed."""


class TooManyTries(NotPossibleNow):
    """Too many codes from there did not work lately."""


REFUSED = N_(
    "That code does not work. Look at your slip and try again."
    " If you have sent your answers, we have got them."
)
WAIT = N_("That was too many tries. Wait one hour. You can also ask us for help.")
EMPTY = N_("You have not answered yet. Choose a face, or stop.")
LONG = N_("That is too long: %(num)s letters. You can write %(most)s.")


def check_code(db: Session, *, typed: str, origin: str, secret_key: str, now: datetime) -> SurveyContent:
    """The survey that the code is for, as it was when it was opened. Using the code is `answer_survey`'s.

    Raises CodeRefused or TooManyTries.
    """
    survey = db.scalar(_usable(_hashed(db, typed, origin, secret_key, now), now))
    if survey is None:
        _count_failure(db, origin, secret_key, now)
        raise CodeRefused(REFUSED, {"field": "code"})
    return survey_from_json(survey.content)


def answer_survey(
    db: Session, *, typed: str, origin: str, secret_key: str, given: Mapping[str, str], now: datetime
) -> SurveyContent:
    """Use the code and pour the answers into the survey's one row, both or neither. Gives the survey.

    `given`: what the form held, by the question's id; a face is its number. Raises CodeRefused, TooManyTries,
    or Invalid when there is nothing in it or a text is too long (`field`: the question); then the code still
    works.
    """
    hashed = _hashed(db, typed, origin, secret_key, now)
    survey = db.scalar(_usable(hashed, now))
    if survey is not None:
        content = survey_from_json(survey.content)
        answers = read_answers(content, given)
        # Who answers waits here for whoever answers the same survey; the code may be used up meanwhile.
        result = db.scalars(
            select(SurveyResult).where(SurveyResult.survey_id == survey.id).with_for_update()
        ).one()
        survey = db.scalar(_usable(hashed, now))
    if survey is None:
        _count_failure(db, origin, secret_key, now)
        raise CodeRefused(REFUSED, {"field": "code"})
    # Every code that is used is written anew, so that the database's own marks of which rows were changed
    # together (xmin in PostgreSQL) do not single out the code that was used last.
    db.execute(
        update(SurveyCode)
        .where(SurveyCode.survey_id == survey.id, or_(SurveyCode.used, SurveyCode.code_hash == hashed))
        .values(used=True)
        .execution_options(synchronize_session=False)
    )
    seal_tally(result, pour_in(open_tally(result), answers, insert_by_lot))
    db.flush()
    return content


def read_answers(survey: SurveyContent, given: Mapping[str, str]) -> Given:
    """The answers in what a form held; what is no answer to a question of the survey is left out."""
    faces: dict[str, int] = {}
    texts: dict[str, str] = {}
    for question in survey.questions:
        value = given.get(question.id, "").strip()
        if question.kind == "text":
            if len(value) > MAX_SURVEY_TEXT:
                raise Invalid(LONG, {"field": question.id, "num": len(value), "most": MAX_SURVEY_TEXT})
            texts[question.id] = value
        elif value in _FACES:
            faces[question.id] = int(value)
    answers = Given(faces, texts)
    if answers.is_empty:
        raise Invalid(EMPTY, {"field": survey.questions[0].id})
    return answers


_FACES = frozenset(str(face) for face in (*range(1, STEPS + 1), UNSURE))


def _usable(hashed: bytes, now: datetime) -> Select[Survey]:
    """The open survey of an unused code; used, revoked, late and guessed codes all find nothing."""
    today = now.astimezone(SWEDEN).date()
    return (
        select(Survey)
        .join(SurveyCode, SurveyCode.survey_id == Survey.id)
        .where(
            SurveyCode.code_hash == hashed,
            ~SurveyCode.used,
            ~SurveyCode.revoked,
            Survey.closed_at.is_(None),
            Survey.opens_on <= today,
            Survey.closes_on >= today,
        )
    )


def _hashed(db: Session, typed: str, origin: str, secret_key: str, now: datetime) -> bytes:
    """The hash of what was typed, unless too many did not work from there this hour."""
    place = _origin(origin, secret_key, now)
    failed = select(func.count()).select_from(SurveyFailure).where(SurveyFailure.origin_hash == place)
    if (db.scalar(failed) or 0) >= LIMIT_PER_ORIGIN:
        raise TooManyTries(WAIT)
    return code_hash(secret_key, read_code(typed))


def _count_failure(db: Session, origin: str, secret_key: str, now: datetime) -> None:
    today: date = now.astimezone(SWEDEN).date()
    db.execute(delete(SurveyFailure).where(SurveyFailure.failed_on < today))
    db.add(SurveyFailure(origin_hash=_origin(origin, secret_key, now), failed_on=today))
    db.flush()


def _origin(origin: str, secret_key: str, now: datetime) -> bytes:
    """An address in one hour; the same address in the next hour is another origin."""
    hour = now.strftime("%Y-%m-%dT%H")
    return hmac.new(secret_key.encode(), f"survey origin:{hour}:{origin}".encode(), hashlib.sha256).digest()
