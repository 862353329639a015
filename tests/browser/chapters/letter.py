"""From findings to an approved letter, with a return on the way. Told in both languages."""

import re

from playwright.sync_api import expect

from tests.browser.story import Story, field, headed, main, press, saved, told

CHANGED = "Vi tackar för ett öppet och vänligt mottagande."


def the_findings_are_proposed_and_completed(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/findings")
    press(page, t("Propose findings from the evidence"))
    expect(main(page).locator("li.finding[data-kind=deficiency]").first).to_be_visible()
    deficiencies = main(page).locator("li.finding[data-kind=deficiency]")
    for name in deficiencies.evaluate_all("all => all.map(one => one.id)"):
        page.goto(f"{case}/findings/{name}")
        for label, text in (
            (t("What we saw and heard"), "Två nätter i februari utan vaken personal."),
            (t("Why it matters"), "Barn som är rädda på natten får ingen hjälp."),
            (t("Why this level is proportionate"), "Bristen är återkommande och rör tryggheten."),
            (t("What must be achieved, or what we suggest"), "Alla nätter är bemannade."),
        ):
            field(page, label).fill(text)
        field(page, t("Put right no later than")).fill("2027-09-01")
        press(page, t("Save the finding"))
    expect(main(page).get_by_text(t("Not complete"))).to_have_count(0)


def the_letter_is_composed_and_edited(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/letter")
    press(page, t("Compose the letter"))
    first = main(page).locator(".passage__form textarea").first
    first.fill(CHANGED)
    saved(page)
    page.reload()
    expect(first).to_have_value(CHANGED)
    for language in ("sv", "en"):
        page.goto(f"{case}/letter?language={language}")
        empty = main(page).locator(".passage__form textarea")
        for box in empty.all():
            if not box.input_value().strip():
                box.fill("Så här såg det ut." if language == "sv" else "This is how it was.")
                saved(page)
    page.goto(f"{case}/letter?language=sv")
    _what_is_missing_is_answered(story, case)


def _what_is_missing_is_answered(story: Story, case: str) -> None:
    """What was written by hand rests on no evidence, and children may have raised what no finding is on."""
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/letter")
    answer = main(page).get_by_role("link", name=t("Answer with a reason"))
    for _one in range(answer.count()):
        answer.first.click()
        reason = main(page).get_by_role("textbox", name=t("Why the letter may go as it is"))
        reason.fill("Det såg vi själva när vi kom till hemmet.")
        press(page, t("Keep the answer"))
    expect(answer).to_have_count(0)


def the_letter_is_submitted(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/letter")
    press(page, t("Send to review"))
    told(page, t("The letter cannot be changed now"))
    page.goto(case)
    press(page, t("Hand over to review"))
    # The author sees the review, and cannot approve what they have written: the page says why.
    page.goto(f"{case}/review")
    expect(main(page).get_by_role("button", name=t("Approve the letter"))).to_be_disabled()


def the_supervisor_returns_it_with_a_remark(story: Story, case: str) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    page.goto(f"{case}/review")
    headed(page, t("Review the letter"))
    told(page, CHANGED)
    side = main(page).locator(".passages", has_text=CHANGED)
    side.locator("summary", has_text=t("Make a remark")).click()
    side.get_by_label(t("Remark")).fill("Nämn barnen först.")
    side.get_by_role("button", name=t("Save the remark")).click()
    told(page, "Nämn barnen först.")
    field(page, t("Why it is returned")).fill("Se synpunkten på första stycket.")
    press(page, t("Return to the author"))


def the_inspector_mends_and_submits_again(story: Story, case: str) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"{case}/letter")
    told(page, "Se synpunkten på första stycket.")
    told(page, "Nämn barnen först.")
    box = main(page).locator(".passage__form textarea").first
    expect(box).to_have_value(CHANGED)
    box.fill(f"Barnen tog emot oss i köket. {CHANGED}")
    saved(page)
    press(page, t("Dealt with"))
    expect(main(page).get_by_role("button", name=t("Dealt with"))).to_have_count(0)
    main(page).get_by_role("link", name=t("Tie it to evidence"), exact=True).first.click()
    headed(page, t("What the paragraph rests on"))
    for more in main(page).locator("form details > summary").all():
        more.click()
    main(page).locator("input[name=chosen]").first.check()
    press(page, t("Tie the paragraph to what is chosen"))
    expect(main(page).get_by_text(t("Without evidence"))).to_have_count(0)
    press(page, t("Send to review"))


def the_supervisor_approves(story: Story, case: str) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto(f"{case}/review")
    told(page, "Barnen tog emot oss i köket.")
    press(page, t("Approve the letter"))
    told(page, re.compile(t("Approved by: %(name)s", name="Greta Holm")))
