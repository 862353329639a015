"""The requirements: one line each, with what children and staff say on its themes beside it."""

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from ...interview_guides.content import Requirement
from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import Check
from ...models.inspections import Inspection
from ...models.vocabulary import CheckResult
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission
from ..services.mark_requirement import Mark, checks_of, known_requirement, mark_requirement
from .access import access
from .case import case_page, open_case
from .checks import Page, checks, refusal_of
from .database import db, now
from .forms.checks import MarkForm
from .forms.talks import as_typed, renew, with_ids
from .in_letters import in_letters
from .language import message, say
from .requirement_lines import Returned, fields_of, grouped, lines_of, plain, voices_by_theme
from .session import current_actor
from .statements import overlay, sent_fields
from .talks import put_at_field


@checks.get("/inspections/<dnr>/requirements", endpoint="requirements")
@access(Permission.READ_INSPECTION)
def list_requirements(dnr: str) -> Page:
    return _page(open_case(dnr))


@checks.route("/inspections/<dnr>/requirements/<requirement>", methods=["PUT", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def mark(dnr: str, requirement: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    known = known_requirement(inspection, requirement)
    standing = checks_of(db(), inspection).get(requirement)
    if request.is_json:
        return _mark_json(inspection, known, standing)
    form = _form(inspection, known)
    clears = request.form.get("result") == "" or "clear" in request.form
    if clears or form.validate():
        try:
            _mark(inspection, known, form, form.version.data or 0, clears=clears)
        except Conflict as fault:
            renew(form, fault.version)
            form.form_errors.append(message(fault))
            return _page(inspection, (requirement, form), fault), 409
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
        else:
            flash(_("%(requirement)s is saved.", requirement=requirement), "success")
            return redirect(url_for("checks.requirements", dnr=dnr, _anchor=requirement), 303)
    return _page(inspection, (requirement, form)), 422


def _mark_json(inspection: Inspection, known: Requirement, standing: Check | None) -> Page:
    version, fields = sent_fields()
    form = _form(inspection, known, formdata=overlay(fields_of(standing), fields))
    clears = not form.result.data
    if clears and not standing:
        text = _("Choose a mark; the note is saved with it.")
        return jsonify(errors={"note": [text]}), 422
    if not clears and not form.validate():
        return jsonify(errors=form.errors), 422
    try:
        saved = _mark(inspection, known, form, version, clears=clears)
    except Conflict as fault:
        theirs = plain(fault.theirs)
        return jsonify(error="conflict", version=fault.version, theirs=theirs, by=fault.by), 409
    except Invalid as fault:
        return jsonify(errors={str(fault.values.get("field", "note")): [message(fault)]}), 422
    by = current_actor().name
    return jsonify(version=saved.version if saved else 0, saved_at=now().isoformat(), by=by), 200


def _mark(
    inspection: Inspection, known: Requirement, form: MarkForm, version: int, *, clears: bool
) -> Check | None:
    return mark_requirement(
        db(),
        actor=current_actor(),
        inspection=inspection,
        requirement=known.id,
        mark=None if clears else _mark_from(form),
        version=version,
        now=now(),
    )


def _mark_from(form: MarkForm) -> Mark:
    result = CheckResult(form.result.data)
    note = as_typed(form.note.data)
    if result is not CheckResult.DEVIATION:
        return Mark(result=result, note=note)
    return Mark(
        result=result,
        note=note,
        consequence=int(form.consequence.data) if form.consequence.data else None,
        extent=int(form.extent.data) if form.extent.data else None,
        repeated=form.repeated.data,
        fixed=form.fixed.data,
        self_reported=form.self_reported.data,
    )


def _form(inspection: Inspection, known: Requirement, **values: Any) -> MarkForm:
    form = MarkForm(**values)
    form.offer(load_pack(inspection.pack))
    with_ids(form, known.id)
    return form


def _page(
    inspection: Inspection, returned: tuple[str, MarkForm] | None = None, conflict: Conflict | None = None
) -> str:
    pack = load_pack(inspection.pack)
    back = Returned(*returned, conflict=conflict) if returned else None
    voices = voices_by_theme(db(), inspection)
    lines = lines_of(db(), inspection, voices, back)
    only_left = request.args.get("show") == "left"
    return case_page(
        "inspector/requirements.html",
        inspection,
        groups=grouped(pack, lines, only_left=only_left),
        voices=voices,
        total=len(lines),
        left=sum(not line.is_marked for line in lines),
        only_left=only_left,
        returned=back,
        conflict_words=_words(pack, conflict) if conflict else (),
        in_letters=in_letters(inspection),
        refusal=refusal_of(inspection),
        choices=_form(inspection, pack.requirements[0], formdata=None),
        address=url_for("checks.mark", dnr=inspection.dnr, requirement="-").removesuffix("-"),
    )


def _words(pack: Pack, conflict: Conflict) -> tuple[str, ...]:
    """What somebody else has marked, in words."""
    theirs = conflict.theirs
    result = str(theirs["result"])
    words = [_(CheckResult(result).title) if result else _("Not assessed")]
    if theirs.get("consequence") is not None:
        words.append(say(pack.anchor(theirs["consequence"]).name))
    return (*words, theirs["note"])
