"""Reading a case in which one has no part, when it cannot wait (break-glass)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .people import User
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled

MAX_WORDS = 2_000
"""Characters in the person's own words about why."""


class GlassReason(Titled):
    """Why somebody without a part in a case has to read it."""

    DANGER = "danger", N_("A child may be in danger, and nobody in the team can be reached")
    CANNOT_WAIT = "cannot_wait", N_("Something in the case cannot wait, and the team is away")
    DUTY = "duty", N_("Police, social services or a court must have an answer at once")
    OTHER = "other", N_("Something else, which I write below")


class GlassOpening(Identified):
    """One person may read one case, and write nothing in it, from `opened_at` until `ends_at` or `closed_at`.

    A row is never taken away. Each has a reading to be reviewed by somebody else (models/log_review.py). The
    words are of the case, and go when it is disposed of.
    """

    __tablename__ = "glass_openings"
    __table_args__ = (
        CheckConstraint("ends_at > opened_at", name="ends_after_it_begins"),
        CheckConstraint(
            "closed_at IS NULL OR (closed_at >= opened_at AND closed_at <= ends_at)", name="closed_within_it"
        ),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        CheckConstraint("(words_sealed IS NULL) = (words_gone_at IS NOT NULL)", name="has_a_reason_in_words"),
        Index(None, "inspection_id"),
        Index(None, "user_id", "ends_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[GlassReason] = mapped_column(stored_enum(GlassReason))
    words_sealed: Mapped[bytes | None] = sealed_column()
    words = SealedText("words_sealed")
    words_gone_at: Mapped[datetime | None]
    """When the case was disposed of, and they with it."""
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    user: Mapped[User] = relationship(lazy="joined", foreign_keys=[user_id])

    @property
    def over_at(self) -> datetime:
        return self.closed_at or self.ends_at

    def is_open(self, now: datetime) -> bool:
        return self.opened_at <= now < self.over_at
