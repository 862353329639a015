"""What the rich authority has of keeping: a rule, a proposal that waits, one carried out, a hold, a package."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.rich_account import MARKER, NOW
from tillsyn.models.inspections import Inspection
from tillsyn.models.retention import (
    ArchivePackage,
    CountedFrom,
    Disposal,
    DisposalCase,
    LeftBecause,
    LegalHold,
    RecordType,
    RetentionRule,
)


@dataclass(frozen=True)
class RichRetention:
    """Ids of what stands in the addresses of keeping and disposal."""

    rule_id: UUID
    disposal_id: UUID
    hold_id: UUID
    package_id: UUID


def build_rich_retention(db: Session, people: dict[str, UUID], dnr: str) -> RichRetention:
    case = db.scalars(select(Inspection.id).where(Inspection.dnr == dnr)).one()
    registrar, supervisor = people["registrar"], people["supervisor_outside"]
    rule = RetentionRule(
        decision_number="RA-MS 2020:3", decided_on=NOW.date() - timedelta(days=900),
        record_type=RecordType.CASE, counted_from=CountedFrom.END_OF_YEAR, years=10, after_archiving=True,
        entered_at=NOW - timedelta(days=800), entered_by_id=registrar,
    )  # fmt: skip
    hold = LegalHold(inspection_id=case, placed_at=NOW - timedelta(days=3), placed_by_id=registrar)
    hold.reason = f"Polisen utreder det som {MARKER} berättade."
    package = ArchivePackage(
        inspection_id=case, made_at=NOW - timedelta(days=2), made_by_id=people["leader"],
        manifest_sha256="ab" * 32, files=7,
    )  # fmt: skip
    db.add_all((rule, hold, package))
    db.flush()
    waits = Disposal(rule_id=rule.id, proposed_at=NOW - timedelta(hours=5), proposed_by_id=registrar)
    done = Disposal(
        rule_id=rule.id, proposed_at=NOW - timedelta(days=400), proposed_by_id=registrar,
        approved_at=NOW - timedelta(days=399), approved_by_id=supervisor, done_at=NOW - timedelta(days=399),
    )  # fmt: skip
    db.add_all((waits, done))
    db.flush()
    day = NOW.date() - timedelta(days=5000)
    db.add_all(
        DisposalCase(
            disposal_id=one.id, inspection_id=case, closed_on=day, due_on=day + timedelta(days=3653),
            left_because=left, counts={},
        )
        for one, left in ((waits, None), (done, LeftBecause.HELD))
    )  # fmt: skip
    db.flush()
    return RichRetention(rule.id, waits.id, hold.id, package.id)
