"""What has stood in a paragraph of a letter, and what a person answered to what keeps a letter back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .letter_vocabulary import TextChange
from .sealed import SealedText, sealed_column


class KeptText(Identified):
    """One text that stood in a paragraph, or a run of them by one person. Never changed but by its own run.

    It belongs to the paragraph's key, not to its row: it stays when the data no longer give the paragraph,
    and is there again when they do.
    """

    __tablename__ = "kept_texts"
    __table_args__ = (
        UniqueConstraint("letter_id", "language", "key", "number"),
        CheckConstraint("number > 0", name="is_numbered"),
        CheckConstraint("at >= began_at", name="ends_after_it_began"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    key: Mapped[str] = mapped_column(String(120))
    section: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    change: Mapped[TextChange] = mapped_column(stored_enum(TextChange))
    began_at: Mapped[datetime]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    """Nobody: it is not known who."""
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
    steps_sealed: Mapped[bytes | None] = sealed_column()
    steps = SealedText("steps_sealed")
    """The way back to each text of the run, as JSON (rules/text_runs.py); "" when there is only one."""


class ObstacleAnswer(Identified):
    """Why a letter may go although something is missing. `key` says what (rules/letter_gaps.py)."""

    __tablename__ = "obstacle_answers"
    __table_args__ = (UniqueConstraint("letter_id", "key"),)

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(160))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
    about_sealed: Mapped[bytes | None] = sealed_column()
    about = SealedText("about_sealed")
    """The sentences that were answered for, as they stood, as JSON; "" where it is not about sentences."""
