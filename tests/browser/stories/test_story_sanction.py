"""A sanction fee: somebody began without the register check, and no dialogue closes that (SoL 28 kap. 16–21 §§)."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.stories.begun import at_the_provider, case_of, with_letter_sent
from tests.browser.story import Story, field, follow, headed, main, press, today, told, unfold
from tillsyn.inspect.settings import Settings

DNR = "2026-00702"
CASE = f"/inspections/{DNR}"
WHAT = "En vikarie arbetade fyra nätter innan utdragen hade kontrollerats. Schemat och pärmen visar det."
OPINION = "Överträdelsen är visad. Inget hindrar avgiften, och skäl att sätta ned den finns inte."
NO_COPY = "Kommunen fick brevet i handen vid samrådet i dag och har kvitterat det."
REASONS = "Vikarien var ensam med barnen fyra nätter. Det finns inga synnerliga skäl att sätta ned avgiften."


def begin(db: Session, settings: Settings) -> None:
    """All deficiencies are followed up: nothing else keeps the case open."""
    with_letter_sent(case_of(db, settings, at_the_provider(db), DNR, grave=True, sanction=True)).follow_up()


def test_a_fee_is_decided_after_the_operator_and_the_lawyer_have_spoken(story: Story) -> None:
    the_inspector_opens_a_matter(story)
    dialogue_does_not_close_it(story)
    the_lawyer_is_asked_on_the_first_page(story)
    the_decision_maker_decides(story)
    the_case_can_be_closed(story)


def the_inspector_opens_a_matter(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(CASE)
    page.get_by_role("navigation", name=t("In this case")).get_by_role(
        "link", name=t("Sanction fees")
    ).click()
    headed(page, t("Sanction fees"))
    field(page, t("Which finding?")).select_option(index=0)
    field(page, t("Somebody was engaged without the register check")).check()
    field(page, t("Day of the breach")).fill((today() - timedelta(days=20)).isoformat())
    field(page, t("What was done or left undone, and what shows it")).fill(WHAT)
    press(page, t("Open the matter"))
    told(page, t("The matter is open. Give the operator the opportunity to comment."))
    told(page, t("After that day no fee may be decided (SoL 28:20)."))
    # Nobody decides before the operator and the lawyer have had their say.
    expect(main(page).get_by_role("button", name=t("Record the decision"))).to_be_disabled()
    field(page, t("Day the operator was given the opportunity to comment")).fill(today().isoformat())
    press(page, t("Note the day"))
    told(page, t("The day is noted."))


def dialogue_does_not_close_it(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(CASE)
    expect(main(page).get_by_role("button", name=t("Close the case"))).to_be_disabled()


def the_lawyer_is_asked_on_the_first_page(story: Story) -> None:
    t, page = story.words, story.person("lawyer")
    page.goto("/")
    follow(page, t("Give your opinion on a sanction fee"))
    _the_matter(story)
    told(page, WHAT)
    field(page, t("Your opinion as lawyer")).fill(OPINION)
    press(page, t("Save your opinion"))
    told(page, t("Your opinion is noted."))


def the_decision_maker_decides(story: Story) -> None:
    story.complaints.allowed.append("status of 422")  # the amount that the law does not have
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    headed(page, t("Waiting for you"))
    follow(page, t("Decide about a sanction fee"))
    _the_matter(story)
    told(page, OPINION)
    field(page, t("Sanction fee decided")).check()
    field(page, t("Amount in kronor, when a fee is decided")).fill("80 000")
    field(page, t("Day of the decision")).fill(today().isoformat())
    field(page, t("The reasons")).fill(REASONS)
    press(page, t("Record the decision"))
    # The law has one amount for this breach, unless there is a ground to reduce it; what was written stays.
    expect(field(page, t("The reasons"))).to_have_value(REASONS)
    field(page, t("Amount in kronor, when a fee is decided")).fill("100 000")
    press(page, t("Record the decision"))
    told(page, t("The decision is recorded."))
    told(page, t("%(amount)s kronor", amount="100 000"))
    told(page, t("May be appealed within three weeks (SoL 35:2, FL 44). It applies when it is final."))


def _the_matter(story: Story) -> None:
    """From the list of the case's matters to the one there is."""
    main(story.last).get_by_role("link", name="K08").first.click()


def the_case_can_be_closed(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(CASE)
    # The municipality has no copy yet: whoever closes the case without one says why (2013:176, 2 §).
    expect(main(page).get_by_role("button", name=t("Close the case")).first).to_be_disabled()
    unfold(page, t("End without it, and write why"))
    opened = main(page).locator("details[open]")
    opened.get_by_label(t("Why")).fill(NO_COPY)
    opened.get_by_role("button", name=t("Close the case")).click()
    told(page, t("Closed"))
    told(page, NO_COPY)
