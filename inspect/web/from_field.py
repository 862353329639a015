"""From the field: what devices sent that a person must look at before it is settled."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...models.inspections import Inspection
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow, TillsynError
from ..rules.access import Permission, may
from ..services.blind_coding import hidden_statements
from ..services.see_field import Differing, FromField, see_field
from ..services.settle_field import NOTHING_WAITS, resolve_conflict
from ..services.settle_field import set_aside as set_aside_held
from ..services.settle_field import try_again as try_held_again
from ..services.settle_quarantine import (
    Apart,
    list_quarantine,
    set_quarantined_aside,
    take_in_quarantined,
)
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.from_field import ChooseForm, MergeForm, SetAsideForm, TryForm
from .forms.talks import as_typed
from .from_field_words import field_title, held_cards, op_in_words, sent_in_words, title_of, value_in_words
from .language import message
from .session import current_actor

from_field = Blueprint("from_field", __name__, url_prefix="/inspections/<dnr>/field")

Page = str | Response | tuple[str, int]


@from_field.get("")
@access(Permission.READ_INSPECTION)
def waiting(dnr: str) -> Page:
    return _page(open_case(dnr))


def _page(
    inspection: Inspection,
    *,
    merging: MergeForm | None = None,
    aside: SetAsideForm | None = None,
    fault: TillsynError | None = None,
) -> str:
    if merging is not None:
        _named(merging)
    if aside is not None:
        _named(aside)
    seen = see_field(db(), inspection)
    hidden = hidden_statements(db(), inspection, current_actor().user_id)

    def in_words(doc_id: UUID, name: str, value: Any) -> str:
        return value_in_words(inspection, name, value, is_blind=doc_id in hidden)

    def merge_form(one: Differing) -> MergeForm:
        """The texts after each other, or what the person had made of them when it was refused."""
        about = _about(one)
        if merging is not None and (merging.doc.data, merging.field.data) == (about["doc"], about["field"]):
            return merging
        together = "\n\n".join(str(version.value) for version in one.versions)
        return _named(MergeForm(formdata=None, value=together, **about))

    def aside_form(ops: str) -> SetAsideForm:
        if aside is not None and aside.ops.data == ops:
            return aside
        return _named(SetAsideForm(formdata=None, ops=ops))

    return case_page(
        "inspector/from_field.html",
        inspection,
        seen=seen,
        apart=_apart(inspection),
        held=held_cards(seen),
        about=_about,
        title_of=title_of,
        field_title=field_title,
        in_words=in_words,
        merge_form=merge_form,
        aside_form=aside_form,
        why=message,
        sent_in_words=sent_in_words,
        op_in_words=op_in_words,
        tried=merging or aside,
        fault=message(fault) if fault else None,
    )


Named = TypeVar("Named", MergeForm, SetAsideForm)


def _named(form: Named) -> Named:
    """With ids of its own: there may be several of its kind on the page."""
    key = f"{form.doc.data}-{form.field.data}" if isinstance(form, MergeForm) else (form.ops.data or "")[:36]
    for field in form:
        field.id = f"{field.name}-{key}"
    return form


def _apart(inspection: Inspection) -> tuple[Apart, ...]:
    """What is in quarantine, for those who may settle it; nobody else is shown what it says."""
    actor = current_actor()
    may_settle = may(actor, Permission.RECORD_IN_INSPECTION, inspection)
    return list_quarantine(db(), actor=actor, inspection=inspection) if may_settle else ()


def _about(one: Differing) -> dict[str, str]:
    """What a form tells of the field that it is for: which it is, and what the person saw there."""
    seen = " ".join(str(version.op_id) for version in one.versions)
    return {"doc": str(one.doc_id), "field": one.field, "seen": seen}


@from_field.post("/choose")
@access(Permission.RECORD_IN_INSPECTION)
def choose(dnr: str) -> Page:
    """One of the values applies, as it stands."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form = ChooseForm()
    differing = _differing(see_field(db(), inspection), form)
    chosen = [one for one in differing.versions if str(one.op_id) == form.op.data] if differing else []
    if not chosen:
        return _page(inspection, fault=NotFound(NOTHING_WAITS)), 409
    return _resolve(inspection, form, chosen[0].value)


@from_field.post("/merge")
@access(Permission.RECORD_IN_INSPECTION)
def merge(dnr: str) -> Page:
    """The person has put the texts together."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form = MergeForm()
    if not form.validate_on_submit():
        return _page(inspection, merging=form), 422
    return _resolve(inspection, form, as_typed(form.value.data))


def _differing(seen: FromField, form: ChooseForm) -> Differing | None:
    wanted = (form.doc.data, form.field.data)
    return next((one for one in seen.differing if (str(one.doc_id), one.field) == wanted), None)


def _resolve(inspection: Inspection, form: ChooseForm, value: Any) -> Page:
    try:
        resolve_conflict(
            db(),
            actor=current_actor(),
            inspection=inspection,
            doc_id=_one_id(form.doc.data),
            field=form.field.data or "",
            seen=_ids(form.seen.data),
            value=value,
            now=now(),
        )
    except (Conflict, Invalid, NotPossibleNow, NotFound) as fault:
        merging = form if isinstance(form, MergeForm) else None
        return _page(inspection, merging=merging, fault=fault), 409
    flash(_("Chosen. Devices are told when they next send."), "success")
    return _back(inspection)


@from_field.post("/again")
@access(Permission.RECORD_IN_INSPECTION)
def again(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    ids = _ids(TryForm().ops.data)
    try:
        left = try_held_again(db(), actor=current_actor(), inspection=inspection, op_ids=ids, now=now())
    except NotFound as fault:
        return _page(inspection, fault=fault), 409
    if left:
        flash(message(next(iter(left.values()))), "warning")
    else:
        flash(_("It has been taken into the case."), "success")
    return _back(inspection)


@from_field.post("/aside")
@access(Permission.RECORD_IN_INSPECTION)
def aside(dnr: str) -> Page:
    """Out of what waits to be taken in, with a reason; kept in the log."""

    def settle(inspection: Inspection, ids: list[UUID], reason: str) -> None:
        set_aside_held(
            db(), actor=current_actor(), inspection=inspection, op_ids=ids, reason=reason, now=now()
        )

    return _set_aside(open_case(dnr, Permission.RECORD_IN_INSPECTION), settle)


@from_field.post("/quarantine/aside")
@access(Permission.RECORD_IN_INSPECTION)
def leave_out(dnr: str) -> Page:
    """Out of the quarantine without coming into the case, with a reason; kept whole."""

    def settle(inspection: Inspection, ids: list[UUID], reason: str) -> None:
        actor = current_actor()
        for one in ids:
            set_quarantined_aside(
                db(), actor=actor, inspection=inspection, quarantined_id=one, reason=reason, now=now()
            )

    return _set_aside(open_case(dnr, Permission.RECORD_IN_INSPECTION), settle)


def _set_aside(inspection: Inspection, settle: Callable[[Inspection, list[UUID], str], None]) -> Page:
    """The form of what is set aside, whatever it is: `settle(inspection, ids, reason)` does so."""
    form = SetAsideForm()
    if not form.validate_on_submit():
        return _page(inspection, aside=form), 422
    ids = _ids(form.ops.data)
    try:
        settle(inspection, ids, as_typed(form.reason.data))
    except Invalid as fault:
        form.reason.errors = [message(fault)]
        return _page(inspection, aside=form), 422
    except NotFound as fault:
        return _page(inspection, aside=form, fault=fault), 409
    flash(ngettext("%(num)s value is set aside.", "%(num)s values are set aside.", len(ids)), "success")
    return _back(inspection)


@from_field.post("/quarantine/take-in")
@access(Permission.RECORD_IN_INSPECTION)
def take_in(dnr: str) -> Page:
    """Into the log after all, as what its writer wrote."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    try:
        held = take_in_quarantined(
            db(),
            actor=current_actor(),
            inspection=inspection,
            quarantined_id=_one_id(TryForm().ops.data),
            now=now(),
        )
    except (NotFound, NotPossibleNow) as fault:
        return _page(inspection, fault=fault), 409
    if held:
        flash(message(held), "warning")
    else:
        flash(_("It has been taken into the case."), "success")
    return _back(inspection)


def _back(inspection: Inspection) -> Response:
    return redirect(url_for("from_field.waiting", dnr=inspection.dnr), 303)


def _one_id(text: str | None) -> UUID:
    found = _ids(text)
    if not found:
        raise NotFound(NOTHING_WAITS)
    return found[0]


def _ids(text: str | None) -> list[UUID]:
    """The ids in a hidden field. Raises NotFound for what no page has written there."""
    return list(_read_ids((text or "").split()))


def _read_ids(words: Iterable[str]) -> Iterable[UUID]:
    for word in words:
        try:
            yield UUID(word)
        except ValueError:
            raise NotFound(NOTHING_WAITS) from None
