"""The survey for children: a code, the questions, thanks. No account, no cookie, nothing in the log.

The language stands in the address and the code in the form, so that nothing has to be remembered between the
pages. Without a session there is nothing that another site could misuse (app.py takes these views out of the
check of form tokens): whoever sends the form must know the code.
"""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from ...interview_guides.reading import PACKS, available_packs
from ...interview_guides.survey import NoSurvey, SurveyContent, load_survey
from ..errors import Invalid, TillsynError
from ..i18n import LANGUAGES
from ..rules.access import Permission
from ..services.answer_survey import CodeRefused, TooManyTries, answer_survey, check_code
from .access import access
from .database import db, finish, now
from .language import language_asked_for, message
from .session import settings

children_survey = Blueprint("children_survey", __name__, url_prefix="/survey")

NAMES = {"sv": "På svenska", "en": "In English"}
"""What leads to each language, in that language."""

Page = str | Response | tuple[str, int]


@children_survey.get("")
@access(Permission.ANSWER_SURVEY)
def start() -> Page:
    return _code_page(None), 200


@children_survey.post("/questions")
@access(Permission.ANSWER_SURVEY)
def questions() -> Page:
    """The questions that the code is for; what was chosen already (in another language) is kept."""
    try:
        survey = check_code(
            db(), typed=_code(), origin=_origin(), secret_key=settings().secret_key, now=now()
        )
    except (CodeRefused, TooManyTries) as fault:
        return _refused(fault)
    return _questions_page(survey, None)


@children_survey.post("/answers")
@access(Permission.ANSWER_SURVEY)
def answer() -> Page:
    who = {"typed": _code(), "origin": _origin(), "secret_key": settings().secret_key}
    try:
        survey = answer_survey(db(), **who, given=request.form, now=now())
    except (CodeRefused, TooManyTries) as fault:
        return _refused(fault)
    except Invalid as fault:
        return _questions_page(check_code(db(), **who, now=now()), fault), 422
    return redirect(url_for("children_survey.thanks", language=language_asked_for(), survey=survey.pack), 303)


@children_survey.get("/thanks")
@access(Permission.ANSWER_SURVEY)
def thanks() -> str:
    return _page("children/end.html", survey=_survey_asked_for(), sent=True)


@children_survey.get("/stopped")
@access(Permission.ANSWER_SURVEY)
def stopped() -> str:
    return _page("children/end.html", survey=_survey_asked_for(), sent=False)


def _code() -> str:
    return request.form.get("code", "")


def _origin() -> str:
    return request.remote_addr or ""


def _refused(fault: TillsynError) -> tuple[str, int]:
    """The same page for a used, revoked, late or guessed code."""
    finish()  # the failure is to be counted
    return _code_page(fault), 429 if isinstance(fault, TooManyTries) else 422


def _code_page(fault: TillsynError | None) -> str:
    return _page("children/code.html", fault=fault, authority=settings().authority)


def _questions_page(survey: SurveyContent, fault: TillsynError | None) -> str:
    return _page(
        "children/questions.html",
        survey=survey,
        code=_code(),
        given=request.form,
        fault=fault,
        fault_at=fault.values.get("field") if fault else None,
    )


def _page(template: str, *, fault: TillsynError | None = None, **context: object) -> str:
    language = language_asked_for()
    with force_locale(language):
        g.reader_language = language
        said = message(fault) if fault else None
        others = [(one, NAMES[one]) for one in LANGUAGES if one != language]
        return render_template(template, fault=said, others=others, **context)


def _survey_asked_for() -> SurveyContent | None:
    """The survey of the pack in the address, for its closing words; None when there is none."""
    pack = request.args.get("survey", "")
    if pack not in available_packs():
        return None
    try:
        return load_survey(PACKS / pack)
    except NoSurvey:
        return None
