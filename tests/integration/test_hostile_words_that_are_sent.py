"""Words that would act are sent in every field of every form, in every address and query: they come back as words.

What is stored and read later is looked at in test_hostile_words_on_every_page.py; here is what is answered at once:
forms that are shown again with what was typed, faults, and pages of what is not there.
"""

import re
from pathlib import Path
from urllib.parse import quote

from werkzeug.test import TestResponse

from tests.integration.browsing import Browsing
from tests.integration.hostile_words import HOSTILE
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_attacks_on_forms import senders
from tests.integration.test_every_page import visitors_of
from tests.integration.test_hostile_words_on_every_page import faults_of, places
from tests.integration.who_may import MAY, SIGNED_OUT

SHORT = HOSTILE[:60]
"""So short that forms take it."""
NOT_TYPED = frozenset({"csrf_token", "version"})
ASKED = re.compile(r'request\.args(?:\.get\(|\.getlist\(|\[)"(\w+)"')
WEB = Path(__file__).parents[2] / "inspect/web"


def asked_names() -> set[str]:
    """What any view asks for in a query."""
    found = {name for file in WEB.rglob("*.py") for name in ASKED.findall(file.read_text(encoding="utf-8"))}
    return found | {"next", "search", "state", "week", "left", "anew"}


def typed_names(rich: RichSite) -> set[str]:
    """The names of all fields of all forms that are on the pages of the fullest case."""
    found: set[str] = set()
    for rule in rich.rules("GET"):
        for who in visitors_of(rule)[:1]:
            address = rich.address(rule, FULLEST)
            answer = rich.as_(None if who == SIGNED_OUT else who).http.get(str(address))
            if answer.mimetype == "text/html":
                found |= set(re.findall(r'\bname="([\w.-]+)"', answer.get_data(as_text=True)))
    return found - NOT_TYPED


def answered(browser: Browsing, address: str, sent: dict[str, str]) -> TestResponse | str:
    """The answer; or what went wrong in the program, so that all that does is told at once."""
    try:
        answer = browser.http.post(address, data=sent)
    except Exception as fault:  # noqa: BLE001 - of all forms
        return f"{type(fault).__name__} {fault!s:.200}"
    return f"status {answer.status_code}" if answer.status_code >= 500 else answer


def test_what_is_typed_anywhere_comes_back_as_words(rich: RichSite) -> None:
    names = typed_names(rich)
    assert len(names) > 100, names
    wrong, shown = [], 0
    for endpoint, address, who in senders(rich):
        browser = rich.as_(who)
        token = browser._token()
        answer = answered(
            browser, address, dict.fromkeys(names, SHORT) | {"version": "0", "csrf_token": token}
        )
        faults, words = faults_of(answer) if isinstance(answer, TestResponse) else ([answer], 0)
        wrong += [f"{endpoint} for {who}: {one}" for one in faults]
        shown += words
    assert not wrong, "\n".join(wrong)
    assert shown > 100, "forms are to come back with what was typed, or this test shows nothing"


def test_words_in_a_query_or_in_an_address_that_is_not_there_come_back_as_words(rich: RichSite) -> None:
    query = dict.fromkeys(asked_names(), HOSTILE)
    assert len(query) > 20
    wrong = []
    for endpoint, address, who in sorted(set(places(rich))):
        answer = rich.as_(None if who == SIGNED_OUT else who).http.get(address, query_string=query)
        faults, _words = faults_of(answer)
        wrong += [f"{endpoint} for {who}: {one}" for one in faults]
        wrong += [f"{endpoint} for {who}: {answer.status_code}"] if answer.status_code >= 500 else []
    for who in ("leader", "provider", None):
        for address in (
            f"/{quote(HOSTILE)}",
            f"/inspections/{quote(HOSTILE, safe='')}",
            f"/guides/{quote(HOSTILE)}",
        ):
            answer = rich.as_(who).http.get(address)
            wrong += [f"{who} at an address that is not there: {one}" for one in faults_of(answer)[0]]
            assert answer.status_code < 500
    assert not wrong, "\n".join(wrong)


SHAPES = (b"[1]", b'"x"', b"1", b"null", b'{"version": [], "fields": {}}', b'{"version": 0, "fields": [1]}',
          b'{"version": 0, "fields": {"text": {"a": 1}, "answer": [], "reason": 7, "note": null}}')  # fmt: skip


def test_json_of_another_shape_is_refused_and_never_a_fault(rich: RichSite) -> None:
    wrong, sent = [], 0
    for rule in rich.rules("PUT"):
        address = rich.address(rule, FULLEST)
        who = min(MAY[rule.endpoint] - {SIGNED_OUT} or {"leader"})
        browser = rich.as_(who)
        headers = {"X-CSRFToken": browser._token(), "Accept": "application/json"}
        for body in SHAPES:
            sent += 1
            try:
                status = browser.http.put(
                    str(address), data=body, content_type="application/json", headers=headers
                ).status_code
            except Exception as fault:  # noqa: BLE001 - of all addresses
                wrong.append(f"{rule.endpoint} {body!r}: {type(fault).__name__} {fault!s:.120}")
                continue
            wrong += [f"{rule.endpoint} {body!r}: {status}"] if status >= 500 else []
    assert not wrong, "\n".join(wrong)
    assert sent > 50
