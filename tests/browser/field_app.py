"""A device in an inspector's hand: the field app in a browser, asked through the names its screens use."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from sqlalchemy import select

from tests.browser.authority import PASSWORD, email_of, found_authority, rows
from tests.browser.chromium import FLAGS, TABLET, executable
from tests.browser.passing import Passing
from tests.browser.server import Site
from tests.builders import make_inspection
from tillsyn.models.field import FieldOp
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, State, TeamRole

CASE = "2026-00081"
WORDS = "äpple båt kanel moln tistel"
ASK = "([name, given]) => import('/static/field/core.js').then((core) => core[name](...given))"
TRY = (
    "([name, given]) => import('/static/field/core.js')"
    ".then((core) => core[name](...given)).then(() => null, (fault) => fault.key ?? String(fault))"
)


class FieldApp:
    """One tab of the field app at `address`. `page` is free to be used as a person does."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self) -> "FieldApp":
        """Load the app, and wait until it knows what it holds."""
        self.page.goto(f"{self.address}/field/")
        self.ask("start")
        return self

    def ask(self, name: str, *given: object) -> Any:
        """What a function of core.js answers."""
        return self.page.evaluate(ASK, [name, list(given)])

    def refusal(self, name: str, *given: object) -> str | None:
        """The key of what a function throws; None when it does not."""
        key: str | None = self.page.evaluate(TRY, [name, list(given)])
        return key

    def sign_in(self, who: str = "inspector") -> None:
        """Sign in on the site, which this browser's requests then carry."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.locator("main input[name=email]").fill(email_of(who))
        self.page.locator("main input[name=password]").fill(PASSWORD)
        self.page.locator("main input[name=password]").press("Enter")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def enrol(self, way: str = "passphrase") -> None:
        words = {"passphrase": WORDS} if way == "passphrase" else {}
        self.ask("enrol", {"name": "platta 7", "way": way, **words})

    def unlock(self) -> None:
        self.ask("unlock", {"passphrase": WORDS})

    def state(self) -> str:
        return str(self.ask("start")["state"])

    def say(self, case: str, doc: str, text: str) -> dict[str, Any]:
        """Write the text of a statement; the op."""
        op: dict[str, Any] = self.ask("write", case, "statement", doc, "text", text)
        return op

    def text(self, case: str, doc: str) -> Any:
        """The field as screens get it: {value, heads, others, state, …}; None when there is no such document."""
        found = [one for one in self.ask("documents", case, "statement") if one["id"] == doc]
        return found[0]["fields"].get("text") if found else None

    def stores(self) -> list[str]:
        """The databases of persons that stand in this browser."""
        names = self.page.evaluate("() => indexedDB.databases().then((all) => all.map((one) => one.name))")
        return [name for name in names if name.startswith("tillsyn-field-")]

    def ready_without_network(self) -> None:
        """Wait until the app itself is kept on the device."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        expect(self.page.locator("#app")).to_be_attached()


@dataclass(frozen=True)
class Visit:
    """One case at an authority whose server is reached through `way`."""

    site: Site
    way: Passing
    case: str

    def received(self, doc: str) -> list[Any]:
        """The values that the server's log has of a document's text, in the order of the device."""
        with rows(self.site) as db:
            ops = db.scalars(select(FieldOp).where(FieldOp.doc_id == UUID(doc)).order_by(FieldOp.seq)).all()
            return [json.loads(op.content)["value"] for op in ops if op.field == "text" and op.device_id]


@contextmanager
def visit_of_two(instance: Path) -> Iterator[Visit]:
    """A served site with one case, whose children have been heard, and two inspectors."""
    served = Site(instance)
    found_authority(served)
    with rows(served) as db:
        team = {
            TeamRole.INSPECTOR: db.query(User).filter_by(email=email_of("inspector")).one(),
            TeamRole.CO_INSPECTOR: db.query(User).filter_by(email=email_of("co_inspector")).one(),
        }
        heard = make_inspection(db, team=team, dnr=CASE, state=State.DOCUMENTS, outcome=ChildOutcome.TALKED)
    served.start()
    way = Passing(served.port)
    yield Visit(served, way, str(heard.id))
    way.stop()
    served.stop()


def ready(context: BrowserContext, visit: Visit, who: str = "inspector", way: str = "passphrase") -> FieldApp:
    """A device of a person who has taken the case along, and can go without network."""
    app = FieldApp(context.new_page(), visit.way.address)
    app.sign_in(who)
    app.open()
    app.enrol(way)
    app.ask("take", visit.case)
    app.ready_without_network()
    return app


def new_statement(app: FieldApp, visit: Visit) -> str:
    """A statement noted from an observation, without a text."""
    source, doc = str(app.ask("uuid7")), str(app.ask("uuid7"))
    about = {"kind": "observation", "title": "Köket", "produced": True, "noted_at": None}
    app.ask("write", visit.case, "evidence", source, "about", about)
    app.ask("write", visit.case, "statement", doc, "source", {"evidence": source, "position": 1})
    return doc


def another_tab(device: FieldApp) -> FieldApp:
    return FieldApp(device.page.context.new_page(), device.address).open()


@contextmanager
def own_browser(playwright: Playwright, profile: Path, *flags: str) -> Iterator[BrowserContext]:
    """A browser of its own, whose profile stays on the disk after it."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=executable(),
        args=[*FLAGS, *flags],
        locale="sv-SE",
        viewport={"width": TABLET[0], "height": TABLET[1]},
    )
    context.set_default_timeout(10_000)
    try:
        yield context
    finally:
        try:
            context.close()
        except Error as gone:
            assert "closed" in str(gone)  # noqa: PT017 - it was killed


def kill(profile: Path) -> None:
    """End every process of the profile's browser at once, as an empty battery does."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and str(profile).encode() in _command_of(folder):
            os.kill(int(folder.name), signal.SIGKILL)


def _command_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""
