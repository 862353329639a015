"""A talk on a tablet: what is typed is saved, whatever happens to the connection or the session."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.authority import PASSWORD, email_of, found_authority, rows
from tests.browser.chromium import TABLET, Complaints, assert_accessible, assert_fits, sign_in
from tests.browser.server import Site
from tests.builders import acting, make_inspection
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Informant, TeamRole

CASE = "/inspections/2026-00077"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one case whose first child is being talked with."""
    folder: Path = tmp_path_factory.mktemp("talk") / "instance"
    served = Site(folder)
    found_authority(served)
    with rows(served) as db:
        user = db.query(User).filter_by(email=email_of("inspector")).one()
        case = make_inspection(db, team={TeamRole.INSPECTOR: user}, dnr="2026-00077")
        start_interview(
            db,
            actor=acting(user),
            inspection=case,
            informant=Informant.CHILD,
            guide="young_13_20",
            resident_id=case.residents[0].id,
            now=datetime.now(UTC),
        )
    served.start()
    yield served
    served.stop()


@pytest.fixture
def talk(person: Callable[..., Page]) -> Page:
    page = person(size=TABLET)
    sign_in(page, email_of("inspector"), PASSWORD)
    page.goto(f"{CASE}/children")
    page.get_by_role("link", name="Fortsätt samtalet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtal med b1")
    page.wait_for_load_state()  # the script is there: before it, a question is a link
    return page


def note(page: Page) -> Locator:
    """The note that is ready, held on to when another becomes ready."""
    address = page.locator("#ready form").get_attribute("action")
    return page.locator(f'form[action="{address}"]')


def is_saved(form: Locator) -> None:
    expect(form.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved", timeout=20_000)


def test_a_question_is_taken_into_a_note_that_saves_itself(talk: Page) -> None:
    form = note(talk)
    talk.locator("[data-question=Y01] [data-note-answer]").click()
    talk.keyboard.type("Jag fick ett papper.")
    is_saved(form)
    form.get_by_text("Barnets egna ord").click()
    is_saved(form)
    expect(talk.locator("[data-question=Y01]")).to_have_attribute("data-asked", "")
    expect(talk.locator("#ready textarea[name=text]")).to_have_value("")
    assert_accessible(talk)
    assert_fits(talk)
    talk.reload()
    expect(talk.locator(".note__excerpt").last).to_have_text("Jag fick ett papper.")
    expect(talk.locator(".note__kept select[name=theme]").last).to_have_value("information")


def test_a_lost_connection_and_an_ended_session_lose_nothing(talk: Page, complaints: Complaints) -> None:
    complaints.allowed += ["ERR_INTERNET_DISCONNECTED", "401"]
    form = note(talk)
    words = form.locator("textarea[name=text]")
    words.press_sequentially("Ett")
    is_saved(form)
    talk.context.set_offline(True)
    words.press_sequentially(", två")
    expect(form.locator("[data-save-state]")).to_have_attribute("data-save-state", "retry", timeout=10_000)
    talk.context.set_offline(False)
    is_saved(form)
    talk.context.clear_cookies()
    words.press_sequentially(", tre")
    dialog = talk.locator("#sign-in-again")
    expect(dialog).to_be_visible(timeout=10_000)
    dialog.get_by_label("E-postadress").fill(email_of("inspector"))
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    dialog.get_by_role("button", name="Logga in och spara").click()
    is_saved(form)
    talk.reload()
    expect(talk.locator(".note__excerpt").last).to_have_text("Ett, två, tre")


def test_stopping_before_the_script_has_come_keeps_the_last_word(talk: Page, complaints: Complaints) -> None:
    complaints.allowed += ["ERR_FAILED"]
    talk.route("**/interview.js*", lambda route: route.abort())
    talk.reload()
    talk.locator("#ready textarea[name=text]").fill("Sagt på en långsam lina")
    talk.get_by_role("button", name="Läs upp").click()
    expect(talk.get_by_role("heading", level=1)).to_have_text("Det här har du berättat för mig")
    expect(talk.get_by_text("Sagt på en långsam lina")).to_be_visible()


def test_leaving_waits_for_a_slow_answer_and_says_so(talk: Page, complaints: Complaints) -> None:
    complaints.allowed += ["ERR_INTERNET_DISCONNECTED"]
    waiting = talk.get_by_text("Väntar tills allt är sparat.", exact=False)
    talk.locator("#ready textarea[name=text]").fill("Ett ord som inte har kommit fram")
    talk.context.set_offline(True)
    talk.get_by_role("button", name="Läs upp").click()
    expect(waiting).to_be_visible()
    talk.context.set_offline(False)
    expect(talk.get_by_role("heading", level=1)).to_have_text(
        "Det här har du berättat för mig", timeout=10_000
    )
    expect(talk.get_by_text("Ett ord som inte har kommit fram")).to_be_visible()


def test_stopping_right_after_the_last_word_keeps_it(talk: Page) -> None:
    talk.locator("#ready textarea[name=text]").fill("Det sista ordet")
    talk.get_by_role("button", name="Barnet vill sluta").click()
    expect(talk.get_by_text("Samtalet är avslutat. Alla anteckningar är sparade.")).to_be_visible()
    expect(talk.locator(".note__excerpt").last).to_have_text("Det sista ordet")
