"""What somebody with a browser and bad intentions sends: forged forms, headers, hosts, fields and codes.

Each attack is tried on every address of its kind, found in the url map, so that a new page is attacked from its
first day. Attacks on sign-in stand in test_sessions.py and test_provider_is_invited.py, on files in
test_attacks_by_files.py, through words in test_hostile_words_on_every_page.py.
"""

import re
from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.browsing import Browsing
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_log_of_reading import contents
from tests.integration.who_may import MAY
from tillsyn.inspect.web.session import TOKEN
from tillsyn.models.people import User, UserRole
from tillsyn.models.vocabulary import Role

WITHOUT_TOKEN = {
    "account.sign_in_again": "asks for JSON, which another site cannot send without being asked",
    "children_survey.answer": "no session: the code decides",
    "children_survey.questions": "no session: the code decides",
    "genuine.check": "no session, and it changes nothing of anybody's",
}
"""Endpoints that take a form without a token, and why nothing can be forged with them."""
ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"})


def senders(rich: RichSite) -> list[tuple[str, str, str]]:
    """Endpoint, address and somebody who may send there, for every rule that takes a POST."""
    found = []
    for rule in rich.rules("POST"):
        address = rich.address(rule, FULLEST)
        assert address is not None, rule.rule
        found.append((rule.endpoint, address, min(MAY[rule.endpoint] - {"signed out"} or {"leader"})))
    return found


def stored(rich: RichSite) -> dict[str, list[tuple[object, ...]]]:
    """Everything but what counts guesses and sessions (and the chain of the log, which `contents` leaves out)."""
    with rich.db() as db:
        rows = contents(db)
    for counted in ("sign_in_attempts", "sign_in_sessions", "survey_failures"):
        del rows[counted]
    return rows


def test_a_form_without_our_token_changes_nothing_anywhere(rich: RichSite) -> None:
    before, let_in = stored(rich), []
    for endpoint, address, who in senders(rich):
        answer = rich.as_(who).http.post(address, data={"reason": "förfalskat", "text": "förfalskat"})
        if answer.status_code < 400 and endpoint not in WITHOUT_TOKEN:
            let_in.append(f"{endpoint}: {answer.status_code}")
    assert not let_in, "\n".join(let_in)
    assert stored(rich) == before


def test_what_a_page_of_another_site_sends_is_refused_and_not_kept_to_be_sent_again(rich: RichSite) -> None:
    """Whatever it carries: also where no token is asked for, and to whoever is signed out."""
    before, wrong = stored(rich), []
    for endpoint, address, who in senders(rich):
        for where in ELSEWHERE:
            for browser in (rich.as_(who), rich.as_(None)):
                answer = browser.http.post(address, data={"text": "Förfalskat härifrån"}, headers=where)
                if answer.status_code != 400 or "Förfalskat" in answer.get_data(as_text=True):
                    wrong.append(f"{endpoint} from {where}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert stored(rich) == before
    assert rich.as_(None).http.post("/survey/questions", data={"code": "x"}).status_code != 400, (
        "without the header of other sites it is answered"
    )


def test_reading_is_all_that_reading_does(rich: RichSite) -> None:
    """No GET of another site's picture or link can do anything: HEAD and GET of every sending address."""
    before = stored(rich)
    for _endpoint, address, who in senders(rich):
        rich.as_(who).http.get(address, query_string={"text": "förfalskat", "reason": "förfalskat"})
        rich.as_(who).http.open(address, method="HEAD")
    assert stored(rich) == before


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(rich: RichSite, method: str) -> None:
    for address in ("/", "/inspections", f"/inspections/{rich.made.cases[FULLEST]}", "/api/v1/me"):
        assert rich.as_("leader").http.open(address, method=method).status_code in (404, 405, 501)


def test_a_method_cannot_be_put_in_the_place_of_another(rich: RichSite) -> None:
    before = stored(rich)
    address = f"/inspections/{rich.made.cases[FULLEST]}/requirements/K10"
    for header in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        rich.as_("leader").http.get(address, headers={header: "POST"})
        rich.as_("leader").http.get(f"{address}?_method=POST", headers={header: "PUT"})
    assert stored(rich) == before


OWN = ("id", "inspection_id", "user_id", "by_id", "actor_id", "version_id", "created_at", "decided_at", "state",
       "roles", "role", "standing", "provider_id", "home_id", "dnr", "sent_at", "frozen_at", "is_admin",
       "has_conflict", "declared_at", "announced", "password_hash", "email", "disabled_at", "approved_by_id",
       "confirmed_by_id", "placed_by_id", "decided_by_id", "request_id", "text_id", "case_id", "used_at", "proved_at",
       "secret", "subject", "done_at", "ends_at")  # fmt: skip
PLANTED = "99999999-9999-7999-8999-999999999999"


def test_fields_that_a_form_does_not_have_are_not_taken_from_it(rich: RichSite) -> None:
    """Every form is sent with the names of columns that no form sets, as form fields and as JSON."""
    stolen = dict.fromkeys(OWN, PLANTED) | {"role": "administrator",
        "roles": "administrator", "standing": "owner", "state": "archived", "announced": "", "has_conflict": "1",
        "is_admin": "1", "email": "evil@example.org"}  # fmt: skip
    with rich.db() as db:
        people = _people(db)
    for endpoint, address, who in senders(rich):
        if endpoint in (
            "people.add",
            "people.disable",
            "account_ways.confirm",
            "role_requests.confirm",
            "colleagues.invite",
            "colleagues.remove",
            "cases.move",
            "invitations.invite",
            "cases.add_member",
            "cases.remove_member",
        ):
            continue  # these forms are about accounts, roles, teams and steps
        browser = rich.as_(who)
        browser.http.post(address, data={**stolen, "csrf_token": browser._token()})
        browser.http.put(
            address, json={"version": 0, "fields": stolen}, headers={"X-CSRFToken": browser._token()}
        )
        with rich.db() as db:
            assert _people(db) == people, endpoint
    with rich.db() as db:
        planted = {
            table
            for table, rows in contents(db).items()
            if any(PLANTED in repr(row) or PLANTED.replace("-", "") in repr(row) for row in rows)
        }
    assert planted == set(), "an id that no form asks for was written"


def _people(db: Any) -> list[Any]:
    """Who has which rights, and which case is where."""
    from tillsyn.models.inspections import Inspection, TeamMember

    return [
        sorted(map(repr, db.execute(question).all()))
        for question in (
            select(User.id, User.email, User.provider_id, User.home_id, User.standing, User.password_hash),
            select(UserRole.user_id, UserRole.role),
            select(TeamMember.id, TeamMember.user_id, TeamMember.role),
            select(Inspection.id, Inspection.dnr, Inspection.state, Inspection.announced),
        )
    ]


def test_a_role_cannot_be_added_by_the_way(rich: RichSite) -> None:
    """The form for accounts takes one role of its list, and nobody but administrators has it."""
    with rich.db() as db:
        before = _people(db)
    for who in ("leader", "provider", "home_manager", "registrar"):
        browser = rich.as_(who)
        sent = {
            "email": "ny@example.se",
            "name": "Ny",
            "role": Role.ADMINISTRATOR.value,
            "csrf_token": browser._token(),
        }
        assert browser.http.post("/accounts/new", data=sent).status_code == 404
    with rich.db() as db:
        assert _people(db) == before


FORGED = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Original-URL": "/accounts",
    "X-Rewrite-URL": "/accounts",
    "Forwarded": "host=evil.example;proto=https",
    "X-Forwarded-Proto": "javascript",
    "X-Forwarded-Prefix": "//evil.example",
}


@pytest.mark.parametrize("header", FORGED)
def test_no_header_of_a_request_reaches_a_link_a_redirect_or_another_page(
    rich: RichSite, header: str
) -> None:
    forged = {header: FORGED[header]}
    for who, address in (("leader", "/"), ("leader", f"/inspections/{rich.made.cases[FULLEST]}/letter"),
                         ("provider", "/letters"), (None, "/sign-in"), (None, "/inspections"), (None, "/nowhere"),
                         ("registrar", f"/providers/{rich.made.provider_id}/invite")):  # fmt: skip
        http = rich.as_(who).http
        plain, answer = http.get(address), http.get(address, headers=forged)
        assert answer.status_code == plain.status_code or header == "Host"  # our cookie goes to our host only
        assert "evil.example" not in answer.get_data(as_text=True) + str(answer.headers), (who, address)


BROKEN = (
    "a\r\nSet-Cookie: x=1",
    "a\nLocation: https://evil.example",
    "a%0d%0aX-Evil:%201",
    "a\x00b",
    "a\u2028b",
)


@pytest.mark.parametrize("words", BROKEN)
def test_no_line_break_reaches_a_header(rich: RichSite, words: str) -> None:
    """As where to go next, as a language, in queries and in names of files."""
    browser = rich.as_("leader")
    answers = [
        browser.http.post(
            "/language", data={"language": words, "next": f"/{words}", "csrf_token": browser._token()}
        ),
        browser.http.get("/inspections", query_string={"state": words, "page": words, "search": words}),
        rich.as_(None).http.get("/inspections", query_string={"next": words}),
        rich.as_(None).http.get("/sign-in", query_string={"next": words}),
        rich.as_("method_owner").http.get("/guides", query_string={"language": words}),
    ]
    for answer in answers:
        assert answer.status_code < 500
        for name, value in answer.headers.items():
            assert name not in ("X-Evil",) and "evil.example" not in value.split("?")[0], (name, value)
            assert not re.search(r"[\r\n\x00]", value), (name, value)
        assert answer.headers.get("Location", "/").startswith("/")
        assert not answer.headers.get("Location", "/").startswith(("//", "/\\"))


def test_a_session_that_somebody_else_chose_is_never_the_one_signed_in(rich: RichSite) -> None:
    """Session fixation: a cookie planted before sign-in, our own signed one too, is dropped at sign-in."""
    attacker = rich.as_(None)
    attacker.get("/sign-in")
    planted = attacker.http.get_cookie("tillsyn")
    assert planted is not None
    victim = Browsing(rich.app)
    victim.http.set_cookie("tillsyn", planted.value)
    with rich.db() as db:
        email = db.get_one(User, rich.made.people["leader"]).email
    victim.sign_in(email, "en lugn stund i köket")
    assert victim.http.get("/inspections").status_code == 200
    assert attacker.http.get("/inspections").status_code == 302, "the planted cookie is still nobody's"
    with victim.http.session_transaction() as kept, attacker.http.session_transaction() as other:
        assert kept.get(TOKEN) and TOKEN not in other


def test_one_name_given_twice_does_not_pass_a_check_that_each_would_not(rich: RichSite) -> None:
    """Parameter pollution: what is checked is what is used."""
    browser = rich.as_(None)
    for pair in (["/inspections", "https://evil.example"], ["https://evil.example", "/inspections"]):
        answer = browser.http.post(
            "/language", data={"language": "en", "next": pair, "csrf_token": browser._token()}
        )
        assert answer.headers["Location"] in ("/", "/inspections")


@pytest.mark.parametrize("kind", ["application/json", "text/xml", "text/plain", "multipart/form-data"])
@pytest.mark.parametrize(
    "body", [b"", b"[" * 50_000, b'{"version": 1e999}', b"\xff\xfe", b'{"__proto__": 1}']
)
def test_a_body_that_is_no_form_is_refused_and_never_a_fault(rich: RichSite, kind: str, body: bytes) -> None:
    case = rich.made.cases[FULLEST]
    browser = rich.as_("leader")
    headers = {"X-CSRFToken": browser._token()}
    for method, address in (("PUT", f"/inspections/{case}/requirements/K10"), ("POST", f"/inspections/{case}/acute"),
                            ("POST", "/sign-in/again"), ("POST", "/survey/answers"), ("POST", "/genuine")):  # fmt: skip
        answer = browser.http.open(address, method=method, data=body, content_type=kind, headers=headers)
        assert answer.status_code < 500, (method, address, answer.status_code)
