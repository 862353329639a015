"""A child answers on a cheap phone: by thumb, by keyboard, by ear, enlarged, and without script.

The codes come off the sheet that an inspector has made; afterwards the inspector reads what was said.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import select

from tests.browser.authority import rows
from tests.browser.chromium import Complaints, assert_accessible, assert_fits, sign_in
from tests.browser.server import Site
from tests.browser.story import field, follow, headed, press, today, told
from tests.builders import make_inspection
from tillsyn.inspect.demo import people
from tillsyn.models.people import User
from tillsyn.models.vocabulary import State, TeamRole

CASE = "/inspections/2026-00999"
PHONE = (360, 640)
ENLARGED = (180, 320)
"""What is left of that phone's screen, in CSS pixels, when everything is enlarged to 200 per cent."""
MOST_BYTES = 60_000
"""All that a page loads: HTML, style, script and drawings, uncompressed, headers too."""
SMALLEST_TARGET = 44

VOICES = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "sv-SE" }, { lang: "en-GB" }], cancel: () => {}, addEventListener: () => {},
  speak: (words) => window.spoken.push(words.text),
} });
"""


@pytest.fixture
def inspector(person: Callable[..., Page], site: Site) -> Page:
    """The inspector of a case that is being prepared, signed in."""
    with rows(site) as db:
        user = db.scalars(select(User).where(User.email == people.INSPECTOR)).one()
        team = {TeamRole.INSPECTOR: user}
        make_inspection(db, dnr=CASE.rpartition("/")[2], state=State.PREPARED, children=0, team=team)
    page = person()
    sign_in(page, people.INSPECTOR, people.PASSWORD)
    return page


@pytest.fixture
def codes(inspector: Page) -> list[str]:
    """Codes off the sheet of the case's survey."""
    page = inspector
    page.goto(f"{CASE}/survey")
    field(page, "Hur många som bor där nu").fill("8")
    field(page, "Sista dag att svara").fill((today() + timedelta(days=7)).isoformat())
    press(page, "Öppna enkäten")
    field(page, "Hur många koder").fill("6")
    press(page, "Gör koder och visa arket")
    headed(page, "Lappar med koder")
    assert_accessible(page)
    return page.locator(".slip__code").all_inner_texts()


def bytes_loaded(page: Page, load: Callable[[], object]) -> int:
    """What comes over the line while `load` shows a page."""
    finished: list[Request] = []

    def keep(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", keep)
    load()
    page.wait_for_load_state("networkidle")
    page.remove_listener("requestfinished", keep)
    sizes = [request.sizes() for request in finished]
    assert len(sizes) >= 3, "HTML, style and script"
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def look_at(page: Page) -> None:
    """What every page for children must stand up to."""
    assert_accessible(page)
    assert_fits(page)
    small = page.locator("main :is(button, a, .face, .code):visible").evaluate_all(
        f"all => all.filter(one => one.getBoundingClientRect().height < {SMALLEST_TARGET})"
        ".map(one => one.outerHTML)"
    )
    assert not small, small
    page.set_viewport_size({"width": ENLARGED[0], "height": ENLARGED[1]})
    assert_fits(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


def test_a_child_answers_and_the_inspector_reads_it(
    inspector: Page, codes: list[str], browser: Browser, site: Site, complaints: Complaints
) -> None:
    phone = browser.new_context(
        base_url=site.address,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        locale="sv-SE",
        has_touch=True,
    )
    phone.set_default_timeout(10_000)
    phone.add_init_script(VOICES)
    child = phone.new_page()
    complaints.listen_to(child)

    # The link of the slip brings the code, and takes it out of the address again.
    assert bytes_loaded(child, lambda: child.goto(f"/survey#{codes[0]}")) < MOST_BYTES
    assert "#" not in child.url
    expect(child.get_by_label("Koden på din lapp")).to_have_value(codes[0])
    look_at(child)
    assert bytes_loaded(child, child.get_by_role("button", name="Börja").click) < MOST_BYTES
    headed(child, "Hur har du det?")
    look_at(child)

    # Read aloud: the words of the page that is shown, in its language.
    child.get_by_role("button", name="Läs för mig").locator("visible=true").tap()
    assert "Vi vet inte vem du är" in " ".join(child.evaluate("window.spoken"))

    # By thumb: one question a screen, one face.
    child.get_by_role("button", name="Nästa").tap()
    expect(child.get_by_role("group")).to_have_count(1)
    expect(child.get_by_role("status")).to_have_text("Sida 2 av 12")
    child.get_by_text("Mycket bra", exact=True).locator("visible=true").tap()
    look_at(child)

    # By keyboard: Tab to the faces, arrows to choose, Enter to go on.
    child.get_by_role("button", name="Nästa").press("Enter")
    expect(child.get_by_role("group", name="Hur ofta känner du dig trygg här?")).to_be_focused()
    for _ in range(2):
        child.keyboard.press("Tab")
    child.keyboard.press("Space")
    child.keyboard.press("ArrowDown")
    expect(child.get_by_role("radio", name="Sällan")).to_be_checked()
    child.keyboard.press("Enter")
    expect(child.get_by_role("group", name="Hur känns det här på natten?")).to_be_visible()

    # In the other language, what was chosen stays.
    child.get_by_role("button", name="In English").tap()
    headed(child, "How are things for you?")
    look_at(child)
    for _ in range(11):
        child.get_by_role("button", name="Next").tap()
    look_at(child)
    child.get_by_label("What do you want us to look at").fill("The stairs at night.")
    child.get_by_role("button", name="Send").tap()
    headed(child, "Thank you!")
    look_at(child)
    assert phone.cookies() == [], "nothing is left on the phone"

    # The code is used up; the page says the same as for one that never was.
    complaints.allowed.append("status of 422")
    refused = []
    for code in (codes[0], "KKK-KKK-KKK"):
        child.goto("/survey?language=sv")
        child.get_by_label("Koden på din lapp").fill(code)
        child.get_by_role("button", name="Börja").tap()
        expect(child.get_by_role("alert")).to_contain_text("Koden fungerar inte")
        look_at(child)
        refused.append(child.content())
    assert refused[0] == refused[1]
    phone.close()

    _answer_without_script(browser, site, codes[1:])
    _read(inspector)


def _answer_without_script(browser: Browser, site: Site, codes: list[str]) -> None:
    """Four more, on telephones that run no script: all questions stand below each other."""
    for code in codes[:4]:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": 360, "height": 640},
            locale="sv-SE",
            java_script_enabled=False,
        )
        child = context.new_page()
        child.goto("/survey")
        child.get_by_label("Koden på din lapp").fill(code.replace("-", " ").lower())
        child.get_by_role("button", name="Börja").click()
        expect(child.get_by_role("group")).to_have_count(10)
        expect(child.get_by_role("button", name="Läs för mig").locator("visible=true")).to_have_count(0)
        child.get_by_role("group", name="Hur är det att bo här?").get_by_text("Dåligt", exact=True).click()
        child.get_by_role("group", name="Hur ofta känner du dig trygg här?").get_by_text("Aldrig").click()
        child.get_by_role("button", name="Skicka").click()
        headed(child, "Tack!")
        context.close()


def _read(page: Page) -> None:
    """The inspector: the words at once, the faces when it has closed, and a line of enquiry from them."""
    page.goto(f"{CASE}/survey/results")
    told(page, "The stairs at night.")
    expect(page.get_by_role("heading", name="Fråga för fråga")).to_have_count(0)
    page.goto(f"{CASE}/survey")
    press(page, "Stäng enkäten")
    page.get_by_role("dialog").get_by_role("button", name="Stäng den").click()
    headed(page, "Vad barnen sagt")
    told(page, "Fråga för fråga")
    assert_accessible(page)
    follow(page, "Spår att följa")
    told(page, "5 av 5 ansikten är ledsna, 0 glada")
    press(page, re.compile("Följ det här.*Trygghet"))
    told(page, "Området är nu ett av fokusområdena")
    assert_accessible(page)
    assert_fits(page)
    page.goto(CASE)
    told(page, "Det vi tittar närmare på")
