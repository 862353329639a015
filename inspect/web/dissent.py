"""Dissenting opinions on the decision of a case (FL 30 §)."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.inspections import Inspection
from ...models.vocabulary import State
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission
from ..services.find_dissent import noted_dissents
from ..services.find_letter import name_of
from ..services.note_dissent import may_dissent, note_dissent
from ..services.record_decision import find_decision, is_sent
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.faults import put_at_field
from .forms.sanctions import DissentForm
from .session import current_actor

dissent = Blueprint("dissent", __name__, url_prefix="/inspections/<dnr>/decision/dissent")

Page = str | Response | tuple[str, int]


@dissent.get("")
@access(Permission.READ_INSPECTION)
def opinions(dnr: str) -> Page:
    return _page(open_case(dnr))


@dissent.post("")
@access(Permission.NOTE_DISSENT)
def note(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.NOTE_DISSENT)
    form = DissentForm()
    if form.validate():
        try:
            note_dissent(
                db(), actor=current_actor(), inspection=inspection, opinion=form.opinion.data or "",
                looked=form.looked.data, now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "opinion")
        else:
            flash(_("Your opinion is noted. The provider is told of it with the decision."), "success")
            return redirect(url_for("dissent.opinions", dnr=dnr), 303)
    return _page(inspection, form), 422


def _page(inspection: Inspection, form: DissentForm | None = None) -> str:
    actor, noted = current_actor(), noted_dissents(db(), inspection.id)
    mine = next((one.opinion for one in noted if one.by_id == actor.user_id), "")
    decision = find_decision(db(), inspection)
    return case_page(
        "inspector/dissent.html",
        inspection,
        noted=[(one, name_of(db(), one.by_id)) for one in noted],
        in_record=decision.dissent if decision else "",
        form=form or DissentForm(formdata=None, opinion=mine),
        has_own=bool(mine),
        may_note=may_dissent(actor, inspection)
        and inspection.state is State.DECISION
        and not is_sent(db(), inspection),
    )
