"""The log: what happened, in the same transaction as what it tells of. Ids, never contents."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .event_kinds import EventKind


class Event(Identified):
    """One line of the log (SoLPuL 10 §: access can be checked afterwards). Rows are only ever added."""

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "inspection_id", "at"),
        Index(None, "actor_id", "at"),
        Index(None, "kind", "at"),
        Index(None, "at"),
    )

    at: Mapped[datetime]
    kind: Mapped[EventKind] = mapped_column(stored_enum(EventKind))
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspections.id"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
