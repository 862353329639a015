"""Grave accounts on pages: the flag everywhere, the clock in words, and the way to a countersignature."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.integration.account_cases import CODED, WORDS, AccountCase, make_account_case
from tests.integration.browsing import Browsing, Page
from tests.integration.rich_site import RichSite
from tests.pages import text_of
from tests.rich_account import MARKER
from tillsyn.inspect.app import Tillsyn
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.grave_accounts import Investigation
from tillsyn.models.interviews import Statement
from tillsyn.models.vocabulary import ReportedTo, Resolution, Role, TeamRole

OUTSIDE_THE_FRAME = {
    "cases.declare": "read before the case is open to one",
    "letters.preview": "the letter as the provider will see it",
    "talks.read_back": "read aloud together with the child, who looks at the screen",
}
"""Pages with a case's number that do not stand in its frame."""

UNNAMED = {"coding.units"}
"""Where a flag does not say which account it is about to somebody who can still be its second coder."""

INVESTIGATION = {
    "record": "Vi läste journalen.",
    "attempt": "Vi ringde barnet två gånger.",
    "resolution": Resolution.NOT_CONFIRMED.value,
    "decision": "Det kan varken visas eller uteslutas.",
}


@pytest.fixture
def case(app: Tillsyn, db: Session) -> AccountCase:
    """On the application's database, read three hours after the words were coded."""
    made = make_account_case(db)
    db.commit()
    app.config["CLOCK"] = lambda: CODED + timedelta(hours=3)
    return made


def reader(case: AccountCase, client: Browsing, part: TeamRole) -> Browsing:
    client.sign_in_as(case.users[part])
    return client


def account_address(case: AccountCase) -> str:
    return f"/inspections/{case.dnr}/accounts/u1"


def flag_of(page: Page) -> str | None:
    found = page.tree.find(".//section[@class='case-accounts']")
    return None if found is None else text_of(found)


@pytest.mark.parametrize("name", ["children", "follow_up"])
def test_the_flag_stands_on_every_page_of_the_case_and_tells_nothing_that_was_said(
    rich: RichSite, name: str
) -> None:
    wrong, seen = [], 0
    browser = rich.as_("leader")
    for rule in rich.rules("GET"):
        if "dnr" not in rule.arguments or rule.endpoint in OUTSIDE_THE_FRAME:
            continue
        address = rich.address(rule, name)
        answer = browser.http.get(address) if address else None
        if answer is None or answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        seen += 1
        flag = flag_of(Page(200, answer.get_data(as_text=True), None, str(address), answer))
        told = flag is not None and ("u7" in flag or rule.endpoint in UNNAMED)
        if flag is None or not told or "Kvar:" not in flag or MARKER in flag:
            wrong.append(f"{rule.endpoint}: {flag}")
    assert seen > 15 and not wrong, "\n".join(wrong)


def test_a_case_without_an_account_and_one_that_is_dealt_with_has_no_flag(
    rich: RichSite,
) -> None:
    browser = rich.as_("leader")
    for name in ("empty", "prepared", "closed"):
        assert flag_of(browser.get(f"/inspections/{rich.made.cases[name]}")) is None, name


def test_the_clock_says_how_long_it_has_been_left_and_that_it_is_to_be_done_at_once(
    case: AccountCase, client: Browsing, db: Session
) -> None:
    page = reader(case, client, TeamRole.INSPECTOR).get(f"/inspections/{case.dnr}/acute")
    assert "3 timmar sedan den kodades. Anmälan ska göras genast." in page.text
    assert "u1 – Bemötande" in page.text and WORDS not in page.html
    client.app.config["CLOCK"] = lambda: CODED + timedelta(minutes=25)
    assert "25 minuter sedan" in client.get(f"/inspections/{case.dnr}/acute").text
    client.app.config["CLOCK"] = lambda: CODED + timedelta(days=4)
    db.rollback()
    case.users[TeamRole.INSPECTOR].language = "en"
    db.commit()
    reader(case, client, TeamRole.INSPECTOR)
    assert "4 days since it was coded" in client.get(f"/inspections/{case.dnr}/acute").text


def test_a_noted_step_stops_its_clock_and_says_who_and_when(case: AccountCase, client: Browsing) -> None:
    reader(case, client, TeamRole.INSPECTOR)
    address = f"/inspections/{case.dnr}/acute"
    page = client.get(f"{address}?about=u1")
    kept = client.submit(
        page, action="/acute", status=422, reported_to="police", note="", told_child_what="Hej"
    )
    assert "Hej" in kept.html
    kept = client.submit(
        kept, action="/acute", status=422, reported_to="no_report", note="Gamla saker, inget att anmäla."
    )
    assert "Bara beslutsfattaren" in kept.text
    client.submit(kept, action="/acute", status=303, reported_to="social_services", note="Ringde jouren.")
    page = client.get(address)
    assert "Anmälan ska göras genast" not in page.text
    assert f"antecknat i dag 12.00, {case.users[TeamRole.INSPECTOR].name}" in page.text
    flag = flag_of(page)
    assert flag is not None and "orosanmälan" not in flag and "polis" in flag


def test_from_the_investigation_to_the_countersignature(
    case: AccountCase, client: Browsing, db: Session
) -> None:
    address = account_address(case)
    page = reader(case, client, TeamRole.CO_INSPECTOR).get(address)
    assert WORDS in page.text and "ännu" in page.text
    kept = client.submit(
        page, action="/investigate", status=422, **INVESTIGATION | {"record": "", "decision": "Kvar"}
    )
    assert "Kvar" in kept.html
    client.submit(kept, action="/investigate", status=303, **INVESTIGATION)
    page = client.get(address)
    assert "Du skrev utredningen" in page.text and "/countersign" not in page.html
    page = reader(case, client, TeamRole.INSPECTOR).get(address)
    assert "Du ledde samtalet" in page.text and "/countersign" not in page.html
    page = reader(case, client, TeamRole.DECISION_MAKER).get(address)
    client.submit(page, action="/countersign", status=303)
    page = client.get(address)
    assert "Utredningen kunde inte bekräfta uppgiften" in page.text
    assert "räknas uppgiften fullt ut igen av sig själv" in page.text
    db.rollback()
    assert db.scalars(select(Statement)).one().resolution is Resolution.NOT_CONFIRMED


def test_what_is_given_back_shows_why_and_can_be_written_anew(
    case: AccountCase, client: Browsing, db: Session
) -> None:
    address = account_address(case)
    client.submit(
        reader(case, client, TeamRole.CO_INSPECTOR).get(address),
        action="/investigate",
        status=303,
        **INVESTIGATION,
    )
    page = reader(case, client, TeamRole.DECISION_MAKER).get(address)
    client.submit(page, action="/return", status=422, remark=" ")
    client.submit(page, action="/return", status=303, remark="Läs nattjournalen också.")
    page = reader(case, client, TeamRole.CO_INSPECTOR).get(address)
    assert "Läs nattjournalen också." in page.text and INVESTIGATION["record"] in page.text
    assert page.form("/investigate") is not None
    db.rollback()
    assert db.scalars(select(Investigation)).one().countersigned_at is None


def test_whoever_led_the_talk_sees_why_they_do_not_investigate_and_keeps_what_they_sent(
    case: AccountCase, client: Browsing
) -> None:
    reader(case, client, TeamRole.INSPECTOR)
    page = client.get(account_address(case))
    assert "Du ledde samtalet. Någon annan utreder det som sades där." in page.text
    answer = client.post(f"{account_address(case)}/investigate", status=409, **INVESTIGATION)
    assert "Du ledde samtalet" in answer.text and INVESTIGATION["decision"] in answer.text
    client.post(f"{account_address(case)}/countersign", status=422)


def test_the_page_is_not_there_for_those_outside_or_without_an_account(
    case: AccountCase, client: Browsing, db: Session
) -> None:
    outside = make_user(db, Role.INSPECTOR)
    db.commit()
    reader(case, client, TeamRole.INSPECTOR).get(f"/inspections/{case.dnr}/accounts/u2", status=404)
    client.sign_in_as(outside)
    client.get(account_address(case), status=404)
    for action in ("investigate", "countersign", "return"):
        client.post(f"{account_address(case)}/{action}", status=404)


def test_reading_an_account_is_in_the_log(case: AccountCase, client: Browsing, db: Session) -> None:
    reader(case, client, TeamRole.DECISION_MAKER).get(account_address(case))
    db.rollback()
    read = db.scalars(select(Event).where(Event.kind == EventKind.INSPECTION_READ)).all()
    assert [(one.actor_id, one.details["page"]) for one in read] == [
        (case.users[TeamRole.DECISION_MAKER].id, "accounts.account")
    ]


def test_first_pages_tell_of_it_without_the_words(case: AccountCase, client: Browsing, db: Session) -> None:
    for part in (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR, TeamRole.DECISION_MAKER):
        page = reader(case, client, part).get("/")
        assert "u1, Bemötande" in page.text and "3 timmar sedan" in page.text and WORDS not in page.html
    assert "u1, Bemötande" not in reader(case, client, TeamRole.LAWYER).get("/").text
    db.rollback()
    case.reload()
    for kind in (ReportedTo.SOCIAL_SERVICES, ReportedTo.POLICE, ReportedTo.CHILD_TOLD):
        case.note(kind)
    case.investigate()
    db.commit()
    page = reader(case, client, TeamRole.LAWYER).get("/")
    assert (
        "är utredd. Nu ska någon annan än utredaren kontrasignera" in page.text
        and f"{account_address(case)}" in page.html
    )


def test_the_account_speaks_english_too(case: AccountCase, client: Browsing, db: Session) -> None:
    user = case.users[TeamRole.CO_INSPECTOR]
    user.language = "en"
    db.commit()
    client.sign_in_as(user)
    page = client.get(account_address(case))
    assert "Grave account u1" in page.text and "Nothing else supports it yet" in page.text
    client.submit(page, action="/investigate", status=303, **INVESTIGATION)
    assert "somebody else has countersigned it" in client.get(account_address(case)).text
