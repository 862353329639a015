"""Who may enter which page: every rule of the url map is really called as everybody.

MAY (who_may.py) is the documentation: endpoint → who gets in. Everybody else is refused, and how is tested too:
the signed-out are asked to sign in (a form that was sent is kept), those who may read a case but
not do this in it are told so (403), and to all others the page is not there (404). An endpoint
without a row fails.
"""

import secrets

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from tests.builders import make_user
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.who_may import (
    ANYBODY,
    DECIDING,
    INSPECTING,
    LEADING,
    MAY,
    NOBODY_HERE,
    NOT_DECLARED,
    READING,
    SIGNED_IN,
    SIGNED_OUT,
    SUPERVISORS,
    Who,
)
from tillsyn.inspect.web.database import db as request_db
from tillsyn.inspect.web.session import TOKEN, open_session
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User

MAY_SEND: dict[str, Who] = {
    "cases.acute": INSPECTING | LEADING,
    "cases.plan": LEADING,
    "cases.prepare": INSPECTING,
    "dialogue.spoken": INSPECTING | DECIDING,
    "letters.evidence": INSPECTING,
    "letters.gap": INSPECTING,
}
"""Where fewer may send the form of a page than may read it."""

METHODS = ("GET", "POST", "PUT")
TOLD_WHY = {("account_ways.confirm", "administrator"), ("role_requests.confirm", "administrator")}
"""Who sees the object and not the step: whoever began a way back, or gave a role, is told that another confirms
it.
"""


def test_every_endpoint_has_a_row_and_every_row_an_endpoint(rich: RichSite) -> None:
    endpoints = {rule.endpoint for rule in rich.app.url_map.iter_rules()} - {"static"}
    assert endpoints - MAY.keys() == set(), "endpoints without a row"
    assert MAY.keys() - endpoints == set(), "rows without an endpoint"


@pytest.mark.parametrize("method", METHODS)
def test_every_page_is_open_to_those_it_is_for_and_to_nobody_else(rich: RichSite, method: str) -> None:
    wrong = []
    for rule in rich.rules(method):
        address = rich.address(rule, FULLEST)
        assert address is not None, f"the case {FULLEST} has nothing for {rule.rule}"
        may = MAY.get(rule.endpoint, frozenset()) if method == "GET" else _may_send(rule.endpoint)
        for who in sorted(ANYBODY - may):
            status, location = _call(rich, method, address, who)
            if (status == 404 and may == NOBODY_HERE) or (status == 403 and (rule.endpoint, who) in TOLD_WHY):
                continue
            if not _is_refused(method, status, location, who):
                wrong.append(
                    f"{who} is let in: {method} {address} ({rule.endpoint}) gave {status} {location}"
                )
        for who in sorted(may):
            if method != "GET":
                rich.put_back()
            status, location = _call(rich, method, address, who)
            if status in (401, 403, 404) or status >= 500 or _is_sent_away(location, address):
                wrong.append(
                    f"{who} is shut out: {method} {address} ({rule.endpoint}) gave {status} {location}"
                )
        rich.put_back()
    assert not wrong, "\n".join(wrong)


def test_an_account_without_a_role_opens_what_everybody_with_an_account_may_and_nothing_else(
    rich: RichSite,
) -> None:
    with rich.db() as db:
        nobody = make_user(db).id
        db.commit()
    with rich.app.test_request_context(method="POST"):
        open_session(request_db().get_one(User, nobody))
        rich.tokens["without_role"] = session[TOKEN]
        request_db().commit()
    wrong, open_to_them = [], 0
    for method in METHODS:
        for rule in rich.rules(method):
            if rule.endpoint == "account.sign_out":
                continue
            address = str(rich.address(rule, FULLEST))
            status, location = _call(rich, method, address, "without_role")
            if MAY[rule.endpoint] >= SIGNED_IN:
                open_to_them += 1
                is_right = (
                    status < 500 and status not in (401, 403, 404) and not _is_sent_away(location, address)
                )
            else:
                is_right = status == 404
            if not is_right:
                wrong.append(f"{method} {address} ({rule.endpoint}) gave {status} {location}")
    del rich.tokens["without_role"]
    assert not wrong, "\n".join(wrong)
    assert open_to_them > 20


def test_the_api_of_devices_is_open_to_the_person_of_the_device_and_to_nobody_else(rich: RichSite) -> None:
    """Everybody comes with the device of the responsible inspector, and with a form token of their own."""
    assert rich.devices is not None
    wrong = []
    for rule in rich.app.url_map.iter_rules():
        if not rule.endpoint.startswith("api."):
            continue
        method = (
            "GET" if "GET" in (rule.methods or ()) else "PUT" if "PUT" in (rule.methods or ()) else "POST"
        )
        device = str(rich.devices.device_id)
        address = rule.rule.replace("<id>", device).replace("<int:n>", "1")
        body = (
            {"device_id": device, "items": []}
            if rule.endpoint == "api.sealed"
            else SYNC | {"device_id": device}
        )
        rich.put_back()
        for who in sorted(ANYBODY):
            status = _ask(rich, method, address, who, body)
            may = who in MAY[rule.endpoint]
            refused = (401,) if who == SIGNED_OUT else (403, 404)
            let_in = status < 400 or status in (404, 409, 422)
            if (may and not let_in) or (not may and status not in refused):
                wrong.append(f"{who}: {method} {address} gave {status}")
    rich.put_back()
    assert not wrong, "\n".join(wrong)


SYNC = {
    "protocol": 1,
    "client": "1",
    "announced_seq": 12,
    "unsent": 0,
    "device_time": "2026-10-01T12:00:00.000Z",
    "ops": [],
}


def _ask(rich: RichSite, method: str, address: str, who: str, body: object) -> int:
    assert rich.devices is not None
    browser = rich.as_(None if who == SIGNED_OUT else who)
    headers = {"Authorization": f"Device {rich.devices.token}"}
    if address.endswith("/devices"):
        headers["X-CSRFToken"] = browser.http.get("/api/v1/me", headers=headers).get_json().get("csrf", "")
    json = body if method == "POST" else None
    return browser.http.open(address, method=method, headers=headers, json=json).status_code


def _may_send(endpoint: str) -> Who:
    return MAY_SEND.get(endpoint, MAY.get(endpoint, frozenset()))


def _call(rich: RichSite, method: str, address: str, who: str) -> tuple[int, str]:
    """Status and where one is sent; a form carries a valid token and nothing else."""
    browser = rich.as_(None if who == SIGNED_OUT else who)
    headers = {}
    if method != "GET":
        raw = secrets.token_hex(20)
        with browser.http.session_transaction() as kept:
            kept["csrf_token"] = raw
        with rich.app.test_request_context():
            session["csrf_token"] = raw
            headers["X-CSRFToken"] = generate_csrf()
    json = {"version": 0, "fields": {}} if method == "PUT" or address == "/sign-in/again" else None
    answer = browser.http.open(address, method=method, headers=headers, json=json)
    return answer.status_code, answer.headers.get("Location", "")


def _is_refused(method: str, status: int, location: str, who: str) -> bool:
    if who == SIGNED_OUT:
        return location.startswith("/sign-in?next=") if method == "GET" else status == 401
    if who in NOT_DECLARED and location.endswith("/declare"):
        return True
    return status == 404 or (status == 403 and who in READING | SUPERVISORS)


def _is_sent_away(location: str, address: str) -> bool:
    if location.endswith("/declare"):
        return not address.endswith("/declare")
    return location.startswith("/sign-in") and address not in ("/sign-out", "/sign-in", "/language")


def test_a_case_that_one_may_not_see_is_as_if_it_were_not_there(rich: RichSite) -> None:
    """The same page, word for word, for a case that is closed to one and for one that does not exist."""
    dnr = rich.made.cases[FULLEST]
    for who in ("inspector_outside", "conflicted", "administrator", "provider"):
        browser = rich.as_(who)
        closed = browser.get(f"/inspections/{dnr}", status=404)
        missing = browser.get("/inspections/2099-99999", status=404)
        assert closed.text == missing.text


def test_a_case_that_one_may_not_see_is_in_none_of_ones_lists(rich: RichSite) -> None:
    for who in ("inspector_outside", "lawyer_outside", "provider", "home_manager", "administrator"):
        browser = rich.as_(who)
        for address in ("/", "/inspections?state=all"):
            answer = browser.http.get(address, follow_redirects=True).get_data(as_text=True)
            assert rich.made.cases["children"] not in answer, (who, address)


def test_the_registrar_sees_numbers_of_announced_cases_and_nothing_more(rich: RichSite) -> None:
    with rich.db() as db:
        hidden = db.scalars(select(Inspection).where(Inspection.dnr == rich.made.cases["children"])).one()
        hidden.announced = False
        db.commit()
    page = rich.as_("registrar").get("/")
    assert rich.made.cases["review"] in page.text
    assert "Tillsyn nummer" not in page.text
    assert rich.made.cases["children"] not in page.html


def test_a_letter_that_is_not_sent_is_not_there_for_the_provider(rich: RichSite) -> None:
    browser = rich.as_("provider")
    for case in ("weighing", "review", "returned", "communication", "dialogue"):
        for rule in rich.rules("GET"):
            if "letter_id" in rule.arguments:
                address = rich.address(rule, case)
                if address is not None:
                    assert browser.http.get(address).status_code == 404, (case, address)


def test_a_view_that_does_not_say_who_may_enter_answers_nobody(rich: RichSite) -> None:
    from tillsyn.inspect.app import create_app
    from tillsyn.inspect.web.access import UnguardedView

    app = create_app(rich.settings)
    app.testing = True
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with pytest.raises(UnguardedView):
        app.test_client().get("/forgotten")
    app.testing = False
    assert app.test_client().get("/forgotten").status_code == 500
    app.extensions["tillsyn_engine"].dispose()
