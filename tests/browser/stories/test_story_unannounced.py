"""An unannounced visit that nobody outside its team can infer (OSL 17 kap. 1 §).

Everybody outside follows every link that they can reach, before it is planned and after, and searches for
it. What they read is the same, word for word.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.browser.authority import email_of
from tests.browser.stories.begun import HOME, at_the_provider, case_of, with_letter_sent
from tests.browser.story import Story, field, follow, main, press, today, told
from tests.builders import make_user
from tillsyn.inspect.settings import Settings
from tillsyn.models.vocabulary import Role

DNR, TITLE, WHY = "2026-07171", "Kvällsbesök", "Ett samtal om hur de väcks på morgnarna."
OUTSIDE = ("provider", "home_manager", "colleague", "other_supervisor")
SEARCHES = (
    "/inspections?state=all&q={}",
    "/inspections?whose=unit&state=planned&q={}",
    "/register?q={}",
    "/what-to-visit?q={}",
    "/plan-inspection?q={}",
)
ITS_OWN = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|I[\w-]{50,60}\.[\w-]{6}\.[\w-]{27}|\d{2}:\d{2}"
)
"""What differs between two readings of a page by itself: ids, the form's token, the time of day."""
AWAY = re.compile(
    r"/sign-out|/field|/static|\.(pdf|docx|ics|csv|zip|json)\b|/log\b|/notices/\w|[?&](sort|page|in|month|week|day)="
)
MOST = 40


def begin(db: Session, settings: Settings) -> None:
    """A case of the same home is followed up, so that those outside have something to read."""
    with_letter_sent(case_of(db, settings, at_the_provider(db), "2026-00705"))
    make_user(db, Role.INSPECTOR, name="Kerstin Kollega", email=email_of("colleague"))
    make_user(db, Role.SUPERVISOR, name="Ove Annan", email=email_of("other_supervisor"))


def test_nobody_outside_the_team_can_tell_that_a_visit_is_coming(story: Story) -> None:
    before = {who: everything_they_can_read(story, who) for who in OUTSIDE}
    the_visit_is_planned_and_staffed(story)
    the_team_has_it(story)
    for who in OUTSIDE:
        after = everything_they_can_read(story, who)
        assert after.keys() == before[who].keys(), (who, after.keys() ^ before[who].keys())
        differs = [address for address, text in after.items() if text != before[who][address]]
        assert not differs, (who, differs)
        it_is_not_on_the_screen(story, who)


def the_visit_is_planned_and_staffed(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/plan-inspection")
    field(page, t("Search home, municipality or provider")).fill(HOME)
    press(page, t("Search"))
    follow(page, HOME)
    field(page, t("Registration number")).fill(DNR)
    field(page, t("Title")).fill(TITLE)
    field(page, t("Unannounced"), exact=True).check()
    field(page, t("Planned day of the visit")).fill((today() + timedelta(days=6)).isoformat())
    field(page, t("Why this home, and why now")).fill(WHY)
    field(page, t("Responsible inspector")).select_option(label="Amir Haddad")
    press(page, t("Plan the inspection"))
    field(page, t("No, nothing that I know of")).check()
    main(page).get_by_role("button").first.click()
    page.wait_for_load_state()


def the_team_has_it(story: Story) -> None:
    t, page = story.words, story.person("co_inspector")
    page.goto("/")
    told(page, re.compile(f"{HOME}.*{DNR}"))
    told(page, t("Declare conflict of interest"))


def it_is_not_on_the_screen(story: Story, who: str) -> None:
    """Also its address says no more than that of a case that there is not."""
    page = story.person(who)
    story.complaints.allowed.append("status of 40")
    page.goto("/")
    expect(page.locator("body")).not_to_contain_text(DNR)
    said = []
    for dnr in (DNR, "2026-99999"):
        page.goto(f"/inspections/{dnr}")
        said.append(page.locator("body").inner_text().replace(dnr, ""))
    assert said[0] == said[1], who


def everything_they_can_read(story: Story, who: str) -> dict[str, str]:
    """The pages that links lead to from the first page, and the searches, by address."""
    page = story.person(who)
    read: dict[str, str] = {}
    waiting = ["/", *(search.format(quote(word)) for search in SEARCHES for word in (DNR, TITLE, HOME))]
    while waiting:
        address = waiting.pop(0)
        if address in read or len(read) >= MOST:
            continue
        html = _fetch(page, address)
        read[address] = ITS_OWN.sub("", html)
        assert not any(marker in _said(html, address) for marker in (DNR, TITLE, WHY)), (who, address)
        waiting += [link for link in _links(html) if link not in read and not AWAY.search(link)]
    return read


def _fetch(page: Page, address: str) -> str:
    """As the person's browser gets it, without drawing it."""
    answer = page.request.get(address, fail_on_status_code=False)
    return (
        answer.text()
        if answer.headers.get("content-type", "").startswith("text/html")
        else str(answer.status)
    )


def _said(html: str, address: str) -> str:
    """The page without what the person typed in the search itself."""
    return re.sub(r'value="[^"]*"|href="[^"]*"', "", html) if "?" in address else html


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def _links(html: str) -> Iterator[str]:
    parser = _Links()
    parser.feed(html)
    for link in parser.found:
        parts = urlsplit(link)
        if not parts.netloc and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
