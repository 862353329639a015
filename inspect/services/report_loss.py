"""What a lost device held, for the notification of a personal data breach (GDPR art. 33 and 34).

Counted from what the server knows: what it handed out, what the device told that it held, and what came from
it. No names and no contents: whoever writes the notification may be outside the cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...models.among import among
from ...models.devices import DeviceHolding
from ...models.field import FieldOp, QuarantinedOp, Refusal
from ...models.inspections import Inspection, Resident
from ...models.interviews import Interview, Statement
from ...models.reached_rows import LOSS
from ...models.vocabulary import N_, Informant
from ..errors import NotPossibleNow
from ..outside.reach import reaching_also
from ..rules.access import Actor
from .see_devices import SeenDevice, see_device

TIME_TO_NOTIFY = timedelta(hours=72)
"""From when the authority became aware of the breach: GDPR art. 33.1."""


@dataclass(frozen=True, slots=True)
class CaseOnDevice:
    """One case that was on the device when it was lost.

    `readable`: whoever has the device and its key can read the case; else only sealed notes of it were left.
    `talks` and `statements`: those that the device had, at least, when it last fetched.
    """

    inspection: Inspection
    holding: DeviceHolding
    readable: bool
    children: int
    others: int
    talks: int
    statements: int


@dataclass(frozen=True, slots=True)
class Loss:
    seen: SeenDevice
    lost_at: datetime
    notify_by: datetime
    cases: tuple[CaseOnDevice, ...]
    from_device: int
    """Notes of the device that are in the log."""
    kept_apart: int
    """Notes that came from it after the loss, and are kept in quarantine."""

    @property
    def children(self) -> int:
        return sum(case.children for case in self.cases if case.readable)

    @property
    def others(self) -> int:
        return sum(case.others for case in self.cases if case.readable)


def report_loss(db: Session, *, actor: Actor, device_id: UUID, now: datetime) -> Loss:
    """What the lost device held. Raises NotFound, or NotPossibleNow when it is not reported lost."""
    seen = see_device(db, actor=actor, device_id=device_id, now=now)
    device = seen.device
    if device.lost_at is None:
        raise NotPossibleNow(N_("The device is not reported lost."))
    with reaching_also(db, LOSS):  # numbers only: whoever writes the notification may be outside the cases
        return _loss(db, seen, device.lost_at)


def _loss(db: Session, seen: SeenDevice, lost_at: datetime) -> Loss:
    device = seen.device
    ids = [held.inspection.id for held in seen.holds]
    children = _count(db, Resident.inspection_id, ids)
    others = _others(db, ids)
    talks = _count(db, Interview.inspection_id, ids)
    statements = _count(db, Statement.inspection_id, ids)
    return Loss(
        seen=seen,
        lost_at=lost_at,
        notify_by=lost_at + TIME_TO_NOTIFY,
        cases=tuple(
            CaseOnDevice(
                inspection=held.inspection,
                holding=held.holding,
                readable=held.holding.readable,
                children=children.get(held.inspection.id, 0),
                others=others.get(held.inspection.id, 0),
                talks=talks.get(held.inspection.id, 0),
                statements=statements.get(held.inspection.id, 0),
            )
            for held in seen.holds
        ),
        from_device=db.scalar(select(func.count(FieldOp.id)).where(FieldOp.device_id == device.id)) or 0,
        kept_apart=db.scalar(
            select(func.count(QuarantinedOp.id)).where(
                QuarantinedOp.device_id == device.id, QuarantinedOp.refusal == Refusal.LOST
            )
        )
        or 0,
    )


def _count(db: Session, column: InstrumentedAttribute[UUID], ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = db.execute(select(column, func.count()).where(among(column, ids)).group_by(column))
    return dict(rows.all())


def _others(db: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Grown-ups who were talked with, each once, by case."""
    rows = db.execute(
        select(Interview.inspection_id, func.count(Interview.person.distinct()))
        .where(among(Interview.inspection_id, ids), Interview.informant != Informant.CHILD)
        .group_by(Interview.inspection_id)
    )
    return dict(rows.all())
