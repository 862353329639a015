"""Who a child is: written by those who meet the child, opened by two sides together for a short look."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ...models.child_identities import IdentityOpening, IdentityPurpose
from ...models.inspections import Inspection, Resident
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.child_identities import CONFIRM_WITHIN, LOOK_FOR
from ..services.child_identities import (
    agree_to_open,
    ask_to_open,
    record_look,
    resident_of,
    see_identity_page,
    write_identity,
)
from .access import access
from .case import case_page, open_case
from .database import db, now, record_reading_with
from .forms.child_identities import AskForm, IdentityForm
from .forms.faults import put_at_field
from .fresh_sign_in import fresh_sign_in
from .session import current_actor

child_identities = Blueprint(
    "child_identities", __name__, url_prefix="/inspections/<dnr>/children/<uuid:resident_id>/identity"
)

Page = str | Response | tuple[str, int]


@child_identities.get("")
@access(Permission.OPEN_IDENTITY)
def record(dnr: str, resident_id: UUID) -> str:
    inspection = open_case(dnr, Permission.OPEN_IDENTITY)
    resident = resident_of(inspection, resident_id)
    return _page(inspection, resident, look=True)


@child_identities.post("")
@access(Permission.RECORD_IN_INSPECTION)
def write(dnr: str, resident_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    resident = resident_of(inspection, resident_id)
    form = IdentityForm()
    if not form.validate():
        return _page(inspection, resident, form=form), 422
    try:
        write_identity(
            db(),
            actor=current_actor(),
            inspection=inspection,
            resident=resident,
            name=form.name.data or "",
            number=form.number.data or "",
            contact=form.contact.data or "",
            now=now(),
        )
    except Invalid as fault:
        put_at_field(form, fault, "name")
        return _page(inspection, resident, form=form), 422
    flash(_("Written and sealed. It is not shown again until two have opened it together."), "success")
    return redirect(url_for("child_identities.record", dnr=dnr, resident_id=resident_id), 303)


@child_identities.post("/ask")
@access(Permission.OPEN_IDENTITY)
@fresh_sign_in
def ask(dnr: str, resident_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.OPEN_IDENTITY)
    resident = resident_of(inspection, resident_id)
    form = AskForm()
    if not form.validate():
        return _page(inspection, resident, asking=form), 422
    try:
        ask_to_open(
            db(),
            actor=current_actor(),
            inspection=inspection,
            resident=resident,
            purpose=IdentityPurpose(form.purpose.data),
            words=form.words.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "words")
        return _page(inspection, resident, asking=form), 422 if isinstance(fault, Invalid) else 409
    flash(_("Asked. The other side has been told, and has fifteen minutes to agree."), "success")
    return redirect(url_for("child_identities.record", dnr=dnr, resident_id=resident_id), 303)


@child_identities.post("/<uuid:asked_id>/agree")
@access(Permission.OPEN_IDENTITY)
@fresh_sign_in
def agree(dnr: str, resident_id: UUID, asked_id: UUID) -> Response:
    inspection = open_case(dnr, Permission.OPEN_IDENTITY)
    agree_to_open(
        db(),
        actor=current_actor(),
        inspection=inspection,
        resident=resident_of(inspection, resident_id),
        opening_id=asked_id,
        now=now(),
    )
    flash(_("You have agreed. Who asked can look for five minutes."), "success")
    return redirect(url_for("child_identities.record", dnr=dnr, resident_id=resident_id), 303)


def _page(
    inspection: Inspection,
    resident: Resident,
    *,
    form: IdentityForm | None = None,
    asking: AskForm | None = None,
    look: bool = False,
) -> str:
    """The page; with `look` also what two have opened, and then that it was looked at is recorded."""
    seen = see_identity_page(db(), actor=current_actor(), inspection=inspection, resident=resident, now=now())
    if look and seen.opening is not None:
        _record_look(inspection, seen.resident.id, seen.opening)
    return case_page(
        "inspector/child_identity.html",
        inspection,
        seen=seen,
        shown=seen.seen if look else None,
        form=form or IdentityForm(formdata=None),
        asking=asking or AskForm(formdata=None),
        minutes=int(CONFIRM_WITHIN.total_seconds() // 60),
        look_for=int(LOOK_FOR.total_seconds() // 60),
    )


def _record_look(inspection: Inspection, resident_id: UUID, opening: IdentityOpening) -> None:
    actor, at, case_id = current_actor(), now(), inspection.id
    opening_id, purpose = opening.id, opening.purpose

    def use_case(own: Session) -> None:
        record_look(
            own,
            actor=actor,
            inspection_id=case_id,
            resident_id=resident_id,
            opening_id=opening_id,
            purpose=purpose,
            now=at,
        )

    record_reading_with(use_case)
