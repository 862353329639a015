"""Notices reach those who may read the case, once, and nobody else; mail by each one's choice."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_inspection, make_user
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.tell import tell
from tillsyn.models.inspections import Inspection
from tillsyn.models.notices import MailChoice, MailWay, Notice, NoticeKind, OutgoingMail
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole


def told(db: Session) -> set[UUID]:
    return set(db.scalars(select(Notice.user_id)))


def lead_of(case: Inspection) -> UUID:
    found = case.team[0].user_id
    assert found is not None
    return found


def test_only_the_team_that_has_declared_is_told(db: Session) -> None:
    everybody = [make_user(db, role) for role in Role]
    inspector, reviewer = make_user(db, Role.INSPECTOR), make_user(db, Role.PEER_REVIEWER)
    case = make_inspection(db, team={TeamRole.INSPECTOR: inspector, TeamRole.PEER_REVIEWER: reviewer})
    case.team[1].declared_at = None
    db.flush()
    tell(
        db,
        users=[user.id for user in (*everybody, inspector, reviewer)],
        kind=NoticeKind.LETTER_SUBMITTED,
        inspection=case.id,
        now=NOW,
    )
    assert told(db) == {inspector.id}


def test_a_member_is_told_of_the_case_before_they_declare_and_of_nothing_in_it(db: Session) -> None:
    lawyer = make_user(db, Role.LAWYER)
    case = make_inspection(db, team={TeamRole.LAWYER: lawyer})
    next(m for m in case.team if m.user_id == lawyer.id).declared_at = None
    db.flush()
    tell(db, users=[lawyer.id], kind=NoticeKind.ACUTE_OPENED, inspection=case.id, now=NOW)
    assert told(db) == set()
    tell(db, users=[lawyer.id], kind=NoticeKind.ADDED_TO_TEAM, inspection=case.id, now=NOW)
    assert told(db) == {lawyer.id}


def provider_side(db: Session, case: Inspection) -> tuple[User, User, User]:
    """The provider of the case, the manager of its home, and another provider."""
    home = find_inspection(db, case.dnr).home
    return (
        make_user(db, Role.PROVIDER, provider_id=home.provider_id),
        make_user(db, Role.HOME_MANAGER, home_id=home.id),
        make_user(db, Role.PROVIDER),
    )


def test_the_provider_is_told_of_what_is_theirs_and_nothing_else(db: Session) -> None:
    case = make_inspection(db)
    provider, manager, other = provider_side(db, case)
    both = [provider.id, manager.id, other.id]
    for kind in (NoticeKind.LETTER_SUBMITTED, NoticeKind.ACUTE_OPENED, NoticeKind.REPLY_RECEIVED):
        tell(db, users=both, kind=kind, inspection=case.id, now=NOW)
    assert told(db) == set()
    tell(db, users=both, kind=NoticeKind.LETTER_CAME, inspection=case.id, now=NOW)
    assert told(db) == {provider.id, manager.id}


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_nobody_outside_hears_of_an_unannounced_visit_before_it_begins(db: Session, kind: NoticeKind) -> None:
    """OSL 17:1."""
    case = make_inspection(db, announced=False, state=State.PREPARED)
    users = [user.id for user in provider_side(db, case)]
    users += [make_user(db, role).id for role in Role]
    tell(db, users=users, kind=kind, inspection=case.id, now=NOW)
    assert told(db) == set()


def test_a_closed_account_and_an_unknown_case_are_passed_over(db: Session) -> None:
    case = make_inspection(db)
    user = db.get_one(User, lead_of(case))
    tell(db, users=[user.id], kind=NoticeKind.LETTER_RETURNED, inspection=uuid4(), now=NOW)
    user.disabled_at = NOW
    db.flush()
    tell(db, users=[user.id], kind=NoticeKind.LETTER_RETURNED, inspection=case.id, now=NOW)
    assert told(db) == set()


def test_the_same_is_told_once_until_it_is_read_and_a_deadline_once(db: Session) -> None:
    case = make_inspection(db)
    user = lead_of(case)

    def again(kind: NoticeKind, due_on: date | None = None) -> None:
        tell(db, users=[user], kind=kind, inspection=case.id, now=NOW, due_on=due_on)

    again(NoticeKind.ANSWERS_SENT)
    again(NoticeKind.ANSWERS_SENT)
    again(NoticeKind.DEADLINE_SOON, NOW.date())
    again(NoticeKind.DEADLINE_SOON, NOW.date())
    again(NoticeKind.DEADLINE_SOON, NOW.date() + timedelta(days=1))
    notices = db.scalars(select(Notice)).all()
    assert len(notices) == 3
    for notice in notices:
        notice.read_at = NOW
    db.flush()
    again(NoticeKind.ANSWERS_SENT)
    again(NoticeKind.DEADLINE_SOON, NOW.date())
    assert len(db.scalars(select(Notice)).all()) == 4


@pytest.mark.parametrize(
    ("way", "kind", "mails"),
    [
        (None, NoticeKind.LETTER_RETURNED, 0),
        (None, NoticeKind.ACUTE_OPENED, 1),
        (MailWay.AT_ONCE, NoticeKind.LETTER_RETURNED, 1),
        (MailWay.DAILY, NoticeKind.LETTER_RETURNED, 0),
        (MailWay.DAILY, NoticeKind.ACUTE_OPENED, 1),
        (MailWay.NONE, NoticeKind.ACUTE_OPENED, 0),
    ],
)
def test_mail_goes_as_the_person_has_chosen(
    db: Session, way: MailWay | None, kind: NoticeKind, mails: int
) -> None:
    case = make_inspection(db)
    user = lead_of(case)
    if way is not None:
        db.add(MailChoice(user_id=user, way=way))
        db.flush()
    tell(db, users=[user], kind=kind, inspection=case.id, now=NOW)
    assert len(db.scalars(select(OutgoingMail)).all()) == mails


def test_what_happens_within_half_an_hour_is_told_by_one_mail(db: Session) -> None:
    case = make_inspection(db)
    user = lead_of(case)
    db.add(MailChoice(user_id=user, way=MailWay.AT_ONCE))
    db.flush()
    tell(db, users=[user], kind=NoticeKind.LETTER_RETURNED, inspection=case.id, now=NOW)
    tell(db, users=[user], kind=NoticeKind.REMARK_MADE, inspection=case.id, now=NOW)
    first = db.scalars(select(OutgoingMail)).one()
    first.sent_at = NOW
    db.flush()
    later = NOW + timedelta(minutes=5)
    tell(db, users=[user], kind=NoticeKind.ANSWERS_SENT, inspection=case.id, now=later)
    second = db.scalars(select(OutgoingMail).where(OutgoingMail.id != first.id)).one()
    assert second.due_at == NOW + timedelta(minutes=30)
