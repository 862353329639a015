"""Enter a decision on disposal as a rule, and end one that no longer holds (arkivlagen 10 §)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.retention import (
    MOST_YEARS,
    SHORTEST_NUMBER,
    CountedFrom,
    Disposal,
    RecordType,
    RetentionRule,
)
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from .record_event import record_event

LONGEST_NUMBER = 60


def enter_rule(
    db: Session,
    *,
    actor: Actor,
    decision_number: str,
    decided_on: date,
    record_type: RecordType,
    counted_from: CountedFrom,
    years: int,
    after_archiving: bool,
    now: datetime,
) -> RetentionRule:
    """Enter a rule. It disposes of nothing by itself. Raises NotAllowed, Invalid naming the field."""
    _may_keep(actor)
    number = " ".join(decision_number.split())
    if not SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER:
        raise Invalid(
            N_("Write the number of the decision, for example RA-MS 2026:1 or a registration number."),
            {"field": "decision_number"},
        )
    if decided_on > now.astimezone(SWEDEN).date():
        raise Invalid(
            N_("The decision cannot have been made on a day that is to come."), {"field": "decided_on"}
        )
    if not 1 <= years <= MOST_YEARS:
        raise Invalid(
            N_("Write a number of whole years, from 1 to %(most)s."), {"most": MOST_YEARS, "field": "years"}
        )
    of_no_case = record_type is RecordType.SIGN_INS
    if of_no_case is not (counted_from is CountedFrom.SERVED):
        raise Invalid(
            N_("What is of no case is counted from the day it had served.")
            if of_no_case
            else N_("What is of a case is counted from when the case was closed."),
            {"field": "counted_from"},
        )
    if of_no_case and after_archiving:
        raise Invalid(
            N_("The e-archive has cases only: leave this out for what is of no case."),
            {"field": "after_archiving"},
        )
    asked = (RetentionRule.decision_number == number, RetentionRule.record_type == record_type)
    if db.scalar(select(exists().where(*asked))):
        raise Invalid(
            N_("There is a rule with this number already. A decision that changes it has its own number."),
            {"field": "decision_number"},
        )
    rule = RetentionRule(
        decision_number=number, decided_on=decided_on, record_type=record_type, counted_from=counted_from,
        years=years, after_archiving=after_archiving, entered_at=now, entered_by_id=actor.user_id,
    )  # fmt: skip
    db.add(rule)
    db.flush()
    record_event(db, EventKind.RETENTION_RULE_ENTERED, actor=actor, now=now, rule=rule.id)
    return rule


def end_rule(db: Session, *, actor: Actor, rule_id: UUID, now: datetime) -> RetentionRule:
    """End a rule: nothing more is proposed under it. Raises while a proposal under it waits."""
    _may_keep(actor)
    rule = find_rule(db, rule_id)
    if rule.ended_at is not None:
        raise NotPossibleNow(N_("The rule is ended already."))
    waiting = exists().where(
        Disposal.rule_id == rule.id, Disposal.done_at.is_(None), Disposal.withdrawn_at.is_(None)
    )
    if db.scalar(select(waiting)):
        raise NotPossibleNow(
            N_("A disposal under the rule is not done. Withdraw it, or wait until it is done.")
        )
    rule.ended_at, rule.ended_by_id = now, actor.user_id
    record_event(db, EventKind.RETENTION_RULE_ENDED, actor=actor, now=now, rule=rule.id)
    return rule


def find_rule(db: Session, rule_id: UUID) -> RetentionRule:
    rule = db.get(RetentionRule, rule_id)
    if rule is None:
        raise NotFound(N_("There is no such rule of disposal."))
    return rule


def _may_keep(actor: Actor) -> None:
    if not may(actor, Permission.KEEP_RETENTION_RULES):
        raise NotAllowed(N_("The registrar enters and ends rules of disposal."))
