"""Answering a letter: one point at a time, and the measures of each."""

from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from ...models.letters import Answer
from ...models.vocabulary import Stance
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..services.answer_letter import save_answer as save_answer_service
from ..services.propose_measure import change_measure as change_measure_service
from ..services.propose_measure import propose_measure
from ..services.propose_measure import remove_measure as remove_measure_service
from ..services.read_letter import find_letter, find_point
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import member_or_none
from .forms.provider import PointForm, measure_form, point_form
from .language import message
from .provider import Page, page_of, provider, show_letter
from .session import current_actor


@provider.route("/letters/<uuid:letter_id>/points/<uuid:finding_id>", methods=["PUT", "POST"])
@access(Permission.ANSWER_LETTERS)
def save_answer(letter_id: UUID, finding_id: UUID) -> Page:
    """Save the answer to one point: by script (PUT, JSON), or as a plain form."""
    if request.method == "PUT":
        return _save_by_script(letter_id, finding_id)
    form = point_form(finding_id, typed=True)
    if not form.validate():
        return _with_faults(letter_id, finding_id, form)
    try:
        _save(letter_id, finding_id, form)
        if form.measure_is_begun:
            _propose(letter_id, finding_id, form)
    except (Conflict, Invalid, NotPossibleNow) as fault:
        return _with_faults(letter_id, finding_id, form, fault)
    flash(_("Your answer is saved. It is not sent yet."), "success")
    return _back(letter_id, finding_id)


@provider.post("/letters/<uuid:letter_id>/points/<uuid:finding_id>/measures")
@access(Permission.ANSWER_LETTERS)
def add_measure(letter_id: UUID, finding_id: UUID) -> Page:
    """Add a measure; what was written in the answer beside it is saved with it."""
    form = point_form(finding_id, typed=True)
    if not form.validate():
        return _with_faults(letter_id, finding_id, form)
    try:
        if _is_changed(letter_id, finding_id, form):
            _save(letter_id, finding_id, form)
        _propose(letter_id, finding_id, form)
    except (Conflict, Invalid, NotPossibleNow) as fault:
        return _with_faults(letter_id, finding_id, form, fault)
    flash(_("The measure is added."), "success")
    return _back(letter_id, finding_id)


@provider.post("/letters/<uuid:letter_id>/measures/<uuid:measure_id>")
@access(Permission.ANSWER_LETTERS)
def change_measure(letter_id: UUID, measure_id: UUID) -> Page:
    found = find_letter(db(), current_actor(), letter_id)
    page = page_of(found)
    part = next((part for part in page.parts if measure_id in part.measure_forms), None)
    if part is None:
        raise NotFound("There is no such measure; it may have been removed.")
    measure = next(one for one in part.point.measures if one.id == measure_id)
    form = part.measure_forms[measure_id] = measure_form(measure, typed=True)
    if form.validate():
        try:
            change_measure_service(
                db(), actor=current_actor(), letter_id=letter_id, measure_id=measure_id, now=now(),
                description=form.description.data or "", owner=form.owner.data or "", due_on=form.due_on.data,
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "description")
        else:
            flash(_("The measure is changed."), "success")
            return _back(letter_id, part.point.finding.id)
    return show_letter(found, page), 422


@provider.post("/letters/<uuid:letter_id>/measures/<uuid:measure_id>/remove")
@access(Permission.ANSWER_LETTERS)
def remove_measure(letter_id: UUID, measure_id: UUID) -> Page:
    finding_id = remove_measure_service(
        db(), actor=current_actor(), letter_id=letter_id, measure_id=measure_id, now=now()
    )
    flash(_("The measure is removed."), "success")
    return _back(letter_id, finding_id)


def _back(letter_id: UUID, finding_id: UUID) -> Page:
    values: dict[str, Any] = {"in": request.args["in"]} if "in" in request.args else {}
    address = url_for("provider.letter", letter_id=letter_id, _anchor=f"point-{finding_id.hex}", **values)
    return redirect(address, 303)


def _save_by_script(letter_id: UUID, finding_id: UUID) -> Page:
    """Only what changed is sent; the rest stays as it is stored."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("fields"), dict):
        raise Invalid("The request could not be understood")
    fields, version = sent["fields"], sent.get("version")
    point = find_point(db(), find_letter(db(), current_actor(), letter_id), finding_id)
    stance = fields.get("stance", point.stance.value if point.stance else None)
    saved = save_answer_service(
        db(), actor=current_actor(), letter_id=letter_id, finding_id=finding_id, now=now(),
        version=version if isinstance(version, int) else 0,
        stance=_stance(stance), text=str(fields.get("text", point.text) or ""),
    )  # fmt: skip
    return jsonify(version=saved.version, saved_at=now().isoformat()), 200


def _stance(value: object) -> Stance | None:
    chosen = member_or_none(Stance, str(value) if value else None)
    return Stance(chosen) if chosen else None


def _save(letter_id: UUID, finding_id: UUID, form: PointForm) -> Answer:
    return save_answer_service(
        db(), actor=current_actor(), letter_id=letter_id, finding_id=finding_id, now=now(),
        version=form.version.data or 0, stance=_stance(form.stance.data), text=form.text.data or "",
    )  # fmt: skip


def _is_changed(letter_id: UUID, finding_id: UUID, form: PointForm) -> bool:
    point = find_point(db(), find_letter(db(), current_actor(), letter_id), finding_id)
    typed = (form.text.data or "").strip().replace("\r\n", "\n")
    return (_stance(form.stance.data), typed) != (point.stance, point.text.replace("\r\n", "\n"))


def _propose(letter_id: UUID, finding_id: UUID, form: PointForm) -> None:
    propose_measure(
        db(), actor=current_actor(), letter_id=letter_id, finding_id=finding_id, now=now(),
        description=form.description.data or "", owner=form.owner.data or "", due_on=form.due_on.data,
    )  # fmt: skip


def _with_faults(
    letter_id: UUID, finding_id: UUID, form: PointForm, fault: TillsynError | None = None
) -> Page:
    """The whole letter again, with everything typed at this point kept; nothing of it is stored."""
    db().rollback()
    found = find_letter(db(), current_actor(), letter_id)
    page = page_of(found, typed=finding_id)
    part = page.part(finding_id)
    if part is None:
        raise NotFound("The letter has no such point.")
    part.form = form
    if isinstance(fault, Conflict):
        part.theirs, part.by = fault.theirs, fault.by
        form.version.data = fault.version
        form.version.raw_data = None
        form.text.errors = [*form.text.errors, message(fault)]
    elif fault is not None:
        put_at_field(form, fault, "text")
    return show_letter(found, page), 409 if isinstance(fault, Conflict | NotPossibleNow) else 422
