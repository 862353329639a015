"""Is this letter genuine? For everybody, without an account: by the file or by the number in its head.

What is uploaded is read in memory and forgotten. Nothing is told but what `Genuine` holds, and nothing of a
letter before it is sent. Without a session there is no token, and nothing that another site could misuse
(app.py takes the page out of the check of form tokens): whoever asks changes nothing.
"""

from collections.abc import Callable

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from ..rules.access import Permission
from ..services.recognise_letter import Genuine, TooManyQuestions, tell_of_file, tell_of_number
from .access import access
from .database import db, now
from .forms.genuine import FileForm, NumberForm
from .language import language_asked_for, message
from .session import settings

genuine = Blueprint("genuine", __name__)

MOST_BYTES = 3 * 1024 * 1024
"""Ten times the longest letter. A request may be a little longer: the rest is the form around the file."""

BEGINNINGS = (b"%pdf-", b"pk\x03\x04", b"<!doctype html", b"<html")
"""How a PDF, a DOCX and an HTML file begin, in small letters."""

Page = str | tuple[str, int]


@genuine.route("/genuine", methods=["GET", "POST"])
@access(Permission.VERIFY_LETTER)
def check() -> Page:
    language = language_asked_for()
    with force_locale(language):
        g.reader_language = language
        return _asked() if request.method == "POST" else _page()


def _asked() -> Page:
    try:
        by_file = "file" in request.files or "file" in request.form
    except RequestEntityTooLarge:
        return _page(file_fault=_too_large()), 413
    return _file() if by_file else _number()


def _number() -> Page:
    form = NumberForm(meta={"csrf": False})
    if not form.validate():
        return _page(number=form), 422
    return _answer(tell_of_number, form.number.data or "", by="number", number=form)


def _file() -> Page:
    sent = request.files.get("file")
    data = sent.read(MOST_BYTES + 1) if sent else b""
    if not data:
        return _page(file_fault=_("Choose the file of the letter.")), 422
    if len(data) > MOST_BYTES:
        return _page(file_fault=_too_large()), 413
    if not data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(BEGINNINGS):
        return _page(
            file_fault=_(
                "This file is neither PDF, web page (HTML) nor DOCX, and our letters are. Choose another."
            )
        ), 422
    return _answer(tell_of_file, data, by="file")


def _answer(
    ask: Callable[..., Genuine | None], what: object, *, by: str, number: NumberForm | None = None
) -> Page:
    try:
        found = ask(db(), what, origin=request.remote_addr or "", secret_key=settings().secret_key, now=now())
    except TooManyQuestions as fault:
        return _page(number=number, refused=message(fault)), 429
    return _page(number=number, by=by, found=found)


def _too_large() -> str:
    return _(
        "The file is larger than %(most)s MB, and our letters are much smaller. Choose another.",
        most=MOST_BYTES // 1024 // 1024,
    )


def _page(
    *,
    number: NumberForm | None = None,
    file_fault: str = "",
    by: str = "",
    found: Genuine | None = None,
    refused: str = "",
) -> str:
    """`by`: what was asked with, "" when nothing was; `refused`: why there is no answer."""
    file = FileForm(formdata=None, meta={"csrf": False})
    file.file.errors = [file_fault] if file_fault else []
    return render_template(
        "public/genuine.html",
        number=number or NumberForm(formdata=None, meta={"csrf": False}),
        file=file,
        by=by,
        found=found,
        refused=refused,
        authority=settings().authority,
        address=url_for("genuine.check", language=language_asked_for()),
    )
