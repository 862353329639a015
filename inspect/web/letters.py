"""A letter: composed, edited paragraph by paragraph, shown as it will look, sent. The same for every kind.

The feedback letter, the main one, stands at `/letter`; every kind also has `/letters/<kind>`. Which kind a
request is about is said by `letter_kind()`; addresses built during it are of the same kind
(web/addresses.py).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..rules.letter_kinds import KINDS
from ..services.children_to_answer import children_without_letter
from ..services.compose_letter import compose_letter
from ..services.edit_paragraph import edit_paragraph, remove_paragraph, take_composed
from ..services.find_letter import name_of, take_back_letter, the_letter
from ..services.issue_letter import why_not_issue
from ..services.letter_passages import find_passages, letter_head
from ..services.review_letter import submit_letter
from ..services.see_obstacles import see_obstacles
from ..services.send_letter import CHILD_WITHOUT_LETTER, why_not_send
from ..services.time_letters import why_not_yet
from .access import access
from .addresses import OF_A_KIND
from .case import case_page, facts_of, open_case
from .case_frame import show
from .database import db, now
from .evidence_links import NOBODY
from .findings import why_locked
from .forms.letters import ParagraphForm, VersionForm
from .json_bodies import sent_object
from .language import current_language, message
from .letter_cards import (
    STATE_KINDS,
    Returned,
    answered_lines,
    letter_lix,
    obstacle_lines,
    prefix_of,
    section_cards,
    state_of,
)
from .plain_cards import plain_card
from .session import current_actor

letters = Blueprint("letters", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
CASE = "/inspections/<dnr>"
BASE = f"{CASE}/letter"
PARAGRAPH = "/paragraphs/<uuid:paragraph_id>"
A_KIND = f"<any({', '.join(repr(kind.value) for kind in KINDS)}):kind>"


LANGUAGE_NAMES = {"sv": "Svenska", "en": "English", "ar": "العربية"}
"""Each in its own tongue, for whoever reads it."""


def of_every_kind(rule: str, *, main: str = "/letter", **options: Any) -> Callable[[Any], Any]:
    """Register a view for the feedback letter at `main`, and for each kind under `/letters/<kind>`.

    Another `main` is a part of the letter of its own (`/review`), and stands there for each kind.
    """
    endpoint = options.pop("endpoint", None)
    part = "" if main == "/letter" else main

    def register(view: Any) -> Any:
        name = endpoint or view.__name__
        letters.add_url_rule(
            f"{CASE}{main}{rule}", name, view, defaults={"kind": LetterKind.FEEDBACK.value}, **options
        )
        letters.add_url_rule(f"{CASE}/letters/{A_KIND}{part}{rule}", name, view, **options)
        OF_A_KIND.add(f"letters.{name}")
        return view

    return register


@letters.url_value_preprocessor
def _take_kind(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "kind" in values:
        g.letter_kind = LetterKind(values.pop("kind"))


@letters.url_defaults
def _same_kind(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in OF_A_KIND and "letter_kind" in g:
        values.setdefault("kind", g.letter_kind.value)


def letter_kind() -> LetterKind:
    """The kind of letter that this request is about."""
    kind: LetterKind = g.letter_kind
    return kind


def chosen_language() -> Any:
    """The language of the letter that is looked at; the reader's own when nothing is said."""
    asked = request.args.get("language", "")
    return asked if asked in KINDS[letter_kind()].languages else current_language()


@of_every_kind("")
@access(Permission.READ_INSPECTION)
def editor(dnr: str) -> Page:
    return _editor(open_case(dnr), chosen_language())


@of_every_kind("/compose", methods=["POST"])
@access(Permission.WRITE_LETTER)
def compose(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    compose_letter(db(), actor=current_actor(), inspection=inspection, now=now(), kind=letter_kind())
    flash(_("The letter is up to date with the findings. What you have written yourself is kept."), "success")
    return redirect(url_for("letters.editor", dnr=dnr, language=chosen_language()), 303)


@of_every_kind(PARAGRAPH, methods=["PUT", "POST"])
@access(Permission.WRITE_LETTER)
def save_paragraph(dnr: str, paragraph_id: UUID) -> Page:
    """Save one paragraph: by script (PUT, JSON) or as a plain form."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    form = ParagraphForm(request.form, prefix=prefix_of(paragraph_id))
    version, text = _given(form)
    try:
        saved = edit_paragraph(
            db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
            version=version, text=text, now=now(), kind=letter_kind(),
        )  # fmt: skip
    except TillsynError as fault:
        if request.is_json:
            raise
        return _returned(inspection, paragraph_id, form, fault)
    if request.is_json:
        plain = plain_card(saved.text, saved.language).as_data()
        return jsonify(version=saved.version, saved_at=now().isoformat(), plain=plain), 200
    flash(_("The paragraph is saved."), "success")
    return _back(dnr, saved.language, paragraph_id)


@of_every_kind(f"{PARAGRAPH}/fresh", endpoint="take_composed", methods=["POST"])
@access(Permission.WRITE_LETTER)
def take_fresh(dnr: str, paragraph_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    saved = take_composed(
        db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
        version=_number(VersionForm().version.data), now=now(), kind=letter_kind(),
    )  # fmt: skip
    return _back(dnr, saved.language, paragraph_id)


@of_every_kind(f"{PARAGRAPH}/remove", endpoint="remove_paragraph", methods=["POST"])
@access(Permission.WRITE_LETTER)
def leave_out(dnr: str, paragraph_id: UUID) -> Page:
    """Leave a paragraph out of the letter, or put it back."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    form = VersionForm()
    saved = remove_paragraph(
        db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
        version=_number(form.version.data), removed=form.removed.data != "no", now=now(), kind=letter_kind(),
    )  # fmt: skip
    return _back(dnr, saved.language, paragraph_id)


@of_every_kind("/submit", methods=["POST"])
@access(Permission.WRITE_LETTER)
def submit(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    try:
        submit_letter(db(), actor=current_actor(), inspection=inspection, now=now(), kind=letter_kind())
    except NotPossibleNow as refused:
        return _editor(inspection, chosen_language(), not_submitted=message(refused)), 409
    flash(_("The letter is sent to review. You are told here when it is approved or returned."), "success")
    return redirect(url_for("letters.editor", dnr=dnr), 303)


@of_every_kind("/take-back", methods=["POST"])
@access(Permission.WRITE_LETTER)
def take_back(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    take_back_letter(db(), actor=current_actor(), inspection=inspection, now=now(), kind=letter_kind())
    flash(_("The letter is a draft again. What was approved before is kept as it was."), "success")
    return redirect(url_for("letters.editor", dnr=dnr), 303)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _given(form: ParagraphForm) -> tuple[int, str]:
    if not request.is_json:
        return _number(form.version.data), form.text.data or ""
    fields, version = (sent_object().get(name) for name in ("fields", "version"))
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
    letter = the_letter(db(), inspection, letter_kind())
    language = next((one.language for one in letter.paragraphs if one.id == paragraph_id), None)
    if language is None:
        raise fault
    returned = Returned(paragraph_id, form, message(fault), theirs, by)
    return _editor(inspection, language, returned), 422 if isinstance(fault, Invalid) else 409


def _back(dnr: str, language: str, paragraph_id: UUID) -> Response:
    return redirect(
        url_for("letters.editor", dnr=dnr, language=language, _anchor=f"paragraph-{paragraph_id}"), 303
    )


def not_sent(inspection: Inspection, letter: Letter) -> str | None:
    """Why the letter cannot be sent, or issued, from here now; None when it can."""
    actor = current_actor()
    if not KINDS[letter.kind].reviewed:
        stored = the_letter(db(), inspection, letter.kind)
        fault = why_not_issue(db(), actor, inspection, stored, letter.kind, now=now())
    else:
        fault = why_not_send(actor, inspection, letter)
    if fault is None and letter.kind is LetterKind.FEEDBACK:
        left = children_without_letter(db(), inspection)
        if left:
            return _(CHILD_WITHOUT_LETTER, who=", ".join(one.person for one in left))
    return message(fault) if fault else None


def no_letter_page(inspection: Inspection) -> str:
    """Before the letter is composed: what will stand here, and the first step or why it is not yet."""
    kind = letter_kind()
    locked = why_locked(inspection, None, kind)
    early = why_not_yet(db(), inspection, kind, now=now(), facts=facts_of(inspection))
    return case_page(
        "inspector/letter_none.html",
        inspection,
        kind=KINDS[kind],
        locked=locked or (early and show(early)),
    )


def _editor(
    inspection: Inspection,
    language: str,
    returned: Returned | None = None,
    not_submitted: str | None = None,
) -> str:
    kind = letter_kind()
    letter = letter_head(db(), inspection, kind)
    locked = why_locked(inspection, letter, kind)
    if letter is None:
        return no_letter_page(inspection)
    passages = find_passages(db(), letter)
    seen = see_obstacles(db(), inspection, letter, passages, facts_of(inspection))
    found = seen.obstacles if not locked else ()
    state, since = state_of(letter)
    lix, too_hard = letter_lix(passages, language, KINDS[kind].most_lix)
    return case_page(
        "inspector/letter.html",
        inspection,
        letter=letter,
        letter_language=language,
        sections=section_cards(inspection, passages, language, returned, kind),
        obstacles=obstacle_lines(inspection, found),
        answered_gaps=answered_lines(inspection, seen.answered),
        letter_lix=lix,
        letter_too_hard=too_hard,
        history_href=url_for("letters.letter_history", dnr=inspection.dnr),
        stale=any(one.page == "compose" for one in found),
        locked=locked,
        not_submitted=not_submitted,
        state_text=state,
        state_kind=STATE_KINDS[letter.state],
        state_since=since,
        author=name_of(db(), letter.author_id),
        returned_because=letter.reviews[-1] if letter.state.value == "returned" and letter.reviews else None,
        kind=KINDS[kind],
        not_sent=not_sent(inspection, letter),
        nobody=str(NOBODY),
    )


from . import identities, letter_grounds, letter_papers, letter_texts, reviews  # noqa: E402, F401 - their views belong to this blueprint
