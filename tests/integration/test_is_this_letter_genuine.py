"""The public page "Is this letter genuine?": what it tells, what it never tells, and how often one may ask."""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing, Page
from tests.integration.sent_letters import SentLetter, make_sent_letter
from tillsyn.inspect.app import RequestInMemory, Tillsyn
from tillsyn.inspect.i18n import translate
from tillsyn.inspect.rules.letter_numbers import new_number, read_number
from tillsyn.inspect.services.recognise_letter import LIMIT_PER_ORIGIN, WINDOW
from tillsyn.inspect.web.genuine import MOST_BYTES
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.letters import LetterVersion
from tillsyn.models.people import SignInAttempt

YES_FILE, YES_NUMBER = "Ja, det här brevet har vi skickat", "Ja, vi har skickat ett brev med det här numret"
NO = "Nej, det här känner vi inte igen"
NEWER = "Det finns en nyare version"
FILES = {
    "pdf": b"%PDF-1.7 the letter as it was sent",
    "html": b"<!doctype html><p>the letter as it was sent",
    "docx": b"PK\x03\x04 the letter as it was sent",
}


@dataclass
class Sent:
    case: SentLetter
    version: LetterVersion


@pytest.fixture
def sent(db: Session) -> Sent:
    """A letter that was sent, in Swedish, with all three files."""
    case = make_sent_letter(db)
    version = db.scalars(
        select(LetterVersion).where(LetterVersion.letter_id == case.letter.id, LetterVersion.language == "sv")
    ).one()
    version.sent_at = NOW
    for form, data in FILES.items():
        setattr(version, form, data)
        setattr(version, f"{form}_sha256", hashlib.sha256(data).hexdigest())
    db.commit()
    return Sent(case, version)


def replaced_by(db: Session, sent: Sent, sent_at: datetime | None) -> None:
    """A newer version of the letter."""
    old = sent.version
    db.add(
        LetterVersion(
            letter_id=old.letter_id, language="sv", number=old.number + 1, letter_number=new_number(_FIRST),
            content=old.content, content_sha256="5" * 64, pdf=b"%PDF-", pdf_sha256="6" * 64,
            html_sha256="7" * 64, at=NOW, by_id=old.by_id, sent_at=sent_at,
        )
    )  # fmt: skip
    db.commit()


_FIRST: Callable[[str], str] = lambda signs: signs[0]  # noqa: E731


def ask(client: Browsing, number: str, status: int = 200) -> Page:
    return client.check(client.http.post("/genuine?language=sv", data={"number": number}), "/genuine", status)


MULTIPART = "multipart/form-data; boundary=here"


def multipart(data: bytes, name: str = "brev.pdf") -> bytes:
    head = f'--here\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + data + b"\r\n--here--\r\n"


def upload(client: Browsing, data: bytes, status: int = 200, name: str = "brev.pdf") -> Page:
    """Without the test client's own forms: those lay large files on the disk."""
    answer = client.http.post("/genuine?language=sv", data=multipart(data, name), content_type=MULTIPART)
    return client.check(answer, "/genuine", status)


@pytest.mark.parametrize("form", FILES)
def test_each_file_of_a_sent_letter_is_known_and_a_changed_one_is_not(
    client: Browsing, sent: Sent, form: str
) -> None:
    page = upload(client, FILES[form])
    assert YES_FILE in page.text
    assert (
        translate("sv", LetterKind.FEEDBACK.title) in page.text
        and "10 mars 2026" in page.text
        and NEWER not in page.text
    )
    assert NO in upload(client, FILES[form] + b" ").text


def test_the_number_is_known_as_people_write_it_and_says_less_than_the_file(
    client: Browsing, sent: Sent
) -> None:
    page = ask(client, sent.version.letter_number.lower().replace("-", " "))
    assert YES_NUMBER in page.text and "ett nummer går att kopiera" in page.text


def test_nothing_is_told_but_the_kind_the_day_and_whether_it_is_replaced(
    client: Browsing, db: Session, sent: Sent
) -> None:
    inspection = sent.case.inspection
    replaced_by(db, sent, NOW)
    for page in (ask(client, sent.version.letter_number), upload(client, FILES["pdf"])):
        assert NEWER in page.text
        told = page.html.replace(sent.version.letter_number, "")
        for secret in (
            inspection.dnr, inspection.home.name, inspection.home.provider.name, inspection.title,
            str(inspection.id), str(sent.case.letter.id), str(sent.version.id), "Ingrid", "Doris",
            new_number(_FIRST),
        ):  # fmt: skip
            assert secret not in told, secret


def without_values(page: Page) -> str:
    """The page without what its fields hold: the number asked for, and a token that tells the second, which
    stands for the scripts as well.
    """
    return re.sub(r'(?:value|name="csrf-token" content)="[^"]*"', "", page.html)


def test_a_letter_that_is_not_sent_is_unknown_in_the_same_words_as_one_that_does_not_exist(
    client: Browsing, db: Session, sent: Sent
) -> None:
    """An inspection that is planned must not be betrayed (OSL 17 kap. 1 §)."""
    number = sent.version.letter_number
    sent.version.sent_at = None
    db.commit()
    typo = number[:-1] + ("2" if number[-1] != "2" else "3")
    assert read_number(typo) is None
    answers = [
        ask(client, number),
        ask(client, new_number(_FIRST)),
        ask(client, typo),
        ask(client, "2026-01342"),
    ]
    assert len({without_values(page) for page in answers}) == 1 and NO in answers[0].text
    files = [upload(client, FILES["pdf"]), upload(client, b"%PDF-1.7 another")]
    assert len({without_values(page) for page in files}) == 1


def test_a_newer_version_that_is_not_sent_is_not_told_of(client: Browsing, db: Session, sent: Sent) -> None:
    replaced_by(db, sent, None)
    assert NEWER not in ask(client, sent.version.letter_number).text


def test_numbers_cannot_be_tried_in_masses_and_others_are_not_disturbed(
    client: Browsing, app: Tillsyn, db: Session, sent: Sent
) -> None:
    app.config["CLOCK"] = lambda: NOW
    for attempt in range(LIMIT_PER_ORIGIN):
        answer = client.http.post("/genuine", data={"number": f"F-{attempt:05}-22222"})
        assert answer.status_code == 200
    refused = client.http.post("/genuine?language=sv", data={"number": sent.version.letter_number})
    assert refused.status_code == 429
    html = refused.get_data(as_text=True)
    assert "Vänta 15 minuter" in html and YES_NUMBER not in html
    elsewhere = client.http.post(
        "/genuine?language=sv",
        data={"number": sent.version.letter_number},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert YES_NUMBER in elsewhere.get_data(as_text=True)
    kept = db.scalars(select(SignInAttempt)).all()
    assert len(kept) == LIMIT_PER_ORIGIN and all(b"127.0.0.1" not in one.origin_hash for one in kept)
    app.config["CLOCK"] = lambda: NOW + WINDOW + timedelta(seconds=1)
    assert YES_NUMBER in ask(client, sent.version.letter_number).text
    db.rollback()
    assert db.scalars(select(SignInAttempt)).all() == []


def test_what_is_asked_leaves_no_trace_in_the_log(client: Browsing, db: Session, sent: Sent) -> None:
    before = len(db.scalars(select(Event.id)).all())
    ask(client, sent.version.letter_number)
    upload(client, FILES["pdf"])
    assert len(db.scalars(select(Event.id)).all()) == before


def test_what_is_too_large_or_no_letter_is_said_clearly(client: Browsing) -> None:
    large = b"%PDF-" + b"0" * MOST_BYTES
    assert "större än 3 MB" in upload(client, large, 413).text
    assert "större än 3 MB" in upload(client, large + b"0" * 2 * 1024 * 1024, 413).text
    assert "varken PDF" in upload(client, b"\x89PNG\r\n\x1a\n", 422, "bild.png").text
    assert "Välj filen med brevet" in upload(client, b"", 422).text
    assert "Skriv numret" in ask(client, "", 422).text


def test_an_uploaded_file_never_touches_the_disk(app: Tillsyn) -> None:
    body = multipart(b"%PDF-" + b"0" * 1024 * 1024)
    with app.test_request_context("/genuine", method="POST", data=body, content_type=MULTIPART) as context:
        assert isinstance(context.request, RequestInMemory)
        assert isinstance(context.request.files["file"].stream, io.BytesIO)


def test_it_works_without_a_cookie_and_without_a_token(client: Browsing, sent: Sent) -> None:
    fresh = client.app.test_client(use_cookies=False)
    answer = fresh.post("/genuine?language=en", data={"number": sent.version.letter_number})
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert '<html lang="en"' in html and "Yes, we have sent a letter with this number" in html
    stale = client.http.post("/genuine", data={"number": "x", "csrf_token": "from another session"})
    assert stale.status_code == 200


def test_every_page_leads_there(client: Browsing) -> None:
    assert 'href="/genuine"' in client.get("/sign-in").html
