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


def the_own_picture_comes_first(story: Story, case: str = CASE) -> None:
    page = story.person("inspector")
    page.goto(f"{case}/weighing")
    told(page, "Din egen bild först")
    # What the method proposes is not on the page before the own picture is.
    expect(main(page).get_by_text("Metodens förslag")).to_have_count(0)
    for area in main(page).locator("fieldset.own-view").all():
        area.get_by_label("Fungerar i huvudsak").check()
        area.get_by_label("Varför").fill("Så såg det ut när vi var där.")
    press(page, "Spara min egen bild")
    press(page, re.compile("^Väg samman"))
    told(page, "Metodens förslag")


def what_the_children_bring_up_is_answered(story: Story, case: str = CASE) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/weighing#register")
    entries = main(page).locator("li.register__entry")
    expect(entries.first).to_be_visible()
    for entry in entries.all():
        entry.get_by_label(t("Our answer")).select_option(label=t("We follow it up"))
        entry.get_by_label(t("Why, in a sentence or two")).fill("Vi tar upp det i dialogen.")
    saved(page)
    page.reload()
    expect(main(page).locator("li.register__entry .state[data-kind=waiting]")).to_have_count(0)


def a_position_is_decided_by_two(story: Story) -> None:
    """Where the method has too little to go by, a person decides, and another countersigns."""
    page = story.person("inspector")
    page.goto(f"{CASE}/weighing")
    open_area = main(page).locator("table.matrix tbody", has=page.locator(".position[data-position=none]"))
    open_area.first.get_by_role("link", name=re.compile("^Besluta annat")).click()
    main(page).get_by_label("Fungerar i huvudsak").check()
    main(page).get_by_label("Luckor i underlaget").check()
    reason = main(page).get_by_label("Skäl", exact=True)
    reason.fill("För kort.")
    told(page, "9 av minst 80 tecken")
    reason.fill(
        "Vi har besökt hemmet två gånger och sett området själva. Kontrollen visar samma sak som vi såg."
    )
    main(page).locator("input[name=evidence]").first.check()
    press(page, "Besluta läget")
    told(page, "Väntar på kontrasignering")
    told(page, "Någon annan än den som skrev")
    other = story.person("supervisor")
    other.goto(page.url)
    press(other, "Kontrasignera")
    told(other, "Beräknat: Kan inte bedömas ännu. Beslutat: Fungerar i huvudsak.")
    page.reload()
    expect(main(page).locator(".record .state[data-kind=done]")).to_have_count(1)


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


def what_is_grave_is_coded_by_two(story: Story) -> None:
    """By keyboard: the second coder judges without seeing the first; where they differ, they settle it."""
    page = story.person("inspector")
    page.goto(CASE)
    told(page, re.compile("kodas av en andra person, på sidan Kodning"))
    second = story.person("co_inspector")
    second.goto(f"{CASE}/coding?show=second")
    cards = main(second).locator("[data-unit][data-look=second]")
    left = cards.count()
    assert left > 1
    expect(main(second).get_by_text("Första kodaren")).to_have_count(0)
    for number in range(left):
        card = main(second).locator("[data-unit][data-here]")
        name = card.get_attribute("id")
        second.keyboard.press("/")
        second.keyboard.type("natten")
        second.keyboard.press("Enter")
        expect(main(second).locator(f"#{name} select[name=theme]")).to_have_value("natt")
        second.keyboard.press("2" if number else "1")
        with second.expect_response(re.compile("/coding/")):
            second.keyboard.press("Enter")
    told(second, "Inget väntar på dig som andra kodare")
    page.goto(f"{CASE}/coding?show=disputed")
    disputed = main(page).locator("form.unit__settle")
    for left in range(disputed.count(), 0, -1):
        expect(disputed).to_have_count(left)
        settle = disputed.first
        settle.get_by_label("Tema").select_option(label="Natten")
        settle.get_by_label("2 Betydande").check()
        settle.get_by_label("Vad ni enades om, och varför").fill("Vi läste exemplen tillsammans.")
        settle.get_by_role("button", name="Spara det vi enades om").click()
        told(page, "Ni har enats. Båda bedömningarna finns kvar.")
    told(page, "Inga oenigheter")
