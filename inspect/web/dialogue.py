"""Between review and follow-up: right to reply, meetings with the provider, the decision, the answers."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.people import User
from ...models.vocabulary import DecisionKind, SkipGround, State, TeamRole
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.appeal import appeal_of
from ..services.communicate_facts import (
    USUAL_DAYS,
    facts_of,
    find_communication,
    send_facts,
    skip_communication,
)
from ..services.find_letter import find_letter
from ..services.note_dialogue import MEETINGS_IN, list_meetings, may_note, note_dialogue
from ..services.record_decision import find_decision, holder_of, is_sent, record_decision
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.dialogue import DecisionForm, MeetingForm, SendFactsForm, SkipForm
from .forms.faults import put_at_field
from .forms.fields import member_or_none
from .session import current_actor

dialogue = Blueprint("dialogue", __name__, url_prefix="/inspections/<dnr>")

Page = str | Response | tuple[str, int]


def back_to(endpoint: str, dnr: str) -> Response:
    return redirect(url_for(endpoint, dnr=dnr), 303)


@dialogue.get("/reply")
@access(Permission.READ_INSPECTION)
def communication(dnr: str) -> Page:
    return _communication(open_case(dnr))


@dialogue.post("/reply", endpoint="communicate")
@access(Permission.LEAD_INSPECTION)
def communicate(dnr: str) -> Page:
    """Send the facts (or give more time), or record why that is left out."""
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    skips = request.form.get("what") == "skip"
    sending, skipping = (
        _facts_form(inspection, typed=not skips),
        SkipForm(formdata=request.form if skips else None),
    )
    form = skipping if skips else sending
    if form.validate():
        try:
            _send_or_skip(inspection, sending, skipping if skips else None)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "reason" if skips else "reply_by_on")
        else:
            return back_to("dialogue.communication", dnr)
    return _communication(inspection, sending, skipping), 422


def _send_or_skip(inspection: Inspection, sending: SendFactsForm, skipping: SkipForm | None) -> None:
    if skipping is not None:
        skip_communication(
            db(), actor=current_actor(), inspection=inspection, ground=SkipGround(skipping.ground.data),
            reason=skipping.reason.data or "", now=now(),
        )  # fmt: skip
        flash(_("It is recorded that the right to reply is left out, and why."), "success")
    elif sending.reply_by_on.data is not None:
        day = sending.reply_by_on.data
        send_facts(db(), actor=current_actor(), inspection=inspection, reply_by_on=day, now=now())
        flash(_("The facts are sent. The provider can reply until the day you set."), "success")


def _facts_form(inspection: Inspection, *, typed: bool) -> SendFactsForm:
    if typed:
        return SendFactsForm(formdata=request.form)
    known = find_communication(db(), inspection)
    today = now().astimezone(SWEDEN).date()
    first = known.reply_by_on if known is not None and known.reply_by_on else None
    day = first + timedelta(days=7) if first else today + timedelta(days=USUAL_DAYS)
    return SendFactsForm(formdata=None, reply_by_on=day)


def _communication(
    inspection: Inspection, sending: SendFactsForm | None = None, skipping: SkipForm | None = None
) -> str:
    sending = sending or _facts_form(inspection, typed=False)
    skipping = skipping or SkipForm(formdata=None)
    sending.what.id, skipping.what.id = "what-send", "what-skip"
    known = find_communication(db(), inspection)
    findings = facts_of(db(), inspection)
    return case_page(
        "inspector/communication.html",
        inspection,
        communication=known,
        findings=findings,
        changed=[one for one in findings if known is not None and known.sent_at and one.at > known.sent_at],
        sending=sending,
        skipping=skipping,
        is_here=inspection.state is State.COMMUNICATION,
        today=now().astimezone(SWEDEN).date(),
        pack=load_pack(inspection.pack),
    )


@dialogue.get("/meetings")
@access(Permission.READ_INSPECTION)
def meetings(dnr: str) -> Page:
    return _meetings(open_case(dnr), MeetingForm(formdata=None))


@dialogue.post("/meetings", endpoint="note_meeting")
@access(Permission.READ_INSPECTION)
def note_meeting(dnr: str) -> Page:
    inspection = open_case(dnr)
    if not may_note(current_actor(), inspection):
        raise NotAllowed("Those who inspect or decide in the case note its meetings.")
    form = MeetingForm()
    if form.validate() and form.held_on.data and form.held_time.data is not None:
        held_at = datetime.combine(form.held_on.data, form.held_time.data, tzinfo=SWEDEN)
        try:
            note_dialogue(
                db(), actor=current_actor(), inspection=inspection, held_at=held_at,
                present=form.present.data or "", note=form.note.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "note")
        else:
            flash(_("The meeting is noted, with your name and the time."), "success")
            return back_to("dialogue.meetings", dnr)
    return _meetings(inspection, form), 422


def _meetings(inspection: Inspection, form: MeetingForm) -> str:
    held = list_meetings(db(), inspection)
    return case_page(
        "inspector/meetings.html",
        inspection,
        meetings=[(meeting, name_of(meeting.by_id)) for meeting in held],
        form=form,
        is_here=inspection.state in MEETINGS_IN,
        may_note=may_note(current_actor(), inspection),
    )


def name_of(user_id: object) -> str:
    user = db().get(User, user_id) if user_id else None
    return user.name if user else ""


@dialogue.get("/decision")
@access(Permission.READ_INSPECTION)
def decision(dnr: str) -> Page:
    inspection = open_case(dnr)
    known = find_decision(db(), inspection)
    values = {"decided_on": now().astimezone(SWEDEN).date()}
    if known is not None:
        values = {name: getattr(known, name) for name in ("decided_on", "content", "participants", "dissent")}
        values["kind"] = known.kind.value  # type: ignore[assignment]
    return _decision(inspection, DecisionForm(formdata=None, **values))


@dialogue.post("/decision", endpoint="decide")
@access(Permission.DECIDE)
def decide(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.DECIDE)
    form = DecisionForm()
    if form.validate() and form.decided_on.data:
        try:
            record_decision(
                db(), actor=current_actor(), inspection=inspection, kind=DecisionKind(form.kind.data),
                decided_on=form.decided_on.data, content=form.content.data or "",
                participants=form.participants.data or "", dissent=form.dissent.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "content")
        else:
            flash(_("The decision is recorded."), "success")
            return back_to("dialogue.decision", dnr)
    return _decision(inspection, form), 422


def _decision(inspection: Inspection, form: DecisionForm) -> str:
    known = find_decision(db(), inspection)
    chosen = member_or_none(DecisionKind, form.kind.data)
    kind = known.kind if known else DecisionKind(chosen) if chosen else None
    return case_page(
        "inspector/decision.html",
        inspection,
        decision=known,
        form=form,
        appeal=appeal_of(kind) if kind else None,
        appeals=[(one, appeal_of(one)) for one in DecisionKind],
        decider=name_of(known.decider_id) if known else _holder(inspection, TeamRole.DECISION_MAKER),
        rapporteur=name_of(known.rapporteur_id) if known else _holder(inspection, TeamRole.INSPECTOR),
        is_here=inspection.state is State.DECISION,
        is_sent=is_sent(db(), inspection),
        letter=find_letter(db(), inspection),
        can_send="letters.send" in current_app.view_functions,
    )


def _holder(inspection: Inspection, part: TeamRole) -> str:
    member = holder_of(inspection, part)
    return member.name if member else ""


from . import follow_up  # noqa: E402, F401 - its views belong to this blueprint
