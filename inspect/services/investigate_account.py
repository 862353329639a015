"""Investigate a grave account: the record on which it will be confirmed, not confirmed or refuted."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.grave_accounts import Investigation
from ...models.inspections import Inspection
from ...models.vocabulary import N_, Resolution
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.grave_accounts import may_not_investigate
from .find_accounts import find_account
from .next_name import hold_case
from .plan_inspection import FINISHED
from .record_event import record_event

LONGEST_TEXT = 20_000


def investigate_account(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    label: str,
    resolution: Resolution,
    record: str,
    attempt: str,
    reached_child: bool,
    decision: str,
    now: datetime,
) -> Investigation:
    """Write the investigation of the account `label`; it changes nothing until somebody countersigns it.

    `record` says what was investigated and what it showed, `attempt` how one tried to reach the child
    again, `decision` what is decided and why (method §8 A3). Raises NotAllowed; NotPossibleNow for
    whoever led the talk or recorded the statement, while another waits, and on a finished case;
    NotFound; Invalid naming the field.
    """
    if not may(actor, Permission.INVESTIGATE_ACCOUNT, inspection):
        raise NotAllowed(N_("Only the case's inspectors, peer reviewer and decision-maker investigate."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed. Plan a new inspection for what has come up."))
    hold_case(db, inspection)
    account = find_account(db, inspection, label)
    shut = may_not_investigate(account, actor.user_id)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    texts = {"record": record.strip(), "attempt": attempt.strip(), "decision": decision.strip()}
    for field, text in texts.items():
        if not text:
            raise Invalid(MISSING[field], {"field": field})
        if len(text) > LONGEST_TEXT:
            raise Invalid(
                N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
                {"field": field, "count": len(text), "limit": LONGEST_TEXT},
            )
    written = Investigation(
        inspection_id=inspection.id,
        statement_id=account.statement_id,
        passage_id=account.passage_id,
        resolution=resolution,
        by_id=actor.user_id,
        at=now,
        reached_child=reached_child,
        **texts,
    )
    db.add(written)
    record_event(
        db,
        EventKind.ACCOUNT_INVESTIGATED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        investigation=written.id,
        statement=account.statement_id,
        resolution=resolution.value,
    )
    db.flush()
    return written


MISSING: dict[str, str] = {
    "record": N_("Write what was investigated, and what it showed."),
    "attempt": N_("Write how you tried to reach the child again."),
    "decision": N_("Write the decision and the reasons for it."),
}
