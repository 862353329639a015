"""Right to reply, meetings and the decision record: who may, when, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_case, make_sent_letter
from tillsyn.inspect.errors import Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.outside.clock import SWEDEN
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.communicate_facts import send_facts
from tillsyn.inspect.settings import AuthorityDetails, Settings
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.decisions import Communication, Decision, DialogueMeeting
from tillsyn.models.letter_vocabulary import DecisionKind, LetterKind, SkipGround
from tillsyn.models.letters import Letter
from tillsyn.models.people import User
from tillsyn.models.vocabulary import State


@pytest.fixture
def authority(test_settings: Settings) -> AuthorityDetails:
    return test_settings.authority


def soon(days: int) -> str:
    return (datetime.now(SWEDEN).date() + timedelta(days=days)).isoformat()


@pytest.fixture
def case(db: Session) -> SentLetter:
    made = make_case(db, State.COMMUNICATION)
    db.commit()
    return made


def page_of(case: SentLetter, name: str) -> str:
    return f"/inspections/{case.inspection.dnr}/{name}"


def send(client: Browsing, case: SentLetter, day: str, status: int = 303) -> str:
    client.sign_in_as(case.inspector)
    page = client.get(page_of(case, "reply"))
    return client.submit(page, action="/reply", status=status, reply_by_on=day).text


def test_the_facts_are_sent_with_three_weeks_to_reply(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    client.sign_in_as(case.inspector)
    page = client.get(page_of(case, "reply"))
    assert "Nätterna är otrygga" in page.text
    assert soon(21) in page.html
    client.submit(page, action="/reply", status=303)
    assert db.scalars(select(Communication)).one().reply_by_on is not None
    assert "Väntar på huvudmannen" in client.get(page_of(case, "reply")).text


@pytest.mark.parametrize("day", [soon(6), soon(-1), soon(400), "strax", ""])
def test_a_date_that_gives_no_fair_time_is_refused(
    client: Browsing, case: SentLetter, db: Session, day: str
) -> None:
    send(client, case, day, status=422)
    assert db.scalars(select(Communication)).all() == []


def test_the_provider_reads_the_facts_and_replies_once(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    client.sign_in_as(case.provider)
    assert "Strandgläntan" not in client.get("/letters").text
    send(client, case, soon(21))
    address = f"/facts/{db.scalars(select(Communication.id)).one()}"
    db.rollback()
    db.expire_all()
    client.sign_in_as(case.provider)
    listed = client.get("/letters").html
    assert address in listed
    letter = db.scalars(select(Letter.id).where(Letter.kind == LetterKind.COMMUNICATION)).one()
    assert str(letter) not in listed, "the same stands once in the list"
    assert str(letter) in client.get(address).html
    page = client.get(address)
    for said in ("Nätterna är otrygga", "Två nätter i veckan", "5 kap. 2 §", "Preliminär bedömning", "Brist"):
        assert said in page.text, said
    empty = client.submit(page, status=422, reply="  ")
    long = client.submit(empty, status=422, reply="a" * 20_001)
    client.submit(long, status=303, reply="Det är en natt, inte två.")
    assert "Det är en natt, inte två." in client.get(address).text
    client.post(address, status=422, reply="En gång till.")
    db.rollback()
    assert db.scalars(select(Communication)).one().reply == "Det är en natt, inte två."
    client.sign_in_as(case.inspector)
    assert "Det är en natt, inte två." in client.get(page_of(case, "reply")).text


def test_facts_of_others_and_facts_left_out_are_not_there(
    client: Browsing, db: Session, case: SentLetter
) -> None:
    other = make_case(db, State.COMMUNICATION)
    db.add(
        Communication(
            inspection_id=other.inspection.id,
            skip_ground=SkipGround.CANNOT_WAIT,
            skip_reason="Fara för ett barn.",
            by_id=other.inspector.id,
        )
    )
    db.commit()
    send(client, case, soon(21))
    mine, skipped = db.scalars(select(Communication).order_by(Communication.sent_at.is_(None))).all()
    client.sign_in_as(other.provider)
    client.get(f"/facts/{mine.id}", status=404)
    client.get(f"/facts/{skipped.id}", status=404)
    assert "Underlag" not in client.get("/letters").text


def test_leaving_out_the_reply_needs_a_ground_and_a_reason(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    client.sign_in_as(case.decider)
    address = page_of(case, "reply")
    client.post(address, status=422, what="skip", ground="cannot_wait", reason="")
    client.post(address, status=422, what="skip", reason="Ett barn är i fara och beslutet brådskar.")
    client.post(address, status=422, what="skip", ground="cannot_wait", reason="Kort.")
    told = {"what": "skip", "ground": "cannot_wait", "reason": "Ett barn är i fara, beslutet brådskar."}
    marked = client.post(address, status=422, **told)
    assert "röja vem någon är: Ett barn" in marked.text, "it is told in the letter that is approved"
    assert db.scalars(select(Communication)).all() == []
    db.rollback()
    client.post(address, status=303, looked="y", **told)
    assert db.scalars(select(Communication)).one().skip_ground is SkipGround.CANNOT_WAIT
    assert "Ett barn är i fara" in client.get(address).text
    client.post(address, status=422, what="send", reply_by_on=soon(21))


def test_more_time_moves_the_date_forward_only(
    case: SentLetter, db: Session, authority: AuthorityDetails
) -> None:
    now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    actor = actor_of(case.inspector)
    by = date(2026, 4, 1)
    send_facts(db, actor=actor, inspection=case.inspection, reply_by_on=by, authority=authority, now=now)
    with pytest.raises(Invalid):
        send_facts(db, actor=actor, inspection=case.inspection, reply_by_on=by, authority=authority, now=now)
    given = send_facts(
        db,
        actor=actor,
        inspection=case.inspection,
        reply_by_on=date(2026, 4, 8),
        authority=authority,
        now=now,
    )
    assert given.reply_by_on == date(2026, 4, 8)
    assert given.sent_at == now


def test_what_was_sent_stands_whatever_becomes_of_the_findings(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    send(client, case, soon(21))
    case.deficiency.title, case.deficiency.saw = "Något helt annat", "Vi såg något annat."
    db.delete(case.advice)
    db.commit()
    sent = db.scalars(select(Communication)).one()
    assert sent.facts_sealed is not None and b"otrygga" not in sent.facts_sealed, "it tells of people"
    client.sign_in_as(case.provider)
    facts = client.get(f"/facts/{sent.id}")
    assert "Nätterna är otrygga" in facts.text and "Låt barnen påverka maten" in facts.text
    assert "Något helt annat" not in facts.text
    client.sign_in_as(case.inspector)
    page = client.get(page_of(case, "reply")).text
    assert "Ändrat efter att underlaget skickades" in page
    assert "Något helt annat" in page and "Nätterna är otrygga" in page


def test_more_time_sends_the_facts_as_they_stand_until_the_provider_has_replied(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    send(client, case, soon(21))
    case.deficiency.saw = "Tre nätter i veckan saknas känd personal."
    db.commit()
    client.submit(client.get(page_of(case, "reply")), action="/reply", status=303, reply_by_on=soon(28))
    address = f"/facts/{db.scalars(select(Communication.id)).one()}"
    db.rollback()
    client.sign_in_as(case.provider)
    facts = client.get(address)
    assert "Tre nätter i veckan" in facts.text
    client.submit(facts, status=303, reply="Det stämmer.")
    db.rollback()
    case.deficiency.saw = "Fyra nätter i veckan saknas känd personal."
    db.commit()
    assert "Tre nätter i veckan" in client.get(address).text


def test_nobody_outside_the_lead_sends_facts(
    case: SentLetter, db: Session, authority: AuthorityDetails
) -> None:
    stranger: Actor = actor_of(case.provider)
    now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    with pytest.raises(NotAllowed):
        send_facts(
            db,
            actor=stranger,
            inspection=case.inspection,
            reply_by_on=date(2026, 4, 1),
            authority=authority,
            now=now,
        )


def test_without_findings_there_is_nothing_to_send(db: Session, authority: AuthorityDetails) -> None:
    made = make_case(db, State.COMMUNICATION, findings=False)
    now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    with pytest.raises(NotPossibleNow):
        send_facts(
            db,
            actor=actor_of(made.inspector),
            inspection=made.inspection,
            reply_by_on=date(2026, 4, 1),
            authority=authority,
            now=now,
        )


@pytest.mark.parametrize("state", [State.WEIGHING, State.DECISION, State.CLOSED])
@pytest.mark.parametrize("name", ["reply", "meetings", "decision", "answers", "follow-up"])
def test_in_another_state_each_page_explains_what_comes_first(
    client: Browsing, db: Session, state: State, name: str
) -> None:
    made = make_case(db, state)
    db.commit()
    client.sign_in_as(made.inspector)
    assert client.get(page_of(made, name)).text


def test_a_meeting_is_noted_with_when_and_by_whom(client: Browsing, case: SentLetter, db: Session) -> None:
    client.sign_in_as(case.decider)
    page = client.get(page_of(case, "meetings"))
    fields = {
        "held_on": "2026-03-02",
        "held_time": "13:30",
        "present": "Petra Huvud",
        "note": "De anställer nu.",
    }
    for name in fields:
        kept = client.submit(page, action="/meetings", status=422, **(fields | {name: ""}))
        assert name == "note" or "De anställer nu." in kept.text
    client.submit(page, action="/meetings", status=422, **(fields | {"held_on": "2099-01-01"}))
    client.submit(page, action="/meetings", status=303, **fields)
    meeting = db.scalars(select(DialogueMeeting)).one()
    assert meeting.held_at == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
    assert meeting.note == "De anställer nu."
    assert "Doris Dal" in client.get(page_of(case, "meetings")).text


@pytest.mark.parametrize("state", [State.DECISION, State.CLOSED])
def test_meetings_are_not_noted_while_it_is_decided_or_after_closing(
    client: Browsing, db: Session, state: State
) -> None:
    made = make_case(db, state)
    db.commit()
    client.sign_in_as(made.inspector)
    client.post(
        page_of(made, "meetings"), status=422, held_on="2026-03-02", held_time="13:30", present="P", note="N"
    )
    assert db.scalars(select(DialogueMeeting)).all() == []


DECISION = {"kind": "criticism", "decided_on": "2026-03-09", "content": "Vi kritiserar (28 kap. 3 § SoL)."}


@pytest.fixture
def to_decide(db: Session) -> SentLetter:
    made = make_case(db, State.DECISION)
    db.commit()
    return made


def test_the_decision_maker_records_and_corrects_until_the_letter_is_sent(
    client: Browsing, to_decide: SentLetter, db: Session
) -> None:
    client.sign_in_as(to_decide.decider)
    address = page_of(to_decide, "decision")
    client.submit(client.get(address), action="/decision", status=303, **DECISION)
    decision = db.scalars(select(Decision)).one()
    assert (decision.decider_id, decision.rapporteur_id) == (to_decide.decider.id, to_decide.inspector.id)
    page = client.get(address)
    assert "Beslutet kan inte överklagas" in page.text
    client.submit(page, action="/decision", status=303, kind="order")
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Decision)).one().kind is DecisionKind.ORDER
    assert "inom tre veckor" in client.get(address).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "closed"), ("content", " "), ("decided_on", "2099-01-01"), ("dissent", "x" * 20_001)],
)
def test_a_faulty_decision_is_refused_at_its_field(
    client: Browsing, to_decide: SentLetter, db: Session, field: str, value: str
) -> None:
    client.sign_in_as(to_decide.decider)
    client.post(page_of(to_decide, "decision"), status=422, **(DECISION | {field: value}))
    assert db.scalars(select(Decision)).all() == []


def test_the_inspector_cannot_decide_in_their_own_case(client: Browsing, to_decide: SentLetter) -> None:
    client.sign_in_as(to_decide.inspector)
    assert "beslutsfattare dokumenterar" in client.get(page_of(to_decide, "decision")).text
    client.post(page_of(to_decide, "decision"), status=403, **DECISION)


def test_a_decision_stands_when_the_provider_has_the_letter(client: Browsing, db: Session) -> None:
    made = make_sent_letter(db, State.DECISION)
    db.commit()
    client.sign_in_as(made.decider)
    client.post(page_of(made, "decision"), status=422, **DECISION)
    assert db.scalars(select(Decision)).all() == []


@pytest.mark.parametrize("name", ["reply", "meetings", "decision", "answers", "follow-up"])
def test_the_provider_never_enters_the_case(client: Browsing, case: SentLetter, name: str) -> None:
    person: User = case.provider
    client.sign_in_as(person)
    client.get(page_of(case, name), status=404)


def test_the_pages_of_the_case_are_in_english_too(client: Browsing, case: SentLetter) -> None:
    client.sign_in_as(case.inspector)
    client.speak("en")
    for name in ("reply", "meetings", "decision", "answers", "follow-up"):
        client.get(page_of(case, name))
