"""A provider disagrees, corrects a fact and is right: from its reply to the letter that says so."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from tests.browser.stories.begun import HOME, at_the_provider, case_of
from tests.browser.story import Story, field, follow, headed, main, press, today, told
from tillsyn.inspect.settings import Settings
from tillsyn.models.vocabulary import State

DNR = "2026-00701"
CASE = f"/inspections/{DNR}"
WRONG = "Schemat för februari visar en vaken natt. Den andra natten är från mars."
RIGHT = "En natt i februari saknades vaken personal."
WHY = "Vi har läst schemat igen, och ni har rätt om antalet nätter."


def begin(db: Session, settings: Settings) -> None:
    case_of(db, settings, at_the_provider(db), DNR).go_as_far_as(State.COMMUNICATION)


def test_a_provider_corrects_a_fact_and_is_right(story: Story) -> None:
    the_facts_are_sent(story)
    the_provider_says_what_is_wrong(story)
    the_decision_waits_for_an_answer(story)
    the_inspector_corrects_the_fact(story)
    it_is_decided_and_sent(story)
    the_provider_reads_the_answer_and_the_corrected_letter(story)


def the_facts_are_sent(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{CASE}/reply")
    field(page, t("To reply by")).fill((today() + timedelta(days=21)).isoformat())
    press(page, t("Send the facts"))
    told(page, t("Waiting for the provider"))


def the_provider_says_what_is_wrong(story: Story) -> None:
    t, page = story.words, story.person("provider")
    page.goto("/")
    follow(page, re.compile(re.escape(t("What we have seen at %(home)s: is it right?", home=HOME))))
    headed(page, t("Is this right?"))
    fact = _first_fact(page)
    fact.get_by_label(t("Something is wrong or missing")).check()
    fact.get_by_label(t("What is wrong or missing, and how it is instead")).fill(WRONG)
    press(page, t("Keep it, and send later"))
    page.reload()
    expect(_first_fact(page).get_by_role("textbox")).to_have_value(WRONG)
    press(page, t("Send the reply"))
    told(page, t("We have your reply"))
    told(page, WRONG)


def _first_fact(page: Page) -> Locator:
    return main(page).get_by_role("group").filter(has=page.get_by_role("textbox")).first


def the_decision_waits_for_an_answer(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(CASE)
    on = main(page).get_by_role("button", name=t("Go on to the decision without a meeting"))
    expect(on).to_be_disabled()


def the_inspector_corrects_the_fact(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{CASE}/reply")
    told(page, WRONG)
    field(page, t("We correct it")).check()
    field(page, t("Why"), exact=True).fill(WHY)
    field(page, t("How it reads in the letter")).fill(RIGHT)
    press(page, t("Save the answer"))
    told(page, t("What the answer has changed"))
    told(page, t("Every point is answered. The answers stand in the letter."))
    expect(main(page).locator("ins").filter(has_text=RIGHT)).to_be_visible()
    # What the provider asked for itself is nothing to warn it of.
    expect(main(page).get_by_text(t("Changed after the facts were sent"))).to_have_count(0)
    page.goto(CASE)
    press(page, t("Go on to the decision without a meeting"))


def it_is_decided_and_sent(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto(f"{CASE}/decision")
    field(page, t("Criticism and account of measures")).check()
    field(page, t("Day of the decision")).fill(today().isoformat())
    field(page, t("The decision in words")).fill("Kritik enligt 28 kap. SoL, med redovisning av åtgärder.")
    press(page, t("Record the decision"))
    page = story.person("inspector")
    page.goto(f"{CASE}/letters")
    field(page, t("Why the letter goes although somebody has no letter of their own")).fill(
        "Barnen har hört svaret av oss och ville inte ha något brev."
    )
    press(page, t("Send the letter to the provider"))
    expect(main(page).get_by_role("status")).to_be_visible()


def the_provider_reads_the_answer_and_the_corrected_letter(story: Story) -> None:
    t, page = story.words, story.person("provider")
    page.goto("/letters")
    follow(page, re.compile(re.escape(t("Letter about %(home)s", home=HOME))))
    told(page, RIGHT)
    told(page, WHY)
    page.goto("/letters")
    follow(page, re.compile(re.escape(t("Facts about %(home)s", home=HOME))))
    told(page, WHY)
