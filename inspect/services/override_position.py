"""Decide another position than the computed one. That one stays; both are always shown (method §8)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterState
from ...models.overrides import Override
from ...models.vocabulary import N_, OverrideReason
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.inspection_flow import Reason
from ..rules.override_records import record_hash
from ..rules.overrides import Proposal, binding_rule, needs_countersign, obstacles
from ..rules.weighing import AreaResult, Position
from .find_letter import letter_state
from .find_overrides import plain_record
from .record_event import record_event
from .weigh_inspection import latest_run, weighed

MAX_TEXT = 10_000
CLOSED = frozenset({LetterState.APPROVED, LetterState.SENT})


@dataclass
class Refused(Invalid):
    """Everything that speaks against the proposed position, at once."""

    reasons: tuple[Reason, ...] = field(default_factory=tuple)


def may_decide_positions(db: Session, actor: Actor, inspection: Inspection) -> None:
    """Raises NotAllowed to others than the responsible inspector and the decision-maker, NotPossibleNow
    before the weighing is kept and when the letter is approved."""
    if not may(actor, Permission.OVERRIDE_POSITION, inspection):
        raise NotAllowed(
            N_("The responsible inspector or the decision-maker decides another position than the computed.")
        )
    if letter_state(db, inspection) in CLOSED:
        raise NotPossibleNow(N_("The letter is approved. Take the case back to weighing first."))


def override_position(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    area: str,
    decided: Position | None,
    reason_code: OverrideReason | None,
    text: str,
    evidence: Sequence[str],
    now: datetime,
) -> Override:
    """Place a decided position beside the computed one; `decided` None is "cannot be assessed yet".

    One step down holds at once. Anything else holds when somebody else has countersigned. Raises Refused
    with everything that speaks against it; NotPossibleNow while the kept weighing is not of this evidence.
    """
    may_decide_positions(db, actor, inspection)
    result = weighed(db, inspection).result
    run = latest_run(db, inspection)
    if run is None or run.input_hash != result.stamp.input_hash:
        raise NotPossibleNow(N_("The evidence has changed since it was weighed. Weigh again first."))
    found = result.areas.get(area)
    if found is None:
        raise NotFound(N_("There is no such area."))
    if len(text) > MAX_TEXT:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "text", "num": len(text), "most": MAX_TEXT},
        )
    chosen = tuple(sorted(set(evidence) & evidence_of(found)))
    against = obstacles(found, Proposal(decided, reason_code, text, chosen))
    if against or reason_code is None:
        raise Refused(against[0].text, against[0].values, reasons=against)
    row = Override(
        inspection_id=inspection.id,
        number=_next_number(db, inspection),
        area=area,
        computed=_plain(found.position),
        decided=_plain(decided),
        binding_rule=binding_rule(found),
        reason_code=reason_code,
        evidence=list(chosen),
        needs_countersign=needs_countersign(found.position, decided),
        by_id=actor.user_id,
        role=_role(actor, inspection),
        at=now,
        method_version=result.stamp.version,
        config_hash=result.stamp.config_hash,
        input_hash=result.stamp.input_hash,
        previous_hash=_last_hash(db, inspection),
        text=text.strip(),
    )
    row.hash = record_hash(row.previous_hash, plain_record(row))
    db.add(row)
    db.flush()
    record_event(
        db, EventKind.OVERRIDE_WRITTEN, actor=actor, now=now, inspection_id=inspection.id,
        override=row.id, area=area,
    )  # fmt: skip
    return row


def evidence_of(area: AreaResult) -> set[str]:
    """Labels of the statements and ids of the requirements that the area rests on."""
    return {one.coding.id for one in area.codings} | {one.requirement for one in area.requirements}


def _plain(position: Position | None) -> int | None:
    return None if position is None else int(position)


def _next_number(db: Session, inspection: Inspection) -> int:
    last = db.scalar(select(func.max(Override.number)).where(Override.inspection_id == inspection.id))
    return (last or 0) + 1


def _last_hash(db: Session, inspection: Inspection) -> str:
    last = (
        select(Override.hash).where(Override.inspection_id == inspection.id).order_by(Override.number.desc())
    )
    return db.scalar(last.limit(1)) or ""


def _role(actor: Actor, inspection: Inspection) -> str:
    """The actor's part in the case, as the record keeps it."""
    return next((one.role.value for one in inspection.team if one.user_id == actor.user_id), "")
