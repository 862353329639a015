"""Who is reminded of a date, when, and once; letters that wait long for review."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.integration.sent_letters import DUE, make_sent_letter
from tillsyn.inspect.rules.reminders import reminder, review_due_on
from tillsyn.inspect.services.remind import remind
from tillsyn.models.asked_of_provider import DocumentRequest
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.letters import Letter, Measure
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def told(db: Session) -> set[tuple[str, NoticeKind, date | None]]:
    """Who was told what, by role in short, of which date."""
    rows = db.execute(select(Notice, User).join(User, User.id == Notice.user_id))
    return {(user.roles[0].role.value, notice.kind, notice.due_on) for notice, user in rows}


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 5, 22), None),
        (date(2026, 5, 25), NoticeKind.DEADLINE_SOON),
        (date(2026, 6, 1), NoticeKind.DEADLINE_SOON),
        (date(2026, 6, 2), NoticeKind.DEADLINE_PASSED),
        (date(2026, 6, 15), NoticeKind.DEADLINE_PASSED),
        (date(2026, 6, 16), None),
    ],
)
def test_one_is_reminded_a_week_before_and_when_it_has_passed(today: date, kind: NoticeKind | None) -> None:
    """1 June 2026 is a Monday."""
    assert reminder(date(2026, 6, 1), today) is kind


def test_a_date_after_a_holiday_is_told_of_on_a_working_day_before() -> None:
    assert reminder(date(2026, 12, 31), date(2026, 12, 23)) is NoticeKind.DEADLINE_SOON
    assert reminder(date(2026, 12, 31), date(2026, 12, 22)) is None


def test_a_deficiency_waits_on_the_provider_first_and_on_the_inspectors_when_it_has_passed(
    db: Session,
) -> None:
    case = make_sent_letter(db)
    for finding in case.findings.values():
        finding.due_on = DUE if finding is case.deficiency else None
    db.flush()
    remind(db, now=morning(DUE - timedelta(days=4)), review_days=5)
    assert told(db) == {("provider", NoticeKind.DEADLINE_SOON, DUE)}
    remind(db, now=morning(DUE - timedelta(days=3)), review_days=5)
    remind(db, now=morning(DUE + timedelta(days=1)), review_days=5)
    remind(db, now=morning(DUE + timedelta(days=2)), review_days=5)
    assert told(db) == {
        ("provider", NoticeKind.DEADLINE_SOON, DUE),
        ("inspector", NoticeKind.DEADLINE_PASSED, DUE),
    }
    assert len(db.scalars(select(Notice)).all()) == 2


def test_a_measure_waits_on_the_provider(db: Session) -> None:
    case = make_sent_letter(db)
    on = date(2026, 10, 1)
    db.add(
        Measure(
            letter_id=case.letter.id,
            finding_id=case.advice.id,
            description="Vi ändrar schemat.",
            owner="Föreståndaren",
            due_on=on,
            proposed_at=morning(on),
            by_id=case.provider.id,
        )
    )
    db.flush()
    remind(db, now=morning(on - timedelta(days=2)), review_days=5)
    assert told(db) == {("provider", NoticeKind.DEADLINE_SOON, on)}


def test_a_document_waits_on_the_home_and_then_on_the_inspectors(db: Session) -> None:
    on = date(2026, 10, 8)
    case = make_inspection(db)
    make_user(db, Role.HOME_MANAGER, home_id=case.home_id)
    request = DocumentRequest(
        inspection_id=case.id, due_on=on, asked_at=morning(on), by_id=case.team[0].user_id
    )
    request.what = "Schema"
    db.add(request)
    db.flush()
    remind(db, now=morning(on - timedelta(days=2)), review_days=5)
    remind(db, now=morning(on + timedelta(days=1)), review_days=5)
    assert told(db) == {
        ("home_manager", NoticeKind.DEADLINE_SOON, on),
        ("inspector", NoticeKind.DEADLINE_PASSED, on),
    }


def test_a_visit_is_told_of_to_the_team_alone_announced_or_not(db: Session) -> None:
    on = date(2026, 10, 8)
    case = make_inspection(db, state=State.PREPARED, planned_on=on, announced=False)
    make_user(db, Role.HOME_MANAGER, home_id=case.home_id)
    remind(db, now=morning(on - timedelta(days=2)), review_days=5)
    assert told(db) == {("inspector", NoticeKind.DEADLINE_SOON, on)}


def test_a_letter_in_review_for_five_working_days_is_told_of_to_its_reviewers(db: Session) -> None:
    decider = make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, state=State.REVIEW, team={TeamRole.DECISION_MAKER: decider})
    letter = Letter(
        author_id=decider.id,
        inspection_id=case.id,
        state=LetterState.IN_REVIEW,
        composed_at=morning(date(2026, 10, 1)),
    )
    letter.submitted_at = morning(date(2026, 10, 2))
    db.add(letter)
    db.flush()
    assert review_due_on(date(2026, 10, 2), 5) == date(2026, 10, 9)
    remind(db, now=morning(date(2026, 10, 9)), review_days=5)
    assert told(db) == set()
    remind(db, now=morning(date(2026, 10, 12)), review_days=5)
    remind(db, now=morning(date(2026, 10, 13)), review_days=5)
    assert told(db) == {("supervisor", NoticeKind.REVIEW_WAITS_LONG, date(2026, 10, 9))}


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 10, 7, 3, tzinfo=UTC), datetime(2026, 10, 10, 9, tzinfo=UTC)],
    ids=["in the night", "on a Saturday"],
)
def test_nobody_is_reminded_in_the_night_or_on_a_free_day(db: Session, moment: datetime) -> None:
    make_inspection(db, state=State.PREPARED, planned_on=date(2026, 10, 9))
    assert remind(db, now=moment, review_days=5) == 0
    assert told(db) == set()
