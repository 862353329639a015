"""The outbox is sent after the commit, at least once and shown once, and says nothing of any case."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_inspection, make_user
from tests.mail_stand_in import Inbox, mail_server
from tillsyn.inspect.commands import worker
from tillsyn.inspect.commands.job_lines import JobLines
from tillsyn.inspect.outside import clock
from tillsyn.inspect.outside.mail_server import MailServer
from tillsyn.inspect.services.make_digests import make_digests
from tillsyn.inspect.services.tell import tell
from tillsyn.inspect.settings import Settings
from tillsyn.models.inspections import Inspection
from tillsyn.models.notices import MailChoice, MailWay, Notice, NoticeKind, OutgoingMail
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, TeamRole

MARKER = "Hemliga Hemmet Granbacken"


class Desk:
    """A worker at the test's database, at a clock of its own, beside a mail server that is stood in for."""

    def __init__(
        self, db: Session, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.db, self.inbox, self.settings = db, inbox, settings
        self.now = NOW
        self.killed_after: int | None = None
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def begin(self) -> AbstractContextManager[Session]:
        @contextmanager
        def transaction() -> Iterator[Session]:
            with self.db.begin_nested():
                yield self.db

        return transaction()

    def work(self) -> int:
        """What the worker does once; how many mails could not be sent."""
        lines = JobLines(self.settings)
        worker.make_what_is_due(self.begin, lines, review_days=5)
        return worker.send_what_waits(self.settings, self.begin, lines, Event())


@pytest.fixture
def desk(db: Session, test_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with mail_server() as (inbox, port):
        server = MailServer("127.0.0.1", port, "none", "tillsyn@exempelinspektionen.example")
        yield Desk(db, inbox, replace(test_settings, mail=server), monkeypatch)


def reader(db: Session, way: MailWay = MailWay.AT_ONCE, **values: Any) -> tuple[User, Inspection]:
    user = make_user(db, Role.INSPECTOR, **values)
    db.add(MailChoice(user_id=user.id, way=way))
    case = make_inspection(db, team={TeamRole.INSPECTOR: user}, title=MARKER, dnr="2026-MARK-77")
    return user, case


def told(db: Session, user: User, case: Inspection, kind: NoticeKind = NoticeKind.LETTER_RETURNED) -> None:
    tell(db, users=[user.id], kind=kind, inspection=case.id, now=clock.now())


@pytest.mark.parametrize(
    ("language", "subject", "says"),
    [
        ("sv", "Något har hänt i Tillsyn", "Logga in"),
        ("en", "Something has happened in Tillsyn", "Sign in to read it"),
    ],
)
def test_a_mail_says_that_something_has_happened_and_nothing_of_a_case(
    desk: Desk, language: str, subject: str, says: str
) -> None:
    user, case = reader(desk.db, language=language, name="Ida Läsare")
    for kind in (NoticeKind.ACUTE_OPENED, NoticeKind.LETTER_RETURNED, NoticeKind.DEADLINE_PASSED):
        told(desk.db, user, case, kind)
    assert desk.work() == 0
    (mail,) = desk.inbox.mails
    text = mail.get_content()
    assert mail["Subject"] == subject and says in text and "/notices" in text
    assert mail["To"] == user.email and mail["Auto-Submitted"] == "auto-generated"
    whole = desk.inbox.raw[0].decode() + text
    for word in (MARKER, "Granbacken", case.dnr, "MARK-77", user.name, "Ida", str(case.id), "akut", "brev"):
        assert word.lower() not in whole.lower()
    assert desk.work() == 0 and len(desk.inbox.mails) == 1


def test_nothing_leaves_that_was_not_committed(desk: Desk) -> None:
    user, case = reader(desk.db)
    undone = desk.db.begin_nested()
    told(desk.db, user, case)
    undone.rollback()
    desk.work()
    assert desk.inbox.mails == []


def test_a_server_that_says_later_gets_the_mail_later(desk: Desk) -> None:
    user, case = reader(desk.db)
    told(desk.db, user, case)
    desk.inbox.answers = ["451 later", "451 later"]
    assert desk.work() == 1
    assert desk.work() == 0 and desk.inbox.mails == []  # not before a minute has gone
    desk.now += timedelta(minutes=1)
    assert desk.work() == 1
    desk.now += timedelta(minutes=1)
    assert desk.work() == 0 and desk.inbox.mails == []  # and then two
    desk.now += timedelta(minutes=1)
    assert desk.work() == 0 and len(desk.inbox.mails) == 1
    mail = desk.db.scalars(select(OutgoingMail)).one()
    assert mail.attempts == 3 and mail.sent_at == desk.now and mail.fault == ""


def test_a_reader_whom_the_server_does_not_know_holds_up_nobody(desk: Desk) -> None:
    lost, case = reader(desk.db)
    other = make_user(desk.db, Role.SUPERVISOR)
    desk.db.add(MailChoice(user_id=other.id, way=MailWay.AT_ONCE))
    desk.inbox.refused = {lost.email}
    told(desk.db, lost, case)
    tell(desk.db, users=[other.id], kind=NoticeKind.DEADLINE_SOON, now=NOW)
    assert desk.work() == 1
    assert [mail["To"] for mail in desk.inbox.mails] == [other.email]
    desk.now += timedelta(days=1)
    assert desk.work() == 0
    given_up = desk.db.scalars(select(OutgoingMail).where(OutgoingMail.user_id == lost.id)).one()
    assert given_up.dropped_at == NOW and given_up.fault == "SMTPRecipientsRefused 550"


class Killed(BaseException):
    """The process ends here, whatever it was at."""


@pytest.mark.parametrize("taken", [False, True], ids=["before", "after"])
def test_a_worker_killed_in_the_middle_loses_nothing_and_shows_nothing_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    """Killed before or after the server has taken the mail: between the claim and the word that it is sent."""
    user, case = reader(desk.db)
    told(desk.db, user, case)
    handed_over = worker._handed_over

    def killed(post: Any, message: Any) -> None:
        if taken:
            handed_over(post, message)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(worker, "_handed_over", killed)
        with pytest.raises(Killed):
            desk.work()
    assert desk.work() == 0 and len(desk.inbox.mails) == taken  # another worker lets the claim be
    desk.now += timedelta(minutes=6)
    assert desk.work() == 0
    assert len(desk.inbox.mails) == 1 + taken and len(desk.inbox.shown) == 1
    desk.now += timedelta(days=1)
    assert desk.work() == 0 and len(desk.inbox.mails) == 1 + taken


def test_what_is_read_before_the_mail_goes_needs_no_mail(desk: Desk) -> None:
    user, case = reader(desk.db)
    told(desk.db, user, case)
    desk.db.scalars(select(Notice)).one().read_at = NOW
    desk.db.flush()
    assert desk.work() == 0 and desk.inbox.mails == []


def test_who_has_changed_their_mind_or_left_gets_none(desk: Desk) -> None:
    silent, case = reader(desk.db)
    gone = make_user(desk.db, Role.SUPERVISOR)
    desk.db.add(MailChoice(user_id=gone.id, way=MailWay.AT_ONCE))
    told(desk.db, silent, case)
    tell(desk.db, users=[gone.id], kind=NoticeKind.DEADLINE_SOON, now=NOW)
    desk.db.get_one(MailChoice, silent.id).way = MailWay.NONE
    gone.disabled_at = NOW
    desk.db.flush()
    assert desk.work() == 0 and desk.inbox.mails == []


def test_mail_that_could_not_be_sent_for_a_week_is_given_up(desk: Desk) -> None:
    user, case = reader(desk.db)
    told(desk.db, user, case)
    desk.now += timedelta(days=8)
    assert desk.work() == 0 and desk.inbox.mails == []


def day(number: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2026, Swedish winter time: the 10th is a Tuesday, the 14th a Saturday."""
    return datetime(2026, 3, number, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        (day(11, 6, 59), 0),
        (day(11, 7, 0), 1),
        (day(11, 20), 1),
        (day(14, 9), 0),
        (day(16, 9), 1),
    ],
    ids=["before seven", "at seven", "in the evening", "on a Saturday", "on the Monday after"],
)
def test_the_mail_of_the_day_goes_on_working_days_from_seven(desk: Desk, moment: datetime, made: int) -> None:
    user, case = reader(desk.db, MailWay.DAILY)
    for kind in (NoticeKind.LETTER_RETURNED, NoticeKind.REMARK_MADE, NoticeKind.ANSWERS_SENT):
        told(desk.db, user, case, kind)
    assert make_digests(desk.db, now=moment) == made
    assert make_digests(desk.db, now=moment) == 0
    desk.now = moment
    desk.work()
    assert len(desk.inbox.mails) == made


def test_the_mail_of_the_day_is_one_a_day_and_none_without_news(desk: Desk) -> None:
    user, case = reader(desk.db, MailWay.DAILY)
    told(desk.db, user, case)
    for number in (11, 12, 13):
        desk.now = day(number, 8)
        desk.work()
    assert len(desk.inbox.mails) == 1
    told(desk.db, user, case, NoticeKind.ANSWERS_SENT)
    desk.work()
    assert len(desk.inbox.mails) == 1
    desk.now = day(16, 8)
    desk.work()
    assert len(desk.inbox.mails) == 2
