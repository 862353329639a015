"""The same job in English, shorter: from a weighed case to the provider's answer on the inspector's screen."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from tests.browser.authority import PEOPLE, email_of, found_authority, rows
from tests.browser.chapters import assessing, dialogue, letter
from tests.browser.chromium import Complaints
from tests.browser.server import Site
from tests.browser.story import Story
from tests.builders import make_home, make_user
from tests.rich_account import NOW
from tests.rich_case import rich_inspection_file
from tests.rich_way import TEAM, Way
from tillsyn.inspect.services.assess_area import assess_area
from tillsyn.inspect.settings import read_settings
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.people import User
from tillsyn.models.register import Provider
from tillsyn.models.vocabulary import Role

DNR = "2026-00555"
CASE = f"/inspections/{DNR}"
PARTS = {
    "leader": "inspector",
    "co_inspector": "co_inspector",
    "decision_maker": "supervisor",
    "peer_reviewer": "peer_reviewer",
    "lawyer": "lawyer",
}


def people_of(db: Session) -> dict[str, UUID]:
    """Who has which part: those of the authority, and two who cannot take part."""
    known = {who: db.query(User).filter_by(email=email_of(who)).one().id for who in PEOPLE}
    others = {name: make_user(db, TEAM[name][0]).id for name in TEAM if name not in PARTS}
    return others | {name: known[who] for name, who in PARTS.items()}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An authority with one case taken in from a file, weighed and assessed."""
    served = Site(tmp_path / "instance")
    found_authority(served)
    with rows(served) as db:
        home = make_home(db)
        make_user(
            db, Role.PROVIDER, email=email_of("provider"), name="Petra Öst", provider_id=home.provider_id
        )
        data = rich_inspection_file(home, db.get_one(Provider, home.provider_id)) | {"dnr": DNR}
        way = Way(db, people_of(db), read_settings(served.environment()), data)
        way.weigh()
        for area in load_pack("hvb").areas:
            assess_area(
                db,
                actor=way.actor("leader"),
                inspection=way.case,
                area=area.id,
                version=1,
                reasoning="We assess the area by what we have seen.",
                children_weighed="What the children said weighed most.",
                now=NOW,
            )
    served.start()
    yield served
    served.stop()


def test_a_case_goes_from_findings_to_the_providers_answer(
    browser: Browser, site: Site, complaints: Complaints
) -> None:
    story = Story(browser, site, complaints, language="en")
    try:
        letter.the_findings_are_proposed_and_completed(story, CASE)
        assessing.what_the_children_bring_up_is_answered(story, CASE)
        letter.the_letter_is_composed_and_edited(story, CASE)
        letter.the_letter_is_submitted(story, CASE)
        letter.the_supervisor_returns_it_with_a_remark(story, CASE)
        letter.the_inspector_mends_and_submits_again(story, CASE)
        letter.the_supervisor_approves(story, CASE)
        dialogue.the_facts_are_sent_for_reply(story, CASE)
        dialogue.the_provider_reads_the_facts_and_replies(story)
        dialogue.it_is_decided_and_the_letter_sent(story, CASE)
        dialogue.the_provider_answers_point_by_point(story)
        dialogue.the_inspector_sees_the_answers(story, CASE)
        expect(story.person("inspector").locator("html")).to_have_attribute("lang", "en")
    finally:
        story.close()
