"""Whoever reads a case in need meets no form, no button and no link that would be refused, and sees why and until when."""

from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_break_glass import break_glass
from tests.pages import elements, fields_of, forms_of, read_page

OUTSIDERS = ("inspector_outside", "peer_reviewer_outside", "lawyer_outside", "supervisor_outside")
OF_THE_FRAME = ("account.", "break_glass.close", "notices.")
"""What stands on every page, and may always be sent."""


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_page_offers_what_would_be_refused(rich: RichSite, who: str) -> None:
    dnr = break_glass(rich, who)
    browser = rich.as_(who)
    sends: dict[tuple[str, str], str] = {}
    leads: dict[str, str] = {}
    read = set()
    for rule in rich.rules("GET"):
        address = rich.address(rule, FULLEST) if "dnr" in rule.arguments else None
        if address is None:
            continue
        answer = browser.http.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        read.add(rule.endpoint)
        page = read_page(answer.get_data(as_text=True))
        for form in forms_of(page):
            action = form.get("action") or address
            if form.get("method", "get") == "post":
                buttons = [one.get("formaction") for one in elements(form, "button")]
                for to in {action, *filter(None, buttons)}:
                    sends.setdefault((urlsplit(to).path, ""), rule.endpoint)
                    fields_of(form)
        for link in elements(page, "a"):
            to = (link.get("href") or "").split("#")[0]
            if to.startswith(f"/inspections/{dnr}"):
                leads.setdefault(to, rule.endpoint)
    assert {"cases.overview", "talks.talks", "weighing.areas", "findings.findings"} <= read
    refused = [
        f"{endpoint} has a form for {path}"
        for (path, _), endpoint in sends.items()
        if not _endpoint(rich, path).startswith(OF_THE_FRAME) and _is_refused(rich, who, path)
    ]
    refused += [
        f"{endpoint} links to {to}: {status}"
        for to, endpoint in leads.items()
        if (status := browser.http.get(to).status_code) not in (200, 302, 303)
    ]
    assert not refused, "\n".join(sorted(refused))


def test_the_banner_says_until_when_and_why(rich: RichSite) -> None:
    dnr = break_glass(rich)
    text = rich.as_("peer_reviewer_outside").get(f"/inspections/{dnr}").text
    assert "Du läser ärendet utan del i det, till 10 mars 2026" in text
    assert "Angivet skäl: Ett barn kan vara i fara" in text


def test_what_one_may_do_without_an_opening_one_may_do_with_it(rich: RichSite) -> None:
    """A supervisor outside the team staffs the case, also while they read it in need."""
    dnr = break_glass(rich, "supervisor_outside")
    browser = rich.as_("supervisor_outside")
    page = browser.get(f"/inspections/{dnr}/plan")
    user = str(rich.made.people["inspector_outside"])
    browser.submit(page, action="/team", status=303, user=user, role="co_inspector")


def _endpoint(rich: RichSite, path: str) -> str:
    try:
        return str(rich.app.url_map.bind("localhost").match(path, method="POST")[0])
    except HTTPException:
        return ""


def _is_refused(rich: RichSite, who: str, path: str) -> bool:
    browser = rich.as_(who)
    answer = browser.http.post(path, data={"csrf_token": browser._token()})
    return answer.status_code in (403, 404)
