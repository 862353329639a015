"""Planning: what came in about a home, and how much the authority lets each reason for a visit say."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .planning_words import SignalKind
from .sealed import SealedText, sealed_column


class Signal(Identified):
    """A tip, a lex Sarah report or a change of manager. It speaks for a visit until one has begun since.

    `subject` is a few neutral words that name nobody: it stands in lists. The text is sealed.
    """

    __tablename__ = "signals"
    __table_args__ = (
        CheckConstraint("length(subject) > 0", name="has_a_subject"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_by_id IS NULL)", name="set_aside_by_somebody"),
        CheckConstraint("set_aside_at IS NULL OR reason_sealed IS NOT NULL", name="set_aside_with_a_reason"),
        Index(None, "home_id", "kind"),
    )

    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id"))
    kind: Mapped[SignalKind] = mapped_column(stored_enum(SignalKind))
    came_on: Mapped[date]
    dnr: Mapped[str] = mapped_column(String(40), default="")
    subject: Mapped[str] = mapped_column(String(120))
    registered_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    set_aside_at: Mapped[datetime | None]
    set_aside_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
    """Why it no longer speaks for a visit."""


class ReasonWeighting(Identified):
    """What each reason says and how far back it reaches, from one moment on: who set it, when and why.

    `weights` is `{reason: {"weight": Weight, "months": number}}`. Rows are only ever added; the highest
    number holds.
    """

    __tablename__ = "reason_weightings"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("number > 0", name="numbers_begin_at_one"),
        CheckConstraint("length(why) > 0", name="has_a_reason"),
    )

    number: Mapped[int]
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
