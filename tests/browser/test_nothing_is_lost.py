"""What a person has typed is never lost: not to the network, the session, another person, or its size."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from sqlalchemy import delete, func, select

from tests.browser.authority import PASSWORD, email_of, found_authority, rows
from tests.browser.chromium import TABLET, Complaints, sign_in
from tests.browser.server import Site
from tests.builders import acting, make_inspection
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.models.interviews import Statement
from tillsyn.models.people import SignInSession, User
from tillsyn.models.vocabulary import ChildOutcome, Informant, State, TeamRole

TALK, CHECKS = "/inspections/2026-00078", "/inspections/2026-00079"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One case whose first child is being talked with, and one whose requirements are being marked."""
    served = Site(tmp_path_factory.mktemp("kept") / "instance")
    found_authority(served)
    with rows(served) as db:
        team = {
            TeamRole.INSPECTOR: db.query(User).filter_by(email=email_of("inspector")).one(),
            TeamRole.CO_INSPECTOR: db.query(User).filter_by(email=email_of("co_inspector")).one(),
        }
        talk = make_inspection(db, team=team, dnr="2026-00078")
        start_interview(
            db,
            actor=acting(team[TeamRole.INSPECTOR]),
            inspection=talk,
            informant=Informant.CHILD,
            guide="young_13_20",
            resident_id=talk.residents[0].id,
            now=datetime.now(UTC),
        )
        make_inspection(db, team=team, dnr="2026-00079", state=State.DOCUMENTS, outcome=ChildOutcome.TALKED)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def at_work(person: Callable[..., Page]) -> Callable[..., Page]:
    """A page of somebody in the team, signed in, at an address."""

    def sit_down(who: str, address: str, **how: object) -> Page:
        page = person(**how)
        sign_in(page, email_of(who), PASSWORD)
        page.goto(address)
        return page

    return sit_down


@pytest.fixture
def talk(at_work: Callable[..., Page]) -> Page:
    page = at_work("inspector", f"{TALK}/children", size=TABLET)
    page.get_by_role("link", name="Fortsätt samtalet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtal med b1")
    # The heading is there before the scripts are; a page that never got its scripts saves by its button only.
    page.wait_for_load_state("load")
    return page


def ready(page: Page) -> Locator:
    """The note that is ready, held on to when another becomes ready."""
    address = page.locator("#ready form").get_attribute("action")
    return page.locator(f'form[action="{address}"]')


def state_of(form: Locator, state: str) -> None:
    expect(form.locator("[data-save-state]")).to_have_attribute("data-save-state", state, timeout=15_000)


def sign_in_there(page: Page, who: str) -> None:
    dialog = page.get_by_role("dialog", name="Du har blivit utloggad")
    expect(dialog).to_be_visible(timeout=15_000)
    dialog.get_by_label("E-postadress").fill(email_of(who))
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    dialog.get_by_role("button", name="Logga in och spara").click()


def end_sessions(site: Site) -> None:
    with rows(site) as db:
        db.execute(delete(SignInSession))


def test_without_network_the_text_stays_and_the_page_says_so(talk: Page, complaints: Complaints) -> None:
    complaints.allowed.append("ERR_INTERNET_DISCONNECTED")
    form = ready(talk)
    talk.context.set_offline(True)
    form.get_by_label("Det som sägs").fill("Nätet försvann i källaren.")
    expect(form.get_by_text("Inte skickat. Ett nytt försök görs")).to_be_visible(timeout=15_000)
    expect(form.get_by_label("Det som sägs")).to_have_value("Nätet försvann i källaren.")
    talk.context.set_offline(False)
    state_of(form, "saved")
    talk.reload()
    expect(talk.get_by_text("Nätet försvann i källaren.").first).to_be_visible()


def test_a_reply_that_is_lost_on_the_way_makes_no_second_statement(
    talk: Page, site: Site, complaints: Complaints
) -> None:
    complaints.allowed.append("ERR_FAILED")
    lost: list[str] = []

    def lose_the_first_reply(route: Route) -> None:
        if route.request.method == "PUT" and not lost:
            route.fetch()  # the server has done it; nobody hears of it
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    talk.context.route("**/statements/*", lose_the_first_reply)
    form = ready(talk)
    form.get_by_label("Det som sägs").fill("Det här sades en enda gång.")
    state_of(form, "saved")
    assert lost
    talk.context.unroute_all(behavior="wait")
    talk.reload()
    expect(talk.locator(".note__excerpt", has_text="Det här sades en enda gång.")).to_have_count(1)
    with rows(site) as db:
        said = db.scalar(
            select(func.count()).select_from(Statement).where(Statement.id == UUID(lost[0].rsplit("/")[-1]))
        )
    assert said == 1


def test_a_session_that_ends_in_the_middle_of_a_sentence_loses_no_word(
    talk: Page, site: Site, complaints: Complaints
) -> None:
    complaints.allowed.append("401")
    form = ready(talk)
    words = form.get_by_label("Det som sägs")
    words.fill("Början")
    state_of(form, "saved")
    end_sessions(site)
    words.fill("Början, mitten och slutet")
    expect(form.get_by_text("Du har blivit utloggad. Det du skrev finns kvar här.")).to_be_visible(
        timeout=15_000
    )
    sign_in_there(talk, "inspector")
    state_of(form, "saved")
    talk.reload()
    expect(talk.get_by_text("Början, mitten och slutet").first).to_be_visible()


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("Behåll min", "Anna säger detta"), ("Ta den andras", "Bo säger något annat")],
)
def test_two_who_write_in_one_statement_see_both_and_choose(
    talk: Page, at_work: Callable[..., Page], complaints: Complaints, choice: str, kept: str
) -> None:
    complaints.allowed.append("409")
    form = ready(talk)
    form.get_by_label("Det som sägs").fill(f"Först stod det så här ({choice}).")
    state_of(form, "saved")
    other = at_work("co_inspector", talk.url)
    theirs = other.locator(".note", has_text=f"({choice})").first
    theirs.locator("summary").first.click()
    theirs.get_by_label("Det som sägs").fill("Bo säger något annat")
    state_of(theirs, "saved")
    form.get_by_label("Det som sägs").fill("Anna säger detta")
    dialog = talk.get_by_role("dialog", name="Två versioner av samma text")
    expect(dialog).to_be_visible(timeout=15_000)
    expect(dialog.get_by_text("Amir Haddad")).to_be_visible()
    expect(dialog.get_by_text("Anna säger detta")).to_be_visible()
    expect(dialog.get_by_text("Bo säger något annat")).to_be_visible()
    dialog.get_by_role("button", name=choice).click()
    state_of(form, "saved")
    expect(form.get_by_label("Det som sägs")).to_have_value(kept)
    talk.reload()
    expect(talk.get_by_text(kept, exact=True).first).to_be_visible()


def test_far_too_long_a_text_is_refused_with_its_length_and_kept(talk: Page, complaints: Complaints) -> None:
    complaints.allowed.append("422")
    form = ready(talk)
    words = form.get_by_label("Det som sägs")
    words.fill("å" * 100_000)  # 200 kB
    state_of(form, "invalid")
    expect(form.get_by_text(re.compile(r"100\s000 tecken, men högst 20\s000"))).to_be_visible()
    assert len(words.input_value()) == 100_000
    words.fill("Nu är det kort.")
    state_of(form, "saved")


def test_leaving_with_unsent_text_is_asked_about_first(talk: Page, complaints: Complaints) -> None:
    complaints.allowed.append("ERR_INTERNET_DISCONNECTED")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    talk.on("dialog", stay)
    form = ready(talk)
    talk.context.set_offline(True)
    form.get_by_label("Det som sägs").press_sequentially("Inte skickat än")
    talk.get_by_role("link", name="Inspektioner").first.click()
    talk.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(form.get_by_label("Det som sägs")).to_have_value("Inte skickat än")
    talk.context.set_offline(False)
    state_of(form, "saved")


def test_a_plain_form_comes_back_filled_in_after_signing_in_again(
    at_work: Callable[..., Page], site: Site, complaints: Complaints
) -> None:
    complaints.allowed.append("401")  # the form that came too late
    page = at_work("inspector", f"{CHECKS}/prepare")
    page.get_by_label("Tolk och andra förberedelser").fill("Tolk i tigrinja, beställd.")
    end_sessions(site)
    page.get_by_role("button", name="Spara förberedelserna").click()
    page.locator("main").get_by_label("E-postadress").fill(email_of("inspector"))
    page.locator("main").get_by_label("Lösenord").fill(PASSWORD)
    page.locator("main").get_by_label("Lösenord").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Här är det du skrev")
    expect(page.get_by_text("Tolk i tigrinja, beställd.")).to_be_visible()
    page.get_by_role("button", name="Spara det du skrev").click()
    page.goto(f"{CHECKS}/prepare")
    expect(page.get_by_label("Tolk och andra förberedelser")).to_have_value("Tolk i tigrinja, beställd.")


def test_two_results_for_one_requirement_are_told_and_chosen_between(
    at_work: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.allowed.append("409")
    mine = at_work("inspector", f"{CHECKS}/requirements")
    theirs = at_work("co_inspector", f"{CHECKS}/requirements")
    line = theirs.locator('[id="K10"]')
    line.get_by_label("Uppfyllt").check()
    state_of(line, "saved")
    line = mine.locator('[id="K10"]')
    line.get_by_label("Inte tillämpligt").check()
    dialog = mine.get_by_role("dialog", name="Två versioner av samma text")
    expect(dialog).to_be_visible(timeout=15_000)
    expect(dialog.get_by_text("Amir Haddad")).to_be_visible()
    dialog.get_by_role("button", name="Ta den andras").click()
    expect(line.get_by_label("Uppfyllt")).to_be_checked()
    mine.reload()
    expect(mine.locator('[id="K10"]').get_by_label("Uppfyllt")).to_be_checked()
