"""Weighing: the official's own view first, then the proposal of the method beside it, then the assessment."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.assessments import AreaAssessment
from ...models.inspections import Inspection
from ...models.vocabulary import RegisterAnswer
from ..errors import Conflict, Invalid, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..services.answer_divergence import LEAST_WORDS, answer_divergence, answers
from ..services.assess_area import assess_area, write_own_view
from ..services.check_evidence import check_evidence
from ..services.find_evidence import Sources, find_all_sources
from ..services.plan_inspection import FINISHED
from ..services.weigh_inspection import latest_run, weigh_inspection
from .access import access
from .breach_lines import BreachLine, breach_lines
from .case import case_page, open_case
from .database import db, now
from .forms.fields import member_or_none
from .forms.weighing import AssessmentForm, OwnViewForm, Submission
from .json_bodies import sent_object
from .language import message
from .register_lines import anchor_of
from .register_lines import typed_again as answer_typed_again
from .session import current_actor
from .weighing_page import AreaPart, Shown, show_weighing, typed_again, word_of_code

weighing = Blueprint("weighing", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]


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
        if part.form is not None and part.form.is_touched:
            _keep_own_view(inspection, part, part.form)
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
        return _page(inspection, _parts(inspection), assessed=(area, given, fault)), 409
    if request.is_json:
        return jsonify(version=saved.version, saved_at=now().isoformat()), 200
    flash(_("The assessment is saved."), "success")
    return redirect(url_for("weighing.areas", dnr=dnr, _anchor=area), 303)


def _given_assessment() -> dict[str, Any]:
    if request.is_json:
        sent = sent_object()
        said = sent.get("fields")
        fields = said if isinstance(said, dict) else {}
        version = sent.get("version")
    else:
        form = AssessmentForm()
        fields, version = form.data, form.version.data
    return {
        "version": version if isinstance(version, int) else 0,
        **{name: str(fields[name] or "") for name in ("reasoning", "children_weighed") if name in fields},
    }


def _keep_own_view(inspection: Inspection, part: AreaPart, form: OwnViewForm) -> None:
    if not form.position.data:
        part.fault = _("Choose a word for your picture of the area.")
        return
    try:
        part.assessment = write_own_view(
            db(),
            actor=current_actor(),
            inspection=inspection,
            area=part.area.id,
            position=form.chosen_position,
            reason=form.reason.data or "",
            now=now(),
        )
    except TillsynError as fault:
        part.fault = message(fault)


@weighing.route("/inspections/<dnr>/weighing/register/<key>", methods=["PUT", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def answer(dnr: str, key: str) -> Page:
    """Answer one entry of the divergence register: by script (PUT, JSON) or as a plain form."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    given = _given_answer()
    try:
        saved = answer_divergence(
            db(), actor=current_actor(), inspection=inspection, key=key, version=given["version"],
            answer=member_or_none(RegisterAnswer, given["answer"]), reason=given["reason"], now=now(),
        )  # fmt: skip
    except (Conflict, Invalid, NotPossibleNow) as fault:
        if request.is_json:
            raise
        return _page(inspection, _parts(inspection), answered=(key, given, fault)), 409
    if request.is_json:
        return jsonify(version=saved.version, saved_at=now().isoformat()), 200
    if answers(saved):
        flash(_("The answer is saved."), "success")
    else:
        flash(_("The answer is kept. It counts when the reason has at least %(num)s words.", num=LEAST_WORDS))
    return redirect(url_for("weighing.areas", dnr=dnr, _anchor=anchor_of(key)), 303)


def _given_answer() -> dict[str, Any]:
    sent: Mapping[str, Any] = sent_object() if request.is_json else request.form
    fields = sent.get("fields") if request.is_json else sent
    if not isinstance(fields, Mapping):
        fields = {}
    version, answer = str(sent.get("version", "")), str(fields.get("answer") or "")
    return {
        "version": int(version) if version.isdecimal() else 0,
        "answer": answer if member_or_none(RegisterAnswer, answer) else "",
        "reason": str(fields["reason"] or "") if "reason" in fields else None,
    }


def _parts(inspection: Inspection, given: Any = None) -> list[AreaPart]:
    rows = db().scalars(select(AreaAssessment).where(AreaAssessment.inspection_id == inspection.id))
    written = {row.area: row for row in rows}
    return [
        AreaPart(area, None, written[area.id])
        if area.id in written
        else AreaPart(area, OwnViewForm(given, prefix=f"{area.id}-"), None)
        for area in load_pack(inspection.pack).areas
    ]


def _page(
    inspection: Inspection,
    parts: list[AreaPart],
    *,
    assessed: tuple[str, dict[str, Any], TillsynError] | None = None,
    answered: tuple[str, dict[str, Any], TillsynError] | None = None,
) -> str:
    run = latest_run(db(), inspection)
    left = [part for part in parts if part.assessment is None]
    sources = find_all_sources(db(), inspection)
    shown: Shown | None = None
    if run is not None and not left:
        shown = show_weighing(inspection, parts, run, sources)
        if answered is not None and (card := shown.register.card(answered[0])) is not None:
            answer_typed_again(card, answered[1], answered[2])
    for part in parts:
        if assessed is not None and part.area.id == assessed[0]:
            typed_again(part, assessed[1], assessed[2])
    return case_page(
        "inspector/weighing.html",
        inspection,
        form=Submission(formdata=None),
        parts=parts,
        left=left,
        run=run,
        shown=shown,
        to_mend=_to_mend(inspection, sources, shown),
        own_words=word_of_code,
        answers=tuple((one.value, _(one.title)) for one in RegisterAnswer),
        least_words=LEAST_WORDS,
    )


def _to_mend(inspection: Inspection, sources: Sources, shown: Shown | None) -> tuple[BreachLine, ...]:
    """What breaks a rule of the code book; a closed case stands as it is."""
    if inspection.state in FINISHED:
        return ()
    found = check_evidence(db(), inspection, sources, shown.weighed if shown else None)
    return breach_lines(inspection, sources, found)


from . import decided  # noqa: E402, F401 - its views belong to this blueprint
