"""An id of somebody else's is, everywhere, as an id of nothing: the same answer, word for word.

Two whole cases of two units stand beside each other (tests/rich_elsewhere.py). Each address of the one is asked
by those who may enter it, with each of its ids in turn exchanged for one of the other unit's, and for one of
nothing; and every address of the other unit's case is asked by everybody here.
"""

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Engine, event, select
from werkzeug.routing import Rule

from tests.builders import count_from
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_log_of_reading import contents
from tests.integration.who_may import MAY, NOBODY_HERE, SIGNED_OUT, SUPERVISORS
from tests.rich_elsewhere import DNR, Elsewhere, build_elsewhere
from tillsyn.models.base import new_id
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.people import SignInSession

UNKNOWN_NUMBER = "2026-99999"
WORDS = frozenset(
    {
        "kind",
        "form",
        "language",
        "letter_language",
        "requirement",
        "area",
        "pack",
        "guide",
        "part",
        "to",
        "n",
        "number",
        "time_for",
        "secret",
        "missing",
        "key",
        "which",
    }
)
"""Parameters that name no object of a case: words of closed vocabularies, and secrets."""
OF_EVERYBODY = frozenset(
    {
        "home_id",
        "provider_id",
        "permit_id",
        "signal_id",
        "municipality_id",
        "committee_id",
        "import_id",
        "draft_id",
        "version_id",
        "sample_id",
        "rule_id",
        "disposal_id",
        "hold_id",
        "package_id",
    }
)
"""Objects of the register, the guides, the review of the log and the keeping of records: who may enter such a page may
see all of them."""
OPEN = {
    ("devices.seen", "alarm_id"),
    ("people.disable", "user_id"),
    ("account_ways.of_account", "user_id"),
    ("account_ways.recover", "user_id"),
    ("account_ways.begin", "user_id"),
    ("account_ways.sign_out", "user_id"),
    ("account_ways.confirm", "recovery_id"),
    ("account_ways.stop", "recovery_id"),
    ("role_requests.confirm", "role_request_id"),
    ("role_requests.stop", "role_request_id"),
}
"""What those who may are open to all of it: alarms to supervisors, accounts, ways back and roles that wait to
administrators (and to whoever confirms them)."""
MADE_BY_THE_PAGE = frozenset({"memo_id", "statement_id"})
"""The page makes the id of what it writes, so one of nothing is one of something new."""

_own = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|I[\w-]{50,60}\.[\w-]{6}\.[\w-]{27}|\d{4}-\d\d-\d\dT[\d:.]+"
    rf"|{DNR}|{UNKNOWN_NUMBER}"
)


@pytest.fixture(scope="module")
def elsewhere(built_site: RichSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """Built once, into a site that `rich` puts back with both units in it."""
    built_site.put_back()
    count_from(500)  # behind those of the rich authority, whatever the test before this one made
    with built_site.db() as db:
        built = build_elsewhere(db, built_site.settings)
        db.commit()
    built_site.app.extensions["tillsyn_engine"].dispose()
    alone, built_site.template = built_site.template, tmp_path_factory.mktemp("both") / "template.db"
    shutil.copyfile(built_site.settings.database_url.removeprefix("sqlite:///"), built_site.template)
    yield built
    built_site.template = alone


@pytest.fixture
def theirs(elsewhere: Elsewhere, rich: RichSite) -> dict[str, Any]:
    """What stands in addresses of the other unit's case, by the name of the parameter."""
    there = replace(
        rich, made=elsewhere.made, devices=elsewhere.devices, files=elsewhere.files, portal=elsewhere.portal,
        disclosures=elsewhere.disclosures, notice_id=elsewhere.notice_id,
    )  # fmt: skip
    elsewhere.made.people["registrar"] = elsewhere.made.people["leader"]
    with rich.db() as db:
        values = there._values(db, DNR)
        values["member_id"] = db.scalars(
            select(TeamMember.id).join(Inspection).where(Inspection.dnr == DNR).limit(1)
        ).first()
        values["session_id"] = db.scalars(
            select(SignInSession.id).where(SignInSession.user_id == rich.made.people["administrator"])
        ).first()
    return values


def mine(rich: RichSite, rule: Rule) -> dict[str, Any]:
    """The parameters of `rule` in the fullest case of ours, as the table of rules fills them in."""
    address = rich.address(rule, FULLEST)
    assert address is not None, rule.rule
    endpoint, values = rich.app.url_map.bind("localhost").match(
        address, method=next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    )
    assert endpoint == rule.endpoint
    return dict(values)


def ask(rich: RichSite, method: str, rule: Rule, values: dict[str, Any], who: str) -> tuple[int, str]:
    """Status and page, without what is of one answer only."""
    with rich.app.test_request_context():
        address = rich.app.url_for(rule.endpoint, **values)
    headers = {}
    browser = rich.as_(None if who == SIGNED_OUT else who)
    if method != "GET":
        raw = secrets.token_hex(20)
        with browser.http.session_transaction() as kept:
            kept["csrf_token"] = raw
        with rich.app.test_request_context():
            session["csrf_token"] = raw
            headers["X-CSRFToken"] = generate_csrf()
    json = {"version": 0, "fields": {}} if method == "PUT" else None
    answer = browser.http.open(address, method=method, headers=headers, json=json)
    said = answer.get_data().decode("utf-8", "replace") + answer.headers.get("Location", "")
    for value in map(str, values.values()):
        if len(value) > 8:
            said = said.replace(value, "…").replace(value.replace("-", ""), "…")
    return answer.status_code, _own.sub("…", said)


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "POST", "PUT"})


def test_an_id_of_another_unit_is_as_an_id_of_nothing(theirs: dict[str, Any], rich: RichSite) -> None:
    with rich.db() as db:
        before = _of_the_other(contents(db), theirs)
    wrong, asked = [], set()
    seen: set[tuple[str, str]] = set()
    for method in ("GET", "POST", "PUT"):
        for rule in rich.rules(method):
            if MAY[rule.endpoint] == NOBODY_HERE:
                continue
            own = mine(rich, rule)
            for name in rule.arguments - WORDS - OF_EVERYBODY - {"dnr"}:
                if (rule.endpoint, method + name) in seen or theirs.get(name) is None:
                    continue
                seen.add((rule.endpoint, method + name))
                asked.add(name)
                if (rule.endpoint, name) in OPEN:
                    continue
                who = min(MAY[rule.endpoint] - SUPERVISORS or MAY[rule.endpoint])
                nothing = (
                    "2026-00000000" if name == "letter_number" else "u99" if name == "label" else new_id()
                )
                unknown = ask(rich, method, rule, own | {name: nothing}, who)
                foreign = ask(rich, method, rule, own | {name: theirs[name]}, who)
                if name == "label":
                    continue  # the same label names an account in each case
                refused = foreign[0] == 404 or (name in MADE_BY_THE_PAGE or foreign[0] in (409, 422))
                if foreign != unknown or not refused:
                    wrong.append(
                        f"{who} {method} {rule.rule} with another's {name}: {foreign[0]}, with nothing's "
                        f"{unknown[0]}; {_first_difference(foreign[1], unknown[1])}"
                    )
    assert not wrong, "\n".join(wrong)
    assert len(asked) > 20, asked
    with rich.db() as db:
        assert _of_the_other(contents(db), theirs) == before, "something of the other unit's was changed"


def test_nobody_here_can_tell_a_case_of_another_unit_from_one_that_is_not(
    theirs: dict[str, Any], rich: RichSite
) -> None:
    """By three of them; that all the others are shut out of each page stands in test_every_route.py."""
    wrong = []
    for method in ("GET", "POST", "PUT"):
        for rule in rich.rules(method):
            if "dnr" not in rule.arguments:
                continue
            there = {name: theirs[name] for name in rule.arguments}
            if any(value is None for value in there.values()):
                there = mine(rich, rule)
            for who in ("leader", "administrator", "provider"):
                foreign = ask(rich, method, rule, there | {"dnr": DNR}, who)
                unknown = ask(rich, method, rule, there | {"dnr": UNKNOWN_NUMBER}, who)
                if foreign != unknown or foreign[0] != 404:
                    wrong.append(f"{who} {method} {rule.rule}: {foreign[0]} and {unknown[0]}")
    assert not wrong, "\n".join(wrong)


def _of_the_other(rows: dict[str, list[tuple[object, ...]]], theirs: dict[str, Any]) -> dict[str, list[str]]:
    """Rows that name the other case or an object of it."""
    ids = {str(value) for value in theirs.values() if isinstance(value, UUID)}
    return {
        table: [repr(row) for row in found if any(str(cell) in ids for cell in row)]
        for table, found in rows.items()
        if table not in ("users", "sign_in_sessions", "notices")
    }


def _first_difference(one: str, other: str) -> str:
    place = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[max(0, place - 30) : place + 60]!r} / {other[max(0, place - 30) : place + 60]!r}"


def test_time_does_not_tell_either(elsewhere: Elsewhere, rich: RichSite) -> None:
    """The same questions are asked of the database, as many and in the same order, for a case that is closed
    to one as for none, so that neither the clock nor the load of the machine can tell them apart."""
    asked: dict[str, list[str]] = {DNR: [], UNKNOWN_NUMBER: []}
    engine = rich.app.extensions["tillsyn_engine"]
    for who in ("leader", "inspector_outside", "lawyer_outside"):
        http = rich.as_(who).http
        for dnr, questions in asked.items():
            with questions_noted(engine, questions):
                assert http.get(f"/inspections/{dnr}").status_code == 404
        assert asked[DNR] == asked[UNKNOWN_NUMBER] != [], who


@contextmanager
def questions_noted(engine: Engine, noted: list[str]) -> Iterator[None]:
    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        noted.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)
