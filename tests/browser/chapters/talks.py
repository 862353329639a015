"""The visit: the children first, then staff and managers, then what is seen and read."""

import re

from playwright.sync_api import Page, expect

from tests.browser.chapters.planning import CASE
from tests.browser.story import Story, field, follow, headed, main, press, saved, told


def the_children_are_listed_and_staff_must_wait(story: Story) -> None:
    page = story.person("co_inspector")
    page.goto(f"{CASE}/children")
    told(page, "Här står barnen som bor i hemmet")
    for number in (1, 2, 3):
        press(page, "Lägg till ett barn")
        told(page, f"b{number}")
    press(page, "Ja, det här är alla som bor här")
    told(page, "Bekräftad")
    # Talks with adults are locked, and the page says what is left.
    locked = main(page).get_by_role("button", name="Samtala med personal och föreståndare")
    expect(locked).to_be_disabled()
    told(page, "b1, b2, b3")
    page.goto(f"{CASE}/talks/start?informant=staff")
    told(page, "b1, b2, b3")
    expect(main(page).get_by_role("button", name="Börja samtalet")).to_be_disabled()


def a_child_is_talked_with(story: Story) -> None:
    page = story.person("co_inspector")
    page.goto(f"{CASE}/children")
    follow(page, "Samtal med b1")
    field(page, "Samtalsguide").select_option(label="Samtal med unga 13–20 år")
    field(page, "Ålder").select_option(label="16–17")
    press(page, "Börja samtalet")
    headed(page, "Samtal med b1")
    _note(page, "På natten finns det bara en vuxen. Då går jag inte upp.", "Barnets egna ord", "Natten",
          "Bara i stort")  # fmt: skip
    # An empty note is always ready for the next thing said.
    main(page).get_by_role("link", name="Ny anteckning").click()
    _note(page, "Karin lyssnar alltid.", "Återgivet av oss", "En vuxen att lita på", "Får berättas")
    page.reload()
    told(page, "På natten finns det bara en vuxen.")
    press(page, "Läs upp")
    headed(page, "Det här har du berättat för mig")
    told(page, "Karin lyssnar alltid.")
    told(page, "Bara i stort")
    field(page, "Hur vill personen få veta").fill("Ett brev")
    press(page, "Tack, vi slutar här")


def a_talk_can_be_stopped_by_the_child(story: Story) -> None:
    page = story.person("co_inspector")
    page.goto(f"{CASE}/children")
    follow(page, "Samtal med b2")
    press(page, "Börja samtalet")
    _note(page, "Det är lugnt här på dagarna.", "Barnets egna ord", "Rummen och huset", "Får berättas")
    press(page, "Barnet vill sluta")


def staff_wait_until_the_last_child_has_an_outcome(story: Story) -> None:
    page = story.person("co_inspector")
    for child, outcome in (("b1", "Samtalade med oss"), ("b2", "Samtalade med oss")):
        an_outcome_is_recorded(page, child, outcome)
    expect(main(page).get_by_role("button", name="Samtala med personal och föreståndare")).to_be_disabled()
    an_outcome_is_recorded(page, "b3", "Ville inte samtala")
    told(page, "Alla barn har erbjudits ett samtal")
    lead = story.person("inspector")
    lead.goto(CASE)
    press(lead, "Gå vidare till övriga samtal")


def staff_and_manager_are_interviewed(story: Story) -> None:
    page = story.person("co_inspector")
    for informant, person, text in (
        ("staff", "p1", "Vi är ensamma på natten sedan i våras."),
        ("manager", "l1", "Jag har begärt en tjänst till för nätterna."),
    ):
        page.goto(f"{CASE}/talks")
        main(page).locator(f'a[href*="informant={informant}"]').click()
        press(page, "Börja samtalet")
        headed(page, f"Samtal med {person}")
        _note(
            page,
            text,
            "Personens egna ord",
            "Natten" if informant == "staff" else "Bemanning",
            "Får berättas",
        )
        press(page, "Avsluta samtalet")
        told(page, "Samtalet är avslutat")


def what_is_seen_and_read_is_recorded(story: Story) -> None:
    page = story.person("inspector")
    for kind, title, text, theme in (
        ("Iakttagelse", "Kvällen i köket", "Barn och vuxna lagade mat ihop.", "Personalens bemötande"),
        ("Handling", "Schema för februari", "En vaken vuxen alla nätter utom två.", "Bemanning"),
    ):
        page.goto(f"{CASE}/evidence")
        field(page, kind, exact=True).check()
        field(page, "Vad det är, med några ord").fill(title)
        press(page, re.compile("Lägg till"))
        _write(page, "Vad det visar", text)
        field(page, "Tema").first.select_option(label=theme)
        saved(page)
    page.goto(CASE)
    press(page, "Gå vidare till handlingar och krav")


def an_outcome_is_recorded(page: Page, child: str, outcome: str, case: str = CASE) -> None:
    page.goto(f"{case}/children")
    card = main(page).locator(f"#{child}")
    if "Inte tillfrågad ännu" in card.inner_text():
        card.locator("summary", has_text=re.compile("utfallet")).click()
        card.get_by_label(outcome).check()
        card.get_by_role("button", name="Spara utfallet").click()
        told(page, f"Utfallet för {child} är sparat")


def _note(page: Page, text: str, whose: str, theme: str, wish: str) -> None:
    note = _write(page, "Det som sägs", text)
    note.get_by_label(whose).check()
    note.get_by_label(wish).check()
    note.get_by_label("Tema").select_option(label=theme)
    saved(page)


def _write(page: Page, label: str, text: str):
    """Type into the note that is ready, and give that note back."""
    note = main(page).locator("#ready")
    name = note.get_by_label(label).get_attribute("id")
    note.get_by_label(label).fill(text)
    return main(page).locator(f'li.note:has([id="{name}"])')
