"""Somebody asks for what is in a case: entered by the registrar, masked with the keyboard alone, looked over, let out,
and then decided on, with how to appeal. What is masked is in no file that leaves."""

import re
from io import BytesIO

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.chromium import PHONE, assert_accessible, assert_fits
from tests.browser.stories.begun import at_the_provider, case_of
from tests.browser.story import Story, field, follow, main, press, told, unfold
from tests.unit.reports.test_disclosure_pdf import everything_in
from tillsyn.inspect.settings import Settings
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.vocabulary import Informant, State

DNR = "2026-00730"
SAID = "Kevin sa att Zinkgruvan slog honom i köket den 12 februari. Maten är god."
MASKED = ("Kevin", "Zinkgruvan")
OPEN = "12 februari. Maten är god."
REASON = "Det pekar ut ett barn eller en vuxen på hemmet."
MOST_STEPS = 250


def begin(db: Session, settings: Settings) -> None:
    """A case in which a child has said something that names two people, and a day that names nobody."""
    way = case_of(db, settings, at_the_provider(db), DNR)
    way.go_as_far_as(State.WEIGHING)
    talk = db.scalars(
        select(Interview).where(
            Interview.inspection_id == way.case.id, Interview.informant == Informant.CHILD
        )
    ).first()
    assert talk is not None
    db.scalars(select(Statement).where(Statement.interview_id == talk.id)).all()[0].text = SAID


def test_a_request_is_answered_the_same_day_and_decided_when_that_is_wanted(story: Story) -> None:
    the_registrar_enters_it(story)
    the_texts_are_chosen(story)
    the_proposals_are_decided_on_by_keyboard(story)
    a_mask_is_made_by_keyboard(story)
    it_is_handed_over_and_looked_over(story)
    what_leaves_has_no_masked_word(story)
    the_decision_says_how_to_appeal(story)


def the_registrar_enters_it(story: Story) -> None:
    t, page = story.words, story.person("registrar")
    page.goto("/diary")
    follow(page, re.compile(DNR))
    field(page, t("What is asked for")).fill("Det som barnen har berättat.")
    field(page, t("Where the answer is to go")).fill("fragar@exempel.example")
    seen_on_all_screens(page)
    press(page, t("Enter the request"))
    told(page, t("The request is entered, and those who work in the case are told."))
    told(page, t("Came in today."))


def the_texts_are_chosen(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.goto(f"/inspections/{DNR}/disclosures")
    seen_on_all_screens(page)
    main(page).get_by_role("heading", level=3).get_by_role("link").first.click()
    unfold(page, t("Choose single texts"))
    field(page, re.compile(SAID[:30])).check()
    seen_on_all_screens(page)
    press(page, t("Take these texts in"))
    told(page, t("The texts are frozen as they stand now."))


def the_proposals_are_decided_on_by_keyboard(story: Story) -> None:
    """What names somebody is ticked already; the day is not, and stays open."""
    t, page = story.words, story.person("inspector")
    tab_to(page, main(page).get_by_role("link", name=t("Statement from a talk")).first)
    page.keyboard.press("Enter")
    told(page, t("Proposed masks"))
    expect(field(page, re.compile("^Kevin – "))).to_be_checked()
    expect(field(page, re.compile("^den 12 februari – "))).not_to_be_checked()
    seen_on_all_screens(page)
    tab_to(page, main(page).locator("#proposals-reason"))
    page.keyboard.type(REASON)
    tab_to(page, main(page).get_by_role("button", name=t("Mask what is ticked, leave the rest open")))
    page.keyboard.press("Enter")
    told(page, "[maskerat: OSL 26 kap. 1 §]")


def a_mask_is_made_by_keyboard(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    tab_to(page, main(page).locator("#mask-words"))
    page.keyboard.type("zinkgruvan")
    tab_to(page, main(page).locator("#mask-ground"))
    page.keyboard.type("OSL 26:1")
    tab_to(page, main(page).locator("#mask-reason"))
    page.keyboard.type(REASON)
    tab_to(page, main(page).get_by_role("button", name=t("Mask"), exact=True))
    page.keyboard.press("Enter")
    expect(main(page).locator("section[aria-labelledby=goes-out]")).not_to_contain_text("Zinkgruvan")
    tab_to(page, main(page).locator("#assess-assessed-0"))
    page.keyboard.press("Space")
    tab_to(page, main(page).get_by_role("button", name=t("Decide on this text")))
    page.keyboard.press("Enter")
    told(page, t("What goes out of this text is decided."))
    seen_on_all_screens(page)


def it_is_handed_over_and_looked_over(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    follow(page, t("Back to the request"))
    press(page, t("Hand over"))
    told(page, t("Somebody else in the team looks it over now."))
    address = page.url
    told(page, t("You did the masking. Somebody else in the team looks it over."))
    other = story.person("co_inspector")
    other.goto(address)
    told(other, t("Second look"))
    told(other, OPEN)
    seen_on_all_screens(other)
    press(other, t("It can go out"))
    told(other, t("Looked over. The answer can go out."))


def what_leaves_has_no_masked_word(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    page.reload()
    press(page, t("Make the answer"))
    told(page, t("The answer is made and kept as it is. Send the file now, the same day."))
    seen_on_all_screens(page)
    file = fetched(page, t("Fetch the answer (PDF)"))
    said = words_of(file)
    assert OPEN in said
    assert "[maskerat: OSL 26 kap. 1 §]" in said
    has_none_of_the_masked(file)
    registrar = story.person("registrar")
    registrar.goto(f"/diary/{DNR}/requests")
    seen_on_all_screens(registrar)
    assert fetched(registrar, re.compile(re.escape(t("Fetch the answer (PDF)")))) == file


def the_decision_says_how_to_appeal(story: Story) -> None:
    t, page = story.words, story.person("inspector")
    press(page, t("Note that a decision is wanted"))
    told(page, t("Noted. The decision-maker decides now."))
    decider = story.person("supervisor")
    decider.goto(page.url)
    field(decider, t("The reasons, as the one who asked will read them")).fill(
        "Uppgifterna gäller vad barn har berättat om vuxna. De kan leda till att någon far illa."
    )
    seen_on_all_screens(decider)
    press(decider, t("Decide not to disclose"))
    told(decider, t("The decision is made, with how to appeal. Send it to the one who asked."))
    file = fetched(decider, t("Fetch the decision (PDF)"))
    said = words_of(file)
    for words in ("kammarrätten", "tre veckor", "Greta Holm", "OSL 26 kap. 1 §"):
        assert words in said, words
    has_none_of_the_masked(file)


def tab_to(page: Page, place: Locator) -> None:
    """To the place with the Tab key alone, as somebody does who cannot use a mouse."""
    expect(place).to_be_visible()
    for _step in range(MOST_STEPS):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {place}")


def seen_on_all_screens(page: Page) -> None:
    """The page passes as it is and on a phone."""
    size = page.viewport_size
    assert size is not None
    for width, height in ((size["width"], size["height"]), PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page)
        assert_fits(page)
    page.set_viewport_size(size)


def fetched(page: Page, link: str | re.Pattern[str]) -> bytes:
    address = main(page).get_by_role("link", name=link).first.get_attribute("href")
    assert address is not None
    answer = page.request.get(address)
    assert answer.status == 200
    return answer.body()


def words_of(file: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())


def has_none_of_the_masked(file: bytes) -> None:
    inside = everything_in(file)
    for word in MASKED:
        assert word not in words_of(file)
        assert word.encode() not in inside
        assert word.encode("utf-16-be") not in inside
