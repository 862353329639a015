"""Documents are asked for once, beside what is held already; and what a provider answers.

SoL 28:5: whoever is inspected hands over documents that the supervision needs. FL 5 §: no more is
asked for than is needed, and simply.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, contains_eager

from ...models.asked_of_provider import DocumentRequest, RequestAnswer
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.notices import NoticeKind
from ...models.register import Home
from ...models.vocabulary import N_, Role, State
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import is_secret
from .find_inspection import is_no_secret
from .provider_homes import homes_of
from .record_event import record_event
from .tell import tell
from .whom_to_tell import INSPECTORS, at_provider, in_team, managing

LONGEST_TEXT = 500
LEAST_DAYS = 3
FINISHED = (State.CLOSED, State.ARCHIVED)


def find_requests(db: Session, inspection_id: UUID) -> Sequence[DocumentRequest]:
    """The documents that are asked for in a case, in the order they were asked for."""
    return db.scalars(
        select(DocumentRequest)
        .where(DocumentRequest.inspection_id == inspection_id)
        .order_by(DocumentRequest.asked_at, DocumentRequest.id)
    ).all()


def ask_for_document(
    db: Session, *, actor: Actor, inspection: Inspection, what: str, due_on: date, now: datetime
) -> DocumentRequest:
    """Ask the provider and the manager of the home for a document.

    Raises NotAllowed, NotPossibleNow (an unannounced visit that has not begun, OSL 17:1, or a finished case),
    Invalid (no text, too long, too soon), Conflict (the same is asked for already).
    """
    _check(actor, inspection)
    if is_secret(inspection):
        raise NotPossibleNow(N_("To ask now would tell of an unannounced visit. Ask when it has begun."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed."))
    what = _text(what, "what", N_("Write which document you need."))
    if (due_on - now.astimezone(SWEDEN).date()).days < LEAST_DAYS:
        raise Invalid(N_("Give them at least %(days)s days."), {"field": "due_on", "days": LEAST_DAYS})
    for earlier in find_requests(db, inspection.id):
        if earlier.what.casefold() == what.casefold():
            raise Conflict(N_("This has been asked for already, and is asked for once."), {"field": "what"})
    request = DocumentRequest(inspection_id=inspection.id, due_on=due_on, asked_at=now, by_id=actor.user_id)
    request.what = what
    db.add(request)
    record_event(
        db,
        EventKind.DOCUMENT_REQUESTED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        request=request.id,
    )
    tell(
        db,
        users=at_provider(db, inspection.home_id) | managing(db, inspection.home_id),
        kind=NoticeKind.DOCUMENTS_ASKED,
        inspection=inspection.id,
        now=now,
    )
    return request


def settle_request(
    db: Session, *, actor: Actor, inspection: Inspection, request_id: UUID, now: datetime
) -> DocumentRequest:
    """The document is here, or is not needed any more. Raises NotAllowed, NotFound, Conflict."""
    _check(actor, inspection)
    request = db.scalar(
        select(DocumentRequest).where(
            DocumentRequest.id == request_id, DocumentRequest.inspection_id == inspection.id
        )
    )
    if request is None:
        raise NotFound(N_("There is no such request."))
    if request.settled_at is not None:
        raise Conflict(N_("The request is settled already."))
    request.settled_at, request.settled_by_id = now, actor.user_id
    record_event(
        db, EventKind.DOCUMENT_SETTLED, actor=actor, now=now, inspection_id=inspection.id, request=request.id
    )
    return request


def answer_request(
    db: Session, *, actor: Actor, request_id: UUID, answer: RequestAnswer, said: str, now: datetime
) -> DocumentRequest:
    """The provider's side answers a request. Answered again, the new answer stands, until it is settled.

    Raises NotFound, Conflict (settled), Invalid.
    """
    case, request = find_request(db, actor, request_id)
    return _answered(db, actor, case, request, answer, said, now)


def find_request(db: Session, actor: Actor, request_id: UUID) -> tuple[Inspection, DocumentRequest]:
    """A request to the actor's side, with its case. Raises NotFound."""
    row = db.execute(
        select(Inspection, DocumentRequest)
        .join(Inspection.home)
        .join(DocumentRequest, DocumentRequest.inspection_id == Inspection.id)
        .where(DocumentRequest.id == request_id, may_know_what_is_asked(actor))
        .options(contains_eager(Inspection.home))
    ).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such request."))
    return row[0], row[1]


def _answered(
    db: Session,
    actor: Actor,
    case: Inspection,
    request: DocumentRequest,
    answer: RequestAnswer,
    said: str,
    now: datetime,
) -> DocumentRequest:
    if request.settled_at is not None:
        raise Conflict(N_("The request is settled already."))
    if answer is RequestAnswer.SENT:
        said = _text(said, "said", "")
    else:
        said = _text(said, "said", N_("Say where we have it, or why there is none."))
    request.answer, request.answered_at, request.answered_by_id = answer, now, actor.user_id
    request.said = said
    record_event(
        db,
        EventKind.DOCUMENT_ANSWERED,
        actor=actor,
        now=now,
        inspection_id=case.id,
        request=request.id,
        answer=answer.value,
    )
    tell(
        db,
        users=in_team(db, case.id, INSPECTORS),
        kind=NoticeKind.DOCUMENTS_CAME,
        inspection=case.id,
        now=now,
    )
    return request


def may_know_what_is_asked(actor: Actor) -> ColumnElement[bool]:
    """As a condition on cases and their homes: the actor's own, open, and none that is secret (OSL 17:1)."""
    own = homes_of(actor)
    if Role.HOME_MANAGER in actor.roles and actor.home_id is not None:
        own = own | (Home.id == actor.home_id)
    return and_(own, Inspection.state.not_in(FINISHED), is_no_secret())


def _check(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Documents are asked for by the inspectors of the case."))


def _text(text: str, field: str, missing: str) -> str:
    text = text.strip()
    if not text and missing:
        raise Invalid(missing, {"field": field})
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(text), "limit": LONGEST_TEXT, "field": field},
        )
    return text
