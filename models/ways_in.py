"""How people get in: an invitation with a one-time code, and the passkeys that stand for a password."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .vocabulary import Standing


class Invitation(Identified):
    """Somebody at a provider is invited to have an account there. Of the code only a keyed hash is kept.

    It works once, until `expires_at`, for the address it was made for, unless it is taken back.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint("standing <> 'manager' OR home_id IS NOT NULL", name="manager_of_a_home"),
        CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_by_somebody"),
        CheckConstraint("used_at IS NULL OR revoked_at IS NULL", name="used_or_taken_back"),
        Index(None, "provider_id"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("providers.id"))
    home_id: Mapped[UUID | None] = mapped_column(ForeignKey("homes.id"))
    standing: Mapped[Standing] = mapped_column(stored_enum(Standing))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]


class Passkey(Identified):
    """A key on a person's own device or in their key store (WebAuthn Level 2); here lies its public half."""

    __tablename__ = "passkeys"
    __table_args__ = (UniqueConstraint("credential_id"), Index(None, "user_id"))

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class PasskeyChallenge(Identified):
    """What a device is asked to sign, once: the row goes when it is answered, or too old."""

    __tablename__ = "passkey_challenges"
    __table_args__ = (Index(None, "at"),)

    challenge: Mapped[bytes] = mapped_column(LargeBinary(64))
    at: Mapped[datetime]
