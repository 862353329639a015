"""A letter as it looks, and as a file to take home: as approved or issued, or the draft, which says so."""

from typing import Any, cast

from flask import Response as FlaskResponse
from flask import abort, request
from markupsafe import Markup

from ...models.letter_vocabulary import LetterKind
from ...models.register import Committee
from ...reports.letter_html import letter_style, render_fragment
from ..rules.access import Permission
from ..rules.letter_kinds import KINDS
from ..services.letter_files import FORMATS, MEDIA_TYPES, Format
from ..services.render_letter import letter_content, render_letter
from ..services.route_to_committees import committees
from ..services.unverified_words import UNVERIFIED, unverified_languages
from .access import access
from .case import case_page, open_case
from .database import db, now
from .letters import LANGUAGE_NAMES, Page, chosen_language, letter_kind, letters, of_every_kind
from .session import settings


@of_every_kind("/preview")
@access(Permission.READ_INSPECTION)
def preview(dnr: str) -> Page:
    """The letter as it will look."""
    inspection = open_case(dnr)
    kind, language = letter_kind(), chosen_language()
    content = letter_content(
        db(), inspection=inspection, language=language, authority=settings().authority, now=now(), kind=kind,
        committee=_asked_committee(),
    )  # fmt: skip
    fragment = Markup(render_fragment(content, 2))  # noqa: S704 - reports escapes all text itself
    return case_page(
        "inspector/letter_preview.html",
        inspection,
        fragment=fragment,
        letter_language=language,
        direction=content.direction,
        kind=KINDS[kind],
        formats=FORMATS,
        language_names=LANGUAGE_NAMES,
        unverified=UNVERIFIED if language in unverified_languages(inspection.pack, kind) else "",
    )


@of_every_kind("/letter.pdf")
@access(Permission.READ_INSPECTION)
def pdf(dnr: str) -> Page:
    return _file(dnr, chosen_language(), "pdf")


@of_every_kind(f"/<any(sv, en, ar):letter_language>.<any({', '.join(FORMATS)}):form>")
@access(Permission.READ_INSPECTION)
def file(dnr: str, letter_language: str, form: str) -> Page:
    if letter_language not in KINDS[letter_kind()].languages:
        abort(404)
    return _file(dnr, letter_language, cast(Format, form))


def _file(dnr: str, language: Any, form: Format) -> FlaskResponse:
    inspection = open_case(dnr)
    kind = letter_kind()
    data = render_letter(
        db(), inspection=inspection, language=language, form=form, authority=settings().authority, now=now(),
        kind=kind, committee=_asked_committee(), number=request.args.get("number", 0, type=int),
    )  # fmt: skip
    return file_answer(data, form, f"{dnr}-{kind.value}-{language}")


def _asked_committee() -> Committee | None:
    """The committee whose letter is asked for; None where it is not to committees, or as all would get it."""
    asked = request.args.get("to", "")
    if letter_kind() is not LetterKind.COMMITTEE or not asked:
        return None
    return next((one for one in committees(db()) if str(one.id) == asked), None) or abort(404)


def file_answer(data: bytes, form: Format, name: str) -> FlaskResponse:
    """A file of a letter: a PDF is shown, the others are saved."""
    answer = FlaskResponse(data, mimetype=MEDIA_TYPES[form])
    shown = "inline" if form == "pdf" and "save" not in request.args else "attachment"
    answer.headers["Content-Disposition"] = f'{shown}; filename="{name}.{form}"'
    return answer


@letters.get("/letter.css")
@access(Permission.SIGN_IN)
def stylesheet() -> Page:
    """The style of a rendered letter; it belongs to `reports`, not to the site."""
    return FlaskResponse(letter_style(settings().authority.colour), mimetype="text/css")
