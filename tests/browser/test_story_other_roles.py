"""Those who do not inspect: accounts, log, register, review. Each sees their own, and nothing of the children."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.chromium import Complaints, sign_in
from tests.browser.story import field, follow, headed, main, press, told
from tillsyn.inspect.demo import people

NEW = ("Vera Vikarie", "vera@exempel.se", "tre lugna ord till")


def test_the_administrator_opens_an_account_another_confirms_its_role_and_it_is_closed(
    person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.allowed += ["403", "404"]
    page = person()
    sign_in(page, people.ADMINISTRATOR, people.PASSWORD)
    page.get_by_role("link", name="Konton").first.click()
    follow(page, "Öppna ett konto")
    name, email, password = NEW
    field(page, "Namn").fill(name)
    field(page, "E-postadress").fill(email)
    page.get_by_role("checkbox", name="Inspektör", exact=True).check()
    field(page, "Första lösenord").fill(password)
    press(page, "Öppna kontot")
    told(page, f"Kontot för {name} är öppet")
    told(page, "Till dess öppnar den ingenting")
    other = person()
    sign_in(other, email, password)
    expect(other.get_by_role("link", name="Inspektioner")).to_have_count(0)
    chief = person()
    sign_in(chief, people.SUPERVISOR, people.PASSWORD)
    chief.get_by_role("link", name="Nytt för dig").first.click()
    follow(chief, "Någon har fått en roll som väntar på att en till bekräftar den")
    headed(chief, "Roller som väntar")
    press(chief, "Bekräfta rollen")
    told(chief, "har nu rollen inspektör")
    other.reload()
    expect(other.get_by_role("button", name="Logga in", exact=True)).to_be_visible()
    sign_in(other, email, password)
    headed(other, "I dag")
    main(page).get_by_role("row", name=name).get_by_text("Stäng kontot", exact=True).click()
    press(page, f"Ja, stäng kontot för {name}")
    other.reload()
    expect(other.get_by_role("button", name="Logga in", exact=True)).to_be_visible()
    answer = page.goto("/inspections")
    assert answer is not None
    assert answer.status in (403, 404)


def test_the_log_reviewer_sees_who_has_read_what(person: Callable[..., Page]) -> None:
    reader = person()
    sign_in(reader, people.INSPECTOR, people.PASSWORD)
    follow(reader, re.compile("Mossebo"))
    page = person()
    sign_in(page, people.LOG_REVIEWER, people.PASSWORD)
    follow(page, "Läs loggen")
    read = page.locator("main").get_by_text("Ärendet läst").locator("visible=true").first
    expect(read).to_be_visible()
    expect(page.locator("main").get_by_text("Maja Exempelberg").locator("visible=true").first).to_be_visible()
    expect(page.get_by_role("link", name="Inspektioner")).to_have_count(0)


def test_the_registrar_finds_a_provider_by_part_of_its_name(page: Page) -> None:
    sign_in(page, people.REGISTRAR, people.PASSWORD)
    page.get_by_role("link", name="Huvudmän och hem").first.click()
    field(page, re.compile("^Sök huvudman")).fill("granholm")
    press(page, "Sök")
    follow(page, "Granholmens Vård Exempel AB")
    headed(page, "Granholmens Vård Exempel AB")
    expect(page.get_by_role("link", name="Inspektioner")).to_have_count(0)


def test_peer_reviewer_and_lawyer_may_remark_and_not_approve(person: Callable[..., Page]) -> None:
    for email in (people.PEER_REVIEWER, people.LAWYER):
        page = person()
        sign_in(page, email, people.PASSWORD)
        follow(page, re.compile("Granholmen"))
        page.goto(re.sub(r"(/inspections/[^/]+).*", r"\1/review", page.url))
        headed(page, "Granska brevet")
        expect(page.get_by_role("button", name="Godkänn brevet")).to_be_disabled()
        page.locator("summary", has_text="Lämna en synpunkt").first.click()
        page.get_by_label("Synpunkt").locator("visible=true").first.fill(f"Kan det sägas enklare? ({email})")
        page.get_by_role("button", name="Spara synpunkten").locator("visible=true").first.click()
        told(page, f"Kan det sägas enklare? ({email})")
