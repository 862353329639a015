"""A device opens for its person only, locks itself, and says when it cannot be used."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, expect

from tests.browser.chromium import PHONE, TABLET, assert_accessible, assert_fits, open_context
from tests.browser.field_app import FieldApp, Visit, new_statement, ready, visit_of_two

MINUTES = 60_000


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with visit_of_two(tmp_path_factory.mktemp("opens") / "instance") as made:
        yield made


@pytest.fixture(scope="module")
def device(browser: Browser, visit: Visit) -> Iterator[FieldApp]:
    """A device that is used again by each test that leaves it as it was."""
    context = open_context(browser, visit.way.address, size=TABLET)
    yield ready(context, visit)
    context.close()


@pytest.fixture
def context(browser: Browser, visit: Visit) -> Iterator[BrowserContext]:
    context = open_context(browser, visit.way.address, size=TABLET)
    yield context
    context.close()


def test_a_passkey_opens_the_device_without_network(context: BrowserContext, visit: Visit) -> None:
    page = context.new_page()
    keys = authenticator(context.new_cdp_session(page))
    app = FieldApp(page, visit.way.address)
    app.sign_in()
    app.open()
    app.enrol("prf")
    app.ask("take", visit.case)
    doc = new_statement(app, visit)
    app.say(visit.case, doc, "med nyckel")
    app.ready_without_network()
    app.ask("syncNow")
    context.set_offline(True)
    app.open()
    assert app.state() == "locked"
    app.ask("unlock", {})
    assert app.text(visit.case, doc)["value"] == "med nyckel"
    app.ask("lock")
    keys(False)
    assert app.refusal("unlock", {}) == "no_passkey"
    assert app.state() == "locked"


def test_a_passkey_that_cannot_keep_a_key_is_refused_and_the_five_words_do(
    context: BrowserContext, visit: Visit
) -> None:
    page = context.new_page()
    authenticator(context.new_cdp_session(page), prf=False)
    app = FieldApp(page, visit.way.address)
    app.sign_in()
    app.open()
    page.locator("#device-name").fill("platta 5")
    page.locator("label[for=way-0]").click()
    page.locator("#continue").click()
    expect(page.locator("#fault")).to_contain_text("välj de fem orden")
    assert app.state() == "new" and app.stores() == [], "nothing is kept"
    page.locator("label[for=way-1]").click()
    page.locator("#continue").click()
    expect(page.locator("#secret-words li")).to_have_count(5)


def authenticator(session: CDPSession, *, prf: bool = True) -> Callable[[bool], None]:
    """A passkey, with the PRF extension or without; what is returned says whether its person is the right one."""
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "ctap2Version": "ctap2_1",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "hasPrf": prf,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def verify(verified: bool) -> None:
        said = {"authenticatorId": made["authenticatorId"], "isUserVerified": verified}
        session.send("WebAuthn.setUserVerified", said)

    return verify


def test_the_device_locks_itself_when_nobody_touches_it(device: FieldApp, visit: Visit) -> None:
    statement = new_statement(device, visit)
    device.page.clock.install()
    app = device.open()
    app.unlock()
    app.page.clock.run_for(4 * MINUTES)
    app.page.mouse.click(5, 5)
    app.page.clock.run_for(4 * MINUTES)
    assert app.state() == "open"
    app.ask("draft", visit.case, "statement", statement, "text", "halvvägs")
    app.page.clock.run_for(2 * MINUTES)
    app.page.clock.resume()
    app.page.wait_for_timeout(300)
    assert app.state() == "locked"
    app.unlock()
    assert app.text(visit.case, statement)["value"] == "halvvägs"


def test_the_device_locks_itself_after_a_minute_out_of_sight_but_not_while_it_records(
    device: FieldApp, visit: Visit
) -> None:
    hide = """(how) => {
        Object.defineProperty(document, "visibilityState", { value: how, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    records = "(on) => import('/static/field/session.js').then(({ session }) => { session.recording = on; })"
    page = device.page
    page.clock.install()
    device.open()
    device.unlock()
    for recording, state in ((True, "open"), (False, "locked")):
        page.evaluate(records, recording)
        page.evaluate(hide, "hidden")
        page.clock.run_for(50_000)
        assert device.state() == "open"
        page.clock.run_for(20_000)
        page.clock.resume()
        page.wait_for_timeout(200)
        assert device.state() == state
        page.evaluate(hide, "visible")
    # And at once when the page is left: the key is in its memory alone.
    device.unlock()
    page.evaluate("() => { dispatchEvent(new PageTransitionEvent('pagehide')); }")
    assert device.state() == "locked"


UNFIT = {
    "Fönstret är privat": "StorageManager.prototype.getDirectory = "
    "() => Promise.reject(new DOMException('', 'SecurityError'));",
    "Webbläsaren är för gammal": "Object.defineProperty(navigator, 'locks', { value: undefined });",
    "Öppna appen från hemskärmen": "Object.defineProperty(navigator, 'platform', { value: 'MacIntel' });"
    "Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 });",
    "Enheten är nästan full": "StorageManager.prototype.estimate = "
    "() => Promise.resolve({ quota: 9e9, usage: 9e9 - 1e6 });",
    "Webbläsaren kan inte kryptera": "Object.defineProperty(crypto, 'subtle', { value: undefined });",
    "Webbläsaren klarar sig inte utan nät": "Object.defineProperty("
    "Navigator.prototype, 'serviceWorker', { value: undefined });",
}
"""What the screen is headed with, and what makes a browser be such."""


def test_a_browser_that_will_not_do_is_told_why_and_what_to_do_instead(
    browser: Browser, visit: Visit
) -> None:
    context = open_context(browser, visit.site.address, size=PHONE)
    for heading, unfit in UNFIT.items():
        page = context.new_page()
        page.add_init_script(unfit)
        page.goto("/field/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Fältläget går inte att använda här")
        expect(page.locator(".refusals h2")).to_have_text([heading])
        expect(page.get_by_role("link", name="Frågorna som PDF")).to_be_visible()
        if heading == "Fönstret är privat":
            assert_accessible(page)
            assert_fits(page)
        page.close()
    context.close()
