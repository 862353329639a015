"""How long records are kept: rules of disposal, holds, disposals by two persons, packages for the e-archive.

Nothing is disposed of without a rule, and a rule is a decision with a number (arkivlagen 10 §). What each
table holds, and whether it can go with its case: inspect/rules/keeping.py.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .inspections import Inspection
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled

MOST_YEARS = 200
SHORTEST_NUMBER = 3


class RecordType(Titled):
    """What a rule is about. Each is disposed of together (inspect/rules/keeping.py: PARTS)."""

    CASE = "case", N_("The whole case: everything but its entry in the register and the log")
    RECORDINGS = "recordings", N_("Sound recordings in the case, when what was said is written down")
    WORKING = "working", N_("Working material: codes of the survey, and how notes came from devices")
    SIGN_INS = "sign_ins", N_("Of no case: ended sign-ins, sent mails and notices that were read")


class CountedFrom(Titled):
    """The moment from which a rule counts its years."""

    CLOSED = "closed", N_("The day the case was closed")
    END_OF_YEAR = "end_of_year", N_("The end of the year in which the case was closed")
    SERVED = "served", N_("The day it had served (what is of no case)")


class HoldKind(Titled):
    """What a case is held for."""

    APPEAL = "appeal", N_("A decision in it is appealed")
    INVESTIGATION = "investigation", N_("The police or another authority investigates")
    REVIEW = "review", N_("An ombudsman or an auditor reviews it")
    OTHER = "other", N_("Something else, which I write below")


class LeftBecause(Titled):
    """Why a case that is old enough is left as it is."""

    HELD = "held", N_("A legal hold")
    APPEALED = "appealed", N_("A decision in the case is appealed")
    NOT_CLOSED = "not_closed", N_("The case is not closed")
    MEASURE_OPEN = "measure_open", N_("A measure is not followed up")
    SANCTION_OPEN = "sanction_open", N_("A sanction fee is not decided, not final, or can still be enforced")
    CORRECTION_OPEN = "correction_open", N_("A correction waits for a decision")
    DISCLOSURE_OPEN = "disclosure_open", N_("A request to see documents of the case is not settled")
    NOTES_WAIT = "notes_wait", N_("Notes from devices wait in the case")
    NOT_ARCHIVED = "not_archived", N_("The e-archive has not confirmed that it has the case")
    PROPOSED = "proposed", N_("It is in another proposal already")
    DISPOSED = "disposed", N_("It is disposed of already")


class RetentionRule(Identified):
    """A decision on disposal, as the authority has made it. It is ended, never changed."""

    __tablename__ = "retention_rules"
    __table_args__ = (
        UniqueConstraint("decision_number", "record_type"),
        CheckConstraint(f"length(decision_number) >= {SHORTEST_NUMBER}", name="has_a_decision"),
        CheckConstraint(f"years >= 1 AND years <= {MOST_YEARS}", name="after_some_years"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        CheckConstraint(
            "(record_type = 'sign_ins') = (counted_from = 'served')", name="what_served_is_of_no_case"
        ),
        CheckConstraint("record_type <> 'sign_ins' OR NOT after_archiving", name="archives_cases_only"),
    )

    decision_number: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[date]
    record_type: Mapped[RecordType] = mapped_column(stored_enum(RecordType))
    counted_from: Mapped[CountedFrom] = mapped_column(stored_enum(CountedFrom))
    years: Mapped[int]
    after_archiving: Mapped[bool]
    """Only what the e-archive has confirmed that it has."""
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class LegalHold(Identified):
    """A case that is not disposed of whatever a rule says, until another person lifts the hold."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        CheckConstraint("lifted_by_id <> placed_by_id", name="lifted_by_another"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
        Index(None, "inspection_id", "lifted_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[HoldKind] = mapped_column(stored_enum(HoldKind), default=HoldKind.OTHER)
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")


class Disposal(Identified):
    """One disposal: proposed by one, approved by another, carried out by a job; afterwards its receipt."""

    __tablename__ = "disposals"
    __table_args__ = (
        CheckConstraint("approved_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
        CheckConstraint("withdrawn_at IS NULL OR approved_at IS NULL", name="withdrawn_or_approved"),
        CheckConstraint("done_at IS NULL OR approved_at IS NOT NULL", name="done_when_approved"),
        Index(None, "approved_at", "done_at"),
        Index(None, "rule_id"),
    )

    rule_id: Mapped[UUID] = mapped_column(ForeignKey("retention_rules.id"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """Rows that went by table, of what is of no case."""

    rule: Mapped[RetentionRule] = relationship(lazy="raise_on_sql")
    cases: Mapped[list["DisposalCase"]] = relationship(lazy="raise_on_sql", order_by="DisposalCase.id")


class DisposalCase(Identified):
    """One case in a disposal, and what became of it: rows destroyed by table, or why it was left."""

    __tablename__ = "disposal_cases"
    __table_args__ = (
        UniqueConstraint("disposal_id", "inspection_id"),
        CheckConstraint("disposed_at IS NULL OR left_because IS NULL", name="disposed_of_or_left"),
        Index(None, "inspection_id"),
    )

    disposal_id: Mapped[UUID] = mapped_column(ForeignKey("disposals.id"))
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id"))
    closed_on: Mapped[date]
    due_on: Mapped[date]
    """The first day on which the rule lets the case go."""
    disposed_at: Mapped[datetime | None]
    left_because: Mapped[LeftBecause | None] = mapped_column(stored_enum(LeftBecause))
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")


class ArchivePackage(Identified):
    """A package for the e-archive that was made of a case, known by its hash; and that it was taken over."""

    __tablename__ = "archive_packages"
    __table_args__ = (
        CheckConstraint("(taken_over_at IS NULL) = (taken_over_by_id IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("files > 0", name="holds_files"),
        Index(None, "inspection_id", "taken_over_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    """Of METS.xml, which holds the hash of everything else in the package."""
    files: Mapped[int]
    taken_over_at: Mapped[datetime | None]
    taken_over_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")
