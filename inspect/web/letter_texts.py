"""The texts of a paragraph: choose one's own or that of the data, see every earlier one, put one back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ...models.letters import Paragraph
from ..rules.access import Permission
from ..services.edit_paragraph import is_fixed, keep_edited, restore_text, take_merged
from ..services.find_letter import find_letter, paragraph_of, the_letter
from ..services.keep_text import texts_by_key
from .access import access
from .case import case_page, open_case
from .database import db, now
from .findings import why_locked
from .forms.letters import VersionForm, number_in
from .letter_history_cards import gone_lines, history_cards, paragraph_lines, text_cards
from .letters import PARAGRAPH, Page, letter_kind, no_letter_page, of_every_kind
from .session import current_actor


def _chosen(dnr: str, paragraph_id: UUID, choose: Callable[..., Paragraph], **more: Any) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    saved = choose(
        db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
        version=number_in(VersionForm().version.data), now=now(), kind=letter_kind(), **more,
    )  # fmt: skip
    anchor = f"paragraph-{paragraph_id}"
    return redirect(url_for("letters.editor", dnr=dnr, language=saved.language, _anchor=anchor), 303)


@of_every_kind(f"{PARAGRAPH}/both", methods=["POST"])
@access(Permission.WRITE_LETTER)
def take_both(dnr: str, paragraph_id: UUID) -> Page:
    """Take what was written and what the data changed, in one text."""
    return _chosen(dnr, paragraph_id, take_merged)


@of_every_kind(f"{PARAGRAPH}/mine", methods=["POST"])
@access(Permission.WRITE_LETTER)
def keep_mine(dnr: str, paragraph_id: UUID) -> Page:
    """Stay with what was written, having seen what the data say now."""
    return _chosen(dnr, paragraph_id, keep_edited)


@of_every_kind(f"{PARAGRAPH}/history/restore", methods=["POST"])
@access(Permission.WRITE_LETTER)
def restore(dnr: str, paragraph_id: UUID) -> Page:
    number, step = (number_in(request.form.get(name)) for name in ("number", "step"))
    answer = _chosen(dnr, paragraph_id, restore_text, number=number, step=step)
    flash(_("The earlier text stands again. What stood before is kept in the history."), "success")
    return answer


@of_every_kind(f"{PARAGRAPH}/history")
@access(Permission.READ_INSPECTION)
def paragraph_history(dnr: str, paragraph_id: UUID) -> Page:
    inspection = open_case(dnr)
    letter = the_letter(db(), inspection, letter_kind())
    paragraph = paragraph_of(letter, paragraph_id)
    locked = why_locked(inspection, letter) or (
        _("This follows from the finding or the weighing. Change it there.") if is_fixed(paragraph) else None
    )
    return case_page(
        "inspector/letter_paragraph_history.html",
        inspection,
        paragraph=paragraph,
        letter_language=paragraph.language,
        cards=text_cards(letter, paragraph),
        verdicts=history_cards(letter),
        locked=locked,
    )


@of_every_kind("/history")
@access(Permission.READ_INSPECTION)
def letter_history(dnr: str) -> Page:
    """Every paragraph that has been changed, and those that are in the letter no more."""
    inspection = open_case(dnr)
    letter = find_letter(db(), inspection, letter_kind())
    if letter is None:
        return no_letter_page(inspection)
    kept = texts_by_key(db(), letter)
    return case_page(
        "inspector/letter_history.html",
        inspection,
        changed=paragraph_lines(inspection, letter, kept),
        gone=gone_lines(inspection, letter, kept),
        verdicts=history_cards(letter),
    )
