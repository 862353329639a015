"""The whole job in Swedish, told once: from the register to the closed case, role by role."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.authority import found_authority
from tests.browser.chapters import assessing, dialogue, letter, planning, talks
from tests.browser.chromium import Complaints
from tests.browser.server import Site
from tests.browser.story import Story


def about(chapter: Callable[[Story, str], None]) -> Callable[[Story], None]:
    """The chapter as told of this story's case."""
    return wraps(chapter)(lambda story: chapter(story, planning.CASE))


CHAPTERS: tuple[Callable[[Story], None], ...] = (
    planning.the_inspector_registers_provider_and_home,
    planning.the_administrator_opens_accounts_at_the_home,
    planning.the_inspector_plans_an_announced_inspection,
    planning.everybody_in_the_team_declares,
    planning.the_home_manager_sends_a_self_assessment,
    planning.the_inspector_prepares_and_starts_the_visit,
    talks.the_children_are_listed_and_staff_must_wait,
    talks.a_child_is_talked_with,
    talks.a_talk_can_be_stopped_by_the_child,
    talks.staff_wait_until_the_last_child_has_an_outcome,
    talks.staff_and_manager_are_interviewed,
    talks.what_is_seen_and_read_is_recorded,
    assessing.every_requirement_is_marked,
    assessing.every_statement_is_judged,
    assessing.what_is_grave_is_coded_by_two,
    assessing.the_own_picture_comes_first,
    assessing.what_the_children_bring_up_is_answered,
    assessing.a_position_is_decided_by_two,
    assessing.every_area_is_assessed_in_words,
    about(letter.the_findings_are_proposed_and_completed),
    about(letter.the_letter_is_composed_and_edited),
    about(letter.the_letter_is_submitted),
    about(letter.the_supervisor_returns_it_with_a_remark),
    about(letter.the_inspector_mends_and_submits_again),
    about(letter.the_supervisor_approves),
    about(dialogue.the_facts_are_sent_for_reply),
    dialogue.the_provider_reads_the_facts_and_replies,
    about(dialogue.it_is_decided_and_the_letter_sent),
    dialogue.the_provider_answers_point_by_point,
    about(dialogue.the_inspector_sees_the_answers),
    about(dialogue.the_municipality_gets_its_copy),
    about(dialogue.the_case_is_followed_up_and_closed),
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An authority with people, and nothing else."""
    served = Site(tmp_path / "instance")
    found_authority(served)
    served.start()
    yield served
    served.stop()


def test_an_inspection_is_carried_from_the_register_to_its_closing(
    browser: Browser, site: Site, complaints: Complaints
) -> None:
    complaints.allowed.append("status of 422")  # the number that is refused in the first chapter
    story = Story(browser, site, complaints)
    try:
        for chapter in CHAPTERS:
            chapter(story)
    finally:
        story.close()
