"""Right to reply (FL 24, 25, 27 §§): the facts are sent, replies come and are answered point by point."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import gettext as _

from ...models.decisions import Communication
from ...models.dialogue import ReplyPoint
from ...models.dialogue_vocabulary import FactStance, PointVerdict
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, SkipGround
from ...models.vocabulary import State
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..services.answer_points import (
    answer_point,
    list_points,
    why_not_answer,
    written_in_english,
)
from ..services.communicate_facts import (
    REPLIES_ARE_READ,
    USUAL_DAYS,
    current_facts,
    find_communication,
    send_facts,
    sent_facts,
    skip_communication,
)
from ..services.corrected_facts import CHANGES
from ..services.note_dialogue import may_note
from ..services.note_spoken_reply import list_spoken, note_spoken_reply
from ..services.reply_to_facts import Points
from ..services.section_headings import section_heading
from ..services.sent_facts import Fact, changed_since
from ..services.trace_reply import trace_reply
from .access import access
from .case import case_page, open_case
from .database import db, now
from .dialogue import Page, back_to, dialogue, name_of
from .forms.dialogue import SendFactsForm, SkipForm
from .forms.facts import PointAnswerForm, SpokenForm, fact_forms, said_in
from .forms.faults import put_at_field
from .forms.together import Together
from .session import current_actor, settings
from .ways_in import provider_to_invite


@dialogue.get("/reply")
@access(Permission.READ_INSPECTION)
def communication(dnr: str) -> Page:
    return _communication(open_case(dnr))


@dialogue.post("/reply", endpoint="communicate")
@access(Permission.LEAD_INSPECTION)
def communicate(dnr: str) -> Page:
    """Send the facts (or give more time), or record why that is left out."""
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    skips = request.form.get("what") == "skip"
    sending, skipping = (
        _facts_form(inspection, typed=not skips),
        SkipForm(formdata=request.form if skips else None),
    )
    form = skipping if skips else sending
    if form.validate():
        try:
            _send_or_skip(inspection, sending, skipping if skips else None)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "reason" if skips else "reply_by_on")
        else:
            return back_to("dialogue.communication", dnr)
    return _communication(inspection, sending, skipping), 422


def _send_or_skip(inspection: Inspection, sending: SendFactsForm, skipping: SkipForm | None) -> None:
    if skipping is not None:
        skip_communication(
            db(), actor=current_actor(), inspection=inspection, ground=SkipGround(skipping.ground.data),
            reason=skipping.reason.data or "", looked=skipping.looked.data, now=now(),
        )  # fmt: skip
        flash(_("It is recorded that the right to reply is left out, and why."), "success")
    elif sending.reply_by_on.data is not None:
        day = sending.reply_by_on.data
        send_facts(
            db(), actor=current_actor(), inspection=inspection, reply_by_on=day,
            authority=settings().authority, now=now(),
        )  # fmt: skip
        flash(_("The facts are sent. The provider can reply until the day you set."), "success")


def _facts_form(inspection: Inspection, *, typed: bool) -> SendFactsForm:
    if typed:
        return SendFactsForm(formdata=request.form)
    known = find_communication(db(), inspection)
    today = now().astimezone(SWEDEN).date()
    first = known.reply_by_on if known is not None and known.reply_by_on else None
    day = first + timedelta(days=7) if first else today + timedelta(days=USUAL_DAYS)
    return SendFactsForm(formdata=None, reply_by_on=day)


@dialogue.post("/reply/points/<uuid:point_id>", endpoint="answer_point")
@access(Permission.WRITE_LETTER)
def answer(dnr: str, point_id: UUID) -> Page:
    """Answer one point of the reply; what is accepted changes the fact."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    form = PointAnswerForm(prefix=_prefix(point_id))
    if form.validate():
        try:
            answer_point(
                db(), actor=current_actor(), inspection=inspection, point_id=point_id,
                verdict=PointVerdict(form.verdict.data), why=form.why.data or "",
                title=form.title.data or "", saw=form.saw.data or "", english=form.english.data or "",
                looked=form.looked.data, now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "why")
        else:
            flash(_("The point is answered."), "success")
            return back_to("dialogue.communication", dnr)
    return _communication(inspection, answering=(point_id, form)), 422


@dialogue.route("/reply/spoken", methods=["GET", "POST"], endpoint="spoken")
@access(Permission.READ_INSPECTION)
def spoken(dnr: str) -> Page:
    """Note what the provider says instead of writing."""
    inspection = open_case(dnr)
    known = find_communication(db(), inspection)
    facts = sent_facts(db(), known, inspection) if known is not None and known.sent_at else ()
    typed = request.method == "POST"
    if typed and not may_note(current_actor(), inspection):
        raise NotAllowed("Those who inspect or decide in the case note what is said.")
    form = SpokenForm(formdata=request.form if typed else None)
    forms = fact_forms(facts, typed=typed)
    if typed and all([one.validate() for one in (form, *forms.values())]):  # noqa: C419 - each shows its faults
        try:
            _note_spoken(inspection, form, said_in(forms))
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "note")
        else:
            flash(_("It is noted, with your name and the time."), "success")
            return back_to("dialogue.communication", dnr)
    page = case_page(
        "inspector/spoken_reply.html",
        inspection,
        form=form,
        facts=facts,
        forms=forms,
        together=Together((form, *forms.values())),
        may_note=may_note(current_actor(), inspection),
        is_here=inspection.state in REPLIES_ARE_READ,
        has_replied=known is None or known.replied_at is not None,
    )
    return (page, 422) if typed else page


def _note_spoken(inspection: Inspection, form: SpokenForm, points: Points) -> None:
    day, time = form.said_on.data, form.said_time.data
    if day is None or time is None:
        raise Invalid("Choose the day it was said.", {"field": "said_on"})
    note_spoken_reply(
        db(), actor=current_actor(), inspection=inspection,
        said_at=datetime.combine(day, time, tzinfo=SWEDEN), said_by=form.said_by.data or "",
        note=form.note.data or "", points=points, is_reply=form.is_reply.data, now=now(),
    )  # fmt: skip


def _prefix(point_id: UUID) -> str:
    return f"a{point_id.hex}-"


def _communication(
    inspection: Inspection,
    sending: SendFactsForm | None = None,
    skipping: SkipForm | None = None,
    answering: tuple[UUID, PointAnswerForm] | None = None,
) -> str:
    sending = sending or _facts_form(inspection, typed=False)
    skipping = skipping or SkipForm(formdata=None)
    sending.what.id, skipping.what.id = "what-send", "what-skip"
    known = find_communication(db(), inspection)
    current = current_facts(db(), inspection)
    sent = sent_facts(db(), known, inspection) if known is not None and known.sent_at else ()
    return case_page(
        "inspector/communication.html",
        inspection,
        communication=known,
        sent_facts=sent or current,
        changed=_changed_otherwise(known, sent, current) if known and sent else (),
        sending=sending,
        skipping=skipping,
        is_here=inspection.state is State.COMMUNICATION,
        to_invite=provider_to_invite(inspection),
        today=now().astimezone(SWEDEN).date(),
        spoken=[(one, name_of(one.by_id)) for one in list_spoken(db(), inspection)],
        may_note=may_note(current_actor(), inspection) and inspection.state in REPLIES_ARE_READ,
        **_points(inspection, known, current, answering),
    )


def _changed_otherwise(
    known: Communication, sent: Sequence[Fact], current: Sequence[Fact]
) -> tuple[str, ...]:
    """What has changed since the facts were sent, and not by an answer to what the provider called wrong.

    A level or a rule is never changed by such an answer.
    """
    corrected = {str(one.finding) for one in list_points(db(), known) if one.verdict in CHANGES}
    weight = {one.finding: (one.level, one.rule) for one in sent}
    told = {
        one.finding
        for one in current
        if one.finding in corrected and weight.get(one.finding) == (one.level, one.rule)
    }
    return changed_since(
        [one for one in sent if one.finding not in told], [one for one in current if one.finding not in told]
    )


def _points(
    inspection: Inspection,
    known: Communication | None,
    current: tuple[Fact, ...],
    answering: tuple[UUID, PointAnswerForm] | None,
) -> dict[str, Any]:
    """What the page shows of the points: by fact, a form to answer each, and what the answers changed."""
    if known is None or known.sent_at is None:
        return {
            "wrong": (),
            "titles": {},
            "forms": {},
            "traces": {},
            "left": 0,
            "answering": None,
            "by": {},
            "heading": None,
        }
    texts = {one.finding: one for one in current}
    can = why_not_answer(current_actor(), inspection) is None
    every = list_points(db(), known)
    wrong = [one for one in every if one.stance is FactStance.WRONG]
    forms = {one.id: _answer_form(one, texts, inspection) for one in wrong} if can else {}
    if answering is not None:
        forms[answering[0]] = answering[1]
    return {
        "wrong": wrong,
        "titles": {one.finding: one.title for one in sent_facts(db(), known, inspection)},
        "forms": forms,
        "traces": trace_reply(db(), known, inspection),
        "left": sum(one.verdict is None for one in wrong),
        "answering": answering[1] if answering else None,
        "by": {one.id: name_of(one.answered_by_id) for one in every},
        "heading": lambda language, section: section_heading(
            inspection.pack, LetterKind.FEEDBACK, language, section
        ),
    }


def _answer_form(point: ReplyPoint, texts: dict[str, Fact], inspection: Inspection) -> PointAnswerForm:
    fact = texts.get(str(point.finding))
    english = point.english
    if not english and point.finding is not None:
        english = written_in_english(db(), inspection, point.finding)
    return PointAnswerForm(
        formdata=None,
        prefix=_prefix(point.id),
        verdict=point.verdict.value if point.verdict else None,
        why=point.why,
        title=fact.title if fact else "",
        saw=fact.saw if fact else "",
        english=english,
    )
