"""Accounts, the log of the authority, and what each role meets first."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.start_pages import case_work, self_assessments_asked_for
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import LetterState, Verdict
from tillsyn.models.letters import Letter, Review
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole


def test_an_administrator_opens_and_closes_an_account(db: Session, client: Browsing) -> None:
    admin = make_user(db, Role.ADMINISTRATOR)
    db.commit()
    client.sign_in_as(admin)
    values = {"name": "Ny Person", "email": "Ny@Example.se", "roles": ["inspector"]}
    weak = client.submit(client.get("/accounts/new"), status=422, password="kort", **values)
    assert 'value="Ny Person"' in weak.html
    client.submit(
        client.get("/accounts/new"), status=422, password="klocka-havre-nio-fyrar", name="X", email="x@e.se"
    )
    client.submit(client.get("/accounts/new"), status=303, password="klocka-havre-nio-fyrar", **values)
    client.submit(client.get("/accounts/new"), status=422, password="klocka-havre-nio-fyrar", **values)
    db.rollback()
    added = db.scalars(select(User).where(User.email == "ny@example.se")).one()
    client.post(f"/accounts/{added.id}/disable", status=303)
    client.post(f"/accounts/{admin.id}/disable", status=422)
    assert "Stängt" in client.get("/accounts").text


def test_a_provider_account_needs_its_provider(db: Session, client: Browsing) -> None:
    number = make_provider(db, organisation_number="556677-8899").organisation_number
    admin = make_user(db, Role.ADMINISTRATOR)
    db.commit()
    client.sign_in_as(admin)
    values = {
        "name": "P",
        "email": "p@example.se",
        "roles": ["provider"],
        "password": "klocka-havre-nio-fyrar",
    }
    client.submit(client.get("/accounts/new"), status=422, **values)
    client.submit(client.get("/accounts/new"), status=303, provider=number, **values)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_the_accounts(db: Session, client: Browsing, role: Role) -> None:
    user = make_user(db, role)
    db.commit()
    client.sign_in_as(user)
    client.get("/accounts", status=404)
    client.post(f"/accounts/{user.id}/disable", status=404)


def test_reading_the_log_is_itself_logged_and_can_be_filtered(db: Session, client: Browsing) -> None:
    reviewer = make_user(db, Role.LOG_REVIEWER, name="Lova Logg")
    for day in range(60):
        db.add(
            Event(at=NOW - timedelta(days=day), kind=EventKind.SIGNED_IN, actor_id=reviewer.id, details={})
        )
    db.commit()
    client.sign_in_as(reviewer)
    first = client.get("/log")
    assert "Lova Logg" in first.text
    older = client.get(first.tree.find(".//a[@rel='next']").get("href"))
    assert "Sida 2 av 2" in older.text and older.tree.find(".//a[@rel='next']") is None
    newer = client.get(older.tree.find(".//a[@rel='prev']").get("href"))
    assert "Sida 1 av 2" in newer.text
    db.rollback()
    read = db.scalars(select(Event).where(Event.kind == EventKind.LOG_READ)).all()
    assert [one.actor_id for one in read] == [reviewer.id] * 3
    assert "3 händelser" in client.get("/log?kind=log_read").text
    assert "1 händelse" in client.get("/log?first=2026-03-10&last=2026-03-10").text
    assert client.get("/log?first=i+g%C3%A5r&person=nobody&kind=none&page=x").status == 200
    assert client.get("/log?person=01890000-0000-7000-8000-000000000000").tree.find(".//tbody") is None


def test_a_returned_letter_says_who_and_why_and_one_in_review_waits_for_the_supervisor(db: Session) -> None:
    lead, boss = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR, name="Sam Chef")
    team = {TeamRole.INSPECTOR: lead, TeamRole.DECISION_MAKER: boss}
    for state in (LetterState.RETURNED, LetterState.IN_REVIEW):
        case = make_inspection(db, team=team, state=State.REVIEW)
        letter = Letter(
            inspection_id=case.id, state=state, author_id=lead.id, composed_at=NOW, submitted_at=NOW
        )
        db.add(letter)
        db.flush()
        if state is LetterState.RETURNED:
            db.add(
                Review(
                    letter_id=letter.id,
                    verdict=Verdict.RETURNED,
                    reason="Skälet saknas",
                    at=NOW,
                    by_id=boss.id,
                )
            )
    db.flush()
    mine, theirs = case_work(db, acting(lead), now=NOW), case_work(db, acting(boss), now=NOW)
    assert [(w.by, w.reason) for w in mine.returned] == [("Sam Chef", "Skälet saknas")]
    assert not mine.in_review and len(theirs.in_review) == 1 and not theirs.returned


def test_answers_wait_until_the_inspector_has_opened_them(db: Session) -> None:
    lead, boss = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    case = make_inspection(
        db, team={TeamRole.INSPECTOR: lead, TeamRole.DECISION_MAKER: boss}, state=State.FOLLOW_UP
    )
    db.add(
        Letter(
            inspection_id=case.id,
            state=LetterState.SENT,
            author_id=lead.id,
            composed_at=NOW,
            approved_by_id=boss.id,
            approved_at=NOW,
            sent_at=NOW,
            answers_sent_at=NOW,
        )
    )
    db.flush()
    assert len(case_work(db, acting(lead), now=NOW).answered) == 1
    db.add(
        Event(
            at=NOW + timedelta(minutes=1),
            kind=EventKind.INSPECTION_READ,
            actor_id=lead.id,
            inspection_id=case.id,
            details={"page": "dialogue.answers"},
        )
    )
    db.flush()
    assert not case_work(db, acting(lead), now=NOW).answered


def test_a_case_without_a_decision_maker_waits_for_the_supervisors(db: Session) -> None:
    boss = make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, state=State.PLANNED)
    assert case in case_work(db, acting(boss), now=NOW).to_staff


def test_a_manager_is_never_told_of_an_unannounced_visit(db: Session) -> None:
    home = make_home(db, name="Eken")
    manager = make_user(db, Role.HOME_MANAGER, home_id=home.id)
    make_inspection(db, home=home, announced=False, state=State.PLANNED)
    assert self_assessments_asked_for(db, acting(manager)) == []
    make_inspection(db, home=home, announced=True, state=State.PLANNED)
    assert self_assessments_asked_for(db, acting(manager)) == [("Eken", None)]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_first_page(db: Session, client: Browsing, role: Role, language: str) -> None:
    user = make_user(db, role, language=language)
    db.commit()
    client.sign_in_as(user)
    assert client.get("/").tree.find(".//h1") is not None


@pytest.mark.parametrize("address", ["/method", "/accessibility"])
def test_the_public_pages_need_no_account_in_either_language(client: Browsing, address: str) -> None:
    client.get(address)
    client.speak("en")
    client.get(address)
