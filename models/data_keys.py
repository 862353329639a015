"""The keys that seal what was said: one for each case, and one for what belongs to no case.

A key is kept wrapped by a key-encryption key that is not in the database. When it is destroyed the row stays
without it, and says when: what it sealed cannot be opened again, wherever a copy lies.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified

OF_NO_CASE = UUID(int=0)
"""Holder of the key for what belongs to no case: signals, files of registers, devices, reviews of the log."""
IN_USE = text("retired_at IS NULL")


class DataKey(Identified):
    """A wrapped key of 32 bytes. `holder_id` is the case's id; the key outlives the row of its case.

    One key of a holder is in use; the others are `retired_at` some time and open what they have sealed.
    """

    __tablename__ = "data_keys"
    __table_args__ = (
        CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed_has_no_key"),
        Index("uq_data_keys_in_use", "holder_id", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
        Index(None, "holder_id"),
        Index(None, "kek_id"),
    )

    holder_id: Mapped[UUID]
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    kek_id: Mapped[str] = mapped_column(String(80))
    """Which key-encryption key wrapped it."""
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    destroyed_at: Mapped[datetime | None]
