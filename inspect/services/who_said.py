"""Who said a text that is asked for, as far as its assessment needs it: by pseudonym, with age and wish."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...models.interviews import Interview, Statement
from ...models.openness import DisclosureRequest, DisclosureText
from ...models.openness_words import TextKind
from ...models.vocabulary import Informant, Wish


@dataclass(frozen=True, slots=True)
class Source:
    """`person`: the pseudonym in the case. `wish`: what is to be told, of a single statement."""

    informant: Informant
    person: str
    age_band: str
    wish: Wish | None = None


def who_said(db: Session, text: DisclosureText) -> Source | None:
    """Of a statement or a note from a talk; None of anything else, and of what is there no more."""
    wish = None
    if text.kind is TextKind.STATEMENT:
        said = db.get(Statement, text.source_id)
        if said is None or said.interview_id is None:
            return None
        wish, talk = said.wish, db.get(Interview, said.interview_id)
    else:
        talk = db.get(Interview, text.source_id) if text.kind is TextKind.TALK_NOTE else None
    return Source(talk.informant, talk.person, talk.age_band, wish) if talk is not None else None


def is_own_child(db: Session, request: DisclosureRequest, text: DisclosureText) -> bool | None:
    """Whether the child of the request said it; None when that is not known, or nobody said it."""
    if request.resident_id is None or text.kind not in (TextKind.STATEMENT, TextKind.TALK_NOTE):
        return None
    said = db.get(Statement, text.source_id) if text.kind is TextKind.STATEMENT else None
    talk = db.get(Interview, said.interview_id if said is not None else text.source_id)
    return talk is not None and talk.resident_id == request.resident_id
