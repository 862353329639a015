"""Every page that can be read, in both languages, with everything in it and with nothing.

What each page is held to stands in tests/pages.py (valid HTML, one h1 that begins the title, names for
fields, one language) and in tests/integration/test_headers.py; `Browsing` asks it of every page it sees.
"""

import pytest
from werkzeug.routing import Rule

from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.who_may import MAY, NOBODY_HERE, SIGNED_OUT
from tillsyn.inspect.web.headers import policy_of

VISITORS = (
    "leader",
    "decision_maker",
    "peer_reviewer",
    "supervisor_outside",
    "registrar",
    "administrator",
    "method_owner",
    "log_reviewer",
    "provider",
    "home_manager",
    SIGNED_OUT,
)
"""Who reads a page here: of those who may, the first two in this order."""

FIELD = "field."
"""The field app's files: a shell without a reader, its words, its worker. What people see of them is looked at in
tests/browser/test_field_screens.py."""

LANGUAGES = ("sv", "en")
CASES = (
    "empty",
    "planned",
    "prepared",
    "children",
    "overridden",
    "other_talks",
    "documents",
    "acute",
    "returned",
    "weighing",
    "review",
    "communication",
    "dialogue",
    "decision",
    "closed",
    "archived",
)


def visitors_of(rule: Rule) -> list[str]:
    allowed = MAY.get(rule.endpoint, frozenset())
    return [who for who in VISITORS if who in allowed][:2]


def read_as(rich: RichSite, rule: Rule, who: str, language: str, case: str) -> str | None:
    """The page's HTML when it is one; each fault of it is an AssertionError."""
    address = rich.address(rule, case)
    if address is None:
        return None
    browser = rich.as_(None if who == SIGNED_OUT else who, language)
    answer = browser.http.get(address)
    if answer.status_code in (302, 303, 404) and case != FULLEST:
        return None  # that step has no such page yet
    if answer.status_code in (302, 303):
        address = answer.headers["Location"]
        answer = browser.http.get(address)
    assert answer.headers["Cache-Control"] == "no-store", address
    assert answer.headers["Content-Security-Policy"] == policy_of(rule.endpoint), address
    assert answer.status_code == 200, f"{who} {address} gave {answer.status_code}"
    if answer.mimetype != "text/html":
        return None
    return browser.check(answer, address, 200).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_with_everything_in_it(rich: RichSite, language: str) -> None:
    rich.speak(language)
    faults = []
    for rule in rich.rules("GET"):
        if rule.endpoint.startswith(FIELD) or MAY[rule.endpoint] == NOBODY_HERE:
            continue
        readers = visitors_of(rule)
        assert readers, f"nobody in VISITORS may read {rule.endpoint}"
        for who in readers[:1] if rule.rule.endswith(".pdf") else readers:
            faults += _faults(rich, rule, who, language, FULLEST)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("case", CASES)
def test_every_page_of_a_case_at_every_step(rich: RichSite, case: str) -> None:
    """One language a case in turn, so that each step is seen, and each language often."""
    language = LANGUAGES[CASES.index(case) % 2]
    rich.speak(language)
    faults = []
    for rule in rich.rules("GET"):
        if {"dnr", "letter_id", "communication_id"} & rule.arguments and not rule.rule.endswith(".pdf"):
            faults += _faults(rich, rule, visitors_of(rule)[0], language, case)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_of_everybody(rich: RichSite, language: str) -> None:
    """Each has a start page of their own, and each link on it leads to a page they may read."""
    rich.speak(language)
    rule = next(rule for rule in rich.rules("GET") if rule.endpoint == "start.home")
    for who in sorted(MAY["start.home"]):
        html = read_as(rich, rule, who, language, FULLEST)
        assert html is not None, who


def _faults(rich: RichSite, rule: Rule, who: str, language: str, case: str) -> list[str]:
    try:
        read_as(rich, rule, who, language, case)
    except AssertionError as fault:
        return [f"{rule.endpoint} for {who}, {case}, {language}: {fault}"]
    except Exception as fault:  # noqa: BLE001 - all faults of all pages are told at once
        return [f"{rule.endpoint} for {who}, {case}, {language}: {type(fault).__name__}: {fault}"]
    return []
