"""An acute turn during fieldwork: what a child says in a talk, and what is done about it at once."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.browser.stories.begun import at_the_provider, case_of
from tests.browser.story import Story, field, follow, headed, main, press, saved, told
from tillsyn.inspect.settings import Settings

DNR = "2026-00706"
CASE = f"/inspections/{DNR}"
WORDS = "I går kväll slog en av nattpersonalen mig i ansiktet. Han kommer tillbaka i kväll."
REPORTED = "Ringde socialjouren, mottagare handläggare Exempelsson, som ringer tillbaka inom en timme."
CHILD_TOLD = "Amir berättade vad vi har anmält och att ingen behöver göra något mer."
DECISION = "Det kan varken visas eller uteslutas. Socialtjänsten och polisen utreder vidare."


def begin(db: Session, settings: Settings) -> None:
    case_of(db, settings, at_the_provider(db), DNR, in_the_field=True)


def test_a_child_tells_of_danger_during_the_visit(story: Story) -> None:
    a_child_says_it(story)
    it_is_on_every_page_without_its_words(story)
    it_is_reported_and_the_child_is_told(story)
    the_text_of_the_report_is_prepared(story)
    somebody_else_investigates(story)
    a_third_person_countersigns(story)


def a_child_says_it(story: Story) -> None:
    t, page = story.words, story.person("co_inspector")
    page.goto(f"{CASE}/children")
    follow(page, t("Talk with %(person)s", person="b2"))
    press(page, t("Start the talk"))
    note = main(page).locator("#ready")
    name = note.get_by_label(t("What is said")).get_attribute("id")
    note.get_by_label(t("What is said")).fill(WORDS)
    written = main(page).locator(f'li.note:has([id="{name}"])')
    written.get_by_label(t("The child’s own words")).check()
    written.get_by_label(t("Theme")).select_option(value="bemotande")
    written.locator("summary", has_text=t("More")).click()
    written.get_by_label(t("What it means for the children")).select_option("3")
    saved(page)


def it_is_on_every_page_without_its_words(story: Story) -> None:
    t, page = story.words, story.person("co_inspector")
    page.goto(CASE)
    flag = page.get_by_role("region", name=t("Grave accounts"))
    expect(flag).to_be_visible()
    assert WORDS not in page.content()
    flag.get_by_role("link").last.click()
    headed(page, t("Acute: a child may be in danger"))


def it_is_reported_and_the_child_is_told(story: Story) -> None:
    t, page = story.words, story.person("co_inspector")
    _note(story, page, "Report of concern to the social services (SoL 19:1)", REPORTED)
    told(page, t("Acute"))
    _note(story, page, "Police or prosecutor (OSL 10:21)", "Polisen i Exempelköping tog emot anmälan.")
    field(page, t("Talked with the child about what we do")).check()
    field(page, t("The child has been told what we are doing, and why")).check()
    field(page, t("What was said to the child, and who said it")).fill(CHILD_TOLD)
    press(page, t("Note the step"))
    told(page, CHILD_TOLD)
    # Danger comes first: the adults may be asked before every child has been offered a talk.
    page.goto(f"{CASE}/talks/start?informant=staff")
    expect(main(page).get_by_role("button", name=t("Start the talk"))).to_be_enabled()


def the_text_of_the_report_is_prepared(story: Story) -> None:
    t, page = story.words, story.person("co_inspector")
    page.goto(f"{CASE}/acute")
    follow(page, t("Prepare the text of the report"))
    headed(page, t("Report of concern"))
    told(page, WORDS)
    told(page, re.compile(re.escape(REPORTED)))


def somebody_else_investigates(story: Story) -> None:
    t, page = story.words, story.person("co_inspector")
    account = _account(page, t("Grave accounts"))
    page.goto(account)
    told(page, t("You led the talk. Somebody else investigates what was said in it."))
    page = story.person("inspector")
    page.goto(account)
    told(page, WORDS)
    for label, text in (
        ("What was investigated, and what it showed", "Vi talade med personalen och läste dagboken."),
        ("How you tried to reach the child again", "Amir träffade barnet samma kväll."),
        ("The decision, with the reasons", DECISION),
    ):
        field(page, t(label)).fill(text)
    field(page, t("We reached the child again")).check()
    field(page, t("Not confirmed: it can neither be shown nor ruled out")).check()
    press(page, t("Send to countersigning"))
    told(page, t("Waits for a countersignature"))


def _account(page: Page, flags: str) -> str:
    page.goto(CASE)
    return str(page.get_by_role("region", name=flags).get_by_role("link").first.get_attribute("href"))


def a_third_person_countersigns(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    follow(page, t("Act on a grave account"))
    told(page, DECISION)
    press(page, t("Countersign"))
    told(page, t("The investigation could not confirm it. It counts as a significant problem."))
    expect(page.get_by_role("region", name=t("Grave accounts"))).to_have_count(0)


def _note(story: Story, page: Page, kind: str, text: str) -> None:
    """A step about the account, which the page has marked already where it is the only one."""
    t = story.words
    field(page, t(kind)).check()
    field(
        page, t("What was reported, to whom, and how they can be reached; for a decision, the reason")
    ).fill(text)
    press(page, re.compile(f"^({re.escape(t('Note the step'))}|{re.escape(t('Open the acute track'))})"))
    told(page, text)
