"""The provider's side of a dialogue meeting: times, what to talk about, and the note to confirm."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for

from ...models.inspections import Inspection
from ..rules.access import Permission
from ..services.both_sides import case_of_provider
from .access import access
from .arranging import Arranging, act, arranging
from .database import db
from .pack_words import speak_of
from .provider import Page, provider
from .session import current_actor, settings


@provider.get("/letters/meeting/<uuid:inspection_id>")
@access(Permission.ANSWER_LETTERS)
def meeting(inspection_id: UUID) -> Page:
    inspection = _case(inspection_id)
    return _meeting(inspection, arranging(inspection, for_provider=True))


@provider.post("/letters/meeting/<uuid:inspection_id>", endpoint="meet")
@access(Permission.ANSWER_LETTERS)
def meet(inspection_id: UUID) -> Page:
    """Propose or agree to times, add to the agenda, confirm a note."""
    inspection = _case(inspection_id)
    page = arranging(inspection, for_provider=True)
    said = act(inspection, page)
    if said:
        flash(said, "success")
        return redirect(url_for("provider.meeting", inspection_id=inspection_id), 303)
    return _meeting(inspection, page), 422


def _case(inspection_id: UUID) -> Inspection:
    inspection = case_of_provider(db(), current_actor(), inspection_id)
    speak_of(inspection.pack)
    return inspection


def _meeting(inspection: Inspection, page: Arranging) -> str:
    return render_template(
        "provider/meeting.html", inspection=inspection, page=page, authority=settings().authority
    )
