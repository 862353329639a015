"""The manager of a home writes their own picture before an announced visit, and sees nothing else."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.assess_oneself import assessment_stamp
from tillsyn.models.inspections import SelfAssessment
from tillsyn.models.people import User
from tillsyn.models.register import Home
from tillsyn.models.vocabulary import Role, State

WRITE = "/self-assessment"


@pytest.fixture
def home(db: Session) -> Home:
    return make_home(db, name="Strandgläntan")


@pytest.fixture
def manager(db: Session, home: Home) -> User:
    return make_user(db, Role.HOME_MANAGER, home_id=home.id)


def test_a_draft_is_kept_and_then_sent(client: Browsing, db: Session, home: Home, manager: User) -> None:
    make_inspection(db, state=State.PREPARED, home=home, planned_on=date(2026, 4, 1))
    db.commit()
    client.sign_in_as(manager)
    page = client.get(WRITE)
    assert "1 april 2026" in page.text
    client.submit(page, action=WRITE, status=303, strengths="- Maten\n\n• Lugnet", worries="")
    draft = db.scalars(select(SelfAssessment)).one()
    assert (draft.strengths, draft.sent_at) == (["Maten", "Lugnet"], None)
    made_from = assessment_stamp(draft)
    empty = client.post(WRITE, status=422, do="send", strengths="Maten", worries=" ", made_from=made_from)
    assert "minst en sak som oroar" in empty.text
    client.post(
        WRITE, status=303, do="send", strengths="Maten\nLugnet", worries="Nätterna", made_from=made_from
    )
    db.rollback()
    db.expire_all()
    sent = db.scalars(select(SelfAssessment)).one()
    assert sent.sent_at is not None
    assert sent.by_id == manager.id
    page = client.get(WRITE)
    assert "Nätterna" in page.text
    assert "<textarea" not in page.html
    client.post(WRITE, status=422, do="send", strengths="Annat", worries="Annat")


def test_two_who_write_at_once_both_see_both_texts(
    client: Browsing, db: Session, home: Home, manager: User
) -> None:
    make_inspection(db, state=State.PREPARED, home=home)
    db.commit()
    client.sign_in_as(manager)
    mine = client.get(WRITE)
    assert "(frivilligt)" not in mine.text
    client.submit(client.get(WRITE), action=WRITE, status=303, strengths="Maten", worries="Natten")
    late = client.submit(mine, action=WRITE, status=409, strengths="Lugnet", worries="Personalen")
    for text in ("Maten", "Natten", "Lugnet", "Personalen", "Någon annan har sparat"):
        assert text in late.html
    db.rollback()
    assert db.scalars(select(SelfAssessment)).one().strengths == ["Maten"]
    client.submit(late, action=WRITE, status=303, strengths="Maten\nLugnet", worries="Natten")
    db.rollback()
    assert db.scalars(select(SelfAssessment)).one().strengths == ["Maten", "Lugnet"]


def test_the_same_text_saved_twice_is_no_conflict(
    client: Browsing, db: Session, home: Home, manager: User
) -> None:
    make_inspection(db, state=State.PREPARED, home=home)
    db.commit()
    client.sign_in_as(manager)
    page = client.get(WRITE)
    for _ in range(2):
        client.submit(page, action=WRITE, status=303, strengths="Maten", worries="Natten")


@pytest.mark.parametrize(
    ("state", "announced"),
    [(State.PREPARED, False), (State.PLANNED, False), (State.CHILDREN, True), (State.CLOSED, True)],
)
def test_an_unannounced_or_begun_visit_is_not_told(
    client: Browsing, db: Session, home: Home, manager: User, state: State, announced: bool
) -> None:
    make_inspection(db, state=state, home=home, announced=announced)
    db.commit()
    client.sign_in_as(manager)
    page = client.get(WRITE)
    assert "Vi ber er inte om något just nu" in page.text
    assert "Strandgläntan" not in page.text
    client.post(WRITE, status=422, do="save", strengths="Maten", worries="")
    assert db.scalars(select(SelfAssessment)).all() == []


def test_another_homes_visit_is_not_told(client: Browsing, db: Session, manager: User) -> None:
    make_inspection(db, state=State.PREPARED)
    db.commit()
    client.sign_in_as(manager)
    assert "Vi ber er inte om något just nu" in client.get(WRITE).text


def test_too_much_is_kept_in_the_form(client: Browsing, db: Session, home: Home, manager: User) -> None:
    make_inspection(db, state=State.PREPARED, home=home)
    db.commit()
    client.sign_in_as(manager)
    long = client.post(WRITE, status=422, do="save", strengths="a" * 20_001, worries="Natten")
    assert "a" * 20_001 in long.html
    assert "Natten" in long.text
    client.post(WRITE, status=422, do="save", strengths="\n".join("abc" for _ in range(41)), worries="")


def test_the_page_is_in_english_too(client: Browsing, db: Session, home: Home, manager: User) -> None:
    make_inspection(db, state=State.PREPARED, home=home)
    db.commit()
    client.sign_in_as(manager)
    client.speak("en")
    assert "What are you proud of?" in client.get(WRITE).text


def test_others_do_not_enter(client: Browsing, db: Session) -> None:
    client.sign_in_as(_committed(db, Role.PROVIDER))
    client.get(WRITE, status=404)


def _committed(db: Session, role: Role) -> User:
    user = make_user(db, role)
    db.commit()
    return user
