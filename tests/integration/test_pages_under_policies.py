"""Every page as everybody, served to a role whom the policies bind: the same page as without them."""

import difflib
import re

import pytest
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import Rule

from tests.integration.rich_site import FULLEST
from tests.integration.test_every_route import _call as call
from tests.integration.test_every_route import (
    test_the_api_of_devices_is_open_to_the_person_of_the_device_and_to_nobody_else as call_the_api,
)
from tests.integration.test_reach_in_need import OPENER, opened
from tests.integration.who_may import MAY, SIGNED_OUT
from tests.restricted import BoundSite
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.models.sealed import install_cipher

pytestmark = pytest.mark.postgresql

PEOPLE = ("leader", "provider")
"""Who differ most in what they reach; others can be added, and take a minute each."""
TELL_OF_THEMSELVES = {"cases.log", "log.review"}
"""Pages that show that they were read a moment ago."""
WRITTEN_ANEW = re.compile(
    r'name="csrf_token"[^>]*>|nonce-[^;]*|content="[\w.-]{60,}"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}'
)
"""What differs between two answers to one question: tokens, and ids given to what may be typed."""


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_says_the_same_with_the_policies_as_without(bound: BoundSite, who: str) -> None:
    """Word for word; in any order, since rows of the same moment have none."""
    wrong = []
    for rule in bound.rules("GET"):
        address = bound.address(rule)
        assert address is not None
        told = compared(bound, rule, address, who)
        wrong += [told] if told else []
    assert not wrong, "\n".join(wrong)


def test_every_page_of_a_case_opened_in_need_says_the_same_too(bound: BoundSite) -> None:
    opened(bound)
    wrong, read = [], 0
    for rule in bound.rules("GET"):
        address = bound.address(rule)
        if address is not None and "dnr" in rule.arguments:
            told = compared(bound, rule, address, OPENER)
            wrong += [told] if told else []
            read += bound.as_(OPENER).http.get(address).status_code == 200
    assert bound.made.cases[FULLEST] in asked(bound, "/break-glass", OPENER)[2]
    assert read > 30 and not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_no_form_fails_for_those_it_is_for(bound: BoundSite, method: str) -> None:
    """Sent as it stands when nothing is filled in; what is filled in: the tests of each area, by this role."""
    wrong = []
    for rule in bound.rules(method):
        address = bound.address(rule)
        assert address is not None
        taken = False
        for who in sorted(MAY[rule.endpoint]):
            try:
                status, _location = call(bound, method, address, who)
            except SQLAlchemyError as fault:
                wrong.append(f"{who} {rule.endpoint}: {fault}")
            else:
                assert status < 500, (who, rule.endpoint)
                taken |= status < 400
        if taken:
            bound.put_back()
    assert not wrong, "\n".join(wrong)


def test_the_api_of_devices_works_too(bound: BoundSite) -> None:
    call_the_api(bound)


Answer = tuple[int, list[str], str]
"""Status, lines in any order, and all of it."""


def compared(site: BoundSite, rule: Rule, address: str, who: str) -> str | None:
    """What differs; None: the page is the same."""
    install_cipher(DataCipher(site.settings.data_key))  # it has no key in memory that policies would refuse
    served = asked(site, address, who)
    with site.unbound():
        without = asked(site, address, who)
    same = served[:2] == without[:2]
    if same or (rule.endpoint in TELL_OF_THEMSELVES and served[0] == without[0]):
        return None
    return f"{who} {rule.endpoint} {address}: {difference(served, without)}"


def asked(site: BoundSite, address: str, who: str) -> Answer:
    answer = site.as_(None if who == SIGNED_OUT else who).http.get(address)
    if not answer.content_type.startswith(("text/", "application/json")):
        return answer.status_code, [answer.content_type], ""
    said = WRITTEN_ANEW.sub("", answer.get_data(as_text=True))
    return answer.status_code, sorted(said.splitlines()), said


def difference(served: Answer, without: Answer) -> str:
    lines = list(difflib.unified_diff(without[1], served[1], lineterm="", n=0))
    return f"{without[0]} became {served[0]} " + " | ".join(lines[2:12])[:700]
