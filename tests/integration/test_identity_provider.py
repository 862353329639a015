"""The authority's own sign-in, asked over the network of a provider that runs as a process of its own.

tests/identity_provider.py is built on the server side of Authlib; it signs with its own keys, demands PKCE and a
nonce, and tells one lie at a time when it is asked to. Each lie is refused in words, and signs nobody in.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, make_user
from tests.integration.browsing import Browsing, Page
from tillsyn.inspect.outside.identity_provider import IdentityProvider, begin
from tillsyn.inspect.outside.sign_in_settings import SignInRules
from tillsyn.inspect.services.sign_in_with_identity import open_to_identity
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.people import SignInSession, User
from tillsyn.models.sign_in import IdentityLink, WayIn
from tillsyn.models.vocabulary import Role

PROGRAM = Path(__file__).parents[1] / "identity_provider.py"
STRONG, WEAK = "http://id.example/loa3", "http://id.example/loa2"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = subprocess.Popen([sys.executable, str(PROGRAM), str(port)], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            requests.get(f"{address}/keys", timeout=5)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    yield address
    own.terminate()
    own.wait(10)


@dataclass
class There:
    """The provider and the site together. `sign_in` goes there and back as a browser does."""

    issuer: str
    client: Browsing
    db: Session
    anna: User
    provider: IdentityProvider

    def say(self, **said: Any) -> None:
        requests.post(f"{self.issuer}/say", json=said, timeout=10)

    def lead(self, address: str = "/sign-in/identity") -> str:
        led = self.client.http.get(address)
        assert led.status_code == 302 and led.location.startswith(self.issuer), led.text
        return str(requests.get(led.location, allow_redirects=False, timeout=10).headers["Location"])

    def back(self, address: str, status: int = 302) -> Page:
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}", status=status)

    def sign_in(self, status: int = 302) -> Page:
        return self.back(self.lead(), status)

    @property
    def is_in(self) -> bool:
        return self.client.http.get("/account").status_code == 200

    def whys(self) -> list[str]:
        self.db.rollback()
        return [
            one["why"]
            for one in self.db.scalars(select(Event.details).where(Event.kind == EventKind.SIGN_IN_FAILED))
        ]


@pytest.fixture
def there(issuer: str, app: Flask, client: Browsing, db: Session) -> There:
    app.config["CLOCK"] = lambda: datetime.now(UTC)
    provider = IdentityProvider(issuer, "tillsyn", "between us", (STRONG,), "email", "Kortet")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], sign_in=SignInRules(provider=provider))
    anna = make_user(db, Role.INSPECTOR, email="anna.ek@myndighet.example")
    admin = make_user(db, Role.ADMINISTRATOR)
    open_to_identity(
        db,
        actor=acting(admin),
        user_id=anna.id,
        issuer=issuer,
        claim="Anna@example.se",
        now=datetime.now(UTC),
    )
    db.commit()
    found = There(issuer, client, db, anna, provider)
    found.say()
    return found


def test_one_is_led_there_and_comes_back_signed_in(there: There) -> None:
    assert "Logga in med Kortet" in there.client.get("/sign-in").text
    assert there.back(there.lead("/sign-in/identity?next=/account")).location == "/account"
    assert there.is_in
    asked = requests.get(f"{there.issuer}/seen", timeout=10).json()[0]
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len(asked["code_challenge"]) == 43 and len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32
    assert asked["acr_values"] == STRONG
    there.db.rollback()
    assert there.db.scalars(select(SignInSession.way)).one() is WayIn.PROVIDER
    assert there.db.scalars(select(IdentityLink.subject)).one() == "s1", "tied at the first sign-in"
    told = there.db.scalars(select(Event.details).where(Event.kind == EventKind.SIGNED_IN)).one()
    assert told == {"way": "provider"}


LIES: dict[str, tuple[dict[str, Any], str, str]] = {
    "nonce": ({"claims": {"nonce": "of another sign-in"}}, "nonce", "hör till en annan inloggning"),
    "no nonce": ({"claims": {"nonce": None}}, "nonce", "hör till en annan inloggning"),
    "acr": ({"claims": {"acr": WEAK}}, "acr", "inte är starkt nog"),
    "no acr": ({"claims": {"acr": None}}, "acr", "inte är starkt nog"),
    "audience": ({"claims": {"aud": ["another service"]}}, "audience", "avsett för en annan tjänst"),
    "authorised party": ({"claims": {"azp": "another service"}}, "audience", "avsett för en annan tjänst"),
    "expired": ({"claims": {"exp": 1_700_000_000, "iat": 1_699_999_000}}, "expired", "för gammalt"),
    "issuer of the token": (
        {"claims": {"iss": "https://other.example"}},
        "issuer",
        "en annan inloggningstjänst",
    ),
    "issuer of the answer": (
        {"answer": {"iss": "https://other.example"}},
        "issuer",
        "en annan inloggningstjänst",
    ),
    "no issuer of the answer": ({"answer": {"iss": ""}}, "issuer", "en annan inloggningstjänst"),
    "another's key": ({"key": "other"}, "signature", "inte underskrivet"),
    "broken off": ({"answer": {"error": "access_denied"}}, "refused", "avbröts"),
    "somebody unknown": ({"sub": "s9", "claims": {"email": "bo@example.se"}}, "unknown", "Inget konto här"),
    "an address that nobody verified": ({"claims": {"email_verified": False}}, "unknown", "Inget konto här"),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_right_is_refused_in_words_and_signs_nobody_in(there: There, lie: str) -> None:
    said, why, words = LIES[lie]
    there.say(**said)
    assert words in there.sign_in(status=422).text
    assert not there.is_in
    assert there.whys() == [why]


def test_an_answer_with_another_state_or_to_nobody_s_question_is_refused(there: There) -> None:
    answer = there.lead()
    state = parse_qs(urlsplit(answer).query)["state"][0]
    assert "inte till det som frågades" in there.back(answer.replace(state, "x" * 32), 422).text
    other = Browsing(there.client.app)
    parts = urlsplit(there.lead())
    assert other.http.get(f"{parts.path}?{parts.query}").status_code == 422, "another browser did not ask"
    assert not there.is_in
    assert there.whys() == ["state"], "what nobody asked for is not noted"


def test_an_answer_works_once_in_the_browser_and_its_code_once_at_the_provider(there: There) -> None:
    answer = there.lead()
    with there.client.http.session_transaction() as kept:
        asked = kept["identity"]
    there.back(answer)
    there.client.sign_out()
    assert there.back(answer, 422), "the browser's own memory of the question is gone"
    with there.client.http.session_transaction() as kept:
        kept["identity"] = asked
    assert "redan använt" in there.back(answer, 422).text
    assert not there.is_in


def test_a_code_without_the_verifier_of_the_question_is_refused_by_the_provider(there: There) -> None:
    answer = there.lead()
    with there.client.http.session_transaction() as kept:
        kept["identity"] = kept["identity"] | {"verifier": "v" * 64}
    assert there.back(answer, 422)
    assert there.whys() == ["code"]
    address, _asked = begin(there.provider, "http://127.0.0.1/sign-in/identity/answer", anew=False)
    bare = "&".join(part for part in address.split("&") if not part.startswith("code_challenge"))
    refused = requests.get(bare, allow_redirects=False, timeout=10)
    assert "code=" not in refused.headers.get("Location", ""), "the provider demands PKCE"


def test_once_tied_only_the_provider_s_own_name_for_the_person_counts(there: There) -> None:
    there.sign_in()
    there.client.sign_out()
    there.say(sub="s1", claims={"email": "changed@example.se"})
    there.sign_in()
    assert there.is_in, "a new address at the provider changes nothing"
    there.client.sign_out()
    there.say(sub="s2")
    there.sign_in(status=422)
    assert not there.is_in, "somebody else who has got the old address is not let in"


def test_a_closed_account_is_not_opened_and_no_account_is_made(there: There) -> None:
    there.anna.disabled_at = datetime.now(UTC)
    number = len(there.db.scalars(select(User.id)).all())
    there.db.commit()
    there.sign_in(status=422)
    there.db.rollback()
    assert len(there.db.scalars(select(User.id)).all()) == number


def test_a_provider_that_is_silent_or_says_it_is_another_is_told_of(there: There, app: Flask) -> None:
    there.say(issuer="https://other.example")
    assert "en annan inloggningstjänst" in there.client.get("/sign-in/identity", status=422).text
    gone = replace(there.provider, issuer="http://127.0.0.1:9")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], sign_in=SignInRules(provider=gone))
    assert "svarar inte" in there.client.get("/sign-in/identity", status=422).text


def test_to_prove_oneself_anew_one_signs_in_there_again_as_the_same(there: There) -> None:
    there.sign_in()
    old = datetime(2026, 1, 1, tzinfo=UTC)
    there.db.rollback()
    there.db.scalars(select(SignInSession)).one().proved_at = old
    there.db.commit()
    there.say(sub="s2")
    assert "någon annan" in there.back(there.lead("/sign-in/identity?anew=1"), 422).text or there.whys()
    there.say(claims={"auth_time": int(time.time()) - 4000})
    assert "för gammalt" in there.back(there.lead("/sign-in/identity?anew=1"), 422).text
    there.say()
    assert "Du har visat vem du är" in there.back(there.lead("/sign-in/identity?anew=1"), 200).text
    asked = requests.get(f"{there.issuer}/seen", timeout=10).json()[-1]
    assert asked["prompt"] == "login" and int(asked["max_age"]) > 0
    there.db.rollback()
    assert there.db.scalars(select(SignInSession.proved_at)).one() > old


def test_signing_out_here_offers_to_sign_out_there(there: There) -> None:
    there.sign_in()
    out = there.client.submit(there.client.get("/account"), action="/sign-out")
    page = there.client.get(out.location or "")
    assert "Logga ut från myndighetens egen inloggning" in page.text
    left = there.client.get("/sign-in/identity/leave", status=302).location or ""
    assert left.startswith(f"{there.issuer}/leave?") and "client_id=tillsyn" in left


def test_an_administrator_ties_an_account_and_lets_go_of_it(there: There) -> None:
    admin = make_user(there.db, Role.ADMINISTRATOR)
    there.db.commit()
    there.client.sign_in_as(admin)
    page = there.client.get(f"/accounts/{there.anna.id}")
    there.client.submit(page, action="/identity", status=303, claim="SE2321000016-ABCD")
    there.db.rollback()
    assert there.db.scalars(select(IdentityLink.claim)).one() == "se2321000016-abcd"
    there.client.submit(
        there.client.get(f"/accounts/{there.anna.id}"), action="/identity", status=303, claim=""
    )
    there.db.rollback()
    assert there.db.scalars(select(IdentityLink)).all() == []
