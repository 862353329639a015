"""The letters of a case: paragraphs, what reviewers said, what was frozen, and what the provider answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .inspections import Inspection
from .letter_vocabulary import ISSUED_WITHOUT_REVIEW, GivenWay, LetterKind, LetterState, Stance, Verdict
from .sealed import SealedText, sealed_column
from .vocabulary import MeasureOutcome, Wish

MAX_PARAGRAPH = 20_000
"""Characters in one paragraph of a letter or one answer."""

UNREVIEWED = f"kind IN ({', '.join(repr(kind.value) for kind in ISSUED_WITHOUT_REVIEW)})"


class Letter(Identified):
    """One kind of letter of an inspection, in the languages of its kind.

    A kind that is reviewed is approved by another person than its author before it is sent; the others
    are issued by somebody. A letter that is sent once more (a second reminder) is the same row with a
    new version.
    """

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("inspection_id", "kind"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> author_id", name="four_eyes"),
        CheckConstraint(
            f"{UNREVIEWED} OR (state IN ('approved', 'sent')) = (approved_by_id IS NOT NULL)",
            name="approved_by_somebody",
        ),
        CheckConstraint(
            f"NOT ({UNREVIEWED}) OR (approved_by_id IS NULL AND state IN ('draft', 'sent')"
            " AND (state = 'sent') = (issued_by_id IS NOT NULL))",
            name="issued_by_somebody",
        ),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_some_time"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    kind: Mapped[LetterKind] = mapped_column(stored_enum(LetterKind, length=20), default=LetterKind.FEEDBACK)
    state: Mapped[LetterState] = mapped_column(stored_enum(LetterState), default=LetterState.DRAFT)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    composed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    issued_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    """Who sent it out. Unknown for letters that were sent before this was kept."""
    without_child_letter_sealed: Mapped[bytes | None] = sealed_column()
    without_child_letter = SealedText("without_child_letter_sealed")
    """Why the feedback letter was sent though a child who was heard had no letter ready."""
    answers_sent_at: Mapped[datetime | None]
    answers_sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    inspection: Mapped[Inspection] = relationship(lazy="raise_on_sql")
    paragraphs: Mapped[list["Paragraph"]] = relationship(
        back_populates="letter",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Paragraph.position",
    )
    reviews: Mapped[list["Review"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Review.id"
    )
    versions: Mapped[list["LetterVersion"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="LetterVersion.number"
    )


class Paragraph(Identified):
    """One paragraph in one language: what was composed from the findings, and what a person made of it.

    `text` is what stands in the letter. `composed` is the latest text made from the data; where
    a person has edited and the data have changed since, both are shown.
    """

    __tablename__ = "paragraphs"
    __table_args__ = (UniqueConstraint("letter_id", "language", "key"),)

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    section: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120))
    """Stable name of the paragraph in the letter, e.g. `deficiencies.K08.saw`."""
    position: Mapped[int]
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("findings.id", ondelete="SET NULL"))
    evidence: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Labels of the statements and ids of the requirements behind the sentence, as it is composed."""
    tied: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What a person has tied it to besides, by the same names."""
    edited: Mapped[bool] = mapped_column(default=False)
    removed: Mapped[bool] = mapped_column(default=False)
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")
    composed_sealed: Mapped[bytes | None] = sealed_column()
    composed = SealedText("composed_sealed")
    base_sealed: Mapped[bytes | None] = sealed_column()
    base = SealedText("base_sealed")
    """What the data gave when the edit that stands began; "" while there is none."""
    vouched_sealed: Mapped[bytes | None] = sealed_column()
    vouched = SealedText("vouched_sealed")
    """The text as it stood when a person tied it to evidence: sentences written later are not tied."""

    letter: Mapped[Letter] = relationship(back_populates="paragraphs", lazy="raise_on_sql")
    remarks: Mapped[list["Remark"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Remark.id"
    )


class Remark(Identified):
    """What a reviewer says about one paragraph; resolved by somebody, never deleted."""

    __tablename__ = "remarks"
    __table_args__ = (
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved_by_somebody"),
        CheckConstraint("text_sealed IS NOT NULL", name="has_a_text"),
        CheckConstraint(
            "answers_id IS NULL OR resolved_at IS NULL", name="threads_are_resolved_at_their_head"
        ),
        Index(None, "paragraph_id"),
        Index(None, "answers_id"),
    )

    paragraph_id: Mapped[UUID] = mapped_column(ForeignKey("paragraphs.id", ondelete="CASCADE"))
    answers_id: Mapped[UUID | None] = mapped_column(ForeignKey("remarks.id", ondelete="CASCADE"))
    """The remark that this one answers: the head of its thread, never an answer itself."""
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed", or_null=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class Review(Identified):
    """A reviewer's verdict on a letter as it stood."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("verdict <> 'returned' OR reason_sealed IS NOT NULL", name="return_has_a_reason"),
        Index(None, "letter_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    verdict: Mapped[Verdict] = mapped_column(stored_enum(Verdict))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed", or_null=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class LetterVersion(Identified):
    """The text as it was approved or issued, frozen: content, files, hashes. Never changed afterwards.

    `html`, `docx` and their like are empty in versions from before they were kept.
    """

    __tablename__ = "letter_versions"
    __table_args__ = (
        UniqueConstraint("letter_id", "language", "number"),
        UniqueConstraint("letter_number"),
        Index(None, "pdf_sha256"),
        Index(None, "html_sha256"),
        Index(None, "docx_sha256"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    letter_number: Mapped[str] = mapped_column(String(20))
    """Printed in its head, unlike any other; tells nothing (rules/letter_numbers.py)."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    html: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    html_sha256: Mapped[str] = mapped_column(String(64))
    docx: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    docx_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime | None]
    """When its reader got this version; none of one that was approved and then replaced."""
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("committees.id"))
    """To whom, where a letter goes to several committees, each with the points that are its own."""


class ChildLetterGiven(Identified):
    """How a child who was heard got its letter, by whom and on which day; the child by pseudonym only."""

    __tablename__ = "child_letters_given"
    __table_args__ = (UniqueConstraint("resident_id", "way", "given_on"), Index(None, "letter_id"))

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    way: Mapped[GivenWay] = mapped_column(stored_enum(GivenWay))
    given_on: Mapped[date]
    noted_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class Answer(Identified):
    """The provider's answer to one point of the letter; saved as it is written, sent together."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("letter_id", "finding_id"),)

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"))
    stance: Mapped[Stance | None] = mapped_column(stored_enum(Stance))
    saved_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = SealedText("text_sealed")


class Measure(Identified):
    """What the provider will do about a point, by when and by whom; and what the follow-up found."""

    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint(
            "description_sealed IS NOT NULL AND owner_sealed IS NOT NULL", name="has_a_description"
        ),
        CheckConstraint("(outcome IS NULL) = (followed_up_at IS NULL)", name="followed_up_at_some_time"),
        CheckConstraint("outcome IS NULL OR length(evidence) > 0", name="outcome_has_evidence"),
        CheckConstraint("children_asked >= 0", name="children_asked_is_a_number"),
        CheckConstraint(
            "children_asked IS NULL OR children_asked = 0 OR children_wish IS NOT NULL",
            name="children_asked_have_a_wish",
        ),
        Index(None, "letter_id"),
        Index(None, "finding_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"))
    description_sealed: Mapped[bytes | None] = sealed_column()
    description = SealedText("description_sealed")
    owner_sealed: Mapped[bytes | None] = sealed_column()
    owner = SealedText("owner_sealed")
    """Who answers for it at the provider; at most 200 characters."""
    due_on: Mapped[date]
    proposed_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[MeasureOutcome | None] = mapped_column(stored_enum(MeasureOutcome))
    evidence: Mapped[str] = mapped_column(default="")
    """What the authority has seen, read or heard that shows the outcome."""
    children_say_sealed: Mapped[bytes | None] = sealed_column()
    children_say = SealedText("children_say_sealed")
    """What the children say now, or why they could not be asked."""
    children_asked: Mapped[int | None]
    """How many of them were asked; 0: nobody could be. Unknown in follow-ups from before it was kept."""
    children_wish: Mapped[Wish | None] = mapped_column(stored_enum(Wish))
    """What those who were asked want told: the wish of whoever wants least."""
    followed_up_at: Mapped[datetime | None]
    followed_up_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
