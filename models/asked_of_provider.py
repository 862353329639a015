"""What a provider is asked for, and the time it takes them: documents once, and one number of hours."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled


class TimeFor(Titled):
    """What a provider has spent time on for us."""

    SELF_ASSESSMENT = "self_assessment", N_("Self-assessment before the visit")
    DOCUMENTS = "documents", N_("Finding documents")
    REPLY = "reply", N_("Replying to the facts")
    ANSWERS = "answers", N_("Answering the letter")


class ProviderTime(Identified):
    """How long it took, told by the provider in one number; told again, the new number stands."""

    __tablename__ = "provider_times"
    __table_args__ = (
        UniqueConstraint("inspection_id", "user_id", "spent_on"),
        CheckConstraint("minutes > 0", name="is_some_time"),
        Index(None, "told_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    spent_on: Mapped[TimeFor] = mapped_column(stored_enum(TimeFor))
    minutes: Mapped[int]
    told_at: Mapped[datetime]


class RequestAnswer(Titled):
    """What the provider answers to a request for a document."""

    SENT = "sent", N_("Sent to you")
    HELD = "held", N_("You have it already")
    MISSING = "missing", N_("There is no such document")


class DocumentRequest(Identified):
    """A document that is asked for, once: what, why, by when, and what came of it."""

    __tablename__ = "document_requests"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_some_time"),
        CheckConstraint("(answer IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        CheckConstraint("settled_at IS NULL OR settled_by_id IS NOT NULL", name="settled_by_somebody"),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    what_sealed: Mapped[bytes | None] = sealed_column()
    what = SealedText("what_sealed")
    """Which document, of which time, and what it is needed for."""
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[RequestAnswer | None] = mapped_column(stored_enum(RequestAnswer))
    said_sealed: Mapped[bytes | None] = sealed_column()
    said = SealedText("said_sealed")
    """How it was sent, where we have it, or why there is none."""
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None]
    """When the authority had it, or did not need it any more."""
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
