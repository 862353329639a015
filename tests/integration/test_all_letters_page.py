"""The page of all letters, the pages of each kind, and what the provider reads of them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.freeze_letter import freeze_letter
from tillsyn.inspect.services.issue_letter import mark_sent
from tillsyn.inspect.settings import Settings
from tillsyn.models.decisions import Decision
from tillsyn.models.interviews import Interview
from tillsyn.models.letter_vocabulary import DecisionKind, LetterKind, LetterState
from tillsyn.models.letters import ChildLetterGiven, Letter
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State


@pytest.fixture
def case(client: Browsing, app: Tillsyn, db: Session) -> LetterCase:
    app.config["CLOCK"] = lambda: NOW
    made = make_letter_case(db)
    client.sign_in_as(made.inspector)
    db.rollback()
    return made


def base(case: LetterCase) -> str:
    return f"/inspections/{case.inspection.dnr}"


def come_to(db: Session, case: LetterCase, state: State) -> None:
    db.flush()
    case.inspection.state = state
    db.commit()


def letter_of(db: Session, kind: LetterKind) -> Letter:
    db.rollback()
    db.expire_all()
    return db.scalars(select(Letter).where(Letter.kind == kind)).one()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_says_what_it_is_for_and_what_it_waits_for(
    client: Browsing, case: LetterCase, language: str
) -> None:
    client.speak(language)
    page = client.get(f"{base(case)}/letters")
    waits = {"sv": "Det väntar på beslutet.", "en": "It waits for the decision."}
    purpose = {"sv": "Säger vad som är försenat", "en": "Says what is late"}
    assert waits[language] in page.text and purpose[language] in page.text


def test_the_feedback_letter_keeps_its_address_and_every_kind_has_its_own(
    client: Browsing, case: LetterCase
) -> None:
    moved = client.http.get(f"{base(case)}/letters/feedback")
    assert moved.status_code == 308 and moved.headers["Location"].endswith(f"{base(case)}/letter")
    for kind in LetterKind:
        client.get(f"{base(case)}/letters/{kind.value}", follow=True)
    assert client.http.get(f"{base(case)}/letters/unknown").status_code == 404


def test_a_letter_to_children_is_written_edited_and_taken_home_in_three_languages(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    address = f"{base(case)}/letters/child-13-20"
    client.submit(client.get(address), action="/compose", status=303)
    for language in ("sv", "en", "ar"):
        editor = client.get(f"{address}?language={language}")
        assert f'href="{address}/preview?language={language}"' in editor.html
        assert client.http.get(f"{address}/{language}.html").status_code == 200
    answer = client.http.get(f"{address}/sv.docx")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.http.get(f"{base(case)}/letters/followup/ar.pdf").status_code == 404
    letter = letter_of(db, LetterKind.CHILD_13_20)
    assert letter.state is LetterState.DRAFT


def test_a_reason_is_asked_for_when_the_letter_goes_without_a_childs_own(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    page = base(case)
    client.submit(client.get(f"{page}/letter"), action="/compose", status=303)
    letter = letter_of(db, LetterKind.FEEDBACK)
    letter.state, letter.approved_by_id, letter.approved_at = LetterState.APPROVED, case.supervisor.id, NOW
    db.add(
        Decision(
            inspection_id=case.inspection.id, kind=DecisionKind.CRITICISM, decided_on=NOW.date(),
            content="Kritik.", decider_id=case.supervisor.id, rapporteur_id=case.inspector.id, recorded_at=NOW,
        )
    )  # fmt: skip
    come_to(db, case, State.DECISION)
    letters = client.get(f"{page}/letters")
    assert "b1, b2, b3 har talat med oss" in letters.text
    refused = client.submit(letters, action="/letter/send", status=422, without_child_letter="Nej")
    assert "Nej" in refused.html
    client.submit(
        letters, action="/letter/send", status=303,
        without_child_letter="Barnet ville inte ha något och fick svar i telefon.",
    )  # fmt: skip
    assert letter_of(db, LetterKind.FEEDBACK).state is LetterState.SENT
    assert "fick svar i telefon" in client.get(f"{page}/letters").text


def test_how_a_child_got_its_letter_is_noted_by_pseudonym(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    talk = db.scalars(select(Interview)).one()
    talk.feedback_channel = "Läs för mig, på mitt rum"
    address = f"{base(case)}/letters/child-13-20"
    db.commit()
    client.submit(client.get(address), action="/compose", status=303)
    letter = letter_of(db, LetterKind.CHILD_13_20)
    letter.state, letter.approved_by_id, letter.sent_at = LetterState.SENT, case.supervisor.id, NOW
    come_to(db, case, State.FOLLOW_UP)
    page = client.get(f"{base(case)}/letters")
    assert "Läs för mig, på mitt rum" in page.text
    resident = find_inspection(db, case.inspection.dnr).residents[0].id
    db.rollback()
    prefix = f"g{resident.hex}-"
    client.submit(page, action=f"/given/{resident}", status=422, **{f"{prefix}way": "read_aloud"})
    sent = {f"{prefix}way": "read_aloud", f"{prefix}given_on": NOW.date().isoformat()}
    client.submit(page, action=f"/given/{resident}", status=303, **sent)
    assert db.scalars(select(ChildLetterGiven)).one().resident_id == resident
    assert "Lästes upp" in client.get(f"{base(case)}/letters").text


def test_the_provider_opens_a_reminder_and_nothing_that_is_for_others(
    client: Browsing, case: LetterCase, db: Session, test_settings: Settings
) -> None:
    come_to(db, case, State.PREPARED)
    info = f"{base(case)}/letters/information"
    client.submit(client.get(info), action="/compose", status=303)
    client.get(f"{info}/preview")
    db.rollback()
    come_to(db, case, State.FOLLOW_UP)
    reminder = f"{base(case)}/letters/reminder"
    client.post(f"{reminder}/compose", status=303)
    db.rollback()
    letter, dnr = letter_of(db, LetterKind.REMINDER), case.inspection.dnr
    person = make_user(db, Role.PROVIDER, provider_id=find_inspection(db, dnr).home.provider_id)
    db.commit()
    client.sign_in_as(db.get_one(User, person.id))
    client.get(f"/letters/{letter.id}/read", status=404)
    assert "Fler brev till er" not in client.get("/letters").text
    db.rollback()
    inspection = find_inspection(db, case.inspection.dnr)
    stored = the_letter(db, inspection, LetterKind.REMINDER)
    freeze_letter(
        db,
        actor=case.writer,
        inspection=inspection,
        letter=stored,
        authority=test_settings.authority,
        now=NOW,
    )
    mark_sent(db, stored, actor=case.writer, now=NOW)
    db.commit()
    client.sign_in_as(db.get_one(User, person.id))
    assert "Fler brev till er" in client.get("/letters").text
    assert "Påminnelse" in client.get(f"/letters/{letter.id}/read").text
    for name in ("sv.pdf", "en.docx", "sv.html"):
        assert client.http.get(f"/letters/{letter.id}/{name}").status_code == 200
    client.get(f"/letters/{letter.id}", status=404)
