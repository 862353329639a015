"""A writing error in a sent letter (FL 36 §): proposed by one, made by another, told the provider, verified."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_case, make_sent_letter
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.outside.seal import SealFile
from tillsyn.inspect.outside.seal_certificate import make_demo_certificate
from tillsyn.inspect.outside.seal_check import check_seal
from tillsyn.inspect.rules.letter_numbers import read_number
from tillsyn.inspect.services.correct_letter import (
    Words,
    comment_on_correction,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from tillsyn.inspect.services.find_corrections import corrections_for, letter_of_case, told_version
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.make_correction import make_correction
from tillsyn.inspect.services.recognise_letter import recognise
from tillsyn.inspect.settings import Settings
from tillsyn.models.corrections import Correction
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import CorrectionState, LetterState
from tillsyn.models.letters import LetterVersion
from tillsyn.models.vocabulary import Role
from tillsyn.reports.letter_data import from_data

WORDS = {"sv": Words("Vad vi såg", "Det vi såg"), "en": Words("", "")}
WHY = "Ordet ska vara det i rubriken."
UNTIL = (NOW + timedelta(days=14)).date()


@pytest.fixture
def sent(db: Session) -> SentLetter:
    made = make_sent_letter(db)
    made.inspection = find_inspection(db, made.inspection.dnr)
    return made


def propose(db: Session, sent: SentLetter, **changes: object) -> Correction:
    given = {
        "actor": acting(sent.inspector), "inspection": sent.inspection,
        "letter": letter_of_case(db, sent.inspection, sent.letter.id), "words": WORDS, "why": WHY,
        "comment_by_on": None, "now": NOW,
    }  # fmt: skip
    return propose_correction(db, **(given | changes))  # type: ignore[arg-type]


def make(
    db: Session, sent: SentLetter, correction: Correction, settings: Settings, **changes: object
) -> list[LetterVersion]:
    given = {
        "actor": acting(sent.decider), "inspection": sent.inspection,
        "letter": letter_of_case(db, sent.inspection, sent.letter.id), "correction": correction,
        "authority": settings.authority, "now": NOW + timedelta(days=1),
    }  # fmt: skip
    return make_correction(db, **(given | changes))  # type: ignore[arg-type]


def test_a_new_version_names_the_old_and_only_the_words_differ(
    db: Session, sent: SentLetter, test_settings: Settings
) -> None:
    old = next(
        one for one in letter_of_case(db, sent.inspection, sent.letter.id).versions if one.language == "sv"
    )
    before = dict(old.content)
    (new,) = make(db, sent, propose(db, sent), test_settings)
    content = from_data(new.content)
    assert (new.number, new.language, new.sent_at) == (2, "sv", NOW + timedelta(days=1))
    assert content.title == "Det vi såg och hörde"
    assert f"ersätter brev {old.letter_number} från den 9\u00a0mars 2026" in content.corrects
    assert "det stod ”Vad vi såg”, och det ska stå ”Det vi såg”" in content.corrects
    assert content.number == new.letter_number == read_number(new.letter_number)
    assert content.dated_on == date(2026, 3, 11)
    changed = {key for key, value in new.content.items() if value != before.get(key)}
    assert changed == {"title", "number", "dated_on", "corrects"}
    assert old.content == before
    found = recognise(db, new.pdf)
    assert found is not None and found.newer is None
    kinds = db.scalars(select(Event.kind).order_by(Event.id)).all()
    assert {EventKind.CORRECTION_PROPOSED, EventKind.CORRECTION_MADE} <= set(kinds)


def test_the_old_version_is_said_to_be_replaced_and_stays_readable(
    db: Session, sent: SentLetter, test_settings: Settings
) -> None:
    correction = propose(db, sent)
    (first,) = make(db, sent, correction, test_settings)
    again = propose(db, sent, words={"sv": Words("Det vi såg", "Vad vi såg")}, now=NOW + timedelta(days=2))
    (second,) = make(db, sent, again, test_settings, now=NOW + timedelta(days=3))
    found = recognise(db, first.pdf)
    assert found is not None and found.newer is not None and found.newer.id == second.id
    assert first.letter_number in from_data(second.content).corrects
    provider = acting(sent.provider)
    told = corrections_for(db, provider).rows
    assert [one.correction.id for one in told] == [again.id, correction.id]
    for number in (first.letter_number, second.letter_number, told[1].replaced["sv"].letter_number):
        assert told_version(db, provider, number).letter_number == number


def test_four_eyes(db: Session, sent: SentLetter, test_settings: Settings) -> None:
    with pytest.raises(NotAllowed):
        propose(db, sent, actor=acting(sent.decider))
    with pytest.raises(NotAllowed):
        propose(db, sent, actor=acting(sent.provider))
    correction = propose(db, sent)
    with pytest.raises(NotAllowed):
        make(db, sent, correction, test_settings, actor=acting(sent.inspector))
    with pytest.raises(NotAllowed):
        refuse_correction(
            db, actor=acting(sent.inspector), inspection=sent.inspection, correction=correction,
            reason="Det är rätt som det står.", now=NOW,
        )  # fmt: skip
    correction.state = CorrectionState.MADE
    correction.decided_at, correction.decided_by_id = NOW, correction.proposed_by_id
    with pytest.raises(IntegrityError):
        db.flush()


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"words": {}}, "wrong_sv", "words that are wrong"),
        ({"words": {"sv": Words("Vad vi såg", "")}}, "right_sv", "Write both"),
        ({"words": {"sv": Words("", "x")}}, "wrong_sv", "Write both"),
        ({"words": {"sv": Words("står ingenstans", "x")}}, "wrong_sv", "do not stand"),
        ({"words": {"sv": Words("Vad  vi såg", "Vad vi såg")}}, "right_sv", "already"),
        ({"words": {"sv": Words("x" * 201, "x")}}, "wrong_sv", "at most 200"),
        ({"words": {"ar": Words("a", "b")}}, "wrong_ar", "that language"),
        ({"why": "fel"}, "why", "why"),
        ({"why": "x" * 2001}, "why", "2000"),
        ({"comment_by_on": NOW.date()}, "comment_by_on", "at least 7 days"),
        ({"comment_by_on": date(2027, 3, 1)}, "comment_by_on", "half a year"),
    ],
)
def test_what_cannot_be_a_correction_is_said_at_its_field(
    db: Session, sent: SentLetter, changes: dict[str, object], field: str, says: str
) -> None:
    with pytest.raises(Invalid) as refused:
        propose(db, sent, **changes)
    assert refused.value.values["field"] == field
    assert says in str(refused.value)


def test_only_a_sent_letter_and_one_at_a_time(db: Session, sent: SentLetter, test_settings: Settings) -> None:
    approved = make_case(db, sent.inspection.state)
    with pytest.raises(NotPossibleNow, match="not sent"):
        propose(db, approved)
    correction = propose(db, sent)
    with pytest.raises(NotPossibleNow, match="One at a time"):
        propose(db, sent)
    withdraw_correction(
        db, actor=acting(sent.inspector), inspection=sent.inspection, correction=correction, now=NOW
    )
    with pytest.raises(NotPossibleNow, match="already"):
        make(db, sent, correction, test_settings)
    other = propose(db, sent)
    refuse_correction(
        db, actor=acting(sent.decider), inspection=sent.inspection, correction=other,
        reason="Det är rätt som det står.", now=NOW,
    )  # fmt: skip
    assert other.reason == "Det är rätt som det står."
    assert len(letter_of_case(db, sent.inspection, sent.letter.id).versions) == 2


def test_to_its_detriment_the_provider_is_heard_first(
    db: Session, sent: SentLetter, test_settings: Settings
) -> None:
    provider = acting(sent.provider)
    correction = propose(db, sent, comment_by_on=UNTIL)
    (told,) = corrections_for(db, provider).rows
    assert told.may_comment and not told.made
    with pytest.raises(NotPossibleNow, match="may still comment"):
        make(db, sent, correction, test_settings)
    for text, says in ((" ", "Write your comment"), ("x" * 2001, "2000")):
        with pytest.raises(Invalid, match=says):
            comment_on_correction(db, actor=provider, correction_id=correction.id, text=text, now=NOW)
    comment_on_correction(db, actor=provider, correction_id=correction.id, text="Det är bra.", now=NOW)
    with pytest.raises(NotPossibleNow, match="has been sent"):
        comment_on_correction(db, actor=provider, correction_id=correction.id, text="Mer.", now=NOW)
    assert make(db, sent, correction, test_settings)


def test_without_a_comment_the_day_must_have_passed(
    db: Session, sent: SentLetter, test_settings: Settings
) -> None:
    correction = propose(db, sent, comment_by_on=UNTIL)
    with pytest.raises(NotPossibleNow):
        make(db, sent, correction, test_settings, now=NOW + timedelta(days=14))
    assert make(db, sent, correction, test_settings, now=NOW + timedelta(days=15))


def test_new_words_that_may_tell_who_somebody_is_are_looked_at_first(
    db: Session, sent: SentLetter, test_settings: Settings
) -> None:
    named = {"sv": Words("Personalen lyssnar", "Ahmed Karlsson lyssnar")}
    with pytest.raises(Invalid, match="Karlsson") as refused:
        propose(db, sent, words=named)
    assert refused.value.values["field"] == "looked"
    correction = propose(db, sent, words=named, looked=True)
    event = db.scalars(select(Event).where(Event.kind == EventKind.CORRECTION_PROPOSED)).one()
    assert event.details["marks"] >= 1
    assert make(db, sent, correction, test_settings)


def test_others_are_not_told(db: Session, sent: SentLetter) -> None:
    correction = propose(db, sent, comment_by_on=UNTIL)
    stranger = acting(make_user(db, Role.PROVIDER, provider_id=make_provider(db).id))
    assert corrections_for(db, stranger).rows == ()
    with pytest.raises(NotFound):
        comment_on_correction(db, actor=stranger, correction_id=correction.id, text="Hej.", now=NOW)
    assert corrections_for(db, acting(sent.inspector)).rows == ()


def test_a_proposal_without_detriment_is_not_told_before_it_is_made(db: Session, sent: SentLetter) -> None:
    propose(db, sent)
    assert corrections_for(db, acting(sent.provider)).rows == ()


def test_a_letter_that_has_changed_since_is_not_corrected(
    db: Session, sent: SentLetter, test_settings: Settings
) -> None:
    correction = propose(db, sent)
    (words,) = correction.words
    english = next(
        one for one in letter_of_case(db, sent.inspection, sent.letter.id).versions if one.language == "en"
    )
    words.replaces_id = english.id
    with pytest.raises(Conflict, match="newer version"):
        make(db, sent, correction, test_settings)


def test_with_a_seal_what_is_stored_is_what_was_sealed(
    db: Session, sent: SentLetter, test_settings: Settings, tmp_path: Path
) -> None:
    key = tmp_path / "seal.p12"
    key.write_bytes(make_demo_certificate("Exempelinspektionen", "hemligt", now=NOW))
    seal = SealFile(key, "hemligt")
    settings = replace(test_settings, authority=replace(test_settings.authority, seal=seal))
    (new,) = make(db, sent, propose(db, sent), settings)
    finding = check_seal(new.pdf, ours=seal, now=NOW)
    assert finding is not None and finding.is_intact and finding.is_ours
    assert finding.name == "Exempelinspektionen" and finding.sealed_at == NOW + timedelta(days=1)
    found = recognise(db, new.pdf)
    assert found is not None and found.version.id == new.id
    key.write_bytes(b"no key")
    again = propose(db, sent, words={"sv": Words("Det vi såg", "Vad vi såg")})
    with pytest.raises(NotPossibleNow, match="cannot be sealed"):
        make(db, sent, again, settings)


# --- The pages ------------------------------------------------------------------------------


def test_from_proposal_to_the_providers_list(client: Browsing, db: Session, sent: SentLetter) -> None:
    sent.letter.state = LetterState.SENT
    db.commit()
    address = f"/inspections/{sent.inspection.dnr}/letters/{sent.letter.id}/correction"
    client.sign_in_as(sent.inspector)
    page = client.get(address)
    wrong = client.submit(
        page, action="/correction", status=422, wrong_sv="finns inte", right_sv="x", why=WHY
    )
    assert "De orden står inte i brevet" in wrong.text and 'value="finns inte"' in wrong.html
    lacking = client.submit(
        page, action="/correction", status=422, wrong_sv="Vad vi såg", right_sv="Det vi såg", why=WHY,
        detriment="y",
    )  # fmt: skip
    assert "Välj dagen" in lacking.text
    client.submit(
        page, action="/correction", status=303, wrong_sv="Vad vi såg", right_sv="Det vi såg", why=WHY
    )
    waiting = client.get(address)
    assert "Vad vi såg" in waiting.text and "beslutar om rättelsen" in waiting.text
    client.sign_in_as(sent.decider)
    start = client.get("/")
    assert "Rättelser av brev" in start.text and f'href="{address}"' in start.html
    deciding = client.get(address)
    short = client.submit(deciding, action="/refuse", status=422, reason="nej")
    assert "i en mening" in short.text
    client.submit(deciding, action="/make", status=303)
    done = client.get(address)
    assert "Ersatt" in done.text and "Gjord" in done.text
    client.sign_in_as(sent.provider)
    told = client.get("/letters")
    assert "Vad vi såg" in told.text and "Det vi såg" in told.text
    correction = db.scalars(select(Correction)).one()
    read = client.get(f"/letters/corrections/{correction.id}")
    for link in [
        part.split('"')[0] for part in read.html.split('href="')[1:] if "/letters/versions/" in part[:40]
    ]:
        assert client.http.get(link).data.startswith(b"%PDF")
    assert client.http.get("/letters/versions/F-22222-22222.pdf").status_code == 404
