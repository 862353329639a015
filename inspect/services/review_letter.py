"""The way of a letter between its author and its reviewer: four eyes, remarks, verdicts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter, LetterVersion, Paragraph, Remark, Review
from ...models.vocabulary import N_, EventKind, LetterState, State, Verdict
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.case_view import CaseView
from ..rules.finding_levels import needs_lawyer
from ..rules.inspection_flow import CaseFacts
from ..rules.letter_obstacles import Obstacle, is_orphan, obstacles, stands
from ..settings import AuthorityDetails
from .compose_letter import fresh_paragraphs
from .find_letter import may_write, paragraph_of, the_letter
from .freeze_letter import freeze_letter
from .gather_facts import gather_facts
from .letter_passages import Passage
from .record_event import record_event
from .view_case import view_case

MAX_REMARK = 5_000


def obstacles_of(
    db: Session, inspection: Inspection, letter: Letter, *, now: datetime
) -> tuple[Obstacle, ...]:
    """What keeps the letter from being submitted or approved."""
    facts = gather_facts(db, inspection, now=now)
    view = view_case(db, inspection)
    return obstacles(
        findings=view.findings,
        marks=view.marks,
        paragraphs=letter.paragraphs,
        unjudged=facts.unjudged,
        areas_without_reasoning=len(facts.areas_without_reasoning),
        stale=is_stale(view, letter),
    )


def is_stale(view: CaseView, letter: Letter) -> bool:
    """Whether composing again would give other paragraphs than those the letter was last composed of."""
    fresh = {
        (language, made.key): made.text.in_language(language)
        for made in fresh_paragraphs(view)
        for language in ("sv", "en")
    }
    known = {
        (one.language, one.key): one.composed
        for one in letter.paragraphs
        if one.composed and not is_orphan(one)
    }
    return known != {key: text for key, text in fresh.items() if text}


def submit_letter(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> Letter:
    """Hand the letter to its reviewer. Whoever submits stands as its author.

    Raises NotPossibleNow with the first thing that is missing.
    """
    letter = the_letter(db, inspection)
    may_write(actor, inspection, letter)
    if inspection.state not in (State.WEIGHING, State.REVIEW):
        raise NotPossibleNow(N_("A letter is sent to review while the case is being weighed or reviewed."))
    missing = obstacles_of(db, inspection, letter, now=now)
    if missing:
        raise NotPossibleNow(missing[0].reason.text, missing[0].reason.values)
    letter.state = LetterState.IN_REVIEW
    letter.author_id = actor.user_id
    letter.submitted_at = now
    record_event(
        db, EventKind.LETTER_SUBMITTED, actor=actor, now=now, inspection_id=inspection.id, letter=letter.id
    )
    return letter


def make_remark(
    db: Session, *, actor: Actor, inspection: Inspection, paragraph_id: UUID, text: str, now: datetime
) -> Remark:
    """Say something about one paragraph of a letter in review."""
    letter = _in_review(db, inspection)
    if not may(actor, Permission.REMARK_ON_LETTER, inspection):
        raise NotAllowed(N_("Remarks are made by those who review: decision-maker, peer reviewer, lawyer."))
    paragraph = paragraph_of(letter, paragraph_id)
    if not text.strip():
        raise Invalid(N_("Write what should be looked at again."), {"field": "text"})
    if len(text) > MAX_REMARK:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "text", "num": len(text), "most": MAX_REMARK},
        )
    remark = Remark(paragraph_id=paragraph.id, text=text.strip(), at=now, by_id=actor.user_id)
    paragraph.remarks.append(remark)
    db.flush()
    record_event(
        db, EventKind.REMARK_MADE, actor=actor, now=now, inspection_id=inspection.id,
        paragraph=paragraph.id, remark=remark.id,
    )  # fmt: skip
    return remark


def resolve_remark(
    db: Session, *, actor: Actor, inspection: Inspection, remark_id: UUID, now: datetime
) -> Remark:
    """Note that a remark is dealt with; by an author, or by whoever made it. It is never deleted."""
    letter = the_letter(db, inspection)
    remark = next(
        (one for paragraph in letter.paragraphs for one in paragraph.remarks if one.id == remark_id), None
    )
    if remark is None:
        raise NotFound(N_("There is no such remark."))
    if not (may(actor, Permission.WRITE_LETTER, inspection) or remark.by_id == actor.user_id):
        raise NotAllowed(N_("A remark is resolved by the inspectors of the case, or by whoever made it."))
    if remark.resolved_at is None:
        remark.resolved_at = now
        remark.resolved_by_id = actor.user_id
        record_event(
            db, EventKind.REMARK_RESOLVED, actor=actor, now=now, inspection_id=inspection.id, remark=remark.id
        )
    return remark


def return_letter(db: Session, *, actor: Actor, inspection: Inspection, reason: str, now: datetime) -> Letter:
    """Give the letter back to its author, with the reason. Nothing that was written is lost."""
    letter = _in_review(db, inspection)
    _may_judge(actor, inspection)
    if len(reason.strip()) < 10:
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
    return letter


def approve_letter(
    db: Session, *, actor: Actor, inspection: Inspection, authority: AuthorityDetails, now: datetime
) -> list[LetterVersion]:
    """Approve the letter and freeze it in every language. The case does not move by this.

    Raises NotAllowed to its author; NotPossibleNow with what is missing.
    """
    letter = _in_review(db, inspection)
    _may_judge(actor, inspection)
    fault = why_not_approve(db, actor, inspection, letter, now=now)
    if fault is not None:
        raise fault
    versions = freeze_letter(
        db, actor=actor, inspection=inspection, letter=letter, authority=authority, now=now
    )
    letter.state = LetterState.APPROVED
    letter.approved_at = now
    letter.approved_by_id = actor.user_id
    review = _verdict(letter, actor, Verdict.APPROVED, "", now)
    db.flush()
    record_event(
        db, EventKind.LETTER_APPROVED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, review=review.id,
    )  # fmt: skip
    return versions


def why_not_approve(
    db: Session, actor: Actor, inspection: Inspection, letter: Letter, *, now: datetime
) -> NotAllowed | NotPossibleNow | None:
    """Why `actor` cannot approve the letter now; None when nothing is in the way."""
    facts = gather_facts(db, inspection, now=now)
    refused = approval_refused(actor, inspection, letter.author_id, letter.paragraphs, facts)
    if refused is not None:
        return refused
    missing = obstacles_of(db, inspection, letter, now=now)
    return NotPossibleNow(missing[0].reason.text, missing[0].reason.values) if missing else None


def approval_refused(
    actor: Actor,
    inspection: Inspection,
    author_id: UUID,
    paragraphs: Sequence[Paragraph] | Sequence[Passage],
    facts: CaseFacts,
) -> NotAllowed | NotPossibleNow | None:
    """As why_not_approve, but for what is missing in the letter itself."""
    if not may(actor, Permission.REVIEW_LETTER, inspection):
        return NotAllowed(N_("The decision-maker of the case approves the letter."))
    wrote = {one.edited_by_id for one in paragraphs} | {author_id}
    if actor.user_id in wrote:
        return NotAllowed(N_("You have written in this letter. Another person than its author approves it."))
    if inspection.state is not State.REVIEW:
        return NotPossibleNow(N_("The case must be handed over to review before the letter is approved."))
    if needs_lawyer(facts.highest_level, facts.sanction) and not facts.lawyer_in_team:
        return NotPossibleNow(
            N_("Add a lawyer to the team: the case has a matter on level 4 or higher, or a sanction.")
        )
    left = [one for paragraph in paragraphs if stands(paragraph) for one in paragraph.remarks]
    if any(remark.resolved_at is None for remark in left):
        return NotPossibleNow(
            N_("There are remarks that nobody has dealt with. Resolve them, or return the letter.")
        )
    return None


def _in_review(db: Session, inspection: Inspection) -> Letter:
    letter = the_letter(db, inspection)
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
