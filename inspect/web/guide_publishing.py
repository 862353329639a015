"""From a draft to a published version: handed over by its writer, read and published by somebody else."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from ...interview_guides.guide import load_pack
from ...models.guides import GuideVersion
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow, TillsynError
from ..rules.access import Permission, may
from ..rules.guide_comparison import compare_guides
from ..services.check_guide_draft import check_guide_draft, guide_of_draft
from ..services.edit_guide_draft import withdraw_draft
from ..services.find_guide_drafts import find_draft, writers_of
from ..services.find_guides import latest_guide
from ..services.publish_guide import (
    first_day,
    hand_over_draft,
    publish_guide,
    return_draft,
    take_draft_back,
    why_not_publish,
)
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.guide_drafts import HandOverForm, PublishForm, ReturnDraftForm
from .guide_draft_lines import draft_head
from .guide_drafts import DRAFT, Page, guide_drafts
from .guide_fault_words import fault_lines
from .guides import change_lines
from .language import day, message
from .session import current_actor


@guide_drafts.get(f"{DRAFT}/publish", endpoint="publishing")
@access(Permission.PUBLISH_GUIDES)
def publishing(draft_id: UUID) -> Page:
    """What changes with the draft, and the next step on its way."""
    return _page(find_draft(db(), draft_id))


@guide_drafts.post(f"{DRAFT}/hand-over")
@access(Permission.WRITE_GUIDES)
def hand_over(draft_id: UUID) -> Page:
    form = HandOverForm()
    if not form.validate_on_submit():
        return _page(find_draft(db(), draft_id), hand=form), 422
    try:
        hand_over_draft(
            db(), actor=current_actor(), draft_id=draft_id, valid_from=form.valid_from.data, now=now()
        )
    except Invalid as fault:
        put_at_field(form, fault, "valid_from")
        return _page(find_draft(db(), draft_id), hand=form), 422
    except NotPossibleNow as fault:
        return _refused(draft_id, fault)
    flash(
        _("The draft is handed over. Another method owner or a supervisor reads and publishes it."), "success"
    )
    return redirect(url_for("guide_drafts.publishing", draft_id=draft_id), 303)


@guide_drafts.post(f"{DRAFT}/take-back")
@access(Permission.WRITE_GUIDES)
def take_back(draft_id: UUID) -> Page:
    take_draft_back(db(), actor=current_actor(), draft_id=draft_id, now=now())
    return redirect(url_for("guide_drafts.draft", draft_id=draft_id), 303)


@guide_drafts.post(f"{DRAFT}/return", endpoint="return_")
@access(Permission.PUBLISH_GUIDES)
def give_back(draft_id: UUID) -> Page:
    form = ReturnDraftForm()
    if not form.validate_on_submit():
        return _page(find_draft(db(), draft_id), back=form), 422
    try:
        return_draft(db(), actor=current_actor(), draft_id=draft_id, remark=form.remark.data or "", now=now())
    except Invalid as fault:
        put_at_field(form, fault, "remark")
        return _page(find_draft(db(), draft_id), back=form), 422
    except NotPossibleNow as fault:
        return _refused(draft_id, fault, back=form)
    flash(_("The draft is given back to its writers with your remark."), "success")
    return redirect(url_for("guide_drafts.drafts"), 303)


@guide_drafts.post(f"{DRAFT}/publish")
@access(Permission.PUBLISH_GUIDES)
def publish(draft_id: UUID) -> Page:
    form = PublishForm()
    if not form.validate_on_submit():
        return _page(find_draft(db(), draft_id), ready=form), 422
    try:
        made = publish_guide(
            db(), actor=current_actor(), draft_id=draft_id, digest=form.digest.data or "",
            valid_from=form.valid_from.data, now=now(),
        )  # fmt: skip
    except Invalid as fault:
        put_at_field(form, fault, "valid_from")
        return _page(find_draft(db(), draft_id), ready=form), 422
    except (Conflict, NotPossibleNow, NotAllowed) as fault:
        return _refused(draft_id, fault)
    told = _(
        "The guide is published as version %(name)s and holds from %(day)s.",
        name=made.version,
        day=day(made.valid_from),
    )
    flash(told, "success")
    return redirect(url_for("guide_drafts.drafts"), 303)


@guide_drafts.post(f"{DRAFT}/withdraw")
@access(Permission.WRITE_GUIDES)
def withdraw(draft_id: UUID) -> Page:
    withdraw_draft(db(), actor=current_actor(), draft_id=draft_id, now=now())
    flash(_("The draft is thrown away. What is published stands as it stood."), "success")
    return redirect(url_for("guide_drafts.drafts"), 303)


def _refused(draft_id: UUID, fault: TillsynError, back: FlaskForm | None = None) -> tuple[str, int]:
    """The page as it stands now, with why the step was refused."""
    return _page(find_draft(db(), draft_id), refused=message(fault), back=back), 409


def _page(
    row: GuideVersion,
    *,
    hand: HandOverForm | None = None,
    ready: PublishForm | None = None,
    back: FlaskForm | None = None,
    refused: str = "",
) -> str:
    actor, pack = current_actor(), load_pack(row.pack)
    before = latest_guide(db(), row.pack, row.guide)
    faults = fault_lines(pack, row.id, check_guide_draft(db(), row))
    reason = why_not_publish(db(), actor, row)
    first = max(row.valid_from or first_day(now()), first_day(now()))
    hand = hand or HandOverForm(formdata=None, valid_from=first)
    ready = ready or PublishForm(formdata=None, valid_from=first)
    ready.digest.data = row.content_sha256
    return render_template(
        "method_owner/publish.html",
        head=draft_head(db(), row),
        faults=faults,
        before=before,
        changes=change_lines(compare_guides(before, guide_of_draft(row)), pack),
        writers=list(writers_of(db(), row).values()),
        may_write=may(actor, Permission.WRITE_GUIDES),
        reason=message(reason) if reason else "",
        refused_now=refused,
        hand=hand,
        ready=ready,
        back=back or ReturnDraftForm(formdata=None),
    )
