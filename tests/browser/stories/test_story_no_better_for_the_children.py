"""A follow-up where provider and children differ: it says that it is done, they say that nothing has changed."""

import re

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.stories.begun import HOME, at_the_provider, case_of, with_letter_sent
from tests.browser.story import Story, field, follow, headed, main, press, told, unfold
from tillsyn.inspect.settings import Settings

DNR = "2026-00703"
CASE = f"/inspections/{DNR}"
CLAIM = "Två vakna varje natt sedan den första i månaden. Schemat är ändrat."
SHOWN = "Schemat visar två namn varje natt. Tio nätter av trettio fattas den andra i tidrapporterna."
CHILDREN = "De som bor här säger att det ofta är en ensam på natten, precis som förut."
WEIGHED = "Tidrapporterna stöder det barnen säger. Schemat visar vad som var tänkt, inte vad som blev av."


def begin(db: Session, settings: Settings) -> None:
    with_letter_sent(case_of(db, settings, at_the_provider(db), DNR)).answer()


def test_it_is_not_remedied_because_the_provider_says_so(story: Story) -> None:
    the_provider_tells_that_it_is_done(story)
    nothing_closes_on_its_word_alone(story)
    the_two_are_weighed_together(story)
    the_next_reader_sees_them_side_by_side(story)


def the_provider_tells_that_it_is_done(story: Story) -> None:
    t, page = story.words, story.person("provider")
    page.goto("/")
    follow(page, re.compile(re.escape(t("Letter about %(home)s", home=HOME))))
    follow(page, t("Your measures"))
    headed(page, t("Your measures"))
    unfold(page, t("Tell how far it has come"))
    field(page, t("Done"), exact=True).check()
    field(page, t("What you have done, and what shows it")).fill(CLAIM)
    press(page, t("Send what you have written"))
    told(page, CLAIM)


def nothing_closes_on_its_word_alone(story: Story) -> None:
    story.complaints.allowed.append("status of 422")  # what is refused here
    t, page = story.words, story.person("inspector")
    page.goto(f"{CASE}/follow-up")
    told(page, CLAIM)
    field(page, t("Remedied"), exact=True).check()
    field(page, t("What shows it")).fill(SHOWN)
    field(page, t("The provider says so")).check()
    field(page, t("How many you asked")).fill("0")
    field(page, t("What the children say now")).fill("Vi har inte hunnit fråga dem än.")
    press(page, t("Record the follow-up"))
    expect(field(page, t("What shows it"))).to_have_value(SHOWN)
    told(
        page,
        t(
            "From this level nothing closes on the provider’s word alone."
            " See, read or ask for yourselves first."
        ),
    )


def the_two_are_weighed_together(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    field(page, t("We have read documents that show it")).check()
    field(page, t("Those it is for have told us")).check()
    field(page, t("How many you asked")).fill("4")
    field(page, t("No difference")).check()
    field(page, t("What the children say now")).fill(CHILDREN)
    field(page, t("Only in general terms")).check()
    press(page, t("Record the follow-up"))
    told(
        page, t("It is said to be done, and it is no better for them. Write how you weigh the two together.")
    )
    field(page, t("Remains"), exact=True).check()
    field(page, t("How you weigh it together, if they differ")).fill(WEIGHED)
    press(page, t("Record the follow-up"))
    told(page, t("They say different things"))


def the_next_reader_sees_them_side_by_side(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto(f"{CASE}/follow-up")
    for side, text in (("provider", CLAIM), ("children", CHILDREN), ("authority", SHOWN)):
        expect(main(page).locator(f"[data-side={side}]")).to_contain_text(text)
    told(page, WEIGHED)
    told(page, t("No difference"))
