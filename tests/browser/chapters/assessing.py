"""At the desk: requirements, the own picture, the weighing, the assessment."""

import re

from playwright.sync_api import Page, expect

from tests.browser.chapters.planning import CASE
from tests.browser.story import Story, main, press, saved, told

DEVIATIONS = {"K10": "2", "K22": "1"}
"""Requirement and what its deviation means for the children."""


def every_requirement_is_marked(story: Story) -> None:
    page = story.person("inspector")
    page.goto(f"{CASE}/requirements")
    told(page, "36 kvar att bedöma")
    # No default says that anything is met.
    expect(main(page).locator("input[name=result]:checked")).to_have_count(0)
    lines = main(page).locator("[data-requirement]")
    expect(lines).to_have_count(36)
    for number, name in enumerate(lines.evaluate_all("all => all.map(one => one.id)")):
        line = main(page).locator(f'[id="{name}"]')
        if name in DEVIATIONS:
            line.get_by_label("Avvikelse", exact=True).check()
            line.get_by_label("Vad avvikelsen betyder för barnen").select_option(DEVIATIONS[name])
            line.get_by_label("Hur utbrett det är").select_option(label="Återkommande")
            line.get_by_label("Anteckning").fill("Två nätter i februari utan vaken personal.")
        elif number % 2:
            line.get_by_label("Uppfyllt").check()
        else:
            # By keyboard: j goes on to the next line, 1–4 choose.
            line.focus()
            page.keyboard.press("k" if number else "j")
            page.keyboard.press("j" if number else "k")
            expect(line).to_be_focused()
            page.keyboard.press("4" if name.endswith("7") else "1")
    saved(page)
    told(page, "Alla är bedömda")
    page.reload()
    told(page, "Alla är bedömda")
    expect(main(page).locator("input[name=result][value=deviation]:checked")).to_have_count(len(DEVIATIONS))
    told(page, "Ylva Ros")
    page.goto(CASE)
    press(page, "Gå vidare till sammanvägningen")


def every_statement_is_judged(story: Story) -> None:
    page = story.person("inspector")
    for address in (f"{CASE}/talks", f"{CASE}/evidence"):
        page.goto(address)
        links = main(page).locator("li h3 a, ul.rows a").evaluate_all("all => all.map(one => one.pathname)")
        for one in dict.fromkeys(links):
            page.goto(one)
            _judge(page)


def _judge(page: Page) -> None:
    for number, kept in enumerate(main(page).locator("details.note__kept").all()):
        kept.locator("> summary").click()
        kept.locator("summary", has_text="Mer").click()
        kept.get_by_label("Vad det betyder för barnen").select_option(str(2 if number == 0 else 0))
    saved(page)


def the_own_picture_comes_first(story: Story) -> None:
    page = story.person("inspector")
    page.goto(f"{CASE}/weighing")
    told(page, "Din egen bild först")
    # What the method proposes is not on the page before the own picture is.
    expect(main(page).get_by_text("Metodens förslag")).to_have_count(0)
    for area in main(page).locator("fieldset.own-view").all():
        area.get_by_label("Fungerar i huvudsak").check()
        area.get_by_label("Varför").fill("Så såg det ut när vi var där.")
    press(page, "Spara min egen bild")
    press(page, re.compile("^Väg samman"))
    told(page, "Metodens förslag")


def every_area_is_assessed_in_words(story: Story) -> None:
    page = story.person("inspector")
    page.goto(f"{CASE}/weighing")
    for area in main(page).locator("article.weighed").all():
        area.get_by_label("Bedömning i ord").fill(
            "Vi bedömer området utifrån vad barnen berättat och det vi sett."
        )
        area.get_by_label("Så vägdes det barnen sa in").fill("Barnens ord vägde tyngst.")
    saved(page)
    page.reload()
    expect(main(page).get_by_label("Bedömning i ord").last).to_have_value(re.compile("^Vi bedömer"))
