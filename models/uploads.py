"""Files of a case: photos of documents, PDFs and sound recordings, received and sealed in parts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .inspections import Inspection
from .interviews import Evidence, Interview
from .sealed import SealedBytes, SealedText, held_bytes, opened_bytes, sealed_column
from .vocabulary import MediaType


class Upload(Identified):
    """One file of an observation, a document or a talk. Its id is made where it is recorded.

    `size`, `parts` and `sha256` (hex, over the parts in order) are those of the file as it was sent, told
    before its parts come. It is whole when `completed_at` is set; `kept_sha256` is then that of the bytes
    that are kept, which are others when the server took metadata out of a picture (`cleaned`).
    """

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("(evidence_id IS NULL) <> (interview_id IS NULL)", name="has_one_source"),
        CheckConstraint("size > 0", name="has_bytes"),
        CheckConstraint("parts > 0", name="has_parts"),
        CheckConstraint("(completed_at IS NULL) = (kept_sha256 IS NULL)", name="whole_has_kept"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
        Index(None, "inspection_id"),
        Index(None, "evidence_id"),
        Index(None, "interview_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    interview_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    media_type: Mapped[MediaType] = mapped_column(stored_enum(MediaType))
    title_sealed: Mapped[bytes | None] = sealed_column()
    title = SealedText("title_sealed")
    size: Mapped[int]
    parts: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    kept_sha256: Mapped[str | None] = mapped_column(String(64))
    cleaned: Mapped[bool] = mapped_column(default=False)
    interruptions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Of a recording: `{"at": seconds from its beginning, "seconds": how long nothing was recorded}`, 0 when
    it did not go on."""
    made_at: Mapped[datetime]
    """When it was photographed, chosen or recorded, by the corrected clock of the device."""
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    described_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawal_sealed: Mapped[bytes | None] = sealed_column()
    withdrawal = SealedText("withdrawal_sealed")
    """Why it is not to be used. The file itself is kept: nothing is deleted here (arkivlagen 10 §)."""

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")
    evidence: Mapped[Evidence | None] = relationship(lazy="raise_on_sql")
    interview: Mapped[Interview | None] = relationship(lazy="raise_on_sql")


class UploadPart(Identified):
    """One part of a file, `n` from 1. `sha256` and `size` are those of the part as it was sent."""

    __tablename__ = "upload_parts"
    __table_args__ = (
        UniqueConstraint("upload_id", "n"),
        CheckConstraint("n > 0", name="counts_from_one"),
    )

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id", ondelete="CASCADE"))
    n: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    received_at: Mapped[datetime]
    content_sealed: Mapped[bytes] = mapped_column(SealedBytes("content", ("upload_id", "n")), deferred=True)

    def keep(self, content: bytes) -> None:
        """Seal `content` to this place in this file; `upload_id` and `n` must be set."""
        self.content_sealed = held_bytes("upload_parts", "content", _place(self.upload_id, self.n), content)


def open_part(upload_id: UUID, n: int, sealed: bytes) -> bytes:
    """The bytes of a part that was kept. Raises the cipher's error when they do not belong at this place."""
    return opened_bytes("upload_parts", "content", _place(upload_id, n), sealed)


def _place(upload_id: UUID, n: int) -> str:
    return f"{upload_id}/{n}"
