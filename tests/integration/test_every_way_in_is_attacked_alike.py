"""What is tried at the first step of signing in is tried at the later ones: led elsewhere, a planted session, replays."""

import pyotp
import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, make_user
from tests.integration.browsing import Browsing
from tests.integration.test_second_factor import STEP, with_codes
from tests.integration.test_sessions import OUTWARD
from tillsyn.inspect.services.recover_account import begin_recovery, confirm_recovery
from tillsyn.inspect.web.session import TOKEN, actor_of
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role

TARGETS = [one for one in OUTWARD if one]


@pytest.fixture
def anna(client: Browsing, db: Session) -> User:
    client.app.config["CLOCK"] = lambda: NOW
    user = make_user(db, Role.INSPECTOR, email="anna@example.se")
    db.commit()
    return user


def second_step(browser: Browsing, who: User, secret: str, onward: str) -> str | None:
    """Sign in with password and code; where one is led."""
    page = browser.submit(
        browser.get("/sign-in"), status=200, email=who.email, password=PASSWORD, next=onward
    )
    code = pyotp.TOTP(secret).at(browser.app.config["CLOCK"]())
    return browser.submit(page, action="/sign-in/code", code=code).location


@pytest.mark.parametrize("target", TARGETS)
def test_no_later_step_leads_to_another_site(client: Browsing, anna: User, db: Session, target: str) -> None:
    secret, _paper = with_codes(db, anna)
    db.commit()
    assert second_step(client, anna, secret, target) == "/"
    client.app.config["CLOCK"] = lambda: NOW + 2 * STEP
    proof = {"fresh_password": PASSWORD, "fresh_code": pyotp.TOTP(secret).at(NOW + 2 * STEP), "next": target}
    assert client.post("/sign-in/prove", status=303, **proof).location == "/"
    assert client.post("/language", language="sv", next=target).location == "/"


def test_a_session_that_was_planted_is_nobody_s_after_the_second_step(
    client: Browsing, anna: User, db: Session
) -> None:
    secret, _paper = with_codes(db, anna)
    db.commit()
    attacker = Browsing(client.app)
    attacker.get("/sign-in")
    planted = attacker.http.get_cookie("tillsyn")
    assert planted is not None
    client.http.set_cookie("tillsyn", planted.value)
    second_step(client, anna, secret, "/account")
    assert client.get("/account").status == 200
    assert attacker.http.get("/account").status_code == 302
    with client.http.session_transaction() as kept, attacker.http.session_transaction() as other:
        assert kept.get(TOKEN) and TOKEN not in other


def test_a_code_that_was_overheard_signs_nobody_else_in_and_proves_nothing_twice(
    client: Browsing, anna: User, db: Session
) -> None:
    secret, _paper = with_codes(db, anna)
    db.commit()
    second_step(client, anna, secret, "/account")
    thief = Browsing(client.app)
    page = thief.submit(thief.get("/sign-in"), status=200, email=anna.email, password=PASSWORD)
    thief.submit(page, action="/sign-in/code", status=422, code=pyotp.TOTP(secret).at(NOW))
    assert thief.http.get("/account").status_code == 302
    client.app.config["CLOCK"] = lambda: NOW + 2 * STEP
    proof = {
        "fresh_password": PASSWORD,
        "fresh_code": pyotp.TOTP(secret).at(NOW + 2 * STEP),
        "next": "/account",
    }
    client.post("/sign-in/prove", status=303, **proof)
    client.post("/sign-in/prove", status=422, **proof)


def test_the_way_back_works_once_on_its_page_and_all_wrong_codes_are_answered_alike(
    client: Browsing, anna: User, db: Session
) -> None:
    first, second = make_user(db, Role.ADMINISTRATOR), make_user(db, Role.SUPERVISOR)
    secret_key = client.app.config["SETTINGS"].secret_key
    made, half = begin_recovery(db, actor=actor_of(first), user_id=anna.id, secret_key=secret_key, now=NOW)
    _made, rest = confirm_recovery(
        db, actor=actor_of(second), recovery_id=made.id, secret_key=secret_key, now=NOW
    )
    db.commit()
    new = "klocka-havre-tolv-fyrar"

    def sent(email: str, code: str, status: int) -> str:
        browser = Browsing(client.app)
        page = browser.get("/sign-in/recover")
        answer = browser.submit(page, status=status, email=email, code=code, password=new)
        return answer.text.replace(email, "…").replace(code, "…")

    wrong = [
        sent(*given, 422)
        for given in ((anna.email, half), (anna.email, rest + half), ("no@example.se", half + rest))
    ]
    assert len(set(wrong)) == 1
    sent(anna.email, half + rest, 303)
    assert sent(anna.email, half + rest, 422) == wrong[0]
