"""The checks in chromium.py find what they are there for: a check that finds nothing proves nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Complaints, assert_accessible, assert_fits


def test_an_unreadable_text_is_found(page: Page) -> None:
    page.goto("/sign-in")
    assert_accessible(page)
    page.evaluate("document.querySelector('h1').style.color = '#dddddd'")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page)


def test_a_page_that_is_too_wide_is_found(page: Page) -> None:
    page.goto("/sign-in")
    page.evaluate("document.querySelector('main').style.minWidth = '3000px'")
    with pytest.raises(AssertionError, match="wider than the window"):
        assert_fits(page)


def test_what_the_policy_stops_is_heard(person: Callable[..., Page], complaints: Complaints) -> None:
    page = person()
    page.goto("/sign-in")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.1:9/x'}))"
    )
    page.wait_for_timeout(300)
    assert any("Content Security Policy" in text for text in complaints.unexpected())
    complaints.allowed = complaints.unexpected()
