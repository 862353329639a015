"""The children who live there, and what came of the offer to talk: the narrow place of the case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection, Resident
from ...models.vocabulary import ChildOutcome, Informant
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.case_parts import leads
from ..rules.inspection_flow import may_interview_adults
from ..rules.interview_order import may_record, may_record_children
from ..services.hold_interview import list_interviews
from ..services.record_children import (
    add_child as add_child_service,
)
from ..services.record_children import (
    confirm_children as confirm_children_service,
)
from ..services.record_children import (
    override_order,
    resident_of,
)
from ..services.record_children import (
    remove_child as remove_child_service,
)
from ..services.record_children import (
    set_outcome as set_outcome_service,
)
from .access import access
from .case import case_page, facts_of, open_case
from .case_frame import show
from .database import db, now
from .forms.talks import OutcomeForm, OverrideForm, as_typed, with_ids
from .language import message
from .session import current_actor
from .talks import Page, put_at_field, talks


def _back(dnr: str, anchor: str | None = None) -> Page:
    return redirect(url_for("talks.children", dnr=dnr, _anchor=anchor), 303)


def _outcome_form(resident: Resident, **values: Any) -> OutcomeForm:
    form = OutcomeForm(
        outcome=resident.outcome.value if resident.outcome else None,
        note=resident.outcome_note,
        seen_at=resident.outcome_at.isoformat() if resident.outcome_at else "",
        **values,
    )
    with_ids(form, resident.person)
    return form


def _page(
    inspection: Inspection,
    *,
    returned: tuple[UUID, OutcomeForm] | None = None,
    conflict: Conflict | None = None,
    override: OverrideForm | None = None,
) -> str:
    """The page; `returned` is a form that could not be saved, with everything typed in it."""
    forms = {resident.id: _outcome_form(resident, formdata=None) for resident in inspection.residents}
    if returned:
        forms[returned[0]] = returned[1]
    held: dict[UUID | None, list[Any]] = {}
    for talk in list_interviews(db(), inspection):
        held.setdefault(talk.resident_id, []).append(talk)
    facts = facts_of(inspection)
    shut = may_interview_adults(facts)
    locked = may_record_children(inspection.state)
    list_locked = may_record(inspection.state)
    return case_page(
        "inspector/children.html",
        inspection,
        forms=forms,
        held=held,
        open_child=returned[0] if returned else None,
        conflict=conflict,
        theirs=_(ChildOutcome(conflict.theirs["outcome"]).title) if conflict else None,
        override=override or OverrideForm(formdata=None),
        may_override=leads(current_actor(), inspection),
        gate=show(shut[0]) if shut else None,
        refusal=show(locked[0]) if locked else None,
        list_refusal=show(list_locked[0]) if list_locked else None,
        child=Informant.CHILD,
    )


@talks.get("/inspections/<dnr>/children")
@access(Permission.READ_INSPECTION)
def children(dnr: str) -> Page:
    return _page(open_case(dnr))


@talks.post("/inspections/<dnr>/children/add")
@access(Permission.RECORD_IN_INSPECTION)
def add_child(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    resident = add_child_service(db(), actor=current_actor(), inspection=inspection, now=now())
    flash(_("%(person)s is added to the list.", person=resident.person), "success")
    return _back(dnr, resident.person)


@talks.post("/inspections/<dnr>/children/<uuid:resident_id>/remove")
@access(Permission.RECORD_IN_INSPECTION)
def remove_child(dnr: str, resident_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    remove_child_service(
        db(), actor=current_actor(), inspection=inspection, resident_id=resident_id, now=now()
    )
    return _back(dnr)


@talks.post("/inspections/<dnr>/children/<uuid:resident_id>/outcome")
@access(Permission.RECORD_IN_INSPECTION)
def set_outcome(dnr: str, resident_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    resident = resident_of(inspection, resident_id)
    form = OutcomeForm()
    with_ids(form, resident.person)
    if not form.validate():
        return _page(inspection, returned=(resident_id, form)), 422
    try:
        set_outcome_service(
            db(),
            actor=current_actor(),
            inspection=inspection,
            resident_id=resident_id,
            outcome=ChildOutcome(form.outcome.data),
            note=as_typed(form.note.data),
            seen_at=_moment(form.seen_at.data),
            now=now(),
        )
    except Conflict as fault:
        form.seen_at.data = resident.outcome_at.isoformat() if resident.outcome_at else ""
        form.form_errors.append(message(fault))
        return _page(inspection, returned=(resident_id, form), conflict=fault), 409
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault)
        return _page(inspection, returned=(resident_id, form)), 422
    flash(_("The outcome for %(person)s is saved.", person=resident.person), "success")
    return _back(dnr, resident.person)


@talks.post("/inspections/<dnr>/children/confirm")
@access(Permission.RECORD_IN_INSPECTION)
def confirm_children(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    confirm_children_service(db(), actor=current_actor(), inspection=inspection, now=now())
    return _back(dnr)


@talks.post("/inspections/<dnr>/children/override")
@access(Permission.RECORD_IN_INSPECTION)
def override(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form = OverrideForm()
    if form.validate():
        try:
            override_order(
                db(),
                actor=current_actor(),
                inspection=inspection,
                reason=as_typed(form.reason.data),
                now=now(),
            )
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
        else:
            text = _("Talks with adults are open. The letter tells that the order was departed from.")
            flash(text, "warning")
            return redirect(url_for("talks.talks", dnr=dnr), 303)
    return _page(inspection, override=form), 422


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
