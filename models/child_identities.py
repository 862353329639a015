"""Who a child is: the one place where a name may stand, and each time two people open it together.

Everywhere else a child is a pseudonym (`models/inspections.py`, Resident).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled

MAX_NAME = 200
MAX_NUMBER = 20
MAX_CONTACT = 1_000
MAX_PURPOSE = 1_000


class IdentityPurpose(Titled):
    """What a child's identity is opened for."""

    LETTER = "letter", N_("Address the letter to the child")
    CONTACT = "contact", N_("Reach the child, as was agreed in the talk")
    CONCERN = "concern", N_("Report of concern, or another report that the law demands")
    DANGER = "danger", N_("Danger to the child: police or social services must know who it is")


class IdentitySide(Titled):
    """The two sides that open together: those who meet the child, and those who answer for the decision."""

    INSPECTS = "inspects", N_("Inspector")
    OVERSEES = "oversees", N_("Decision-maker or lawyer")


class ChildIdentity(Identified):
    """Who one resident is. Written by those who meet the child; read through an IdentityOpening only."""

    __tablename__ = "child_identities"
    __table_args__ = (
        UniqueConstraint("resident_id"),
        CheckConstraint("name_sealed IS NOT NULL", name="has_a_name"),
    )

    resident_id: Mapped[UUID] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = SealedText("name_sealed")
    number_sealed: Mapped[bytes | None] = sealed_column()
    number = SealedText("number_sealed")
    """Personal identity number, coordination number or date of birth, as far as it is known."""
    contact_sealed: Mapped[bytes | None] = sealed_column()
    contact = SealedText("contact_sealed")


class IdentityOpening(Identified):
    """One request to see a child's identity, by one side, and the other side's yes."""

    __tablename__ = "identity_openings"
    __table_args__ = (
        CheckConstraint("confirmed_by_id <> asked_by_id", name="confirmed_by_another"),
        CheckConstraint("confirmed_as <> asked_as", name="confirmed_by_the_other_side"),
        CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)"
            " AND (confirmed_as IS NULL) = (confirmed_at IS NULL)",
            name="confirmed_by_somebody",
        ),
        CheckConstraint("words_sealed IS NOT NULL", name="has_a_purpose_in_words"),
        Index(None, "identity_id", "asked_at"),
    )

    identity_id: Mapped[UUID] = mapped_column(ForeignKey("child_identities.id", ondelete="CASCADE"))
    purpose: Mapped[IdentityPurpose] = mapped_column(stored_enum(IdentityPurpose))
    words_sealed: Mapped[bytes | None] = sealed_column()
    words = SealedText("words_sealed")
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_as: Mapped[IdentitySide] = mapped_column(stored_enum(IdentitySide, "asked_as"))
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    confirmed_as: Mapped[IdentitySide | None] = mapped_column(stored_enum(IdentitySide, "confirmed_as"))
    confirmed_at: Mapped[datetime | None]
