"""Between the authority and the provider: reply, decision, letter, answers, follow-up. In both languages."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.story import Story, field, follow, headed, main, press, saved, today, told

REPLY = "Det stämmer. Vi saknade en nattjour två nätter i februari."
MEASURE = "Två vakna vuxna varje natt från och med nu."


def the_case_goes_on(story: Story, case: str, who: str, action: str) -> None:
    page = story.person(who)
    page.goto(case)
    press(page, story.words(action))


def the_facts_are_sent_for_reply(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    the_case_goes_on(story, case, "inspector", "Go on to the provider's right to reply")
    page.goto(f"{case}/reply")
    field(page, t("To reply by")).fill((today() + timedelta(days=21)).isoformat())
    press(page, t("Send the facts"))
    told(page, t("Waiting for the provider"))
    # Until the reply has come, or its day has passed, the decision waits.
    page.goto(case)
    expect(
        main(page).get_by_role("button", name=t("Go on to the decision without a meeting"))
    ).to_be_disabled()


def the_provider_reads_the_facts_and_replies(story: Story) -> None:
    t, page = story.words, story.person("provider")
    page.goto("/letters")
    follow(page, re.compile(re.escape(t("What we have seen at %(home)s: is it right?").split("%")[0])))
    headed(page, t("Is this right?"))
    main(page).get_by_role("textbox", name=t("More that you want to say")).fill(REPLY)
    press(page, t("Send the reply"))
    told(page, t("We have your reply"))


def it_is_decided_and_the_letter_sent(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/reply")
    told(page, REPLY)
    the_case_goes_on(story, case, "inspector", "Go on to the decision without a meeting")
    page = story.person("supervisor")
    page.goto(f"{case}/decision")
    field(page, t("Criticism and account of measures")).check()
    field(page, t("Day of the decision")).fill(today().isoformat())
    field(page, t("The decision in words")).fill("Kritik enligt 28 kap. SoL, med redovisning av åtgärder.")
    press(page, t("Record the decision"))
    told(page, t("Tell the provider"))
    page = story.person("inspector")
    page.goto(f"{case}/decision")
    # Those who talked with us have no letters of their own in this story: it is said why.
    follow(page, t("To all letters of the case"))
    field(page, t("Why the letter goes although somebody has no letter of their own")).fill(
        "Barnen har hört svaret av oss och ville inte ha något brev."
    )
    press(page, t("Send the letter to the provider"))
    expect(main(page).get_by_role("status")).to_be_visible()
    page.goto(f"{case}/decision")
    told(page, t("The letter was sent"))
    the_case_goes_on(story, case, "inspector", "Start the follow-up")


def the_provider_answers_point_by_point(story: Story) -> None:
    t, page = story.words, story.person("provider")
    page.goto("/letters")
    told(page, t("Waiting for your answer"))
    follow(page, re.compile(re.escape(t("Letter about %(home)s").split("%")[0])))
    boxes = main(page).locator("section.answer")
    for name in boxes.evaluate_all("all => all.map(one => one.id)"):
        box = main(page).locator(f"[id={name}]")
        is_deficiency = box.get_attribute("data-kind") == "deficiency"
        if not is_deficiency:
            box.locator("summary", has_text=t("Say something about this")).click()
        box.get_by_label(t("Agrees") if is_deficiency else t("Comments only")).check()
        box.get_by_label(t("Your words")).fill("Det känner vi igen.")
        saved(page)
        if is_deficiency:
            box.get_by_label(t("What you will do")).fill(MEASURE)
            box.get_by_label(t("Who sees to it")).fill("Verksamhetschefen")
            box.get_by_label(t("Done by")).fill("2027-08-01")
            box.get_by_role("button", name=t("Add the measure")).click()
            told(page, MEASURE)
    press(page, t("Look through and send"))
    headed(page, t("Look through your answer"))
    press(page, t("Send the answer"))
    headed(page, t("Thank you, we have your answer"))


def the_inspector_sees_the_answers(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/answers")
    headed(page, t("Provider’s answers"))
    told(page, "Det känner vi igen.")
    told(page, MEASURE)
    told(page, "Verksamhetschefen")


def the_municipality_gets_its_copy(story: Story, case: str) -> None:
    """Until then the page of the case says that it waits, and the case does not end without a reason."""
    t, page = story.words, story.person("inspector")
    page.goto(case)
    told(page, t("To pass on"))
    page.goto(f"{case}/letters")
    main(page).locator("#letter-feedback").get_by_role("button", name=t("Note that the copy is sent")).click()
    told(page, t("It is noted that the copy is sent."))
    page.goto(case)
    expect(main(page).locator("#pass-on")).to_have_count(0)


def the_case_is_followed_up_and_closed(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(case)
    expect(main(page).get_by_role("button", name=t("Close the case"))).to_be_disabled()
    page.goto(f"{case}/follow-up")
    button = (
        main(page).locator("article.measure > form").get_by_role("button", name=t("Record the follow-up"))
    )
    for _ in range(button.count()):
        form = main(page).locator("article.measure > form").first
        form.get_by_label(t("Remedied"), exact=True).check()
        form.get_by_label(t("What shows it")).fill("Schemat för mars och april visar två vakna varje natt.")
        form.get_by_label(t("What the children say now")).fill("De sover bättre.")
        form.get_by_label(t("We have read documents that show it")).check()
        form.get_by_label(t("How many you asked")).fill("4")
        form.get_by_label(t("Better"), exact=True).check()
        form.get_by_label(t("May be told"), exact=True).check()
        form.get_by_role("button").click()
        told(page, "De sover bättre.")
    told(page, t("Everything is followed up. The case can be closed."))
    the_case_goes_on(story, case, "inspector", "Close the case")
    told(page, t("Closed"))
