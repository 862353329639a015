"""Compose a letter from the data, first and again; what a person wrote is never lost."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ...interview_guides.content import Text
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...reports.wording import wording
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.case_view import CaseView
from ..rules.letter_composers import COMPOSERS
from ..rules.letter_kinds import KINDS
from ..rules.letter_phrases import Composed
from .find_letter import begin_again, find_letter, may_write
from .merge_paragraphs import merge_paragraphs
from .propose_findings import phrases_of
from .record_event import record_event
from .view_case import view_case


def on_day(day: date) -> Text:
    return Text(wording("sv").on(day), wording("en").on(day))


def view_for(db: Session, inspection: Inspection, kind: LetterKind, *, on: datetime) -> CaseView:
    """The case as a letter of that kind sees it; a reminder sees what was late `on` that day."""
    today = on.astimezone(SWEDEN).date() if kind is LetterKind.REMINDER else None
    return view_case(db, inspection, today=today)


def fresh_paragraphs(view: CaseView, kind: LetterKind = LetterKind.FEEDBACK) -> tuple[Composed, ...]:
    """What a letter of that kind says if it is composed now, in each of its languages."""
    return COMPOSERS[kind](view, phrases_of(view), on_day)


def compose_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Letter:
    """Make the letter, or bring it up to date. A letter that may be sent again begins anew as a draft.

    What people wrote meets the new data by services/merge_paragraphs.py. Raises NotAllowed, NotPossibleNow.
    """
    may_write(actor, inspection, find_letter(db, inspection, kind), kind)
    return bring_up_to_date(db, actor=actor, inspection=inspection, now=now, kind=kind)


def bring_up_to_date(
    db: Session, *, actor: Actor, inspection: Inspection, now: datetime, kind: LetterKind
) -> Letter:
    """As compose_letter, where it is asked elsewhere whether the actor may."""
    letter = find_letter(db, inspection, kind)
    if letter is None:
        letter = Letter(
            inspection_id=inspection.id, kind=kind, author_id=actor.user_id, composed_at=now,
            state=LetterState.DRAFT, paragraphs=[], reviews=[], versions=[],
        )  # fmt: skip
        db.add(letter)
    elif letter.state is LetterState.SENT:
        begin_again(letter)
    fresh = fresh_paragraphs(view_for(db, inspection, kind, on=now), kind)
    for language in KINDS[kind].languages:
        merge_paragraphs(db, letter=letter, language=language, fresh=fresh, by=actor.user_id, now=now)
    letter.composed_at = now
    db.flush()
    record_event(
        db, EventKind.LETTER_COMPOSED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )
    return letter
