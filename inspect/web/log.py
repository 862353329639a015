"""Log review across the authority (SoLPuL 10 §: access is checked systematically)."""

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from ...models.event_kinds import EventKind
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..services.read_log import COUNTED, LogPage, people_of_the_authority, whole_log
from .access import access
from .database import db, now, record_reading
from .event_words import in_words
from .forms.fields import choices, member_or_none
from .forms.people import LogFilterForm
from .paging import Pages, address, asked_page
from .session import current_actor

log = Blueprint("log", __name__)


@log.get("/log")
@access(Permission.REVIEW_LOG)
def review() -> str:
    form = LogFilterForm(request.args)
    known = people_of_the_authority(db(), _id(form.person.data))
    form.person.choices = choices(
        ((str(user.id), user.name) for user in known), first=_("Everybody at the authority, and outside it")
    )
    form.kind.choices = choices(((kind.value, _(kind.title)) for kind in EventKind), first=_("Everything"))
    form.validate()
    read = whole_log(
        db(),
        actor_id=_id(form.person.data),
        kind=member_or_none(EventKind, form.kind.data),
        first=form.first.data,
        last=form.last.data,
        nights=_last_day(form) if form.hours.data == "night" else None,
        older_than=_id(request.args.get("older")),
        newer_than=_id(request.args.get("newer")),
        page=asked_page(),
    )
    record_reading(
        EventKind.LOG_READ, actor_id=current_actor().user_id, inspection_id=None, page=str(read.number)
    )
    return render_template(
        "log/review.html",
        form=form,
        lines=[(line, in_words(line.event)) for line in read.lines],
        total=read.total,
        more_than=COUNTED if read.total > COUNTED else None,
        at=_pages(read),
    )


def _last_day(form: LogFilterForm) -> date:
    today = now().astimezone(SWEDEN).date()
    return min(form.last.data or today, today)


def _pages(read: LogPage) -> Pages:
    """The events beside the page's own, named by the first and last of it."""
    ends = read.lines[:1] + read.lines[-1:]
    newer = (
        address(newer=str(ends[0].event.id), page=max(1, read.number - 1)) if read.newer and ends else None
    )
    older = address(older=str(ends[-1].event.id), page=read.number + 1) if read.older and ends else None
    return Pages(read.number, read.pages, newer, older)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
