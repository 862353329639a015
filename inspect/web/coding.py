"""Coding: passages on the left, the code book on the right; two coders who do not see each other's work."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.base import new_id
from ...models.codings import Memo
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..services.code_unit import CodingValues, code_unit
from ..services.mark_passage import mark_passage, place_of_words, remove_passage
from ..services.settle_coding import settle_coding
from ..services.write_memo import write_memo
from .access import access
from .case import open_case
from .coding_cards import Returned
from .coding_page import address_here, coding_page
from .database import db, now
from .forms.coding import CodingForm, MarkForm, MemoForm, SettleForm, themes_by_area
from .forms.talks import as_typed, renew, with_ids
from .language import message
from .session import current_actor
from .statements import put_fault, sent_fields

coding = Blueprint("coding", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
CODING = "/inspections/<dnr>/coding"
UNIT = f"{CODING}/<uuid:unit_id>"


@coding.get(CODING)
@access(Permission.CODE_STATEMENTS)
def units(dnr: str) -> Page:
    return coding_page(open_case(dnr, Permission.CODE_STATEMENTS))


@coding.route(UNIT, methods=["PUT", "POST"])
@access(Permission.CODE_STATEMENTS)
def code(dnr: str, unit_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    if request.is_json:
        return _code_json(inspection, unit_id)
    form = _form(inspection, CodingForm)
    with_ids(form, f"c-{unit_id}")
    if form.validate():
        try:
            _code(inspection, unit_id, form.version.data or 0, form)
            flash(_("Saved."), "success")
            return redirect(address_here(dnr), 303)
        except Conflict as fault:
            renew(form, fault.version)
            form.form_errors.append(message(fault))
            return coding_page(inspection, Returned(unit_id, form, conflict=fault)), 409
        except (Invalid, NotPossibleNow) as fault:
            put_fault(form, fault)
    return coding_page(inspection, Returned(unit_id, form)), 422


def _code_json(inspection: Inspection, unit_id: UUID) -> Page:
    version, fields = sent_fields()
    given = {name: str(fields.get(name) or "") for name in ("theme", "severity", "reason")}
    if not given["theme"]:
        return jsonify(errors={"theme": [_("Choose a theme of the code book.")]}), 422
    if given["severity"] not in tuple("01234"):
        return jsonify(errors={"severity": [_("Choose a severity.")]}), 422
    values = CodingValues(given["theme"], int(given["severity"]), as_typed(given["reason"]))
    try:
        saved, version = code_unit(
            db(),
            actor=current_actor(),
            inspection=inspection,
            unit_id=unit_id,
            version=version,
            values=values,
            now=now(),
        )
    except Conflict as fault:
        return jsonify(error="conflict", version=fault.version, theirs=fault.theirs, by=fault.by), 409
    except (Invalid, NotPossibleNow) as fault:
        return jsonify(errors={str(fault.values.get("field", "theme")): [message(fault)]}), 422
    return jsonify(version=version, saved_at=saved.coded_at.isoformat()), 200


def _code(inspection: Inspection, unit_id: UUID, version: int, form: CodingForm) -> None:
    code_unit(
        db(),
        actor=current_actor(),
        inspection=inspection,
        unit_id=unit_id,
        version=version,
        values=_values(form),
        now=now(),
    )


def _values(form: CodingForm) -> CodingValues:
    return CodingValues(form.theme.data, int(form.severity.data), as_typed(form.reason.data))


@coding.post(f"{UNIT}/settle")
@access(Permission.CODE_STATEMENTS)
def settle(dnr: str, unit_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    form = _form(inspection, SettleForm)
    with_ids(form, f"s-{unit_id}")
    if form.validate():
        try:
            settle_coding(
                db(),
                actor=current_actor(),
                inspection=inspection,
                unit_id=unit_id,
                version=form.version.data or 0,
                values=_values(form),
                now=now(),
            )
            flash(_("Settled. Both judgements are kept."), "success")
            return redirect(address_here(dnr), 303)
        except Conflict as fault:
            renew(form, fault.version)
            form.form_errors.append(message(fault))
            return coding_page(inspection, Returned(unit_id, form, "settle", fault)), 409
        except (Invalid, NotPossibleNow) as fault:
            put_fault(form, fault)
    return coding_page(inspection, Returned(unit_id, form, "settle")), 422


@coding.post(f"{CODING}/<uuid:statement_id>/passages")
@access(Permission.CODE_STATEMENTS)
def mark(dnr: str, statement_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    form = MarkForm()
    with_ids(form, f"w-{statement_id}")
    try:
        begins, ends = _stretch(inspection, statement_id, form)
        passage = mark_passage(
            db(),
            actor=current_actor(),
            inspection=inspection,
            statement_id=statement_id,
            passage_id=_id(form.passage_id.data) or new_id(),
            begins=begins,
            ends=ends,
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_fault(form, fault)  # type: ignore[arg-type]
        return coding_page(inspection, Returned(statement_id, form, "mark")), 422
    return redirect(address_here(dnr, anchor=f"unit-{passage.id}"), 303)


def _stretch(inspection: Inspection, statement_id: UUID, form: MarkForm) -> tuple[int, int]:
    """The place that was sent, or that of the words that were sent."""
    begins, ends = str(form.begins.data or ""), str(form.ends.data or "")
    if begins.isdecimal() and ends.isdecimal() and len(begins + ends) < 12:
        return int(begins), int(ends)
    statement = db().get(Statement, statement_id)
    if statement is None or statement.inspection_id != inspection.id:
        raise NotFound(N_("There is no such statement or passage in this case."))
    return place_of_words(statement.text, as_typed(form.words.data))


@coding.post(f"{UNIT}/remove")
@access(Permission.CODE_STATEMENTS)
def remove_mark(dnr: str, unit_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    remove_passage(db(), actor=current_actor(), inspection=inspection, passage_id=unit_id, now=now())
    flash(_("The mark is taken away. The statement is as it was."), "success")
    return redirect(address_here(dnr), 303)


@coding.route(f"{CODING}/memos/<uuid:memo_id>", methods=["PUT", "POST"])
@access(Permission.CODE_STATEMENTS)
def memo(dnr: str, memo_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    if request.is_json:
        return _memo_json(inspection, memo_id)
    form = MemoForm()
    about = _id(form.about.data)
    form.theme.choices = themes_by_area(load_pack(inspection.pack))
    with_ids(form, f"m-{about}" if about else "case-memo")
    if form.validate():
        try:
            _write(inspection, memo_id, form.version.data or 0, form.text.data or "", about, form.theme.data)
            flash(_("The memo is saved."), "success")
            return redirect(address_here(dnr, anchor=f"unit-{about}" if about else "memos"), 303)
        except Conflict as fault:
            renew(form, fault.version)
            form.form_errors.append(message(fault))
            return coding_page(inspection, Returned(about or memo_id, form, "memo", fault)), 409
        except Invalid as fault:
            put_fault(form, fault)  # type: ignore[arg-type]
    return coding_page(inspection, Returned(about or memo_id, form, "memo")), 422


def _memo_json(inspection: Inspection, memo_id: UUID) -> Page:
    version, fields = sent_fields()
    try:
        saved = _write(
            inspection,
            memo_id,
            version,
            str(fields.get("text") or ""),
            _id(request.args.get("about")),
            request.args.get("theme"),
        )
    except Conflict as fault:
        return jsonify(error="conflict", version=fault.version, theirs=fault.theirs, by=fault.by), 409
    except Invalid as fault:
        return jsonify(errors={str(fault.values.get("field", "text")): [message(fault)]}), 422
    return jsonify(version=saved.version, saved_at=saved.changed_at.isoformat()), 200


def _write(
    inspection: Inspection, memo_id: UUID, version: int, text: str, about: UUID | None, theme: str | None
) -> Memo:
    return write_memo(
        db(),
        actor=current_actor(),
        inspection=inspection,
        memo_id=memo_id,
        version=version,
        text=as_typed(text),
        unit_id=about,
        theme=theme or None,
        now=now(),
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _form(inspection: Inspection, kind: type[CodingForm]) -> Any:
    form = kind()
    form.offer(load_pack(inspection.pack))
    return form


from . import code_book  # noqa: E402, F401 - its view belongs to this blueprint
