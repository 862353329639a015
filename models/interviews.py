"""Talks, and what was said in them, statement by statement; observations and documents beside them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .inspections import Inspection, Resident
from .sealed import SealedText, sealed_column
from .vocabulary import EvidenceKind, Informant, Resolution, StatementStatus, Wish

MAX_STATEMENT = 20_000
"""Characters in one statement; longer text is refused with a message that says so."""


class Interview(Identified):
    """One talk with one person, with the conditions under which it was held (FL 27 §: when, by whom)."""

    __tablename__ = "interviews"
    __table_args__ = (
        ForeignKeyConstraint(["inspection_id", "resident_id"], ["residents.inspection_id", "residents.id"]),
        CheckConstraint("(informant = 'child') = (resident_id IS NOT NULL)", name="child_is_a_resident"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_it_starts"),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    resident_id: Mapped[UUID | None]
    informant: Mapped[Informant] = mapped_column(stored_enum(Informant))
    person: Mapped[str] = mapped_column(String(20))
    guide: Mapped[str] = mapped_column(String(60), default="")
    guide_version: Mapped[str] = mapped_column(String(20), default="")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    age_band: Mapped[str] = mapped_column(String(10), default="")
    language: Mapped[str] = mapped_column(String(10), default="sv")
    interpreter: Mapped[bool] = mapped_column(default=False)
    chose_company: Mapped[bool] = mapped_column(default=False)
    own_recording: Mapped[bool] = mapped_column(default=False)
    read_back: Mapped[bool] = mapped_column(default=False)
    deviation: Mapped[bool] = mapped_column(default=False)
    """The talk could not be held as it should (disturbed, overheard, cut short): method §2.9."""
    before_children: Mapped[bool] = mapped_column(default=False)
    """Held with an adult before every child had an outcome; kept, counted and told in the letter."""
    place_sealed: Mapped[bytes | None] = sealed_column()
    place = SealedText("place_sealed")
    feedback_channel_sealed: Mapped[bytes | None] = sealed_column()
    feedback_channel = SealedText("feedback_channel_sealed")
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = SealedText("note_sealed")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")
    resident: Mapped[Resident | None] = relationship(lazy="raise_on_sql", overlaps="inspection")
    statements: Mapped[list["Statement"]] = relationship(
        back_populates="interview",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Statement.position, Statement.id",
    )


class Evidence(Identified):
    """An observation or a document; what it shows stands as statements below it."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("inspection_id", "person"),
        CheckConstraint("produced OR kind = 'document'", name="only_documents_are_missing"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[EvidenceKind] = mapped_column(stored_enum(EvidenceKind))
    person: Mapped[str] = mapped_column(String(20))
    """The source's short name in the case (`o1`, `d1` …), as in the method."""
    title: Mapped[str] = mapped_column(String(200), default="")
    produced: Mapped[bool] = mapped_column(default=True, server_default=true())
    """False: a document that we asked for and did not get, which is evidence too (method §2.2 D1)."""
    noted_at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")
    statements: Mapped[list["Statement"]] = relationship(
        back_populates="evidence",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Statement.position, Statement.id",
    )


class Statement(Identified):
    """One thing that one source tells or shows, on one theme.

    `severity` is null until someone has judged it against the anchors (method §2.1); a statement
    without severity takes no part in the weighing and is listed as unjudged.
    """

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint("inspection_id", "label"),
        CheckConstraint("(interview_id IS NULL) <> (evidence_id IS NULL)", name="has_one_source"),
        CheckConstraint("severity IS NULL OR severity BETWEEN 0 AND 4", name="severity_0_to_4"),
        CheckConstraint("resolution IS NULL OR severity >= 3", name="resolution_of_grave_only"),
        CheckConstraint(
            "guide_version = '' OR question IS NOT NULL OR own_question <> ''", name="answers_have_a_version"
        ),
        Index(None, "interview_id"),
        Index(None, "evidence_id"),
        Index(None, "severity", "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    interview_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(40))
    """Short name in the case (`u1` …), unique in it."""
    position: Mapped[int] = mapped_column(default=0)
    question: Mapped[str | None] = mapped_column(String(80))
    own_question: Mapped[str] = mapped_column(String(500), default="")
    guide_version: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """The version of the guide by which `question` was asked, or beside which `own_question` was."""
    theme: Mapped[str | None] = mapped_column(String(60))
    severity: Mapped[int | None]
    own_words: Mapped[bool] = mapped_column(default=False)
    prompted: Mapped[bool] = mapped_column(default=False)
    important: Mapped[bool] = mapped_column(default=False)
    concrete: Mapped[bool] = mapped_column(default=True)
    firsthand: Mapped[bool] = mapped_column(default=True)
    wish: Mapped[Wish] = mapped_column(stored_enum(Wish), default=Wish.ONLY_IN_GENERAL)
    status: Mapped[StatementStatus] = mapped_column(
        stored_enum(StatementStatus), default=StatementStatus.ACTIVE
    )
    resolution: Mapped[Resolution | None] = mapped_column(stored_enum(Resolution))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")

    interview: Mapped[Interview | None] = relationship(back_populates="statements", lazy="raise_on_sql")
    evidence: Mapped[Evidence | None] = relationship(back_populates="statements", lazy="raise_on_sql")
