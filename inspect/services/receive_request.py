"""A registrar receives requests for documents of a case: how far each has come, and what left (TF 2:15–16).

Of the case itself a registrar sees nothing: neither its texts nor what is masked. What left the authority is
fetched with its files, since the registrar sends it, and that somebody wants a decision is noted by whoever
is told so (TF 2 kap. 19 §, OSL 6 kap. 3 §).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.openness_words import AskKind, AskOutcome, AskState
from ...models.vocabulary import N_, TeamRole
from ..errors import NotAllowed
from ..outside.reach import reaching_also
from ..rules.access import Actor
from .answer_disclosure import may_enter, read_file
from .disclose_file import GoingFile, read_sent_file, sent_names
from .find_disclosure import find_disclosure, list_disclosures, text_of

KEEPS_THE_REGISTER = N_("Who keeps the register receives requests for documents.")


@dataclass(frozen=True, slots=True)
class Received:
    """A request as the registrar follows it, and where its answer is to go."""

    id: UUID
    kind: AskKind
    came_on: date
    state: AskState
    outcome: AskOutcome | None
    asked: str
    reach: str
    wanted_on: date | None
    is_decided: bool
    files: tuple[tuple[UUID, int, str], ...]
    """What went out beside the answer: its text, its number from 1, its name."""

    @property
    def can_want_decision(self) -> bool:
        """Something of it was refused, and nobody has asked for a decision (OSL 6 kap. 3 §)."""
        return self.outcome not in (None, AskOutcome.WHOLE) and self.wanted_on is None


def list_received(db: Session, *, actor: Actor, inspection: Inspection) -> Sequence[Received]:
    """The requests of the case, the latest first. Raises NotAllowed."""
    if not may_enter(actor, inspection):
        raise NotAllowed(KEEPS_THE_REGISTER)
    with reaching_also(db, case=inspection.id):  # the names of files that left, and no text
        return [
            Received(
                one.id, one.kind, one.came_on, one.state, one.outcome, one.asked, one.reach, one.wanted_on,
                one.decided_at is not None,
                tuple((text.id, n, name) for text, n, name in sent_names(db, one)),
            )
            for one in list_disclosures(db, inspection)
        ]  # fmt: skip


def read_received(
    db: Session, *, actor: Actor, inspection: Inspection, disclosure_id: UUID, which: str
) -> bytes:
    """A finished file, to be sent to the one who asked. Raises NotAllowed, NotFound."""
    if not may_enter(actor, inspection):
        raise NotAllowed(KEEPS_THE_REGISTER)
    return read_file(db, inspection=inspection, disclosure_id=disclosure_id, which=which)


def read_received_file(
    db: Session, *, actor: Actor, inspection: Inspection, disclosure_id: UUID, text_id: UUID, n: int
) -> tuple[str, GoingFile]:
    """A file that went out beside an answer, with its name; of the case no other file is given.

    Raises NotAllowed, NotFound, and NotPossibleNow when the file is not the one that left.
    """
    if not may_enter(actor, inspection):
        raise NotAllowed(KEEPS_THE_REGISTER)
    with reaching_also(db, case=inspection.id):
        request = find_disclosure(db, inspection, disclosure_id)
        return read_sent_file(db, request=request, text=text_of(request, text_id), n=n)


def who_leads(inspection: Inspection) -> str:
    """Whom to ask about the case."""
    return next((one.name for one in inspection.team if one.role is TeamRole.INSPECTOR), "")
