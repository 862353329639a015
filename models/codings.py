"""Coding: which theme a passage is about and how grave it is, by whom, when, and by which code book.

What stands is kept where the weighing reads it: on the statement for the whole of it, on the
passage for a stretch. Every judgement that led there is a `Coding` row; rows are only added.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .interviews import Statement
from .sealed import SealedText, sealed_column
from .vocabulary import CodingPart, Resolution


class Passage(Identified):
    """A stretch of a statement that is about a theme of its own.

    `begins` and `ends` count characters of the statement's text, `ends` not included. What is known
    of the whole statement (who said it, first-hand, prompted, the wish) holds for the stretch too.
    `foreign_codes` names codes of another tool that no theme here answers to, one per line.
    """

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("inspection_id", "label"),
        CheckConstraint("0 <= begins AND begins < ends", name="has_a_length"),
        CheckConstraint("severity IS NULL OR severity BETWEEN 0 AND 4", name="severity_0_to_4"),
        CheckConstraint("resolution IS NULL OR severity >= 3", name="resolution_of_grave_only"),
        Index(None, "statement_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(40))
    """Short name in the case: the statement's with a number after it (`u1.1` …), unique in it."""
    begins: Mapped[int]
    ends: Mapped[int]
    theme: Mapped[str | None] = mapped_column(String(60))
    severity: Mapped[int | None]
    resolution: Mapped[Resolution | None] = mapped_column(stored_enum(Resolution))
    foreign_codes: Mapped[str] = mapped_column(default="")
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    statement: Mapped[Statement] = relationship(lazy="raise_on_sql")


class Coding(Identified):
    """One coder's judgement of one unit: a whole statement, or a passage of it. Append-only.

    `unit_id` is the passage's id, or the statement's where no passage is named. The second coder
    judges without seeing the first (method §2.19); a settled one ends their disagreement. A change
    of mind is a new row with a higher `number`, and says why.
    """

    __tablename__ = "codings"
    __table_args__ = (
        UniqueConstraint("unit_id", "part", "number"),
        CheckConstraint("severity BETWEEN 0 AND 4", name="severity_0_to_4"),
        CheckConstraint("number >= 1", name="numbers_start_at_one"),
        Index(None, "inspection_id"),
        Index(None, "statement_id"),
        Index(None, "coded_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"))
    passage_id: Mapped[UUID | None] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID]
    part: Mapped[CodingPart] = mapped_column(stored_enum(CodingPart))
    number: Mapped[int] = mapped_column(default=1)
    theme: Mapped[str] = mapped_column(String(60))
    severity: Mapped[int]
    coder_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    """Null when the coding came with a file that names no person here."""
    coded_at: Mapped[datetime]
    code_book: Mapped[str] = mapped_column(String(40), default="")
    """Version of the code book that was open: id and version of the pack."""
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")


class Memo(Identified):
    """A thought written down while coding, about a passage, a statement, a theme or the whole case."""

    __tablename__ = "memos"
    __table_args__ = (Index(None, "inspection_id"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    statement_id: Mapped[UUID | None] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"))
    passage_id: Mapped[UUID | None] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"))
    theme: Mapped[str | None] = mapped_column(String(60))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
