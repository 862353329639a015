"""Pictures of the field app's screens on the example data; tests/browser/screenshots.py takes them."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import open_context, sign_in
from tests.browser.server import Site
from tests.browser.test_field_screens import confirm, words_of
from tillsyn.inspect.demo import people

PATIENCE = 60_000  # milliseconds
VISIT = "HVB Ekorrgården"
"""A visit of the example data that talks are held in."""

FROM_THE_VISIT = {
    "order": "#order",
    "outcome": "[id^=outcome-]",
    "observations": "#to-observations",
    "documents": "#to-documents",
    "requirements": "#to-requirements",
    "acute": "#acute",
    "finish": "#to-finish",
}
"""Screens one step from the visit, and what leads to them where it is there."""


def take_field(browser: Browser, site: Site, folder: Path, size: tuple[int, int]) -> int:
    """Every screen from the first time on a device to the locked one; returns how many pictures."""
    context = open_context(browser, site.address, size=size)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, people.INSPECTOR, people.PASSWORD)
    taken: list[str] = []

    def picture(name: str) -> None:
        page.wait_for_timeout(400)  # what is drawn when it has been read from the disk
        page.screenshot(path=folder / f"field-{len(taken):02}-{name}.png", full_page=True)
        taken.append(name)

    page.goto("/field/")
    expect(page.locator("#device-name")).to_be_visible()
    picture("first")
    words = words_of(page)
    picture("words")
    confirm(page, words)
    picture("visits")
    _take_along(page)
    picture("visit")
    for name, way in FROM_THE_VISIT.items():
        if page.locator(way).count():
            page.locator(way).first.click()
            picture(name)
            page.locator("#back").click()
            expect(page.locator("#to-finish")).to_be_visible()
    if page.locator("[id^=talk-with], [id^=go-on]").count():
        page.locator("[id^=talk-with], [id^=go-on]").first.click()
        if page.locator("#start").count():
            picture("talk-begins")
            page.locator("label[for=age-0]").click()
            page.locator("#start").click()
        expect(page.locator("#note-text")).to_be_visible()
        picture("talk")
        page.locator("#read-back").click()
        picture("read-back")
    page.locator("#to-device").click()
    picture("device")
    page.evaluate("import('/static/field/core.js').then((core) => core.lock())")
    expect(page.locator("#passphrase")).to_be_visible()
    picture("locked")
    context.close()
    return len(taken)


def _take_along(page: Page) -> None:
    row = page.locator("li.row", has_text=VISIT)
    row.get_by_role("button").first.click()
    page.locator("[id^=visit-]").first.click()
    expect(page.locator("#to-finish")).to_be_visible()
