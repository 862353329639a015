"""The divergence register: what children tell that the checks do not show, and what we answer to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import RegisterAnswer


class DivergenceAnswer(Identified):
    """A person's answer to one entry of the register. `key` is `area:…` or `theme:…` (rules)."""

    __tablename__ = "divergence_answers"
    __table_args__ = (UniqueConstraint("inspection_id", "key"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    answer: Mapped[RegisterAnswer] = mapped_column(stored_enum(RegisterAnswer))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
