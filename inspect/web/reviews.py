"""Review of the letter: remarks per paragraph, approve or return, with the evidence beside it."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ...models.vocabulary import LetterState
from ..errors import TillsynError
from ..rules.access import Permission
from ..rules.letter_obstacles import stands
from ..services.find_letter import name_of
from ..services.letter_passages import find_passages, letter_head
from ..services.review_letter import (
    approval_refused,
    approve_letter,
    make_remark,
    resolve_remark,
    return_letter,
)
from ..services.see_obstacles import see_obstacles
from .access import access
from .case import case_page, facts_of, open_case
from .database import db, now
from .evidence_links import NOBODY
from .forms.faults import put_at_field
from .forms.letters import RemarkForm, ReturnForm
from .language import message
from .letter_cards import STATE_KINDS, obstacle_lines, section_cards, state_of
from .letters import Page, chosen_language, letters
from .session import current_actor, settings

BASE = "/inspections/<dnr>/review"


@letters.get(BASE)
@access(Permission.READ_INSPECTION)
def review(dnr: str) -> Page:
    return _page(open_case(dnr))


@letters.post(f"{BASE}/paragraphs/<uuid:paragraph_id>/remark")
@access(Permission.REMARK_ON_LETTER)
def remark(dnr: str, paragraph_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.REMARK_ON_LETTER)
    form = RemarkForm(request.form, prefix=_prefix(paragraph_id))
    if form.validate():
        try:
            make_remark(
                db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
                text=form.text.data or "", now=now(),
            )  # fmt: skip
        except TillsynError as fault:
            put_at_field(form, fault, "text")
        else:
            anchor = f"paragraph-{paragraph_id}"
            return redirect(
                url_for("letters.review", dnr=dnr, language=chosen_language(), _anchor=anchor), 303
            )
    return _page(inspection, remark_form=form, remarked=paragraph_id), 422


@letters.post(f"{BASE}/remarks/<uuid:remark_id>/resolve", endpoint="resolve_remark")
@access(Permission.READ_INSPECTION)
def resolve_remark_(dnr: str, remark_id: UUID) -> Page:
    inspection = open_case(dnr)
    done = resolve_remark(db(), actor=current_actor(), inspection=inspection, remark_id=remark_id, now=now())
    back = "letters.review" if request.args.get("from") == "review" else "letters.editor"
    anchor = f"paragraph-{done.paragraph_id}"
    return redirect(url_for(back, dnr=dnr, language=chosen_language(), _anchor=anchor), 303)


@letters.post(f"{BASE}/approve")
@access(Permission.REVIEW_LETTER)
def approve(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.REVIEW_LETTER)
    approve_letter(
        db(), actor=current_actor(), inspection=inspection, authority=settings().authority, now=now()
    )
    flash(_("The letter is approved and frozen. Move the case on when you are ready."), "success")
    return redirect(url_for("letters.review", dnr=dnr), 303)


@letters.post(f"{BASE}/return")
@access(Permission.REVIEW_LETTER)
def return_(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.REVIEW_LETTER)
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            return_letter(
                db(), actor=current_actor(), inspection=inspection, reason=form.reason.data or "", now=now()
            )
        except TillsynError as fault:
            put_at_field(form, fault, "reason")
        else:
            flash(_("The letter is returned to its author, with your reason and your remarks."), "success")
            return redirect(url_for("letters.review", dnr=dnr), 303)
    return _page(inspection, return_form=form), 422


def _prefix(paragraph_id: UUID) -> str:
    return f"r{paragraph_id.hex}-"


def _page(
    inspection: Inspection,
    *,
    remark_form: RemarkForm | None = None,
    remarked: UUID | None = None,
    return_form: ReturnForm | None = None,
) -> str:
    letter = letter_head(db(), inspection)
    if letter is None:
        return case_page(
            "inspector/letter_none.html", inspection, locked=_("The letter is not composed yet.")
        )
    language = chosen_language()
    passages = find_passages(db(), letter)
    state, since = state_of(letter)
    facts = facts_of(inspection)
    in_review = letter.state is LetterState.IN_REVIEW
    found = see_obstacles(db(), inspection, letter, passages, facts) if in_review else ()
    missing = obstacle_lines(inspection, found)
    refused = approval_refused(current_actor(), inspection, letter.author_id, passages, facts)
    open_remarks = sum(
        one.resolved_at is None for passage in passages if stands(passage) for one in passage.remarks
    )
    return case_page(
        "supervisor/review.html",
        inspection,
        letter=letter,
        letter_language=language,
        sections=section_cards(inspection, passages, language),
        obstacles=missing,
        why_refused=message(refused) if refused else missing[0].text if missing else None,
        in_review=in_review,
        state_text=state,
        state_kind=STATE_KINDS[letter.state],
        state_since=since,
        author=name_of(db(), letter.author_id),
        approved_by=name_of(db(), letter.approved_by_id),
        verdicts=[(one, name_of(db(), one.by_id)) for one in reversed(letter.reviews)],
        open_remarks=open_remarks,
        remark_form=remark_form,
        blank_remark=RemarkForm(formdata=None, prefix=_prefix(NOBODY)),
        remarked=remarked,
        nobody=str(NOBODY),
        return_form=return_form or ReturnForm(formdata=None),
    )
