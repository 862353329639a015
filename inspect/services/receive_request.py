"""A registrar receives requests for documents of a case: how far each has come, and what left (TF 2:15–16).

Of the case itself a registrar sees nothing: neither its texts nor what is masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.openness import DisclosureRequest
from ...models.openness_words import AskKind, AskOutcome, AskState
from ...models.vocabulary import N_, TeamRole
from ..errors import NotAllowed
from ..rules.access import Actor
from .answer_disclosure import may_enter, read_file

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


def list_received(db: Session, *, actor: Actor, inspection: Inspection) -> Sequence[Received]:
    """The requests of the case, the latest first. Raises NotAllowed."""
    if not may_enter(actor, inspection):
        raise NotAllowed(KEEPS_THE_REGISTER)
    found = db.scalars(
        select(DisclosureRequest)
        .where(DisclosureRequest.inspection_id == inspection.id)
        .order_by(DisclosureRequest.came_on.desc(), DisclosureRequest.id.desc())
    )
    return [
        Received(
            one.id, one.kind, one.came_on, one.state, one.outcome, one.asked, one.reach, one.wanted_on,
            one.decided_at is not None,
        )
        for one in found
    ]  # fmt: skip


def read_received(
    db: Session, *, actor: Actor, inspection: Inspection, disclosure_id: UUID, which: str
) -> bytes:
    """A finished file, to be sent to the one who asked. Raises NotAllowed, NotFound."""
    if not may_enter(actor, inspection):
        raise NotAllowed(KEEPS_THE_REGISTER)
    return read_file(db, inspection=inspection, disclosure_id=disclosure_id, which=which)


def who_leads(inspection: Inspection) -> str:
    """Whom to ask about the case."""
    return next((one.name for one in inspection.team if one.role is TeamRole.INSPECTOR), "")
