"""The first steps on a device, as a person sees them on its screens."""

from playwright.sync_api import Page, expect


def words_of(page: Page) -> str:
    """The first steps on a device, up to the five words, which stand on the screen."""
    page.goto("/field/")
    page.locator("#device-name").fill("platta 4")
    page.locator("label[for=way-1]").click()
    page.locator("#continue").click()
    expect(page.locator("#secret-words li")).to_have_count(5)
    return " ".join(page.locator("#secret-words li").all_text_contents())


def confirm(page: Page, words: str) -> None:
    page.locator("#continue").click()
    page.locator("#passphrase").fill(words)
    page.locator("#continue").click()
    expect(page.locator("#lock")).to_be_visible()
