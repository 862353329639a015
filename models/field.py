"""What was recorded in the field: the log of operations, its heads, what is held, what is in quarantine.

An operation is one write of one field of one document, made by a device without network or by the server
itself when a page changed something (docs/field-protocol.md). The log is only ever added to.
"""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Sequence,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled

SERVER_NUMBERS = Sequence("field_server_seq", metadata=Base.metadata)
"""On PostgreSQL, where cases are written at the same time, `server_seq` is taken from here; on SQLite, with
one writer at a time, it is one more than the highest."""
MOST_SEQ = 2**53 - 1
"""The highest number that an operation can have: what JavaScript counts to without error."""


class OpKind(enum.StrEnum):
    """What an operation does to its field; `add` is one of many values that stand beside each other."""

    SET = "set"
    ADD = "add"
    RETRACT = "retract"
    RESOLVE = "resolve"


class Refusal(Titled):
    """Why an operation was not taken into the log. It is kept in quarantine, all but those after a gap."""

    GAP = "gap", N_("Notes before it are missing")
    SHAPE = "shape", N_("It is not written as a note is")
    SEQ = "seq", N_("Its number cannot be")
    DEVICE = "device", N_("It says that another device wrote it")
    AUTHOR = "author", N_("It says that somebody else wrote it")
    INSPECTION = "inspection", N_("Its writer may not record in the case")
    DOCUMENT = "document", N_("It belongs to something in another case")
    VALUE = "value", N_("What it says does not fit the field")
    PARENTS = "parents", N_("It builds on a note of something else")
    ID_REUSE = "id-reuse", N_("Another note has the same identity")
    CLONE = "clone", N_("Two notes have the same number: two devices send as one")
    LOST = "lost", N_("The device is reported lost")
    STORE = "store", N_("The database did not take it")


class Settlement(Titled):
    """What a person, or a second try, made of something that was held or in quarantine."""

    TAKEN_IN = "taken_in", N_("Was taken in")
    SET_ASIDE = "set_aside", N_("Was set aside")


def happened_at(written_at: datetime, sent_at: datetime | None, received_at: datetime) -> datetime:
    """When something was written, by our clock: `written_at` and `sent_at` are by that of the device."""
    return written_at if sent_at is None else written_at + (received_at - sent_at)


class FieldOp(Identified):
    """One write. Its id is the operation's own; `content` is its canonical JSON, sealed as a whole.

    `device_id` and `seq` are null for what the server wrote itself. `written_at` and `sent_at` are by the
    device's clock, `received_at` by ours.
    """

    __tablename__ = "field_ops"
    __table_args__ = (
        UniqueConstraint("server_seq"),
        UniqueConstraint("device_id", "seq"),
        CheckConstraint("seq > 0", name="counts_from_one"),
        CheckConstraint("(device_id IS NULL) = (seq IS NULL)", name="device_numbers_its_own"),
        Index(None, "inspection_id", "server_seq"),
        Index(None, "doc_id"),
    )

    server_seq: Mapped[int] = mapped_column(BigInteger)
    """The order in which the server took operations in: in each case given under its lock, so that nobody
    who reads a case in order misses one."""
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("devices.id"))
    seq: Mapped[int | None] = mapped_column(BigInteger)
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    doc_kind: Mapped[str] = mapped_column(String(20))
    doc_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40))
    kind: Mapped[OpKind] = mapped_column(stored_enum(OpKind))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    content_sealed: Mapped[bytes | None] = sealed_column()
    content = SealedText("content_sealed")

    @property
    def happened_at(self) -> datetime:
        """When it was written, by our clock: the device's time corrected by how much it differed when it
        sent (the time that the order of talks is judged by)."""
        return happened_at(self.written_at, self.sent_at, self.received_at)


class ArrivedNotes(Identified):
    """Operations of one device and one case as they came, numbers `first_seq` … `last_seq`, until they are
    taken into the log in their turn; then the row is gone.

    They are acknowledged: they count in the row of the device's numbers and in its receipt. `content` is the
    JSON of the list, sealed as a whole; `op_ids` their identities in the order of the numbers, by newlines.
    """

    __tablename__ = "arrived_notes"
    __table_args__ = (
        UniqueConstraint("device_id", "first_seq"),
        CheckConstraint("first_seq > 0 AND last_seq >= first_seq", name="is_a_row_of_numbers"),
        Index(None, "inspection_id"),
    )

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    first_seq: Mapped[int] = mapped_column(BigInteger)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    op_ids: Mapped[str] = mapped_column(Text)
    content_sealed: Mapped[bytes | None] = sealed_column()
    content = SealedText("content_sealed")


class FieldHead(Base):
    """An operation that no other builds on. One head of a field is its value; several may be a conflict."""

    __tablename__ = "field_heads"
    __table_args__ = (Index(None, "doc_id", "field"), Index(None, "inspection_id"))

    op_id: Mapped[UUID] = mapped_column(ForeignKey("field_ops.id", ondelete="CASCADE"), primary_key=True)
    server_seq: Mapped[int] = mapped_column(BigInteger)
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    doc_kind: Mapped[str] = mapped_column(String(20))
    doc_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40))
    kind: Mapped[OpKind] = mapped_column(stored_enum(OpKind))
    applied: Mapped[bool] = mapped_column(default=False)
    """Has a use case taken it in, or did it come from the record itself? (services/apply_field.py)"""


class FieldRecord(Base):
    """What the log last saw of one record, so that what pages change since can be told from it.

    `stamp` is made of the record's version and of what else tells that it changed.
    """

    __tablename__ = "field_records"
    __table_args__ = (Index(None, "inspection_id"),)

    doc_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    doc_kind: Mapped[str] = mapped_column(String(20))
    stamp: Mapped[str] = mapped_column(String(200))


class HeldOp(Identified):
    """An operation of the log that the use case refused. Its id is the operation's.

    `reason` is JSON: `{"reason": English message, "values": {…}}`, sealed since it may quote what was said.
    """

    __tablename__ = "held_ops"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name="settled_some_way"),
        CheckConstraint(
            "settlement <> 'set_aside' OR (settled_by_id IS NOT NULL AND why_sealed IS NOT NULL)",
            name="set_aside_by_somebody",
        ),
        Index(None, "inspection_id"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("field_ops.id", ondelete="CASCADE"), primary_key=True)
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    held_at: Mapped[datetime]
    tried_at: Mapped[datetime]
    """When it was last tried."""
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
    settlement: Mapped[Settlement | None] = mapped_column(stored_enum(Settlement))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    why_sealed: Mapped[bytes | None] = sealed_column()
    why = SealedText("why_sealed")
    """Why a person set it aside."""


class QuarantinedOp(Identified):
    """What a device sent that is not in the log, whole, until a person has settled it.

    `said_id` is the identity it gave itself (at most 100 characters, "" when there was none to read), and
    `inspection_id` the case it names, when there is such a case. `rival_id`: the operation of the log that
    has the same identity or the same number. It `takes_number` when it stands for `seq` in the row of the
    device's numbers, so that what comes after it is not kept waiting.
    """

    __tablename__ = "quarantined_ops"
    __table_args__ = (
        CheckConstraint("NOT takes_number OR seq > 0", name="takes_a_number_it_has"),
        CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name="settled_some_way"),
        CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_somebody"),
        CheckConstraint("settlement <> 'set_aside' OR why_sealed IS NOT NULL", name="set_aside_with_reason"),
        CheckConstraint("(settlement = 'taken_in') = (taken_as_id IS NOT NULL)", name="taken_in_as_one"),
        Index(None, "device_id", "said_id"),
        Index(
            "ix_quarantined_ops_number",
            "device_id",
            "seq",
            unique=True,
            sqlite_where=text("takes_number"),
            postgresql_where=text("takes_number"),
        ),
        Index(None, "inspection_id"),
    )

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    said_id: Mapped[str] = mapped_column(String(100))
    seq: Mapped[int | None] = mapped_column(BigInteger)
    takes_number: Mapped[bool] = mapped_column(default=False)
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    refusal: Mapped[Refusal] = mapped_column(stored_enum(Refusal))
    rival_id: Mapped[UUID | None] = mapped_column(ForeignKey("field_ops.id", ondelete="CASCADE"))
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    """The person of the device."""
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    content_sealed: Mapped[bytes | None] = sealed_column()
    content = SealedText("content_sealed")
    settlement: Mapped[Settlement | None] = mapped_column(stored_enum(Settlement))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    taken_as_id: Mapped[UUID | None] = mapped_column(ForeignKey("field_ops.id", ondelete="CASCADE"))
    """The operation of the log that it was taken in as."""
    why_sealed: Mapped[bytes | None] = sealed_column()
    why = SealedText("why_sealed")


class AwaitedOp(Base):
    """An operation that another builds on and that is not here: lost, in quarantine, or still on its way.

    Should it come, it is no head: `child_id` has been written over it.
    """

    __tablename__ = "awaited_ops"

    op_id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("field_ops.id", ondelete="CASCADE"), primary_key=True)


class MissingNumbers(Identified):
    """Numbers that a device has given notes which are not here. `asked_at`: when it was told to send them.

    `lost_at`: when it told that it has them no longer. Should they come after all they are taken in as any
    other.
    """

    __tablename__ = "missing_numbers"
    __table_args__ = (
        CheckConstraint("first_seq > 0 AND last_seq >= first_seq", name="is_a_row_of_numbers"),
        Index(None, "device_id"),
    )

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"))
    first_seq: Mapped[int] = mapped_column(BigInteger)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime]
    lost_at: Mapped[datetime | None]
