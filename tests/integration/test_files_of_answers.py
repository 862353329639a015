"""A file to an answer: taken in by its content, cleaned, sealed; what is refused is told and nothing else lost."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.builders import make_home, make_provider, make_user
from tests.integration.browsing import Browsing, Page
from tests.integration.sent_letters import SentLetter, make_sent_letter
from tests.stand_in_scanner import EICAR, stand_in_scanner
from tillsyn.inspect.outside.virus_scan import Scanner
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letters import Measure
from tillsyn.models.provider_side import AnswerFile
from tillsyn.models.register import Home, Provider
from tillsyn.models.vocabulary import MediaType, Role, Standing

MARK = b"What the routine says about the nights"


def a_pdf(script: bool = False) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = MARK.decode()
    if script:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made = BytesIO()
    pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return made.getvalue()


def a_photo() -> bytes:
    made, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Kameran i Kvarnby"
    Image.linear_gradient("L").convert("RGB").save(made, "JPEG", exif=exif)
    return made.getvalue()


@pytest.fixture
def sent(db: Session) -> SentLetter:
    made = make_sent_letter(db)
    db.commit()
    return made


@pytest.fixture
def reader(client: Browsing, sent: SentLetter) -> Browsing:
    client.sign_in_as(sent.provider)
    return client


def attach(
    reader: Browsing,
    sent: SentLetter,
    content: bytes,
    name: str = "rutin.pdf",
    *,
    status: int = 303,
    **more: str,
) -> Page:
    """As a browser writes the form; all in memory."""
    address = f"{sent.point(sent.deficiency)}/files"
    values = {"csrf_token": reader._token()} | more
    pieces = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in values.items()
    ]
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = b"".join([*pieces, head.encode(), b"Content-Type: x/y\r\n\r\n", content, b"\r\n--edge--\r\n"])
    answer = reader.http.post(address, data=body, content_type="multipart/form-data; boundary=edge")
    return reader.check(answer, address, status)


def the_file(db: Session) -> AnswerFile:
    db.rollback()
    db.expire_all()
    return db.scalars(select(AnswerFile)).one()


def test_what_is_typed_is_saved_on_the_way_to_choosing_a_file(reader: Browsing, sent: SentLetter) -> None:
    """The file has a page of its own: whatever is wrong with it, the texts are safe by then."""
    prefix = f"p{sent.deficiency.id.hex}-"
    page = reader.get(sent.address)
    typed = {f"{prefix}stance": "agrees", f"{prefix}text": "Vi har skrivit en ny rutin.", "attach": "1"}
    chosen = reader.submit(page, action=f"/points/{sent.deficiency.id}", status=303, **typed)
    assert chosen.location == f"{sent.point(sent.deficiency)}/files"
    reader.get(chosen.location)
    attach(reader, sent, b"PK\x03\x04 zip", "allt.zip", status=422)
    assert "Vi har skrivit en ny rutin." in reader.get(sent.address).html


def test_a_pdf_is_kept_sealed_and_comes_back(reader: Browsing, sent: SentLetter, db: Session) -> None:
    content = a_pdf()
    attach(reader, sent, content, "../../Rutin\tför\u202e nätter.pdf")
    file = the_file(db)
    assert (file.name, file.media_type, file.defused) == ("Rutin för nätter.pdf", MediaType.PDF, False)
    stored = db.execute(text("SELECT content_sealed, name_sealed FROM answer_files")).one()
    assert not any(MARK in bytes(part) or b"Rutin" in bytes(part) for part in stored)
    assert "Rutin för nätter.pdf" in reader.get(sent.address).text
    answer = reader.http.get(f"{sent.address}/files/{file.id}")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_what_acts_in_a_pdf_is_taken_out_and_that_is_said(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    attach(reader, sent, a_pdf(script=True))
    file = the_file(db)
    assert file.defused and b"JavaScript" not in file.content
    assert "är borttaget" in reader.get(sent.address).text


def test_a_photo_loses_what_it_tells_of_its_place(reader: Browsing, sent: SentLetter, db: Session) -> None:
    attach(reader, sent, a_photo(), "natten.jpg")
    file = the_file(db)
    assert file.defused and b"Kvarnby" not in file.content


def png_bomb() -> bytes:
    made = BytesIO()
    Image.new("1", (12_000, 12_000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "tom.pdf", "filen tom"),
        (b"PK\x03\x04" + b"\0" * 100, "rutin.pdf", "ZIP"),
        (b"MZ\x90\0", "rutin.pdf", "program"),
        (b"<script>alert(1)</script>", "rutin.pdf", "bara foton"),
        (b"RIFF\0\0\0\0WAVE", "bild.jpg", "bara foton"),
        (b"%PDF-1.7 trasig", "rutin.pdf", "går inte att läsa"),
        (b"\xff\xd8\xff trasig", "bild.jpg", "går inte att läsa"),
        (png_bomb(), "bild.png", "miljoner"),
    ],
)
def test_what_is_not_taken_in_is_refused_in_words_and_nothing_is_kept(
    reader: Browsing, sent: SentLetter, db: Session, content: bytes, name: str, said: str
) -> None:
    page = attach(reader, sent, content, name, status=422)
    assert said in page.text
    db.rollback()
    assert db.scalar(select(AnswerFile.id)) is None


def test_no_file_chosen_is_told(reader: Browsing, sent: SentLetter) -> None:
    address = f"{sent.point(sent.deficiency)}/files"
    page = reader.check(reader.http.post(address, data={"csrf_token": reader._token()}), address, 422)
    assert "Välj en fil" in page.text


def test_two_hundred_megabytes_are_refused_in_words(reader: Browsing, sent: SentLetter, db: Session) -> None:
    page = attach(reader, sent, b"%PDF-1.7\n" + bytes(200 * 1024 * 1024), status=422)
    assert "201 MB. Högst 25 MB" in page.text
    db.rollback()
    assert db.scalar(select(AnswerFile.id)) is None


def test_the_message_is_said_in_english_too(reader: Browsing, sent: SentLetter) -> None:
    reader.speak("en")
    assert "Word, Excel or ZIP" in attach(reader, sent, b"PK\x03\x04", status=422).text


def test_a_file_that_the_scanner_calls_harmful_is_refused(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    settings = reader.app.config["SETTINGS"]
    with stand_in_scanner() as scanner:
        reader.app.config["SETTINGS"] = replace(
            settings, scanner=Scanner(host="127.0.0.1", port=scanner.port)
        )
        assert "skadlig" in attach(reader, sent, a_pdf() + EICAR, status=422).text
        attach(reader, sent, a_pdf())
        assert scanner.seen == [a_pdf() + EICAR, a_pdf()]
    assert the_file(db).scanned_at is not None


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: \0"])
def test_a_scanner_that_does_not_say_what_it_found_lets_nothing_in(
    reader: Browsing, sent: SentLetter, answer: bytes
) -> None:
    settings = reader.app.config["SETTINGS"]
    with stand_in_scanner() as scanner:
        scanner.answer = answer
        reader.app.config["SETTINGS"] = replace(
            settings, scanner=Scanner(host="127.0.0.1", port=scanner.port)
        )
        assert "Försök igen senare" in attach(reader, sent, a_pdf(), status=422).text


def test_a_scanner_that_is_not_there_lets_nothing_in(reader: Browsing, sent: SentLetter) -> None:
    with stand_in_scanner() as scanner:
        port = scanner.port
    gone = replace(reader.app.config["SETTINGS"], scanner=Scanner(host="127.0.0.1", port=port, seconds=1))
    reader.app.config["SETTINGS"] = gone
    assert "Försök igen senare" in attach(reader, sent, a_pdf(), status=422).text


def test_a_file_sent_twice_is_kept_once_and_may_be_taken_away_before_sending(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    attach(reader, sent, a_pdf())
    attach(reader, sent, a_pdf())
    file = the_file(db)
    prefix = f"p{sent.deficiency.id.hex}-"
    page = reader.get(sent.address)
    reader.submit(page, action=f"/files/{file.id}/remove", status=303, **{f"{prefix}text": "Kvar."})
    db.rollback()
    assert db.scalar(select(AnswerFile.id)) is None
    assert "Kvar." in reader.get(sent.address).html


def send_all(reader: Browsing, sent: SentLetter) -> None:
    prefix = f"p{sent.deficiency.id.hex}-"
    typed = {
        "stance": "agrees", "text": "Ja.", "description": "Två vakna varje natt.", "owner": "Föreståndaren",
        "due_on": "2026-05-15",
    }  # fmt: skip
    page = reader.get(sent.address)
    fields = {f"{prefix}{name}": value for name, value in typed.items()}
    reader.submit(page, action=f"/points/{sent.deficiency.id}", status=303, **fields)
    reader.submit(reader.get(f"{sent.address}/send"), action="/send", status=303)


def test_the_team_opens_what_is_sent_and_not_before(reader: Browsing, sent: SentLetter, db: Session) -> None:
    attach(reader, sent, a_pdf())
    file = the_file(db)
    inspector = Browsing(reader.app)
    inspector.sign_in_as(sent.inspector)
    address = f"/inspections/{sent.inspection.dnr}/answers/files/{file.id}"
    inspector.get(address, status=404)
    reader.sign_in_as(sent.provider)
    send_all(reader, sent)
    assert inspector.http.get(address).data == a_pdf()
    reader.post(f"{sent.address}/files/{file.id}/remove", status=409)
    attach(reader, sent, a_photo(), status=422)
    db.rollback()
    read = db.scalars(select(Event).where(Event.kind == EventKind.ANSWER_FILE_READ)).all()
    assert [event.actor_id for event in read] == [sent.inspector.id]


def test_the_plan_takes_reports_and_what_shows_them(reader: Browsing, sent: SentLetter, db: Session) -> None:
    send_all(reader, sent)
    measure = db.scalars(select(Measure)).one()
    plan = f"{sent.address}/plan"
    fields = {f"m{measure.id.hex}-progress": "done", f"m{measure.id.hex}-said": "Schemat gäller från i dag."}
    reader.submit(reader.get(plan), action=f"/measures/{measure.id}/report", status=303, **fields)
    attach(reader, sent, a_pdf(), "schema.pdf", measure=str(measure.id))
    page = reader.get(plan)
    assert "Schemat gäller från i dag." in page.text and "schema.pdf" in page.text
    assert "Vi följer upp varje punkt" in page.text
    late = {f"m{measure.id.hex}-progress": "delayed", f"m{measure.id.hex}-said": ""}
    assert (
        "varför det tar längre tid"
        in reader.submit(page, action=f"/measures/{measure.id}/report", status=422, **late).text
    )


def test_a_helper_writes_and_attaches_and_does_not_send(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    helper = make_user(db, Role.PROVIDER, provider_id=sent.provider.provider_id, standing=Standing.HELPER)
    db.commit()
    reader.sign_in_as(helper)
    attach(reader, sent, a_pdf())
    page = reader.get(f"{sent.address}/send")
    assert "Svaret skickas av en kollega" in page.text
    assert 'action="' + f"{sent.address}/send" not in page.html
    reader.post(f"{sent.address}/send", status=409)
    reader.sign_in_as(sent.provider)
    send_all(reader, sent)
    reader.sign_in_as(helper)
    measure = db.scalars(select(Measure)).one()
    report = f"{sent.address}/measures/{measure.id}/report"
    assert (
        "ansvarar för svaren"
        in reader.post(report, status=422, **{f"m{measure.id.hex}-progress": "done"}).text
    )


def test_nobody_elses_files_are_there(reader: Browsing, sent: SentLetter, db: Session) -> None:
    attach(reader, sent, a_pdf())
    file = the_file(db)
    other_home = make_home(db, db.get_one(Provider, sent.provider.provider_id))
    stranger = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    elsewhere = make_user(
        db,
        Role.PROVIDER,
        provider_id=sent.provider.provider_id,
        home_id=other_home.id,
        standing=Standing.MANAGER,
    )
    db.commit()
    home = db.get_one(Home, sent.inspection.home_id)
    for person in (stranger, elsewhere):
        reader.sign_in_as(person)
        for address in (f"{sent.address}/files/{file.id}", sent.address, f"{sent.address}/plan"):
            reader.get(address, status=404)
        assert home.name not in reader.get("/letters").text


def test_the_inspector_finds_the_files_beside_the_answers(
    reader: Browsing, sent: SentLetter, db: Session
) -> None:
    attach(reader, sent, a_pdf(), "Rutin.pdf")
    answers = f"/inspections/{sent.inspection.dnr}/answers"
    reader.sign_in_as(sent.inspector)
    assert "Rutin.pdf" not in reader.get(answers).text
    reader.sign_in_as(sent.provider)
    send_all(reader, sent)
    reader.sign_in_as(sent.inspector)
    page = reader.get(answers)
    assert f'href="{answers}/files/{the_file(db).id}"' in page.html and "Rutin.pdf" in page.text
