"""Chromium as the tests drive it, and what every page must stand up to in it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",  # the tests also run as root, where Chromium refuses its sandbox
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP, TABLET, PHONE = (1280, 900), (820, 1180), (390, 844)


class ChromiumMissing(RuntimeError):
    """There is no Chromium to drive."""


def executable() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise ChromiumMissing(
            "Chromium is not installed. `make test` installs it; by hand on Debian and Ubuntu: "
            "apt-get install chromium. `make test-quick` runs what does not need it."
        )
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


def open_context(
    browser: Browser,
    address: str,
    *,
    size: tuple[int, int] = DESKTOP,
    language: str = "sv",
    dark: bool = False,
) -> BrowserContext:
    """A browser of one person: own cookies, `size` in CSS pixels, `language` as the browser asks for it."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        locale={"sv": "sv-SE", "en": "en-GB"}[language],
        timezone_id="Europe/Stockholm",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=size != DESKTOP,
    )
    context.set_default_timeout(10_000)
    return context


class Complaints:
    """What a page's console, scripts and requests complain about; `allowed` are texts that are meant to come."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.allowed: list[str] = []

    def listen_to(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("requestfailed", self._request)

    def unexpected(self) -> list[str]:
        return [text for text in self.said if not any(part in text for part in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.said.append(f"script: {error}")

    def _request(self, request: Request) -> None:
        # A page that is left while it still loads something has not failed.
        if request.failure != "net::ERR_ABORTED":
            self.said.append(f"request: {request.method} {request.url}: {request.failure}")


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in through the form, and wait for the page that follows."""
    page.goto("/sign-in")
    page.locator("main input[name=email]").fill(email)
    page.locator("main input[name=password]").fill(password)
    page.locator("main input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def assert_accessible(page: Page) -> None:
    """The page as it stands passes axe: WCAG 2.2 AA and good practice. Names rule, element and advice.

    With all its styles: on a busy machine its words are there before those are.
    """
    page.wait_for_load_state("load")
    session = page.context.new_cdp_session(page)
    # The developer tools' way in: the page's content security policy stops everything else, as it should.
    _evaluate(session, AXE + "; true")
    options = json.dumps({"runOnly": STANDARDS, "resultTypes": ["violations"]})
    result = _evaluate(session, f"axe.run(document, {options}).then(r => JSON.stringify(r.violations))")
    session.detach()
    faults = [
        f"{violation['id']} ({violation['help']}): {node['html'][:160]}\n      {node['failureSummary']}"
        for violation in json.loads(str(result))
        for node in violation["nodes"]
    ]
    assert not faults, f"{page.url}:\n  " + "\n  ".join(faults)


def _evaluate(session: object, expression: str) -> object:
    answer = session.send(  # type: ignore[attr-defined]
        "Runtime.evaluate",
        {
            "expression": expression,
            "awaitPromise": True,
            "returnByValue": True,
            "allowUnsafeEvalBlockedByCSP": True,
        },
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the window"


def small_targets(page: Page) -> list[str]:
    """What is pressed with a finger and is lower than 48 pixels."""
    found: list[str] = page.locator("#app").evaluate(
        "app => [...app.querySelectorAll('button, summary, select, .toggle label, a.ds-button')]"
        ".filter(one => one.offsetHeight && one.offsetHeight < 47.5 && !one.closest('dialog'))"
        ".map(one => `${one.textContent.trim()} ${one.offsetHeight}`)"
    )
    return found
