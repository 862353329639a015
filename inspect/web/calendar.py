"""The calendar: one's own visits and last days, the unit's visits, workload, and a feed without content."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import icalendar
from babel.dates import format_date
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.vocabulary import Role
from ..outside.clock import SWEDEN
from ..rules.access import Permission, may
from ..rules.deadlines import is_working_day
from ..rules.months import FIRST_YEAR, LAST_YEAR, month_in, month_of
from ..services.calendar_feed import close_feed, feed_of, open_feed, read_feed
from ..services.list_visits import Entry, EntryKind, show_visits
from ..services.list_workload import AHEAD, SORTED, list_workload
from .access import access
from .database import db, now
from .language import clock, current_language, label
from .pack_words import words_of
from .paging import asked_order, asked_page, pages_of, sortable
from .session import current_actor, settings

calendar = Blueprint("calendar", __name__)

SHOWN_A_DAY = 4
"""In a month, where a day has little room; the week has all of them."""
LOOKS = {EntryKind.VISIT: "progress", EntryKind.MEETING: "waiting", EntryKind.DUE: "neutral"}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown: what, of which home, who, and where it leads."""

    title: str
    about: str
    href: str
    kind: str
    look: str


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    title: str
    lines: tuple[Line, ...]
    more: int
    is_today: bool
    is_beside: bool
    """Of the month before or after."""
    is_free: bool
    """A Saturday, Sunday or public holiday."""


@calendar.get("/calendar")
@access(Permission.SEE_INSPECTIONS)
def visits() -> str:
    return _page()


def _page(address: str = "") -> str:
    actor, today = current_actor(), now().astimezone(SWEDEN).date()
    whole = request.args.get("whose") == "unit" and Role.SUPERVISOR in actor.roles
    chosen = _asked_day()
    month = month_in(request.args.get("month", "")) or month_of(chosen or today)
    weeks = month.weeks if chosen is None else [_week_of(chosen)]
    found = show_visits(
        db(), actor, first=weeks[0][0], last=weeks[-1][-1], of_the_unit=whole,
        most=SHOWN_A_DAY if chosen is None else None,
    )  # fmt: skip
    days = [
        _day(on, *found.get(on, ([], 0)), beside=chosen is None and month_of(on) != month, today=today)
        for week in weeks
        for on in week
    ]  # fmt: skip

    def here(**values: str) -> str:
        kept: dict[str, Any] = {"whose": "unit"} if whole else {}
        return url_for("calendar.visits", **{**kept, **values})

    if chosen is None:
        before, after = here(month=str(month.before)), here(month=str(month.after))
    else:
        before = here(day=str(weeks[0][0] - timedelta(days=7)))
        after = here(day=str(weeks[0][0] + timedelta(days=7)))
    return render_template(
        "inspector/calendar.html",
        days=days,
        is_week=chosen is not None,
        title=_title(month.first, weeks[0][0], chosen),
        weekdays=[format_date(on, "EEE", locale=current_language()) for on in weeks[0]],
        before=before,
        after=after,
        here=here,
        day_shown=str(chosen or (today if month_of(today) == month else month.first)),
        month=str(month),
        whole=whole,
        sees_unit=Role.SUPERVISOR in actor.roles,
        sees_workload=may(actor, Permission.SEE_MONITORING),
        feed=feed_of(db(), actor),
        address=address,
    )


def _title(first: date, monday: date, chosen: date | None) -> str:
    if chosen is None:
        return format_date(first, "LLLL y", locale=current_language()).capitalize()
    return _("Week %(number)s, %(year)s", number=monday.isocalendar().week, year=monday.isocalendar().year)


def _asked_day() -> date | None:
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year < LAST_YEAR else None


def _week_of(day: date) -> list[date]:
    return [day + timedelta(days=number - day.weekday()) for number in range(7)]


def _day(on: date, entries: list[Entry], more: int, *, beside: bool, today: date) -> Day:
    return Day(
        on=on,
        title=format_date(on, "EEEE d MMMM", locale=current_language()),
        lines=tuple(_line(entry) for entry in entries),
        more=more,
        is_today=on == today,
        is_beside=beside,
        is_free=not is_working_day(on),
    )


def _line(entry: Entry) -> Line:
    inspection = entry.inspection
    with words_of(inspection.pack):
        what = _(entry.what) if entry.what else label(entry.kind)
    mine = any(m.user_id == current_actor().user_id and not m.has_conflict for m in inspection.team)
    endpoint = "cases.overview" if mine else "cases.plan"
    if mine and entry.kind is EntryKind.MEETING:
        endpoint = "dialogue.meetings"
    return Line(
        title=inspection.home.name,
        about=f"{clock(entry.at)} {', '.join(entry.inspectors)}".strip(),
        href=url_for(endpoint, dnr=inspection.dnr),
        kind=_("%(what)s, unannounced", what=what) if _is_unannounced(entry) else what,
        look=LOOKS[entry.kind],
    )


def _is_unannounced(entry: Entry) -> bool:
    return entry.kind is EntryKind.VISIT and not entry.inspection.announced


@calendar.post("/calendar/address")
@access(Permission.SEE_INSPECTIONS)
def make_address() -> str:
    """The address is told once: only its SHA-256 is kept, so it cannot be shown again."""
    token = open_feed(db(), actor=current_actor(), now=now())
    return _page(address=f"{settings().base_url}{url_for('calendar.feed', secret=token)}")


@calendar.post("/calendar/address/revoke")
@access(Permission.SEE_INSPECTIONS)
def revoke_address() -> Response:
    close_feed(db(), actor=current_actor(), now=now())
    flash(_("The address is revoked. A calendar program that has it gets nothing more."), "success")
    return redirect(url_for("calendar.visits"), 303)


@calendar.get("/calendar/feed/<secret>.ics")
@access(Permission.SIGN_IN)
def feed(secret: str) -> FlaskResponse:
    """RFC 5545: whole days that the person is busy. Whoever has the address has no more than that."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Tillsyn//Calendar//SV")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for one in read_feed(db(), secret, now=now()):
        event = icalendar.Event()
        event.add("uid", f"{one.uid}@tillsyn")
        event.add("dtstamp", now())
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", "Tillsyn")
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        made.add_component(event)
    return FlaskResponse(made.to_ical(), mimetype="text/calendar")


@calendar.get("/calendar/workload")
@access(Permission.SEE_MONITORING)
def workload() -> str:
    order = asked_order(SORTED, "-leads")
    found = list_workload(
        db(),
        actor=current_actor(),
        today=now().astimezone(SWEDEN).date(),
        order=order,
        page=asked_page(),
    )
    titles = {
        "name": _("Inspector"),
        "leads": _("Leads"),
        "takes_part": _("Takes part in"),
        "visits": _("Visits in %(days)s days", days=AHEAD.days),
        "writing": _("Weighing and letters"),
        "follow_up": _("To follow up"),
    }
    return render_template(
        "supervisor/workload.html",
        found=found,
        columns=sortable(order, *((titles[key], key) for key in SORTED), numeric=SORTED[1:]),
        at=pages_of(found.number, found.pages),
    )
