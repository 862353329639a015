"""Weighing: the official's own view first, then the proposal of the method beside it, then the assessment."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from ...interview_guides.content import Area
from ...interview_guides.guide import load_pack
from ...models.assessments import AreaAssessment, WeighingRun
from ...models.inspections import Inspection
from ..errors import Conflict, Invalid, TillsynError
from ..rules.access import Permission
from ..services.assess_area import assess_area, write_own_view
from ..services.find_evidence import Sources, find_all_sources, requirement_lines, statement_lines
from ..services.weigh_inspection import latest_run, weigh_inspection, weighed
from .access import access
from .case import case_page, open_case
from .database import db, now
from .explanation import AreaView, area_view
from .forms.weighing import AssessmentForm, OwnViewForm, Submission
from .language import message
from .session import current_actor

weighing = Blueprint("weighing", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]


@dataclass(slots=True)
class AreaPart:
    """What the page holds of one area: first the blank for the own view, later the weighed picture."""

    area: Area
    form: OwnViewForm
    assessment: AreaAssessment | None
    view: AreaView | None = None
    theirs: dict[str, Any] | None = None
    fault: str | None = None
    typed: dict[str, str] | None = None

    def text(self, name: str) -> str:
        if self.typed is not None:
            return self.typed[name]
        return str(getattr(self.assessment, name)) if self.assessment else ""


@weighing.get("/inspections/<dnr>/weighing")
@access(Permission.READ_INSPECTION)
def areas(dnr: str) -> Page:
    inspection = open_case(dnr)
    return _page(inspection, _parts(inspection))


@weighing.post("/inspections/<dnr>/weighing/own-view")
@access(Permission.RECORD_IN_INSPECTION)
def own_view(dnr: str) -> Page:
    """Keep the own view of each area that is filled in; what is half filled in stays, and says what lacks."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    Submission().validate_on_submit()
    parts = _parts(inspection, request.form)
    for part in parts:
        if part.assessment is None and part.form.is_touched:
            _keep_own_view(inspection, part)
    faulty = [part for part in parts if part.fault]
    if faulty:
        return _page(inspection, parts), 422
    flash(_("Your own view is kept."), "success")
    return redirect(url_for("weighing.areas", dnr=dnr), 303)


@weighing.post("/inspections/<dnr>/weighing")
@access(Permission.RECORD_IN_INSPECTION)
def weigh(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    weigh_inspection(db(), actor=current_actor(), inspection=inspection, now=now())
    flash(_("The evidence is weighed."), "success")
    return redirect(url_for("weighing.areas", dnr=dnr), 303)


@weighing.route("/inspections/<dnr>/weighing/<area>", methods=["PUT", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def assess(dnr: str, area: str) -> Page:
    """Save the assessment of one area: by script (PUT, JSON) or as a plain form."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    given = _given_assessment()
    try:
        saved = assess_area(db(), actor=current_actor(), inspection=inspection, area=area, now=now(), **given)
    except (Conflict, Invalid) as fault:
        if request.is_json:
            raise
        return _page(inspection, _parts(inspection, typed=(area, given, fault))), 409
    if request.is_json:
        return jsonify(version=saved.version, saved_at=now().isoformat()), 200
    flash(_("The assessment is saved."), "success")
    return redirect(url_for("weighing.areas", dnr=dnr, _anchor=area), 303)


def _given_assessment() -> dict[str, Any]:
    if request.is_json:
        sent = request.get_json(silent=True) or {}
        fields = sent.get("fields") or {}
        version = sent.get("version")
    else:
        form = AssessmentForm()
        fields, version = form.data, form.version.data
    return {
        "version": version if isinstance(version, int) else 0,
        **{name: str(fields[name] or "") for name in ("reasoning", "children_weighed") if name in fields},
    }


def _keep_own_view(inspection: Inspection, part: AreaPart) -> None:
    if not part.form.position.data:
        part.fault = _("Choose a word for your picture of the area.")
        return
    try:
        part.assessment = write_own_view(
            db(),
            actor=current_actor(),
            inspection=inspection,
            area=part.area.id,
            position=part.form.chosen_position,
            reason=part.form.reason.data or "",
            now=now(),
        )
    except TillsynError as fault:
        part.fault = message(fault)


def _parts(
    inspection: Inspection,
    given: Any = None,
    typed: tuple[str, dict[str, Any], TillsynError] | None = None,
) -> list[AreaPart]:
    rows = db().scalars(select(AreaAssessment).where(AreaAssessment.inspection_id == inspection.id))
    written = {row.area: row for row in rows}
    parts = [
        AreaPart(area, OwnViewForm(given, prefix=f"{area.id}-"), written.get(area.id))
        for area in load_pack(inspection.pack).areas
    ]
    for part in parts:
        if typed is not None and part.area.id == typed[0]:
            part.typed = {name: typed[1].get(name, "") for name in ("reasoning", "children_weighed")}
            part.fault = message(typed[2])
            part.theirs = typed[2].theirs if isinstance(typed[2], Conflict) else None
    return parts


def _page(inspection: Inspection, parts: list[AreaPart]) -> str:
    run = latest_run(db(), inspection)
    left = [part for part in parts if part.assessment is None]
    is_stale, statements, requirements = False, {}, {}
    if run is not None and not left:
        sources = find_all_sources(db(), inspection)
        is_stale = _show_result(inspection, parts, run, sources)
        statements = {line.label: line for line in statement_lines(sources)}
        requirements = requirement_lines(db(), inspection)
    return case_page(
        "inspector/weighing.html",
        inspection,
        form=Submission(formdata=None),
        parts=parts,
        left=left,
        run=run,
        is_stale=is_stale,
        statements=statements,
        requirements=requirements,
    )


def _show_result(inspection: Inspection, parts: list[AreaPart], run: WeighingRun, sources: Sources) -> bool:
    """Put the weighed picture into each part; True when the evidence has changed since `run`."""
    pack = load_pack(inspection.pack)
    result = weighed(db(), inspection, sources).result
    for part in parts:
        if part.area.id in result.areas:
            part.view = area_view(part.area, result.areas[part.area.id], pack)
    return result.stamp.input_hash != run.input_hash
