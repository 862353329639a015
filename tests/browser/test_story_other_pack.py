"""An inspection by a pack for other people, in Swedish, from the plan to the approved letter, in that pack's words.

What says nothing of the pack (the team, the talks with adults, the rest of the requirements) is prepared in
the database; what names the people, the place and its head is done in the browser, page by page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.authority import email_of, found_authority, rows
from tests.browser.chapters import assessing, talks
from tests.browser.chromium import Complaints
from tests.browser.server import Site
from tests.browser.story import Story, field, follow, headed, main, press, saved, told
from tests.builders import make_home, make_provider
from tests.integration.pack_visit import PackVisit
from tillsyn.inspect.services.mark_requirement import Mark, mark_requirement
from tillsyn.inspect.settings import read_settings
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.people import User
from tillsyn.models.vocabulary import CheckResult, Informant, TeamRole

DNR = "2026-00888"
CASE = f"/inspections/{DNR}"
PACK, ACTIVITY = "skola", "grundskola"
SCHOOL, PROVIDER = "Lindskolan", "Exempelkommuns skolor"
TEAM = {
    TeamRole.INSPECTOR: "inspector",
    TeamRole.CO_INSPECTOR: "co_inspector",
    TeamRole.DECISION_MAKER: "supervisor",
    TeamRole.LAWYER: "lawyer",
}
FOREIGN_AND_AROUND = re.compile(
    r".{,30}(?:\bbarn|hvb(?!-vm)|hemmet|föreståndar|placerande).{,30}", re.IGNORECASE
)
UNIT = "Enheten för barn och unga"
"""The name of the authority's unit, whatever it inspects."""
EXAMPLE = "Ärendet följer ett exempel"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An authority with people and one school."""
    served = Site(tmp_path / "instance")
    found_authority(served)
    with rows(served) as db:
        make_home(db, make_provider(db, name=PROVIDER), name=SCHOOL, kind=ACTIVITY)
    served.start()
    yield served
    served.stop()


@contextmanager
def at_the_office(site: Site) -> Iterator[PackVisit]:
    """What goes on outside the browser, from now."""
    with rows(site) as db:
        people = {part: db.query(User).filter_by(email=email_of(who)).one() for part, who in TEAM.items()}
        visit = PackVisit(db, load_pack(PACK), read_settings(site.environment()), people)
        visit.now = datetime.now(UTC)
        visit.find(DNR)
        yield visit


def in_its_words(page: Page) -> None:
    """Nothing on the page, shown or folded, says what another pack calls people; HVB-VM is the method's name."""
    text = page.content().replace(UNIT, "")
    text = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r' (?:class|id|href|for|name|value|data-[\w-]+)="[^"]*"', "", text)
    found = [said.group() for said in FOREIGN_AND_AROUND.finditer(unescape(re.sub(r"\s+", " ", text)))]
    assert not found, (page.url, found)


def test_a_school_is_inspected_in_the_words_of_schools(
    browser: Browser, site: Site, complaints: Complaints
) -> None:
    story = Story(browser, site, complaints)
    try:
        it_is_planned_and_prepared(story)
        the_pupils_are_listed_and_the_adults_wait(story)
        a_pupil_is_talked_with(story)
        a_requirement_is_marked(story)
        it_is_weighed(story)
        the_letter_is_written_and_approved(story)
    finally:
        story.close()


def it_is_planned_and_prepared(story: Story) -> None:
    page = story.person("inspector")
    page.goto("/plan-inspection")
    field(page, "Sök hem, kommun eller huvudman").fill(SCHOOL)
    press(page, "Sök")
    follow(page, SCHOOL)
    told(page, "Skola: trygghet och studiero")
    in_its_words(page)
    field(page, "Diarienummer").fill(DNR)
    field(page, "Rubrik").fill("Tillsyn av trygghet")
    field(page, "Anmält: skolan vet att vi kommer").check()
    field(page, "Varför den här skolan, och varför nu").fill("Två år sedan förra besöket.")
    press(page, "Planera inspektionen")
    headed(page, "Jäv")
    with at_the_office(story.site) as visit:
        visit.staff()
    page.goto(f"{CASE}/prepare")
    in_its_words(page)
    given = main(page).get_by_role("group", name="Elever och vårdnadshavare har fått veta")
    for box in given.get_by_role("checkbox").all():
        box.check()
    press(page, "Spara förberedelserna")
    page.goto(CASE)
    in_its_words(page)
    press(page, "Börja besöket: samtal med eleverna")


def the_pupils_are_listed_and_the_adults_wait(story: Story) -> None:
    page = story.person("inspector")
    page.goto(f"{CASE}/children")
    headed(page, "Samtal med eleverna")
    for number in (1, 2):
        press(page, "Lägg till en elev")
        told(page, f"b{number}")
    press(page, "Ja, det här är alla som går här")
    in_its_words(page)
    page.goto(f"{CASE}/talks/start?informant=staff")
    headed(page, "Börja ett samtal: Lärare och annan personal")
    expect(main(page).get_by_role("button", name="Börja samtalet")).to_be_disabled()
    told(page, "när varje elev har fått ett erbjudande. Kvar: b1, b2.")


def a_pupil_is_talked_with(story: Story) -> None:
    page = story.person("inspector")
    page.goto(f"{CASE}/children")
    follow(page, "Samtal med b1")
    told(page, "Låt eleven välja plats")
    press(page, "Börja samtalet")
    headed(page, "Samtal med b1")
    note = main(page).locator("#ready")
    name = note.get_by_label("Det som sägs").get_attribute("id")
    note.get_by_label("Det som sägs").fill("På rasterna är det ingen vuxen ute vid planen.")
    written = main(page).locator(f'li.note:has([id="{name}"])')
    written.get_by_label("Elevens egna ord").check()
    written.get_by_label("Får berättas").check()
    written.get_by_label("Tema").select_option(label="Platser och tider")
    written.locator("summary", has_text="Mer").click()
    written.get_by_label("Vad det betyder för eleverna").select_option("2")
    saved(page)
    in_its_words(page)
    press(page, "Eleven vill sluta")
    page.goto(f"{CASE}/children")
    in_its_words(page)
    for pupil, outcome in (("b1", "Samtalade med oss"), ("b2", "Ville inte samtala")):
        talks.an_outcome_is_recorded(page, pupil, outcome, CASE)
    told(page, "Alla elever har erbjudits ett samtal. Samtalen med vuxna är öppna.")
    page.goto(CASE)
    press(page, "Gå vidare till övriga samtal")
    page.goto(f"{CASE}/talks")
    told(page, "Eleverna först, sedan de som arbetar med dem.")
    in_its_words(page)
    with at_the_office(story.site) as visit:
        for informant in (Informant.STAFF, Informant.MANAGER):
            visit.talk(informant)
    page.goto(CASE)
    press(page, "Gå vidare till handlingar och krav")


def a_requirement_is_marked(story: Story) -> None:
    page = story.person("inspector")
    page.goto(f"{CASE}/requirements")
    line = main(page).locator("[data-requirement]").first
    failing = line.get_attribute("id")
    line.get_by_label("Avvikelse", exact=True).check()
    line.get_by_label("Vad avvikelsen betyder för eleverna").select_option("2")
    line.get_by_label("Hur utbrett det är").select_option(label="Återkommande")
    saved(page)
    in_its_words(page)
    with at_the_office(story.site) as visit:
        for one in visit.pack.requirements:
            if one.id != failing:
                mark_requirement(
                    visit.db, actor=visit.leader, inspection=visit.case, requirement=one.id,
                    mark=Mark(CheckResult.MET), version=0, now=visit.now,
                )  # fmt: skip
    page.goto(CASE)
    press(page, "Gå vidare till sammanvägningen")


def it_is_weighed(story: Story) -> None:
    with at_the_office(story.site) as visit:
        visit.code_by_two()
    page = story.person("inspector")
    page.goto(f"{CASE}/coding")
    in_its_words(page)
    assessing.the_own_picture_comes_first(story, CASE)
    in_its_words(page)
    with at_the_office(story.site) as visit:
        visit.assess()
    assessing.what_the_children_bring_up_is_answered(story, CASE)
    in_its_words(page)


def the_letter_is_written_and_approved(story: Story) -> None:
    with at_the_office(story.site) as visit:
        visit.find_what_to_say()
    page = story.person("inspector")
    page.goto(f"{CASE}/findings")
    in_its_words(page)
    page.goto(f"{CASE}/letter")
    told(page, "först det eleverna berättade")
    in_its_words(page)
    press(page, "Sätt samman brevet")
    in_its_words(page)
    press(page, "Skicka till granskning")
    page.goto(CASE)
    press(page, "Lämna över till granskning")
    other = story.person("supervisor")
    other.goto(f"{CASE}/review")
    in_its_words(other)
    press(other, "Godkänn brevet")
    told(other, "Godkänt av: Greta Holm")
    other.goto(f"{CASE}/letter/preview")
    letter = main(other).inner_text()
    in_its_words(other)
    assert "eleverna" in letter and "skolan" in letter
    note = load_pack(PACK).verified_note
    assert note is not None and note.sv.split(".")[0] in letter
    expect(other.get_by_text(re.compile(EXAMPLE))).to_be_visible()
