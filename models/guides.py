"""Versions of the interview guides: drafts, what was published and when, and what a talk was held with."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .vocabulary import GuideState


class GuideVersion(Identified):
    """One version of one guide of a pack, whole.

    `content` is the guide as plain fields, as `interview_guides.guide_form` makes and reads them. A draft may
    lack what a guide must have. Whatever is no draft never changes and is never removed: a talk may
    have been held with it. Triggers of the database see to that (migration 0006), whoever writes; only the
    state of a published version goes on, to withdrawn.

    A version that came with the product is kept (`shipped`) when the first talk is held with it: the
    files change with the next release, and the talk is still read with its own questions.
    """

    __tablename__ = "guide_versions"
    __table_args__ = (
        UniqueConstraint("pack", "guide", "version"),
        CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL)", name="published_has_a_time"
        ),
        CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published_by_somebody"),
        CheckConstraint("published_at IS NULL OR valid_from IS NOT NULL", name="published_is_dated"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_has_a_time"),
        CheckConstraint("length(content_sha256) = 64", name="content_has_a_digest"),
        CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_by_id IS NULL)", name="handed_over_by_somebody"
        ),
        CheckConstraint(
            "published_by_id IS NULL OR handed_over_by_id IS NULL OR published_by_id <> handed_over_by_id",
            name="four_eyes",
        ),
    )

    pack: Mapped[str] = mapped_column(String(60))
    guide: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(20))
    """The name of the version, as it is stamped on talks and answers: `2026-1`."""
    state: Mapped[GuideState] = mapped_column(stored_enum(GuideState), default=GuideState.DRAFT)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_sha256: Mapped[str] = mapped_column(String(64))
    """Of the canonical JSON of `content`."""
    based_on: Mapped[str] = mapped_column(String(20), default="")
    """The version that a draft was made from."""
    valid_from: Mapped[date | None]
    """The first day on which talks are held with it; a draft may have a day that is meant."""
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    saves: Mapped[int] = mapped_column(default=1)
    """How often the row has been saved; a save carries the number that it was made from."""
    handed_over_at: Mapped[datetime | None]
    """When its writer asked for it to be published, which somebody else does; none while it is written in."""
    handed_over_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    remark: Mapped[str] = mapped_column(default="", server_default="")
    """Why it was given back instead, by the person who read it last."""
