"""What is sealed is read on pages, and stands in clear nowhere else: the marker test.

A word is put into every sealed text of the rich authority. Then every page is read, every form is sent with the
word in it, and every job is done; and whatever was written on the way is searched: addresses, titles, headers,
mail, the log of the program and its events, the database's files, a backup, temporary files, the instance folder.
"""

import base64
import json
import logging
import re
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from tests.integration.rich_site import DATA_KEY, FULLEST, RichSite
from tests.integration.sealed_words import WORD, files_with, holds, put_into_every_sealed_text
from tests.integration.test_attacks_on_forms import senders
from tests.integration.test_every_page import visitors_of
from tests.integration.who_may import MAY, NOBODY_HERE, SIGNED_OUT
from tests.rich_account import MARKER
from tillsyn.inspect.cli import main
from tillsyn.models.assessments import AreaAssessment
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection

NOTHING_THERE = {
    "arrived_notes.content",  # waits only until it is taken into its case
    "quarantined_ops.content",  # single words
    "communications.draft", "reply_points.english", "interviews.feedback_channel", "residents.outcome_note",
    "inspections.no_staff_reason", "state_changes.reason",
    "disclosure_requests.reasons", "disclosure_requests.remark", "codings.reason", "outcome_grounds.weighed", "kept_texts.steps", "paragraphs.vouched",
}  # fmt: skip
"""Sealed texts of which the rich authority has none."""
WRITTEN = ("text", "reason", "note", "why", "said", "what", "description", "name", "title", "place", "owner",
           "reply", "opinion", "content", "remark", "record", "attempt", "decision", "assessment", "search",
           "email", "password", "code", "number", "subject", "strengths", "worries", "other", "q")  # fmt: skip


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test's own."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


@pytest.fixture
def spoken(rich: RichSite) -> RichSite:
    """The rich site with the word in every sealed text."""
    with rich.db() as db:
        _, without = put_into_every_sealed_text(db, WORD)
        db.commit()
    assert without <= NOTHING_THERE, f"the rich authority has nothing in {sorted(without - NOTHING_THERE)}"
    return rich


def around(answer: TestResponse) -> str:
    """What an answer shows to others than its reader: address, headers, title, links and where they lead."""
    html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    title = "".join(re.findall(r"<title>(.*?)</title>", html, re.S))
    links = "".join(re.findall(r'(?:href|action|formaction|src)="([^"]*)"', html))
    return f"{answer.request.url}{answer.headers}{title}{links}"


def test_no_page_shows_it_around_itself_and_no_log_keeps_it(
    spoken: RichSite, caplog: pytest.LogCaptureFixture, temporary: Path
) -> None:
    read, wrong = 0, []
    with caplog.at_level(logging.DEBUG):
        for rule in spoken.rules("GET"):
            readers = visitors_of(rule)
            if MAY[rule.endpoint] == NOBODY_HERE:
                continue
            for who, case in ((readers[0], FULLEST), (readers[-1], FULLEST), (readers[0], "other_talks")):
                address = spoken.address(rule, case)
                if address is None or (case != FULLEST and "dnr" not in rule.arguments):
                    continue
                answer = spoken.as_(None if who == SIGNED_OUT else who).http.get(address)
                read += WORD in answer.get_data(as_text=True) if answer.mimetype == "text/html" else 0
                if WORD in around(answer):
                    wrong.append(f"{who} {address} ({rule.endpoint})")
        for who in ("inspector_outside", "administrator", "log_reviewer", "provider", None):
            for rule in spoken.rules("GET"):
                if "dnr" in rule.arguments:
                    answer = spoken.as_(who).http.get(str(spoken.address(rule)))
                    if WORD in answer.get_data(as_text=True):
                        wrong.append(f"{who} reads it at {rule.rule}")
    assert not wrong, "\n".join(wrong)
    assert read > 40, "it is to be read on pages, or this test shows nothing"
    assert not holds(caplog.text.encode(), WORD)
    assert files_with(WORD, [temporary, spoken.settings.instance]) == []
    with spoken.db() as db:
        assert all(WORD not in json.dumps(event.details) for event in db.scalars(select(Event)))


def test_nothing_that_is_typed_gets_into_an_address_a_title_a_log_or_a_temporary_file(
    rich: RichSite, caplog: pytest.LogCaptureFixture, temporary: Path
) -> None:
    """Every form is sent with the word in each of the names that forms have, by form, JSON and as a file."""
    wrong = []
    with caplog.at_level(logging.DEBUG):
        for endpoint, address, who in senders(rich):
            browser = rich.as_(who)
            token = browser._token()
            typed = dict.fromkeys(WRITTEN, WORD)
            answers = (
                browser.http.post(address, data={**typed, "csrf_token": token}),
                browser.http.put(
                    address, json={"version": 0, "fields": typed}, headers={"X-CSRFToken": token}
                ),
                rich.as_(None).http.post(address, data=typed),
            )
            wrong += [
                f"{endpoint}: {answer.status_code} {answer.headers.get('Location', '')}"
                for answer in answers
                if WORD in around(answer) or answer.status_code >= 500
            ]
    assert not wrong, "\n".join(wrong)
    assert not holds(caplog.text.encode(), WORD)
    assert files_with(WORD, [temporary]) == []


def test_files_of_the_database_and_a_backup_do_not_hold_it(
    spoken: RichSite,
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    own = Path(spoken.settings.database_url.removeprefix("sqlite:///"))
    monkeypatch.setenv("TILLSYN_INSTANCE", str(spoken.settings.instance))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", spoken.settings.database_url)
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_BACKUP_PASSPHRASE", "fem ord som ingen vet")
    with spoken.db() as db:  # something is written and not yet in the main file
        db.execute(text("UPDATE homes SET name = name"))
        db.commit()
        places = [own, *own.parent.glob(f"{own.name}-*")]
        assert len(places) > 1, "the log that the database writes first is to be searched too"
        assert files_with(WORD, places) == []
    for command in (
        ["worker", "--once"],
        ["take-in"],
        ["backup", str(tmp_path / "backup")],
        ["user", "list"],
        ["settings"],
    ):
        with pytest.raises(SystemExit) as end:
            main(command)
        assert not end.value.code, command
    said = capfd.readouterr()
    assert not holds((said.out + said.err).encode(), WORD)
    assert files_with(WORD, [tmp_path / "backup", own, temporary, spoken.settings.instance]) == []
    assert (tmp_path / "backup").stat().st_size > 100_000


def test_what_use_cases_wrote_is_sealed_without_exception(rich: RichSite) -> None:
    """The marker of the rich authority was written by the use cases themselves, not by this test."""
    own = Path(rich.settings.database_url.removeprefix("sqlite:///"))
    with rich.db() as db:
        dnr = rich.made.cases[FULLEST]
        case = db.scalars(select(Inspection).where(Inspection.dnr == dnr)).one()
        assert MARKER in case.risk_note
        area = select(AreaAssessment).where(AreaAssessment.inspection_id == case.id)
        assert any(MARKER in one.own_reason for one in db.scalars(area))
    assert files_with(MARKER, [own, *own.parent.glob(f"{own.name}-*")]) == []


def test_the_search_finds_it_where_it_does_stand_in_clear(rich: RichSite, tmp_path: Path) -> None:
    """The positive control, in every form and in the database's own files."""
    for number, form in enumerate(
        (f"ett {WORD} två".encode(), f"x{WORD}".encode("utf-16-le"), f"a{WORD}".encode().hex().encode())
    ):
        (tmp_path / str(number)).write_bytes(b"\x00\x01" + form + b"\xff")
    for step in range(3):
        (tmp_path / f"b{step}").write_bytes(base64.b64encode(b"x" * step + WORD.encode() + b" och mer"))
    assert len(files_with(WORD, [tmp_path])) == 6
    own = Path(rich.settings.database_url.removeprefix("sqlite:///"))
    with rich.db() as db:
        db.execute(text("UPDATE homes SET name = :word"), {"word": WORD})
        db.commit()
        assert files_with(WORD, [own, *own.parent.glob(f"{own.name}-*")]), "in the file or in its log"
