"""Begin a request for documents, and answer it: a second look by another, out it goes, a decision if wanted.

TF 2 kap. 15–16 §§ and 18 §; OSL 6 kap. 3 § (a decision of the authority, when the one who asked wants it).
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.notices import NoticeKind
from ...models.openness import DisclosureRequest
from ...models.openness_words import AskKind, AskOutcome, AskState
from ...models.sealed import opened_bytes
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import is_secret
from ..rules.openness import OF_A_CHILD, ONLY_OF_A_CHILD, left_to_do, outcome_of
from ..settings import AuthorityDetails
from .disclose_file import files_going
from .disclosure_papers import decision_paper, disclosure_paper
from .find_disclosure import changed, facts_of_texts, find_disclosure, to_change
from .record_event import record_event
from .tell import tell
from .whom_to_tell import DECIDERS, INSPECTORS, in_team

LONGEST = 4_000
FILES = {"answer": "file_sealed", "decision": "decision_sealed"}
"""The finished files of a request, and where each is kept."""


def begin_disclosure(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    kind: AskKind,
    came_on: date,
    asked: str,
    reach: str = "",
    resident_id: UUID | None = None,
    now: datetime,
) -> DisclosureRequest:
    """Enter a request. Who asks is not asked for (TF 2 kap. 18 §). Raises NotAllowed, Invalid.

    `resident_id`: the child that asks, or whose guardian does, where those who work in the case know it. A
    registrar enters it too, and those who work in the case are told.
    """
    if not may_enter(actor, inspection):
        raise NotAllowed(N_("Those who work in the case answer requests for what is in it."))
    if came_on > _today(now):
        raise Invalid(N_("The day cannot be in the future."), {"field": "came_on"})
    request = DisclosureRequest(
        inspection_id=inspection.id, kind=kind, came_on=came_on, begun_at=now, begun_by_id=actor.user_id,
        state=AskState.ASSESSED, version=1, texts=[],
    )  # fmt: skip
    request.asked = _said(asked, "asked")
    if reach.strip():
        request.reach = _said(reach, "reach")
    if resident_id is not None:
        if kind not in OF_A_CHILD or resident_id not in {one.id for one in inspection.residents}:
            raise Invalid(ONLY_OF_A_CHILD, {"field": "resident"})
        request.resident_id = resident_id
    db.add(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_BEGUN, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, ask=kind.value,
    )  # fmt: skip
    tell(
        db, users=in_team(db, inspection.id, (*INSPECTORS, *DECIDERS), but=actor.user_id),
        kind=NoticeKind.DISCLOSURE_CAME, inspection=inspection.id, now=now,
    )  # fmt: skip
    return request


def may_enter(actor: Actor, inspection: Inspection) -> bool:
    """In the case; or keeping the register, in which a secret visit does not stand (OSL 17 kap. 1 §)."""
    if may(actor, Permission.DISCLOSE, inspection):
        return True
    return may(actor, Permission.RECEIVE_REQUESTS) and not is_secret(inspection)


def hand_over(
    db: Session, *, actor: Actor, inspection: Inspection, disclosure_id: UUID, version: int, now: datetime
) -> DisclosureRequest:
    """Hand it over to somebody else's look. Raises NotPossibleNow with what is left to do."""
    request = to_change(db, actor, inspection, disclosure_id, version)
    left = left_to_do(facts_of_texts(request))
    if left:
        raise NotPossibleNow(left[0].text, left[0].values)
    request.state, request.handed_at, request.handed_by_id = AskState.SECOND_LOOK, now, actor.user_id
    request.remark_sealed = None
    return _kept(db, actor, request, EventKind.DISCLOSURE_HANDED_OVER, now, version=request.version + 1)


def look_over(
    db: Session, *, actor: Actor, inspection: Inspection, disclosure_id: UUID, version: int, now: datetime
) -> DisclosureRequest:
    """Another than who handed it over has looked at every mask, and finds it ready to go out."""
    request = _for_another(db, actor, inspection, disclosure_id, version)
    request.state, request.looked_at, request.looked_by_id = AskState.LOOKED_OVER, now, actor.user_id
    return _kept(db, actor, request, EventKind.DISCLOSURE_LOOKED_OVER, now, version=request.version + 1)


def give_back(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    version: int,
    remark: str,
    now: datetime,
) -> DisclosureRequest:
    """Another gives it back, with what is to be changed."""
    request = _for_another(db, actor, inspection, disclosure_id, version)
    request.remark = _said(remark, "remark")
    request.state, request.handed_at, request.handed_by_id = AskState.ASSESSED, None, None
    return _kept(db, actor, request, EventKind.DISCLOSURE_GIVEN_BACK, now, version=request.version + 1)


def let_out(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    version: int,
    authority: AuthorityDetails,
    now: datetime,
) -> DisclosureRequest:
    """Make the file of what was looked over, keep it as it leaves, and close the request."""
    ready = frozenset({AskState.LOOKED_OVER})
    request = to_change(db, actor, inspection, disclosure_id, version, states=ready)
    outcome = outcome_of(facts_of_texts(request))
    names = {text.id: file.name for text, file in files_going(db, request)}
    paper = disclosure_paper(inspection, request, outcome, authority, left_on=_today(now), names=names)
    request.keep_file("file_sealed", paper)
    request.state, request.outcome = AskState.LEFT, outcome
    request.left_at, request.left_by_id = now, actor.user_id
    return _kept(db, actor, request, EventKind.DISCLOSURE_LEFT, now, outcome=outcome.value)


def want_decision(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    wanted_on: date,
    now: datetime,
) -> DisclosureRequest:
    """Note that the one who asked wants a decision of the authority (OSL 6 kap. 3 §).

    Who keeps the register may be the one who is told so; those who lead and decide in the case hear of it.
    """
    if not may_enter(actor, inspection):
        raise NotAllowed(N_("Those who work in the case answer requests for what is in it."))
    request = _answered_in_part(find_disclosure(db, inspection, disclosure_id, to_change=True))
    if request.wanted_on is not None:
        raise NotPossibleNow(N_("It is noted already that a decision is wanted."))
    if not request.came_on <= wanted_on <= _today(now):
        raise Invalid(
            N_("Choose a day after the request came in, and not in the future."), {"field": "wanted_on"}
        )
    request.wanted_on = wanted_on
    tell(
        db, users=in_team(db, inspection.id, (*INSPECTORS, *DECIDERS), but=actor.user_id),
        kind=NoticeKind.REFUSAL_WANTED, inspection=inspection.id, now=now,
    )  # fmt: skip
    return _kept(db, actor, request, EventKind.DISCLOSURE_DECISION_WANTED, now)


def decide_refusal(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    reasons: str,
    authority: AuthorityDetails,
    now: datetime,
) -> DisclosureRequest:
    """The authority's decision not to disclose, with reasons and how to appeal (FL 32–33 §§, OSL 6 kap. 7 §).

    By the decision-maker of the case, who did not do the masking. Raises NotAllowed, NotPossibleNow, Invalid.
    """
    request = _refused(db, actor, inspection, disclosure_id)
    if not may(actor, Permission.DECIDE, inspection):
        raise NotAllowed(N_("The decision-maker of the case decides."))
    if actor.user_id == request.handed_by_id:
        raise NotAllowed(N_("You assessed the request. Another decides whether that stands."))
    if request.wanted_on is None:
        raise NotPossibleNow(N_("Note first on which day a decision was wanted."))
    if request.decided_at is not None:
        raise NotPossibleNow(N_("The decision is made already."))
    request.reasons = _said(reasons, "reasons")
    file = decision_paper(
        inspection, request, authority, decided_on=_today(now), decider=actor.name, reasons=request.reasons
    )
    request.keep_file("decision_sealed", file)
    request.decided_at, request.decided_by_id = now, actor.user_id
    return _kept(db, actor, request, EventKind.DISCLOSURE_REFUSED, now)


def read_file(db: Session, *, inspection: Inspection, disclosure_id: UUID, which: str) -> bytes:
    """A finished file, exactly as it left; that it was read is for the caller to log. Raises NotFound."""
    request = find_disclosure(db, inspection, disclosure_id)
    sealed = getattr(request, FILES[which]) if which in FILES else None
    if sealed is None:
        raise NotFound(N_("There is no such file of this request."))
    return opened_bytes(request.__tablename__, FILES[which], request.id, sealed)


def _for_another(
    db: Session, actor: Actor, inspection: Inspection, disclosure_id: UUID, version: int
) -> DisclosureRequest:
    waits = frozenset({AskState.SECOND_LOOK})
    request = to_change(db, actor, inspection, disclosure_id, version, states=waits)
    if request.handed_by_id == actor.user_id:
        raise NotAllowed(N_("You did the masking. Somebody else in the team looks it over."))
    return request


def _refused(db: Session, actor: Actor, inspection: Inspection, disclosure_id: UUID) -> DisclosureRequest:
    return _answered_in_part(
        to_change(db, actor, inspection, disclosure_id, states=frozenset({AskState.LEFT}))
    )


def _answered_in_part(request: DisclosureRequest) -> DisclosureRequest:
    if request.state is not AskState.LEFT:
        raise NotPossibleNow(N_("The request is not answered yet. A decision is made on what was refused."))
    if request.outcome is AskOutcome.WHOLE:
        raise NotPossibleNow(N_("Everything was disclosed. There is nothing to decide on."))
    return request


def _kept(
    db: Session, actor: Actor, request: DisclosureRequest, kind: EventKind, now: datetime, **more: object
) -> DisclosureRequest:
    changed(request)
    db.flush()
    record_event(
        db, kind, actor=actor, now=now, inspection_id=request.inspection_id, disclosure=request.id, **more
    )
    return request


def _said(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(N_("Write something here."), {"field": field})
    if len(text) > LONGEST:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": field, "count": len(text), "limit": LONGEST},
        )
    return text


def _today(now: datetime) -> date:
    return now.astimezone(SWEDEN).date()
