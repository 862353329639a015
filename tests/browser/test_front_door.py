"""What everybody meets first, at every size, in both languages, by day and by night."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import DESKTOP, PHONE, TABLET, assert_accessible, assert_fits
from tests.pages import assert_in_one_language, assert_valid_html

ADDRESSES = ["/sign-in", "/accessibility"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("size", "dark"),
    [(DESKTOP, False), (TABLET, True), (PHONE, False)],
    ids=["desktop", "tablet-dark", "phone"],
)
def test_everybody_can_use_the_pages_before_sign_in(
    person: Callable[..., Page], address: str, language: str, size: tuple[int, int], dark: bool
) -> None:
    page = person(size=size, dark=dark)
    page.goto(address)
    if language == "en":
        page.get_by_role("button", name="In English").first.click()
    page.wait_for_load_state("load")
    html = page.content()
    assert_valid_html(html, address)
    assert_in_one_language(html, language, address)
    assert_accessible(page)
    assert_fits(page)
