"""Codes beside the password: added, asked for, good for once, slow to guess; and where one is signed in."""

from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, acting, make_provider, make_user
from tests.integration.browsing import Browsing, Page
from tillsyn.inspect.outside.sign_in_settings import SignInRules
from tillsyn.inspect.services.second_factor import begin_authenticator, check_code, confirm_authenticator
from tillsyn.inspect.services.sign_in import LIMIT_PER_ACCOUNT, SignInRefused, SignInThrottled
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.people import SignInSession, User
from tillsyn.models.sign_in import Authenticator, RecoveryCode, WayIn
from tillsyn.models.vocabulary import Role

KEY = "x" * 40
HERE = {"origin": "here", "secret_key": KEY}
STEP = timedelta(seconds=30)


@pytest.fixture
def anna(db: Session) -> User:
    user = make_user(db, Role.INSPECTOR, email="anna@example.se")
    db.commit()
    return user


@pytest.fixture(autouse=True)
def standing_clock(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames or "client" in request.fixturenames:
        app: Flask = request.getfixturevalue("app")
        app.config["CLOCK"] = lambda: NOW


def with_codes(db: Session, user: User) -> tuple[str, list[str]]:
    """The secret in the person's program, and the codes on their paper."""
    begun = begin_authenticator(db, actor=acting(user), now=NOW)
    code = pyotp.TOTP(begun.secret).at(NOW - STEP)
    codes = confirm_authenticator(db, actor=acting(user), typed=code, now=NOW, **HERE)
    return begun.secret, codes


def shown_secret(page: Page) -> str:
    words = page.tree.find(".//p[@class='one-secret__words']")
    assert words is not None and words.text
    return words.text.replace(" ", "")


def test_it_is_added_with_a_picture_and_in_words_and_asked_for_from_then_on(
    client: Browsing, anna: User, db: Session
) -> None:
    client.sign_in(anna.email, PASSWORD)
    page = client.submit(client.get("/account/second-factor"), action="/account/second-factor", status=200)
    assert page.tree.find(".//{*}svg") is not None, "a picture"
    secret = shown_secret(page)
    wrong = client.submit(page, action="/confirm", status=422, code="000000")
    assert shown_secret(wrong) == secret, "a slip of the finger does not mean to begin anew"
    paper = client.submit(wrong, action="/confirm", status=200, code=pyotp.TOTP(secret).at(NOW))
    assert len(paper.tree.findall(".//ol[@class='paper-codes']/li")) == 10
    db.rollback()
    kept = db.scalars(select(Authenticator)).one()
    assert kept.secret == secret and secret.encode() not in (kept.secret_sealed or b""), "sealed"
    client.sign_out()
    step = client.submit(
        client.get("/sign-in?next=/account"), status=200, email=anna.email, password=PASSWORD
    )
    assert client.get("/account", status=302).location is not None, "a password alone opens nothing"
    used = client.submit(step, action="/sign-in/code", status=422, code=pyotp.TOTP(secret).at(NOW))
    assert "redan använd" in used.text, "the code that confirmed it is used up"
    later = pyotp.TOTP(secret).at(NOW + STEP)
    assert client.submit(used, action="/sign-in/code", code=later).location == "/account"
    db.rollback()
    assert db.scalars(select(SignInSession.way).order_by(SignInSession.id.desc())).first() is WayIn.CODE
    told = db.scalars(select(Event.details).where(Event.kind == EventKind.SIGNED_IN).order_by(Event.id)).all()
    assert [one["way"] for one in told] == ["password", "code"]


def test_a_code_works_once_and_an_older_one_not_after_a_newer(db: Session) -> None:
    anna = make_user(db, Role.INSPECTOR)
    secret, _paper = with_codes(db, anna)
    made = pyotp.TOTP(secret)
    for at, works in ((NOW + STEP, True), (NOW + STEP, False), (NOW, False)):
        if works:
            assert check_code(db, user=anna, typed=made.at(at), now=NOW, **HERE) is WayIn.CODE
        else:
            with pytest.raises(SignInRefused):
                check_code(db, user=anna, typed=made.at(at), now=NOW, **HERE)


@pytest.mark.parametrize("beside", [-3, -2, 2, 3])
def test_codes_of_other_times_do_not_work(db: Session, beside: int) -> None:
    anna = make_user(db, Role.INSPECTOR)
    secret, _paper = with_codes(db, anna)
    later = NOW + timedelta(minutes=5)
    with pytest.raises(SignInRefused):
        check_code(db, user=anna, typed=pyotp.TOTP(secret).at(later + beside * STEP), now=later, **HERE)


def test_guessing_codes_is_stopped_also_for_the_right_one(db: Session) -> None:
    anna = make_user(db, Role.INSPECTOR)
    secret, paper = with_codes(db, anna)
    for number in range(LIMIT_PER_ACCOUNT):
        with pytest.raises(SignInRefused):
            check_code(db, user=anna, typed=f"99999{number}", now=NOW + 9 * STEP, **HERE)
        db.flush()
    for right in (pyotp.TOTP(secret).at(NOW + 9 * STEP), paper[0]):
        with pytest.raises(SignInThrottled):
            check_code(db, user=anna, typed=right, now=NOW + 9 * STEP, **HERE)


def test_a_code_on_paper_works_once_as_it_is_typed_and_for_its_person(db: Session) -> None:
    anna, bo = make_user(db, Role.INSPECTOR), make_user(db, Role.INSPECTOR)
    _secret, paper = with_codes(db, anna)
    with_codes(db, bo)
    typed = f" {paper[0][:4].lower()}-{paper[0][4:8]} {paper[0][8:]}"
    with pytest.raises(SignInRefused):
        check_code(db, user=bo, typed=typed, now=NOW, **HERE)
    assert check_code(db, user=anna, typed=typed, now=NOW, **HERE) is WayIn.RECOVERY_CODE
    with pytest.raises(SignInRefused):
        check_code(db, user=anna, typed=typed, now=NOW, **HERE)
    kept = db.scalars(select(RecoveryCode.code_hash)).all()
    assert all(code.encode() not in one for one in kept for code in paper), "hashes only"


def test_the_way_in_from_an_open_page_asks_for_the_code_too(
    client: Browsing, anna: User, db: Session
) -> None:
    secret, _paper = with_codes(db, anna)
    db.commit()
    given = {"email": anna.email, "password": PASSWORD}
    asked = client.http.post("/sign-in/again", json=given)
    assert asked.status_code == 422 and "code" in (asked.json or {})["errors"]
    given["code"] = pyotp.TOTP(secret).at(NOW)
    assert client.http.post("/sign-in/again", json=given).status_code == 200


def test_the_ticket_of_the_first_step_cannot_be_made_up_or_kept(
    client: Browsing, anna: User, db: Session
) -> None:
    secret, _paper = with_codes(db, anna)
    db.commit()
    step = client.submit(client.get("/sign-in"), status=200, email=anna.email, password=PASSWORD)
    code = pyotp.TOTP(secret).at(NOW)
    again = client.submit(step, action="/sign-in/code", status=422, code=code, ticket="made up")
    assert "lösenord" in again.text
    anna.password_hash = "changed since"
    db.commit()
    client.submit(step, action="/sign-in/code", status=422, code=code)


def demand(app: Flask, *, authority: bool = True, providers: bool = False) -> None:
    rules = SignInRules(second_factor=authority, second_factor_providers=providers)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], sign_in=rules)


def test_where_it_is_demanded_a_password_alone_leads_only_to_adding_one(client: Browsing, anna: User) -> None:
    demand(client.app)
    client.sign_in(anna.email, PASSWORD)
    for closed in ("/", "/inspections", "/account", "/devices/mine"):
        assert client.get(closed, status=303).location == "/account/second-factor"
    assert client.http.post("/account/password").status_code in (303, 400), "nor may the password be changed"
    assert client.http.get("/", headers={"Accept": "application/json"}).status_code == 403
    page = client.get("/account/second-factor")
    assert "räcker inte med bara lösenord" in page.text
    page = client.submit(page, action="/account/second-factor", status=200)
    client.submit(page, action="/confirm", status=200, code=pyotp.TOTP(shown_secret(page)).at(NOW))
    assert client.get("/inspections").status == 200
    removed = client.post("/account/second-factor/remove", status=303)
    assert "krävs" in client.get(removed.location or "").text, "and cannot be taken away again"


def test_of_whom_it_is_demanded_is_set_for_the_authority_and_for_providers(
    client: Browsing, db: Session
) -> None:
    provider = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    db.commit()
    demand(client.app)
    client.sign_in(provider.email, PASSWORD)
    client.get("/account")
    demand(client.app, authority=False, providers=True)
    assert client.get("/account", status=303).location == "/account/second-factor"


def at(app: Flask, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment


def test_where_one_is_signed_in_is_listed_in_words_and_ended_one_or_all(
    client: Browsing, anna: User, db: Session
) -> None:
    phone, library = Browsing(client.app), Browsing(client.app)
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0"
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"
    for browser, agent in ((client, firefox), (phone, safari), (library, "strange thing/1.0")):
        browser.http.environ_base["HTTP_USER_AGENT"] = agent
        browser.sign_in(anna.email, PASSWORD)
    page = client.get("/account")
    for said in ("Firefox på Windows", "Safari på iPhone", "Okänd webbläsare", "här och nu"):
        assert said in page.text
    assert "strange" not in page.html
    ends = [
        form.get("action") for form in page.tree.iter("form") if "/sign-ins/" in (form.get("action") or "")
    ]
    assert len(ends) == 3, "two places that are not here, and all others"
    client.post(str(next(end for end in ends if end != "/account/sign-ins/end-others")), status=303)
    out = [browser.http.get("/account").status_code for browser in (phone, library)]
    assert sorted(out) == [200, 302]
    client.post("/account/sign-ins/end-others", status=303)
    assert [browser.http.get("/account").status_code for browser in (client, phone, library)] == [
        200,
        302,
        302,
    ]
    db.rollback()
    told = db.scalars(select(Event.details).where(Event.kind == EventKind.SESSIONS_ENDED)).all()
    assert [one["number"] for one in told] == [1, 1]


def test_somebody_elses_sign_in_is_not_there(client: Browsing, anna: User, db: Session) -> None:
    bo = make_user(db, Role.INSPECTOR)
    db.commit()
    other = Browsing(client.app)
    other.sign_in_as(bo)
    client.sign_in_as(anna)
    theirs = db.scalars(select(SignInSession.id).where(SignInSession.user_id == bo.id)).one()
    client.post(f"/account/sign-ins/{theirs}/end", status=404)
    assert other.http.get("/account").status_code == 200
