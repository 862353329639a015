"""What the provider answered, and what became of it: read point by point, followed up to closing."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import flash
from flask_babel import gettext as _
from sqlalchemy import select

from ...interview_guides.guide import load_pack
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letters import Letter, Measure
from ...models.vocabulary import EventKind, MeasureOutcome, State
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..services.find_letter import find_letter
from ..services.follow_up_measure import follow_up_measure
from ..services.note_dialogue import may_note
from ..services.read_letter import Point, points_of
from .access import access
from .case import case_page, open_case
from .database import db, now
from .dialogue import Page, back_to, dialogue, name_of
from .forms.dialogue import FollowUpForm
from .forms.faults import put_at_field
from .session import current_actor


@dialogue.get("/answers")
@access(Permission.READ_INSPECTION)
def answers(dnr: str) -> Page:
    inspection = open_case(dnr)
    letter = find_letter(db(), inspection)
    sent = letter is not None and letter.answers_sent_at is not None
    points = points_of(db(), letter) if letter is not None and sent else ()
    opened = (
        select(Event.at)
        .where(Event.kind == EventKind.LETTER_OPENED, Event.inspection_id == inspection.id)
        .order_by(Event.at)
    )
    return case_page(
        "inspector/answers.html",
        inspection,
        letter=letter,
        points=sorted(points, key=lambda point: point.attention),
        opened_at=db().scalar(opened.limit(1)),
        sent_by=name_of(letter.answers_sent_by_id) if letter else "",
        pack=load_pack(inspection.pack),
    )


@dataclass(slots=True)
class Outcome:
    """One thing to follow up: a measure, or a deficiency that has none (`measure` is None).

    `by_provider`: sent with the answers, not put there by a follow-up.
    """

    point: Point
    measure: Measure | None
    form: FollowUpForm
    shown: str
    said: str
    by: str
    by_provider: bool

    @property
    def is_done(self) -> bool:
        return self.measure is not None and self.measure.outcome is not None


@dialogue.get("/follow-up")
@access(Permission.READ_INSPECTION)
def follow_up(dnr: str) -> Page:
    return _follow_up(open_case(dnr))


@dialogue.post("/follow-up/<uuid:finding_id>", endpoint="record_outcome")
@dialogue.post("/follow-up/<uuid:finding_id>/<uuid:measure_id>", endpoint="record_outcome")
@access(Permission.READ_INSPECTION)
def record_outcome(dnr: str, finding_id: UUID, measure_id: UUID | None = None) -> Page:
    """The outcome of a measure; without one, of the deficiency itself."""
    inspection = open_case(dnr)
    if not may_note(current_actor(), inspection):
        raise NotAllowed("Those who inspect or decide in the case follow it up.")
    letter = find_letter(db(), inspection)
    if letter is None:
        raise NotFound("There is no such deficiency in the letter.")
    form = FollowUpForm(prefix=_prefix(finding_id, measure_id))
    if form.validate():
        try:
            follow_up_measure(
                db(), actor=current_actor(), inspection=inspection, letter=letter, finding_id=finding_id,
                measure_id=measure_id, outcome=MeasureOutcome(form.outcome.data),
                shown=form.shown.data or "", children_say=form.children_say.data or "", now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "shown")
        else:
            flash(_("The follow-up is recorded."), "success")
            return back_to("dialogue.follow_up", dnr)
    return _follow_up(inspection, form), 422


def _prefix(finding_id: UUID, measure_id: UUID | None) -> str:
    return f"f{(measure_id or finding_id).hex}-"


def _follow_up(inspection: Inspection, tried: FollowUpForm | None = None) -> str:
    letter = find_letter(db(), inspection)
    outcomes = list(_outcomes(letter, tried)) if letter is not None else []
    return case_page(
        "inspector/follow_up.html",
        inspection,
        letter=letter,
        outcomes=outcomes,
        left=sum(not one.is_done for one in outcomes),
        tried=tried,
        is_here=inspection.state is State.FOLLOW_UP,
        is_past=inspection.state in (State.CLOSED, State.ARCHIVED),
        may_note=may_note(current_actor(), inspection),
        pack=load_pack(inspection.pack),
    )


def _outcomes(letter: Letter, tried: FollowUpForm | None) -> Iterator[Outcome]:
    for point in points_of(db(), letter):
        if not point.is_deficiency:
            continue
        for measure in point.measures or (None,):
            prefix = _prefix(point.finding.id, measure.id if measure else None)
            shown, said = (measure.evidence, measure.children_say) if measure else ("", "")
            form = (
                tried
                if tried is not None and tried.outcome.name == f"{prefix}outcome"
                else FollowUpForm(
                    formdata=None,
                    prefix=prefix,
                    outcome=measure.outcome.value if measure and measure.outcome else None,
                    shown=shown,
                    children_say=said,
                )
            )
            yield Outcome(
                point=point,
                measure=measure,
                form=form,
                shown=shown,
                said=said,
                by=name_of(measure.followed_up_by_id) if measure else "",
                by_provider=measure is not None
                and letter.answers_sent_at is not None
                and measure.proposed_at <= letter.answers_sent_at,
            )
