"""Whoever only helps with the answers binds the provider to nothing; what a measure has come to is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.builders import NOW, acting
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_sent_letter
from tillsyn.inspect.errors import NotAllowed
from tillsyn.inspect.services.arrange_meeting import agree_time, propose_times, withdraw_time
from tillsyn.inspect.services.confirm_note import confirm_note, share_note
from tillsyn.inspect.services.note_dialogue import note_dialogue
from tillsyn.inspect.services.report_measure import report_measure
from tillsyn.inspect.services.set_agenda import add_to_agenda
from tillsyn.models.letters import Measure
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.vocabulary import Progress, Standing

SOON = NOW + timedelta(days=7)


@pytest.fixture
def sent(db: Session) -> SentLetter:
    made = make_sent_letter(db)
    made.provider.standing = Standing.HELPER
    db.commit()
    return made


def test_a_helper_proposes_and_adds_but_agrees_to_no_time(db: Session, sent: SentLetter) -> None:
    helper, ours = acting(sent.provider), acting(sent.inspector)
    given = {"inspection": sent.inspection, "now": NOW}
    add_to_agenda(db, actor=helper, text="Nätterna", **given)  # type: ignore[arg-type]
    (own,) = propose_times(db, actor=helper, times=[SOON], place="Hos er", **given)  # type: ignore[arg-type]
    (theirs,) = propose_times(
        db, actor=ours, times=[SOON + timedelta(days=1)], place="Hos er", **given  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="responsible for the answers"):
        agree_time(db, actor=helper, time_id=theirs.id, **given)  # type: ignore[arg-type]
    agree_time(db, actor=ours, time_id=own.id, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        withdraw_time(db, actor=helper, time_id=own.id, **given)  # type: ignore[arg-type]
    sent.provider.standing = Standing.OWNER
    withdraw_time(db, actor=acting(sent.provider), time_id=own.id, **given)  # type: ignore[arg-type]


def test_a_helper_reads_a_note_and_does_not_confirm_it(
    client: Browsing, db: Session, sent: SentLetter
) -> None:
    given = {"inspection": sent.inspection, "now": NOW}
    meeting = note_dialogue(
        db, actor=acting(sent.inspector), held_at=NOW - timedelta(hours=1), present="Ingrid, chefen",
        note="Vi talade om nätterna.", **given,  # type: ignore[arg-type]
    )  # fmt: skip
    share_note(db, actor=acting(sent.inspector), meeting_id=meeting.id, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        confirm_note(db, actor=acting(sent.provider), meeting_id=meeting.id, agrees=True, **given)  # type: ignore[arg-type]
    db.commit()
    client.sign_in_as(sent.provider)
    for language, says in (("sv", "De som ansvarar för svaren"), ("en", "Those who are responsible for")):
        client.speak(language)
        page = client.get(f"/letters/meeting/{sent.inspection.id}")
        assert says in page.text and "Vi talade om nätterna." in page.text


def test_the_team_is_told_how_far_a_measure_has_come_and_the_promise_is_sealed(
    db: Session, sent: SentLetter
) -> None:
    sent.provider.standing = Standing.OWNER
    measure = Measure(
        letter_id=sent.letter.id, finding_id=sent.deficiency.id, description="Vi anställer Kim Ek.",
        owner="Kim Ek", due_on=SOON.date(), proposed_at=NOW, by_id=sent.provider.id,
    )  # fmt: skip
    db.add(measure)
    sent.letter.answers_sent_at, sent.letter.answers_sent_by_id = NOW, sent.provider.id
    db.flush()
    for _ in range(2):
        report_measure(
            db, actor=acting(sent.provider), letter_id=sent.letter.id, measure_id=measure.id,
            progress=Progress.DONE, said="Klart.", now=NOW,
        )  # fmt: skip
    told = db.scalars(select(Notice).where(Notice.kind == NoticeKind.MEASURE_REPORTED)).all()
    assert [one.user_id for one in told] == [sent.inspector.id]
    stored = db.execute(text("SELECT * FROM measures")).one()
    assert not any(b"Kim" in bytes(value) for value in stored if isinstance(value, bytes | memoryview))
    assert "Kim" not in " ".join(str(value) for value in stored if isinstance(value, str))
    db.expire_all()
    kept = db.scalars(select(Measure)).one()
    assert (kept.description, kept.owner) == ("Vi anställer Kim Ek.", "Kim Ek")
