"""Dialogue meetings: times and agenda from both sides, notes that both confirm (FL 24, 27 §§)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_case, make_sent_letter
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow, TillsynError
from tillsyn.inspect.services.arrange_meeting import agree_time, open_times, propose_times, withdraw_time
from tillsyn.inspect.services.both_sides import case_of_provider
from tillsyn.inspect.services.confirm_note import confirm_note, confirmations, is_confirmed, share_note
from tillsyn.inspect.services.note_dialogue import list_meetings, note_dialogue
from tillsyn.inspect.services.set_agenda import add_to_agenda, agenda, open_questions, remove_from_agenda
from tillsyn.models.decisions import DialogueMeeting
from tillsyn.models.dialogue import AgendaItem, MeetingTime
from tillsyn.models.letters import Paragraph
from tillsyn.models.vocabulary import Role, State

SOON = NOW + timedelta(days=7)


@pytest.fixture
def sent(db: Session) -> SentLetter:
    made = make_sent_letter(db)
    for position, (name, text) in enumerate(
        (("intro", "Frågor."), ("TRY", "Vad gör nätterna trygga?"), ("meeting", "Vi ses gärna."))
    ):
        db.add(
            Paragraph(
                letter_id=made.letter.id, language="sv", section="questions", key=f"questions.{name}",
                position=50 + position, text=text,
            )
        )  # fmt: skip
    db.commit()
    return made


def propose(db: Session, sent: SentLetter, *times: datetime, by_provider: bool = False) -> list[MeetingTime]:
    actor = acting(sent.provider if by_provider else sent.inspector)
    return list(
        propose_times(db, actor=actor, inspection=sent.inspection, times=times, place="Hos er", now=NOW)
    )


def test_one_side_proposes_and_the_other_agrees(db: Session, sent: SentLetter) -> None:
    first, second = propose(db, sent, SOON, SOON + timedelta(days=1), by_provider=True)
    with pytest.raises(NotPossibleNow, match="other side"):
        agree_time(db, actor=acting(sent.provider), inspection=sent.inspection, time_id=first.id, now=NOW)
    agreed = agree_time(
        db, actor=acting(sent.inspector), inspection=sent.inspection, time_id=second.id, now=NOW
    )
    assert agreed.agreed_by_id == sent.inspector.id
    assert list(open_times(db, sent.inspection)) == [second], "the others are taken away"
    withdraw_time(db, actor=acting(sent.provider), inspection=sent.inspection, time_id=second.id, now=NOW)
    assert list(open_times(db, sent.inspection)) == []


def test_a_time_that_the_other_side_proposed_is_theirs_to_take_away(db: Session, sent: SentLetter) -> None:
    (time,) = propose(db, sent, SOON)
    with pytest.raises(NotPossibleNow):
        withdraw_time(db, actor=acting(sent.provider), inspection=sent.inspection, time_id=time.id, now=NOW)
    with pytest.raises(NotPossibleNow, match="has been"):
        agree_time(
            db, actor=acting(sent.provider), inspection=sent.inspection, time_id=time.id,
            now=SOON + timedelta(hours=1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("times", "place", "field"),
    [
        ([], "Hos er", "times"),
        ([SOON], " ", "place"),
        ([SOON], "x" * 201, "place"),
        ([NOW - timedelta(days=1)], "Hos er", "times"),
        ([NOW + timedelta(days=400)], "Hos er", "times"),
        ([SOON + timedelta(days=one) for one in range(13)], "Hos er", "times"),
    ],
)
def test_faulty_times_are_refused(
    db: Session, sent: SentLetter, times: list[datetime], place: str, field: str
) -> None:
    given = {"actor": acting(sent.provider), "inspection": sent.inspection, "now": NOW}
    with pytest.raises(Invalid) as refused:
        propose_times(db, times=times, place=place, **given)  # type: ignore[arg-type]
    assert refused.value.values["field"] == field


def test_the_agenda_is_made_of_open_questions_and_what_both_add(db: Session, sent: SentLetter) -> None:
    given = {"inspection": sent.inspection, "now": NOW}
    assert [one.key for one in open_questions(db, sent.inspection)] == ["questions.TRY"]
    ours, theirs = acting(sent.inspector), acting(sent.provider)
    add_to_agenda(db, actor=ours, questions=["questions.TRY", "questions.meeting"], **given)  # type: ignore[arg-type]
    (own,) = add_to_agenda(db, actor=theirs, text="Bemanningen i sommar", **given)  # type: ignore[arg-type]
    assert [(one.text, one.by_provider) for one in agenda(db, sent.inspection)] == [
        ("Vad gör nätterna trygga?", False),
        ("Bemanningen i sommar", True),
    ]
    assert own.text_sealed is not None and b"sommar" not in own.text_sealed
    assert list(open_questions(db, sent.inspection)) == []
    with pytest.raises(NotPossibleNow):
        remove_from_agenda(db, actor=ours, item_id=own.id, **given)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        add_to_agenda(db, actor=theirs, text=" ", **given)  # type: ignore[arg-type]
    meeting = note_dialogue(
        db,
        actor=ours,
        held_at=NOW,
        present="Båda",
        note="Vi talade om nätterna.",
        **given,  # type: ignore[arg-type]
    )
    assert list(agenda(db, sent.inspection)) == []
    assert len(agenda(db, sent.inspection, meeting_id=meeting.id)) == 2, "the meeting took them up"


def test_a_note_is_shared_and_confirmed_by_both_and_never_changed(db: Session, sent: SentLetter) -> None:
    given = {"inspection": sent.inspection, "now": NOW}
    ours, theirs = acting(sent.inspector), acting(sent.provider)
    meeting = note_dialogue(
        db,
        actor=ours,
        held_at=NOW,
        present="Båda",
        note="De anställer i maj.",
        **given,  # type: ignore[arg-type]
    )
    with pytest.raises(NotFound):
        confirm_note(db, actor=theirs, meeting_id=meeting.id, agrees=True, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        share_note(db, actor=theirs, meeting_id=meeting.id, **given)  # type: ignore[arg-type]
    share_note(db, actor=ours, meeting_id=meeting.id, **given)  # type: ignore[arg-type]
    assert not is_confirmed(confirmations(db, meeting))
    with pytest.raises(Invalid):
        confirm_note(db, actor=theirs, meeting_id=meeting.id, agrees=False, **given)  # type: ignore[arg-type]
    confirm_note(
        db,
        actor=theirs,
        meeting_id=meeting.id,
        agrees=False,
        remark="Det var i juni.",
        **given,  # type: ignore[arg-type]
    )
    assert not is_confirmed(confirmations(db, meeting))
    confirm_note(
        db,
        actor=ours,
        meeting_id=meeting.id,
        agrees=False,
        remark="Juni stämmer.",
        **given,  # type: ignore[arg-type]
    )
    for actor in (theirs, ours):
        confirm_note(db, actor=actor, meeting_id=meeting.id, agrees=True, **given)  # type: ignore[arg-type]
    said = confirmations(db, meeting)
    assert is_confirmed(said) and len(said) == 5, "what each has said stands"
    assert meeting.note == "De anställer i maj."


@pytest.mark.parametrize("state", [State.WEIGHING, State.DECISION, State.CLOSED])
def test_no_meeting_is_arranged_in_other_states(db: Session, state: State) -> None:
    made = make_case(db, state)
    given = {"actor": acting(made.inspector), "inspection": made.inspection, "now": NOW}
    for deed in (
        lambda: propose_times(db, times=[SOON], place="Hos er", **given),  # type: ignore[arg-type]
        lambda: add_to_agenda(db, text="Maten", **given),  # type: ignore[arg-type]
    ):
        with pytest.raises(TillsynError):
            deed()


def test_a_provider_that_has_got_nothing_finds_no_case(db: Session) -> None:
    made = make_case(db, State.COMMUNICATION)
    with pytest.raises(NotFound):
        case_of_provider(db, acting(made.provider), made.inspection.id)


def test_another_provider_and_a_stranger_find_no_meeting(db: Session, sent: SentLetter) -> None:
    other = make_sent_letter(db)
    with pytest.raises(NotFound):
        case_of_provider(db, acting(other.provider), sent.inspection.id)
    stranger = acting(make_user(db, Role.INSPECTOR))
    with pytest.raises(NotAllowed):
        propose_times(db, actor=stranger, inspection=sent.inspection, times=[SOON], place="Hos er", now=NOW)


# --- The pages ------------------------------------------------------------------------------


def test_both_sides_agree_on_a_meeting_and_on_what_was_said(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    theirs, ours = f"/letters/meeting/{sent.inspection.id}", f"/inspections/{sent.inspection.dnr}/meetings"
    day = (datetime.now(UTC) + timedelta(days=10)).date().isoformat()
    client.sign_in_as(sent.provider)
    page = client.get(theirs)
    times = {"t-first_day": day, "t-place": "Hos oss"}
    kept = client.submit(page, action=theirs, status=422, **times)
    assert "Skriv både dag och klockslag" in kept.text and "Hos oss" in kept.html
    client.submit(kept, action=theirs, status=303, **{"t-first_time": "10:00"})
    client.post(theirs, status=303, what="add", **{"g-text": "Nätterna i sommar"})
    client.sign_in_as(sent.inspector)
    page = client.get(ours)
    assert "föreslagen av huvudmannen" in page.text and "Nätterna i sommar" in page.text
    time = db.scalars(select(MeetingTime.id)).one()
    db.rollback()
    client.post(f"{ours}/arrange", status=303, what="agree", id=str(time))
    client.post(f"{ours}/arrange", status=303, what="add", **{"g-questions": "questions.TRY"})
    agreed = client.get(ours)
    assert "Vi ses" in agreed.text and day in agreed.html
    noted = {
        "held_on": "2026-03-02", "held_time": "13:30", "present": "Petra Huvud", "note": "De anställer nu.",
    }  # fmt: skip
    client.submit(agreed, action="/meetings", status=303, **noted)
    client.sign_in_as(sent.provider)
    assert "De anställer nu." not in client.get(theirs).text, "not shared yet"
    client.sign_in_as(sent.inspector)
    meeting = str(db.scalars(select(DialogueMeeting.id)).one())
    db.rollback()
    client.post(f"{ours}/arrange", status=303, what="share", id=meeting)
    client.sign_in_as(sent.provider)
    assert "De anställer nu." in client.get(theirs).text
    client.post(theirs, status=422, what="otherwise", id=meeting)
    client.post(
        theirs, status=303, what="otherwise", id=meeting,
        **{f"m{meeting.replace('-', '')}-remark": "Vi anställde i mars."},
    )  # fmt: skip
    client.post(theirs, status=303, what="confirm", id=meeting)
    text = client.get(theirs).text
    assert "Bekräftad av båda" in text and "Vi anställde i mars." in text
    client.sign_in_as(sent.inspector)
    assert "Vi anställde i mars." in client.get(ours).text
    client.speak("en")
    client.get(ours)


@pytest.mark.parametrize(
    ("what", "status"), [("agree", 404), ("remove", 404), ("share", 403), ("confirm", 404), ("nonsense", 422)]
)
def test_what_is_not_there_is_not_found(client: Browsing, sent: SentLetter, what: str, status: int) -> None:
    client.sign_in_as(sent.provider)
    theirs = f"/letters/meeting/{sent.inspection.id}"
    client.post(theirs, status=status, what=what, id=str(sent.letter.id))


def test_items_of_an_agenda_are_taken_off_by_who_put_them_there(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    theirs = f"/letters/meeting/{sent.inspection.id}"
    client.sign_in_as(sent.provider)
    client.post(theirs, status=303, what="add", **{"g-text": "Nätterna i sommar"})
    item = str(db.scalars(select(AgendaItem.id)).one())
    db.rollback()
    client.post(theirs, status=303, what="remove", id=item)
    assert list_meetings(db, sent.inspection) == []
    assert "Nätterna i sommar" not in client.get(theirs).text
