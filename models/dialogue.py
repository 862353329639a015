"""What passes between the two sides: corrections of facts, meetings agreed and confirmed, grounds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .dialogue_vocabulary import Better, FactStance, PointVerdict
from .sealed import SealedText, sealed_column


class SpokenReply(Identified):
    """What the provider said instead of writing: noted promptly, with when and by whom (FL 24, 27 §§)."""

    __tablename__ = "spoken_replies"
    __table_args__ = (
        CheckConstraint("length(said_by) > 0", name="said_by_somebody"),
        CheckConstraint("noted_at >= said_at", name="noted_after_it_was_said"),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    said_at: Mapped[datetime]
    said_by: Mapped[str] = mapped_column(String(200))
    noted_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = SealedText("note_sealed")


class ReplyPoint(Identified):
    """What the provider says about one fact that was sent, and how the authority answers it.

    `finding` names the fact among those that were frozen when they were sent; the finding itself may be gone.
    None: what it says is about none of them. `spoken_id`: said, and noted by the authority.
    """

    __tablename__ = "reply_points"
    __table_args__ = (
        CheckConstraint("(verdict IS NULL) = (answered_at IS NULL)", name="answered_at_some_time"),
        CheckConstraint("(verdict IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        CheckConstraint("verdict IS NULL OR why_sealed IS NOT NULL", name="answer_has_a_reason"),
        CheckConstraint("stance = 'wrong' OR verdict IS NULL", name="only_what_is_wrong_is_answered"),
        Index(None, "communication_id"),
    )

    communication_id: Mapped[UUID] = mapped_column(ForeignKey("communications.id", ondelete="CASCADE"))
    finding: Mapped[UUID | None]
    stance: Mapped[FactStance] = mapped_column(stored_enum(FactStance))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    spoken_id: Mapped[UUID | None] = mapped_column(ForeignKey("spoken_replies.id"))
    verdict: Mapped[PointVerdict | None] = mapped_column(stored_enum(PointVerdict))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    said_sealed: Mapped[bytes | None] = sealed_column()
    said = SealedText("said_sealed")
    why_sealed: Mapped[bytes | None] = sealed_column()
    why = SealedText("why_sealed")
    english_sealed: Mapped[bytes | None] = sealed_column()
    english = SealedText("english_sealed")
    """How the corrected fact reads in the English letter; "": as in the Swedish one."""


class MeetingTime(Identified):
    """A time for a meeting that one side proposes; the other side agrees to it, or either takes it away."""

    __tablename__ = "meeting_times"
    __table_args__ = (
        CheckConstraint("(agreed_at IS NULL) = (agreed_by_id IS NULL)", name="agreed_by_somebody"),
        CheckConstraint("place_sealed IS NOT NULL", name="has_a_place"),
        Index(None, "inspection_id"),
        Index(None, "starts_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    place_sealed: Mapped[bytes | None] = sealed_column()
    place = SealedText("place_sealed", or_null=True)
    by_provider: Mapped[bool]
    proposed_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]


class AgendaItem(Identified):
    """A matter for the next meeting, seen by both. `source`: the key of a question in the letter, or "".

    `meeting_id`: the meeting that took it up; None while it waits for one.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (Index(None, "inspection_id"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(120), default="")
    by_provider: Mapped[bool]
    added_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("dialogue_meetings.id"))
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")


class MeetingConfirmation(Identified):
    """What one side says of the note of a meeting: right, or what it remembers otherwise. Only added to."""

    __tablename__ = "meeting_confirmations"
    __table_args__ = (
        CheckConstraint("agrees OR remark_sealed IS NOT NULL", name="otherwise_has_a_remark"),
        Index(None, "meeting_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("dialogue_meetings.id", ondelete="CASCADE"))
    by_provider: Mapped[bool]
    agrees: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    remark_sealed: Mapped[bytes | None] = sealed_column()
    remark = SealedText("remark_sealed")


class OutcomeGround(Identified):
    """What the outcome of a measure rests on: how the authority knows, and whether it is better for them.

    `known_by`: values of KnownBy. `weighed`: how the two were weighed where the provider and those whom it is
    for say different things. No row for outcomes from before this was kept.
    """

    __tablename__ = "outcome_grounds"
    __table_args__ = (UniqueConstraint("measure_id"),)

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"))
    known_by: Mapped[list[str]] = mapped_column(JSON)
    better: Mapped[Better | None] = mapped_column(stored_enum(Better))
    """None: nobody could be asked."""
    weighed_sealed: Mapped[bytes | None] = sealed_column()
    weighed = SealedText("weighed_sealed")
