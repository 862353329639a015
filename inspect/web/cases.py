"""The frame of a case: overview, plan and team, conflict of interest, preparations, log."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import InformationItem, State, TeamRole
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.inspection_flow import left_behind
from ..services.count_records import count_records
from ..services.find_history import steps_after_talks, steps_before_visit
from ..services.gather_enquiry import chosen_lines
from ..services.move_inspection import move_inspection
from ..services.plan_inspection import change_plan, plan_stamp
from ..services.prepare_inspection import prepare_inspection
from ..services.read_log import case_log
from ..services.requirements_in_force import requirements_in_force
from ..services.settle_field import take_in_what_waits
from ..services.staff_inspection import add_member as add_member_service
from ..services.staff_inspection import candidates, declare_conflict
from ..services.staff_inspection import remove_member as remove_member_service
from .access import access, require
from .case import case_page, facts_of, open_case
from .case_frame import page_of_state, show
from .database import db, now
from .event_words import in_words
from .forms.cases import DeclareForm, MemberForm, MoveForm, PrepareForm
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.planning import PlanForm
from .language import say
from .paging import asked_page, pages_of
from .passing_on import pass_on_lines
from .session import current_actor

cases = Blueprint("cases", __name__, url_prefix="/inspections/<dnr>")

Page = str | Response | tuple[str, int]


def _to(endpoint: str, dnr: str) -> Response:
    return redirect(url_for(endpoint, dnr=dnr), 303)


@cases.get("")
@access(Permission.READ_INSPECTION)
def overview(dnr: str) -> str:
    return _overview(open_case(dnr))


def _overview(inspection: Inspection, tried: MoveForm | None = None) -> str:
    def move_form(to: State) -> MoveForm:
        """The form of one way out; the one that was just refused keeps what was written in it."""
        form = tried if tried and tried.to.data == to.value else MoveForm(formdata=None, to=to.value)
        form.to.id, form.reason.id = f"to-{to.value}", f"reason-{to.value}"
        return form

    to_pass_on = pass_on_lines(inspection)
    facts = replace(facts_of(inspection), to_pass_on=len(to_pass_on))
    return case_page(
        "inspector/overview.html",
        inspection,
        move_form=move_form,
        work_href=page_of_state(inspection, facts),
        counts=count_records(db(), inspection.id),
        participation=steps_after_talks(db(), inspection),
        areas=[say(a.name) for a in load_pack(inspection.pack).areas if a.id in inspection.focus_areas],
        lines=chosen_lines(db(), inspection),
        to_pass_on=to_pass_on,
        left_behind=lambda to: (why := left_behind(facts, to)) and show(why),
        requirements=len(requirements_in_force(inspection)),
    )


@cases.post("/move")
@access(Permission.LEAD_INSPECTION)
def move(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    form = MoveForm()
    target = next((state for state in State if state.value == form.to.data), None)
    if target is None or not form.validate_on_submit():
        return _overview(inspection, form), 422
    try:
        move_inspection(
            db(),
            actor=current_actor(),
            inspection=inspection,
            to=target,
            reason=form.reason.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "reason")
        return _overview(inspection, form), 422 if isinstance(fault, Invalid) else 409
    take_in_what_waits(db(), actor=current_actor(), inspection=inspection, now=now())
    flash(_("The case has moved on: %(state)s.", state=_(target.title)), "success")
    return _to("cases.overview", dnr)


@cases.route("/plan", methods=["GET", "POST"])
@access(Permission.SEE_IN_LIST)
def plan(dnr: str) -> Page:
    """The plan for the team; for a supervisor outside it, the staffing only."""
    inspection = open_case(dnr, Permission.SEE_IN_LIST)
    if not may(current_actor(), Permission.READ_INSPECTION, inspection):
        require(Permission.ASSIGN_TEAM, inspection)
    if request.method == "POST":
        require(Permission.LEAD_INSPECTION, inspection)
    form = _plan_form(inspection)
    if not form.validate_on_submit():
        return _plan(inspection, form), 422 if form.is_submitted() else 200
    try:
        change_plan(
            db(),
            actor=current_actor(),
            inspection=inspection,
            made_from=form.made_from.data or "",
            title=form.title.data or "",
            announced=form.announced.data == "yes",
            planned_on=form.planned_on.data,
            focus_areas=form.focus_areas.data or [],
            risk_note=form.risk_note.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow, Conflict) as fault:
        put_at_field(form, fault, "title")
        form.made_from.data = plan_stamp(inspection)
        theirs = fault.theirs if isinstance(fault, Conflict) else None
        return _plan(inspection, form, theirs=theirs), 422 if theirs is None else 409
    flash(_("The plan is saved."), "success")
    return _to("cases.plan", dnr)


def _plan_form(inspection: Inspection, **source: None) -> PlanForm:
    """The plan as it stands, or as it was sent; `formdata=None` for as it stands whatever was sent."""
    form = PlanForm(
        **source,
        title=inspection.title,
        announced="yes" if inspection.announced else "no",
        planned_on=inspection.planned_on,
        focus_areas=inspection.focus_areas,
        risk_note=inspection.risk_note,
        made_from=plan_stamp(inspection),
    )
    form.focus_areas.choices = choices((area.id, say(area.name)) for area in load_pack(inspection.pack).areas)
    return form


def _plan(
    inspection: Inspection,
    form: PlanForm,
    member: MemberForm | None = None,
    theirs: dict[str, str] | None = None,
) -> str:
    member = member or MemberForm(formdata=None)
    member.user.choices = choices(
        (
            (str(user.id), f"{user.name} – {', '.join(_(item.role.title) for item in user.roles)}")
            for user in candidates(db(), inspection)
        ),
        first=_("Choose a person"),
    )
    if not may(current_actor(), Permission.READ_INSPECTION, inspection):
        return render_template("inspector/staff.html", inspection=inspection, member=member)
    to_come = inspection.state in (State.PLANNED, State.PREPARED)
    return case_page(
        "inspector/plan.html",
        inspection,
        form=form,
        member=member,
        theirs=theirs,
        participation=steps_before_visit(db(), inspection) if to_come else (),
    )


@cases.post("/team")
@access(Permission.ASSIGN_TEAM)
def add_member(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.ASSIGN_TEAM)
    form = MemberForm()
    if not form.validate_on_submit():
        return _plan(inspection, _plan_form(inspection, formdata=None), form), 422
    try:
        add_member_service(
            db(),
            actor=current_actor(),
            inspection=inspection,
            user_id=UUID(form.user.data),
            role=TeamRole(form.role.data),
            now=now(),
        )
    except (Invalid, NotPossibleNow, Conflict) as fault:
        put_at_field(form, fault, "user")
        return _plan(inspection, _plan_form(inspection, formdata=None), form), 422
    flash(_("Added to the team. They see the case when they have declared conflict of interest."), "success")
    return _to("cases.plan", dnr)


@cases.post("/team/<uuid:member_id>/remove")
@access(Permission.ASSIGN_TEAM)
def remove_member(dnr: str, member_id: UUID) -> Response:
    inspection = open_case(dnr, Permission.ASSIGN_TEAM)
    remove_member_service(db(), actor=current_actor(), inspection=inspection, member_id=member_id, now=now())
    flash(_("Removed from the team."), "success")
    still_mine = may(current_actor(), Permission.SEE_IN_LIST, inspection)
    return _to("cases.plan", dnr) if still_mine else redirect(url_for("start.home"), 303)


@cases.route("/declare", methods=["GET", "POST"])
@access(Permission.DECLARE_CONFLICT)
def declare(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.DECLARE_CONFLICT)
    form = DeclareForm()
    if not form.validate_on_submit():
        return _declare(inspection, form), 422 if form.is_submitted() else 200
    try:
        declare_conflict(
            db(),
            actor=current_actor(),
            inspection=inspection,
            has_conflict=form.conflict.data == "yes",
            note=form.conflict_note.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "conflict")
        return _declare(inspection, form), 422
    if form.conflict.data == "yes":
        flash(_("Noted. The case is closed to you, and the team is asked to replace you."), "success")
        return redirect(url_for("start.home"), 303)
    return _to("cases.overview", dnr)


def _declare(inspection: Inspection, form: DeclareForm) -> str:
    mine = [m for m in inspection.team if m.user_id == current_actor().user_id]
    return render_template(
        "inspector/declare.html",
        inspection=inspection,
        form=form,
        closed=any(m.has_conflict for m in mine),
        declared_at=next((m.declared_at for m in mine if m.declared_at), None),
    )


@cases.route("/prepare", methods=["GET", "POST"])
@access(Permission.READ_INSPECTION)
def prepare(dnr: str) -> Page:
    inspection = open_case(dnr)
    form = PrepareForm(
        given=[row.item.value for row in inspection.information],
        note=inspection.arrangements,
        note_made_from=inspection.arrangements,
    )
    if not form.validate_on_submit():
        return case_page("inspector/prepare.html", inspection, form=form, theirs=None), (
            422 if form.is_submitted() else 200
        )
    try:
        prepare_inspection(
            db(),
            actor=current_actor(),
            inspection=inspection,
            given=[InformationItem(value) for value in form.given.data or []],
            note=form.note.data or "",
            note_made_from=form.note_made_from.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow, Conflict) as fault:
        put_at_field(form, fault, "note" if isinstance(fault, Conflict) else "given")
        form.note_made_from.data = inspection.arrangements
        theirs = fault.theirs["note"] if isinstance(fault, Conflict) else None
        return case_page("inspector/prepare.html", inspection, form=form, theirs=theirs), (
            422 if theirs is None else 409
        )
    flash(_("The preparations are saved."), "success")
    return _to("cases.prepare", dnr)


@cases.get("/log")
@access(Permission.READ_INSPECTION)
def log(dnr: str) -> str:
    inspection = open_case(dnr)
    read = case_log(db(), inspection.id, page=asked_page())
    return case_page(
        "inspector/case_log.html",
        inspection,
        lines=[(line, in_words(line.event, inspection)) for line in read.lines],
        total=read.total,
        at=pages_of(read.number, read.pages or read.number),
    )


from . import acute, concern_report  # noqa: E402, F401 - their views belong to this blueprint
