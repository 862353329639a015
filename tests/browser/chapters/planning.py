"""From the register to the first day of the visit."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.authority import PASSWORD, email_of
from tests.browser.story import Story, field, follow, headed, main, press, today, told

DNR = "2026-00777"
CASE = f"/inspections/{DNR}"
HOME, PROVIDER = "Björkbacken", "Björkbackens omsorg AB"
NUMBER = "556677-8899"


def the_inspector_registers_provider_and_home(story: Story) -> None:
    page = story.person("inspector")
    page.locator("nav").get_by_text("Mer", exact=True).locator("visible=true").click()
    page.get_by_role("link", name="Huvudmän och hem").locator("visible=true").first.click()
    told(page, "Registret är tomt")
    follow(page, "Registrera en huvudman")
    field(page, "Namn").fill(PROVIDER)
    field(page, "Organisationsnummer").fill("556677")
    field(page, "Enskild huvudman").check()
    press(page, "Spara huvudmannen")
    # Refused with a reason at the field, and what was typed is still there.
    expect(field(page, "Organisationsnummer")).to_have_attribute("aria-invalid", "true")
    expect(field(page, "Namn")).to_have_value(PROVIDER)
    field(page, "Organisationsnummer").fill(NUMBER)
    press(page, "Spara huvudmannen")
    headed(page, PROVIDER)
    follow(page, "Registrera ett hem")
    field(page, "Verksamhetens namn").fill(HOME)
    field(page, "Hem för vård eller boende (HVB)").check()
    field(page, "Kommun").fill("Exempelby")
    field(page, "Antal platser").fill("6")
    press(page, "Spara hemmet")
    told(page, HOME)


def the_administrator_opens_accounts_at_the_home(story: Story) -> None:
    page = story.person("administrator")
    for who, name, role, label, place in (
        ("provider", "Petra Öst", "Huvudman", "Huvudmannens organisationsnummer", NUMBER),
        ("home_manager", "Henrik Dal", "Föreståndare", "Vilket hem", HOME),
    ):
        page.get_by_role("link", name="Konton").first.click()
        follow(page, "Öppna ett konto")
        field(page, "Namn").fill(name)
        field(page, "E-postadress").fill(email_of(who))
        page.get_by_role("checkbox", name=role, exact=True).check()
        field(page, re.compile(f"^{label}")).fill(place)
        field(page, "Första lösenord").fill(PASSWORD)
        press(page, "Öppna kontot")
        told(page, f"Kontot för {name} är öppet")


def the_inspector_plans_an_announced_inspection(story: Story) -> None:
    page = story.person("inspector")
    follow(page, "Planera en inspektion")
    told(page, f"{HOME}, Exempelby")
    told(page, "Hem för vård eller boende för barn och unga")
    field(page, "Diarienummer").fill(DNR)
    field(page, "Rubrik").fill("Regelbunden tillsyn")
    field(page, "Anmält: hemmet vet att vi kommer").check()
    field(page, "Planerad dag för besöket").fill((today() + timedelta(days=7)).isoformat())
    field(page, "Varför det här hemmet, och varför nu").fill("Två år sedan förra besöket.")
    press(page, "Planera inspektionen")
    headed(page, "Jäv")


def everybody_in_the_team_declares(story: Story) -> None:
    _declare(story, "inspector")
    page = story.person("inspector")
    page.goto(f"{CASE}/plan")
    for person, part in (
        ("Amir Haddad – Inspektör", "Medinspektör"),
        ("Greta Holm – Enhetschef", "Beslutsfattare"),
        ("Jelena Vik – Jurist", "Jurist"),
    ):
        field(page, "Person", exact=True).select_option(label=person)
        field(page, "Uppgift i ärendet").select_option(label=part)
        press(page, "Lägg till i laget")
        told(page, "Tillagd i laget")
    # Nobody prepares a case before the whole team has declared; the button stays, with the reason.
    page.goto(CASE)
    expect(main(page).get_by_role("button", name="Börja förbereda")).to_be_disabled()
    told(page, re.compile("Amir Haddad.*Greta Holm"))
    for who in ("co_inspector", "supervisor", "lawyer"):
        _declare(story, who)


def _declare(story: Story, who: str) -> None:
    page = story.person(who)
    page.goto("/")
    told(page, "Ta ställning till jäv")
    follow(page, re.compile(HOME))
    headed(page, "Jäv")
    field(page, "Nej, inte vad jag vet").check()
    press(page, "Lämna besked")
    headed(page, "Regelbunden tillsyn")


def the_home_manager_sends_a_self_assessment(story: Story) -> None:
    page = story.person("home_manager")
    t = story.words
    follow(page, "Skriv vad som fungerar bra och vad som oroar er")
    field(page, t("What are you proud of?")).fill("Barnen lagar mat med oss.\nSamma personal sedan två år.")
    field(page, t("What worries you?")).fill("Nätterna är tunt bemannade.")
    press(page, t("Save as a draft"))
    told(page, t("Your draft is saved."))
    page.reload()
    expect(field(page, t("What worries you?"))).to_have_value("Nätterna är tunt bemannade.")
    press(page, t("Send the self-assessment"))
    told(page, t("Your self-assessment is sent"))


def the_inspector_prepares_and_starts_the_visit(story: Story) -> None:
    page = story.person("inspector")
    page.goto(CASE)
    press(page, "Börja förbereda")
    # The visit cannot start before the four items of information are given.
    refused = main(page).get_by_role("button", name="Börja besöket: samtal med barnen")
    expect(refused).to_be_disabled()
    told(page, "Kvar: 4 av 4")
    page.goto(f"{CASE}/prepare")
    told(page, "Nätterna är tunt bemannade.")
    given = main(page).get_by_role("group", name="Barn och vårdnadshavare har fått veta")
    for box in given.get_by_role("checkbox").all():
        box.check()
    field(page, "Tolk och andra förberedelser").fill("Ingen tolk behövs.")
    press(page, "Spara förberedelserna")
    page.goto(CASE)
    press(page, "Börja besöket: samtal med barnen")
    told(page, "Gå vidare till övriga samtal")
