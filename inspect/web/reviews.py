"""Review of the letter: remarks per paragraph, approve or return, with the evidence beside it."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState, Verdict
from ...models.letters import Letter
from ..errors import Invalid, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..rules.finding_levels import needs_lawyer
from ..rules.letter_kinds import KINDS
from ..rules.letter_obstacles import stands
from ..services.discuss_letter import answer_remark, make_remark, open_threads, resolve_remark
from ..services.find_letter import name_of
from ..services.letter_passages import find_passages, letter_head
from ..services.review_letter import (
    approval_refused,
    approve_letter,
    give_opinion,
    opinions_now,
    return_letter,
)
from ..services.see_obstacles import see_obstacles
from .access import access
from .case import case_page, facts_of, open_case
from .database import db, now
from .evidence_links import NOBODY
from .forms.faults import put_at_field
from .forms.letters import AnswerForm, ApproveForm, OpinionForm, RemarkForm, ReturnForm
from .fresh_sign_in import fresh_sign_in
from .language import message
from .letter_cards import (
    STATE_KINDS,
    answered_lines,
    letter_lix,
    obstacle_lines,
    section_cards,
    state_of,
)
from .letters import Page, chosen_language, letter_kind, of_every_kind
from .session import current_actor, settings

MAIN = "/review"


@of_every_kind("", main=MAIN)
@access(Permission.READ_INSPECTION)
def review(dnr: str) -> Page:
    return _page(open_case(dnr))


@of_every_kind("/paragraphs/<uuid:paragraph_id>/remark", main=MAIN, methods=["POST"])
@access(Permission.REMARK_ON_LETTER)
def remark(dnr: str, paragraph_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.REMARK_ON_LETTER)
    form = RemarkForm(request.form, prefix=_prefix(paragraph_id))
    if form.validate():
        try:
            make_remark(
                db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
                text=form.text.data or "", now=now(), kind=letter_kind(),
            )  # fmt: skip
        except TillsynError as fault:
            put_at_field(form, fault, "text")
        else:
            anchor = f"paragraph-{paragraph_id}"
            return redirect(
                url_for("letters.review", dnr=dnr, language=chosen_language(), _anchor=anchor), 303
            )
    return _page(inspection, remark_form=form, remarked=paragraph_id), 422


@of_every_kind("/remarks/<uuid:remark_id>/resolve", main=MAIN, endpoint="resolve_remark", methods=["POST"])
@access(Permission.READ_INSPECTION)
def resolve_remark_(dnr: str, remark_id: UUID) -> Page:
    inspection = open_case(dnr)
    done = resolve_remark(
        db(), actor=current_actor(), inspection=inspection, remark_id=remark_id, now=now(), kind=letter_kind()
    )
    back = "letters.review" if request.args.get("from") == "review" else "letters.editor"
    anchor = f"paragraph-{done.paragraph_id}"
    return redirect(url_for(back, dnr=dnr, language=chosen_language(), _anchor=anchor), 303)


@of_every_kind("/remarks/<uuid:remark_id>/answer", main=MAIN, endpoint="answer_remark", methods=["POST"])
@access(Permission.READ_INSPECTION)
def answer_remark_(dnr: str, remark_id: UUID) -> Page:
    inspection = open_case(dnr)
    form = AnswerForm(request.form, prefix=_prefix(remark_id))
    if form.validate():
        try:
            answer_remark(
                db(), actor=current_actor(), inspection=inspection, remark_id=remark_id,
                text=form.text.data or "", now=now(), kind=letter_kind(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "text")
        else:
            back = "letters.editor" if request.args.get("from") == "editor" else "letters.review"
            anchor = f"remark-{remark_id}"
            return redirect(url_for(back, dnr=dnr, language=chosen_language(), _anchor=anchor), 303)
    return _page(inspection, answer_form=form, answered=remark_id), 422


@of_every_kind("/opinion", main=MAIN, methods=["POST"])
@access(Permission.ADVISE_ON_LETTER)
def opinion(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.ADVISE_ON_LETTER)
    form = OpinionForm()
    if form.validate_on_submit():
        try:
            give_opinion(
                db(), actor=current_actor(), inspection=inspection, supports=form.supports.data == "yes",
                reason=form.reason.data or "", now=now(), kind=letter_kind(),
            )  # fmt: skip
        except TillsynError as fault:
            put_at_field(form, fault, "reason")
        else:
            flash(_("Your opinion is noted. The decision-maker sees it beside the letter."), "success")
            return redirect(url_for("letters.review", dnr=dnr), 303)
    return _page(inspection, opinion_form=form), 422


@of_every_kind("/approve", main=MAIN, methods=["POST"])
@access(Permission.REVIEW_LETTER)
@fresh_sign_in
def approve(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.REVIEW_LETTER)
    form = ApproveForm()
    try:
        approve_letter(
            db(), actor=current_actor(), inspection=inspection, authority=settings().authority, now=now(),
            kind=letter_kind(), reason=form.reason.data or "",
        )  # fmt: skip
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "reason")
        return _page(inspection, approve_form=form), 422 if isinstance(fault, Invalid) else 409
    flash(_("The letter is approved and frozen. Move the case on when you are ready."), "success")
    return _onwards(dnr)


@of_every_kind("/return", main=MAIN, methods=["POST"])
@access(Permission.REVIEW_LETTER)
def return_(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.REVIEW_LETTER)
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            return_letter(
                db(), actor=current_actor(), inspection=inspection, reason=form.reason.data or "",
                now=now(), kind=letter_kind(),
            )  # fmt: skip
        except TillsynError as fault:
            put_at_field(form, fault, "reason")
        else:
            flash(_("The letter is returned to its author, with your reason and your remarks."), "success")
            return _onwards(dnr)
    return _page(inspection, return_form=form), 422


def _onwards(dnr: str) -> Page:
    """Back to the queue when the verdict was given there; else to the letter."""
    if request.args.get("from") == "start":
        return redirect(url_for("start.home"), 303)
    return redirect(url_for("letters.review", dnr=dnr), 303)


def _prefix(paragraph_id: UUID) -> str:
    return f"r{paragraph_id.hex}-"


def _page(
    inspection: Inspection,
    *,
    remark_form: RemarkForm | None = None,
    remarked: UUID | None = None,
    answer_form: AnswerForm | None = None,
    answered: UUID | None = None,
    return_form: ReturnForm | None = None,
    approve_form: ApproveForm | None = None,
    opinion_form: OpinionForm | None = None,
) -> str:
    kind = letter_kind()
    letter = letter_head(db(), inspection, kind)
    if letter is None:
        return case_page(
            "inspector/letter_none.html",
            inspection,
            kind=KINDS[kind],
            locked=_("The letter is not composed yet."),
        )
    language = chosen_language()
    passages = find_passages(db(), letter)
    state, since = state_of(letter)
    facts = facts_of(inspection)
    in_review = letter.state is LetterState.IN_REVIEW
    seen = see_obstacles(db(), inspection, letter, passages, facts)
    missing = obstacle_lines(inspection, seen.obstacles if in_review else ())
    lix, too_hard = letter_lix(passages, language, KINDS[letter_kind()].most_lix)
    refused = approval_refused(current_actor(), inspection, letter, passages, facts)
    open_remarks = sum(open_threads(passage.remarks) for passage in passages if stands(passage))
    return case_page(
        "supervisor/review.html",
        inspection,
        letter=letter,
        kind=KINDS[kind],
        letter_language=language,
        sections=section_cards(inspection, passages, language, kind=kind),
        obstacles=missing,
        answered_gaps=answered_lines(inspection, seen.answered),
        letter_lix=lix,
        letter_too_hard=too_hard,
        history_href=url_for("letters.letter_history", dnr=inspection.dnr),
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
        blank_answer=AnswerForm(formdata=None, prefix=_prefix(NOBODY)),
        answer_form=answer_form,
        answered=answered,
        return_form=return_form or ReturnForm(formdata=None),
        approve_form=approve_form or ApproveForm(formdata=None),
        opinion_form=opinion_form or OpinionForm(formdata=None),
        opinions=[(one, name_of(db(), one.by_id)) for one in opinions_now(letter).values()],
        against=any(one.verdict is Verdict.OBJECTED for one in opinions_now(letter).values()),
        lawyer_waited=kind is LetterKind.FEEDBACK
        and needs_lawyer(facts.highest_level, facts.sanction)
        and not facts.lawyer_heard,
        returned_at=_returned_at(letter),
    )


def _returned_at(letter: Letter) -> datetime | None:
    """When the letter was last returned: what was written after that is marked as new."""
    return max((one.at for one in letter.reviews if one.verdict is Verdict.RETURNED), default=None)
