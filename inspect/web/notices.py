"""What is new for a person: the list behind the number in the frame, and how they hear by mail."""

from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.notices import MailWay, NoticeKind
from ..rules.access import Permission
from ..services.list_notices import (
    NEWEST_FIRST,
    SORTED,
    WantedNotices,
    choose_mail,
    find_notice,
    kinds_told,
    list_notices,
    mail_way,
    mark_read,
)
from .access import access
from .database import db, now, record_reading_with
from .forms.fields import choices, member_or_none
from .forms.lists import NoticesFilterForm
from .forms.notices import MailForm
from .notice_links import address_of_notice
from .paging import asked_order, asked_page, pages_of
from .session import current_actor, settings

notices = Blueprint("notices", __name__, url_prefix="/notices")

Page = str | tuple[str, int] | Response

MANY = 6
"""From more notices than these one may choose among them."""


@notices.get("")
@access(Permission.HAVE_AN_ACCOUNT)
def all_() -> str:
    return _page(MailForm(formdata=None, way=mail_way(db(), actor=current_actor()).value))


@notices.get("/<uuid:notice_id>")
@access(Permission.HAVE_AN_ACCOUNT)
def one(notice_id: UUID) -> Response:
    """On to what the notice is about; it has then been read."""
    actor = current_actor()
    told = find_notice(db(), actor=actor, notice_id=notice_id)
    record_reading_with(partial(mark_read, actor=actor, now=now(), notice_id=notice_id))
    return redirect(address_of_notice(told, actor) or url_for("notices.all_"), 303)


@notices.post("/read")
@access(Permission.HAVE_AN_ACCOUNT)
def read() -> Response:
    mark_read(db(), actor=current_actor(), now=now())
    flash(_("Everything is marked as read."), "success")
    return redirect(url_for("notices.all_"), 303)


@notices.post("/mail")
@access(Permission.HAVE_AN_ACCOUNT)
def mail() -> Page:
    form = MailForm()
    if not form.validate_on_submit():
        return _page(form), 422
    choose_mail(db(), actor=current_actor(), way=MailWay(form.way.data))
    flash(_("Your choice is saved."), "success")
    return redirect(url_for("notices.all_"), 303)


def _page(form: MailForm) -> str:
    actor, asked = current_actor(), NoticesFilterForm(request.args)
    order = asked_order(SORTED, str(NEWEST_FIRST))
    wanted = WantedNotices(member_or_none(NoticeKind, asked.kind.data), asked.unread.data == "1")
    told = kinds_told(db(), actor=actor)
    asked.kind.choices = choices(((kind.value, _(kind.title)) for kind in told), first=_("Everything"))
    asked.sort.data = str(order)
    found = list_notices(db(), actor=actor, wanted=wanted, order=order, page=asked_page())
    return render_template(
        "account/notices.html",
        told=found.rows,
        open_to_me={one.notice.id for one in found.rows if address_of_notice(one, actor)},
        at=pages_of(found.number, found.pages),
        form=form,
        asked=asked,
        filtered=wanted != WantedNotices(),
        many=found.total > MANY,
        mail_is_sent=settings().mail is not None,
    )
