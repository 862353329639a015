"""Coding with the keyboard alone: through a list, a theme found by typing, a passage marked, the network gone."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.browser.authority import email_of, found_authority, rows
from tests.browser.chromium import Complaints
from tests.browser.server import Site
from tests.browser.story import Story, main, told
from tests.builders import acting, make_inspection
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.models.codings import Coding, Passage
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Informant, TeamRole

DNR = "2026-00888"
CODING = f"/inspections/{DNR}/coding"
SAID = (
    "På natten är ingen vaken. 🙂 Karin lyssnar alltid.",
    "Maten är god.",
    "Jag får ringa hem när jag vill.",
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A case with one talk and three statements that nobody has judged."""
    served = Site(tmp_path / "instance")
    found_authority(served)
    with rows(served) as db:
        inspector = db.scalars(select(User).where(User.email == email_of("inspector"))).one()
        case = make_inspection(db, dnr=DNR, team={TeamRole.INSPECTOR: inspector})
        now = case.created_at
        talk = start_interview(
            db, actor=acting(inspector), inspection=case, informant=Informant.CHILD, guide="young_13_20",
            resident_id=case.residents[0].id, now=now,
        )  # fmt: skip
        for text in SAID:
            save_statement(
                db, actor=acting(inspector), inspection=case, source=talk, statement_id=uuid4(),
                version=0, values=StatementValues(text=text), now=now,
            )  # fmt: skip
    served.start()
    yield served
    served.stop()


@pytest.fixture
def page(browser: Browser, site: Site, complaints: Complaints) -> Iterator[Page]:
    story = Story(browser, site, complaints)
    opened = story.person("inspector")
    opened.goto(f"{CODING}?show=mine")
    expect(main(opened).locator("[data-unit][data-here]")).to_have_count(1)
    yield opened
    story.close()


def judge(page: Page, theme: str, severity: str) -> None:
    """`/`, some letters of the theme, Enter; a digit; Enter."""
    page.keyboard.press("/")
    page.keyboard.type(theme)
    page.keyboard.press("Enter")
    page.keyboard.press(severity)
    page.keyboard.press("Enter")


def stands(site: Site) -> dict[str, tuple[str | None, int | None]]:
    with rows(site) as db:
        return {one.label: (one.theme, one.severity) for one in db.scalars(select(Statement))}


def test_a_list_is_coded_without_leaving_the_keyboard(page: Page, site: Site) -> None:
    for number, (theme, severity) in enumerate((("natten", "2"), ("mat", "0"), ("familj", "0")), start=1):
        expect(main(page).locator("[data-unit][data-here] h3")).to_have_text(f"u{number}")
        judge(page, theme, severity)
    told(page, "Allt är kodat en gång")
    assert stands(site) == {"u1": ("natt", 2), "u2": ("mat", 0), "u3": ("familj", 0)}
    page.goto(f"{CODING}?show=all")
    told(page, "2 – Betydande")
    told(page, re.compile("Första kodaren: Ylva Ros"))


def test_what_is_missing_is_asked_for_and_the_book_follows(page: Page, site: Site) -> None:
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("3")
    expect(main(page).locator("[data-anchor='3'][data-chosen]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(main(page).locator("[data-here] select[name=theme]")).to_be_focused()
    assert stands(site)["u1"] == (None, None)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#coding-keys")).to_be_visible()


def test_selected_words_are_marked_as_a_passage_of_their_own(page: Page, site: Site) -> None:
    """The sign outside the basic plane counts as one character, as in the database."""
    page.evaluate(
        """() => {
          const text = document.querySelector("[data-unit] [data-text]").firstChild;
          const begins = text.data.indexOf("Karin");
          getSelection().setBaseAndExtent(text, begins, text, text.data.length);
        }"""
    )
    page.keyboard.press("s")
    expect(main(page).locator(".stretch--this")).to_have_text("Karin lyssnar alltid.")
    expect(main(page).locator("[data-here] h3")).to_have_text("u1.1")
    judge(page, "lita på", "0")
    expect(main(page).locator("[data-here] h3")).not_to_have_text("u1.1")
    expect(main(page).locator("form[data-code][data-state=saved]")).to_have_count(1)
    with rows(site) as db:
        (passage,) = db.scalars(select(Passage))
        assert SAID[0][passage.begins : passage.ends] == "Karin lyssnar alltid."
        assert (passage.label, passage.theme, passage.severity) == ("u1.1", "fortroende", 0)


def test_a_memo_is_written_and_saves_itself(page: Page) -> None:
    page.keyboard.press("m")
    page.keyboard.type("Kommer igen hos flera.")
    expect(main(page).locator("[data-memo] [data-state=saved]")).to_have_count(1)
    page.reload()
    page.keyboard.press("m")
    expect(main(page).locator("[data-here] [data-memo] textarea")).to_have_value("Kommer igen hos flera.")


def test_nothing_is_lost_when_the_network_goes_while_coding(
    page: Page, site: Site, complaints: Complaints
) -> None:
    complaints.allowed.append("net::ERR")
    page.context.set_offline(True)
    judge(page, "natten", "2")
    expect(main(page).locator("form[data-code][data-state=retry]")).to_have_count(1)
    expect(main(page).locator("[data-unit][data-here] h3")).to_have_text("u2")
    judge(page, "mat", "1")
    expect(main(page).locator("form[data-code][data-state=retry]")).to_have_count(2)
    assert stands(site)["u1"] == (None, None)
    page.context.set_offline(False)
    expect(main(page).locator("form[data-code][data-state=saved]")).to_have_count(2)
    assert stands(site) == {"u1": ("natt", 2), "u2": ("mat", 1), "u3": (None, None)}
    with rows(site) as db:
        assert len(db.scalars(select(Coding)).all()) == 2
