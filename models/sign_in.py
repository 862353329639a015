"""What one proves oneself with beside a password, the identity provider's word, and the way back in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled


class WayIn(Titled):
    """How somebody proved who they are."""

    PASSWORD = "password", N_("Password")
    CODE = "code", N_("Password and code")
    RECOVERY_CODE = "recovery_code", N_("Password and a code from paper")
    PASSKEY = "passkey", N_("Passkey")
    PROVIDER = "provider", N_("The authority’s own sign-in")


class Authenticator(Identified):
    """The program that shows a person's six digits (TOTP, RFC 6238). It counts from `confirmed_at` on.

    `last_step` is the number of the half minute whose code was used last: no code works twice.
    """

    __tablename__ = "authenticators"
    __table_args__ = (UniqueConstraint("user_id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    secret_sealed: Mapped[bytes | None] = sealed_column()
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)

    secret = SealedText("secret_sealed")


class RecoveryCode(Identified):
    """A code on paper, for once, in place of the six digits; of it a keyed hash is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class IdentityLink(Identified):
    """An account may be entered through the identity provider by whoever it says has this `claim`.

    An administrator writes the claim (an e-mail address, or a number of employment). The first sign-in ties
    the provider's own name for the person (`subject`) to the account; from then on only that name counts.
    """

    __tablename__ = "identity_links"
    __table_args__ = (
        UniqueConstraint("issuer", "user_id"),
        UniqueConstraint("issuer", "claim"),
        UniqueConstraint("issuer", "subject"),
        CheckConstraint("(subject IS NULL) = (linked_at IS NULL)", name="linked_to_somebody"),
        Index(None, "user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    issuer: Mapped[str] = mapped_column(String(500))
    claim: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(String(255))
    invited_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    invited_at: Mapped[datetime]
    linked_at: Mapped[datetime | None]


class Recovery(Identified):
    """The way back into an account whose ways in are lost: one person begins, another confirms.

    Each is shown half of the code, once; here are keyed hashes of the halves. Neither can open it alone.
    """

    __tablename__ = "recoveries"
    __table_args__ = (
        CheckConstraint("confirmed_by_id <> begun_by_id", name="confirmed_by_another"),
        CheckConstraint("begun_by_id <> user_id", name="begun_by_another"),
        CheckConstraint("confirmed_by_id <> user_id", name="not_confirmed_by_oneself"),
        CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)"
            " AND (confirmed_by_id IS NULL) = (second_hash IS NULL)"
            " AND (confirmed_by_id IS NULL) = (expires_at IS NULL)",
            name="confirmed_by_somebody",
        ),
        CheckConstraint("used_at IS NULL OR confirmed_at IS NOT NULL", name="used_when_confirmed"),
        CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name="used_or_withdrawn"),
        Index(None, "user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    begun_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[datetime]
    first_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    second_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
