"""What goes into the letter after its approval passes the re-identification guard too (method §2.17)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import Invalid, NotPossibleNow
from tillsyn.inspect.services.check_identities import checked_marks
from tillsyn.inspect.services.communicate_facts import skip_communication
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.keep_text import texts_by_key
from tillsyn.inspect.services.record_decision import find_decision, record_decision
from tillsyn.inspect.services.review_letter import approve_letter, submit_letter
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.settings import Settings
from tillsyn.models.decisions import Decision
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import DecisionKind, SkipGround, TextChange, TickChoice
from tillsyn.models.letters import Letter
from tillsyn.models.vocabulary import State

LATER = NOW + timedelta(days=20)
NAMED = "Vi kritiserar er. Ahmed Karlsson ska inte arbeta ensam."


@pytest.fixture
def case(db: Session, test_settings: Settings) -> LetterCase:
    """A case whose letter is approved, and waits for the decision."""
    made = make_letter_case(db)
    compose_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    submit_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    made.inspection.state = State.REVIEW
    approve_letter(
        db, actor=made.approver, inspection=made.inspection, authority=test_settings.authority, now=NOW
    )
    made.inspection.state = State.DECISION
    db.commit()
    return made


def decide(db: Session, case: LetterCase, content: str, *, looked: bool = False) -> Decision:
    return record_decision(
        db, actor=case.approver, inspection=case.inspection, kind=DecisionKind.CRITICISM,
        decided_on=NOW.date(), content=content, looked=looked, now=LATER,
    )  # fmt: skip


def send(db: Session, case: LetterCase, settings: Settings) -> Letter:
    return send_letter(
        db, actor=case.writer, inspection=case.inspection, authority=settings.authority, now=LATER,
        without_child_letter="De får höra det av oss.",
    )  # fmt: skip


def test_a_name_in_the_decision_is_looked_at_before_it_is_recorded(db: Session, case: LetterCase) -> None:
    with pytest.raises(Invalid, match="Ahmed, Karlsson") as refused:
        decide(db, case, NAMED)
    assert refused.value.values["field"] == "looked"
    assert find_decision(db, case.inspection) is None, "nothing is written before it is looked at"
    decide(db, case, NAMED, looked=True)
    event = db.scalars(select(Event).where(Event.kind == EventKind.DECISION_RECORDED)).one()
    assert event.details["marks"] >= 1


def test_a_decision_that_names_nobody_asks_nothing(db: Session, case: LetterCase) -> None:
    assert decide(db, case, "Vi kritiserar er (28 kap. 3 § SoL).").content
    event = db.scalars(select(Event).where(Event.kind == EventKind.DECISION_RECORDED)).one()
    assert event.details["marks"] == 0


def test_what_was_looked_at_is_kept_and_goes_with_the_letter(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    decide(db, case, NAMED, looked=True)
    decide(db, case, NAMED)
    letter = send(db, case, test_settings)
    assert any(NAMED in str(one.content) for one in letter.versions)
    marks = [one for one in checked_marks(db, case.inspection, letter) if "Karlsson" in one.mark.words]
    assert marks and all(
        one.tick is not None
        and one.tick.choice is TickChoice.KEEP
        and one.tick.by_id == case.approver.user_id
        for one in marks
    )


def test_a_text_that_nobody_looked_at_does_not_leave_by_any_way(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    """As when it was recorded before the guard was asked, or by another way than the page."""
    decision = decide(db, case, "Vi kritiserar er.")
    decision.content = NAMED
    db.commit()
    with pytest.raises(NotPossibleNow, match="Ahmed, Karlsson"):
        send(db, case, test_settings)
    db.rollback()
    case.inspection = find_inspection(db, case.inspection.dnr)
    assert the_letter(db, case.inspection).sent_at is None
    decide(db, case, NAMED, looked=True)
    assert send(db, case, test_settings).sent_at is not None


def test_what_stood_in_the_letter_when_it_was_approved_is_kept(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    key = "decision.words"
    before = {one.language: one.text for one in the_letter(db, case.inspection).paragraphs if one.key == key}
    decide(db, case, "Vi kritiserar er.")
    letter = send(db, case, test_settings)
    kept = texts_by_key(db, letter)
    for language in ("sv", "en"):
        now, then = kept[language, key]
        assert (now.text, now.at, now.by_id) == ("Vi kritiserar er.", LATER, case.inspector.id)
        assert (then.text, then.at) == (before[language], NOW)
        assert now.change is then.change is TextChange.COMPOSED


def test_why_the_reply_was_left_out_is_looked_at_too(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    case.inspection.state = State.COMMUNICATION
    given = {
        "actor": case.writer, "inspection": case.inspection, "ground": SkipGround.CANNOT_WAIT, "now": LATER,
        "reason": "Ahmed Karlsson är i fara, och beslutet brådskar.",
    }  # fmt: skip
    with pytest.raises(Invalid, match="Ahmed, Karlsson") as refused:
        skip_communication(db, **given)  # type: ignore[arg-type]
    assert refused.value.values["field"] == "looked"
    skip_communication(db, looked=True, **given)  # type: ignore[arg-type]
    case.inspection.state = State.DECISION
    decide(db, case, "Vi kritiserar er.")
    assert "hmed Karlsson är i fara" in str(send(db, case, test_settings).versions[-1].content)


def test_the_page_of_the_decision_shows_the_words_and_asks(
    client: Browsing, db: Session, case: LetterCase
) -> None:
    client.sign_in_as(case.supervisor)
    address = f"/inspections/{case.inspection.dnr}/decision"
    page = client.get(address)
    assert "pekar inte ut" not in page.text and "tittat på de markerade orden" not in page.text
    given = {"kind": "criticism", "decided_on": "2026-03-09", "content": NAMED}
    asked = client.submit(page, action="/decision", status=422, **given)
    assert "Ahmed, Karlsson" in asked.text and NAMED in asked.html
    client.submit(asked, action="/decision", status=303, looked="y")
    assert NAMED in client.get(address).text
