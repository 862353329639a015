"""Roles that one administrator has given and that wait for a second person (docs/decisions/0026)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .vocabulary import Role


class RoleRequest(Identified):
    """A role for an account, asked for by one person; it is in `user_roles` when another has confirmed it."""

    __tablename__ = "role_requests"
    __table_args__ = (
        CheckConstraint("asked_by_id <> user_id", name="asked_by_another"),
        CheckConstraint(
            "confirmed_by_id <> asked_by_id AND confirmed_by_id <> user_id", name="confirmed_by_another"
        ),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("(stopped_at IS NULL) = (stopped_by_id IS NULL)", name="stopped_by_somebody"),
        CheckConstraint("confirmed_at IS NULL OR stopped_at IS NULL", name="confirmed_or_stopped"),
        Index(None, "user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    stopped_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    stopped_at: Mapped[datetime | None]
