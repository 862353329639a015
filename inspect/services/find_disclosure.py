"""Find the requests for documents of a case, with their texts and masks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...models.inspections import Inspection
from ...models.openness import DisclosureMask, DisclosureRequest, DisclosureText
from ...models.openness_words import AskState, MaskState
from ...models.vocabulary import N_
from ..errors import Conflict, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.masking import Span
from ..rules.openness import TextFacts
from .find_letter import name_of

CHANGED = N_("Somebody else has changed the request meanwhile. Look at it as it is now, and go on.")


@dataclass(frozen=True, slots=True)
class DisclosureLine:
    """A request in the list of its case."""

    request: DisclosureRequest
    texts: int


def list_disclosures(db: Session, inspection: Inspection) -> Sequence[DisclosureRequest]:
    """The requests of the case with their texts, the latest first."""
    return db.scalars(
        select(DisclosureRequest)
        .where(DisclosureRequest.inspection_id == inspection.id)
        .options(selectinload(DisclosureRequest.texts))
        .order_by(DisclosureRequest.came_on.desc(), DisclosureRequest.id.desc())
    ).all()


def find_disclosure(
    db: Session, inspection: Inspection, disclosure_id: UUID, *, to_change: bool = False
) -> DisclosureRequest:
    """The request with its texts and masks, in a case that the caller may read. Raises NotFound."""
    asked = (
        select(DisclosureRequest)
        .where(DisclosureRequest.id == disclosure_id, DisclosureRequest.inspection_id == inspection.id)
        .options(selectinload(DisclosureRequest.texts).selectinload(DisclosureText.masks))
    )
    found = db.scalar(
        asked.with_for_update().execution_options(populate_existing=True) if to_change else asked
    )
    if found is None:
        raise NotFound(N_("There is no such request in this case."))
    return found


def text_of(request: DisclosureRequest, text_id: UUID) -> DisclosureText:
    """The text of this request. Raises NotFound."""
    for text in request.texts:
        if text.id == text_id:
            return text
    raise NotFound(N_("There is no such text in this request."))


def to_change(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    version: int | None = None,
    *,
    states: frozenset[AskState] = frozenset({AskState.ASSESSED}),
) -> DisclosureRequest:
    """The request, locked to be changed. Raises NotAllowed, NotFound, NotPossibleNow, Conflict."""
    if not may(actor, Permission.DISCLOSE, inspection):
        raise NotAllowed(N_("Those who work in the case answer requests for what is in it."))
    request = find_disclosure(db, inspection, disclosure_id, to_change=True)
    if request.state not in states:
        raise NotPossibleNow(N_("The request has come further. Look at it as it is now."))
    if version is not None and request.version != version:
        raise Conflict(CHANGED, theirs={}, version=request.version, by=name_of(db, request.handed_by_id))
    return request


def changed(request: DisclosureRequest) -> None:
    """Count a change, so that what somebody looked at before is known to be another."""
    request.version += 1


def standing(text: DisclosureText) -> list[DisclosureMask]:
    return [one for one in text.masks if one.state is MaskState.STANDS]


def proposed(text: DisclosureText) -> list[DisclosureMask]:
    return [one for one in text.masks if one.state is MaskState.PROPOSED]


def spans_of(text: DisclosureText) -> list[Span]:
    """The masks that stand, as ranges over the frozen text."""
    return [Span(one.start, one.end, one.ground) for one in standing(text) if one.ground is not None]


def facts_of_texts(request: DisclosureRequest) -> tuple[TextFacts, ...]:
    return tuple(TextFacts(one.assessed, len(standing(one)), len(proposed(one))) for one in request.texts)


def moment_of(request: DisclosureRequest) -> datetime:
    """When the request last came further."""
    return request.left_at or request.looked_at or request.handed_at or request.begun_at
