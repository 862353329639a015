"""Open the children's survey of an inspection, make codes for it, take codes back, and close it.

An unannounced inspection is not shown to the home before it happens (OSL 17 kap. 1 §): its survey opens when
the visit has begun.
"""

import hashlib
import hmac
import secrets
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from ...interview_guides.reading import PACKS
from ...interview_guides.survey import NoSurvey, load_survey, survey_as_json
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.surveys import Survey, SurveyCode, SurveyResult
from ...models.vocabulary import N_, State
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.survey_codes import new_code
from .record_event import record_event

BEFORE_OTHERS = frozenset({State.PLANNED, State.PREPARED, State.CHILDREN})
MOST_CHILDREN = 1_000
MOST_CODES = 300
"""Codes made at once."""
MOST_CODES_IN_ALL = 2_000


def code_hash(secret_key: str, code: str) -> bytes:
    """What is kept of a code: keyed, so that the table alone does not tell which codes there are."""
    return hmac.new(secret_key.encode(), f"survey code:{code}".encode(), hashlib.sha256).digest()


def find_survey(db: Session, inspection: Inspection) -> Survey | None:
    """The survey of an inspection, with or without answers."""
    return db.scalar(select(Survey).where(Survey.inspection_id == inspection.id))


def is_closed(survey: Survey, today: date) -> bool:
    """Whether it can no longer be answered: closed by a person, or past its last day."""
    return survey.closed_at is not None or today > survey.closes_on


def has_survey(pack: str) -> bool:
    """Whether the pack has a survey at all."""
    try:
        load_survey(PACKS / pack)
    except NoSurvey:
        return False
    return True


def open_survey(
    db: Session, *, actor: Actor, inspection: Inspection, children: int, closes_on: date, now: datetime
) -> Survey:
    """Open it from today until `closes_on`, that day included, with the questions as the pack has them now.

    Raises NotAllowed, NotPossibleNow (no survey in the pack, a visit that nobody is to know of, talks with
    the children over), Invalid (`children`, `closes_on`), or Conflict when there is one already.
    """
    _let_inspect(actor, inspection)
    today = now.astimezone(SWEDEN).date()
    if inspection.state not in BEFORE_OTHERS:
        raise NotPossibleNow(N_("The talks with the children are over. A survey is for the time before."))
    if not inspection.announced and inspection.visit_started_at is None:
        raise NotPossibleNow(
            N_("The visit is unannounced. A survey would tell of it, so it opens when the visit has begun.")
        )
    if find_survey(db, inspection) is not None:
        raise Conflict(N_("There is a survey already."))
    if not 1 <= children <= MOST_CHILDREN:
        raise Invalid(N_("Write how many live there, as a number."), {"field": "children"})
    if closes_on < today:
        raise Invalid(N_("Choose a last day that is today or later."), {"field": "closes_on"})
    try:
        content = load_survey(PACKS / inspection.pack)
    except NoSurvey:
        raise NotPossibleNow(N_("There is no survey in this pack.")) from None
    survey = Survey(
        inspection_id=inspection.id,
        content=survey_as_json(content),
        version=content.version,
        children=children,
        opens_on=today,
        closes_on=closes_on,
        opened_at=now,
        by_id=actor.user_id,
    )
    db.add(survey)
    db.flush()
    db.add(SurveyResult(survey_id=survey.id))
    record_event(
        db, EventKind.SURVEY_OPENED, actor=actor, now=now, inspection_id=inspection.id, survey=survey.id
    )
    db.flush()
    return survey


def make_codes(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    survey: Survey,
    number: int,
    secret_key: str,
    now: datetime,
) -> tuple[str, ...]:
    """New codes, given back this once: only their keyed hashes are kept. Raises as `open_survey`."""
    _let_inspect(actor, inspection)
    _is_open(survey, now)
    if not 1 <= number <= MOST_CODES:
        raise Invalid(
            N_("Make between 1 and %(most)s codes at a time."), {"field": "number", "most": MOST_CODES}
        )
    if survey.codes_made + number > MOST_CODES_IN_ALL:
        raise NotPossibleNow(N_("Too many codes have been made for this survey."))
    codes = tuple({new_code(secrets.choice) for _ in range(number)})
    while len(codes) < number:  # two alike happen once in a thousand million
        codes = tuple({*codes, new_code(secrets.choice)})
    db.add_all(SurveyCode(survey_id=survey.id, code_hash=code_hash(secret_key, code)) for code in codes)
    survey.codes_made += number
    _record(db, EventKind.SURVEY_CODES_MADE, actor, inspection, survey, number, now)
    db.flush()
    return codes


def codes_left(db: Session, survey: Survey) -> int:
    """How many codes can still be used. Which ones they are cannot be asked."""
    return db.scalar(select(func.count()).where(_left(survey))) or 0


def revoke_codes(db: Session, *, actor: Actor, inspection: Inspection, survey: Survey, now: datetime) -> int:
    """Take back every code that is not used, for example when a sheet has gone astray; how many they were."""
    _let_inspect(actor, inspection)
    number = codes_left(db, survey)
    db.execute(update(SurveyCode).where(_left(survey)).values(revoked=True))
    if number:
        _record(db, EventKind.SURVEY_CODES_REVOKED, actor, inspection, survey, number, now)
    return number


def close_survey(db: Session, *, actor: Actor, inspection: Inspection, survey: Survey, now: datetime) -> None:
    """Close it for good: from now on it is read, and nobody can answer. Raises NotPossibleNow when closed."""
    _let_inspect(actor, inspection)
    _is_open(survey, now)
    survey.closed_at = now
    record_event(
        db, EventKind.SURVEY_CLOSED, actor=actor, now=now, inspection_id=inspection.id, survey=survey.id
    )
    db.flush()


def _left(survey: Survey) -> ColumnElement[bool]:
    return and_(SurveyCode.survey_id == survey.id, ~SurveyCode.used, ~SurveyCode.revoked)


def _is_open(survey: Survey, now: datetime) -> None:
    if is_closed(survey, now.astimezone(SWEDEN).date()):
        raise NotPossibleNow(N_("The survey is closed."))


def _let_inspect(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("The survey is looked after by the inspectors of the case."))


def _record(
    db: Session,
    kind: EventKind,
    actor: Actor,
    inspection: Inspection,
    survey: Survey,
    number: int,
    now: datetime,
) -> None:
    record_event(db, kind, actor=actor, now=now, inspection_id=inspection.id, survey=survey.id, number=number)
