"""The address at which a person's own calendar program fetches their visits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified


class CalendarFeed(Identified):
    """A secret address of one person; the address holds a random token, this row its SHA-256 only.

    It ends when the row goes: a new address is a new row. What it gives stands in services/calendar_feed.py.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint("user_id"), UniqueConstraint("token_hash"))

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime]


__all__ = ["CalendarFeed"]
