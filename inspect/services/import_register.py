"""Take a file into the register: looked at first, whole or not at all, and twice changes nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import activities
from ...models.base import new_id
from ...models.event_kinds import EventKind
from ...models.planning_words import RegisterPart
from ...models.register import Home, Municipality, Permit, Provider, RegisterImport
from ...models.sealed import held_bytes, opened_bytes
from ...models.vocabulary import N_
from ..errors import NotFound, NotPossibleNow
from ..exchange.register_table import LineFault, RegisterTable, UnusableTable, read_register_table
from ..rules.access import Actor
from ..rules.register_rows import RowFault, read_rows
from .record_event import record_event
from .register_history import change_and_keep, keep_registered
from .register_municipality import check_may_change
from .register_plan import RegisterPlan, Step, plan_register

COLUMN = "content_sealed"
MADE: dict[RegisterPart, type[Any]] = {
    RegisterPart.PROVIDER: Provider,
    RegisterPart.MUNICIPALITY: Municipality,
    RegisterPart.HOME: Home,
    RegisterPart.PERMIT: Permit,
}
"""What each part is kept as, in the order that they are made: a home needs its provider."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A readable file and what it would change."""

    table: RegisterTable
    plan: RegisterPlan


def look_at_file(db: Session, content: bytes) -> LookedAt:
    """What the file would change; nothing is written. Raises UnusableTable with every fault of the file."""
    table = read_register_table(content)
    rows, faults = read_rows(table.rows, _activities())
    if faults:
        raise UnusableTable(*_placed(table, faults))
    plan = plan_register(db, rows)
    if plan.faults:
        raise UnusableTable(*_placed(table, plan.faults))
    return LookedAt(table, plan)


def _activities() -> Mapping[str, str]:
    known: dict[str, str] = {}
    for one in activities():
        for word in (one.id, *(one.name.in_language(language) for language in ("sv", "en"))):
            known[word.casefold()] = one.id
    return known


def _placed(table: RegisterTable, faults: Sequence[RowFault]) -> list[LineFault]:
    """The faults with the headings as they stand in the file, in the order of its lines."""
    placed = [
        LineFault(fault.line, table.headings.get(fault.column, ""), fault.text, fault.values)
        for fault in faults
    ]
    return sorted(placed, key=lambda fault: fault.line)


def keep_file(db: Session, *, actor: Actor, name: str, content: bytes, now: datetime) -> RegisterImport:
    """Keep a file that can be taken in, until somebody says so. An earlier one of the same person's goes.

    Raises NotAllowed, UnusableTable.
    """
    check_may_change(actor)
    look_at_file(db, content)
    db.execute(
        delete(RegisterImport).where(
            RegisterImport.by_id == actor.user_id, RegisterImport.applied_at.is_(None)
        )
    )
    kept = RegisterImport(
        name=name[:200], sha256=_digest(content), received_at=now, by_id=actor.user_id, applied_at=None
    )
    kept.content_sealed = held_bytes(kept.__tablename__, COLUMN, kept.id, content)
    db.add(kept)
    db.flush()
    return kept


def find_file(db: Session, import_id: UUID) -> RegisterImport:
    """Raises NotFound."""
    kept = db.get(RegisterImport, import_id)
    if kept is None:
        raise NotFound(N_("There is no such file, or it has been replaced by another."))
    return kept


def content_of(kept: RegisterImport) -> bytes:
    """The file as it came. Raises NotPossibleNow when it has been taken in, and so is kept no longer."""
    if kept.content_sealed is None:
        raise NotPossibleNow(N_("The file has been taken in already."))
    return opened_bytes(kept.__tablename__, COLUMN, kept.id, kept.content_sealed)


def take_in_file(db: Session, *, actor: Actor, kept: RegisterImport, now: datetime) -> RegisterPlan:
    """Take in a kept file, by the register as it stands now.

    Raises NotAllowed, NotPossibleNow, UnusableTable.
    """
    check_may_change(actor)
    plan = look_at_file(db, content_of(kept)).plan
    kept.applied_at, kept.content_sealed = now, None
    _carry_out(db, plan, actor=actor, kept=kept, now=now)
    return plan


def import_register(
    db: Session, *, actor: Actor | None, name: str, content: bytes, now: datetime
) -> RegisterPlan:
    """Look at a file and take it in, in one go. Raises NotAllowed, UnusableTable; then nothing is written."""
    if actor is not None:
        check_may_change(actor)
    plan = look_at_file(db, content).plan
    if plan.steps:
        kept = RegisterImport(
            id=new_id(), name=name[:200], sha256=_digest(content), received_at=now,
            by_id=actor.user_id if actor else None, applied_at=now,
        )  # fmt: skip
        db.add(kept)
        db.flush()
        _carry_out(db, plan, actor=actor, kept=kept, now=now)
    return plan


def _carry_out(
    db: Session, plan: RegisterPlan, *, actor: Actor | None, kept: RegisterImport, now: datetime
) -> None:
    for part, model in MADE.items():
        made = [step for step in plan.steps if step.part is part and step.row is None]
        db.add_all([model(id=step.id, **step.values, **_born(part, actor, now)) for step in made])
        db.flush()
        for step in made:
            keep_registered(db, part, step.id, actor=actor, now=now, import_id=kept.id)
    for step in plan.changed:
        _change(db, step, actor=actor, kept=kept, now=now)
    kept.added, kept.changed = len(plan.added), len(plan.changed)
    db.flush()
    record_event(
        db, EventKind.REGISTER_IMPORTED, actor=actor, now=now, digest=kept.sha256, number=len(plan.steps)
    )


def _born(part: RegisterPart, actor: Actor | None, now: datetime) -> Mapping[str, Any]:
    if part is RegisterPart.PERMIT:
        return {"registered_at": now, "by_id": actor.user_id if actor else None}
    return {"created_at": now}


def _change(db: Session, step: Step, *, actor: Actor | None, kept: RegisterImport, now: datetime) -> None:
    values = dict(step.values)
    if "municipality_id" in values:
        step.row.municipality_id = values.pop("municipality_id")
    change_and_keep(db, step.part, step.row, values, actor=actor, now=now, import_id=kept.id)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def list_imports(db: Session, number: int = 10) -> Sequence[RegisterImport]:
    """The latest files that were taken in."""
    return db.scalars(
        select(RegisterImport)
        .where(RegisterImport.applied_at.is_not(None))
        .order_by(RegisterImport.applied_at.desc())
        .limit(number)
    ).all()
