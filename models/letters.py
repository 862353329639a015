"""The letter: its paragraphs, what reviewers said, what was approved, and what the provider answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .inspections import Inspection
from .sealed import SealedText, sealed_column
from .vocabulary import LetterState, MeasureOutcome, Stance, Verdict

MAX_PARAGRAPH = 20_000
"""Characters in one paragraph of a letter or one answer."""


class Letter(Identified):
    """The feedback letter of an inspection, in Swedish and English."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("inspection_id", "kind"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> author_id", name="four_eyes"),
        CheckConstraint(
            "(state IN ('approved', 'sent')) = (approved_by_id IS NOT NULL)", name="approved_by_somebody"
        ),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_some_time"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20), default="feedback")
    state: Mapped[LetterState] = mapped_column(stored_enum(LetterState), default=LetterState.DRAFT)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    composed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answers_sent_at: Mapped[datetime | None]
    answers_sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")
    paragraphs: Mapped[list["Paragraph"]] = relationship(
        back_populates="letter",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Paragraph.position",
    )
    reviews: Mapped[list["Review"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Review.id"
    )
    versions: Mapped[list["LetterVersion"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="LetterVersion.number"
    )


class Paragraph(Identified):
    """One paragraph in one language: what was composed from the findings, and what a person made of it.

    `text` is what stands in the letter. `composed` is the latest text made from the data; where
    a person has edited and the data have changed since, both are shown.
    """

    __tablename__ = "paragraphs"
    __table_args__ = (UniqueConstraint("letter_id", "language", "key"),)

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    section: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120))
    """Stable name of the paragraph in the letter, e.g. `deficiencies.K08.saw`."""
    position: Mapped[int]
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("findings.id", ondelete="SET NULL"))
    evidence: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Labels of the statements and ids of the requirements behind the sentence."""
    edited: Mapped[bool] = mapped_column(default=False)
    removed: Mapped[bool] = mapped_column(default=False)
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
    composed_sealed: Mapped[bytes | None] = sealed_column()
    composed = SealedText("composed_sealed")

    letter: Mapped[Letter] = relationship(back_populates="paragraphs", lazy="raise_on_sql")
    remarks: Mapped[list["Remark"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Remark.id"
    )


class Remark(Identified):
    """What a reviewer says about one paragraph; resolved by somebody, never deleted."""

    __tablename__ = "remarks"
    __table_args__ = (
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved_by_somebody"),
        CheckConstraint("length(text) > 0", name="has_a_text"),
        Index(None, "paragraph_id"),
    )

    paragraph_id: Mapped[UUID] = mapped_column(ForeignKey("paragraphs.id", ondelete="CASCADE"))
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class Review(Identified):
    """A reviewer's verdict on a letter as it stood."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("verdict <> 'returned' OR length(reason) > 0", name="return_has_a_reason"),
        Index(None, "letter_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    verdict: Mapped[Verdict] = mapped_column(stored_enum(Verdict))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class LetterVersion(Identified):
    """The approved text, frozen: its content, its PDF and their hashes. Never changed afterwards."""

    __tablename__ = "letter_versions"
    __table_args__ = (UniqueConstraint("letter_id", "language", "number"), Index(None, "pdf_sha256"))

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    html_sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class Answer(Identified):
    """The provider's answer to one point of the letter; saved as it is written, sent together."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("letter_id", "finding_id"),)

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"))
    stance: Mapped[Stance | None] = mapped_column(stored_enum(Stance))
    saved_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")


class Measure(Identified):
    """What the provider will do about a point, by when and by whom; and what the follow-up found."""

    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint("length(description) > 0", name="has_a_description"),
        CheckConstraint("(outcome IS NULL) = (followed_up_at IS NULL)", name="followed_up_at_some_time"),
        CheckConstraint("outcome IS NULL OR length(evidence) > 0", name="outcome_has_evidence"),
        Index(None, "letter_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"))
    description: Mapped[str]
    owner: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    proposed_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[MeasureOutcome | None] = mapped_column(stored_enum(MeasureOutcome))
    evidence: Mapped[str] = mapped_column(default="")
    """What the authority has seen, read or heard that shows the outcome."""
    children_say_sealed: Mapped[bytes | None] = sealed_column()
    children_say = SealedText("children_say_sealed")
    """What the children say now, or why they could not be asked."""
    followed_up_at: Mapped[datetime | None]
    followed_up_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
