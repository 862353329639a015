"""What the law asks for between weighing and letter: reply, dialogue meeting, decision."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .letter_vocabulary import DecisionKind, SkipGround
from .sealed import SealedText, sealed_column


class Communication(Identified):
    """Facts and preliminary assessment sent to the provider with a set time to answer (FL 25 §)."""

    __tablename__ = "communications"
    __table_args__ = (
        UniqueConstraint("inspection_id"),
        CheckConstraint(
            "(skip_ground IS NULL) = (sent_at IS NOT NULL AND reply_by_on IS NOT NULL)",
            name="sent_with_a_deadline_or_skipped",
        ),
        CheckConstraint("skip_ground IS NULL OR length(skip_reason) > 0", name="skip_has_a_reason"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    sent_at: Mapped[datetime | None]
    reply_by_on: Mapped[date | None]
    skip_ground: Mapped[SkipGround | None] = mapped_column(stored_enum(SkipGround))
    skip_reason: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    draft_version: Mapped[int] = mapped_column(default=0, server_default="0")
    draft_saved_at: Mapped[datetime | None]
    draft_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    draft_sealed: Mapped[bytes | None] = sealed_column()
    draft = SealedText("draft_sealed")
    """What the provider has written and not sent, as JSON; the authority does not read it."""
    reply_sealed: Mapped[bytes | None] = sealed_column()
    reply = SealedText("reply_sealed")
    facts_sealed: Mapped[bytes | None] = sealed_column()
    facts = SealedText("facts_sealed")
    """What was sent, as JSON, as it was then: what the provider answered stands for ever."""


class DialogueMeeting(Identified):
    """A meeting with the provider, noted promptly with when and by whom (FL 24, 27 §§)."""

    __tablename__ = "dialogue_meetings"
    __table_args__ = (
        CheckConstraint("(shared_at IS NULL) = (shared_by_id IS NULL)", name="shared_by_somebody"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    held_at: Mapped[datetime]
    present: Mapped[str] = mapped_column(String(500))
    noted_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    shared_at: Mapped[datetime | None]
    """When the provider could read the note, to confirm it or say what it remembers otherwise."""
    shared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = SealedText("note_sealed")


class Decision(Identified):
    """The decision record: date, content, decider, rapporteur, participants, dissent (FL 30–33 §§)."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("inspection_id"),
        CheckConstraint("decider_id <> rapporteur_id", name="decider_is_not_rapporteur"),
        CheckConstraint("length(content) > 0", name="has_a_content"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[DecisionKind] = mapped_column(stored_enum(DecisionKind))
    decided_on: Mapped[date]
    content: Mapped[str]
    decider_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    rapporteur_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    participants: Mapped[str] = mapped_column(String(500), default="")
    dissent: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
