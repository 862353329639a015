"""What becomes of a grave account: an investigation by a second person, never silence (method §8, A3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import Resolution


class Investigation(Identified):
    """The record on which a grave account is confirmed, not confirmed or refuted.

    Written by a second assessor who did not lead the talk; holds from the moment somebody else has
    countersigned it. One that the other did not agree with is returned with a remark and keeps its words.
    A later investigation of the same account replaces it and leaves it standing.
    """

    __tablename__ = "investigations"
    __table_args__ = (
        CheckConstraint(
            "(countersigned_by_id IS NULL) = (countersigned_at IS NULL)", name="signed_has_a_time"
        ),
        CheckConstraint("countersigned_by_id <> by_id", name="countersigned_by_another"),
        CheckConstraint("(returned_by_id IS NULL) = (returned_at IS NULL)", name="returned_has_a_time"),
        CheckConstraint("returned_by_id <> by_id", name="returned_by_another"),
        CheckConstraint("countersigned_at IS NULL OR returned_at IS NULL", name="signed_or_returned"),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"))
    passage_id: Mapped[UUID | None] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"))
    resolution: Mapped[Resolution] = mapped_column(stored_enum(Resolution))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    reached_child: Mapped[bool] = mapped_column(default=False)
    countersigned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    countersigned_at: Mapped[datetime | None]
    returned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    returned_at: Mapped[datetime | None]
    record_sealed: Mapped[bytes | None] = sealed_column()
    record = SealedText("record_sealed")
    """What was investigated, and what it showed."""
    attempt_sealed: Mapped[bytes | None] = sealed_column()
    attempt = SealedText("attempt_sealed")
    """How one tried to reach the child again."""
    decision_sealed: Mapped[bytes | None] = sealed_column()
    decision = SealedText("decision_sealed")
    """The decision in words, with reasons."""
    remark_sealed: Mapped[bytes | None] = sealed_column()
    remark = SealedText("remark_sealed")
    """Why the one asked to countersign gave it back."""
