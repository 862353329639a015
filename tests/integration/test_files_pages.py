"""Pages of files: a photo is added, shown to those who may, never run; what is hostile gets a clear answer."""

from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.builders import NOW, inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing, Page
from tests.integration.test_files_of_a_case import PDF, SECRET, SOUND, Case, photo
from tillsyn.inspect.rules.files import LARGEST_SENT, FileQuota
from tillsyn.inspect.services.add_evidence import add_evidence
from tillsyn.models.base import new_id
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.uploads import Upload
from tillsyn.models.vocabulary import EvidenceKind, Role, State, TeamRole


class Desk:
    """An inspector at a page of evidence."""

    def __init__(self, client: Browsing, db: Session, **values: object) -> None:
        self.client, self.db = client, db
        self.lawyer = make_user(db, Role.LAWYER)
        self.case: Inspection = make_inspection(db, team={TeamRole.LAWYER: self.lawyer}, **values)  # type: ignore[arg-type]
        self.actor = inspector_of(self.case)
        self.item = add_evidence(
            db, actor=self.actor, inspection=self.case, kind=EvidenceKind.DOCUMENT, title="Rutin", now=NOW
        )  # fmt: skip
        db.commit()
        client.sign_in_as(db.get_one(User, self.actor.user_id))

    @property
    def page(self) -> str:
        return f"/inspections/{self.case.dnr}/evidence/{self.item.id}"

    def send(
        self, content: bytes, name: str = "scan.jpg", title: str = "Sidan 1", **more: str
    ) -> TestResponse:
        """As a browser writes the form; all in memory."""
        values = {"csrf_token": self.client._token(), "title": title, "upload_id": str(new_id())} | more
        pieces = [
            f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in values.items()
        ]
        called = name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
        head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{called}"\r\n'
        body = b"".join([*pieces, head.encode(), b"Content-Type: x/y\r\n\r\n", content, b"\r\n--edge--\r\n"])
        return self.client.http.post(
            f"{self.page}/add-file", data=body, content_type="multipart/form-data; boundary=edge"
        )

    def refused(self, content: bytes, **more: str) -> Page:
        return self.client.check(self.send(content, **more), f"{self.page}/add-file", 422)

    def upload(self) -> Upload:
        self.db.rollback()
        return self.db.scalars(select(Upload)).one()


@pytest.fixture
def desk(client: Browsing, db: Session) -> Desk:
    return Desk(client, db)


def test_a_photo_is_added_and_stands_on_the_page_of_its_source(desk: Desk) -> None:
    form = desk.client.get(f"{desk.page}/add-file")
    assert "högst 25 MB" in form.text and "aldrig människor" in form.text
    assert desk.send(photo()).status_code == 303
    shown = desk.client.get(desk.page)
    address = f"/inspections/{desk.case.dnr}/files/{desk.upload().id}"
    assert f'src="{address}"' in shown.html and "Sidan 1" in shown.text
    assert "Plats, tid och kamera är borttagna" in shown.text
    answer = desk.client.http.get(address)
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    assert SECRET.encode() not in answer.data
    with Image.open(BytesIO(answer.data)) as picture:
        assert picture.size == (80, 60)


def test_a_file_is_never_a_page_of_ours_and_each_opening_is_logged(desk: Desk) -> None:
    desk.send(PDF, "x.pdf")
    upload = desk.upload()
    answer = desk.client.http.get(f"/inspections/{desk.case.dnr}/files/{upload.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment;") and answer.data == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    desk.db.rollback()
    read = desk.db.scalars(select(Event).where(Event.kind == EventKind.FILE_READ)).one()
    assert read.details == {"upload": str(upload.id), "part": ""} and read.actor_id == desk.actor.user_id


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "a\x00b.pdf", "rad\r\nSet-Cookie: x=1", "<script>.pdf", "å" * 5000, ""]
)
def test_what_a_file_is_called_is_neither_used_nor_kept(desk: Desk, name: str) -> None:
    answer = desk.send(PDF, name or "x", title="")
    assert answer.status_code == 303
    upload = desk.upload()
    assert upload.title == ""
    shown = desk.client.get(desk.page)
    assert "PDF-dokument 1" in shown.text and "script" not in shown.text and "passwd" not in shown.html


def test_what_is_not_taken_in_is_told_and_the_title_stays(desk: Desk) -> None:
    for content, words in (
        (b"<html><script>alert(1)</script>", "Här tas bara foton"),
        (b"GIF89a" + bytes(100), "Här tas bara foton"),
        (SOUND, "Här tas bara foton"),
        (b"\xff\xd8\xff" + bytes(500), "går inte att läsa"),
        (b"", "Filen är tom"),
    ):
        page = desk.refused(content, title="Min titel")
        assert words in page.text and 'value="Min titel"' in page.html, words
    assert "Välj filen först" in desk.client.post(f"{desk.page}/add-file", status=422, title="x").text
    long = desk.refused(PDF, title="x" * 201)
    assert "201" in long.text and "x" * 201 in long.html
    desk.db.rollback()
    assert desk.db.scalars(select(Upload)).all() == []


def test_200_megabytes_get_a_clear_answer_and_the_rest_of_the_form_stays(desk: Desk) -> None:
    page = desk.refused(b"%PDF-1.7" + bytes(200 * 1024 * 1024), title="Stor pärm")
    assert "Filen är på 201 MB. Högst 25 MB tas emot." in page.text and 'value="Stor pärm"' in page.html


def test_the_largest_file_that_is_taken_in_is_taken_in(desk: Desk) -> None:
    assert desk.send(b"%PDF-1.7" + bytes(LARGEST_SENT - 8)).status_code == 303
    assert desk.upload().parts == 25
    assert "at most 25 MB" not in desk.client.get(desk.page).text


def test_only_this_form_and_only_the_signed_in_may_send_much(desk: Desk) -> None:
    large = bytes(5 * 1024 * 1024)
    form = {"data": large, "content_type": "application/x-www-form-urlencoded"}
    assert desk.client.http.post("/language", **form).status_code == 413  # type: ignore[arg-type]
    desk.client.sign_out()
    assert desk.client.http.post(f"{desk.page}/add-file", **form).status_code in (401, 413)  # type: ignore[arg-type]


def test_the_same_form_sent_twice_makes_one_file(desk: Desk) -> None:
    upload_id = str(new_id())
    for _twice in range(2):
        assert desk.send(PDF, upload_id=upload_id).status_code == 303
    assert desk.upload().id == UUID(upload_id)


def test_where_there_is_no_room_the_page_says_so_and_keeps_what_was_typed(desk: Desk, app: Flask) -> None:
    app.extensions["tillsyn_sessions"].configure(info={"file_quota": FileQuota(case=1000, day=1000)})
    page = desk.refused(PDF, title="Bemanningsschemat")
    assert "Filen får inte plats" in page.text
    assert 'value="Bemanningsschemat"' in page.html


def test_those_who_read_see_files_and_change_nothing(desk: Desk) -> None:
    desk.send(PDF)
    upload = desk.upload()
    desk.client.sign_in_as(desk.lawyer)
    page = desk.client.get(desk.page)
    assert "Sidan 1" in page.text and "add-file" not in page.html and "set-aside" not in page.html
    assert desk.client.http.get(f"/inspections/{desk.case.dnr}/files/{upload.id}").data == PDF
    assert desk.send(PDF).status_code == 403


def test_a_file_of_another_case_is_not_here(desk: Desk) -> None:
    desk.send(PDF)
    upload = desk.upload()
    other = make_inspection(desk.db, team={TeamRole.INSPECTOR: desk.db.get_one(User, desk.actor.user_id)})
    desk.db.commit()
    desk.client.get(f"/inspections/{other.dnr}/files/{upload.id}", status=404)
    desk.client.get(f"/inspections/{desk.case.dnr}/files/{new_id()}", status=404)


def test_a_file_is_set_aside_with_a_reason_and_is_shown_no_more(desk: Desk) -> None:
    desk.send(photo())
    address = f"/inspections/{desk.case.dnr}/files/{desk.upload().id}/set-aside"
    form = desk.client.get(address)
    assert "finns kvar i ärendet" in form.text
    assert "Skriv varför" in desk.client.submit(form, status=422, reason=" ").text
    desk.client.submit(form, status=303, reason="Ett ansikte syns i spegeln.")
    page = desk.client.get(desk.page)
    assert "Ett ansikte syns i spegeln." in page.text and "<img" not in page.html


def test_nothing_is_added_when_nothing_is_recorded_any_more(client: Browsing, db: Session) -> None:
    desk = Desk(client, db)
    db.rollback()
    desk.case.state = State.REVIEW
    db.commit()
    assert "add-file" not in client.get(desk.page).html
    assert "lämnats över" in desk.refused(PDF).text or "Ta tillbaka" in desk.refused(PDF).text


def test_a_recording_stands_on_the_page_of_its_talk_with_its_interruptions(
    client: Browsing, db: Session
) -> None:
    case = Case(db)
    parts = [SOUND + b"1", SOUND + b"2"]
    breaks = [
        {"at": 62, "seconds": 12},
        {"at": 180, "seconds": 0},
    ]
    upload = case.recording(parts, interruptions=breaks)
    case.send(upload, 1, parts[0])
    case.send(upload, 2, parts[1])
    db.commit()
    client.sign_in_as(db.get_one(User, case.actor.user_id))
    page = client.get(f"/inspections/{case.inspection.dnr}/talks/{case.talk.id}")
    assert "samma sekretess som anteckningarna" in page.text
    assert "Efter 1:02: inget spelades in under 12 sekunder." in page.text
    assert "Efter 3:00: inspelningen bröts och fortsatte inte." in page.text
    address = f"/inspections/{case.inspection.dnr}/files/{upload.id}"
    assert page.html.count("<audio") == 2 and f'src="{address}/2"' in page.html
    heard = client.http.get(f"{address}/2")
    assert heard.data == parts[1] and heard.mimetype == "audio/webm"
    assert client.http.get(address).data == b"".join(parts)
    client.get(f"{address}/3", status=404)


def test_the_pages_speak_english_too(desk: Desk) -> None:
    desk.send(photo())
    desk.db.rollback()
    desk.client.language = "en"
    desk.db.get_one(User, desk.actor.user_id).language = "en"
    desk.db.commit()
    assert "Photos and files" in desk.client.get(desk.page).text
    page = desk.refused(b"GIF89a" + bytes(50))
    assert "Only photos (JPEG, PNG or WebP) and PDFs" in page.text
