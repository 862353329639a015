"""The page of the manager of a home: their own picture, before an announced visit."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection, SelfAssessment
from ...models.vocabulary import TeamRole
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.lines_of_enquiry import OwnArea
from ..services.assess_oneself import assess_oneself, assessment_stamp, find_asked, find_latest_sent
from ..services.gather_enquiry import areas_of
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.self_assessment import SelfAssessmentForm, as_fields, self_assessment_form
from .language import say
from .pack_words import speak_of
from .session import current_actor, settings

self_assessment = Blueprint("self_assessment", __name__)

Page = str | Response | tuple[str, int]


@self_assessment.get("/self-assessment")
@access(Permission.ASSESS_ONESELF)
def write() -> Page:
    asked = _asked()
    draft = asked.self_assessment if asked else None
    form = _form(
        asked,
        formdata=None,
        **as_fields(areas_of(draft)),
        strengths="\n".join(draft.strengths) if draft else "",
        worries="\n".join(draft.worries) if draft else "",
        made_from=assessment_stamp(draft),
    )
    return _page(asked, form)


@self_assessment.post("/self-assessment", endpoint="save")
@access(Permission.ASSESS_ONESELF)
def save() -> Page:
    """Save as a draft, or send; `do` is the button that was pressed."""
    form, sends = _form(_asked()), request.form.get("do") == "send"
    if form.validate():
        try:
            assess_oneself(
                db(), actor=current_actor(), strengths=form.strengths.data or "",
                worries=form.worries.data or "", areas=form.areas(), made_from=form.made_from.data or "",
                send=sends, now=now(),
            )  # fmt: skip
        except Conflict as fault:
            put_at_field(form, fault, "strengths")
            asked = _asked()
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
    return _page(_asked(), form), 422


def _asked() -> Inspection | None:
    """The inspection that is asked about; from here on the request speaks in the words of its pack."""
    asked = find_asked(db(), current_actor())
    speak_of(asked.pack if asked else None)
    return asked


def _form(asked: Inspection | None, **source: Any) -> SelfAssessmentForm:
    """The form with the areas of the inspection that is asked about."""
    return self_assessment_form(load_pack(asked.pack).areas if asked else ())(**source)


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
        sent_areas=_said_of_areas(sent),
        their_areas=_said_of_areas(draft) if theirs is not None else [],
        theirs=theirs,
        inspector=next((m.name for m in asked.team if m.role is TeamRole.INSPECTOR), "") if asked else "",
        authority=settings().authority,
    )


def _said_of_areas(assessment: SelfAssessment | None) -> list[tuple[str, OwnArea]]:
    """What an assessment says of each area, by its name."""
    if assessment is None:
        return []
    pack = load_pack(db().get_one(Inspection, assessment.inspection_id).pack)
    said = areas_of(assessment)
    return [(say(area.name), said[area.id]) for area in pack.areas if area.id in said]
