"""The provider reads a letter that has been sent, answers point by point, proposes measures, and sends."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_case, make_sent_letter
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import Stance
from tillsyn.models.letters import Answer, Letter, Measure
from tillsyn.models.vocabulary import Role, State


@pytest.fixture
def sent(db: Session) -> SentLetter:
    made = make_sent_letter(db)
    db.commit()
    return made


@pytest.fixture
def reader(client: Browsing, sent: SentLetter) -> Browsing:
    client.sign_in_as(sent.provider)
    return client


def point_fields(sent: SentLetter, **values: str) -> dict[str, str]:
    return {f"p{sent.deficiency.id.hex}-{name}": value for name, value in values.items()}


def answer_everything(reader: Browsing, sent: SentLetter) -> None:
    page = reader.get(sent.address)
    fields = point_fields(
        sent, stance="agrees", text="Vi håller med.", description="Vi schemalägger fast personal.",
        owner="Verksamhetschefen", due_on="2026-05-15",
    )  # fmt: skip
    reader.submit(page, action=f"points/{sent.deficiency.id}", status=303, **fields)


def test_the_list_says_what_is_asked_and_by_when(reader: Browsing) -> None:
    text = reader.get("/letters").text
    assert "Strandgläntan" in text
    assert "1 juni 2026" in text


def test_the_letter_says_what_it_means_what_is_asked_and_whom_to_call(
    reader: Browsing, sent: SentLetter
) -> None:
    page = reader.get(sent.address)
    for said in (
        "Nätterna är otrygga",
        "1 juni 2026",
        "Ingrid Ek",
        "010-000 00 00",
        "Känd personal alla nätter.",
    ):
        assert said in page.text, said


def test_the_answer_box_follows_its_point_in_the_letter(reader: Browsing, sent: SentLetter) -> None:
    html = reader.get(sent.address).html
    advice, box = html.index('id="letter-advice.food"'), html.index(f'id="point-{sent.advice.id.hex}"')
    assert advice < box < html.index('id="letter-deficiencies.K10"')
    assert html.index('id="letter-deficiencies.K10"') < html.index(f'id="point-{sent.deficiency.id.hex}"')


def test_the_letter_can_be_read_in_the_other_language(reader: Browsing, sent: SentLetter) -> None:
    page = reader.get(f"{sent.address}?in=en")
    assert "The nights are not safe" in page.text
    assert 'href="' + sent.address + "/en.pdf" in page.html


def test_the_pages_speak_english_to_who_reads_english(reader: Browsing, sent: SentLetter) -> None:
    reader.speak("en")
    page = reader.get(sent.address)
    assert "What is asked of you" in page.text
    assert "The nights are not safe" in page.text
    assert "Letters after an inspection" in reader.get("/letters").text


def test_the_pdf_is_the_frozen_one(reader: Browsing, sent: SentLetter) -> None:
    answer = reader.http.get(f"{sent.address}/sv.pdf")
    assert answer.data == b"%PDF-1.7 sv"
    assert answer.mimetype == "application/pdf"


def test_opening_the_letter_is_an_event_the_first_time_only(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    reader.get(sent.address)
    reader.get(sent.address)
    opened = select(func.count()).select_from(Event).where(Event.kind == EventKind.LETTER_OPENED)
    assert db.scalar(opened) == 1


def test_a_letter_that_is_not_sent_is_not_there(client: Browsing, db: Session) -> None:
    made = make_case(db, State.DECISION)
    db.commit()
    client.sign_in_as(made.provider)
    client.get(made.address, status=404)
    client.get(f"{made.address}/sv.pdf", status=404)
    assert "Strandgläntan" not in client.get("/letters").text


def test_another_providers_letter_is_not_there(client: Browsing, sent: SentLetter, db: Session) -> None:
    stranger = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    db.commit()
    client.sign_in_as(stranger)
    client.get(sent.address, status=404)
    client.get(f"{sent.address}/send", status=404)
    client.post(sent.point(sent.deficiency), status=404, **point_fields(sent, text="hej"))
    client.post(f"{sent.address}/send", status=404)


@pytest.mark.parametrize("who", ["inspector", "decider"])
def test_the_authority_does_not_enter_the_providers_pages(
    client: Browsing, sent: SentLetter, who: str
) -> None:
    client.sign_in_as(getattr(sent, who))
    client.get(sent.address, status=404)


def test_an_answer_is_saved_with_its_measure(reader: Browsing, sent: SentLetter, db: Session) -> None:
    answer_everything(reader, sent)
    answer = db.scalars(select(Answer)).one()
    assert (answer.stance, answer.text, answer.version) == (Stance.AGREES, "Vi håller med.", 1)
    measure = db.scalars(select(Measure)).one()
    assert (measure.owner, measure.due_on.isoformat()) == ("Verksamhetschefen", "2026-05-15")
    assert "Vi schemalägger fast personal." in reader.get(sent.address).text


def test_a_script_saves_only_what_changed(reader: Browsing, sent: SentLetter, db: Session) -> None:
    headers = {"X-CSRFToken": reader._token(), "Accept": "application/json"}
    address = sent.point(sent.deficiency)
    first = reader.http.put(address, json={"version": 0, "fields": {"stance": "disagrees"}}, headers=headers)
    assert first.get_json()["version"] == 1
    second = reader.http.put(
        address, json={"version": 1, "fields": {"text": "Det stämmer inte."}}, headers=headers
    )
    assert second.get_json()["version"] == 2
    answer = db.scalars(select(Answer)).one()
    assert (answer.stance, answer.text) == (Stance.DISAGREES, "Det stämmer inte.")


def test_a_script_that_is_late_is_told_what_stands_there(reader: Browsing, sent: SentLetter) -> None:
    headers = {"X-CSRFToken": reader._token(), "Accept": "application/json"}
    address = sent.point(sent.deficiency)
    reader.http.put(address, json={"version": 0, "fields": {"text": "Först."}}, headers=headers)
    late = reader.http.put(address, json={"version": 0, "fields": {"text": "Sedan."}}, headers=headers)
    assert late.status_code == 409
    assert late.get_json()["theirs"]["text"] == "Först."
    assert late.get_json()["by"] == "Petra Huvud"


def test_a_script_is_told_when_a_text_is_too_long(reader: Browsing, sent: SentLetter) -> None:
    headers = {"X-CSRFToken": reader._token(), "Accept": "application/json"}
    said = reader.http.put(
        sent.point(sent.deficiency), json={"version": 0, "fields": {"text": "a" * 20_001}}, headers=headers
    )
    assert said.status_code == 422
    assert "20001" in said.get_json()["errors"]["text"][0].replace("\xa0", "")


@pytest.mark.parametrize("sent_json", ["[]", '{"fields": 3}', "nonsense"])
def test_a_script_that_sends_nonsense_is_refused(reader: Browsing, sent: SentLetter, sent_json: str) -> None:
    headers = {"X-CSRFToken": reader._token(), "Content-Type": "application/json"}
    said = reader.http.put(sent.point(sent.deficiency), data=sent_json, headers=headers)
    assert said.status_code == 422


def test_a_stale_form_shows_both_texts_and_stores_neither_over_the_other(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    page = reader.get(sent.address)
    action = f"points/{sent.deficiency.id}"
    reader.submit(page, action=action, status=303, **point_fields(sent, text="Kollegans text."))
    late = reader.submit(page, action=action, status=409, **point_fields(sent, text="Min text."))
    assert "Kollegans text." in late.text
    assert "Min text." in late.text
    assert db.scalars(select(Answer)).one().text == "Kollegans text."
    reader.submit(late, action=action, status=303)
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Answer)).one().text == "Min text."


def test_without_scripts_what_is_typed_at_other_points_is_saved_too(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    advice = f"p{sent.advice.id.hex}-"
    fields = point_fields(sent, text="Vi håller med.", stance="agrees") | {f"{advice}text": "Bra idé."}
    reader.submit(reader.get(sent.address), action=f"points/{sent.deficiency.id}", status=303, **fields)
    saved = {answer.finding_id: answer.text for answer in db.scalars(select(Answer))}
    assert saved == {sent.deficiency.id: "Vi håller med.", sent.advice.id: "Bra idé."}


def test_a_measure_begun_at_another_point_is_kept_and_its_fault_is_told(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    fields = point_fields(sent, text="Vi håller med.", description="Vi bemannar.", owner="")
    fields |= {f"p{sent.advice.id.hex}-text": "Bra idé."}
    page = reader.submit(reader.get(sent.address), action=f"points/{sent.advice.id}", status=422, **fields)
    assert all(typed in page.text for typed in ("Vi håller med.", "Vi bemannar.", "Bra idé."))
    assert db.scalars(select(Answer)).all() == [], "all of the page is stored, or nothing"
    whole = point_fields(sent, owner="Chefen", due_on="2026-05-15")
    reader.submit(page, action=f"points/{sent.advice.id}", status=303, **whole)
    db.rollback()
    db.expire_all()
    assert len(db.scalars(select(Answer)).all()) == 2
    assert db.scalars(select(Measure)).one().owner == "Chefen"


def test_a_point_that_nobody_touched_is_not_written_over_what_a_colleague_wrote_there(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    old = reader.get(sent.address)
    colleague = point_fields(sent, text="Kollegans text.", stance="agrees")
    reader.submit(reader.get(sent.address), action=f"points/{sent.deficiency.id}", status=303, **colleague)
    advice = {f"p{sent.advice.id.hex}-text": "Bra idé."}
    reader.submit(old, action=f"points/{sent.advice.id}", status=303, **advice)
    saved = {answer.finding_id: answer.text for answer in db.scalars(select(Answer))}
    assert saved == {sent.deficiency.id: "Kollegans text.", sent.advice.id: "Bra idé."}


def test_a_faulty_measure_loses_nothing(reader: Browsing, sent: SentLetter, db: Session) -> None:
    fields = point_fields(
        sent, text="Vi håller med.", description="Vi bemannar.", owner="", due_on="2026-05-15"
    )
    page = reader.submit(
        reader.get(sent.address), action=f"points/{sent.deficiency.id}", status=422, **fields
    )
    assert "Vi håller med." in page.text
    assert "Vi bemannar." in page.text
    assert "vem som ansvarar" in page.text
    assert db.scalars(select(Measure)).all() == []


@pytest.mark.parametrize("day", ["2062-05-15", "den femtonde"])
def test_a_day_that_cannot_be_meant_is_refused(reader: Browsing, sent: SentLetter, day: str) -> None:
    fields = point_fields(sent, description="Vi bemannar.", owner="Chefen", due_on=day)
    page = reader.submit(
        reader.get(sent.address), action=f"points/{sent.deficiency.id}", status=422, **fields
    )
    assert day in page.html


def test_two_hundred_thousand_characters_come_back_with_a_message(reader: Browsing, sent: SentLetter) -> None:
    fields = point_fields(sent, text="ö" * 100_000)
    page = reader.submit(
        reader.get(sent.address), action=f"points/{sent.deficiency.id}", status=422, **fields
    )
    assert "ö" * 100_000 in page.html


def test_a_measure_is_changed_and_removed_until_the_answer_is_sent(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    answer_everything(reader, sent)
    measure = db.scalars(select(Measure)).one()
    name = f"m{measure.id.hex}-"
    page = reader.get(sent.address)
    action = f"measures/{measure.id}"
    faulty = reader.submit(
        page, action=action, status=422, **{f"{name}description": " ", f"{name}owner": "Bo"}
    )
    assert "Bo" in faulty.html
    reader.submit(page, action=action, status=303, **{f"{name}description": "Vi anställer."})
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Measure)).one().description == "Vi anställer."
    reader.submit(reader.get(sent.address), action=f"{action}/remove", status=303)
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Measure)).all() == []


def test_advice_takes_words_and_no_measures(reader: Browsing, sent: SentLetter, db: Session) -> None:
    name = f"p{sent.advice.id.hex}-"
    reader.post(sent.point(sent.advice), status=303, **{f"{name}text": "Bra idé.", f"{name}version": "0"})
    reader.post(
        f"{sent.point(sent.advice)}/measures",
        status=409,
        **{
            f"{name}description": "X",
            f"{name}owner": "Y",
            f"{name}due_on": "2026-05-15",
            f"{name}version": "1",
        },
    )
    assert db.scalars(select(Measure)).all() == []


def test_what_is_lacking_is_explained_and_nothing_is_sent(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    page = reader.get(f"{sent.address}/send")
    assert "Nätterna är otrygga" in page.text
    assert "minst en åtgärd" in page.text
    reader.post(f"{sent.address}/send", status=409)
    assert db.get_one(Letter, sent.letter.id).answers_sent_at is None


def test_a_sent_answer_is_read_only_and_the_receipt_says_what_happens_next(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    answer_everything(reader, sent)
    reader.submit(reader.get(f"{sent.address}/send"), action="/send", status=303)
    db.rollback()
    db.expire_all()
    assert db.get_one(Letter, sent.letter.id).answers_sent_by_id == sent.provider.id
    assert "frågar också barnen" in reader.get(f"{sent.address}/receipt").text
    page = reader.get(sent.address)
    assert "Vi schemalägger fast personal." in page.text
    assert f"points/{sent.deficiency.id}" not in page.html
    reader.post(sent.point(sent.deficiency), status=409, **point_fields(sent, text="Mer.", version="1"))
    measure = db.scalars(select(Measure)).one()
    reader.post(f"{sent.address}/measures/{measure.id}/remove", status=409)
    assert reader.get(f"{sent.address}/send", status=303).location == f"{sent.address}/receipt"
    assert db.scalar(select(Event.kind).where(Event.kind == EventKind.ANSWERS_SENT))


def test_a_receipt_comes_after_sending(reader: Browsing, sent: SentLetter) -> None:
    assert reader.get(f"{sent.address}/receipt", status=303).location == f"{sent.address}/send"


def test_an_empty_list_says_what_will_stand_there(client: Browsing, db: Session) -> None:
    nobody = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    db.commit()
    client.sign_in_as(nobody)
    assert "Inget brev har kommit än" in client.get("/letters").text


def test_one_save_keeps_all_that_is_typed_on_the_page(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    """Without scripts nothing that is typed is lost on the way to the page where the answer is sent."""
    page = reader.get(sent.address)
    fields = point_fields(sent, stance="agrees", text="Vi håller med.", description="Fast personal.",
                          owner="Verksamhetschefen", due_on="2026-05-15")  # fmt: skip
    fields |= {f"p{sent.advice.id.hex}-text": "Det provar vi."}
    answer = reader.submit(page, action="/points", status=303, **fields)
    assert answer.location.endswith(sent.address)
    assert sorted(one.text for one in db.scalars(select(Answer))) == ["Det provar vi.", "Vi håller med."]
    assert db.scalars(select(Measure)).one().description == "Fast personal."
    assert "Allt som du har skrivit är sparat" in reader.get(sent.address).text


def test_to_look_through_saves_first_and_stays_when_something_is_wrong(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    page = reader.get(sent.address)
    on = reader.submit(
        page,
        action="/points",
        status=303,
        look_through="1",
        **point_fields(sent, text="Vi delar inte bilden."),
    )
    assert on.location.endswith(f"{sent.address}/send")
    assert "Vi delar inte bilden." in reader.get(f"{sent.address}/send").text
    page = reader.get(sent.address)
    stays = reader.submit(
        page, action="/points", status=422, look_through="1",
        **point_fields(sent, text="Ny text.", description="Halv åtgärd"),
    )  # fmt: skip
    assert "Ny text." in stays.text and "Halv åtgärd" in stays.text
    assert db.scalars(select(Answer)).one().text == "Vi delar inte bilden."
