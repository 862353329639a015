"""Corrections of writing errors in sent letters: proposed, decided on, and told the provider (FL 36 §)."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as Download
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.corrections import Correction
from ...models.inspections import Inspection
from ...models.letter_vocabulary import CorrectionState
from ...models.letters import Letter, LetterVersion
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.letter_correction import Place, places_of
from ..rules.letter_kinds import KINDS
from ..rules.reidentification.marks import Mark
from ..services.correct_letter import (
    comment_on_correction,
    propose_correction,
    refuse_correction,
    why_not_decide,
    why_not_propose,
    withdraw_correction,
)
from ..services.correction_marks import marks_of_correction
from ..services.find_corrections import (
    find_correction,
    letter_of_case,
    list_corrections,
    newest_versions,
    told_of,
    told_version,
    version_of_case,
)
from ..services.find_letter import name_of
from ..services.make_correction import make_correction
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.corrections import CommentForm, CorrectionForm, ReasonForm, correction_form
from .forms.faults import put_at_field
from .fresh_sign_in import fresh_sign_in
from .language import message
from .letters import LANGUAGE_NAMES
from .pack_words import speak_of
from .session import current_actor, settings

corrections = Blueprint("corrections", __name__)

Page = str | Response | tuple[str, int]
LETTER = "/inspections/<dnr>/letters/<uuid:letter_id>/correction"
ONE = f"{LETTER}/<uuid:correction_id>"
STATE_KINDS = {
    CorrectionState.PROPOSED: "waiting",
    CorrectionState.MADE: "done",
    CorrectionState.REFUSED: "returned",
    CorrectionState.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class WordsLine:
    """The words in one language, where they stand, and the versions before and after."""

    language: str
    name: str
    wrong: str
    right: str
    places: tuple[Place, ...]
    marks: tuple[Mark, ...]
    old: LetterVersion
    made: LetterVersion | None


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    correction: Correction
    state_kind: str
    words: tuple[WordsLine, ...]
    proposed_by: str
    decided_by: str


@corrections.get(LETTER)
@access(Permission.READ_INSPECTION)
def letter(dnr: str, letter_id: UUID) -> Page:
    inspection = open_case(dnr)
    return _page(inspection, letter_of_case(db(), inspection, letter_id))


@corrections.post(LETTER)
@access(Permission.PROPOSE_CORRECTION)
def propose(dnr: str, letter_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.PROPOSE_CORRECTION)
    found = letter_of_case(db(), inspection, letter_id)
    languages = KINDS[found.kind].languages
    form = correction_form(languages, LANGUAGE_NAMES)
    if form.validate():
        if form.detriment.data and form.comment_by_on.data is None:
            form.comment_by_on.errors = [_("Choose the day until which the provider may comment.")]
            return _page(inspection, found, form), 422
        comment_by_on = form.comment_by_on.data if form.detriment.data else None
        try:
            propose_correction(
                db(), actor=current_actor(), inspection=inspection, letter=found, words=form.words(languages),
                why=form.why.data or "", comment_by_on=comment_by_on, now=now(),
                looked=form.looked.data,
            )  # fmt: skip
        except Invalid as fault:
            put_at_field(form, fault, "why")
        else:
            flash(_("The correction is proposed. The decision-maker decides on it."), "success")
            return redirect(url_for("corrections.letter", dnr=dnr, letter_id=letter_id), 303)
    return _page(inspection, found, form), 422


@corrections.post(f"{ONE}/make")
@access(Permission.REVIEW_LETTER)
@fresh_sign_in
def make(dnr: str, letter_id: UUID, correction_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.REVIEW_LETTER)
    found = letter_of_case(db(), inspection, letter_id)
    try:
        made = make_correction(
            db(), actor=current_actor(), inspection=inspection, letter=found,
            correction=find_correction(db(), found, correction_id), authority=settings().authority, now=now(),
        )  # fmt: skip
    except (NotPossibleNow, Conflict) as fault:
        flash(message(fault), "error")
        return _page(inspection, found), 409
    numbers = ", ".join(one.letter_number for one in made)
    flash(
        _(
            "The letter is corrected: %(numbers)s. The old version stays and is said to be replaced.",
            numbers=numbers,
        ),
        "success",
    )
    return redirect(url_for("corrections.letter", dnr=dnr, letter_id=letter_id), 303)


@corrections.post(f"{ONE}/refuse")
@access(Permission.REVIEW_LETTER)
def refuse(dnr: str, letter_id: UUID, correction_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.REVIEW_LETTER)
    found = letter_of_case(db(), inspection, letter_id)
    form = ReasonForm()
    if form.validate():
        correction = find_correction(db(), found, correction_id)
        try:
            refuse_correction(
                db(), actor=current_actor(), inspection=inspection, correction=correction,
                reason=form.reason.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "reason")
        else:
            flash(_("The letter stays as it is."), "success")
            return redirect(url_for("corrections.letter", dnr=dnr, letter_id=letter_id), 303)
    return _page(inspection, found, reason=form), 422


@corrections.post(f"{ONE}/withdraw")
@access(Permission.PROPOSE_CORRECTION)
def withdraw(dnr: str, letter_id: UUID, correction_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.PROPOSE_CORRECTION)
    found = letter_of_case(db(), inspection, letter_id)
    withdraw_correction(
        db(), actor=current_actor(), inspection=inspection,
        correction=find_correction(db(), found, correction_id), now=now(),
    )  # fmt: skip
    flash(_("The proposal is withdrawn."), "success")
    return redirect(url_for("corrections.letter", dnr=dnr, letter_id=letter_id), 303)


@corrections.get("/inspections/<dnr>/letters/versions/<letter_number>.pdf")
@access(Permission.READ_INSPECTION)
def version(dnr: str, letter_number: str) -> Response:
    return _pdf(version_of_case(db(), open_case(dnr), letter_number))


@corrections.route("/letters/corrections/<uuid:correction_id>", methods=["GET", "POST"])
@access(Permission.ANSWER_LETTERS)
def told(correction_id: UUID) -> Page:
    """The provider reads what is corrected, and comments where it is asked to."""
    found = told_of(db(), current_actor(), correction_id)
    speak_of(found.inspection.pack)
    form = CommentForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                comment_on_correction(
                    db(),
                    actor=current_actor(),
                    correction_id=correction_id,
                    text=form.comment.data or "",
                    now=now(),
                )
            except (Invalid, NotPossibleNow) as fault:
                put_at_field(form, fault, "comment")
            else:
                flash(_("Your comment has been sent."), "success")
                return redirect(url_for("corrections.told", correction_id=correction_id), 303)
    text = render_template(
        "provider/correction.html",
        told=found,
        card=_card(found.correction, found.letter),
        form=form,
        authority=settings().authority,
    )
    return text, status


@corrections.get("/letters/versions/<letter_number>.pdf")
@access(Permission.ANSWER_LETTERS)
def version_told(letter_number: str) -> Response:
    """The corrected letter, and the one that it replaced, which stays readable."""
    return _pdf(told_version(db(), current_actor(), letter_number))


def _pdf(found: LetterVersion) -> Response:
    answer = Download(found.pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{found.letter_number}.pdf"'
    return answer


def _card(correction: Correction, of: Letter, inspection: Inspection | None = None) -> CorrectionCard:
    """`inspection`: for those who decide, with the words that the guard marks."""
    versions = {one.id: one for one in of.versions}
    lines = []
    for words in correction.words:
        old = versions[words.replaces_id]
        lines.append(
            WordsLine(
                language=words.language,
                name=LANGUAGE_NAMES[words.language],
                wrong=words.wrong,
                right=words.right,
                places=places_of(old.content, words.wrong),
                marks=marks_of_correction(db(), inspection, of, old, words.wrong, words.right)
                if inspection is not None and correction.state is CorrectionState.PROPOSED
                else (),
                old=old,
                made=versions.get(words.made_id) if words.made_id else None,
            )
        )
    return CorrectionCard(
        correction=correction,
        state_kind=STATE_KINDS[correction.state],
        words=tuple(lines),
        proposed_by=name_of(db(), correction.proposed_by_id),
        decided_by=name_of(db(), correction.decided_by_id),
    )


def _page(
    inspection: Inspection,
    found: Letter,
    form: CorrectionForm | None = None,
    reason: ReasonForm | None = None,
) -> str:
    actor = current_actor()
    cards = [_card(one, found, inspection) for one in list_corrections(db(), found)]
    waiting = next((one for one in cards if one.correction.state is CorrectionState.PROPOSED), None)
    not_proposed = why_not_propose(db(), actor, inspection, found)
    not_decided = why_not_decide(actor, inspection, waiting.correction, now=now()) if waiting else None
    newest = {one.id for one in newest_versions(found).values()}
    return case_page(
        "inspector/correction.html",
        inspection,
        letter=found,
        kind=KINDS[found.kind],
        versions=[one for one in found.versions if one.sent_at is not None],
        newest=newest,
        language_names=LANGUAGE_NAMES,
        waiting=waiting,
        earlier=[one for one in cards if one is not waiting],
        form=form or correction_form(KINDS[found.kind].languages, LANGUAGE_NAMES, formdata=None),
        reason=reason or ReasonForm(formdata=None),
        may_refuse=waiting is not None
        and may(actor, Permission.REVIEW_LETTER, inspection)
        and waiting.correction.proposed_by_id != actor.user_id,
        not_proposed=message(not_proposed) if not_proposed else "",
        not_decided=message(not_decided) if not_decided else "",
    )
