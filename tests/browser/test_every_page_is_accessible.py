"""Every page that anybody can reach on the example data, in both languages, wide and narrow, light and dark.

The pages are found as people find them: each person follows the links from their first page, and each
kind of page (the same address but for ids) is looked at once.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import TABLET, Complaints, assert_accessible, assert_fits, sign_in
from tests.browser.story import speak_english
from tillsyn.inspect.demo import people

EVERYBODY = (
    people.INSPECTOR,
    people.SUPERVISOR,
    people.SECOND_INSPECTOR,
    people.PEER_REVIEWER,
    people.LAWYER,
    people.PROVIDER,
    people.SECOND_PROVIDER,
    people.HOME_MANAGER,
    people.REGISTRAR,
    people.LOG_REVIEWER,
    people.ADMINISTRATOR,
    people.METHOD_OWNER,
)
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/inspections/)[^/?#]+|(?<=/diary/)[^/?#]+")
NOT_PAGES = re.compile(r"(\.(pdf|html|docx|css|json|qdc|qdpx|xlsx|csv|ics)|/file)$")
AT_LEAST = 35
"""Kinds of pages: fewer than this means that the links, or this test, have lost their way."""


def kind_of(address: str) -> str:
    return IDS.sub("*", address.split("?")[0].split("#")[0])


def links_of(page: Page) -> list[str]:
    found: list[str] = page.locator("a[href]").evaluate_all(
        "all => all.filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
    )
    return [address for address in found if not NOT_PAGES.search(address.split("?")[0])]


def pages_of(page: Page, seen: set[str]) -> Iterator[str]:
    """Go to each kind of page that this person can reach and nobody has been to; yield its address."""
    waiting, met = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 500, f"{address} answers {answer.status}"
        yield address
        for link in links_of(page):
            if (kind := kind_of(link)) not in met | seen:
                met.add(kind)
                waiting.append(link)
    seen |= met - {"/"}


def test_the_skip_link_comes_first_and_leads_past_the_menus(page: Page) -> None:
    sign_in(page, people.INSPECTOR, people.PASSWORD)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_talk_can_be_held_from_the_keyboard(person: Callable[..., Page], complaints: Complaints) -> None:
    """Tab goes through the note in the order it is read, and what has the focus is marked."""
    page = person(size=TABLET)
    sign_in(page, people.INSPECTOR, people.PASSWORD)
    page.locator("main").get_by_role("link", name=re.compile("Ekorrgården")).first.click()
    page.goto(re.sub(r"(/inspections/[^/]+).*", r"\1/children", page.url))
    page.get_by_role("link", name="Fortsätt samtalet").first.click()
    page.locator("#ready textarea[name=text]").focus()
    order = []
    for _ in range(4):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'; })()"
        )
        assert outline, f"nothing shows that {order[-1]} has the focus"
    assert order == ["own_words", "wish", "theme", "SUMMARY"], order


@pytest.mark.parametrize(
    ("language", "size", "dark"),
    [("sv", (1440, 900), False), ("en", (360, 740), True)],
    ids=["swedish-wide-light", "english-narrow-dark"],
)
def test_everybody_can_use_every_page(
    person: Callable[..., Page], language: str, size: tuple[int, int], dark: bool
) -> None:
    seen: set[str] = set()
    visited, faults = [], []
    for email in EVERYBODY:
        page = person(size=size, dark=dark)
        sign_in(page, email, people.PASSWORD)
        if language == "en" and page.locator("html").get_attribute("lang") != "en":
            speak_english(page)
        for address in pages_of(page, seen):
            visited.append(address)
            for check in (assert_accessible, assert_fits):
                try:
                    check(page)
                except AssertionError as fault:
                    faults.append(f"{email}: {fault}")
        page.context.close()
    assert not faults, "\n".join(faults)
    assert len(visited) >= AT_LEAST, visited
