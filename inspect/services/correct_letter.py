"""Correct an obvious writing error in a letter that was sent (FL 36 §): one person proposes, another decides.

What is corrected is the frozen letter: these words become those, in a new version that names the old, and
nothing else changes. What is more than a slip of the pen is changed by a new decision, not here. Of a
correction to its detriment the provider is told first, with time to comment (FL 25 §).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from sqlalchemy.orm import Session

from ...models.corrections import CorrectedWords, Correction
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import CorrectionState, LetterKind, LetterState
from ...models.letters import Letter, LetterVersion
from ...models.notices import NoticeKind
from ...models.vocabulary import N_
from ...reports.content import ContentError, Language
from ...reports.letter_data import from_data
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.letter_correction import MOST, MOST_WHY, corrected, places_of
from ..rules.letter_kinds import KINDS
from .communicate_facts import LEAST_DAYS, MOST_DAYS
from .correction_marks import marks_of_correction
from .find_corrections import correction_of, newest_versions, open_correction
from .record_event import record_event
from .say_what_lacks import not_whole
from .tell import tell
from .whom_to_tell import DECIDERS, in_team, provider_of_case

LEAST_WHY = 10
TOO_LONG = N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it.")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the letter, exactly, and what shall stand there."""

    wrong: str
    right: str

    @property
    def is_empty(self) -> bool:
        return not (self.wrong.strip() or self.right.strip())


def why_not_propose(
    db: Session, actor: Actor, inspection: Inspection, letter: Letter
) -> NotAllowed | NotPossibleNow | None:
    """Why nobody, or not this actor, can propose a correction of the letter now; None when it can be done."""
    if not may(actor, Permission.PROPOSE_CORRECTION, inspection):
        return NotAllowed(N_("The responsible inspector proposes the correction of a letter."))
    if letter.state is not LetterState.SENT:
        return NotPossibleNow(N_("The letter is not sent yet: it can still be changed."))
    if letter.kind is LetterKind.COMMITTEE:
        return NotPossibleNow(N_("This letter goes to several readers. Write one more in its place."))
    if open_correction(db, letter) is not None:
        return NotPossibleNow(N_("A correction of this letter waits to be decided. One at a time."))
    return None


def propose_correction(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    words: Mapping[str, Words],
    why: str,
    comment_by_on: date | None,
    now: datetime,
    looked: bool = False,
) -> Correction:
    """Propose what is wrong, by language, and why it is an obvious error.

    `comment_by_on`: it is to the provider's detriment, which may comment until then; None: it is not.
    `looked`: the words that the guard marks in what is new have been looked at, and point at nobody.
    Raises NotAllowed, NotPossibleNow, or Invalid with the field (`wrong_sv`, `right_sv`, `why` …).
    """
    refused = why_not_propose(db, actor, inspection, letter)
    if refused is not None:
        raise refused
    given = {language: one for language, one in words.items() if not one.is_empty}
    if not given:
        raise Invalid(N_("Write the words that are wrong, and the right ones."), {"field": "wrong_sv"})
    versions = newest_versions(letter)
    for language, one in given.items():
        _check_words(language, one, versions.get(language))
    marks = [
        mark
        for language, one in given.items()
        for mark in marks_of_correction(db, inspection, letter, versions[language], one.wrong, one.right)
    ]
    if marks and not looked:
        raise Invalid(
            N_("These words may tell who somebody is: %(words)s. Write otherwise, or say that they do not."),
            {"field": "looked", "words": ", ".join(mark.words for mark in marks)},
        )
    _check_why(why)
    _check_time(letter, comment_by_on, now)
    correction = Correction(
        letter_id=letter.id,
        state=CorrectionState.PROPOSED,
        proposed_by_id=actor.user_id,
        proposed_at=now,
        why=why.strip(),
        comment_by_on=comment_by_on,
        words=[
            CorrectedWords(
                language=language,
                wrong=" ".join(one.wrong.split()),
                right=" ".join(one.right.split()),
                replaces_id=versions[language].id,
            )
            for language, one in given.items()
        ],
    )
    db.add(correction)
    db.flush()
    record_event(
        db, EventKind.CORRECTION_PROPOSED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, correction=correction.id, marks=len(marks),
    )  # fmt: skip
    users = in_team(db, inspection.id, DECIDERS, but=actor.user_id)
    if comment_by_on is not None:
        users |= provider_of_case(db, inspection.id)
    tell(
        db,
        users=users,
        kind=NoticeKind.CORRECTION_PROPOSED,
        inspection=inspection.id,
        letter=letter.id,
        now=now,
        due_on=comment_by_on,
    )
    return correction


def why_not_decide(
    actor: Actor, inspection: Inspection, correction: Correction, *, now: datetime
) -> NotAllowed | NotPossibleNow | None:
    """Why this actor cannot make the correction now; None when nothing is in the way."""
    if not may(actor, Permission.REVIEW_LETTER, inspection):
        return NotAllowed(N_("The decision-maker of the case decides on the correction."))
    if actor.user_id == correction.proposed_by_id:
        return NotAllowed(N_("You have proposed it. Another person decides on the correction."))
    if correction.state is not CorrectionState.PROPOSED:
        return NotPossibleNow(N_("This correction is decided already."))
    if waits_for_comment(correction, now):
        return NotPossibleNow(N_("The provider may still comment on the correction."))
    return None


def waits_for_comment(correction: Correction, now: datetime) -> bool:
    """Whether the provider has time left to comment, and has not done so."""
    last = correction.comment_by_on
    return last is not None and correction.commented_at is None and now.astimezone(SWEDEN).date() <= last


def refuse_correction(
    db: Session, *, actor: Actor, inspection: Inspection, correction: Correction, reason: str, now: datetime
) -> Correction:
    """The letter stays as it is, with the reason. Raises NotAllowed, NotPossibleNow, Invalid."""
    if not may(actor, Permission.REVIEW_LETTER, inspection) or actor.user_id == correction.proposed_by_id:
        raise NotAllowed(N_("The decision-maker of the case decides on the correction."))
    if len(reason.strip()) < LEAST_WHY:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "reason"})
    if len(reason) > MOST_WHY:
        raise Invalid(TOO_LONG, {"field": "reason", "num": len(reason), "most": MOST_WHY})
    _end(correction, CorrectionState.REFUSED, actor, now)
    correction.reason = reason.strip()
    _record(db, EventKind.CORRECTION_REFUSED, actor, inspection, correction, now)
    return correction


def withdraw_correction(
    db: Session, *, actor: Actor, inspection: Inspection, correction: Correction, now: datetime
) -> Correction:
    """The responsible inspector takes it back. Raises NotAllowed, NotPossibleNow."""
    if not may(actor, Permission.PROPOSE_CORRECTION, inspection):
        raise NotAllowed(N_("The responsible inspector proposes the correction of a letter."))
    _end(correction, CorrectionState.WITHDRAWN, actor, now)
    _record(db, EventKind.CORRECTION_WITHDRAWN, actor, inspection, correction, now)
    return correction


def comment_on_correction(
    db: Session, *, actor: Actor, correction_id: object, text: str, now: datetime
) -> Correction:
    """The provider says what it thinks of the correction; once. Raises NotFound, Invalid, NotPossibleNow."""
    correction, inspection = correction_of(db, actor, correction_id)
    if correction.state is not CorrectionState.PROPOSED or correction.comment_by_on is None:
        raise NotPossibleNow(
            N_("The time to comment is over. Call the inspector if you want to add something.")
        )
    if correction.commented_at is not None:
        raise NotPossibleNow(
            N_("Your comment has been sent. Call the inspector if you want to add something.")
        )
    if not text.strip():
        raise Invalid(N_("Write your comment. If the correction is right, write that."), {"field": "comment"})
    if len(text) > MOST_WHY:
        raise Invalid(TOO_LONG, {"field": "comment", "num": len(text), "most": MOST_WHY})
    correction.comment = text.strip()
    correction.commented_at = now
    correction.commented_by_id = actor.user_id
    _record(db, EventKind.CORRECTION_COMMENTED, actor, inspection, correction, now)
    return correction


def _check_words(language: str, words: Words, version: LetterVersion | None) -> None:
    wrong, right = f"wrong_{language}", f"right_{language}"
    if version is None or language not in get_args(Language):
        raise Invalid(N_("The letter does not exist in that language."), {"field": wrong})
    for name, text in ((wrong, words.wrong), (right, words.right)):
        if not text.strip():
            raise Invalid(N_("Write both: the words that are wrong, and the right ones."), {"field": name})
        if len(text) > MOST:
            raise Invalid(
                N_("%(num)s characters; a writing error has at most %(most)s. More is decided anew."),
                {"field": name, "num": len(text), "most": MOST},
            )
    if words.wrong.split() == words.right.split():
        raise Invalid(N_("This is what stands in the letter already."), {"field": right})
    if not places_of(version.content, words.wrong):
        raise Invalid(
            N_("These words do not stand in the letter. Copy them from it, exactly as they are."),
            {"field": wrong},
        )
    try:
        from_data(corrected(version.content, words.wrong, words.right))
    except ContentError as fault:
        refused = not_whole(fault)
        raise Invalid(refused.reason, {"field": right, **refused.values}) from fault


def _check_why(why: str) -> None:
    if len(why.strip()) < LEAST_WHY:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "why"})
    if len(why) > MOST_WHY:
        raise Invalid(TOO_LONG, {"field": "why", "num": len(why), "most": MOST_WHY})


def _check_time(letter: Letter, comment_by_on: date | None, now: datetime) -> None:
    if comment_by_on is None:
        return
    if not KINDS[letter.kind].for_provider:
        raise Invalid(N_("The provider has not got this letter."), {"field": "comment_by_on"})
    today = now.astimezone(SWEDEN).date()
    if comment_by_on < today + timedelta(days=LEAST_DAYS):
        raise Invalid(
            N_("Give the provider at least %(days)s days to reply."),
            {"field": "comment_by_on", "days": LEAST_DAYS},
        )
    if comment_by_on > today + timedelta(days=MOST_DAYS):
        raise Invalid(N_("That is more than half a year away. Check the date."), {"field": "comment_by_on"})


def _end(correction: Correction, state: CorrectionState, actor: Actor, now: datetime) -> None:
    if correction.state is not CorrectionState.PROPOSED:
        raise NotPossibleNow(N_("This correction is decided already."))
    correction.state = state
    correction.decided_at = now
    correction.decided_by_id = actor.user_id


def _record(
    db: Session, kind: EventKind, actor: Actor, inspection: Inspection, correction: Correction, now: datetime
) -> None:
    db.flush()
    record_event(
        db, kind, actor=actor, now=now, inspection_id=inspection.id,
        letter=correction.letter_id, correction=correction.id,
    )  # fmt: skip
