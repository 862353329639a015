"""The people of a story, each at a browser of their own, and what they do again and again."""

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.authority import PASSWORD, email_of
from tests.browser.chromium import DESKTOP, PHONE, TABLET, Complaints, open_context, sign_in
from tests.browser.server import Site
from tillsyn.translations import catalogue

SIZES = {"co_inspector": TABLET, "home_manager": PHONE, "provider": PHONE}
"""What people sit at, when it is not a desktop: the inspector on the visit has a tablet."""


class Story:
    """`person("inspector")` is that person's page, signed in the first time it is asked for."""

    def __init__(self, browser: Browser, site: Site, complaints: Complaints, language: str = "sv") -> None:
        self.browser, self.site, self.complaints, self.language = browser, site, complaints, language
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}
        self.last: Page

    def person(self, who: str) -> Page:
        if who not in self.pages:
            context = open_context(
                self.browser, self.site.address, size=SIZES.get(who, DESKTOP), language=self.language
            )
            page = context.new_page()
            self.complaints.listen_to(page)
            self.contexts[who], self.pages[who] = context, page
            self.last = page
            sign_in(page, email_of(who), PASSWORD)
            if self.language == "en" and page.locator("html").get_attribute("lang") != "en":
                speak_english(page)
        self.last = self.pages[who]
        return self.last

    def words(self, english: str, **values: object) -> str:
        """What the pages say for this message in the story's language, so that both are told alike."""
        text = (_swedish().get(english) or english) if self.language == "sv" else english
        return text % values if values else text

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


@cache
def _swedish() -> dict[str, str]:
    messages = catalogue.messages(catalogue.read("sv")).values()
    return {m.id: m.string for m in messages if isinstance(m.id, str) and isinstance(m.string, str)}


def speak_english(page: Page) -> None:
    open_menu(page).get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def open_menu(page: Page) -> Locator:
    """The menu with the person's name (desktop) or everything (phone), opened."""
    menu = page.locator("details.who, details.menu").locator("visible=true").first
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    return menu


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def main(page: Page) -> Locator:
    return page.locator("main")


def field(page: Page, label: str | re.Pattern[str], *, exact: bool = False) -> Locator:
    """The field or choice with that label in the page's content."""
    return main(page).get_by_label(label, exact=exact)


def press(page: Page, name: str | re.Pattern[str], **where: object) -> None:
    """Press the button of that name in the page's content."""
    main(page).get_by_role("button", name=name, **where).first.click()  # type: ignore[arg-type]


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow the link of that name in the page's content."""
    main(page).get_by_role("link", name=name).first.click()


def told(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says this."""
    expect(main(page).get_by_text(text).first).to_be_visible()


def headed(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def unfold(page: Page, text: str | re.Pattern[str]) -> None:
    """Open what is shown on demand."""
    summary = main(page).locator("summary").filter(has_text=text).first
    if summary.locator("..").get_attribute("open") is None:
        summary.click()


def saved(page: Page) -> None:
    """Everything on the page that saves itself has been confirmed by the server."""
    expect(main(page).locator("[data-state]:not([data-state=saved], .step)")).to_have_count(0)
    expect(main(page).locator("[data-state=saved]:not(.step)").first).to_be_attached()
