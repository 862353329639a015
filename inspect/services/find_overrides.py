"""The decided positions of a case: which stand beside the computed ones, and whether the chain is whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.overrides import AreaRelease, Override
from ..rules.inspection_flow import Reason
from ..rules.override_records import Link, record_hash, verify_chain
from ..rules.overrides import why_not_standing
from ..rules.weighing import Stamp


@dataclass(frozen=True, slots=True)
class DecidedPosition:
    """An override as it stands today. `lapsed` says why it does not hold; `whole` that nobody changed it."""

    override: Override
    lapsed: tuple[Reason, ...]
    whole: bool

    @property
    def stands(self) -> bool:
        return self.whole and not self.lapsed

    @property
    def waits(self) -> bool:
        """Only the second person is missing."""
        row = self.override
        return (
            self.whole and row.needs_countersign and row.countersigned_by_id is None and len(self.lapsed) == 1
        )


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that is not as it was written: the case's id and the record's number in its chain."""

    inspection_id: UUID
    number: int


def plain_record(row: Override) -> dict[str, object]:
    """What the hash of an override covers, as plain JSON values. The countersignature has its own hash."""
    return {
        "inspection": str(row.inspection_id),
        "number": row.number,
        "area": row.area,
        "computed": row.computed,
        "decided": row.decided,
        "binding_rule": row.binding_rule,
        "reason_code": row.reason_code.value,
        "text": row.text,
        "evidence": list(row.evidence),
        "needs_countersign": row.needs_countersign,
        "by": str(row.by_id),
        "role": row.role,
        "at": _moment(row.at),
        "method_version": row.method_version,
        "config_hash": row.config_hash,
        "input_hash": row.input_hash,
    }


def countersign_hash(row: Override, *, by: UUID, at: datetime) -> str:
    """The countersignature's own link: it hangs on the record that it signs."""
    return record_hash(row.hash, {"countersigned_by": str(by), "countersigned_at": _moment(at)})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def find_overrides(db: Session, inspection: Inspection) -> list[Override]:
    """Every override of the case, in the order of its chain."""
    return list(
        db.scalars(
            select(Override)
            .where(Override.inspection_id == inspection.id)
            .order_by(Override.number, Override.id)
        )
    )


def broken_numbers(rows: Sequence[Override]) -> frozenset[int]:
    """Numbers of the records of one chain (in its order) that were changed, moved or lost one before them."""
    links = [Link(row.previous_hash, plain_record(row), row.hash) for row in rows]
    broken = {rows[place].number for place in verify_chain(links)}
    broken |= {row.number for place, row in enumerate(rows, start=1) if row.number != place}
    for row in rows:
        by, at = row.countersigned_by_id, row.countersigned_at
        signed = countersign_hash(row, by=by, at=at) if by and at else ""
        if row.countersign_hash != signed:
            broken.add(row.number)
    return frozenset(broken)


def decided_positions(
    db: Session, inspection: Inspection, stamp: Stamp
) -> tuple[Mapping[str, DecidedPosition], tuple[DecidedPosition, ...]]:
    """The latest override of each area, and all of them in order. The chain is verified on each reading."""
    rows = find_overrides(db, inspection)
    broken = broken_numbers(rows)
    every = tuple(
        DecidedPosition(row, why_not_standing(row, stamp), row.number not in broken) for row in rows
    )
    return {one.override.area: one for one in every}, every


def released_areas(db: Session, inspection: Inspection, input_hash: str) -> Mapping[str, AreaRelease]:
    """The releases that hold for this very evidence, by area (method §8, A5)."""
    rows = db.scalars(
        select(AreaRelease).where(
            AreaRelease.inspection_id == inspection.id, AreaRelease.input_hash == input_hash
        )
    )
    return {row.area: row for row in rows}


def verify_all_overrides(db: Session) -> tuple[BrokenRecord, ...]:
    """Every record of every case that is not as it was written; empty when all chains are whole."""
    chains: dict[UUID, list[Override]] = {}
    for row in db.scalars(select(Override).order_by(Override.inspection_id, Override.number, Override.id)):
        chains.setdefault(row.inspection_id, []).append(row)
    return tuple(
        BrokenRecord(inspection_id, number)
        for inspection_id, rows in chains.items()
        for number in sorted(broken_numbers(rows))
    )
