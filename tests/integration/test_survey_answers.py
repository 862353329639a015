"""Answering: a code works once, nothing is lost or double, and nothing leads to who answered."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.builders import NOW, inspector_of, make_inspection
from tests.survey_cases import BAD, GOOD, KEY, answer, opened
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.services import answer_survey as answering
from tillsyn.inspect.services.answer_survey import CodeRefused, TooManyTries, check_code
from tillsyn.inspect.services.open_survey import (
    close_survey,
    codes_left,
    make_codes,
    open_survey,
    revoke_codes,
)
from tillsyn.inspect.services.read_survey import count_answers, read_survey
from tillsyn.inspect.services.survey_tally import open_tally
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.surveys import MAX_SURVEY_TEXT, Survey, SurveyCode, SurveyFailure, SurveyResult
from tillsyn.models.vocabulary import State

pytestmark = pytest.mark.usefixtures("db")


def test_an_answer_is_counted_and_its_code_is_used_up(db: Session) -> None:
    survey, codes = opened(db, make_inspection(db, state=State.PREPARED, children=0))
    answer(db, codes[0].lower(), GOOD | {"S11": "Titta på rummen."})
    row = db.scalars(select(SurveyResult)).one()
    tally = open_tally(row)
    assert tally.counts == {"S01": (0, 0, 0, 1, 0, 0), "S02": (0, 0, 0, 0, 1, 0), "S04": (0, 0, 0, 1, 0, 0)}
    assert tally.texts == {"S11": ("Titta på rummen.",)}
    assert row.content_sealed is not None and b"rummen" not in row.content_sealed
    assert codes_left(db, survey) == len(codes) - 1
    with pytest.raises(CodeRefused):
        answer(db, codes[0], BAD)
    assert count_answers(db, survey) == 1


def test_used_revoked_late_early_and_guessed_codes_are_refused_alike(db: Session) -> None:
    case, other = (make_inspection(db, state=State.PREPARED, children=0) for _ in range(2))
    survey, codes = opened(db, case, days=3)
    late, late_codes = opened(db, other, days=1)
    answer(db, codes[0], GOOD)
    revoked = next(
        row for row in db.scalars(select(SurveyCode)) if row.survey_id == survey.id and not row.used
    )
    revoke_codes(db, actor=inspector_of(case), inspection=case, survey=survey, now=NOW)
    db.refresh(revoked)
    assert revoked.revoked
    said = set()
    for code in (codes[0], codes[1], late_codes[0], "K7M-F2Q-XD9", "", "K" * 400, "'; --"):
        with pytest.raises(CodeRefused) as refused:
            answer(db, code, GOOD, now=NOW + timedelta(days=2))
        said.add((refused.value.reason, json.dumps(refused.value.values)))
    assert len(said) == 1
    answer(db, late_codes[0], GOOD, now=NOW + timedelta(days=1))
    assert count_answers(db, late) == 1, "the last day is a day to answer on"


def test_a_closed_survey_takes_no_answers(db: Session) -> None:
    case = make_inspection(db, state=State.PREPARED, children=0)
    survey, codes = opened(db, case)
    close_survey(db, actor=inspector_of(case), inspection=case, survey=survey, now=NOW)
    with pytest.raises(CodeRefused):
        answer(db, codes[0], GOOD)
    for again in (close_survey, lambda *a, **k: make_codes(*a, **k, number=1, secret_key=KEY)):
        with pytest.raises(NotPossibleNow):
            again(db, actor=inspector_of(case), inspection=case, survey=survey, now=NOW)


def test_an_answer_that_cannot_be_taken_leaves_the_code_as_it_was(db: Session) -> None:
    survey, codes = opened(db, make_inspection(db, state=State.PREPARED, children=0))
    for given in (
        {},
        {"S01": "9", "S02": "x", "S99": "1", "S11": "  "},
        {"S11": "a" * (MAX_SURVEY_TEXT + 1)},
    ):
        with pytest.raises(Invalid):
            answer(db, codes[0], given)
    answer(db, codes[0], {"S11": "a" * MAX_SURVEY_TEXT})
    assert count_answers(db, survey) == 1


def test_who_guesses_has_to_wait_and_nobody_else_does(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "LIMIT_PER_ORIGIN", 3)
    _, codes = opened(db, make_inspection(db, state=State.PREPARED, children=0))

    def check(code: str, origin: str, now: datetime = NOW) -> None:
        check_code(db, typed=code, origin=origin, secret_key=KEY, now=now)

    for _ in range(3):
        with pytest.raises(CodeRefused):
            check("KKKKKKKKK", "192.0.2.1")
    with pytest.raises(TooManyTries):
        check(codes[0], "192.0.2.1")
    check(codes[0], "192.0.2.2")
    check(codes[0], "192.0.2.1", NOW + timedelta(hours=1))
    with pytest.raises(CodeRefused):
        check("KKKKKKKKK", "192.0.2.1", NOW + timedelta(days=1))
    assert len(db.scalars(select(SurveyFailure)).all()) == 1, "what is older than the day is gone"


def test_nothing_in_the_tables_leads_from_an_answer_to_a_code_or_a_person(db: Session) -> None:
    _, codes = opened(db, make_inspection(db, state=State.PREPARED, children=0))
    events = len(db.scalars(select(Event)).all())
    with pytest.raises(CodeRefused):
        answer(db, "KKKKKKKKK", GOOD)
    answer(db, codes[0], GOOD | {"S11": "Hej då"})
    assert len(db.scalars(select(Event)).all()) == events, "an event would have a time"
    columns = {table: {one.name for one in table.__table__.columns} for table in (SurveyCode, SurveyResult)}
    assert columns[SurveyCode] == {"id", "survey_id", "code_hash", "used", "revoked"}
    assert columns[SurveyResult] == {"id", "survey_id", "answers", "content_sealed"}
    assert {one.name for one in SurveyFailure.__table__.columns} == {"id", "origin_hash", "failed_on"}
    for row in (*db.scalars(select(SurveyCode)), *db.scalars(select(SurveyResult))):
        assert row.id.version == 4, "a UUIDv7 tells when it was made"
    stored = repr([tuple(row) for kind in columns for row in db.execute(select(kind.__table__))])
    for hint in (codes[0], "192.0.2.7", "Hej då"):
        assert hint not in stored
    assert not [hash for hash in db.scalars(select(SurveyCode.code_hash)) if codes[0].encode() in hash]


def test_the_database_keeps_no_mark_of_which_code_was_used_last(db: Session, backend: str) -> None:
    """PostgreSQL notes in each row which transaction wrote it: the used codes are written together."""
    _, codes = opened(db, make_inspection(db, state=State.PREPARED, children=0))
    for code in codes[3:6]:
        answer(db, code, GOOD)
    if backend == "postgresql":
        marks = db.execute(text("SELECT xmin::text, cmin::text FROM survey_codes WHERE used")).all()
        assert len(marks) == 3 and len(set(marks)) == 1
    assert sum(db.scalars(select(SurveyCode.used))) == 3


def test_four_answers_are_not_broken_down_and_five_are(db: Session) -> None:
    case = make_inspection(db, state=State.PREPARED, children=0)
    survey, codes = opened(db, case)
    for code in codes[:4]:
        answer(db, code, BAD)
    later = NOW + timedelta(days=15)
    few = read_survey(db, survey, now=later)
    assert (few.counted, len(few.said)) == ((), 3)
    answer(db, codes[4], GOOD)
    assert read_survey(db, survey, now=NOW).counted == (), "not before it has closed"
    assert next(one.counts for one in read_survey(db, survey, now=later).counted) == (0, 4, 0, 1, 0, 0)


def test_an_unannounced_visit_is_not_told_by_a_survey(db: Session) -> None:
    case = make_inspection(db, state=State.PREPARED, announced=False, children=0)
    with pytest.raises(NotPossibleNow, match="unannounced"):
        opened(db, case)
    begun = make_inspection(db, state=State.CHILDREN, announced=False, visit_started_at=NOW)
    assert opened(db, begun)[0].closes_on >= NOW.date()


def test_a_survey_is_opened_once_before_the_talks_are_over_by_those_who_inspect(db: Session) -> None:
    case = make_inspection(db, state=State.PREPARED, children=0)
    opened(db, case)
    with pytest.raises(Conflict):
        opened(db, case)
    with pytest.raises(NotPossibleNow, match="are over"):
        opened(db, make_inspection(db, state=State.OTHER_TALKS))
    outsider = inspector_of(make_inspection(db))
    with pytest.raises(NotAllowed):
        open_survey(
            db, actor=outsider, inspection=make_inspection(db, state=State.PREPARED), children=5,
            closes_on=NOW.date(), now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(("children", "days"), [(0, 1), (5000, 1), (5, -1)])
def test_what_cannot_be_is_refused_at_its_field(db: Session, children: int, days: int) -> None:
    with pytest.raises(Invalid) as fault:
        opened(db, make_inspection(db, state=State.PREPARED), children=children, days=days)
    assert fault.value.values["field"] == ("closes_on" if days < 0 else "children")


def test_what_is_done_with_a_survey_is_logged_by_ids_and_numbers(db: Session) -> None:
    case = make_inspection(db, state=State.PREPARED, children=0)
    survey, codes = opened(db, case)
    actor = inspector_of(case)
    assert revoke_codes(db, actor=actor, inspection=case, survey=survey, now=NOW) == len(codes)
    assert revoke_codes(db, actor=actor, inspection=case, survey=survey, now=NOW) == 0
    close_survey(db, actor=actor, inspection=case, survey=survey, now=NOW)
    told = [(event.kind, event.details) for event in db.scalars(select(Event).order_by(Event.id))]
    ids = {"survey": str(survey.id)}
    assert told == [
        (EventKind.SURVEY_OPENED, ids),
        (EventKind.SURVEY_CODES_MADE, ids | {"number": len(codes)}),
        (EventKind.SURVEY_CODES_REVOKED, ids | {"number": len(codes)}),
        (EventKind.SURVEY_CLOSED, ids),
    ]


def test_the_questions_stay_as_they_were_when_it_was_opened(db: Session) -> None:
    survey, codes = opened(db, make_inspection(db, state=State.PREPARED, children=0))
    kept = db.get_one(Survey, survey.id)
    assert kept.content["questions"][0]["text"]["sv"]
    shown = check_code(db, typed=codes[0], origin="", secret_key=KEY, now=NOW)
    assert shown.version == kept.version
