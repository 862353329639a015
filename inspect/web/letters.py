"""The letter: composed, edited paragraph by paragraph, shown as it will look, sent."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ...reports.letter_html import STYLESHEET, render_fragment
from ..errors import Conflict, Invalid, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..services.compose_letter import compose_letter
from ..services.edit_paragraph import edit_paragraph, remove_paragraph, take_composed
from ..services.find_letter import name_of, take_back_letter, the_letter
from ..services.letter_passages import find_passages, letter_head
from ..services.render_letter import letter_content, render_letter
from ..services.review_letter import submit_letter
from ..services.see_obstacles import see_obstacles
from ..services.send_letter import send_letter, why_not_send
from .access import access
from .case import case_page, facts_of, open_case
from .database import db, now
from .evidence_links import NOBODY
from .findings import why_locked
from .forms.letters import ParagraphForm, VersionForm
from .language import current_language, message
from .letter_cards import STATE_KINDS, Returned, obstacle_lines, prefix_of, section_cards, state_of
from .session import current_actor, settings

letters = Blueprint("letters", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
BASE = "/inspections/<dnr>/letter"
PARAGRAPH = f"{BASE}/paragraphs/<uuid:paragraph_id>"


def chosen_language() -> Any:
    """The language of the letter that is looked at; the reader's own when nothing is said."""
    asked = request.args.get("language", "")
    return asked if asked in ("sv", "en") else current_language()


@letters.get(BASE)
@access(Permission.READ_INSPECTION)
def editor(dnr: str) -> Page:
    return _editor(open_case(dnr), chosen_language())


@letters.post(f"{BASE}/compose")
@access(Permission.WRITE_LETTER)
def compose(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    compose_letter(db(), actor=current_actor(), inspection=inspection, now=now())
    flash(_("The letter is up to date with the findings. What you have written yourself is kept."), "success")
    return redirect(url_for("letters.editor", dnr=dnr, language=chosen_language()), 303)


@letters.route(PARAGRAPH, methods=["PUT", "POST"])
@access(Permission.WRITE_LETTER)
def save_paragraph(dnr: str, paragraph_id: UUID) -> Page:
    """Save one paragraph: by script (PUT, JSON) or as a plain form."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    form = ParagraphForm(request.form, prefix=prefix_of(paragraph_id))
    version, text = _given(form)
    try:
        saved = edit_paragraph(
            db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
            version=version, text=text, now=now(),
        )  # fmt: skip
    except TillsynError as fault:
        if request.is_json:
            raise
        return _returned(inspection, paragraph_id, form, fault)
    if request.is_json:
        return jsonify(version=saved.version, saved_at=now().isoformat()), 200
    flash(_("The paragraph is saved."), "success")
    return _back(dnr, saved.language, paragraph_id)


@letters.post(f"{PARAGRAPH}/fresh", endpoint="take_composed")
@access(Permission.WRITE_LETTER)
def take_fresh(dnr: str, paragraph_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    saved = take_composed(
        db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
        version=_number(VersionForm().version.data), now=now(),
    )  # fmt: skip
    return _back(dnr, saved.language, paragraph_id)


@letters.post(f"{PARAGRAPH}/remove", endpoint="remove_paragraph")
@access(Permission.WRITE_LETTER)
def leave_out(dnr: str, paragraph_id: UUID) -> Page:
    """Leave a paragraph out of the letter, or put it back."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    form = VersionForm()
    saved = remove_paragraph(
        db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
        version=_number(form.version.data), removed=form.removed.data != "no", now=now(),
    )  # fmt: skip
    return _back(dnr, saved.language, paragraph_id)


@letters.post(f"{BASE}/submit")
@access(Permission.WRITE_LETTER)
def submit(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    try:
        submit_letter(db(), actor=current_actor(), inspection=inspection, now=now())
    except NotPossibleNow as refused:
        return _editor(inspection, chosen_language(), not_submitted=message(refused)), 409
    flash(_("The letter is sent to review. You are told here when it is approved or returned."), "success")
    return redirect(url_for("letters.editor", dnr=dnr), 303)


@letters.post(f"{BASE}/take-back")
@access(Permission.WRITE_LETTER)
def take_back(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    take_back_letter(db(), actor=current_actor(), inspection=inspection, now=now())
    flash(_("The letter is a draft again. What was approved before is kept as it was."), "success")
    return redirect(url_for("letters.editor", dnr=dnr), 303)


@letters.get(f"{BASE}/preview")
@access(Permission.READ_INSPECTION)
def preview(dnr: str) -> Page:
    """The letter as it will look."""
    inspection = open_case(dnr)
    language = chosen_language()
    content = letter_content(
        db(), inspection=inspection, language=language, authority=settings().authority, now=now()
    )
    fragment = Markup(render_fragment(content, 2))  # noqa: S704 - reports escapes all text itself
    return case_page("inspector/letter_preview.html", inspection, fragment=fragment, letter_language=language)


@letters.get(f"{BASE}/letter.pdf")
@access(Permission.READ_INSPECTION)
def pdf(dnr: str) -> Page:
    inspection = open_case(dnr)
    language = chosen_language()
    data = render_letter(
        db(), inspection=inspection, language=language, form="pdf", authority=settings().authority, now=now()
    )
    answer = FlaskResponse(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{dnr}-{language}.pdf"'
    return answer


@letters.get("/letter.css")
@access(Permission.SIGN_IN)
def stylesheet() -> Page:
    """The style of a rendered letter; it belongs to `reports`, not to the site."""
    return FlaskResponse(STYLESHEET.read_text(encoding="utf-8"), mimetype="text/css")


@letters.post(f"{BASE}/send")
@access(Permission.LEAD_INSPECTION)
def send(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    send_letter(db(), actor=current_actor(), inspection=inspection, authority=settings().authority, now=now())
    flash(_("The letter is sent. The provider can read and answer it now."), "success")
    return redirect(url_for("letters.editor", dnr=dnr), 303)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _given(form: ParagraphForm) -> tuple[int, str]:
    if not request.is_json:
        return _number(form.version.data), form.text.data or ""
    sent = request.get_json(silent=True) or {}
    fields, version = sent.get("fields"), sent.get("version")
    text = fields.get("text") if isinstance(fields, dict) else None
    if not isinstance(text, str) or not isinstance(version, int):
        raise Invalid(N_("The text or its version is missing."), {"field": "text"})
    return version, text


def _returned(inspection: Inspection, paragraph_id: UUID, form: ParagraphForm, fault: TillsynError) -> Page:
    """The editor again, with what was typed and what the other wrote."""
    theirs, by = None, ""
    if isinstance(fault, Conflict):
        theirs, by = str(fault.theirs.get("text", "")), fault.by
        form.version.data = str(fault.version)
    letter = the_letter(db(), inspection)
    language = next((one.language for one in letter.paragraphs if one.id == paragraph_id), None)
    if language is None:
        raise fault
    returned = Returned(paragraph_id, form, message(fault), theirs, by)
    return _editor(inspection, language, returned), 422 if isinstance(fault, Invalid) else 409


def _back(dnr: str, language: str, paragraph_id: UUID) -> Response:
    return redirect(
        url_for("letters.editor", dnr=dnr, language=language, _anchor=f"paragraph-{paragraph_id}"), 303
    )


def _editor(
    inspection: Inspection,
    language: str,
    returned: Returned | None = None,
    not_submitted: str | None = None,
) -> str:
    letter = letter_head(db(), inspection)
    locked = why_locked(inspection, letter)
    if letter is None:
        return case_page("inspector/letter_none.html", inspection, locked=locked)
    passages = find_passages(db(), letter)
    found = see_obstacles(db(), inspection, letter, passages, facts_of(inspection)) if not locked else ()
    state, since = state_of(letter)
    not_sent = why_not_send(current_actor(), inspection, letter)
    return case_page(
        "inspector/letter.html",
        inspection,
        letter=letter,
        letter_language=language,
        sections=section_cards(inspection, passages, language, returned),
        obstacles=obstacle_lines(inspection, found),
        stale=any(one.page == "compose" for one in found),
        locked=locked,
        not_submitted=not_submitted,
        state_text=state,
        state_kind=STATE_KINDS[letter.state],
        state_since=since,
        author=name_of(db(), letter.author_id),
        returned_because=letter.reviews[-1] if letter.state.value == "returned" and letter.reviews else None,
        not_sent=message(not_sent) if not_sent else None,
        nobody=str(NOBODY),
    )


from . import reviews  # noqa: E402, F401 - its views belong to this blueprint
