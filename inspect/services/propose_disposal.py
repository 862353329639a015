"""Propose a disposal under a rule, and approve or withdraw one: two people, never the same."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from ...models.event_kinds import EventKind
from ...models.retention import Disposal, DisposalCase, RecordType, RetentionRule
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .find_disposable import WantedDue, find_disposable
from .keep_rules import find_rule
from .record_event import record_event
from .what_served import count_served


def propose_disposal(db: Session, *, actor: Actor, rule_id: UUID, now: datetime) -> Disposal:
    """Propose what the rule lets go today, AT_A_TIME cases at most.

    Raises NotAllowed, NotFound; NotPossibleNow for nothing.
    """
    if not may(actor, Permission.SEE_RETENTION):
        raise NotAllowed(N_("Registrars and supervisors propose disposals."))
    rule = find_rule(db, rule_id)
    if rule.ended_at is not None:
        raise NotPossibleNow(N_("The rule is ended: nothing is disposed of under it."))
    if rule.record_type is RecordType.SIGN_INS:
        return _propose_what_served(db, actor, rule, now)
    found = find_disposable(db, rule, now=now, wanted=WantedDue(free=True))
    free = [one for one in found if one.left is None]
    if not free:
        raise NotPossibleNow(N_("The rule lets no case go today."))
    disposal = Disposal(rule_id=rule.id, proposed_at=now, proposed_by_id=actor.user_id, counts={})
    db.add(disposal)
    db.flush()
    db.add_all(
        DisposalCase(
            disposal_id=disposal.id, inspection_id=one.inspection_id, closed_on=one.closed_on,
            due_on=one.due_on, counts={},
        )
        for one in free
    )  # fmt: skip
    db.flush()
    record_event(
        db, EventKind.DISPOSAL_PROPOSED, actor=actor, now=now, disposal=disposal.id, rule=rule.id,
        number=len(free),
    )  # fmt: skip
    return disposal


def _propose_what_served(db: Session, actor: Actor, rule: RetentionRule, now: datetime) -> Disposal:
    waits = select(Disposal.id).where(
        Disposal.rule_id == rule.id, Disposal.done_at.is_(None), Disposal.withdrawn_at.is_(None)
    )
    if db.scalar(select(waits.exists())):
        raise NotPossibleNow(N_("There is a proposal under the rule that is not done."))
    served = count_served(db, rule, now=now)
    if not served:
        raise NotPossibleNow(N_("The rule lets nothing go today."))
    disposal = Disposal(rule_id=rule.id, proposed_at=now, proposed_by_id=actor.user_id, counts={})
    db.add(disposal)
    db.flush()
    record_event(
        db, EventKind.DISPOSAL_PROPOSED, actor=actor, now=now, disposal=disposal.id, rule=rule.id,
        number=sum(served.values()),
    )  # fmt: skip
    return disposal


def approve_disposal(db: Session, *, actor: Actor, disposal_id: UUID, now: datetime) -> Disposal:
    """Approve what another person proposed; a job then carries it out. Raises NotAllowed, NotPossibleNow."""
    if not may(actor, Permission.APPROVE_DISPOSAL):
        raise NotAllowed(N_("A supervisor approves disposals."))
    disposal = _waiting(db, disposal_id)
    if disposal.proposed_by_id == actor.user_id:
        raise NotAllowed(N_("You proposed the disposal yourself: another person approves it."))
    disposal.approved_at, disposal.approved_by_id = now, actor.user_id
    record_event(db, EventKind.DISPOSAL_APPROVED, actor=actor, now=now, disposal=disposal.id)
    return disposal


def withdraw_disposal(db: Session, *, actor: Actor, disposal_id: UUID, now: datetime) -> Disposal:
    """Take a proposal back, or refuse it, before it is approved. Raises NotAllowed, NotPossibleNow."""
    if not may(actor, Permission.SEE_RETENTION):
        raise NotAllowed(N_("Registrars and supervisors withdraw proposals of disposal."))
    disposal = _waiting(db, disposal_id)
    disposal.withdrawn_at, disposal.withdrawn_by_id = now, actor.user_id
    record_event(db, EventKind.DISPOSAL_WITHDRAWN, actor=actor, now=now, disposal=disposal.id)
    return disposal


def find_disposal(db: Session, disposal_id: UUID) -> Disposal:
    """With its rule and its cases."""
    found = db.scalar(
        select(Disposal)
        .where(Disposal.id == disposal_id)
        .options(joinedload(Disposal.rule), selectinload(Disposal.cases).joinedload(DisposalCase.inspection))
    )
    if found is None:
        raise NotFound(N_("There is no such disposal."))
    return found


def _waiting(db: Session, disposal_id: UUID) -> Disposal:
    disposal = db.scalar(select(Disposal).where(Disposal.id == disposal_id).with_for_update())
    if disposal is None:
        raise NotFound(N_("There is no such disposal."))
    if disposal.withdrawn_at is not None:
        raise NotPossibleNow(N_("The proposal is withdrawn."))
    if disposal.approved_at is not None:
        raise NotPossibleNow(N_("The disposal is approved already."))
    return disposal
