"""The letter as a page of its own, as it is kept and sent, passes WCAG 2.2 AA, on a phone too."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.chromium import PHONE, assert_accessible, assert_fits
from tests.unit.reports.letters_of_every_form import small_letter
from tillsyn.reports.content import Language
from tillsyn.reports.letter_html import render_html

LETTERS: list[tuple[str, Language]] = [
    ("feedback", "sv"), ("communication", "en"), ("child-6-12", "sv"), ("child-13-20", "ar"),
]  # fmt: skip
"""Between them they have every kind of passage, and every language."""


def test_letters_as_files_are_accessible_and_fit_a_phone(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    for form, language in LETTERS:
        file = tmp_path / f"{form}-{language}.html"
        file.write_text(render_html(small_letter(form, language)), encoding="utf-8")
        page.goto(file.as_uri())
        assert_accessible(page)
        assert_fits(page)
    page.close()
