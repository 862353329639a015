"""Signing in, staying signed in and being signed out; guessing; and where one is sent afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services import sign_in as sign_in_service
from tillsyn.inspect.services.manage_users import disable_user
from tillsyn.inspect.services.sign_in import LIMIT_PER_ACCOUNT, LIMIT_PER_ORIGIN, WINDOW
from tillsyn.inspect.web.access import safe_next
from tillsyn.inspect.web.session import TOKEN
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.people import SignInAttempt, SignInSession, User
from tillsyn.models.vocabulary import Role

SetClock = Callable[[datetime], None]
WRONG = "E-postadressen eller lösenordet"


@pytest.fixture
def anna(db: Session) -> User:
    user = make_user(db, Role.INSPECTOR, email="anna@example.se")
    db.commit()
    return user


@pytest.fixture
def clock(app: Flask) -> SetClock:
    """Set the time of the site; it stands at NOW."""

    def at(moment: datetime) -> None:
        app.config["CLOCK"] = lambda: moment

    at(NOW)
    return at


def is_signed_in(client: Browsing) -> bool:
    return client.http.get("/accounts").status_code == 404  # not an administrator, but somebody


def token_of(client: Browsing) -> str | None:
    with client.http.session_transaction() as kept:
        return kept.get(TOKEN)


def refused(client: Browsing, email: str, password: str) -> str:
    return client.sign_in(email, password, status=422).text


# --- The session ----------------------------------------------------------------------------


def test_each_sign_in_has_a_token_of_its_own(
    client: Browsing, anna: User, clock: SetClock, db: Session
) -> None:
    client.sign_in(anna.email, PASSWORD)
    first = token_of(client)
    client.sign_in(anna.email, PASSWORD)
    assert first and token_of(client) not in (None, first)
    stored = db.scalars(select(SignInSession.token_hash)).all()
    assert len(stored) == 2
    assert all(first.encode() not in kept for kept in stored), "the token itself is never stored"


def test_what_an_anonymous_session_held_is_dropped_at_sign_in(client: Browsing, anna: User) -> None:
    with client.http.session_transaction() as kept:
        kept["planted"] = "by somebody else"
        kept[TOKEN] = "a token that somebody else knows"
    client.sign_in(anna.email, PASSWORD)
    with client.http.session_transaction() as kept:
        assert "planted" not in kept
        assert kept[TOKEN] != "a token that somebody else knows"


def test_an_idle_session_ends_and_a_used_one_goes_on(client: Browsing, anna: User, clock: SetClock) -> None:
    client.sign_in(anna.email, PASSWORD)
    clock(NOW + timedelta(minutes=59))
    assert is_signed_in(client)
    clock(NOW + timedelta(minutes=118))
    assert is_signed_in(client)
    clock(NOW + timedelta(minutes=178))
    assert not is_signed_in(client)


def test_no_session_lives_longer_than_twelve_hours(client: Browsing, anna: User, clock: SetClock) -> None:
    client.sign_in(anna.email, PASSWORD)
    for minutes in range(50, 12 * 60, 50):
        clock(NOW + timedelta(minutes=minutes))
        assert is_signed_in(client), minutes
    clock(NOW + timedelta(hours=12))
    assert not is_signed_in(client)


def test_a_revoked_session_is_over_at_once(
    client: Browsing, anna: User, clock: SetClock, db: Session
) -> None:
    client.sign_in(anna.email, PASSWORD)
    db.scalars(select(SignInSession)).one().revoked_at = NOW
    db.commit()
    assert not is_signed_in(client)


def test_signing_out_ends_the_session_on_the_server_too(
    client: Browsing, anna: User, clock: SetClock
) -> None:
    client.sign_in(anna.email, PASSWORD)
    token = token_of(client)
    client.post("/sign-out")
    assert not is_signed_in(client)
    with client.http.session_transaction() as kept:
        kept[TOKEN] = token  # a copy of the cookie from before
    assert not is_signed_in(client)


def test_a_disabled_account_is_out_at_once_and_cannot_come_in(
    client: Browsing, anna: User, clock: SetClock, db: Session
) -> None:
    client.sign_in(anna.email, PASSWORD)
    disable_user(db, actor=None, user_id=anna.id, now=NOW)
    db.commit()
    assert not is_signed_in(client)
    assert WRONG in refused(client, anna.email, PASSWORD)


def test_the_cookie_is_for_this_site_and_no_script(client: Browsing, anna: User) -> None:
    sent = client.sign_in(anna.email, PASSWORD).answer.headers["Set-Cookie"]
    assert "HttpOnly" in sent and "SameSite=Lax" in sent and "Path=/" in sent
    assert "Domain=" not in sent


def test_the_cookie_of_a_site_with_https_is_sent_there_only(app: Flask, client: Browsing) -> None:
    from dataclasses import replace

    from tillsyn.inspect.app import create_app

    secure = create_app(replace(app.config["SETTINGS"], base_url="https://tillsyn.example"))
    answer = secure.test_client().get("/sign-in", base_url="https://tillsyn.example")
    sent = answer.headers["Set-Cookie"]
    assert sent.startswith("__Host-tillsyn=") and "Secure" in sent and "HttpOnly" in sent
    secure.extensions["tillsyn_engine"].dispose()


def test_a_forged_cookie_signs_nobody_in(client: Browsing, anna: User) -> None:
    client.http.set_cookie("tillsyn", "eyJ0b2tlbiI6ImFiYyJ9.aaaa.bbbb")
    assert not is_signed_in(client)


# --- Guessing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "waits"), [("sv", "För många försök"), ("en", "Too many attempts. Wait 15 minutes")]
)
def test_guessing_one_account_is_stopped_and_opens_again(
    client: Browsing, anna: User, clock: SetClock, db: Session, language: str, waits: str
) -> None:
    client.speak(language)
    wrong = WRONG if language == "sv" else "The e-mail address or the password is not right."
    for _ in range(LIMIT_PER_ACCOUNT):
        assert wrong in refused(client, anna.email, "fel lösenord igen")
    assert waits in refused(client, anna.email, PASSWORD), "even the right password waits"
    clock(NOW + WINDOW + timedelta(seconds=1))
    client.sign_in(anna.email, PASSWORD)
    assert is_signed_in(client)


def test_an_account_that_does_not_exist_is_throttled_like_one_that_does(
    client: Browsing, anna: User, clock: SetClock
) -> None:
    for _ in range(LIMIT_PER_ACCOUNT):
        assert WRONG in refused(client, "ingen@example.se", "fel lösenord igen")
    assert "För många försök" in refused(client, "ingen@example.se", "fel lösenord igen")


def test_guessing_at_many_accounts_from_one_place_is_stopped(
    client: Browsing, anna: User, clock: SetClock, db: Session
) -> None:
    place = sign_in_service._keyed(client.app.config["SECRET_KEY"], "origin", "127.0.0.1")
    db.add_all(
        SignInAttempt(account_hash=bytes([number]) * 32, origin_hash=place, at=NOW)
        for number in range(LIMIT_PER_ORIGIN)
    )
    db.commit()
    assert "För många försök" in refused(client, anna.email, PASSWORD)


def test_failures_are_kept_as_keyed_hashes_and_without_the_password(
    client: Browsing, anna: User, db: Session
) -> None:
    refused(client, anna.email, "fel lösenord igen")
    attempt = db.scalars(select(SignInAttempt)).one()
    assert anna.email.encode() not in attempt.account_hash and len(attempt.account_hash) == 32
    event = db.scalars(select(Event).where(Event.kind == EventKind.SIGN_IN_FAILED)).one()
    assert (event.actor_id, event.details) == (None, {"why": "wrong"})


@pytest.mark.parametrize("email", ["anna@example.se", "ingen@example.se"])
def test_a_password_is_verified_whether_or_not_the_account_exists(
    client: Browsing, anna: User, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """The answer must not come sooner for an address that nobody has."""
    asked: list[str | None] = []
    verify = sign_in_service.password_is_right

    def counted(password: str, stored: str | None) -> bool:
        asked.append(stored)
        return verify(password, stored)

    monkeypatch.setattr(sign_in_service, "password_is_right", counted)
    refused(client, email, "fel lösenord igen")
    assert len(asked) == 1


def test_the_same_words_whether_account_or_password_is_wrong(client: Browsing, anna: User) -> None:
    known = refused(client, anna.email, "fel lösenord igen").replace(anna.email, "")
    unknown = refused(client, "ingen@example.se", "fel lösenord igen").replace("ingen@example.se", "")
    assert known == unknown


# --- Where one goes -------------------------------------------------------------------------

OUTWARD = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "/a\\..\\evil",
    "",
)


@pytest.mark.parametrize("target", OUTWARD)
def test_signing_in_leads_to_nowhere_else(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_next(target) == "/"


@pytest.mark.parametrize("target", ["/inspections", "/inspections?state=all&page=2", "/log?first=2026-01-01"])
def test_signing_in_leads_to_where_one_was_going(
    app: Flask, client: Browsing, anna: User, target: str
) -> None:
    with app.test_request_context():
        assert safe_next(target) == target
    asked = client.get(target, status=302)
    page = client.get(str(asked.location))
    sent = client.submit(page, email=anna.email, password=PASSWORD)
    assert sent.location == target


# --- Language -------------------------------------------------------------------------------


def test_the_language_is_remembered_in_the_browser_and_in_the_account(
    app: Flask, client: Browsing, anna: User, db: Session
) -> None:
    client.speak("en")
    assert "Sign in" in client.get("/sign-in").text
    other = Browsing(app)
    other.sign_in_as(anna)
    page = other.get("/")
    other.language = "en"
    other.submit(page, action="/language", language="en")
    assert db.scalar(select(User.language).where(User.id == anna.id)) == "en"
    fresh = Browsing(app)
    fresh.language = "en"
    fresh.http.post("/language")
    fresh.language = "sv"
    sent = fresh.sign_in(anna.email, PASSWORD)
    assert sent.location == "/"
    fresh.language = "en"
    assert "Sign out" in fresh.get("/").text


def test_an_unknown_language_changes_nothing(client: Browsing, anna: User) -> None:
    client.post("/language", language="xx")
    assert "Logga in" in client.get("/sign-in").text


def test_a_use_of_the_session_is_noted_at_most_once_a_minute(
    client: Browsing, anna: User, clock: SetClock, db: Session
) -> None:
    client.sign_in(anna.email, PASSWORD)
    for seconds in (10, 30, 59):
        clock(NOW + timedelta(seconds=seconds))
        assert is_signed_in(client)
    db.expire_all()
    assert db.scalar(select(func.max(SignInSession.last_seen_at))) == NOW
    clock(NOW + timedelta(seconds=61))
    assert is_signed_in(client)
    db.rollback()
    assert db.scalar(select(func.max(SignInSession.last_seen_at))) == NOW + timedelta(seconds=61)
