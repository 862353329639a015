"""A returned letter: what is wrong is said beside the text, mended, and read again where it was changed."""

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.stories.begun import HOME, at_the_provider, case_of
from tests.browser.story import Story, field, follow, headed, main, press, saved, told
from tillsyn.inspect.settings import Settings
from tillsyn.models.vocabulary import State

DNR = "2026-00704"
CASE = f"/inspections/{DNR}"
REMARK = "Säg först vad barnen har berättat, och sedan vad vi såg."
WHY = "Brevet är tydligt. Se min synpunkt, och granskarens två."
ANSWER = "Meningen säger bara i vilken ordning brevet är skrivet."
ADDED = "Det de berättade kommer först i brevet."


def begin(db: Session, settings: Settings) -> None:
    """In review, with a peer reviewer's remarks still open."""
    case_of(db, settings, at_the_provider(db), DNR).go_as_far_as(State.REVIEW)


def test_a_returned_letter_is_mended_and_approved(story: Story) -> None:
    the_decision_maker_returns_it(story)
    the_author_sees_why_at_once(story)
    each_remark_is_answered_or_dealt_with(story)
    the_decision_maker_reads_what_was_changed_and_approves(story)


def the_decision_maker_returns_it(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    told(page, t("The letter was handed in for review and waits for your verdict."))
    follow(page, t("Approve or return the letter"))
    headed(page, t("Review the letter"))
    # Nothing is approved while somebody's remark is open, and the page says so.
    expect(main(page).get_by_role("button", name=t("Approve the letter"))).to_be_disabled()
    side = main(page).locator(".passages").filter(has=page.get_by_text(t("Make a remark"))).first
    side.locator("summary", has_text=t("Make a remark")).click()
    side.get_by_label(t("Remark"), exact=True).fill(REMARK)
    side.get_by_role("button", name=t("Save the remark")).click()
    told(page, REMARK)
    field(page, t("Why it is returned")).fill(WHY)
    press(page, t("Return to the author"))


def the_author_sees_why_at_once(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto("/")
    returned = main(page).locator("section").filter(has_text=t("Returned to you"))
    expect(returned).to_contain_text(WHY)
    returned.get_by_role("link", name=HOME).click()
    told(page, WHY)
    told(page, REMARK)


def each_remark_is_answered_or_dealt_with(story: Story) -> None:
    t, page = story.words, story.person("inspector")

    box = main(page).locator(".passage__form textarea").first
    box.fill(f"{ADDED} {box.input_value()}")
    saved(page)

    for language in ("sv", "en"):
        page.goto(f"{CASE}/letter?language={language}")
        done = main(page).get_by_role("button", name=t("Dealt with"))
        while done.count():
            done.first.click()
            page.wait_for_load_state()
    page.goto(f"{CASE}/letter?language=sv")
    # What was added rests on no evidence yet: it is tied to some, or answered with a reason.
    follow(page, t("Answer with a reason"))
    main(page).get_by_role("textbox", name=t("Why the letter may go as it is")).fill(ANSWER)
    press(page, t("Keep the answer"))
    press(page, t("Send to review"))


def the_decision_maker_reads_what_was_changed_and_approves(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    follow(page, t("Approve or return the letter"))
    told(page, t("Changed since it was returned"))
    told(page, ADDED)
    press(page, t("Approve the letter"))
    told(page, t("Approved by: %(name)s", name="Greta Holm"))
