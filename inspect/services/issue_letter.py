"""Let a letter that is not reviewed leave, by itself or with what it belongs to, frozen as it is."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...models.notices import NoticeKind
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.letter_kinds import KINDS, TO_PROVIDER
from ..rules.letter_obstacles import unwritten_measures
from ..settings import AuthorityDetails
from .check_identities import open_marks
from .compose_letter import bring_up_to_date, view_for
from .find_letter import NOT_ITS_TIME, find_letter
from .find_obstacles import obstacles_of, unstated_of
from .freeze_letter import freeze_letter
from .record_event import record_event
from .tell import tell
from .time_letters import why_not_yet
from .whom_to_tell import provider_of_case

UNDECIDED = N_(
    "A letter goes with it. Compose that first, among all letters, and decide about the words in it that may"
    " tell who somebody is. Left: %(num)s."
)


def why_not_issue(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    letter: Letter | None,
    kind: LetterKind,
    *,
    now: datetime,
) -> NotAllowed | NotPossibleNow | None:
    """Why the letter cannot be issued now; None when it can."""
    row = KINDS[kind]
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        return NotAllowed(N_("The responsible inspector or the decision-maker sends the letter."))
    if row.reviewed or row.rides_on:
        return NotPossibleNow(N_("This letter is not issued by itself."))
    if letter is None:
        return NotPossibleNow(N_("The letter is not composed yet."))
    if letter.state is LetterState.SENT:
        return NotPossibleNow(N_("The letter is sent already."))
    if inspection.state not in row.states:
        return NotPossibleNow(NOT_ITS_TIME)
    early = why_not_yet(db, inspection, kind, now=now)
    if early is not None:
        return NotPossibleNow(early.text, early.values)
    missing = obstacles_of(db, inspection, letter, now=now)
    return NotPossibleNow(missing[0].reason.text, missing[0].reason.values) if missing else None


def issue_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    kind: LetterKind,
    authority: AuthorityDetails,
    now: datetime,
) -> Letter:
    """Freeze the letter and send it, by the responsible inspector. Raises NotAllowed, NotPossibleNow."""
    letter = find_letter(db, inspection, kind)
    fault = why_not_issue(db, actor, inspection, letter, kind, now=now)
    if fault is not None or letter is None:
        raise fault or NotPossibleNow(N_("The letter is not composed yet."))
    freeze_letter(db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now)
    mark_sent(db, letter, actor=actor, now=now)
    return letter


def issue_with(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    kind: LetterKind,
    authority: AuthorityDetails,
    now: datetime,
) -> Letter:
    """Issue the letter that goes with what is sent now: composed or brought up to date, frozen, sent.

    Whether the actor may, and whether it is the time, is asked by what it goes with. Composed text rests on
    a letter that is reviewed; where a person has written in it, it is looked through as any other, and
    NotPossibleNow says what is missing.
    """
    letter = bring_up_to_date(db, actor=actor, inspection=inspection, kind=kind, now=now)
    left = open_marks(db, inspection, letter)
    if left:
        raise NotPossibleNow(UNDECIDED, {"num": len(left)})
    if any(one.edited for one in letter.paragraphs):
        missing = obstacles_of(db, inspection, letter, now=now)
        if missing:
            raise NotPossibleNow(missing[0].reason.text, missing[0].reason.values)
    unstated = unstated_of(view_for(db, inspection, kind, on=now), kind)
    for bare in unwritten_measures(letter.paragraphs, unstated):
        raise NotPossibleNow(bare.reason.text, bare.reason.values)
    freeze_letter(db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now)
    mark_sent(db, letter, actor=actor, now=now)
    return letter


def mark_sent(db: Session, letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The newest version of the letter is now with its reader."""
    letter.state = LetterState.SENT
    letter.sent_at = now
    letter.issued_by_id = actor.user_id
    newest = max(letter.versions, key=lambda one: one.number, default=None)
    for version in letter.versions:
        together = version.committee_id is not None and newest is not None and version.at == newest.at
        if together or (newest is not None and version.number == newest.number):
            version.sent_at = now
    db.flush()
    record_event(
        db, EventKind.LETTER_SENT, actor=actor, now=now, inspection_id=letter.inspection_id, letter=letter.id
    )
    if letter.kind in TO_PROVIDER:
        tell(
            db,
            users=provider_of_case(db, letter.inspection_id),
            kind=NoticeKind.FACTS_CAME if letter.kind is LetterKind.COMMUNICATION else NoticeKind.LETTER_CAME,
            inspection=letter.inspection_id,
            letter=letter.id,
            now=now,
        )
