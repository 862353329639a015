"""A talk on a tablet: what its guide passes over comes up as notes are taken; pictures, own questions, counts."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.authority import PASSWORD, email_of, found_authority, rows
from tests.browser.chromium import PHONE, TABLET, assert_accessible, assert_fits, sign_in
from tests.browser.server import Site
from tests.builders import acting, make_inspection
from tillsyn.inspect.rules.guide_flow import TalkSoFar, asked_now, conditions_as_plain
from tillsyn.inspect.services.hold_interview import Conditions, start_interview
from tillsyn.interview_guides.conditions import AgeBand, LanguageInterpreted, QuestionNoted, ThemeRaised
from tillsyn.interview_guides.content import Guide
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.guide_form import digest_of, guide_as_plain
from tillsyn.models.guides import GuideVersion
from tillsyn.models.people import User
from tillsyn.models.vocabulary import GuideState, Informant, TeamRole

CASE = "/inspections/2026-00078"
WHOLE = load_pack("hvb").guide("young_13_20")
ONE, TWO, THREE, FOUR, *REST = (question.id for question in WHOLE.questions)
THEME = "droger"


def guide() -> Guide:
    """The guide with a condition of each kind on one of its first questions."""
    first, second, third, fourth, *others = (replace(one, only_if=()) for one in WHOLE.questions)
    conditions = (
        replace(first, pictures="smiley"),
        replace(second, only_if=(QuestionNoted(ONE, True),)),
        replace(third, only_if=(ThemeRaised(THEME),)),
        replace(fourth, only_if=(LanguageInterpreted(True), AgeBand(((13, 15),)))),
    )
    return replace(WHOLE, version="2030-1", questions=(*conditions, *others))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one published guide, and a case whose first child is being talked with by it."""
    folder: Path = tmp_path_factory.mktemp("guide") / "instance"
    served = Site(folder)
    found_authority(served)
    with rows(served) as db:
        user = db.query(User).filter_by(email=email_of("inspector")).one()
        content = guide_as_plain(guide())
        db.add(
            GuideVersion(
                pack="hvb",
                guide=WHOLE.id,
                version="2030-1",
                state=GuideState.PUBLISHED,
                content=content,
                content_sha256=digest_of(content),
                valid_from=date(2020, 1, 1),
                published_at=datetime.now(UTC),
                published_by_id=user.id,
                changed_at=datetime.now(UTC),
            )
        )
        db.flush()
        case = make_inspection(db, team={TeamRole.INSPECTOR: user}, dnr="2026-00078")
        for child in case.residents[:2]:
            start_interview(
                db,
                actor=acting(user),
                inspection=case,
                informant=Informant.CHILD,
                guide=WHOLE.id,
                resident_id=child.id,
                conditions=Conditions(age_band="16-17"),
                now=datetime.now(UTC),
            )
    served.start()
    yield served
    served.stop()


def open_talk(page: Page, child: int) -> None:
    sign_in(page, email_of("inspector"), PASSWORD)
    page.goto(f"{CASE}/children")
    page.get_by_role("link", name="Fortsätt samtalet").nth(child).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Samtal med b{child + 1}")


def is_passed_over(page: Page, question: str) -> bool:
    return page.locator(f"[data-question={question}]").get_attribute("data-passed-over") is not None


def everything_is_saved(page: Page) -> None:
    waiting = page.locator(".talk__notes [data-state=unsent], .talk__notes [data-state=saving]")
    expect(waiting).to_have_count(0, timeout=20_000)
    expect(page.locator("[data-notes] [data-state=saved]").first).to_be_attached()


def count(page: Page) -> str:
    return page.locator("[data-guide] > summary .guide__counts").inner_text()


def test_what_is_passed_over_comes_up_as_the_talk_goes_on(person: Callable[..., Page]) -> None:
    page = person(size=TABLET)
    open_talk(page, 0)
    total = len(WHOLE.questions)
    expect(page.locator("[data-passed-over]")).to_have_count(3)
    assert count(page) == f"{total - 3} ännu inte ställda · 3 hoppas över"
    fold = page.locator(f"[data-question={TWO}] .question__fold")
    expect(fold).not_to_have_attribute("open", "")
    expect(fold).to_contain_text("Ställs när något är antecknat under")
    assert_accessible(page)

    page.locator(f"[data-question={ONE}] [data-note-answer]").click()
    page.keyboard.type("Jag kom på natten.")
    expect(page.locator(f"[data-question={TWO}][data-passed-over]")).to_have_count(0)
    expect(fold).to_have_attribute("open", "")
    assert count(page) == f"{total - 3} ännu inte ställda · 2 hoppas över"

    note = page.locator("#ready")
    note.locator("select[name=theme]").select_option(THEME)
    assert is_passed_over(page, THREE)
    note.locator("textarea[name=text]").fill("Någon säljer.")
    assert not is_passed_over(page, THREE)

    held = page.locator("[data-conditions]")
    page.get_by_text("Så hålls samtalet").click()
    held.locator("[name=interpreter]").check()
    assert is_passed_over(page, FOUR)
    held.locator("[name=age_band]").select_option("13-15")
    assert not is_passed_over(page, FOUR)
    expect(page.locator("[data-passed]")).to_be_hidden()
    everything_is_saved(page)
    page.reload()
    expect(page.locator("[data-passed-over]")).to_have_count(0)


def test_pictures_and_own_questions_go_into_notes_on_a_phone(person: Callable[..., Page]) -> None:
    page = person(size=PHONE)
    open_talk(page, 1)
    expect(page.locator("[data-guide]")).not_to_have_attribute("open", "")
    page.locator("[data-to-guide]").click()
    asked = page.locator(f"[data-question={ONE}]")
    asked.locator(".scale > summary").click()
    assert_fits(page)
    assert_accessible(page)
    asked.get_by_role("link", name="Mycket bra").click()
    expect(page.locator("textarea[name=text]").first).to_have_value("Pekade på bilden: Mycket bra (5 av 5).")
    expect(asked).to_have_attribute("data-asked", "")
    left = len(WHOLE.questions) - 3
    expect(page.locator("[data-left-number]")).to_have_text(str(left))

    page.locator("[data-own-question]").click()
    page.keyboard.type("Vem lagar maten?")
    own = page.locator("[data-own]")
    expect(own).to_contain_text("Vem lagar maten?")
    expect(own).not_to_have_attribute("data-asked", "")
    page.locator("#ready textarea[name=text]").fill("Vi turas om.")
    expect(own).to_have_attribute("data-asked", "")
    everything_is_saved(page)
    page.reload()
    expect(page.locator("[data-own]")).to_contain_text("Vem lagar maten?")


def test_the_script_and_the_server_follow_the_same_rule(page: Page) -> None:
    """Every kind of condition against every state of a talk, decided by both."""
    page.goto("/sign-in")
    conditions = (
        (QuestionNoted("Q1", True),),
        (QuestionNoted("Q1", False),),
        (ThemeRaised("natt"),),
        (AgeBand(((9, 12), (16, 20))),),
        (LanguageInterpreted(True),),
        (LanguageInterpreted(False), ThemeRaised("natt")),
        (),
    )
    talks = [
        TalkSoFar(frozenset(noted), frozenset(themes), ages, interpreted)
        for noted, themes, ages, interpreted in product(
            ((), ("Q1",)), ((), ("natt",)), ("", "6-12", "6-8", "12-15", "13-15", "x"), (None, True, False)
        )
    ]
    cases, decided = [], []
    for only_if, talk in product(conditions, talks):
        asked = replace(WHOLE.questions[0], id="Q2", only_if=only_if)
        decided.append(not asked_now(replace(WHOLE, questions=(asked,)), talk).passed_over)
        plain = {name: sorted(v) if isinstance(v, frozenset) else v for name, v in asdict(talk).items()}
        cases.append([conditions_as_plain(asked), plain])
    found = page.evaluate(
        """async (cases) => {
          const { comesUp } = await import("/static/pages/guide-flow.js");
          return cases.map(([conditions, talk]) => comesUp(conditions, {
            noted: new Set(talk.noted), themes: new Set(talk.themes_raised),
            ages: talk.age_band, interpreted: talk.interpreted,
          }));
        }""",
        cases,
    )
    assert found == decided
    assert len(set(decided)) == 2
