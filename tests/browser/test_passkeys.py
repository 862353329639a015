"""A passkey in a real browser: made, signed in with, and shown once more before a grave step; nothing typed is lost.

Chromium plays the device itself (WebDriver's virtual authenticator, over its developer tools).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from tests.browser.authority import PASSWORD, email_of, found_authority, rows
from tests.browser.chromium import Complaints, assert_fits, sign_in
from tests.browser.server import Site
from tests.builders import make_inspection
from tillsyn.inspect.rules.fresh_sign_in import FRESH_FOR
from tillsyn.models.break_glass import GlassOpening
from tillsyn.models.people import SignInSession, User
from tillsyn.models.sign_in import WayIn
from tillsyn.models.vocabulary import TeamRole

DNR = "2026-00091"
WORDS = "Ett barn har ringt från boendet, och ingen i teamet svarar i telefon."


class NamedSite(Site):
    """At a name: browsers have no passkeys at a number."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.address = f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        return super().environment() | {"TILLSYN_BASE_URL": self.address}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    served = NamedSite(tmp_path_factory.mktemp("passkeys") / "instance")
    found_authority(served)
    with rows(served) as db:
        lead = db.query(User).filter_by(email=email_of("inspector")).one()
        make_inspection(db, team={TeamRole.INSPECTOR: lead}, dnr=DNR)
    served.start()
    yield served
    served.stop()


def test_signed_in_and_stepped_up_by_passkey_with_nothing_typed_lost(
    person: Callable[..., Page], complaints: Complaints, site: Site
) -> None:
    page = person()
    device = give_device(page)
    sign_in(page, email_of("peer_reviewer"), PASSWORD)
    page.goto("/account")
    page.locator("main input[name=name]").fill("Min dator")
    page.get_by_role("button", name="Lägg till en inloggningsnyckel på den här enheten").click()
    expect(page.get_by_text("Nästa gång kan du logga in med den")).to_be_visible()
    assert len(device("getCredentials")["credentials"]) == 1
    page.context.clear_cookies()

    page.goto("/sign-in")
    page.get_by_role("button", name="Logga in med inloggningsnyckel").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    assert ways(site) == [WayIn.PASSKEY, WayIn.PASSKEY], "where it was made, and signed in with"

    page.goto("/break-glass")
    page.locator("main input[name=dnr]").fill(DNR)
    page.locator("main input[name=reason][value=danger]").check()
    page.locator("main textarea[name=words]").fill(WORDS)
    long_ago = datetime.now(UTC) - FRESH_FOR - timedelta(minutes=1)
    with rows(site) as db:
        db.execute(update(SignInSession).values(proved_at=long_ago))
    complaints.allowed.append("401")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa en gång till att det är du")
    assert_fits(page)
    device("setUserVerified", isUserVerified=False)
    page.get_by_role("button", name="Använd en inloggningsnyckel").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    device("setUserVerified", isUserVerified=True)
    page.get_by_role("button", name="Använd en inloggningsnyckel").click()
    page.wait_for_url(lambda address: f"/inspections/{DNR}" in address)
    expect(page.get_by_text("Du läser ärendet utan del i det")).to_be_visible()
    with rows(site) as db:
        assert [one.words for one in db.scalars(select(GlassOpening))] == [WORDS]


def give_device(page: Page) -> Callable[..., dict[str, list[object]]]:
    """A device in the browser that checks its owner; gives back how to ask it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def ask(command: str, **values: object) -> dict[str, list[object]]:
        return session.send(f"WebAuthn.{command}", {"authenticatorId": made["authenticatorId"], **values})

    return ask


def ways(site: Site) -> list[WayIn]:
    with rows(site) as db:
        return list(db.scalars(select(SignInSession.way)))
