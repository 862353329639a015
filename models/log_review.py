"""The systematic review of who has read what (SoLPuL 10 § p 3): draws, what was drawn, what came of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled


class DrawnFor(Titled):
    """Why a reading is looked at."""

    RANDOM = "random", N_("Drawn by lot")
    SAME_NAME = "same_name", N_("A name in common with the provider or somebody there")
    NOT_IN_TEAM = "not_in_team", N_("Not in the team of the case")
    NIGHT = "night", N_("Between 22 and 06")
    MANY_CASES = "many_cases", N_("Many cases in a short time")
    LOG_REVIEWER = "log_reviewer", N_("A log reviewer’s own reading")
    BREAK_GLASS = "break_glass", N_("Opened by somebody without a part in the case")
    BY_COMMAND = "by_command", N_("Let out by a command on the server")


class ReviewOutcome(Titled):
    """What came of looking at a reading."""

    NOTHING = "nothing", N_("Nothing to remark on")
    FOLLOWED_UP = "followed_up", N_("Followed up with the person or their manager")
    REPORTED = "reported", N_("Reported as suspected unauthorised access")


class LogDraw(Identified):
    """One draw from a period. It cannot be taken back: nobody draws until the lot is a convenient one."""

    __tablename__ = "log_draws"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="ends_after_it_begins"),
        CheckConstraint("readings >= 0", name="counted"),
        Index(None, "drawn_at"),
    )

    drawn_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    drawn_at: Mapped[datetime]
    first_on: Mapped[date]
    last_on: Mapped[date]
    readings: Mapped[int]
    """Among how many readings it was drawn: one person, one case, one day."""
    found: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """How many of them each reason fitted."""


class LogSample(Identified):
    """What one person read of one case on one day in Sweden, with why it was drawn; then what came of it.

    `inspection_id` is None for readings of the log itself and of what came in about homes. The outcome is
    given once, by somebody else than the person, and is in the chained log with a hash over it. A case that
    somebody without a part in it opened is drawn at once, by nobody (`opening_id`): then it is all they read
    while it was open to them.
    """

    __tablename__ = "log_samples"
    __table_args__ = (
        CheckConstraint("judged_by_id <> actor_id", name="judged_by_another"),
        CheckConstraint(
            "(outcome IS NULL) = (judged_by_id IS NULL) AND (outcome IS NULL) = (judged_at IS NULL)",
            name="judged_by_somebody",
        ),
        CheckConstraint("events > 0", name="something_was_read"),
        CheckConstraint("(draw_id IS NULL) = (opening_id IS NOT NULL)", name="drawn_or_opened"),
        UniqueConstraint("opening_id"),
        Index(None, "draw_id"),
        Index(None, "actor_id", "day"),
        Index(None, "outcome", "day"),
    )

    draw_id: Mapped[UUID | None] = mapped_column(ForeignKey("log_draws.id"))
    opening_id: Mapped[UUID | None] = mapped_column(ForeignKey("glass_openings.id"))
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspections.id"))
    day: Mapped[date]
    events: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    outcome: Mapped[ReviewOutcome | None] = mapped_column(stored_enum(ReviewOutcome))
    judged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime | None]
    remark_sealed: Mapped[bytes | None] = sealed_column()
    remark = SealedText("remark_sealed")
