"""The log as a chain: each event has a link with a number without gaps and a hash over the link before.

`events` and `event_links` are only added to (models/append_only.py). A link stands apart from its event and
without a foreign key to it: an event that is taken away leaves its link behind, and is missed.

No event is committed without its link. What a session has recorded is chained as the last thing before its
commit: on SQLite whoever writes is alone, on PostgreSQL a lock held from there to the end of the commit makes
the chain one. So writers wait for each other's commit and not for each other's work, and nothing that was
rolled back leaves a gap.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Connection, Integer, LargeBinary, UniqueConstraint, event, select
from sqlalchemy.orm import Mapped, Mapper, Session, SessionTransaction, mapped_column, object_session

from .base import Base, new_id
from .events import Event

FORMAT = "tillsyn-log/1"
BEFORE_THE_FIRST = bytes(32)
"""What the first link has as the hash of the one before."""
CHAINING = 7_002_400
"""PostgreSQL's advisory lock under which links are made."""

_RECORDED, _UNDONE = "tillsyn_recorded", "tillsyn_undone"


class ChainLink(Base):
    """The place of one event in the chain. `hash` is SHA-256 over the hash before and the event's text."""

    __tablename__ = "event_links"
    __table_args__ = (UniqueConstraint("event_id"),)

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    event_id: Mapped[UUID]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


@dataclass(frozen=True, slots=True)
class LogHead:
    """The end of the chain as it was at a moment: the last number, and the hash there."""

    number: int
    hash: bytes
    at: datetime


_EVENTS = Event.__table__
_WAIT = f"SELECT pg_advisory_xact_lock({CHAINING})"
_LAST = "SELECT number, hash FROM event_links ORDER BY number DESC LIMIT 1"
_LINK = {
    "sqlite": "INSERT INTO event_links (number, event_id, hash) VALUES (?, ?, ?)",
    "postgresql": "INSERT INTO event_links (number, event_id, hash) VALUES (%s, %s, %s)",
}
# As the drivers take them: each page of a case writes one, and to build a statement costs most of it.


def event_text(number: int, values: Sequence[Any]) -> bytes:
    """The one way to write an event: `values` are id, time, kind, actor, inspection and details.

    Ids as 32 hexadecimal digits or None, the time in UTC as `2026-11-22T21:46:54.000000Z`.
    """
    written = [FORMAT, number, *values]
    return json.dumps(written, sort_keys=True, separators=(",", ":")).encode()


def hash_after(previous: bytes, text: bytes) -> bytes:
    return hashlib.sha256(previous + text).digest()


def moment_text(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def write_events(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add events without making objects of them. `rows`: the columns of each, but for the id."""
    made = [{"id": new_id(), **row} for row in rows]
    db.execute(_EVENTS.insert(), made)  # type: ignore[attr-defined]
    db.info.setdefault(_RECORDED, []).extend(made)


def link_events(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Chain events that stand in this transaction, in the order given; it must end soon afterwards."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_WAIT)
    last = connection.exec_driver_sql(_LAST).one_or_none()
    number, hash = (last[0], bytes(last[1])) if last else (0, BEFORE_THE_FIRST)
    plain = connection.dialect.name == "sqlite"
    links: list[tuple[Any, ...]] = []
    for row in rows:
        number += 1
        hash = hash_after(hash, event_text(number, _values(row)))
        links.append((number, row["id"].hex if plain else row["id"], hash))
    connection.exec_driver_sql(_LINK[connection.dialect.name], links)


def _values(row: Mapping[str, Any]) -> tuple[Any, ...]:
    actor, case = row["actor_id"], row["inspection_id"]
    return (
        row["id"].hex,
        moment_text(row["at"]),
        str(row["kind"].value),
        actor.hex if actor else None,
        case.hex if case else None,
        row["details"],
    )


@event.listens_for(Event, "after_insert")
def _recorded(mapper: Mapper[Event], connection: Connection, row: Event) -> None:
    session = object_session(row)
    if session is not None:
        session.info.setdefault(_RECORDED, []).append(
            {
                "id": row.id,
                "at": row.at,
                "kind": row.kind,
                "actor_id": row.actor_id,
                "inspection_id": row.inspection_id,
                "details": row.details if row.details is not None else {},
            }
        )


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    rows = session.info.pop(_RECORDED, None)
    undone = session.info.pop(_UNDONE, False)
    if rows and undone:
        rows = _still_there(session, rows)
    if rows:
        link_events(session.connection(), rows)


def _still_there(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that were not rolled back with a part of the transaction."""
    asked = select(_EVENTS.c.id).where(_EVENTS.c.id.in_([row["id"] for row in rows]))
    there = set(session.scalars(asked))
    return [row for row in rows if row["id"] in there]


@event.listens_for(Session, "after_soft_rollback")
def _noted(session: Session, previous: SessionTransaction) -> None:
    if previous.nested and _RECORDED in session.info:
        session.info[_UNDONE] = True


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was not committed was not recorded."""
    if transaction.parent is None:
        session.info.pop(_RECORDED, None)
        session.info.pop(_UNDONE, None)
