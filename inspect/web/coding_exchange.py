"""Exchange codes: the code book and the coded case out to other programs, and their projects in."""

from collections.abc import Iterable

from flask import Blueprint, request
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ..errors import NotAllowed
from ..exchange.refi_qda_model import UnusableExchange
from ..rules.access import Permission, may
from ..rules.interview_order import may_record
from ..services.export_codes import QDC, QDPX, code_book_file, codes_of_case
from ..services.import_codes import CodesImported, import_codes
from .access import access
from .case import case_page, open_case
from .case_frame import show
from .database import db, now, record_reading
from .forms.coding_exchange import ExchangeForm
from .language import current_language, message, translate
from .session import current_actor, settings

coding_exchange = Blueprint("coding_exchange", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
BASE = "/inspections/<dnr>/coding/exchange"


@coding_exchange.route(BASE, methods=["GET", "POST"])
@access(Permission.CODE_STATEMENTS)
def exchange(dnr: str) -> Page:
    """The ways out and in; a file that was sent is taken in whole, or its faults are shown."""
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    form = ExchangeForm()
    if request.method == "GET":
        return _page(inspection, form)
    if not form.validate():
        return _page(inspection, form), 422
    try:
        done = import_codes(
            db(), actor=current_actor(), inspection=inspection, content=form.file.data.read(),
            language=current_language(), now=now(),
        )  # fmt: skip
    except UnusableExchange as unusable:
        form.file.errors = [message(unusable)]
        faults = [(fault.place, translate(fault.text, **fault.values)) for fault in unusable.faults]
        return _page(inspection, form, faults=faults), 422
    except NotAllowed as refused:
        form.file.errors = [message(refused)]
        return _page(inspection, form), 403
    return _page(inspection, ExchangeForm(formdata=None), done=done)


@coding_exchange.get(f"{BASE}/project.qdpx")
@access(Permission.CODE_STATEMENTS)
def project(dnr: str) -> Page:
    """The case as its reader may see it, as QDPX."""
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    content = codes_of_case(
        db(), actor=current_actor(), inspection=inspection, language=_language(), now=now()
    )  # fmt: skip
    return _file(inspection, content, QDPX, "application/zip")


@coding_exchange.get(f"{BASE}/codes.qdc")
@access(Permission.CODE_STATEMENTS)
def book(dnr: str) -> Page:
    """The code book of the case, as QDC."""
    inspection = open_case(dnr, Permission.CODE_STATEMENTS)
    return _file(inspection, code_book_file(load_pack(inspection.pack), _language()), QDC, "application/xml")


def _language() -> str:
    asked = request.args.get("language", "")
    return asked if asked in ("sv", "en") else current_language()


def _file(inspection: Inspection, content: bytes, kind: str, mimetype: str) -> Response:
    record_reading(
        EventKind.CODES_EXPORTED, actor_id=current_actor().user_id, inspection_id=inspection.id, format=kind
    )
    answer = FlaskResponse(content, mimetype=mimetype)
    name = inspection.dnr if kind == QDPX else f"{inspection.pack}-{load_pack(inspection.pack).version}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _page(
    inspection: Inspection,
    form: ExchangeForm,
    *,
    faults: Iterable[tuple[str, str]] = (),
    done: CodesImported | None = None,
) -> str:
    shut = may_record(inspection.state)
    return case_page(
        "inspector/coding_exchange.html",
        inspection,
        form=form,
        faults=list(faults),
        done=done,
        added=_added(done) if done is not None and done.is_new else [],
        not_taken=_not_taken(done) if done is not None else [],
        code_names=dict(_names(inspection)),
        largest=settings().max_content_length // 2**20,
        records=may(current_actor(), Permission.RECORD_IN_INSPECTION, inspection),
        shut=show(shut[0]) if shut else None,
    )


def _names(inspection: Inspection) -> Iterable[tuple[str, str]]:
    """What our themes and severities are called, by what an import says it found."""
    pack, language = load_pack(inspection.pack), current_language()
    for theme in pack.themes:
        yield theme.id, theme.name.in_language(language)
    for anchor in pack.severity:
        yield str(anchor.severity), f"{anchor.severity} {anchor.name.in_language(language)}"


def _added(done: CodesImported) -> list[str]:
    added = done.added
    return [
        text
        for number, text in (
            (added.sources, ngettext("%(num)s text", "%(num)s texts", added.sources)),
            (added.statements, ngettext("%(num)s statement", "%(num)s statements", added.statements)),
            (added.passages, ngettext("%(num)s passage", "%(num)s passages", added.passages)),
            (added.codings, ngettext("%(num)s judgement", "%(num)s judgements", added.codings)),
            (added.memos, ngettext("%(num)s memo", "%(num)s memos", added.memos)),
        )
        if number
    ]


def _not_taken(done: CodesImported) -> list[str]:
    """What the file has and the case does not take in, in words; elements of the format by their names."""
    words = {
        "units": _("coded otherwise in the file than here; it stands as it is here: %(num)s"),
        "changed": _("changed here since the file was made, so that its marks do not fit: %(num)s"),
        "divided": _("marks that reach over several statements, divided between them: %(num)s"),
        "lost": _("marks without any words in them: %(num)s"),
    }
    other = _("%(name)s (no place for it here): %(num)s")
    told = [words[name] % {"num": count} for name, count in done.kept]
    return told + [other % {"name": name, "num": count} for name, count in done.left_out]
