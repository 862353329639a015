"""Corrections of obvious writing errors in letters that were sent (förvaltningslagen 36 §)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .letter_vocabulary import CorrectionState
from .letters import Letter
from .sealed import SealedText, sealed_column


class Correction(Identified):
    """What is wrong in a sent letter, proposed by one person and decided by another.

    `comment_by_on`: the correction is to the provider's detriment, and it may comment until that day
    (FL 25 §); without one it is not.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("state <> 'made' OR decided_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint(
            "commented_at IS NULL OR (comment_by_on IS NOT NULL AND commented_by_id IS NOT NULL)",
            name="comment_was_asked_for",
        ),
        Index(None, "letter_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    state: Mapped[CorrectionState] = mapped_column(
        stored_enum(CorrectionState), default=CorrectionState.PROPOSED
    )
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    why_sealed: Mapped[bytes | None] = sealed_column()
    why = SealedText("why_sealed")
    """Why it is an obvious error; told the provider too."""
    comment_by_on: Mapped[date | None]
    comment_sealed: Mapped[bytes | None] = sealed_column()
    comment = SealedText("comment_sealed")
    commented_at: Mapped[datetime | None]
    commented_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
    """Why it was not made."""

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")
    words: Mapped[list["CorrectedWords"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="CorrectedWords.language.desc()"
    )


class CorrectedWords(Identified):
    """The words that are wrong in one language of the letter, and the right ones.

    `replaces_id` is the version they were found in, `made_id` the one in which they are right.
    """

    __tablename__ = "corrected_words"
    __table_args__ = (UniqueConstraint("correction_id", "language"), Index(None, "made_id"))

    correction_id: Mapped[UUID] = mapped_column(ForeignKey("corrections.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    wrong_sealed: Mapped[bytes | None] = sealed_column()
    wrong = SealedText("wrong_sealed")
    right_sealed: Mapped[bytes | None] = sealed_column()
    right = SealedText("right_sealed")
    replaces_id: Mapped[UUID] = mapped_column(ForeignKey("letter_versions.id", ondelete="CASCADE"))
    made_id: Mapped[UUID | None] = mapped_column(ForeignKey("letter_versions.id", ondelete="CASCADE"))
