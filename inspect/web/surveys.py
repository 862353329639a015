"""The children's survey as the inspectors see it: open it, print codes, close it, and read what was said."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...interview_guides.survey import survey_from_json
from ...models.inspections import Inspection
from ...models.surveys import Survey
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.survey_results import FEWEST
from ..services.open_survey import (
    BEFORE_OTHERS,
    close_survey,
    codes_left,
    find_survey,
    has_survey,
    is_closed,
    make_codes,
    open_survey,
    revoke_codes,
)
from ..services.read_survey import count_answers, read_survey
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.faults import put_at_field
from .forms.survey import CodesForm, OpenSurveyForm
from .session import current_actor, settings
from .slips import slip_words, slips_of

surveys = Blueprint("surveys", __name__, url_prefix="/inspections/<dnr>/survey")

Page = str | Response | tuple[str, int]
USUAL_TIME = timedelta(days=14)
SPARE = 3
"""Codes beyond one for each child."""


@surveys.get("")
@access(Permission.READ_INSPECTION)
def survey(dnr: str) -> Page:
    return _page(open_case(dnr))


@surveys.post("/open", endpoint="open")
@access(Permission.RECORD_IN_INSPECTION)
def open_for_children(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form = OpenSurveyForm()
    if not form.validate_on_submit():
        return _page(inspection, opening=form), 422
    try:
        open_survey(
            db(),
            actor=current_actor(),
            inspection=inspection,
            children=form.children.data or 0,
            closes_on=form.closes_on.data or date.min,
            now=now(),
        )
    except (Invalid, NotPossibleNow, Conflict) as fault:
        put_at_field(form, fault, "closes_on")
        return _page(inspection, opening=form), 422
    flash(_("The survey is open. Now make codes, and print them."), "success")
    return _back(dnr)


@surveys.post("/codes")
@access(Permission.RECORD_IN_INSPECTION)
def codes(dnr: str) -> Page:
    """The sheet of slips. It is the answer itself: the codes are kept nowhere that they could be read."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form, found = CodesForm(), _survey_of(inspection)
    if not form.validate_on_submit():
        return _page(inspection, making=form), 422
    try:
        made = make_codes(
            db(),
            actor=current_actor(),
            inspection=inspection,
            survey=found,
            number=form.number.data or 0,
            secret_key=settings().secret_key,
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "number")
        return _page(inspection, making=form), 422
    address = settings().base_url + url_for("children_survey.start")
    return render_template(
        "inspector/survey_slips.html",
        inspection=inspection,
        survey=found,
        slips=slips_of(made, address),
        words=slip_words("".join(urlsplit(address)[1:3])),
        authority=settings().authority,
    )


@surveys.post("/revoke")
@access(Permission.RECORD_IN_INSPECTION)
def revoke(dnr: str) -> Response:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    number = revoke_codes(
        db(), actor=current_actor(), inspection=inspection, survey=_survey_of(inspection), now=now()
    )
    flash(
        ngettext("%(num)s unused code no longer works.", "%(num)s unused codes no longer work.", number),
        "success",
    )
    return _back(dnr)


@surveys.post("/close")
@access(Permission.RECORD_IN_INSPECTION)
def close(dnr: str) -> Response:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    close_survey(db(), actor=current_actor(), inspection=inspection, survey=_survey_of(inspection), now=now())
    flash(_("The survey is closed. Now you can read all of it."), "success")
    return redirect(url_for("surveys.results", dnr=dnr), 303)


@surveys.get("/results")
@access(Permission.READ_INSPECTION)
def results(dnr: str) -> Page:
    """What the children said. That somebody read it stands in the log, as this page."""
    inspection = open_case(dnr)
    found = find_survey(db(), inspection)
    reading = read_survey(db(), found, now=now()) if found else None
    return case_page(
        "inspector/survey_results.html", inspection, survey=found, reading=reading, fewest=FEWEST
    )


def _survey_of(inspection: Inspection) -> Survey:
    found = find_survey(db(), inspection)
    if found is None:
        raise NotFound(N_("There is no survey in this case yet."))
    return found


def _back(dnr: str) -> Response:
    return redirect(url_for("surveys.survey", dnr=dnr), 303)


def _page(
    inspection: Inspection, *, opening: OpenSurveyForm | None = None, making: CodesForm | None = None
) -> str:
    today = now().astimezone(SWEDEN).date()
    found = find_survey(db(), inspection)
    usual = (inspection.planned_on or today + USUAL_TIME) - timedelta(days=1)
    return case_page(
        "inspector/survey.html",
        inspection,
        survey=found,
        content=survey_from_json(found.content) if found else None,
        is_closed=is_closed(found, today) if found else False,
        answers=count_answers(db(), found) if found else 0,
        left=codes_left(db(), found) if found else 0,
        opening=opening
        or OpenSurveyForm(formdata=None, children=inspection.home.places, closes_on=max(usual, today)),
        making=making
        or CodesForm(formdata=None, number=(found.children if found else inspection.home.places) + SPARE),
        cannot_open=None if found else _why_not(inspection),
    )


def _why_not(inspection: Inspection) -> str | None:
    """Why no survey can be opened here now; None when it can."""
    if not has_survey(inspection.pack):
        return _("There is no survey in this pack.")
    if inspection.state not in BEFORE_OTHERS:
        return _("The talks with the children are over. A survey is for the time before.")
    if not inspection.announced and inspection.visit_started_at is None:
        return _("The visit is unannounced. A survey would tell of it, so it opens when the visit has begun.")
    return None
