"""What the provider answered, and what became of it: read point by point, followed up to closing."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import flash
from flask_babel import gettext as _
from sqlalchemy import select

from ...interview_guides.guide import load_pack
from ...models.dialogue import OutcomeGround
from ...models.dialogue_vocabulary import Better, KnownBy
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letters import Letter, Measure
from ...models.provider_side import MeasureReport
from ...models.vocabulary import MeasureOutcome, Progress, State, Wish
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..rules.follow_up import differs
from ..services.follow_up_measure import follow_up_measure, grounds_of
from ..services.letter_passages import letter_head
from ..services.note_dialogue import may_note
from ..services.read_letter import Point, points_of
from ..services.report_measure import latest_reports
from ..services.see_effect import see_effect
from .access import access
from .case import case_page, open_case
from .database import db, now
from .dialogue import Page, back_to, dialogue, name_of
from .effect_picture import effect_picture, word_of
from .forms.dialogue import FollowUpForm
from .forms.faults import put_at_field
from .session import current_actor


@dialogue.get("/answers")
@access(Permission.READ_INSPECTION)
def answers(dnr: str) -> Page:
    inspection = open_case(dnr)
    letter = letter_head(db(), inspection)
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
    report: MeasureReport | None
    ground: OutcomeGround | None

    @property
    def differs(self) -> bool:
        """Whether it is said to be done, and is no better for those it is for."""
        done = self.report is not None and self.report.progress is Progress.DONE
        outcome = self.measure.outcome if self.measure else None
        return self.ground is not None and differs(outcome, self.ground.better, claims_done=done)

    @property
    def known_by(self) -> tuple[KnownBy, ...]:
        return tuple(KnownBy(one) for one in self.ground.known_by) if self.ground else ()

    @property
    def is_done(self) -> bool:
        return self.measure is not None and self.measure.outcome is not None


@dialogue.get("/follow-up")
@access(Permission.READ_INSPECTION)
def follow_up(dnr: str) -> Page:
    return _follow_up(open_case(dnr))


@dialogue.get("/follow-up/effect")
@access(Permission.READ_INSPECTION)
def effect(dnr: str) -> Page:
    """The home over its visits, area by area, and what is answered now."""
    inspection = open_case(dnr)
    seen = see_effect(db(), inspection)
    return case_page(
        "inspector/effect.html", inspection, effect=seen, picture=effect_picture(seen), word_of=word_of
    )


@dialogue.post("/follow-up/<uuid:finding_id>", endpoint="record_outcome")
@dialogue.post("/follow-up/<uuid:finding_id>/<uuid:measure_id>", endpoint="record_outcome")
@access(Permission.READ_INSPECTION)
def record_outcome(dnr: str, finding_id: UUID, measure_id: UUID | None = None) -> Page:
    """The outcome of a measure; without one, of the deficiency itself."""
    inspection = open_case(dnr)
    if not may_note(current_actor(), inspection):
        raise NotAllowed("Those who inspect or decide in the case follow it up.")
    letter = letter_head(db(), inspection)
    if letter is None:
        raise NotFound("There is no such deficiency in the letter.")
    form = FollowUpForm(prefix=_prefix(finding_id, measure_id))
    if form.validate():
        try:
            follow_up_measure(
                db(), actor=current_actor(), inspection=inspection, letter=letter, finding_id=finding_id,
                measure_id=measure_id, outcome=MeasureOutcome(form.outcome.data),
                shown=form.shown.data or "", children_say=form.children_say.data or "",
                asked=form.asked.data, wish=Wish(form.wish.data) if form.wish.data else None,
                known_by=[KnownBy(one) for one in form.known_by.data or ()],
                better=Better(form.better.data) if form.better.data else None,
                weighed=form.weighed.data or "", now=now(),
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
    letter = letter_head(db(), inspection)
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
    grounds, reports = grounds_of(db(), letter), latest_reports(db(), letter)
    for point in points_of(db(), letter):
        if not point.is_deficiency:
            continue
        for measure in point.measures or (None,):
            prefix = _prefix(point.finding.id, measure.id if measure else None)
            ground = grounds.get(measure.id) if measure else None
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
                    asked=measure.children_asked if measure else None,
                    wish=measure.children_wish.value if measure and measure.children_wish else None,
                    known_by=ground.known_by if ground else [],
                    better=ground.better.value if ground and ground.better else None,
                    weighed=ground.weighed if ground else "",
                )
            )
            form.wish.flags.asked = True
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
                report=reports.get(measure.id) if measure else None,
                ground=ground,
            )
