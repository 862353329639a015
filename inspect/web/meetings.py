"""Dialogue meetings: arranged by both sides, noted promptly with when and by whom (FL 24, 27 §§)."""

from datetime import datetime

from flask import flash, request
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..services.note_dialogue import MEETINGS_IN, may_note, note_dialogue
from .access import access
from .arranging import Arranging, act, arranging
from .case import case_page, open_case
from .database import db, now
from .dialogue import Page, back_to, dialogue
from .forms.dialogue import MeetingForm
from .forms.faults import put_at_field
from .session import current_actor


@dialogue.get("/meetings")
@access(Permission.READ_INSPECTION)
def meetings(dnr: str) -> Page:
    inspection = open_case(dnr)
    return _meetings(inspection, MeetingForm(formdata=None), arranging(inspection, for_provider=False))


@dialogue.post("/meetings", endpoint="note_meeting")
@access(Permission.READ_INSPECTION)
def note_meeting(dnr: str) -> Page:
    """Note a meeting that has been held."""
    inspection = _open_to_note(dnr)
    form = MeetingForm()
    if form.validate() and form.held_on.data and form.held_time.data is not None:
        held_at = datetime.combine(form.held_on.data, form.held_time.data, tzinfo=SWEDEN)
        try:
            note_dialogue(
                db(), actor=current_actor(), inspection=inspection, held_at=held_at,
                present=form.present.data or "", note=form.note.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "note")
        else:
            flash(_("The meeting is noted, with your name and the time."), "success")
            return back_to("dialogue.meetings", dnr)
    return _meetings(inspection, form, arranging(inspection, for_provider=False)), 422


@dialogue.post("/meetings/arrange", endpoint="arrange")
@access(Permission.READ_INSPECTION)
def arrange(dnr: str) -> Page:
    """Times, agenda and what is said of a note, from the authority's side."""
    inspection = _open_to_note(dnr)
    page = arranging(inspection, for_provider=False)
    said = act(inspection, page)
    if said:
        flash(said, "success")
        return back_to("dialogue.meetings", dnr)
    return _meetings(inspection, MeetingForm(formdata=None), page), 422


def _open_to_note(dnr: str) -> Inspection:
    inspection = open_case(dnr)
    if not may_note(current_actor(), inspection):
        raise NotAllowed("Those who inspect or decide in the case note its meetings.")
    return inspection


def _meetings(inspection: Inspection, form: MeetingForm, page: Arranging) -> str:
    if page.agreed is not None and request.method == "GET":
        form.held_on.data = page.agreed.starts_at.astimezone(SWEDEN).date()
        form.held_time.data = page.agreed.starts_at.astimezone(SWEDEN).time()
    return case_page(
        "inspector/meetings.html",
        inspection,
        page=page,
        form=form,
        is_here=inspection.state in MEETINGS_IN,
        may_note=may_note(current_actor(), inspection),
    )
