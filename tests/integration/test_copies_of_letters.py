"""A copy goes to whoever gets it by law: the letter itself, noted when it is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import NotAllowed, NotPossibleNow
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.copy_letter import copied_to, copies_sent, note_copy
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.freeze_letter import freeze_letter
from tillsyn.inspect.services.issue_letter import mark_sent
from tillsyn.inspect.settings import Settings
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import LetterKind, LetterState
from tillsyn.models.letters import Letter
from tillsyn.models.register import Municipality
from tillsyn.models.vocabulary import Role, State


@pytest.fixture
def case(db: Session) -> LetterCase:
    made = make_letter_case(db)
    compose_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    db.commit()
    return made


def send(db: Session, case: LetterCase, settings: Settings) -> Letter:
    """The feedback letter frozen and sent, without the way there."""
    letter = the_letter(db, case.inspection)
    letter.state, letter.approved_by_id, letter.approved_at = LetterState.APPROVED, case.supervisor.id, NOW
    freeze_letter(
        db,
        actor=case.writer,
        inspection=case.inspection,
        letter=letter,
        authority=settings.authority,
        now=NOW,
    )
    mark_sent(db, letter, actor=case.writer, now=NOW)
    case.inspection.state = State.FOLLOW_UP
    db.commit()
    return letter


def test_a_copy_is_noted_once_a_version_by_whoever_leads_the_case(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    given = {"actor": case.writer, "inspection": case.inspection, "now": NOW}
    with pytest.raises(NotPossibleNow, match="not sent yet"):
        note_copy(db, letter=the_letter(db, case.inspection), **given)  # type: ignore[arg-type]
    letter = send(db, case, test_settings)
    with pytest.raises(NotAllowed):
        note_copy(db, letter=letter, **given | {"actor": acting(make_user(db, Role.INSPECTOR))})  # type: ignore[arg-type]
    for _ in range(2):
        note_copy(db, letter=letter, **given)  # type: ignore[arg-type]
        db.flush()
    event = db.scalars(select(Event).where(Event.kind == EventKind.LETTER_COPIED)).one()
    assert event.details == {
        "letter": str(letter.id), "number": 1, "reader": "municipality", "sent_on": NOW.date().isoformat(),
    }  # fmt: skip
    (sent,) = copies_sent(db, case.inspection)[str(letter.id)]
    assert (sent.number, sent.at, sent.by, sent.on) == (1, NOW, case.inspector.name, NOW.date())


def test_only_what_the_law_of_the_pack_names_is_copied(case: LetterCase) -> None:
    copied = {kind for kind in LetterKind if copied_to(case.inspection, kind, "sv")}
    assert copied == {LetterKind.FEEDBACK, LetterKind.FOLLOWUP, LetterKind.CLOSING}
    assert case.inspection.home.municipality in copied_to(case.inspection, LetterKind.FEEDBACK, "sv")


def test_the_copy_has_the_same_bytes_and_the_page_tells_when_it_went(
    client: Browsing, db: Session, case: LetterCase, test_settings: Settings
) -> None:
    letter = send(db, case, test_settings)
    stored = next(one.pdf for one in letter.versions if one.language == "sv")
    client.sign_in_as(case.inspector)
    base = f"/inspections/{case.inspection.dnr}"
    page = client.get(f"{base}/letters")
    assert "En kopia går till: Socialnämnden i" in page.text
    assert client.get(f"{base}/letter/sv.pdf").answer.data == stored
    client.submit(page, action="/copied", status=303)
    after = client.get(f"{base}/letters")
    assert "Kopia av version 1 skickad till" in after.text and "antecknat av" in after.text
    assert "Anteckna att kopian är skickad" not in after.text


def in_a_region(db: Session, case: LetterCase) -> Municipality:
    town = Municipality(
        name="Alby", region="Region Norr", address="Box 1, 111 11 Alby", email="kommun@alby.example",
        created_at=NOW,
    )  # fmt: skip
    db.add(town)
    db.flush()
    case.inspection.home.municipality_id, case.inspection.home.municipality = town.id, town.name
    db.commit()
    return town


def test_it_is_noted_to_whom_it_went_and_on_which_day(
    client: Browsing, db: Session, case: LetterCase, test_settings: Settings
) -> None:
    in_a_region(db, case)
    letter = send(db, case, test_settings)
    client.sign_in_as(case.inspector)
    address = f"/inspections/{case.inspection.dnr}/letters"
    page = client.get(address)
    assert "kommun@alby.example" in page.text and "Kopia av version 1 (PDF)" in page.text
    links = [one.get("href") for one in page.tree.iter("a") if "Kopia av version 1" in (one.text or "")]
    stored = next(one.pdf for one in letter.versions if one.language == "sv")
    assert any(client.get(str(href)).answer.data == stored for href in links)
    future = (NOW + timedelta(days=4000)).date().isoformat()
    for day, told in (
        (future, "ligga i framtiden"),
        ("1999-01-01", "samma dag som brevet"),
        ("", "Välj dag."),
    ):
        refused = client.submit(
            client.get(address), action="/copied", status=422, **{"copy-feedback-sent_on": day}
        )
        assert told in refused.text and (not day or day in refused.html)
    for reader in ("municipality", "region"):
        client.submit(client.get(address), action="/copied", status=303, **{"copy-feedback-reader": reader})
    after = client.get(address).text
    assert "Kopia av version 1 skickad till Alby" in after
    assert "Kopia av version 1 skickad till Region Norr" in after
    assert "Anteckna att kopian är skickad" not in after


def test_a_copy_that_waits_is_a_next_step_until_it_is_noted(
    client: Browsing, db: Session, case: LetterCase, test_settings: Settings
) -> None:
    waits = "version 1: en kopia väntar på att skickas till"
    client.sign_in_as(case.inspector)
    pages = ("/", f"/inspections/{case.inspection.dnr}")
    for page in pages:
        assert waits not in client.get(page).text
    letter = send(db, case, test_settings)
    for page in pages:
        assert waits in client.get(page).text
    client.sign_in_as(case.supervisor)
    assert waits in client.get("/").text
    note_copy(db, actor=case.writer, inspection=case.inspection, letter=letter, now=NOW)
    db.commit()
    for page in pages:
        assert waits not in client.get(page).text
