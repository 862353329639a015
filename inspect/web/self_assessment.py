"""The page of the manager of a home: their own picture, before an announced visit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.inspections import Inspection
from ...models.vocabulary import TeamRole
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission
from ..services.assess_oneself import assess_oneself, assessment_stamp, find_asked, find_latest_sent
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.self_assessment import SelfAssessmentForm
from .session import current_actor, settings

self_assessment = Blueprint("self_assessment", __name__)

Page = str | Response | tuple[str, int]


@self_assessment.get("/self-assessment")
@access(Permission.ASSESS_ONESELF)
def write() -> Page:
    asked = find_asked(db(), current_actor())
    draft = asked.self_assessment if asked else None
    form = SelfAssessmentForm(
        formdata=None,
        strengths="\n".join(draft.strengths) if draft else "",
        worries="\n".join(draft.worries) if draft else "",
        made_from=assessment_stamp(draft),
    )
    return _page(asked, form)


@self_assessment.post("/self-assessment", endpoint="save")
@access(Permission.ASSESS_ONESELF)
def save() -> Page:
    """Save as a draft, or send; `do` is the button that was pressed."""
    form, sends = SelfAssessmentForm(), request.form.get("do") == "send"
    if form.validate():
        try:
            assess_oneself(
                db(), actor=current_actor(), strengths=form.strengths.data or "",
                worries=form.worries.data or "", made_from=form.made_from.data or "", send=sends, now=now(),
            )  # fmt: skip
        except Conflict as fault:
            put_at_field(form, fault, "strengths")
            asked = find_asked(db(), current_actor())
            form.made_from.data = assessment_stamp(asked.self_assessment if asked else None)
            return _page(asked, form, theirs=fault.theirs), 409
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "strengths")
        else:
            flash(
                _("Your self-assessment is sent. Thank you.") if sends else _("Your draft is saved."),
                "success",
            )
            return redirect(url_for("self_assessment.write"), 303)
    return _page(find_asked(db(), current_actor()), form), 422


def _page(asked: Inspection | None, form: SelfAssessmentForm, *, theirs: dict[str, str] | None = None) -> str:
    draft = asked.self_assessment if asked else None
    sent = draft if draft is not None and draft.sent_at else None
    if asked is None:
        sent = find_latest_sent(db(), current_actor())
    return render_template(
        "home_manager/self_assessment.html",
        inspection=asked,
        draft=draft,
        sent=sent,
        form=form,
        theirs=theirs,
        inspector=next((m.name for m in asked.team if m.role is TeamRole.INSPECTOR), "") if asked else "",
        authority=settings().authority,
    )
