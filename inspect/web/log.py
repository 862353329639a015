"""Log review across the authority (SoLPuL 10 §: access is checked systematically)."""

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from ...models.vocabulary import EventKind
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..services.read_log import everybody, whole_log
from .access import access
from .database import db, now, record_reading
from .event_words import in_words
from .forms.fields import choices, member_or_none
from .forms.people import LogFilterForm
from .paging import asked_page, pages_of
from .session import current_actor

log = Blueprint("log", __name__)


@log.get("/log")
@access(Permission.REVIEW_LOG)
def review() -> str:
    form = LogFilterForm(request.args)
    known = everybody(db())
    form.person.choices = choices(((str(user.id), user.name) for user in known), first=_("Everybody"))
    form.kind.choices = choices(((kind.value, _(kind.title)) for kind in EventKind), first=_("Everything"))
    form.validate()
    read = whole_log(
        db(),
        actor_id=_person(form.person.data),
        kind=member_or_none(EventKind, form.kind.data),
        first=form.first.data,
        last=form.last.data,
        nights=_last_day(form) if form.hours.data == "night" else None,
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
        at=pages_of(read.number, read.pages),
    )


def _last_day(form: LogFilterForm) -> date:
    today = now().astimezone(SWEDEN).date()
    return min(form.last.data or today, today)


def _person(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
