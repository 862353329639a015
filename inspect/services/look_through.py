"""A text that goes into the letter after its approval is looked through as the letter was (method §2.17).

Between approval and sending, what is decided and why the reply was left out are written into the feedback
letter (services/complete_letter.py). Whoever writes it looks at the words that the guard marks in it; that
they point at nobody is kept as decisions about those words, and asked for again when the letter leaves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.identities import IdentityTick
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, TickChoice
from ...models.letters import Letter
from ...models.vocabulary import N_
from ..errors import Invalid
from ..i18n import LANGUAGES, translate
from ..rules.access import Actor
from ..rules.case_view import CaseView
from .check_identities import Checked, checked_marks, words_of
from .complete_letter import comes_after_review
from .compose_letter import fresh_paragraphs
from .corrected_facts import corrected_facts, corrected_text, is_of_corrected
from .find_letter import find_letter
from .record_event import record_event

MAY_TELL = N_("These words may tell who somebody is: %(words)s. Write otherwise, or say that they do not.")
LOOKED_AT = N_("Looked at when it was written, after the letter was approved: it points at nobody.")


@dataclass(frozen=True, slots=True)
class LateText:
    """A text that will stand in the letter, as the guard reads paragraphs."""

    text: str
    language: str
    key: str
    section: str
    removed: bool = False
    finding_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)


def look_through(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    view: CaseView,
    written: str,
    looked: bool,
    now: datetime,
) -> int:
    """Have the words looked at that the letter gets anew when the case is as `view`; how many there are.

    `written`: what is written now, as it was written: within a sentence of the letter a name may have lost
    its capital. `looked`: the writer has looked at them, and they point at nobody. Raises Invalid at the
    field `looked` with the words when there are any and nobody has.
    """
    letter = find_letter(db, inspection)
    known = letter or Letter(inspection_id=inspection.id, kind=LetterKind.FEEDBACK, paragraphs=[])
    texts = _late_texts(known, view, corrected_facts(db, inspection))
    late = (LateText(written, "sv", "written", ""), *texts)
    marks = [one for one in checked_marks(db, inspection, known, late) if one.is_open]
    if marks and not looked:
        raise Invalid(MAY_TELL, {"field": "looked", "words": words_of(marks)})
    if marks and letter is not None:
        _keep(db, actor, inspection, letter, marks, now)
    return len(marks)


def _late_texts(letter: Letter, view: CaseView, corrected: dict[UUID, str]) -> Iterable[LateText]:
    """What will stand anew in the letter: not what was approved with it, nor beside what somebody wrote."""
    stood = {(one.language, one.key): one for one in letter.paragraphs}
    for made in fresh_paragraphs(view):
        is_corrected = is_of_corrected(made.key, made.finding_id, corrected)
        for language in LANGUAGES if is_corrected or comes_after_review(made.section, made.key) else ():
            before, text = stood.get((language, made.key)), made.text.in_language(language)
            if is_corrected:
                text = corrected_text(made.key, made.finding_id, language, text, corrected)
            if before is None or not ((before.edited and not is_corrected) or before.text == text):
                yield LateText(text, language, made.key, made.section)


def _keep(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    marks: Iterable[Checked],
    now: datetime,
) -> None:
    made = [
        IdentityTick(
            letter_id=letter.id, language=one.language, paragraph=one.paragraph, kind=one.mark.kind,
            choice=TickChoice.KEEP, at=now, by_id=actor.user_id, words=one.mark.words,
            sentence=one.mark.sentence, reason=translate(LOOKED_AT, "sv"),
        )
        for one in marks
    ]  # fmt: skip
    db.add_all(made)
    db.flush()
    record_event(
        db, EventKind.IDENTITIES_TICKED, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, choice=TickChoice.KEEP, number=len(made),
    )  # fmt: skip
