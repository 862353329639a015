"""What a provider and a manager of a home meet first: what waits for them, and where it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.models.asked_of_provider import DocumentRequest
from tillsyn.models.decisions import Communication
from tillsyn.models.dialogue import MeetingTime
from tillsyn.models.inspections import Inspection
from tillsyn.models.vocabulary import Role, State, TeamRole


@pytest.fixture
def case(db: Session) -> Inspection:
    return make_inspection(db, state=State.COMMUNICATION, home=make_home(db, name="Eken"))


def test_facts_to_reply_to_stand_on_the_first_page_and_lead_to_the_reply(
    db: Session, client: Browsing, case: Inspection
) -> None:
    sent = Communication(inspection_id=case.id, sent_at=NOW, by_id=_lead(case), reply_by_on=date(2026, 4, 1))
    db.add(sent)
    owner = make_user(db, Role.PROVIDER, provider_id=case.home.provider_id)
    other = make_user(db, Role.PROVIDER, provider_id=make_home(db).provider_id)
    db.commit()
    client.sign_in_as(owner)
    page = client.get("/")
    assert "Vad vi har sett på Eken: stämmer det?" in page.text
    assert f"/letters/facts/{sent.id}" in page.html or str(sent.id) in page.html
    assert "1 april" in page.text
    client.sign_in_as(other)
    assert "Eken" not in client.get("/").text
    sent.replied_at = NOW
    db.commit()
    client.sign_in_as(owner)
    assert "Eken" not in client.get("/").text


def test_documents_that_are_asked_for_are_counted_for_both_until_they_are_answered(
    db: Session, client: Browsing, case: Inspection
) -> None:
    for number in range(2):
        request = DocumentRequest(
            inspection_id=case.id,
            due_on=NOW.date() + timedelta(days=14 + number),
            asked_at=NOW,
            by_id=_lead(case),
        )
        request.what = "Schemat för mars."
        db.add(request)
    people = (
        make_user(db, Role.PROVIDER, provider_id=case.home.provider_id),
        make_user(db, Role.HOME_MANAGER, home_id=case.home_id),
    )
    db.commit()
    for person in people:
        client.sign_in_as(person)
        page = client.get("/")
        assert "2 handlingar är begärda" in page.text
        assert "Eken, senast 24 mars" in page.text


def _lead(case: Inspection) -> object:
    return next(member.user_id for member in case.team if member.role is TeamRole.INSPECTOR)


def test_times_for_a_meeting_wait_until_one_is_agreed(
    db: Session, client: Browsing, case: Inspection
) -> None:
    now = datetime.now(UTC)
    times = [
        MeetingTime(
            inspection_id=case.id, starts_at=now + timedelta(days=days), place="Hos er", by_provider=by_provider,
            proposed_at=now, by_id=_lead(case),
        )
        for days, by_provider in ((5, False), (6, False), (7, True), (-1, False))
    ]  # fmt: skip
    db.add_all(times)
    owner = make_user(db, Role.PROVIDER, provider_id=case.home.provider_id)
    db.commit()
    client.sign_in_as(owner)
    page = client.get("/")
    assert "Välj en tid för att träffa oss om Eken" in page.text and "2 tider är föreslagna" in page.text
    assert f"/letters/meeting/{case.id}" in page.html
    times[0].agreed_at, times[0].agreed_by_id, times[1].withdrawn_at = now, owner.id, now
    db.commit()
    assert "Välj en tid" not in client.get("/").text
