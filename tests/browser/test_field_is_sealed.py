"""What stands on a device is readable for one person only, and for nobody once it is ended, locked or lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.browser.authority import email_of, rows
from tests.browser.chromium import TABLET, open_context
from tests.browser.field_app import FieldApp, Visit, kill, new_statement, own_browser, ready, visit_of_two
from tests.builders import acting
from tillsyn.inspect.services.lose_device import report_lost
from tillsyn.models.people import User

MINUTES = 60_000


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with visit_of_two(tmp_path_factory.mktemp("sealed") / "instance") as made:
        yield made


@pytest.fixture(scope="module")
def device(browser: Browser, visit: Visit) -> Iterator[FieldApp]:
    """A device that is used again by each test that leaves it as it was."""
    context = open_context(browser, visit.way.address, size=TABLET)
    yield ready(context, visit)
    context.close()


@pytest.fixture
def statement(device: FieldApp, visit: Visit) -> str:
    doc = new_statement(device, visit)
    device.ask("syncNow")
    return doc


@pytest.fixture
def context(browser: Browser, visit: Visit) -> Iterator[BrowserContext]:
    context = open_context(browser, visit.way.address, size=TABLET)
    yield context
    context.close()


def test_a_killed_browser_loses_no_key_and_leaves_nothing_readable(
    playwright: Playwright, visit: Visit, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with own_browser(playwright, profile) as context:
        app = ready(context, visit)
        doc = new_statement(app, visit)
        app.ask("syncNow")
        context.set_offline(True)
        app.say(visit.case, doc, "Kvastnyckeln hänger i skåpet")
        # Typed as a person does, in a field as the screens make them; and in one that is not, to show that
        # what is searched for would be found.
        app.page.evaluate(
            """async ([id, doc]) => {
                const core = await import("/static/field/core.js");
                const field = document.createElement("textarea");
                field.autocomplete = "off";
                field.id = "typed";
                field.addEventListener("input", () => core.draft(id, "statement", doc, "text", field.value));
                const control = document.createElement("textarea");
                control.id = "control";
                document.body.append(field, control);
            }""",
            [visit.case, doc],
        )
        app.page.locator("#typed").press_sequentially("Smultronvisan på övervåningen", delay=5)
        app.page.locator("#control").press_sequentially("Vallmokransen i hallen", delay=5)
        for _wait in range(40):  # Chromium writes its session file some seconds after a key
            app.page.wait_for_timeout(250)
            if found_in(profile, "Vallmokransen i hallen"):
                break
        app.ask("draft", visit.case, "statement", doc, "text", "Smultronvisan på övervåningen, sa hon")
        app.page.wait_for_timeout(250)
        kill(profile)
    assert found_in(profile, "Vallmokransen i hallen"), (
        "the search would not find what Chromium writes in the clear"
    )
    assert found_in(profile, "Smultronvisan på övervåningen") == []
    assert found_in(profile, "Kvastnyckeln hänger i skåpet") == []
    with own_browser(playwright, profile) as context:
        context.set_offline(True)
        app = FieldApp(context.new_page(), visit.way.address).open()
        assert app.state() == "locked"
        app.unlock()
        assert app.text(visit.case, doc)["value"] == "Smultronvisan på övervåningen, sa hon"
        context.set_offline(False)
        assert app.ask("syncNow")["left"] == 0
    assert visit.received(doc)[-1] == "Smultronvisan på övervåningen, sa hon"
    assert visit.received(doc)[0] == "Kvastnyckeln hänger i skåpet"


def found_in(profile: Path, text: str) -> list[str]:
    """The files of a profile in which a text stands, in any of the ways a browser writes text."""
    ways = [text.encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")]
    found = []
    for file in profile.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            found += [file.name] if any(way in data for way in ways) else []
    return found


def test_the_next_person_sees_nothing_of_the_one_before(context: BrowserContext, visit: Visit) -> None:
    app = ready(context, visit)
    doc = new_statement(app, visit)
    app.say(visit.case, doc, "bara jag")
    app.ask("syncNow")
    context.clear_cookies()
    app.sign_in("co_inspector")
    app.open()
    assert app.state() == "new"
    assert app.ask("taken") == [] and app.ask("documents", visit.case) == []
    assert app.ask("counts")["unsent"] == 0
    app.enrol()
    assert app.ask("taken") == []
    assert app.refusal("unlock", {"passphrase": "fel ord här för alla"}) == "wrong_key"
    # Whoever has the first person's words opens the first person's notes, and nobody else does.
    context.clear_cookies()
    app.sign_in()
    app.open()
    assert app.state() == "locked"
    app.unlock()
    assert app.text(visit.case, doc)["value"] == "bara jag"


def test_an_ended_visit_cannot_be_read_here_and_goes_to_the_server_from_a_locked_device(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    device.page.context.set_offline(True)
    device.say(visit.case, statement, "det sista")
    device.ask("finishVisit", visit.case)
    assert device.ask("taken") == []
    assert device.ask("counts")["sealed"] == 1
    kept = device.page.evaluate(
        """() => new Promise((done) => {
            const asked = indexedDB.databases().then((all) => {
                const name = all.find((one) => one.name.startsWith("tillsyn-field-")).name;
                const open = indexedDB.open(name);
                open.onsuccess = () => {
                    const all = open.result.transaction("ops").objectStore("ops").getAll();
                    all.onsuccess = () => done(all.result.map((row) => [row.box === null, row.sealed !== null]));
                };
            });
        })"""
    )
    assert all(unreadable for unreadable, _ in kept)
    assert [sealed for _, sealed in kept].count(True) == 1, "what the server has, the device has no more"
    device.ask("lock")
    assert device.ask("counts")["sealed"] == 1
    device.page.context.set_offline(False)
    assert device.ask("syncNow")["left"] == 0
    assert device.state() == "locked"
    assert visit.received(statement) == ["det sista"]
    device.unlock()
    device.ask("take", visit.case)
    assert device.text(visit.case, statement)["value"] == "det sista"


def test_signed_out_it_says_so_and_keeps_everything(device: FieldApp, visit: Visit, statement: str) -> None:
    cookies = device.page.context.cookies()
    device.page.context.clear_cookies()
    device.say(visit.case, statement, "utloggad")
    assert device.ask("syncNow")["problem"] == "signed_out"
    assert device.ask("counts")["problem"] == "signed_out"
    assert device.text(visit.case, statement)["value"] == "utloggad"
    assert visit.received(statement) == ["utloggad"], "what is sealed needs nobody signed in"
    device.page.context.add_cookies(cookies)
    assert device.ask("syncNow")["problem"] == ""


def test_a_lost_device_hands_over_what_it_has_and_is_emptied(context: BrowserContext, visit: Visit) -> None:
    app = ready(context, visit)
    doc = new_statement(app, visit)
    app.ask("syncNow")
    context.set_offline(True)
    app.say(visit.case, doc, "på tåget")
    device = app.page.evaluate(
        "() => import('/static/field/session.js').then(({ session }) => session.device.device_id)"
    )
    with rows(visit.site) as db:
        supervisor = db.query(User).filter_by(email=email_of("supervisor")).one()
        why = {"reason": "Kvarglömd på tåget.", "now": datetime.now(UTC)}
        report_lost(db, actor=acting(supervisor), device_id=UUID(device), **why)
    context.set_offline(False)
    assert app.ask("syncNow")["problem"] == "lost"
    assert app.state() == "new"
    assert app.ask("documents", visit.case) == []
    assert app.stores() == []
    assert app.page.evaluate("() => caches.keys()") == []
    assert context.cookies() == []


def test_a_new_version_waits_while_something_is_unsent(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    app = device
    app.unlock()
    visit.way.rewrite["/field/sw.js"] = lambda script: script + b"\n// newer"
    app.page.evaluate("() => navigator.serviceWorker.getRegistration().then((one) => one.update())")
    app.page.evaluate(
        """() => new Promise((done) => {
            const look = () => import("/static/field/core.js").then((core) => core.updateWaits() ? done() : setTimeout(look, 50));
            look();
        })"""
    )
    app.ask("draft", visit.case, "statement", statement, "text", "mitt i")
    app.page.context.set_offline(True)
    assert app.refusal("update") == "unsent"
    assert app.text(visit.case, statement)["value"] == "mitt i"
    app.page.context.set_offline(False)
    assert app.ask("syncNow")["left"] == 0
    with app.page.expect_navigation():
        app.refusal("update")
    visit.way.rewrite.clear()
    assert app.state() == "locked"
    app.unlock()
