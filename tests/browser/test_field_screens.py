"""The field app as an inspector uses it: a visit without network, and every screen for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from tests.browser.authority import PASSWORD, email_of, found_authority, rows
from tests.browser.chromium import (
    PHONE,
    TABLET,
    Complaints,
    assert_accessible,
    assert_fits,
    open_context,
    small_targets,
)
from tests.browser.field_screens import confirm, words_of
from tests.browser.server import Site
from tests.builders import make_inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import State, TeamRole

SAID = ("Jag sover gott här.", "Maten är god på fredagar.")
STAFF_SAID = "Vi är två på natten."
TALL = 6000
GONE = "net::ERR_INTERNET_DISCONNECTED"


@dataclass(frozen=True)
class Visits:
    """A served site with two visits of the inspector's, one for each test that records in it."""

    site: Site
    story: str
    screens: str

    def dnr(self, of: str) -> str:
        return {self.story: "2026-00021", self.screens: "2026-00022"}[of]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    site = Site(tmp_path_factory.mktemp("screens") / "instance")
    found_authority(site)
    with rows(site) as db:
        team = {
            TeamRole.INSPECTOR: db.query(User).filter_by(email=email_of("inspector")).one(),
            TeamRole.CO_INSPECTOR: db.query(User).filter_by(email=email_of("co_inspector")).one(),
        }
        made = [
            make_inspection(db, team=team, dnr=dnr, state=State.CHILDREN, children=3)
            for dnr in ("2026-00021", "2026-00022")
        ]
        ids = [str(one.id) for one in made]
    site.start()
    yield Visits(site, *ids)
    site.stop()


def signed_in(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("main input[name=email]").fill(email_of("inspector"))
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return page


def take(page: Page, visits: Visits, visit: str) -> None:
    """Take the visit along, and wait until the app itself is on the device too."""
    page.locator("li.row", has_text=visits.dnr(visit)).get_by_role("button").click()
    page.locator(f"#visit-{visit}").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def say(page: Page, text: str) -> None:
    page.locator("#note-text").press_sequentially(text)


def end(page: Page) -> None:
    page.locator("#stop").click()
    page.locator("dialog .ds-button").first.click()
    page.locator("#to-visit").click()


def test_a_visit_without_network_stands_on_the_pages_of_the_case_afterwards(
    browser: Browser, visits: Visits, complaints: Complaints
) -> None:
    complaints.allowed.append(GONE)
    context = open_context(browser, visits.site.address, size=TABLET)
    page = signed_in(context)
    complaints.listen_to(page)
    words = words_of(page)
    confirm(page, words)
    take(page, visits, visits.story)
    context.set_offline(True)

    # Adults wait until every child has been offered a talk, and the screen says so.
    expect(page.locator(".refused__reason").first).to_contain_text("b1, b2, b3")
    page.locator("#confirm-children").click()
    for child, text in enumerate(SAID):
        page.locator("li.child").nth(child).get_by_role("button", name="Samtal med").click()
        page.locator("label[for=age-0]").click()
        page.locator("#start").click()
        page.locator(".ask__text").nth(child).click()
        say(page, text)
        page.locator("label[for=note-words-0]").click()
        page.locator("label[for=note-wish-1]").click()
        expect(page.locator(".composer__saved")).to_have_text("sparad på enheten")
        end(page)
    expect(page.locator("#start-staff")).to_have_count(0)
    page.locator("li.child").nth(2).get_by_role("button", name="Anteckna utfallet").click()
    page.locator("label[for=outcome-1]").click()
    page.locator("#save").click()

    page.locator("#start-staff").click()
    page.locator("#start").click()
    say(page, STAFF_SAID)
    page.evaluate("import('/static/field/core.js').then((core) => core.lock())")
    expect(page.locator("#app")).not_to_contain_text(STAFF_SAID)
    page.locator("#passphrase").fill(words)
    page.locator("#open").click()  # and one is in the middle of the talk again
    expect(page.locator(".kept__text")).to_have_text(STAFF_SAID)
    page.locator("#read-back").click()
    expect(page.locator(".read .aloud")).to_have_text(STAFF_SAID)
    page.locator("#was-read").check()
    page.locator("#thanks").click()
    page.locator("#to-visit").click()
    expect(page.locator("#saved")).to_contain_text("sparade på enheten, inte skickade")

    context.set_offline(False)
    page.locator("#to-device").click()
    page.locator("#send").click()
    expect(page.locator("#saved")).to_have_text("Allt är skickat och mottaget")

    desk = context.new_page()
    desk.goto(f"/inspections/{visits.dnr(visits.story)}/talks")
    for name in ("b1", "b2", "p1"):
        expect(desk.get_by_role("link", name=f"Samtal med {name}")).to_be_visible()
    with rows(visits.site) as db:
        query = select(Statement).where(Statement.inspection_id == UUID(visits.story))
        said = {one.text: one for one in db.scalars(query)}
        assert set(said) == {*SAID, STAFF_SAID}
        assert said[SAID[0]].own_words
        assert said[SAID[0]].wish == "only_in_general"
        assert said[SAID[0]].question
    context.close()


def look(page: Page) -> None:
    """The screen in a window that shows all of it: the bar that stays in reach covers nothing. Also with its text
    twice as large, and on a tablet at 200 % zoom, which leaves half as many pixels to lay out on."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": TALL})
    assert_accessible(page)
    assert_fits(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_fits(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    if size["width"] == TABLET[0]:
        page.set_viewport_size({"width": size["width"] // 2, "height": TALL})
        assert_fits(page)
    page.set_viewport_size(size)


def make_conflict(site: Site, page: Page, visit: str) -> None:
    """The same note is changed on a page and on the device, neither knowing of the other."""
    with rows(site) as db:
        note = db.scalars(select(Statement).where(Statement.inspection_id == UUID(visit))).first()
        assert note is not None
        note.text, note.version = "Så här skrev en kollega.", note.version + 1
        doc = str(note.id)
    page.evaluate(
        "([id, doc]) => import('/static/field/core.js')"
        ".then((core) => core.write(id, 'statement', doc, 'text', 'Så här skrev jag.').then(core.syncNow))",
        [visit, doc],
    )


@pytest.mark.parametrize(
    ("language", "size", "dark"),
    [("sv", TABLET, False), ("en", PHONE, True)],
    ids=["swedish-tablet-light", "english-phone-dark"],
)
def test_every_screen_is_for_everybody(
    browser: Browser, visits: Visits, language: str, size: tuple[int, int], dark: bool
) -> None:
    context = open_context(browser, visits.site.address, size=size, language=language, dark=dark)
    page = signed_in(context)
    if language == "en":
        with page.expect_navigation():
            page.locator("form.language button").first.evaluate("one => one.click()")
    page.goto("/field/")
    expect(page.locator("#device-name")).to_be_visible()
    look(page)
    words = words_of(page)
    look(page)
    confirm(page, words)
    expect(page.locator("html")).to_have_attribute("lang", language)
    look(page)
    take(page, visits, visits.screens)
    visit, back = visits.screens, page.locator("#back")
    faults: list[str] = []

    def seen() -> None:
        look(page)
        faults.extend(small_targets(page))

    def there(way: str) -> None:
        """A screen off the visit, and back again."""
        page.locator(way).first.click()
        seen()
        back.click()
        expect(page.locator("#add-child")).to_be_visible()

    seen()
    for way in ("#order", "[id^=outcome-]", "#to-finish", "#acute"):
        there(way)
    page.locator("[id^=talk-with], [id^=go-on]").first.click()
    seen()
    if page.locator("#start").count():
        page.locator("label[for=age-0]").click()
        page.locator("#start").click()
    say(page, "Det är lugnt här.")
    page.locator("#new-note").click()
    expect(page.locator(".kept__note").first).to_be_visible()
    seen()
    if size == PHONE:
        page.locator("#to-questions").click()
        seen()
    page.locator(".ask__more button").first.click()  # the pictures
    look(page)
    page.keyboard.press("Escape")
    page.locator("#stop").click()
    look(page)
    page.keyboard.press("Escape")
    page.locator("#read-back").click()
    seen()
    page.locator("#thanks").click()
    expect(page.locator("#to-visit")).to_be_visible()
    seen()
    page.locator("#to-visit").click()
    for kind, title in (("#to-observations", "Köket"), ("#to-documents", "Schema")):
        page.locator(kind).click()
        if page.locator("#evidence-title").count():
            page.locator("#evidence-title").fill(title)
            page.locator("#add").click()
            expect(page.locator("#note-text")).to_be_visible()
            seen()
            back.click()
        seen()
        back.click()
    page.locator("#to-requirements").click()
    seen()
    page.locator("[id^=requirement-]").first.click()
    page.locator("label[for=mark-1]").click()
    seen()
    back.click()
    back.click()
    page.evaluate("import('/static/field/core.js').then((core) => core.syncNow())")
    make_conflict(visits.site, page, visit)
    page.locator("#to-conflicts").click()
    seen()
    page.locator("[id^=choose-]").first.click()
    expect(page.locator(".versions-list")).to_have_count(0)
    page.locator("#to-device").click()
    seen()
    page.evaluate("import('/static/field/core.js').then((core) => core.lock())")
    expect(page.locator("#passphrase")).to_be_visible()
    look(page)
    page.locator("#passphrase").fill("fel ord")
    page.locator("#open").click()
    expect(page.locator("#fault")).to_be_visible()
    page.locator("#passphrase").fill(words)
    page.locator("#open").click()
    expect(page.locator("#send")).to_be_visible()  # back where one was
    context.close()
    assert not faults, faults
