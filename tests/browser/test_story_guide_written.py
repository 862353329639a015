"""The method owner rewords a question; a supervisor publishes it; the next talk is held with it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE, assert_accessible, assert_fits, sign_in
from tillsyn.inspect.demo import PASSWORD
from tillsyn.inspect.demo.people import INSPECTOR, METHOD_OWNER, SUPERVISOR

QUESTION = "Vad gör du helst här, när du får välja själv?"


def test_a_guide_is_written_checked_published_and_used(person: Callable[..., Page]) -> None:
    owner = person()
    sign_in(owner, METHOD_OWNER, PASSWORD)
    draft = begin_a_draft(owner)
    a_fault_is_shown_and_mended(owner, draft)
    hand_over(owner, draft)
    publish(person(), draft)
    a_talk_is_held_with_it(person(size=PHONE))


def begin_a_draft(owner: Page) -> str:
    owner.get_by_role("navigation").get_by_role("link", name="Skriv samtalsguider").first.click()
    owner.get_by_role("button", name=re.compile("Börja ett utkast.*6–12")).click()
    expect(owner.get_by_text("Inga fel är kvar")).to_be_visible()
    assert_accessible(owner)
    return owner.url


def a_fault_is_shown_and_mended(owner: Page, draft: str) -> None:
    owner.locator(".guide-line").first.get_by_role("link", name="Skriv").click()
    owner.wait_for_url("**/parts/**")
    swedish = owner.get_by_label("Frågan, på svenska")
    swedish.fill("Är det roligt här?")
    expect(owner.locator("[data-save-state=saved]")).to_be_visible()
    owner.get_by_role("button", name="Spara och kontrollera").click()
    expect(owner.get_by_text("Frågan kan besvaras med ja eller nej.").first).to_be_visible()
    expect(swedish).to_have_attribute("aria-invalid", "true")
    assert_accessible(owner)
    assert_fits(owner)
    swedish.fill(QUESTION)
    owner.get_by_label("Frågan, på engelska").fill("What do you most like to do here?")
    owner.get_by_role("button", name="Spara och kontrollera").click()
    expect(owner.get_by_text("sak att rätta här")).to_have_count(0)
    owner.goto(f"{draft}/preview")
    expect(owner.get_by_text(QUESTION).first).to_be_visible()
    assert_accessible(owner)


def hand_over(owner: Page, draft: str) -> None:
    owner.get_by_role("link", name="Ändringar och publicering").click()
    expect(owner.get_by_text(QUESTION).first).to_be_visible()
    owner.get_by_role("button", name="Lämna över").click()
    expect(owner.get_by_text("Du har skrivit i utkastet.")).to_be_visible()


def publish(chief: Page, draft: str) -> None:
    sign_in(chief, SUPERVISOR, PASSWORD)
    chief.get_by_role("link", name=re.compile("Samtal med barn 6–12 år")).click()
    expect(chief.get_by_text(QUESTION).first).to_be_visible()
    assert_accessible(chief)
    chief.get_by_role("button", name="Publicera versionen").click()
    expect(chief.get_by_text("Guiden är publicerad som version")).to_be_visible()


def a_talk_is_held_with_it(inspector: Page) -> None:
    sign_in(inspector, INSPECTOR, PASSWORD)
    inspector.locator("main").get_by_role("link", name=re.compile("Ekorrgården")).first.click()
    inspector.wait_for_url("**/inspections/**")
    case = inspector.url.split("/inspections/")[1].split("/")[0]
    inspector.goto(f"/inspections/{case}/talks/start")
    inspector.get_by_label("Vilket barn?").select_option(label="b1")
    inspector.get_by_label("Samtalsguide").select_option(label="Samtal med barn 6–12 år")
    with inspector.expect_navigation():
        inspector.locator("main form button[type=submit]").last.click()
    inspector.locator("[data-to-guide]").click()  # folded on a phone, where the notes come first
    expect(inspector.get_by_text(QUESTION).first).to_be_visible()
    assert_fits(inspector)
