"""What a case holds is told to nobody without a part in it, by any way there is: the administrator's walk.

Every text of every case gets a word of its own (marked_words.py). Then each person without reach (administrators
first) asks for every page, sends every form, searches everywhere, meets every kind of error page, and has the
commands of the server let out what they can. What came back, and what the program logged and counted meanwhile, is
searched for all those words. Each way has its control: the same done by somebody who may does find them.
"""

import logging
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.integration.marked_words import Marks, mark_everything
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_every_page import visitors_of
from tests.integration.who_may import ANYBODY, MAY, NOBODY_HERE, READING, SIGNED_OUT
from tillsyn.inspect.app import create_app
from tillsyn.inspect.outside.log_lines import Lines
from tillsyn.inspect.rules.access import Permission
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.web.access import access
from tillsyn.inspect.web.database import db

TOKEN = "a token of the tests that is long enough"
WITHOUT_REACH = sorted(ANYBODY - READING - {"provider"})
"""Everybody but the team (as far as they have declared that they may be in it) and the provider of the home."""
CASES = (FULLEST, "returned")
SEARCHED = ("/inspections?state=all&q=", "/register?q=", "/people?q=", "/diary?q=", "/providers?q=", "/homes?q=",
            "/letters?q=", "/guides?q=", "/notices?q=", "/log?q=", "/retention?q=", "/genuine?number=")  # fmt: skip

_SIGNAL = {
    "signals.text": "what came in about a home, from which visits are chosen: of the register, not of a case"
}
_STAFFED = {"inspections.title": "in lists, to be staffed", "team_members.name": "who is in the team"}
TOLD: dict[str, dict[str, str]] = {
    "registrar": {
        "legal_holds.reason": "keeps the rules of disposal, and sees what stands in the way",
        "disclosure_requests.asked": "enters requests for documents: what is asked for",
        "disclosure_requests.reach": "enters requests for documents: how who asks is reached",
        "team_members.name": "who answers a request",
    },
    "supervisor_outside": _SIGNAL | _STAFFED | {
        "team_members.conflict_note": "sees why another must go, and lets somebody in (FL 17 §)",
        "legal_holds.reason": "approves disposals",
        "devices.reason": "how a device was lost",
    },
    "inspector_outside": _SIGNAL,
    "conflicted": _SIGNAL,
    "undeclared": _SIGNAL | {"inspections.title": "is in the team, and declares before anything else"},
    "home_manager": {
        "self_assessments.strengths": "their own words", "self_assessments.worries": "their own words",
        "self_assessments.by_area": "their own words", "document_requests.said": "their own words",
        "document_requests.what": "what is asked of them", "team_members.name": "who will come",
    },
}  # fmt: skip
"""What one without a part is told of cases all the same: who, which text, and why. Of administrators there is no row."""


@pytest.fixture
def marks(rich: RichSite) -> Marks:
    with rich.db() as opened:
        words = mark_everything(opened)
        opened.commit()
    assert len(words) > 80
    return Marks(words)


def body(answer: TestResponse) -> bytes:
    """All that an answer tells: its body, headers and where it leads."""
    return answer.get_data() + str(answer.headers).encode()


def asked(rich: RichSite, method: str, case: str) -> Iterable[tuple[str, str]]:
    """Endpoint and address of everything that answers `method` here."""
    for rule in rich.rules(method):
        if case == FULLEST or "dnr" in rule.arguments:
            address = rich.address(rule, case)
            if address is not None and MAY[rule.endpoint] != NOBODY_HERE:
                yield rule.endpoint, address


def leaks(found: dict[tuple[str, str], str]) -> list[str]:
    return [
        f"{who} is told {place} at {where}"
        for (who, place), where in sorted(found.items())
        if place not in TOLD.get(who, {})
    ]


def test_no_page_tells_a_case_to_one_without_a_part_in_it(rich: RichSite, marks: Marks) -> None:
    found: dict[tuple[str, str], str] = {}
    for case in CASES:
        for _endpoint, address in asked(rich, "GET", case):
            for who in WITHOUT_REACH:
                answer = rich.as_(None if who == SIGNED_OUT else who).http.get(address)
                for place in marks.of(body(answer)):
                    found.setdefault((who, place), address)
    told = leaks(found)
    assert not told, "\n".join(told)
    assert {(who, place) for who in TOLD for place in TOLD[who]} == found.keys(), "a reason for nothing"
    assert "administrator" in WITHOUT_REACH and "administrator" not in TOLD


def test_the_same_pages_tell_it_to_those_who_may_read_it(rich: RichSite, marks: Marks) -> None:
    """The control. PDF and DOCX are among the pages."""
    found: set[str] = set()
    files: set[str] = set()
    for case in CASES:
        for rule in rich.rules("GET"):
            address = rich.address(rule, case)
            if address is None or (case != FULLEST and "dnr" not in rule.arguments):
                continue
            for who in visitors_of(rule)[:1]:
                answer = rich.as_(None if who == SIGNED_OUT else who).http.get(address)
                told = marks.of(answer.get_data())
                found |= told
                files |= {answer.mimetype} if told else set()
    assert len(found) > 60, sorted(found)
    assert {"text/html", "application/pdf", "application/zip"} <= files | {"application/zip"}, files
    assert {"statements.text", "interviews.note", "paragraphs.text", "inspections.title"} <= found


def send(rich: RichSite, method: str, address: str, who: str, typed: dict[str, str]) -> TestResponse:
    """A form with a valid token, or a field that saves itself."""
    browser = rich.as_(None if who == SIGNED_OUT else who)
    raw = secrets.token_hex(20)
    with browser.http.session_transaction() as kept:
        kept["csrf_token"] = raw
    with rich.app.test_request_context():
        session["csrf_token"] = raw
        headers = {"X-CSRFToken": generate_csrf(), "Accept": "text/html, application/json"}
    if method == "PUT":
        return browser.http.put(address, json={"version": 0, "fields": typed}, headers=headers)
    return browser.http.post(address, data=typed, headers=headers)


SENDERS = ("administrator", "registrar", "method_owner", "supervisor_outside", "other_provider", SIGNED_OUT)
TYPED = {"version": "0", "words": "barnet", "q": "barnet", "text": "barnet", "reason": "barnet"}


def test_no_form_that_is_sent_is_answered_with_a_case(rich: RichSite, marks: Marks) -> None:
    """What is wrong in a form is told with what was typed, and with nothing of what is kept."""
    found: dict[tuple[str, str], str] = {}
    for method in ("POST", "PUT"):
        for _endpoint, address in asked(rich, method, FULLEST):
            for who in SENDERS:
                for place in marks.of(body(send(rich, method, address, who, TYPED))):
                    found.setdefault((who, place), f"{method} {address}")
    told = leaks(found)
    assert not told, "\n".join(told)
    search = f"/inspections/{rich.made.cases[FULLEST]}/search"
    assert marks.of(send(rich, "POST", search, "leader", {"words": "barnet"}).get_data()), "the control"


def test_no_search_and_no_list_finds_a_case_by_what_it_holds(rich: RichSite, marks: Marks) -> None:
    """Neither by the words of its texts nor by its number: an answer to them is as one to what is nowhere."""
    found: dict[tuple[str, str], str] = {}
    dnr = rich.made.cases["children"]
    for address in SEARCHED:
        for who in WITHOUT_REACH:
            for words in ("barnet", "Zq", dnr):
                answer = rich.as_(None if who == SIGNED_OUT else who).http.get(address + words)
                for place in marks.of(body(answer)):
                    found.setdefault((who, place), address + words)
    told = leaks(found)
    assert not told, "\n".join(told)
    assert marks.of(rich.as_("leader").get(f"/inspections?state=all&q={dnr}").html), "the control"


@pytest.fixture
def counting(rich: RichSite) -> Iterator[RichSite]:
    """The site with figures and a line for each request, and a first page that fails with a case in its hands."""
    app = create_app(replace(rich.settings, metrics_token=TOKEN, log="json"))
    app.config["CLOCK"] = rich.app.config["CLOCK"]
    dnr = rich.made.cases[FULLEST]

    @access(Permission.SIGN_IN)
    def fail() -> str:
        case = find_inspection(db(), dnr)
        raise RuntimeError(f"{case.dnr} {case.title} {case.risk_note}")

    app.add_url_rule("/fail", "fail", fail)
    yield replace(rich, app=app)
    app.extensions["tillsyn_engine"].dispose()


def test_no_error_page_no_line_of_the_log_and_no_figure_holds_a_case(
    counting: RichSite, marks: Marks, caplog: pytest.LogCaptureFixture
) -> None:
    dnr = counting.made.cases[FULLEST]
    of_case = [f"/inspections/{dnr}{rest}" for rest in ("", "/talks", "/nowhere", "/search")]
    with caplog.at_level(logging.DEBUG):
        for who in ("administrator", "leader"):
            http = counting.as_(who).http
            counting.app.testing = False
            answers = [http.get(address) for address in (*of_case, "/nowhere", "/people?page=x", "/fail")]
            answers += [http.post(of_case[0]), http.delete("/people"), http.post("/people", data=b"\xff" * 9)]
            errors = [answer for answer in answers if answer.status_code >= 400]
            assert {404, 405, 500} <= {answer.status_code for answer in errors}
            assert [marks.of(body(answer)) for answer in errors] == [set() for _ in errors]
            assert any(marks.of(body(answer)) for answer in answers) is (who == "leader"), "the control"
        told = counting.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        figures = told.get_data(as_text=True)
        lines = [Lines("json").format(record) for record in caplog.records]
        logging.getLogger("tillsyn").warning("inspection %s: %s", dnr, "Zqbbcbarnet")
    assert 'endpoint="cases.overview"' in figures and 'endpoint="fail"' in figures, "the control"
    assert any('"endpoint": "cases.overview"' in line for line in lines), "the control"
    assert any('"fault": "RuntimeError"' in line or "RuntimeError" in line for line in lines), "the control"
    for written in (figures, *lines):
        assert marks.of(written) == set() and dnr not in written, written
    assert marks.of(Lines("json").format(caplog.records[-1])), "the control: a line with it would be found"
