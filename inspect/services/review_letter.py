"""The way of a reviewed letter between its author and its reviewer: four eyes, opinions, verdicts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import OPINIONS, LetterKind, LetterState, Verdict
from ...models.letters import Letter, LetterVersion, Paragraph, Review
from ...models.notices import NoticeKind
from ...models.vocabulary import N_, State, TeamRole
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.finding_levels import needs_lawyer
from ..rules.inspection_flow import CaseFacts
from ..rules.inspection_gates import LAWYER_FIRST
from ..rules.letter_kinds import KINDS
from ..rules.letter_obstacles import stands
from ..settings import AuthorityDetails
from .discuss_letter import open_threads
from .find_letter import NOT_ITS_TIME, may_write, the_letter
from .find_obstacles import obstacles_of
from .freeze_letter import freeze_letter
from .gather_facts import gather_facts
from .letter_passages import Passage
from .record_event import record_event
from .tell import tell
from .time_letters import why_not_yet

SHORTEST_REASON = 10
REVIEWERS = frozenset({TeamRole.DECISION_MAKER, TeamRole.PEER_REVIEWER, TeamRole.LAWYER})
WRITERS = frozenset({TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR})


def submit_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Letter:
    """Hand the letter to its reviewer. Whoever submits stands as its author.

    Raises NotPossibleNow with the first thing that is missing.
    """
    letter = the_letter(db, inspection, kind)
    may_write(actor, inspection, letter)
    if not KINDS[kind].reviewed:
        raise NotPossibleNow(N_("This letter is not reviewed; it is issued as it stands."))
    if letter.state is LetterState.SENT:
        raise NotPossibleNow(N_("The letter is sent already."))
    if inspection.state not in KINDS[kind].submitted_in:
        raise NotPossibleNow(
            N_("A letter is sent to review while the case is being weighed or reviewed.")
            if kind is LetterKind.FEEDBACK
            else NOT_ITS_TIME
        )
    early = why_not_yet(db, inspection, kind, now=now)
    if early is not None:
        raise NotPossibleNow(early.text, early.values)
    missing = obstacles_of(db, inspection, letter, now=now)
    if missing:
        raise NotPossibleNow(missing[0].reason.text, missing[0].reason.values)
    letter.state = LetterState.IN_REVIEW
    letter.author_id = actor.user_id
    letter.submitted_at = now
    record_event(
        db, EventKind.LETTER_SUBMITTED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )
    _tell(db, inspection, letter, NoticeKind.LETTER_SUBMITTED, REVIEWERS, actor, now)
    return letter


def give_opinion(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    supports: bool,
    reason: str = "",
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Review:
    """What a peer reviewer or a lawyer thinks of the letter in review; it decides nothing.

    From level 4 and on sanctions the lawyer's is needed. It is about the letter as it was handed in: when
    it is handed in again it is asked for anew. Advice against needs its reason. Raises NotAllowed,
    NotPossibleNow, Invalid.
    """
    letter = _in_review(db, inspection, kind)
    if not may(actor, Permission.ADVISE_ON_LETTER, inspection):
        raise NotAllowed(N_("An opinion is given by the peer reviewer and the lawyer of the case."))
    if actor.user_id in _writers(letter, letter.paragraphs):
        raise NotAllowed(N_("You have written in this letter. Somebody else says what they think of it."))
    if not supports and len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(
            N_("Write why, in a sentence, so that the author knows what to do."), {"field": "reason"}
        )
    verdict = Verdict.SUPPORTED if supports else Verdict.OBJECTED
    review = _verdict(letter, actor, verdict, reason.strip(), now)
    db.flush()
    record_event(
        db, EventKind.OPINION_GIVEN, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, review=review.id, verdict=verdict.value,
    )  # fmt: skip
    return review


def opinions_now(letter: Letter) -> dict[UUID, Review]:
    """The latest opinion of each person on the letter as it was handed in last."""
    since = letter.submitted_at
    return {
        one.by_id: one
        for one in letter.reviews
        if one.verdict in OPINIONS and since is not None and one.at >= since
    }


def return_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    reason: str,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> Letter:
    """Give the letter back to its author, with the reason. Nothing that was written is lost."""
    letter = _in_review(db, inspection, kind)
    _may_judge(actor, inspection)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(
            N_("Write why, in a sentence, so that the author knows what to do."), {"field": "reason"}
        )
    letter.state = LetterState.RETURNED
    review = _verdict(letter, actor, Verdict.RETURNED, reason.strip(), now)
    db.flush()
    record_event(
        db, EventKind.LETTER_RETURNED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, review=review.id,
    )  # fmt: skip
    _tell(db, inspection, letter, NoticeKind.LETTER_RETURNED, WRITERS, actor, now)
    return letter


def approve_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    authority: AuthorityDetails,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
    reason: str = "",
) -> list[LetterVersion]:
    """Approve the letter and freeze it in every language. The case does not move by this.

    `reason` is needed when a colleague or the lawyer advises against. Raises NotAllowed to its author;
    NotPossibleNow with what is missing; Invalid without that reason.
    """
    letter = _in_review(db, inspection, kind)
    _may_judge(actor, inspection)
    fault = why_not_approve(db, actor, inspection, letter, now=now)
    if fault is not None:
        raise fault
    against = any(one.verdict is Verdict.OBJECTED for one in opinions_now(letter).values())
    if against and len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(
            N_("Somebody advises against. Write why you approve the letter all the same."),
            {"field": "reason"},
        )
    versions = freeze_letter(
        db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now
    )
    letter.state = LetterState.APPROVED
    letter.approved_at = now
    letter.approved_by_id = actor.user_id
    review = _verdict(letter, actor, Verdict.APPROVED, reason.strip(), now)
    db.flush()
    record_event(
        db, EventKind.LETTER_APPROVED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, review=review.id,
    )  # fmt: skip
    _tell(db, inspection, letter, NoticeKind.LETTER_APPROVED, WRITERS, actor, now)
    return versions


def why_not_approve(
    db: Session, actor: Actor, inspection: Inspection, letter: Letter, *, now: datetime
) -> NotAllowed | NotPossibleNow | None:
    """Why `actor` cannot approve the letter now; None when nothing is in the way."""
    facts = gather_facts(db, inspection, now=now)
    refused = approval_refused(actor, inspection, letter, letter.paragraphs, facts)
    if refused is not None:
        return refused
    missing = obstacles_of(db, inspection, letter, now=now)
    return NotPossibleNow(missing[0].reason.text, missing[0].reason.values) if missing else None


def approval_refused(
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    paragraphs: Sequence[Paragraph] | Sequence[Passage],
    facts: CaseFacts,
) -> NotAllowed | NotPossibleNow | None:
    """As why_not_approve, but for what is missing in the letter itself."""
    if not may(actor, Permission.REVIEW_LETTER, inspection):
        return NotAllowed(N_("The decision-maker of the case approves the letter."))
    if actor.user_id in _writers(letter, paragraphs):
        return NotAllowed(N_("You have written in this letter. Another person than its author approves it."))
    feedback = letter.kind is LetterKind.FEEDBACK
    if inspection.state not in KINDS[letter.kind].approved_in:
        early = inspection.state is State.WEIGHING or feedback
        return NotPossibleNow(
            N_("The case must be handed over to review before the letter is approved.")
            if early
            else NOT_ITS_TIME
        )
    if feedback and needs_lawyer(facts.highest_level, facts.sanction) and not facts.lawyer_in_team:
        return NotPossibleNow(
            N_("Add a lawyer to the team: the case has a matter on level 4 or higher, or a sanction.")
        )
    if feedback and needs_lawyer(facts.highest_level, facts.sanction) and not facts.lawyer_heard:
        return NotPossibleNow(LAWYER_FIRST)
    if any(open_threads(paragraph.remarks) for paragraph in paragraphs if stands(paragraph)):
        return NotPossibleNow(
            N_("There are remarks that nobody has dealt with. Resolve them, or return the letter.")
        )
    return None


def _tell(
    db: Session,
    inspection: Inspection,
    letter: Letter,
    kind: NoticeKind,
    parts: Collection[TeamRole],
    actor: Actor,
    now: datetime,
) -> None:
    """Everybody else in the team with one of these parts is told that it has happened."""
    users = {one.user_id for one in inspection.team if one.role in parts and one.user_id is not None}
    tell(db, users=users - {actor.user_id}, kind=kind, inspection=inspection.id, letter=letter.id, now=now)


def _writers(letter: Letter, paragraphs: Sequence[Paragraph] | Sequence[Passage]) -> set[UUID | None]:
    return {one.edited_by_id for one in paragraphs} | {letter.author_id}


def _in_review(db: Session, inspection: Inspection, kind: LetterKind) -> Letter:
    letter = the_letter(db, inspection, kind)
    if letter.state is not LetterState.IN_REVIEW:
        raise NotPossibleNow(N_("The letter is not in review."))
    return letter


def _may_judge(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.REVIEW_LETTER, inspection):
        raise NotAllowed(N_("The decision-maker of the case approves or returns the letter."))


def _verdict(letter: Letter, actor: Actor, verdict: Verdict, reason: str, now: datetime) -> Review:
    review = Review(letter_id=letter.id, verdict=verdict, reason=reason, at=now, by_id=actor.user_id)
    letter.reviews.append(review)
    return review
