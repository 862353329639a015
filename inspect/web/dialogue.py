"""Between review and follow-up: right to reply, meetings with the provider, the decision, the answers."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.letter_wording import load_letter_wording
from ...models.inspections import Inspection
from ...models.letter_vocabulary import DecisionKind
from ...models.vocabulary import State, TeamRole
from ..errors import Invalid, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.appeal import appeal_of
from ..services.children_to_answer import children_without_letter
from ..services.find_letter import name_of as name_of_account
from ..services.letter_passages import letter_head
from ..services.record_decision import find_decision, holder_of, is_sent, record_decision
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.dialogue import DecisionForm
from .forms.faults import put_at_field
from .forms.fields import member_or_none
from .fresh_sign_in import fresh_sign_in
from .session import current_actor

dialogue = Blueprint("dialogue", __name__, url_prefix="/inspections/<dnr>")

Page = str | Response | tuple[str, int]


def back_to(endpoint: str, dnr: str) -> Response:
    return redirect(url_for(endpoint, dnr=dnr), 303)


def name_of(user_id: UUID | None) -> str:
    return name_of_account(db(), user_id)


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
@fresh_sign_in
def decide(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.DECIDE)
    form = DecisionForm()
    if form.validate() and form.decided_on.data:
        try:
            record_decision(
                db(), actor=current_actor(), inspection=inspection, kind=DecisionKind(form.kind.data),
                decided_on=form.decided_on.data, content=form.content.data or "",
                participants=form.participants.data or "", dissent=form.dissent.data or "",
                looked=form.looked.data, now=now(),
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
    wording = load_letter_wording(inspection.pack)
    return case_page(
        "inspector/decision.html",
        inspection,
        decision=known,
        form=form,
        appeal=appeal_of(kind, wording) if kind else None,
        appeals=[(one, appeal_of(one, wording)) for one in DecisionKind],
        law_of_order=wording.law["order"],
        decider=name_of(known.decider_id) if known else _holder(inspection, TeamRole.DECISION_MAKER),
        rapporteur=name_of(known.rapporteur_id) if known else _holder(inspection, TeamRole.INSPECTOR),
        is_here=inspection.state is State.DECISION,
        is_sent=is_sent(db(), inspection),
        letter=letter_head(db(), inspection),
        without_letter=children_without_letter(db(), inspection),
        can_send="letters.send" in current_app.view_functions,
    )


def _holder(inspection: Inspection, part: TeamRole) -> str:
    member = holder_of(inspection, part)
    return member.name if member else ""


from . import (  # noqa: E402 - their views belong to this blueprint
    follow_up,  # noqa: F401
    meetings,  # noqa: F401
    right_to_reply,  # noqa: F401
)
