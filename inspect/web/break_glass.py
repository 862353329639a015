"""Open a case in which one has no part, because something cannot wait; and close it again."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.break_glass import GlassReason
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.break_glass import OPEN_FOR
from ..services.break_glass import OpeningRefused, close_opening, numbers_of, open_without_part, own_openings
from .access import access
from .database import db, finish, now
from .forms.break_glass import BreakGlassForm
from .forms.faults import put_at_field
from .fresh_sign_in import fresh_sign_in
from .session import current_actor

break_glass = Blueprint("break_glass", __name__, url_prefix="/break-glass")

Page = str | Response | tuple[str, int]


@break_glass.get("")
@access(Permission.BREAK_GLASS)
def ask() -> str:
    return _page(BreakGlassForm())


@break_glass.post("")
@access(Permission.BREAK_GLASS)
@fresh_sign_in
def open_() -> Page:
    form = BreakGlassForm()
    if not form.validate():
        return _page(form), 422
    try:
        opening = open_without_part(
            db(),
            actor=current_actor(),
            dnr=form.dnr.data or "",
            reason=GlassReason(form.reason.data),
            words=form.words.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        if isinstance(fault, OpeningRefused):
            finish()  # the try is to be remembered
        put_at_field(form, fault, "dnr")
        return _page(form), 422 if isinstance(fault, Invalid) else 409
    return redirect(url_for("cases.overview", dnr=numbers_of(db(), [opening])[opening.inspection_id]), 303)


@break_glass.post("/<uuid:opening_id>/close")
@access(Permission.SEE_INSPECTIONS)
def close(opening_id: UUID) -> Response:
    """By who opened it; or who leads or decides in the case."""
    closed = close_opening(db(), actor=current_actor(), opening_id=opening_id, now=now())
    flash(_("The case is closed again."), "success")
    if closed.user_id == current_actor().user_id:
        return redirect(url_for("start.home"), 303)
    return redirect(url_for("cases.overview", dnr=numbers_of(db(), [closed])[closed.inspection_id]), 303)


def _page(form: BreakGlassForm) -> str:
    openings = own_openings(db(), actor=current_actor(), now=now())
    return render_template(
        "inspector/break_glass.html",
        form=form,
        openings=openings,
        numbers=numbers_of(db(), openings),
        hours=int(OPEN_FOR.total_seconds() // 3600),
    )
