"""Guides to and from the programs that interview with forms (XLSForm)."""

from collections.abc import Iterable

from flask import Blueprint, render_template, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from ...interview_guides.guide import UnknownContent, load_pack
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow
from ..exchange.xlsform_model import UnusableForm
from ..exchange.xlsform_report import Fate
from ..rules.access import Permission
from ..services.export_guide_form import export_guide_form
from ..services.find_guide_drafts import list_guides_to_write
from ..services.find_guides import latest_guide
from ..services.start_draft_from_form import DraftFromForm, start_draft_from_form
from .access import access
from .database import db, now
from .forms.guide_forms import GuideFormForm
from .language import current_language, message, translate
from .session import current_actor, settings

guide_forms = Blueprint("guide_forms", __name__, url_prefix="/guides/forms")

Page = str | Response | tuple[str, int] | tuple[Response, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guide_forms.route("", methods=["GET", "POST"])
@access(Permission.WRITE_GUIDES)
def forms() -> Page:
    """Guides as forms to take home, and a form to make a draft of; what was left out is shown at once."""
    form = _form()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    pack, _sign, guide = str(form.guide.data).partition("/")
    try:
        done = start_draft_from_form(
            db(), actor=current_actor(), pack=pack, guide=guide, content=form.file.data.read(), now=now()
        )
    except UnusableForm as unusable:
        form.file.errors = [message(unusable)]
        faults = [(fault.place, translate(fault.text, **fault.values)) for fault in unusable.faults]
        return _page(form, faults=faults), 422
    except (Invalid, NotPossibleNow) as refused:
        form.file.errors = [message(refused)]
        return _page(form), 422
    return _page(_form(fresh=True), done=done)


@guide_forms.get("/<pack>/<guide>.xlsx")
@access(Permission.PUBLISH_GUIDES)
def file(pack: str, guide: str) -> Page:
    """The version of a guide that is published for the latest day, as a form."""
    try:
        content = export_guide_form(load_pack(pack), latest_guide(db(), pack, guide))
    except UnknownContent:
        raise NotFound(N_("There is no such guide.")) from None
    answer = FlaskResponse(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{guide}.xlsx"'
    return answer


def _form(*, fresh: bool = False) -> GuideFormForm:
    form = GuideFormForm(formdata=None) if fresh else GuideFormForm()
    language = current_language()
    form.guide.choices = [("", translate(N_("Choose a guide")))]
    form.guide.choices += [
        (
            f"{line.pack.id}/{line.guide.id}",
            f"{line.guide.title.in_language(language)} – {line.pack.title.in_language(language)}",
        )
        for line in list_guides_to_write(db())
        if line.draft is None
    ]
    return form


def _page(
    form: GuideFormForm, *, faults: Iterable[tuple[str, str]] = (), done: DraftFromForm | None = None
) -> str:
    report = [
        (fate, translate(fate.heading), [line for line in done.report if line.fate is fate])
        for fate in Fate
        if done is not None and any(line.fate is fate for line in done.report)
    ]
    return render_template(
        "method_owner/forms.html",
        form=form,
        faults=list(faults),
        done=done,
        report=report,
        say_line=lambda line: translate(line.text, **line.values),
        lines=list_guides_to_write(db()),
        largest=settings().max_content_length // 2**20,
    )
