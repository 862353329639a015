"""Requests for documents (TF 2 kap., OSL 6 kap., FL 10 §): what was asked for, masked, looked over."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .letter_vocabulary import MarkKind
from .openness_words import AskKind, AskOutcome, AskState, Assessed, Ground, MaskState, TextKind
from .sealed import SealedBytes, SealedText, held_bytes, opened_bytes, sealed_column


class DisclosureRequest(Identified):
    """One request to see what is in a case, and how it was answered.

    `reach` is where the answer is to go, if the one who asks said so: nobody has to say who they are or what
    it is for (TF 2:18). `version` counts every change, so that what is looked over is what leaves.
    """

    __tablename__ = "disclosure_requests"
    __table_args__ = (
        CheckConstraint("asked_sealed IS NOT NULL", name="says_what_is_asked_for"),
        CheckConstraint(
            "(state = 'assessed') = (handed_at IS NULL) AND (handed_at IS NULL) = (handed_by_id IS NULL)",
            name="handed_over_by_somebody",
        ),
        CheckConstraint(
            "(state IN ('looked_over', 'left')) = (looked_at IS NOT NULL)"
            " AND (looked_at IS NULL) = (looked_by_id IS NULL)",
            name="leaves_after_a_second_look",
        ),
        CheckConstraint("looked_by_id IS NULL OR looked_by_id <> handed_by_id", name="four_eyes"),
        CheckConstraint(
            "(state = 'left') = (left_at IS NOT NULL) AND (left_at IS NULL) = (left_by_id IS NULL)"
            " AND (left_at IS NULL) = (outcome IS NULL)",
            name="answered_by_somebody",
        ),
        CheckConstraint("(state = 'left') = (file_sealed IS NOT NULL)", name="what_left_is_kept"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (decision_sealed IS NULL)"
            " AND (decided_at IS NULL OR wanted_on IS NOT NULL)",
            name="decided_when_it_is_wanted",
        ),
        CheckConstraint(
            "wanted_on IS NULL OR (outcome IS NOT NULL AND outcome <> 'whole')",
            name="only_a_refusal_is_decided",
        ),
        Index(None, "inspection_id"),
        Index(None, "came_on"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[AskKind] = mapped_column(stored_enum(AskKind))
    resident_id: Mapped[UUID | None] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    """The child that asks, or whose guardian does, where it is known: what it said is its own."""
    came_on: Mapped[date]
    asked_sealed: Mapped[bytes | None] = sealed_column()
    asked = SealedText("asked_sealed")
    reach_sealed: Mapped[bytes | None] = sealed_column()
    reach = SealedText("reach_sealed")
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    state: Mapped[AskState] = mapped_column(stored_enum(AskState), default=AskState.ASSESSED)
    handed_at: Mapped[datetime | None]
    handed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    looked_at: Mapped[datetime | None]
    looked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    remark_sealed: Mapped[bytes | None] = sealed_column()
    remark = SealedText("remark_sealed")
    """Why the second look gave it back, until it is handed over again."""
    outcome: Mapped[AskOutcome | None] = mapped_column(stored_enum(AskOutcome))
    left_at: Mapped[datetime | None]
    left_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    file_sealed: Mapped[bytes | None] = mapped_column(SealedBytes(), deferred=True)
    """The PDF that left, byte for byte."""
    wanted_on: Mapped[date | None]
    """The day on which the one who asked wanted a decision that can be appealed (OSL 6:3)."""
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reasons_sealed: Mapped[bytes | None] = sealed_column()
    reasons = SealedText("reasons_sealed")
    decision_sealed: Mapped[bytes | None] = mapped_column(SealedBytes(), deferred=True)
    """The decision as PDF, as it was sent."""
    version: Mapped[int] = mapped_column(default=1)

    texts: Mapped[list["DisclosureText"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="DisclosureText.position",
        back_populates="request",
    )

    def keep_file(self, column: str, file: bytes) -> None:
        """Seal a finished PDF to this row; `column` is `file_sealed` or `decision_sealed`."""
        setattr(self, column, held_bytes(self.__tablename__, column, self.id, file))


class DisclosureText(Identified):
    """One text of the case as it stood when it was taken into the request. Masks count its characters."""

    __tablename__ = "disclosure_texts"
    __table_args__ = (
        UniqueConstraint("request_id", "kind", "source_id"),
        CheckConstraint("text_sealed IS NOT NULL", name="has_a_text"),
        CheckConstraint(
            "(assessed IS NULL) = (assessed_by_id IS NULL) AND (assessed IS NULL) = (assessed_at IS NULL)",
            name="assessed_by_somebody",
        ),
        CheckConstraint(
            "(assessed IS NOT NULL AND assessed IN ('copy', 'transcript', 'withheld'))"
            " = (ground IS NOT NULL)",
            name="withheld_on_a_ground",
        ),
        CheckConstraint("ground IS NULL OR reason_sealed IS NOT NULL", name="withheld_with_a_reason"),
        CheckConstraint(
            "(file_sha256 IS NOT NULL) = (kind IN ('file', 'answer_file'))", name="file_is_known_by_its_bytes"
        ),
        CheckConstraint("copy_sealed IS NULL OR file_sha256 IS NOT NULL", name="copy_is_of_a_file"),
        CheckConstraint(
            "assessed IS NULL OR assessed <> 'copy' OR copy_sealed IS NOT NULL", name="copy_is_made"
        ),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure_requests.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[TextKind] = mapped_column(stored_enum(TextKind))
    source_id: Mapped[UUID]
    dated_on: Mapped[date | None]
    """The day of a letter or a decision; of what people told, no day goes out."""
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    """Of a file: the bytes that were there when it was taken in; others never leave in their place."""
    copy_sealed: Mapped[bytes | None] = mapped_column(SealedBytes(), deferred=True)
    """A copy of a picture, painted over in parts: a picture made anew (PNG), with nothing beneath."""
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
    assessed: Mapped[Assessed | None] = mapped_column(stored_enum(Assessed))
    assessed_at: Mapped[datetime | None]
    assessed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    ground: Mapped[Ground | None] = mapped_column(stored_enum(Ground))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")

    request: Mapped[DisclosureRequest] = relationship(lazy="raise_on_sql", back_populates="texts")
    masks: Mapped[list["DisclosureMask"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="DisclosureMask.start, DisclosureMask.end",
    )

    def keep_copy(self, copy: bytes | None) -> None:
        """Seal a copy that is painted over to this row; None takes it away."""
        self.copy_sealed = copy and held_bytes(self.__tablename__, "copy_sealed", self.id, copy)

    @property
    def copy(self) -> bytes | None:
        sealed = self.copy_sealed
        return sealed and opened_bytes(self.__tablename__, "copy_sealed", self.id, sealed)


class DisclosureMask(Identified):
    """A range of a frozen text; from character `start` up to `end`. What stands is in nothing that leaves.

    `found`: what the guard took it for, of one that was proposed.
    """

    __tablename__ = "disclosure_masks"
    __table_args__ = (
        UniqueConstraint("text_id", "start", "end"),
        CheckConstraint('start >= 0 AND "end" > start', name="is_a_range"),
        CheckConstraint(
            "(state = 'stands') = (ground IS NOT NULL) AND (ground IS NULL OR reason_sealed IS NOT NULL)",
            name="stands_on_a_ground",
        ),
        CheckConstraint(
            "(state = 'proposed') = (by_id IS NULL) AND (by_id IS NULL) = (at IS NULL)",
            name="decided_by_a_person",
        ),
        CheckConstraint("state = 'stands' OR found IS NOT NULL", name="proposed_for_something"),
    )

    text_id: Mapped[UUID] = mapped_column(ForeignKey("disclosure_texts.id", ondelete="CASCADE"))
    start: Mapped[int]
    end: Mapped[int]
    state: Mapped[MaskState] = mapped_column(stored_enum(MaskState))
    found: Mapped[MarkKind | None] = mapped_column(stored_enum(MarkKind))
    ground: Mapped[Ground | None] = mapped_column(stored_enum(Ground))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
    at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
