"""Decide about words of a letter that may tell who somebody is: keep with a reason, rephrase, remove."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.identities import MAX_TICK_REASON, IdentityTick
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState, TickChoice
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .check_identities import Checked, checked_marks
from .find_letter import the_letter
from .record_event import record_event

LEAST_REASON = 5
DECIDED_IN = frozenset({LetterState.DRAFT, LetterState.RETURNED, LetterState.IN_REVIEW})
"""While it can still be changed, or be returned to be changed."""


def tick_identities(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    names: Collection[str],
    choice: TickChoice,
    now: datetime,
    reason: str = "",
    kind: LetterKind = LetterKind.FEEDBACK,
) -> tuple[IdentityTick, ...]:
    """Decide the same about some marks. `names` are those of check_identities.Checked.

    To rephrase or to remove is a promise: the mark stays open until its words are gone. Raises NotAllowed,
    NotPossibleNow (approved or sent), NotFound (no such mark: the text has changed), Invalid (no reason).
    """
    letter = the_letter(db, inspection, kind)
    fault = why_not_tick(actor, inspection, letter)
    if fault is not None:
        raise fault
    reason = reason.strip()
    if choice is TickChoice.KEEP and len(reason) < LEAST_REASON:
        raise Invalid(N_("Write why nobody can be recognised by it, in a few words."), {"field": "reason"})
    if len(reason) > MAX_TICK_REASON:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "reason", "num": len(reason), "most": MAX_TICK_REASON},
        )
    chosen = {one.name: one for one in checked_marks(db, inspection, letter) if one.name in names}
    if not chosen:
        raise NotFound(N_("These words no longer stand in the letter. Look at the list again."))
    made = tuple(_tick(letter, one, choice, reason, actor, now) for one in chosen.values())
    db.add_all(made)
    db.flush()
    record_event(
        db, EventKind.IDENTITIES_TICKED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, choice=choice, number=len(made),
    )  # fmt: skip
    return made


def why_not_tick(actor: Actor, inspection: Inspection, letter: Letter) -> NotAllowed | NotPossibleNow | None:
    """Why this person cannot decide about the letter's words now; None when nothing is in the way."""
    if not may(actor, Permission.WRITE_LETTER, inspection) and not may(
        actor, Permission.REMARK_ON_LETTER, inspection
    ):
        return NotAllowed(N_("The inspectors of the case decide this, and those who review the letter."))
    if letter.state not in DECIDED_IN:
        return NotPossibleNow(N_("The letter is approved or sent. It stays as it is."))
    return None


def _tick(
    letter: Letter, one: Checked, choice: TickChoice, reason: str, actor: Actor, now: datetime
) -> IdentityTick:
    tick = IdentityTick(
        letter_id=letter.id,
        language=one.language,
        paragraph=one.paragraph,
        kind=one.mark.kind,
        choice=choice,
        at=now,
        by_id=actor.user_id,
        words=one.mark.words,
        sentence=one.mark.sentence,
    )
    if reason:
        tick.reason = reason
    return tick
