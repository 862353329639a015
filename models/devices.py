"""The devices that inspectors carry: whose each is, what it holds, when it was lost, what looks wrong."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .people import User
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled


class KeyWay(Titled):
    """How the key of a device's store is kept: never with a short code alone."""

    PRF = "prf", N_("Passkey")
    PASSPHRASE = "passphrase", N_("Five random words")


class AlarmKind(Titled):
    """What the server notices about a device without being told."""

    CLONED = "cloned", N_("Two devices send as one")
    LOST_NOTES = "lost_notes", N_("The device has lost notes")


class Device(Identified):
    """One browser of one person, which may hold cases without network. It knows its token, we its SHA-256.

    It ends once: `lost` (a supervisor's decision, with a reason) or `left` (its person is done with it).
    """

    __tablename__ = "devices"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(None, "user_id"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
        CheckConstraint("announced_seq >= 0", name="announces_from_nought"),
        CheckConstraint("acked_seq >= 0", name="acknowledges_from_nought"),
        CheckConstraint("unsent >= 0 AND sealed_left >= 0", name="counts_what_is_left"),
        CheckConstraint("asks >= 0", name="counts_what_it_asks"),
        CheckConstraint("(lost_at IS NULL) = (lost_by_id IS NULL)", name="lost_is_said_by_somebody"),
        CheckConstraint("lost_at IS NULL OR reason_sealed IS NOT NULL", name="lost_has_a_reason"),
        CheckConstraint("told_at IS NULL OR lost_at IS NOT NULL", name="told_when_lost"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    key_way: Mapped[KeyWay] = mapped_column(stored_enum(KeyWay))
    client: Mapped[str] = mapped_column(String(40))
    """The version of the field app, as it tells it."""
    enrolled_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    announced_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """The highest number the device has said that it gave a note; it can only grow while nothing is lost."""
    acked_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """Up to this number everything the device wrote is here."""
    unsent: Mapped[int] = mapped_column(default=0)
    """Notes that it had not sent, as it told last."""
    sealed_left: Mapped[int] = mapped_column(default=0)
    """Of them, those that only the server can open."""
    clock_ahead_ms: Mapped[int | None] = mapped_column(BigInteger)
    """The device's clock less ours when it last told the time; null before that."""
    asks: Mapped[int] = mapped_column(default=0)
    """How many batches it has sent since `asks_since`: more than a person can write are told to wait."""
    asks_since: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    lost_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    told_at: Mapped[datetime | None]
    """When the lost device first came back: it may send what it has sealed, and then forgets everything."""
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")
    holdings: Mapped[list["DeviceHolding"]] = relationship(
        back_populates="device", lazy="raise_on_sql", order_by="DeviceHolding.taken_at"
    )

    @property
    def is_open(self) -> bool:
        """May it send and fetch?"""
        return self.lost_at is None and self.left_at is None


class DeviceHolding(Identified):
    """A case that a device took along; `dropped_at` when it told that nothing of it is readable there."""

    __tablename__ = "device_holdings"
    __table_args__ = (
        UniqueConstraint("device_id", "inspection_id"),
        Index(None, "inspection_id"),
        CheckConstraint("unsent >= 0 AND sealed_left >= 0", name="counts_what_is_left"),
    )

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"))
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    taken_at: Mapped[datetime]
    """When it was taken along, the last time."""
    fetched_at: Mapped[datetime]
    """When the device last fetched something of the case."""
    told_at: Mapped[datetime | None]
    """When the device last told what it holds of the case."""
    readable: Mapped[bool] = mapped_column(default=True)
    """Can its person still read the case there, with their key?"""
    unsent: Mapped[int] = mapped_column(default=0)
    sealed_left: Mapped[int] = mapped_column(default=0)
    dropped_at: Mapped[datetime | None]

    device: Mapped[Device] = relationship(back_populates="holdings", lazy="raise_on_sql")


class DeviceAlarm(Identified):
    """Something is wrong with a device, until a supervisor has seen to it. One of a kind is open at most."""

    __tablename__ = "device_alarms"
    __table_args__ = (
        Index(None, "device_id"),
        CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name="seen_by_somebody"),
        CheckConstraint("notes >= 0", name="counts_notes"),
    )

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"))
    kind: Mapped[AlarmKind] = mapped_column(stored_enum(AlarmKind))
    raised_at: Mapped[datetime]
    last_at: Mapped[datetime]
    notes: Mapped[int] = mapped_column(default=0)
    """How many notes it is about."""
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    device: Mapped[Device] = relationship(lazy="raise_on_sql")
