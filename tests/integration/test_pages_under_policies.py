"""Every page and form as everybody, served to a role whom the policies bind: nothing is missing for that.

A missing row is no error, so each question is asked twice (tests/asked_twice.py). Some ask broadly, and what is
not for the person is sorted out afterwards: where a question gives fewer rows, the page is asked for without
policies too, and must say the same.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import Rule

from tests.asked_twice import asked_twice
from tests.integration.rich_site import FULLEST
from tests.integration.test_every_route import _call as call
from tests.integration.test_every_route import (
    test_the_api_of_devices_is_open_to_the_person_of_the_device_and_to_nobody_else as call_the_api,
)
from tests.integration.test_reach_in_need import OPENER, opened
from tests.integration.who_may import ANYBODY, MAY, SIGNED_OUT
from tests.restricted import BoundSite
from tests.rich_teams import MIXED, OTHER_UNIT
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.models.sealed import install_cipher

pytestmark = pytest.mark.postgresql

TELL_OF_THEMSELVES = {"cases.log", "log.review"}
"""Pages that show that they were read a moment ago."""
WRITTEN_ANEW = re.compile(
    r'name="csrf_token"[^>]*>|nonce-[^;]*|content="[\w.-]{60,}"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}'
)
"""What differs between two answers to one question: tokens, and ids given to what may be typed."""
CASES_OF = {
    "other_unit.leader": (FULLEST, "elsewhere", "earlier"),
    "other_unit.decision_maker": (FULLEST, "elsewhere"),
    "leader": (FULLEST, "weighing"),
    "decision_maker": (FULLEST, "review"),
    "provider": (FULLEST, "earlier"),
    "administrator_lawyer": (FULLEST, "review"),
}
"""In which cases a person asks for pages, where it is not only in the fullest."""


FRAME_ONLY = {
    ("cases.add_member", "supervisor_outside"),
    ("cases.remove_member", "supervisor_outside"),
    ("cases.plan", "supervisor_outside"),
    ("cases.declare", "conflicted"),
    ("notices.mail", "conflicted"),
}
"""Forms of the frame of a case, sent by whom the case itself is closed to: what it holds is asked for with it,
and nothing is done with that."""


@dataclass
class OnlyRead:
    """The site as it was built, and read by one after another; `pages` of a case, whose addresses are the same."""

    site: BoundSite
    found: dict[str, list[tuple[Rule, str]]] = field(default_factory=dict)

    def pages(self, case: str) -> list[tuple[Rule, str]]:
        if case not in self.found:
            rules = [rule for rule in self.site.rules("GET") if case == FULLEST or "dnr" in rule.arguments]
            addresses = [(rule, self.site.address(rule, case)) for rule in rules]
            assert case != FULLEST or all(address for _rule, address in addresses)
            self.found[case] = [(rule, address) for rule, address in addresses if address is not None]
        return self.found[case]


@pytest.fixture(scope="module")
def only_read(built_bound: BoundSite) -> OnlyRead:
    built_bound.put_back()
    return OnlyRead(built_bound)


@pytest.mark.parametrize("who", sorted(ANYBODY | MIXED.keys() | OTHER_UNIT))
def test_every_page_says_the_same_with_the_policies_as_without(only_read: OnlyRead, who: str) -> None:
    """Word for word; in any order, since rows of the same moment have none."""
    wrong = []
    for case in CASES_OF.get(who, (FULLEST,)):
        for rule, address in only_read.pages(case):
            wrong += compared(only_read.site, rule, address, who)
    assert not wrong, "\n".join(wrong)


def test_every_page_of_a_case_opened_in_need_says_the_same_too(bound: BoundSite) -> None:
    opened(bound)
    wrong, read = [], 0
    for rule in bound.rules("GET"):
        address = bound.address(rule)
        if address is not None and "dnr" in rule.arguments:
            wrong += compared(bound, rule, address, OPENER)
            read += bound.as_(OPENER).http.get(address).status_code == 200
    assert bound.made.cases[FULLEST] in asked(bound, "/break-glass", OPENER)[2]
    assert read > 30 and not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_every_form_finds_and_changes_the_same_rows_as_without_policies(
    bound: BoundSite, method: str
) -> None:
    """Sent as it stands when nothing is filled in; what is filled in: the tests of each area, by this role."""
    wrong = []
    for rule in bound.rules(method):
        address = bound.address(rule)
        assert address is not None
        taken = False
        for who in sorted(MAY[rule.endpoint]):
            try:
                with asked_twice(bound.app.extensions["tillsyn_engine"]) as twice:
                    status, _location = call(bound, method, address, who)
            except SQLAlchemyError as fault:
                wrong.append(f"{who} {rule.endpoint}: {fault}")
            else:
                assert status < 500, (who, rule.endpoint)
                taken |= status < 400
                if (rule.endpoint, who) not in FRAME_ONLY:
                    wrong += [f"{who} {rule.endpoint}: {lost}" for lost in twice.lost]
        if taken:
            bound.put_back()
    assert not wrong, "\n".join(wrong)


def test_the_api_of_devices_works_too(bound: BoundSite) -> None:
    call_the_api(bound)


def test_a_row_that_is_kept_back_is_seen_and_named(bound: BoundSite) -> None:
    """The comparison itself: a person who reaches less than the page shows is told of, by the question."""
    with bound.db() as db:
        db.execute(text("ALTER POLICY reach ON letters USING (tillsyn_reaches('system'))"))
        db.commit()
    address = f"/inspections/{bound.made.cases[FULLEST]}/letters"
    with asked_twice(bound.app.extensions["tillsyn_engine"]) as twice:
        bound.as_("leader").http.get(address)
    assert any("FROM letters" in question for question in twice.lost)


Answer = tuple[int, list[str], str]
"""Status, lines in any order, and all of it."""


def compared(site: BoundSite, rule: Rule, address: str, who: str) -> list[str]:
    """What differs; nothing: the page is the same."""
    install_cipher(DataCipher(site.settings.data_key))  # it has no key in memory that policies would refuse
    with asked_twice(site.app.extensions["tillsyn_engine"]) as twice:
        served = asked(site, address, who)
    if not twice.lost:
        return []
    with site.unbound():
        without = asked(site, address, who)
    same = served[:2] == without[:2]
    if same or (rule.endpoint in TELL_OF_THEMSELVES and served[0] == without[0]):
        return []
    return [f"{who} {rule.endpoint} {address}: {difference(served, without)}; {sorted(twice.lost)}"]


def asked(site: BoundSite, address: str, who: str) -> Answer:
    answer = site.as_(None if who == SIGNED_OUT else who).http.get(address)
    if not answer.content_type.startswith(("text/", "application/json")):
        return answer.status_code, [answer.content_type, str(hash(answer.get_data()))], ""
    said = WRITTEN_ANEW.sub("", answer.get_data(as_text=True))
    return answer.status_code, sorted(said.splitlines()), said


def difference(served: Answer, without: Answer) -> str:
    missing, more = Counter(without[1]) - Counter(served[1]), Counter(served[1]) - Counter(without[1])
    lines = [*(f"- {line.strip()}" for line in missing), *(f"+ {line.strip()}" for line in more)]
    return f"{without[0]} became {served[0]} " + " | ".join(line[:150] for line in lines[:10])
