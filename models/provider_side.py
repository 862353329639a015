"""What the provider adds to its answers: files, and how far the measures have come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedBytes, SealedText, held_bytes, opened_bytes, sealed_column
from .vocabulary import MediaType, Progress


class AnswerFile(Identified):
    """A PDF or a picture that belongs to the answer at one point, or to one measure, sealed at rest.

    `sha256` (hex) and `size` are those of the file as it came, `kept_sha256` that of what is kept:
    another when something was taken out of it (`defused`: metadata of a picture, scripts of a PDF).
    `scanned_at`: when the virus scanner found nothing; none when the authority has no scanner.
    """

    __tablename__ = "answer_files"
    __table_args__ = (
        CheckConstraint("size > 0", name="has_bytes"),
        CheckConstraint("defused = (sha256 <> kept_sha256)", name="defused_is_another"),
        Index(None, "letter_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"))
    measure_id: Mapped[UUID | None] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"))
    media_type: Mapped[MediaType] = mapped_column(stored_enum(MediaType))
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = SealedText("name_sealed")
    """What the sender calls it, cleaned (rules/file_names.py)."""
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    kept_sha256: Mapped[str] = mapped_column(String(64))
    defused: Mapped[bool] = mapped_column(default=False)
    scanned_at: Mapped[datetime | None]
    attached_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    content_sealed: Mapped[bytes] = mapped_column(SealedBytes("content"), deferred=True)

    def keep(self, content: bytes) -> None:
        """Seal `content` to this row."""
        self.content_sealed = held_bytes("answer_files", "content", self.id, content)

    @property
    def content(self) -> bytes:
        """What was kept. Raises the cipher's error when the stored bytes do not belong to this row."""
        return opened_bytes("answer_files", "content", self.id, self.content_sealed)


class MeasureReport(Identified):
    """The provider tells how far a measure has come. Each stands; the newest is what is claimed now."""

    __tablename__ = "measure_reports"
    __table_args__ = (Index(None, "measure_id"),)

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"))
    progress: Mapped[Progress] = mapped_column(stored_enum(Progress))
    said_sealed: Mapped[bytes | None] = sealed_column()
    said = SealedText("said_sealed")
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
