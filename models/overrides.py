"""A decided position beside the computed one, and the release of an area that was held (method §8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import OverrideReason


class Override(Identified):
    """What a person decides of one area instead of what was computed. The computed result stays.

    Append-only, and chained: `hash` covers `previous_hash` and the record's canonical JSON, so that
    a changed row shows. It holds for one exact input and one method only; anything new makes it lapse.
    Positions are 4–1, null for "cannot be assessed yet".
    """

    __tablename__ = "overrides"
    __table_args__ = (
        UniqueConstraint("inspection_id", "number"),
        CheckConstraint("computed IS NULL OR computed BETWEEN 1 AND 4", name="computed_1_to_4"),
        CheckConstraint("decided IS NULL OR decided BETWEEN 1 AND 4", name="decided_1_to_4"),
        CheckConstraint(
            "(countersigned_by_id IS NULL) = (countersigned_at IS NULL)", name="signed_has_a_time"
        ),
        CheckConstraint("countersigned_by_id <> by_id", name="countersigned_by_another"),
        Index(None, "at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Place in the chain of the inspection, from 1."""
    area: Mapped[str] = mapped_column(String(20))
    computed: Mapped[int | None]
    decided: Mapped[int | None]
    binding_rule: Mapped[str] = mapped_column(String(10), default="")
    """What made the computed position: V0, V1, T1, T2, T3 or T4."""
    reason_code: Mapped[OverrideReason] = mapped_column(stored_enum(OverrideReason))
    evidence: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Labels of the statements and requirements it rests on."""
    needs_countersign: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    countersigned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    countersigned_at: Mapped[datetime | None]
    countersign_hash: Mapped[str] = mapped_column(String(64), default="")
    method_version: Mapped[str] = mapped_column(String(20))
    config_hash: Mapped[str] = mapped_column(String(64))
    input_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64))
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")


class AreaRelease(Identified):
    """A reviewer's assessment that an area on hold may be told of outside (A5); changes nothing else."""

    __tablename__ = "area_releases"
    __table_args__ = (UniqueConstraint("inspection_id", "area", "input_hash"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    area: Mapped[str] = mapped_column(String(20))
    input_hash: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    assessment_sealed: Mapped[bytes | None] = sealed_column()
    assessment = SealedText("assessment_sealed")
