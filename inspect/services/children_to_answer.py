"""The children who were heard in a case, what letter each is to have, and how each got it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.letter_vocabulary import GivenWay, LetterKind, LetterState
from ...models.letters import ChildLetterGiven, Letter
from ...models.vocabulary import N_, ChildOutcome, Informant
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.child_letters import HeardChild, without_letter
from ..rules.letter_kinds import FOR_CHILDREN_KINDS
from .record_event import record_event

READY = (LetterState.APPROVED, LetterState.SENT)


def children_heard(db: Session, inspection: Inspection) -> tuple[HeardChild, ...]:
    """Those who talked with us, in the order of the list; age and wish as their latest talk says."""
    talks = db.scalars(
        select(Interview)
        .where(Interview.inspection_id == inspection.id, Interview.informant == Informant.CHILD)
        .order_by(Interview.started_at)
    )
    said: dict[UUID | None, tuple[str, str]] = {}
    for talk in talks:
        age, wanted = said.get(talk.resident_id, ("", ""))
        said[talk.resident_id] = (talk.age_band or age, talk.feedback_channel or wanted)
    return tuple(
        HeardChild(one.id, one.person, *said.get(one.id, ("", "")))
        for one in inspection.residents
        if one.outcome is ChildOutcome.TALKED
    )


def children_to_answer(db: Session, inspection: Inspection) -> tuple[HeardChild, ...]:
    """Those who were heard, but for whoever has said that it does not want a letter."""
    last = {child: rows[-1].way for child, rows in letters_given(db, inspection).items()}
    return tuple(
        one for one in children_heard(db, inspection) if last.get(one.resident_id) is not GivenWay.NOT_WANTED
    )


def children_without_letter(db: Session, inspection: Inspection) -> tuple[HeardChild, ...]:
    """Those who were heard, want an answer and have no letter that is approved."""
    ready = db.scalars(
        select(Letter.kind).where(
            Letter.inspection_id == inspection.id,
            Letter.kind.in_(FOR_CHILDREN_KINDS),
            Letter.state.in_(READY),
        )
    ).all()
    return without_letter(children_to_answer(db, inspection), ready)


def letters_given(db: Session, inspection: Inspection) -> Mapping[UUID, Sequence[ChildLetterGiven]]:
    """How each child got its letter, by the child's row, the latest last."""
    rows = db.scalars(
        select(ChildLetterGiven)
        .join(Letter, Letter.id == ChildLetterGiven.letter_id)
        .where(Letter.inspection_id == inspection.id)
        .order_by(ChildLetterGiven.given_on, ChildLetterGiven.id)
    )
    found: dict[UUID, list[ChildLetterGiven]] = {}
    for row in rows:
        found.setdefault(row.resident_id, []).append(row)
    return found


def _letter_for(db: Session, inspection: Inspection, child: HeardChild, way: GivenWay) -> Letter:
    """The letter that the child got; of one that wants none, the letter it has no part of."""
    letters = db.scalars(
        select(Letter).where(Letter.inspection_id == inspection.id).order_by(Letter.kind)
    ).all()
    own = [one for one in letters if one.kind in child.kinds]
    sent = [one for one in own if one.state is LetterState.SENT]
    if way is GivenWay.NOT_WANTED:
        found = [*sent, *own, *(one for one in letters if one.kind is LetterKind.FEEDBACK)]
        if not found:
            raise NotPossibleNow(N_("Compose a letter first; then it can be noted who wants none."))
        return found[0]
    if not sent:
        raise NotPossibleNow(N_("The letter for this person is not sent yet."))
    return sent[0]


def note_child_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    resident_id: UUID,
    way: GivenWay,
    given_on: date,
    now: datetime,
) -> ChildLetterGiven:
    """Note how a child who was heard got its letter, and on which day; the same again changes nothing.

    That it does not want one can be noted before there is any, as soon as the case has a letter. Raises
    NotAllowed, NotFound (no such child was heard), NotPossibleNow (no letter for it is sent), Invalid.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("The inspectors of the case note how each letter was given."))
    child = next((one for one in children_heard(db, inspection) if one.resident_id == resident_id), None)
    if child is None:
        raise NotFound(N_("There is no such person who talked with us."))
    letter = _letter_for(db, inspection, child, way)
    if given_on > now.astimezone(SWEDEN).date():
        raise Invalid(N_("The day cannot be in the future."), {"field": "given_on"})
    known = letters_given(db, inspection).get(resident_id, ())
    same = next((one for one in known if (one.way, one.given_on) == (way, given_on)), None)
    if same is not None:
        return same
    given = ChildLetterGiven(
        letter_id=letter.id, resident_id=resident_id, way=way, given_on=given_on, noted_at=now,
        by_id=actor.user_id,
    )  # fmt: skip
    db.add(given)
    db.flush()
    record_event(
        db, EventKind.CHILD_LETTER_GIVEN, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, resident=resident_id, way=way.value,
    )  # fmt: skip
    return given
