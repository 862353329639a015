"""The calendar: one's own and the unit's, the feed that says only that one is busy, and the workload."""

from datetime import date, timedelta

import icalendar
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import NotAllowed, NotFound
from tillsyn.inspect.services.calendar_feed import close_feed, open_feed, read_feed
from tillsyn.inspect.services.list_visits import list_visits
from tillsyn.inspect.services.list_workload import list_workload
from tillsyn.inspect.services.long_lists import Order
from tillsyn.models.calendar import CalendarFeed
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import TeamMember
from tillsyn.models.vocabulary import Role, State, TeamRole

TODAY = NOW.date()
MONTH = {"first": TODAY - timedelta(days=31), "last": TODAY + timedelta(days=31)}


def test_one_sees_ones_own_visits_and_a_supervisor_those_of_the_unit_that_are_no_secret(db: Session) -> None:
    lead, boss, other = (
        make_user(db, Role.INSPECTOR),
        make_user(db, Role.SUPERVISOR),
        make_user(db, Role.INSPECTOR),
    )
    on = TODAY + timedelta(days=3)
    values = {"state": State.PREPARED, "planned_on": on, "children": 0}
    open_ = make_inspection(db, team={TeamRole.INSPECTOR: lead}, **values)
    secret = make_inspection(db, team={TeamRole.INSPECTOR: lead}, announced=False, **values)
    begun = make_inspection(
        db, team={TeamRole.INSPECTOR: other}, state=State.CHILDREN, announced=False, planned_on=on,
        visit_started_at=NOW - timedelta(days=2), visit_ended_at=NOW - timedelta(days=1), children=0,
    )  # fmt: skip

    def seen(user: object, **asked: bool) -> set[tuple[str, date]]:
        found = list_visits(db, acting(user), **MONTH, **asked)  # type: ignore[arg-type]
        return {(entry.inspection.dnr, day) for day, entries in found.items() for entry in entries}

    days_of_begun = {(begun.dnr, TODAY - timedelta(days=2)), (begun.dnr, TODAY - timedelta(days=1))}
    assert seen(lead) == {(open_.dnr, on), (secret.dnr, on)}
    assert seen(boss) == set()
    assert seen(boss, of_the_unit=True) == {(open_.dnr, on)} | days_of_begun
    assert seen(lead, of_the_unit=True) == seen(lead)


def test_the_pages_of_month_and_week_say_what_is_when(db: Session, client: Browsing) -> None:
    lead, boss = make_user(db, Role.INSPECTOR, name="Inga Ström"), make_user(db, Role.SUPERVISOR)
    on = TODAY + timedelta(days=6)
    cases = [
        make_inspection(db, team={TeamRole.INSPECTOR: lead}, state=State.PLANNED, planned_on=on, children=0)
        for _ in range(6)
    ]
    db.commit()
    client.sign_in_as(boss)
    assert "Inget står här" in client.get("/calendar").text
    month = client.get("/calendar?whose=unit&month=2026-03")
    assert "Inga Ström" in month.text and "2 till" in month.text
    week = client.get(f"/calendar?whose=unit&day={on}")
    assert all(case.home.name in week.text for case in cases) and "Vecka 12, 2026" in week.text
    for wrong in ("month=2026-13", "month=x", "day=2026-02-30", "day=9999-12-31", "day=0001-01-01"):
        assert client.get(f"/calendar?{wrong}").status == 200
    client.sign_in_as(lead)
    assert "Enhetens kalender" not in client.get("/calendar?whose=unit&month=2026-03").text
    client.get("/calendar/workload", status=404)


def test_the_feed_says_the_days_and_nothing_else(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR, name="Inga Ström")
    mine = make_inspection(
        db, team={TeamRole.INSPECTOR: lead}, state=State.PLANNED, announced=False, title="Nattligt besök",
        planned_on=TODAY + timedelta(days=9), children=0,
    )  # fmt: skip
    make_inspection(db, state=State.PLANNED, planned_on=TODAY + timedelta(days=1), children=0)
    db.commit()
    client.app.config["CLOCK"] = lambda: NOW
    client.sign_in_as(lead)
    made = client.submit(client.get("/calendar"), action="/calendar/address", status=200)
    address = made.tree.find(".//code").text
    assert address is not None and address.startswith("http")
    path = address[address.index("/calendar") :]
    answer = client.http.get(path)
    assert answer.mimetype == "text/calendar"
    text = answer.get_data(as_text=True)
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [one.decoded("dtstart") for one in event] == [mine.planned_on]
    for told in (
        mine.dnr,
        mine.title,
        mine.home.name,
        mine.home.municipality,
        lead.name,
        str(mine.id),
        "oanm",
    ):
        assert told not in text
    assert address not in client.get("/calendar").html, "it is told once"
    client.sign_out()
    assert client.http.get(path).status_code == 200
    client.sign_in_as(lead)
    client.submit(client.get("/calendar"), action="/calendar/address/revoke", status=303)
    assert client.http.get(path).status_code == 404


def test_a_new_address_ends_the_old_and_a_closed_account_ends_both(db: Session) -> None:
    lead = make_user(db, Role.INSPECTOR)
    old = open_feed(db, actor=acting(lead), now=NOW)
    new = open_feed(db, actor=acting(lead), now=NOW)
    with pytest.raises(NotFound):
        read_feed(db, old, now=NOW)
    assert read_feed(db, new, now=NOW) == []
    assert db.scalars(select(CalendarFeed)).one().token_hash != new.encode()
    lead.disabled_at = NOW
    db.flush()
    with pytest.raises(NotFound):
        read_feed(db, new, now=NOW)
    close_feed(db, actor=acting(lead), now=NOW)
    close_feed(db, actor=acting(lead), now=NOW)
    kinds = [one.kind for one in db.scalars(select(Event).order_by(Event.id))]
    assert kinds == [EventKind.CALENDAR_OPENED, EventKind.CALENDAR_OPENED, EventKind.CALENDAR_CLOSED]
    with pytest.raises(NotAllowed):
        open_feed(db, actor=acting(make_user(db, Role.REGISTRAR)), now=NOW)


def test_a_conflict_of_interest_takes_the_visit_out_of_the_calendar_and_the_feed(db: Session) -> None:
    lead, mate = make_user(db, Role.INSPECTOR), make_user(db, Role.INSPECTOR)
    case = make_inspection(
        db, team={TeamRole.INSPECTOR: lead, TeamRole.CO_INSPECTOR: mate}, state=State.PLANNED,
        planned_on=TODAY + timedelta(days=2), children=0,
    )  # fmt: skip
    token = open_feed(db, actor=acting(mate), now=NOW)
    assert len(read_feed(db, token, now=NOW)) == 1
    member = db.scalars(
        select(TeamMember).where(TeamMember.inspection_id == case.id, TeamMember.user_id == mate.id)
    ).one()
    member.has_conflict = True
    db.flush()
    assert read_feed(db, token, now=NOW) == []
    assert list_visits(db, acting(mate), **MONTH) == {}


def test_the_workload_counts_what_each_inspector_has_and_never_a_secret_visit(db: Session) -> None:
    busy, calm = (
        make_user(db, Role.INSPECTOR, name="Bo Brask"),
        make_user(db, Role.INSPECTOR, name="Åsa Lugn"),
    )
    boss = make_user(db, Role.SUPERVISOR)
    soon = TODAY + timedelta(days=5)
    for state, announced in (
        (State.PLANNED, True), (State.PLANNED, False), (State.REVIEW, True), (State.FOLLOW_UP, True), (State.CLOSED, True)
    ):  # fmt: skip
        make_inspection(
            db, team={TeamRole.INSPECTOR: busy, TeamRole.CO_INSPECTOR: calm}, state=state, announced=announced,
            planned_on=soon, children=0,
        )  # fmt: skip
    asked = {"actor": acting(boss), "today": TODAY}
    rows = {one.name: one for one in list_workload(db, order=Order("leads", True), **asked).rows}
    assert [one.name for one in list_workload(db, order=Order("name"), **asked).rows] == [
        "Bo Brask",
        "Åsa Lugn",
    ]
    first, second = rows["Bo Brask"], rows["Åsa Lugn"]
    assert (first.leads, first.takes_part, first.visits, first.writing, first.follow_up) == (3, 0, 1, 1, 1)
    assert (second.leads, second.takes_part, second.visits, second.writing, second.follow_up) == (
        0,
        3,
        1,
        0,
        0,
    )
    with pytest.raises(NotAllowed):
        list_workload(db, actor=acting(busy), today=TODAY, order=Order("name"))
