"""Requirements and their results, the weighing of each area, and the findings that go into the letter."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import CheckResult, FindingKind, Responsible


class Check(Identified):
    """A person's mark on one requirement. Without a row the requirement is not assessed."""

    __tablename__ = "checks"
    __table_args__ = (
        UniqueConstraint("inspection_id", "requirement"),
        CheckConstraint("consequence BETWEEN 0 AND 4", name="consequence_0_to_4"),
        CheckConstraint("extent BETWEEN 0 AND 2", name="extent_0_to_2"),
        CheckConstraint(
            "result = 'deviation' OR (consequence = 0 AND extent = 0 AND NOT repeated"
            " AND NOT fixed AND NOT self_reported)",
            name="only_deviations_are_described",
        ),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    requirement: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)
    result: Mapped[CheckResult] = mapped_column(stored_enum(CheckResult))
    consequence: Mapped[int] = mapped_column(default=0)
    extent: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[bool] = mapped_column(default=False)
    fixed: Mapped[bool] = mapped_column(default=False)
    self_reported: Mapped[bool] = mapped_column(default=False)
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = SealedText("note_sealed")


class AreaAssessment(Identified):
    """The official's picture of one area: their own view first, then the reasoned assessment.

    `own_position` is 4–1, or null for "cannot be assessed yet"; it is written before the
    computed position is shown, and never changed afterwards.
    """

    __tablename__ = "area_assessments"
    __table_args__ = (
        UniqueConstraint("inspection_id", "area"),
        CheckConstraint("own_position IS NULL OR own_position BETWEEN 1 AND 4", name="own_position_1_to_4"),
        CheckConstraint("own_reason_sealed IS NOT NULL", name="own_view_has_a_reason"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    area: Mapped[str] = mapped_column(String(20))
    own_position: Mapped[int | None]
    own_reason_sealed: Mapped[bytes | None] = sealed_column()
    own_reason = SealedText("own_reason_sealed", or_null=True)
    own_at: Mapped[datetime]
    own_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reasoning_sealed: Mapped[bytes | None] = sealed_column()
    reasoning = SealedText("reasoning_sealed", or_null=True)
    """The assessment in words, after weighing (FL 32 §: rules and decisive circumstances)."""
    children_weighed_sealed: Mapped[bytes | None] = sealed_column()
    children_weighed = SealedText("children_weighed_sealed", or_null=True)
    """How what the children said was weighed in."""
    reasoned_at: Mapped[datetime | None]
    reasoned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)


class WeighingRun(Identified):
    """A stored result of the method, with its stamp. Append-only: a new run never changes an old one."""

    __tablename__ = "weighing_runs"
    __table_args__ = (Index(None, "inspection_id"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    method_version: Mapped[str] = mapped_column(String(20))
    config_hash: Mapped[str] = mapped_column(String(64))
    input_hash: Mapped[str] = mapped_column(String(64))
    catalogue_version: Mapped[str] = mapped_column(String(40), default="")
    code_book: Mapped[str] = mapped_column(String(40), default="")
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    minor_themes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """What was minor then, for the home's next inspection (method §2.8); null in runs older than this."""


class WeighedArea(Base):
    """One area of a run, as columns: what lists, comparisons and figures need without reading JSON.

    Positions are 4–1, null for "cannot be assessed yet". `own` is the official's own view at the
    time of the run; what it differs from `position` is what a person and the method see apart.
    """

    __tablename__ = "weighed_areas"
    __table_args__ = (
        CheckConstraint("position IS NULL OR position BETWEEN 1 AND 4", name="position_1_to_4"),
        CheckConstraint("own IS NULL OR own BETWEEN 1 AND 4", name="own_1_to_4"),
        CheckConstraint("(lowest IS NULL) = (highest IS NULL)", name="bounds_come_in_pairs"),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("weighing_runs.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int | None]
    own: Mapped[int | None]
    base: Mapped[int]
    binding_rule: Mapped[str] = mapped_column(String(10), default="")
    lowest: Mapped[int | None]
    highest: Mapped[int | None]
    confidence: Mapped[int | None]
    action: Mapped[int | None]


class Finding(Identified):
    """What the authority holds, on one matter: a strength, an area for development or a deficiency.

    The legal level is a person's decision (DOMAIN: 0–5). A deficiency names the requirement it
    breaches, what was seen, why it matters and what must be achieved by when (FL 32 §; SoL 28 kap. 3 §).
    """

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 5", name="level_0_to_5"),
        CheckConstraint(
            "(kind = 'strength' AND level = 0) OR (kind = 'advice' AND level = 1)"
            " OR (kind = 'deficiency' AND level >= 2)",
            name="level_fits_the_kind",
        ),
        CheckConstraint("kind <> 'deficiency' OR requirement IS NOT NULL", name="deficiency_names_its_rule"),
        CheckConstraint(
            "kind <> 'deficiency' OR responsible <> 'committee'", name="committee_matter_is_no_deficiency"
        ),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[FindingKind] = mapped_column(stored_enum(FindingKind))
    area: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str | None] = mapped_column(String(60))
    requirement: Mapped[str | None] = mapped_column(String(40))
    level: Mapped[int]
    sanction: Mapped[bool] = mapped_column(default=False)
    """Opens the sanction track whatever the level: SoL 28 kap. 16 §."""
    responsible: Mapped[Responsible] = mapped_column(stored_enum(Responsible), default=Responsible.PROVIDER)
    title_sealed: Mapped[bytes | None] = sealed_column()
    title = SealedText("title_sealed", or_null=True)
    saw_sealed: Mapped[bytes | None] = sealed_column()
    saw = SealedText("saw_sealed", or_null=True)
    matters_sealed: Mapped[bytes | None] = sealed_column()
    matters = SealedText("matters_sealed", or_null=True)
    proportion_sealed: Mapped[bytes | None] = sealed_column()
    proportion = SealedText("proportion_sealed", or_null=True)
    achieve_sealed: Mapped[bytes | None] = sealed_column()
    achieve = SealedText("achieve_sealed", or_null=True)
    due_on: Mapped[date | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    evidence: Mapped[list["FindingEvidence"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class FindingEvidence(Base):
    """The chain from a finding to what it rests on."""

    __tablename__ = "finding_evidence"

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    statement_id: Mapped[UUID] = mapped_column(
        ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True
    )
