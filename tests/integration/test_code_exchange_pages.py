"""The page and the command that exchange codes: what leaves is logged, what is wrong is told in one's language."""

import os
import secrets
from io import BytesIO
from pathlib import Path

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.builders import inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.integration.coded_cases import coded_case, foreign, marked
from tests.integration.test_command_line import run
from tillsyn.inspect.exchange.refi_qda_read import read_exchange
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole


def page_of(case: Inspection) -> str:
    return f"/inspections/{case.dnr}/coding/exchange"


def send(browser: Browsing, address: str, content: bytes | None) -> TestResponse:
    """Upload a file as the page's form does."""
    raw = secrets.token_hex(20)
    with browser.http.session_transaction() as kept:
        kept["csrf_token"] = raw
    with browser.app.test_request_context():
        session["csrf_token"] = raw
        token = str(generate_csrf())
    data: dict[str, object] = {"csrf_token": token}
    if content is not None:
        data["file"] = (BytesIO(content), "study.qdpx")
    return browser.http.post(address, data=data, content_type="multipart/form-data")


def entered(client: Browsing, db: Session, case: Inspection) -> None:
    db.commit()
    client.sign_in_as(db.get_one(User, inspector_of(case).user_id))


def test_the_case_and_the_code_book_are_downloaded_and_the_log_tells_of_it(
    client: Browsing, db: Session
) -> None:
    case, _, _ = coded_case(db)
    entered(client, db, case)
    page = client.get(page_of(case))
    assert "Det kodade ärendet (QDPX)" in page.text
    whole = client.http.get(f"{page_of(case)}/project.qdpx?language=en")
    assert (
        whole.mimetype == "application/zip" and f'"{case.dnr}.qdpx"' in whole.headers["Content-Disposition"]
    )
    assert read_exchange(whole.data).codes[-2].name == "Severity 0–4"
    book = client.http.get(f"{page_of(case)}/codes.qdc")
    assert read_exchange(book.data).codes[0].name == "Trygghet och säkerhet"
    db.rollback()
    found = db.scalars(select(Event).where(Event.kind == EventKind.CODES_EXPORTED).order_by(Event.id)).all()
    assert [event.details for event in found] == [{"format": "qdpx"}, {"format": "qdc"}]
    assert {event.inspection_id for event in found} == {case.id}


def test_a_project_of_another_program_is_imported_and_what_it_meant_is_told(
    client: Browsing, db: Session
) -> None:
    case = make_inspection(db, state=State.WEIGHING)
    entered(client, db, case)
    content = foreign(selections=marked(15, 30, "natten", "3") + marked(0, 14, "Lärare", number=2))
    page = client.check(send(client, page_of(case), content), page_of(case), 200)
    for words in (
        "Filen är inläst",
        "1 text, 1 uppgift, 2 avsnitt, 1 bedömning",
        "Trygghet / Lärare",
        "Kim K",
        "3 Allvarlig",
    ):
        assert words in page.text, words
    again = client.check(send(client, page_of(case), content), page_of(case), 200)
    assert "Filen finns redan här" in again.text
    assert "d1" in client.get(f"/inspections/{case.dnr}/evidence").text


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "ligger utanför texten"), ("en", "lies outside the text")]
)
def test_a_file_with_faults_is_refused_with_all_of_them(
    client: Browsing, db: Session, language: str, words: str
) -> None:
    case = make_inspection(db, state=State.WEIGHING)
    db.get_one(User, inspector_of(case).user_id).language = language
    entered(client, db, case)
    content = foreign(selections=marked(0, 900, "natten") + marked(0, 3, "gone", number=2))
    page = client.check(send(client, page_of(case), content), page_of(case), 422)
    assert words in page.text and "TextSource[1]/PlainTextSelection[1]" in page.text
    for wrong in (None, b"", b"PK\x03\x04 no zip", b"<a/>", b"\xff\xfe"):
        client.check(send(client, page_of(case), wrong), page_of(case), 422)


def test_a_peer_reviewer_sees_that_new_texts_are_for_the_inspectors(client: Browsing, db: Session) -> None:
    peer = make_user(db, Role.PEER_REVIEWER)
    case = make_inspection(db, state=State.WEIGHING, team={TeamRole.PEER_REVIEWER: peer})
    db.commit()
    client.sign_in_as(peer)
    assert "Inga nya texter" in client.get(page_of(case)).text
    page = client.check(send(client, page_of(case), foreign()), page_of(case), 422)
    assert "Be en av dem" in page.text


# --- The command -------------------------------------------------------------------------------


@pytest.fixture
def machine(own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: Session) -> Path:
    """Settings of a machine whose database has the case that the test commits."""
    from tests.integration.conftest import DATA_KEY

    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    return tmp_path


def test_the_command_exports_and_imports(
    client: Browsing, db: Session, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, first, _ = coded_case(db)
    email = db.get_one(User, first.user_id).email
    db.commit()
    out = machine / "out.qdpx"
    exported = run(
        capsys, "codes", "export", case.dnr, "--output", str(out), "--language", "en", "--as", email
    )
    assert exported[0] == 0, exported
    assert read_exchange(out.read_bytes()).name == case.dnr
    code, told, _ = run(capsys, "codes", "import", case.dnr, str(out), "--as", email)
    assert code == 0 and told.splitlines() == [
        f"{case.dnr}: 0 texts, 0 statements, 0 passages, 0 judgements and 0 memos added",
        f"{case.dnr}: codes without a theme here: Rädsla, Skola / Lärare",
    ]
    assert (
        run(capsys, "codes", "import", case.dnr, str(out))[1]
        == f"{case.dnr}: already here, nothing changed\n"
    )
    book = machine / "book.qdc"
    assert run(capsys, "codes", "book", "--output", str(book))[0] == 0 and book.read_bytes().startswith(
        b"<?xml"
    )
    assert run(capsys, "codes", "export", "2099-1", "--output", str(out), "--as", email)[0] == 1


def test_the_command_tells_every_fault_in_one_line_each(
    client: Browsing, db: Session, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = make_inspection(db, state=State.WEIGHING)
    db.commit()
    wrong = machine / "wrong.qdpx"
    wrong.write_bytes(foreign(selections=marked(9, 3, "natten") + "\n" + marked(0, 3, "gone", number=2)))
    code, out, err = run(capsys, "codes", "import", case.dnr, str(wrong))
    assert code == 2 and out == ""
    lines = err.splitlines()
    assert (
        lines[0]
        == "wrong.qdpx:13: Sources[1]/TextSource[1]/PlainTextSelection[1]: slutar (3) innan den börjar (9)"
    )
    assert lines[1].startswith("wrong.qdpx:14: ") and lines[2].startswith("Filen kan inte läsas in")
