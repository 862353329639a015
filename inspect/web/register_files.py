"""A file for the register: sent, looked at, and then taken in."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.register import RegisterImport
from ..exchange.register_table import COLUMNS, NEEDED, LineFault, UnusableTable
from ..rules.access import Permission
from ..services.import_register import (
    content_of,
    find_file,
    keep_file,
    list_imports,
    look_at_file,
    take_in_file,
)
from .access import access
from .database import db, now
from .forms.register_files import RegisterFileForm
from .history_words import step_in_words
from .language import current_language, message_of
from .session import current_actor, settings

register_files = Blueprint("register_files", __name__, url_prefix="/register-files")

Page = str | Response | tuple[str, int]
SHOWN = 200
"""Faults, and steps, on a page; the rest are told by their number."""


@register_files.route("", methods=["GET", "POST"])
@access(Permission.CHANGE_REGISTER)
def upload() -> Page:
    form = RegisterFileForm()
    if not form.validate_on_submit():
        return _upload_page(form), 422 if form.is_submitted() else 200
    sent = form.file.data
    try:
        kept = keep_file(
            db(), actor=current_actor(), name=sent.filename or "register.csv", content=sent.read(), now=now()
        )
    except UnusableTable as unusable:
        form.file.errors = [_("The file has faults, so nothing has been taken in. The list says which.")]
        return _upload_page(form, unusable.faults), 422
    return redirect(url_for("register_files.file", import_id=kept.id), 303)


def _upload_page(form: RegisterFileForm, faults: tuple[LineFault, ...] = ()) -> str:
    return render_template(
        "register/file_upload.html",
        form=form,
        faults=_in_words(faults),
        faults_in_all=len(faults),
        columns=[(_heading(headings), name in NEEDED) for name, headings in COLUMNS.items()],
        imports=list_imports(db()),
        largest=settings().max_content_length // 2**20,
    )


def _heading(headings: tuple[str, ...]) -> str:
    """The heading of a column in the reader's language; a file may have either."""
    return headings[0 if current_language() == "sv" else -1]


def _in_words(faults: tuple[LineFault, ...]) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, message_of(fault.text, fault.values)) for fault in faults[:SHOWN]]


@register_files.get("/columns.csv")
@access(Permission.CHANGE_REGISTER)
def columns() -> Response:
    """An empty file with every heading, for a spreadsheet program: UTF-8 with a mark, semicolons."""
    heading = ";".join(_heading(headings) for headings in COLUMNS.values())
    answer = FlaskResponse(f"\ufeff{heading}\r\n", mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="register.csv"'
    return answer


@register_files.get("/<uuid:import_id>")
@access(Permission.CHANGE_REGISTER)
def file(import_id: UUID) -> Page:
    return _file_page(find_file(db(), import_id))


def _file_page(kept: RegisterImport) -> str:
    if kept.applied_at is not None:
        return render_template("register/file_taken_in.html", kept=kept)
    try:
        seen = look_at_file(db(), content_of(kept))
    except UnusableTable as unusable:
        return render_template(
            "register/file.html",
            kept=kept,
            seen=None,
            steps=(),
            faults=_in_words(unusable.faults),
            shown=SHOWN,
        )
    steps = [step_in_words(step) for step in seen.plan.steps[:SHOWN]]
    return render_template("register/file.html", kept=kept, seen=seen, steps=steps, faults=(), shown=SHOWN)


@register_files.post("/<uuid:import_id>")
@access(Permission.CHANGE_REGISTER)
def take_in(import_id: UUID) -> Page:
    kept = find_file(db(), import_id)
    if kept.applied_at is not None:
        return redirect(url_for("register_files.file", import_id=kept.id), 303)
    try:
        take_in_file(db(), actor=current_actor(), kept=kept, now=now())
    except UnusableTable:  # the register has changed since it was looked at: the page says how
        return _file_page(kept), 409
    flash(_("The file is taken in."), "success")
    return redirect(url_for("register_files.file", import_id=kept.id), 303)
