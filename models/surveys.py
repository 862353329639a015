"""Before the visit: the children's survey without identities, and the lines of enquiry that come of it.

What a child answers is poured into one sealed row for the whole survey and kept apart nowhere: no row
per child, no order, no time, no address, and nothing that leads from a code to what was answered with it
(docs/decisions/0010-a-survey-without-identities.md).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import EnquiryKind

MAX_SURVEY_TEXT = 1_000
"""Characters in one free answer of a child."""


class Survey(Identified):
    """The survey that the children of one inspection are offered, with its questions as they were then."""

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("inspection_id"),
        CheckConstraint("closes_on >= opens_on", name="closes_after_it_opens"),
        CheckConstraint("children > 0", name="is_for_somebody"),
        CheckConstraint("codes_made >= 0", name="codes_are_counted"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The survey of the pack as it was when it was opened (interview_guides/survey.py)."""
    version: Mapped[str] = mapped_column(String(20))
    children: Mapped[int]
    """How many live there, as far as is known when it is opened; below five, answers are not counted."""
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """The last day on which it can be answered."""
    codes_made: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    """Closed by a person before its last day; it does not open again."""

    result: Mapped["SurveyResult"] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", uselist=False
    )


class Unordered(Base):
    """A row whose id is random through and through: a UUIDv7 would tell when it was made."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"id": uuid4(), **values})


class SurveyCode(Unordered):
    """A one-time code, as a keyed hash. Who got it is not known; when it was used is not kept."""

    __tablename__ = "survey_codes"
    __table_args__ = (UniqueConstraint("code_hash"), Index(None, "survey_id"))

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    used: Mapped[bool] = mapped_column(default=False)
    revoked: Mapped[bool] = mapped_column(default=False)


class SurveyResult(Unordered):
    """All that the children of one survey have answered, counted together. One row, whoever answers.

    The sealed text is JSON: `{"counts": {question: [step 1 … step 5, does not know]}, "texts": {question:
    [...]}}`, the texts in an order drawn by lot at each answer.
    """

    __tablename__ = "survey_results"
    __table_args__ = (
        UniqueConstraint("survey_id"),
        CheckConstraint("answers >= 0", name="answers_are_counted"),
    )

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    answers: Mapped[int] = mapped_column(default=0)
    content_sealed: Mapped[bytes | None] = sealed_column()
    content = SealedText("content_sealed")


class SurveyFailure(Unordered):
    """A code that did not work, counted by the throttle.

    The origin is a keyed hash of the address and the hour; the row knows the day only, and goes with it.
    """

    __tablename__ = "survey_failures"
    __table_args__ = (Index(None, "origin_hash"), Index(None, "failed_on"))

    origin_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    failed_on: Mapped[date]


class EnquiryLine(Identified):
    """A line of enquiry that was chosen for one inspection. The words of a kind stand with the kind.

    Of its own kind (`own`) the text says what is asked; of the others it may add to it.
    """

    __tablename__ = "enquiry_lines"
    __table_args__ = (
        CheckConstraint("kind <> 'own' OR text_sealed IS NOT NULL", name="own_line_has_words"),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[EnquiryKind] = mapped_column(stored_enum(EnquiryKind))
    area: Mapped[str] = mapped_column(String(20))
    chosen_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
