"""Those who sign in, and the sessions they hold."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Identified, stored_enum
from .register import Home, Provider
from .search_keys import Searched
from .sign_in import WayIn
from .vocabulary import Role, Standing


class User(Searched, Identified):
    """An account. The e-mail address is stored in lower case and is the name one signs in with.

    `password_hash` is empty for who signs in with a passkey only. `standing` is set for accounts of a
    provider; `home_id` then says which home they are for (none: all of them).
    """

    __tablename__ = "users"
    SEARCHED = ("name", "email")
    __table_args__ = (
        Index(None, "search_key"),
        UniqueConstraint("email"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint("standing IS NULL OR provider_id IS NOT NULL", name="standing_at_a_provider"),
        CheckConstraint("standing <> 'manager' OR home_id IS NOT NULL", name="manager_of_a_home"),
    )

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("providers.id"))
    home_id: Mapped[UUID | None] = mapped_column(ForeignKey("homes.id"))
    standing: Mapped[Standing | None] = mapped_column(stored_enum(Standing))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    roles: Mapped[list["UserRole"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    provider: Mapped[Provider | None] = relationship(lazy="raise_on_sql")
    home: Mapped[Home | None] = relationship(lazy="raise_on_sql")


class UserRole(Base):
    __tablename__ = "user_roles"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(stored_enum(Role), primary_key=True)


class SignInSession(Identified):
    """A session on the server; the cookie holds a random token, this row its SHA-256 only.

    `proved_at`: when the person last proved who they are in it, and `way` how (rules/fresh_sign_in.py).
    `browser` and `system` are words of closed lists (web/browser_words.py), for the person's own list.
    """

    __tablename__ = "sign_in_sessions"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "user_id"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    proved_at: Mapped[datetime]
    way: Mapped[WayIn] = mapped_column(stored_enum(WayIn))
    browser: Mapped[str] = mapped_column(String(20), default="")
    system: Mapped[str] = mapped_column(String(20), default="")


class SignInAttempt(Identified):
    """A failed sign-in, counted by the throttle; the address and e-mail as keyed hashes."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "account_hash", "at"), Index(None, "origin_hash", "at"))

    account_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    origin_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime]
