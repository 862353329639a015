"""Systematic review of who has read what (SoLPuL 10 § p 3): draw, look, sign what came of it."""

from datetime import timedelta
from random import SystemRandom
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...models.event_kinds import EventKind
from ...models.log_review import DrawnFor, ReviewOutcome
from ..errors import Invalid, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.log_review import MOST_DAYS
from ..services.draw_log_samples import draw_log_samples
from ..services.judge_log_sample import judge_log_sample
from ..services.see_log_review import (
    OLDEST_FIRST,
    SORTED,
    find_sample,
    see_log_review,
    see_sample,
)
from .access import access
from .database import db, now, record_reading
from .event_words import in_words
from .forms.fields import choices, member_or_none
from .forms.log_review import DrawForm, JudgeForm, ReasonForm
from .fresh_sign_in import fresh_sign_in
from .language import message
from .paging import asked_order, asked_page, pages_of, sortable
from .session import current_actor

log_review = Blueprint("log_review", __name__)


@log_review.get("/log/review")
@access(Permission.REVIEW_LOG)
def overview() -> str:
    today = now().astimezone(SWEDEN).date()
    return _overview(DrawForm(first=today - timedelta(days=7), last=today - timedelta(days=1)))


@log_review.post("/log/review")
@access(Permission.REVIEW_LOG)
def draw() -> Response | tuple[str, int]:
    form = DrawForm()
    first, last = form.first.data, form.last.data
    if not form.validate() or first is None or last is None:
        return _overview(form), 422
    try:
        made = draw_log_samples(
            db(),
            actor=current_actor(),
            first=first,
            last=last,
            chance=SystemRandom(),
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        form.last.errors = [message(fault)]
        return _overview(form), 422
    flash(
        ngettext(
            "Drawn from %(num)s reading. They wait to be looked at.",
            "Drawn from %(num)s readings. They wait to be looked at.",
            made.readings,
        ),
        "success",
    )
    return redirect(url_for("log_review.overview"), 303)


@log_review.get("/log/review/<uuid:sample_id>")
@access(Permission.REVIEW_LOG)
def sample(sample_id: UUID) -> str:
    return _sample(sample_id, JudgeForm())


@log_review.post("/log/review/<uuid:sample_id>")
@access(Permission.REVIEW_LOG)
@fresh_sign_in
def judge(sample_id: UUID) -> Response | tuple[str, int]:
    form = JudgeForm()
    if not form.validate():
        return _sample(sample_id, form), 422
    try:
        judge_log_sample(
            db(),
            actor=current_actor(),
            sample=find_sample(db(), sample_id),
            outcome=ReviewOutcome(form.outcome.data),
            remark=form.remark.data or "",
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        form.remark.errors = [message(fault)]
        return _sample(sample_id, form), 422
    flash(_("The outcome is signed."), "success")
    return redirect(url_for("log_review.overview"), 303)


def _overview(form: DrawForm) -> str:
    order, chosen = asked_order(SORTED, str(OLDEST_FIRST)), ReasonForm(request.args)
    chosen.reason.choices = choices(((one.value, _(one.title)) for one in DrawnFor), first=_("All reasons"))
    reason = member_or_none(DrawnFor, chosen.reason.data)
    seen = see_log_review(
        db(), actor=current_actor(), reason=reason, order=order, page=asked_page(), now=now()
    )
    return render_template(
        "log/samples.html",
        form=form,
        chosen=chosen,
        filtered=reason is not None,
        review=seen,
        columns=[
            *sortable(order, (_("Who read"), "reader"), (_("Day"), "day"), _("Ref. no.")),
            {"title": _("Events"), "numeric": True},
            _("Why it was drawn"),
        ],
        at=pages_of(seen.waiting.number, seen.waiting.pages),
        most_days=MOST_DAYS,
    )


def _sample(sample_id: UUID, form: JudgeForm) -> str:
    seen = see_sample(db(), actor=current_actor(), sample=find_sample(db(), sample_id))
    record_reading(
        EventKind.LOG_READ, actor_id=current_actor().user_id, inspection_id=None, page=f"sample {sample_id}"
    )
    return render_template(
        "log/sample.html",
        form=form,
        seen=seen,
        lines=[(line, in_words(line.event)) for line in seen.lines],
    )
