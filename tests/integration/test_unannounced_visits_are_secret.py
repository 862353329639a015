"""OSL 17:1: nobody outside its team can tell that an unannounced visit is planned, before it has begun.

What each person outside the team can read is read twice: before such a visit is planned, and after. Every
page must be the same, word for word. It is planned at the home whose provider and manager have accounts.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.integration.rich_site import RichSite
from tests.integration.who_may import ANYBODY, MAY, SIGNED_OUT
from tests.rich_account import NOW
from tests.rich_way import TEAM
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.calendar_feed import open_feed
from tillsyn.inspect.services.carry_cases import take_along
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.plan_inspection import plan_inspection
from tillsyn.inspect.services.staff_inspection import add_member, declare_conflict
from tillsyn.inspect.services.tell import tell
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.devices import Device
from tillsyn.models.inspections import Inspection
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.vocabulary import State, TeamRole

DNR, TITLE, WHY = "2026-77171", "Hemlighetsbesöket", "Nattlig oroskälla"
MARKERS = (DNR, TITLE, WHY)
VISIT_ON = date(2026, 3, 24)
INSIDE = {"leader", "decision_maker"}
OUTSIDE = sorted(ANYBODY - INSIDE - {"conflicted"})
OF_A_CASE = {"dnr", "letter_id", "communication_id", "correction_id", "kind"}
LOGS = ("start.home", "log.review")
"""Of the log reviewer: that something was done stands in the log at once, of what only after the visit."""

_own = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|I[\w-]{50,60}\.[\w-]{6}\.[\w-]{27}|\d{4}-\d\d-\d\dT[\d:.]+"
)


@pytest.fixture
def site(rich: RichSite) -> RichSite:
    """The rich site, with addresses of calendars for some who are outside."""
    with rich.db() as db:
        for who in ("inspector_outside", "supervisor_outside", "conflicted"):
            SECRETS[who] = open_feed(db, actor=_actor(rich, db, who), now=NOW)
        db.commit()
    return rich


SECRETS: dict[str, str] = {}


def test_whoever_is_outside_reads_the_same_before_and_after_it_is_planned(site: RichSite) -> None:
    before = {who: dict(_read(site, who)) for who in OUTSIDE}
    case = _plan(site)
    assert any(DNR in text for text in dict(_read(site, "leader")).values()), "the team must find it"
    wrong = []
    for who in OUTSIDE:
        for address, text in _read(site, who):
            wrong += [f"{who} reads {marker} on {address}" for marker in (*MARKERS, case) if marker in text]
            endpoint = address.split(" ")[0]
            if not (who == "log_reviewer" and endpoint in LOGS) and text != before[who].get(address):
                wrong.append(f"{who} can tell from {address} that there is something")
    assert not wrong, "\n".join(wrong)


def test_its_pages_are_not_there_for_a_supervisor_outside_nor_for_one_with_a_conflict_of_interest(
    site: RichSite,
) -> None:
    _plan(site)
    for who in ("supervisor_outside", "conflicted"):
        browser = site.as_(who)
        for rule in site.rules("GET"):
            if rule.arguments == {"dnr"} and rule.endpoint != "cases.declare":
                with site.app.test_request_context():
                    address = site.app.url_for(rule.endpoint, dnr=DNR)
                    missing = site.app.url_for(rule.endpoint, dnr="2099-99999")
                answer, other = browser.http.get(address), browser.http.get(missing)
                assert answer.status_code == 404, (who, address)
                assert _same(answer.get_data(as_text=True), DNR) == _same(
                    other.get_data(as_text=True), "2099-99999"
                )


def test_who_has_a_conflict_of_interest_finds_it_nowhere(site: RichSite) -> None:
    """FL 17 §: they see that they have declared, where they declared it, and nothing else."""
    _plan(site)
    for address, text in _read(site, "conflicted"):
        assert not any(marker in text for marker in MARKERS), address


def test_only_its_team_is_told_of_it(site: RichSite) -> None:
    case = _plan(site)
    with site.db() as db:
        everybody = set(db.scalars(select(User.id)))
        db.execute(delete(Notice))  # that they were added is told before they have declared
        for kind in NoticeKind:
            tell(db, users=everybody, kind=kind, inspection=_id(db), now=NOW)
        told = set(db.scalars(select(Notice.user_id).where(Notice.inspection_id == _id(db))))
        assert told <= {site.made.people[who] for who in INSIDE}, case


def test_the_log_tells_its_number_when_the_visit_has_begun_and_supervisors_then_see_it(
    site: RichSite,
) -> None:
    _plan(site)
    assert "visas inte före besöket" in site.as_("log_reviewer").get("/log").text
    with site.db() as db:
        case = db.scalars(select(Inspection).where(Inspection.dnr == DNR)).one()
        case.state, case.visit_started_at = State.CHILDREN, NOW
        db.commit()
    assert DNR in site.as_("log_reviewer").get("/log").text
    assert DNR in site.as_("supervisor_outside").get(f"/inspections?q={DNR}").text
    assert DNR not in site.as_("inspector_outside").get(f"/inspections?q={DNR}").html.split("<main", 1)[
        1
    ].replace(f'value="{DNR}"', "")


def _plan(site: RichSite) -> str:
    """The visit, planned, staffed, taken along on a device; its id."""
    with site.db() as db:
        boss, leader = _actor(site, db, "decision_maker"), _actor(site, db, "leader")
        home = site.made.home_id
        assert home is not None
        case = plan_inspection(
            db, actor=boss, home_id=home, dnr=DNR, title=TITLE, announced=False, planned_on=VISIT_ON,
            focus_areas=[], risk_note=WHY, inspector_id=leader.user_id, now=NOW,
        )  # fmt: skip
        case = find_inspection(db, DNR)
        outsider = _actor(site, db, "conflicted")
        add_member(
            db, actor=boss, inspection=case, user_id=outsider.user_id, role=TeamRole.CO_INSPECTOR, now=NOW
        )
        db.flush()
        declare_conflict(
            db, actor=outsider, inspection=case, has_conflict=True, note="Släkt med chefen", now=NOW
        )
        for actor in (boss, leader):
            declare_conflict(db, actor=actor, inspection=case, has_conflict=False, note="", now=NOW)
        assert site.devices is not None
        device = db.get_one(Device, site.devices.device_id)
        take_along(db, actor=leader, device=device, inspection=case, now=NOW)
        db.commit()
        return str(case.id)


def _read(site: RichSite, who: str) -> Iterator[tuple[str, str]]:
    """Endpoint and address of everything outside cases that this person may open, with its text."""
    browser = site.as_(None if who == SIGNED_OUT else who)
    for endpoint, address in _addresses(site, who):
        answer = browser.http.get(address)
        if answer.status_code == 200 and answer.mimetype in (
            "text/html",
            "application/json",
            "text/calendar",
        ):
            yield f"{endpoint} {address}", _own.sub("", answer.get_data(as_text=True))
        else:
            yield f"{endpoint} {address}", str(answer.status_code)


def _addresses(site: RichSite, who: str) -> Iterator[tuple[str, str]]:
    for rule in site.rules("GET"):
        if (
            who in MAY[rule.endpoint]
            and not OF_A_CASE & rule.arguments
            and not rule.endpoint.startswith("field.")
        ):
            address = site.address(rule)
            if address is not None and "secret" not in rule.arguments:
                yield rule.endpoint, address
                if rule.endpoint in SEARCHES:
                    for query in SEARCHES[rule.endpoint]:
                        yield rule.endpoint, f"{address}?{urlencode(query)}"
    if who in SECRETS:
        yield "calendar.feed", f"/calendar/feed/{SECRETS[who]}.ics"


SEARCHES: dict[str, tuple[dict[str, str], ...]] = {
    "planning.inspections": (
        {"state": "all", "q": "7717"},
        {"state": "all", "q": "hemlighets"},
        {"state": "planned", "sort": "visit"},
        {"whose": "unstaffed"},
    ),
    "calendar.visits": (
        {"month": "2026-03"},
        {"month": "2026-03", "whose": "unit"},
        {"day": str(VISIT_ON), "whose": "unit"},
    ),
    "calendar.workload": ({"sort": "-visits"},),
    "choosing.homes": ({"planned": "yes"}, {"planned": "no"}, {"q": "hemlighets"}, {"sort": "-visit"}),
    "devices.all": ({"show": "unsent"}, {"show": "silent"}, {"sort": "-unsent"}),
    "diary.cases": ({"q": "7717"}, {"q": "hemlighets"}, {"sort": "number"}, {"sort": "home"}),
    "lead_times.figures": ({"of": "unit"},),
    "log_review.overview": ({"sort": "reader"}, {"reason": "night"}),
    "notices.all_": ({"unread": "1"}, {"sort": "at"}),
    "provider.letters": ({"q": "7717"}, {"q": "hemlighets", "sort": "home"}),
    "register.provider": ({"q": "hemlighets"}, {"sort": "-places"}),
    "register.providers": ({"q": "7717"}, {"q": "hemlighets"}, {"sort": "-number"}),
    "planning.new": ({"q": "hemlighets"},),
    "log.review": ({"kind": "inspection_planned"}, {"first": str(NOW.date() - timedelta(days=1))}),
}
"""Ways to ask the lists that would show it; a page is read without any question too."""


def _same(html: str, dnr: str) -> str:
    return _own.sub("", html.replace(dnr, ""))


def _actor(site: RichSite, db: Session, who: str) -> Actor:
    return actor_of(db.get_one(User, site.made.people[who]))


def _id(db: Session) -> UUID:
    return db.scalars(select(Inspection.id).where(Inspection.dnr == DNR)).one()


assert set(TEAM) >= INSIDE
