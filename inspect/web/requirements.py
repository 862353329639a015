"""The requirements: one line each, with what children and staff say on its themes beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...interview_guides.content import Area, Requirement
from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import Check
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import CheckResult, Informant, StatementStatus
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission
from ..services.mark_requirement import Mark, checks_of, known_requirement, mark_of, mark_requirement
from .access import access
from .case import case_page, open_case
from .checks import Page, checks, refusal_of
from .database import db, now
from .forms.checks import MarkForm
from .forms.talks import as_typed, renew, with_ids
from .language import message, say
from .session import current_actor
from .statements import overlay, sent_fields
from .talks import put_at_field

DESCRIBES = ("consequence", "extent", "repeated", "fixed", "self_reported")
VOICES = {Informant.CHILD: "B", Informant.STAFF: "P", Informant.MANAGER: "L", Informant.OTHER: "A"}


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person has said on a theme of the requirement."""

    perspective: str
    informant: Informant
    person: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement on the page."""

    requirement: Requirement
    check: Check | None
    form: MarkForm
    voices: tuple[Voice, ...]
    marked_by: str
    conflict: Conflict | None = None
    returned: bool = False

    @property
    def children(self) -> int:
        """How many children have said something on its themes."""
        return len({voice.person for voice in self.voices if voice.informant is Informant.CHILD})

    @property
    def adults(self) -> int:
        return len({voice.person for voice in self.voices if voice.informant is not Informant.CHILD})


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
    clears = request.form.get("result") == ""
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
    form = _form(inspection, known, formdata=overlay(_fields(standing), fields))
    clears = not form.result.data
    if clears and not standing:
        text = _("Choose a mark; the note is saved with it.")
        return jsonify(errors={"note": [text]}), 422
    if not clears and not form.validate():
        return jsonify(errors=form.errors), 422
    try:
        saved = _mark(inspection, known, form, version, clears=clears)
    except Conflict as fault:
        theirs = _plain(fault.theirs)
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


def _fields(check: Check | None) -> dict[str, Any]:
    """The mark that stands, as the fields of the form carry it."""
    if check is None:
        return _plain({"result": "", "note": ""})
    standing = mark_of(check)
    return _plain({name: getattr(standing, name) for name in ("result", "note", *DESCRIBES)})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {"result": str(values["result"]), "note": values["note"]}
    for name in ("consequence", "extent"):
        fields[name] = "" if values.get(name) is None else str(values[name])
    for name in ("repeated", "fixed", "self_reported"):
        fields[name] = bool(values.get(name))
    return fields


def _form(inspection: Inspection, known: Requirement, **values: Any) -> MarkForm:
    form = MarkForm(**values)
    form.offer(load_pack(inspection.pack))
    with_ids(form, known.id)
    return form


def _page(
    inspection: Inspection, returned: tuple[str, MarkForm] | None = None, conflict: Conflict | None = None
) -> str:
    pack = load_pack(inspection.pack)
    marks = checks_of(db(), inspection)
    voices = _voices(inspection)
    lines = {}
    for requirement in pack.requirements:
        check = marks.get(requirement.id)
        is_returned = returned is not None and returned[0] == requirement.id
        fields = _fields(check) | {"version": check.version if check else 0}
        lines[requirement.id] = Line(
            requirement,
            check,
            returned[1]
            if returned and is_returned
            else _form(inspection, requirement, formdata=None, data=fields),
            tuple(voice for theme in requirement.themes for voice in voices.get(theme, ())),
            _name(inspection, check.marked_by_id) if check else "",
            conflict if is_returned else None,
            is_returned,
        )
    only_left = request.args.get("show") == "left"
    groups = _grouped(inspection, lines, only_left)
    return case_page(
        "inspector/requirements.html",
        inspection,
        groups=groups,
        total=len(lines),
        left=sum(line.check is None for line in lines.values()),
        only_left=only_left,
        returned=lines[returned[0]] if returned else None,
        conflict_words=_words(pack, conflict) if conflict else (),
        refusal=refusal_of(inspection),
        results=tuple(CheckResult),
        themes={theme.id: theme for theme in pack.themes},
        anchors=pack.severity,
    )


def _grouped(
    inspection: Inspection, lines: dict[str, Line], only_left: bool
) -> list[tuple[Area, list[Line]]]:
    """Each requirement once, under the first area that it touches."""
    pack = load_pack(inspection.pack)
    groups: dict[str, list[Line]] = {area.id: [] for area in pack.areas}
    for line in lines.values():
        if only_left and line.check is not None and not line.returned:
            continue
        groups[pack.areas_of(line.requirement)[0].id].append(line)
    return [(area, groups[area.id]) for area in pack.areas if groups[area.id]]


def _voices(inspection: Inspection) -> dict[str, list[Voice]]:
    """What has been said in talks, by theme; what was taken back is left out. Children first."""
    rows = db().scalars(
        select(Statement)
        .join(Interview, Interview.id == Statement.interview_id)
        .where(
            Statement.inspection_id == inspection.id,
            Statement.status != StatementStatus.WITHDRAWN,
            Statement.theme.is_not(None),
        )
        .options(selectinload(Statement.interview))
        .order_by(Statement.position)
    )
    found: dict[str, list[Voice]] = {}
    for statement in rows:
        talk = statement.interview
        if talk is None or statement.theme is None:
            continue
        voice = Voice(VOICES[talk.informant], talk.informant, talk.person, statement.label, statement.text)
        found.setdefault(statement.theme, []).append(voice)
    order = list(Informant)
    return {theme: sorted(said, key=lambda v: order.index(v.informant)) for theme, said in found.items()}


def _words(pack: Pack, conflict: Conflict) -> tuple[str, ...]:
    """What somebody else has marked, in words."""
    theirs = conflict.theirs
    result = str(theirs["result"])
    words = [_(CheckResult(result).title) if result else _("Not assessed")]
    if theirs.get("consequence") is not None:
        words.append(say(pack.anchor(theirs["consequence"]).name))
    return (*words, theirs["note"])


def _name(inspection: Inspection, user_id: UUID | None) -> str:
    return next((m.name for m in inspection.team if m.user_id == user_id), "")
