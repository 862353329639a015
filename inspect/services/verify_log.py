"""Is the log the one that was written? Every link is computed again, and compared with heads kept elsewhere.

Rows are read as the database has them, not by their classes: what somebody wrote there by hand need not fit.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, String, Text, cast, inspect, select, type_coerce

from ...models.events import Event
from ...models.log_chain import BEFORE_THE_FIRST, ChainLink, LogHead, event_text, hash_after, moment_text

AT_A_TIME = 2000
TOLD = 1000
"""So many faults are told one by one: where all is wrong, the first thousand say so."""

_EVENTS, _LINKS = Event.__table__.c, ChainLink.__table__.c


class LogFaultKind(StrEnum):
    """What can be wrong with the log."""

    CHANGED = "changed"
    LINK_CHANGED = "link_changed"
    GONE = "gone"
    NUMBERS_MISSING = "numbers_missing"
    OUTSIDE = "outside"
    CUT_OFF = "cut_off"
    OTHER_HEAD = "other_head"


_SAYS = {
    LogFaultKind.CHANGED: "number {number} (event {event}) is not what was written there:"
    " it, or the link before it, was changed or moved",
    LogFaultKind.LINK_CHANGED: "number {number}: its link was changed, or put in place of another",
    LogFaultKind.GONE: "number {number}: its event {event} is gone",
    LogFaultKind.NUMBERS_MISSING: "number {number} up to {last} are gone",
    LogFaultKind.OUTSIDE: "event {event} stands outside the chain: put in by hand, or its link is gone",
    LogFaultKind.CUT_OFF: "the end is gone: number {number} up to {last} were there on {event}",
    LogFaultKind.OTHER_HEAD: "number {number} is not the one that was there on {event}:"
    " the chain was made anew",
}


@dataclass(frozen=True, slots=True)
class LogFault:
    """`number` is the place in the chain, `last` the end of a row of places; 0 for what has no place."""

    kind: LogFaultKind
    number: int
    event: str = ""
    last: int = 0

    def __str__(self) -> str:
        return _SAYS[self.kind].format(number=self.number, event=self.event, last=self.last)


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    """`events`: how many links were computed again; `head`: the last of them, None of an empty log."""

    events: int
    head: tuple[int, bytes] | None
    faults: tuple[LogFault, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it stands in the database, with its event written as it was hashed."""

    number: int
    event: str
    hash: bytes
    values: tuple[Any, ...] | None
    """What the event says; None when it is gone."""


def log_head(connection: Connection, *, now: datetime) -> LogHead | None:
    """The end of the chain now; None of an empty log."""
    last = connection.execute(
        select(_LINKS.number, _LINKS.hash).order_by(_LINKS.number.desc()).limit(1)
    ).one_or_none()
    return LogHead(last[0], bytes(last[1]), now) if last else None


def verify_log(connection: Connection, heads: Sequence[LogHead] = ()) -> VerifiedLog:
    """Compute every link again. `heads`: ends of the chain that were kept outside the database.

    Without heads nobody can tell that the end was cut off, or that all was written anew.
    """
    if not inspect(connection).has_table(ChainLink.__tablename__):  # the code is ahead of the database
        return VerifiedLog(0, None, ())
    walk = _Walk({head.number: head for head in heads})
    for link in read_links(connection):
        walk.step(link)
    walk.end(heads)
    for event in _outside(connection):
        walk.tell(LogFault(LogFaultKind.OUTSIDE, 0, event))
    return VerifiedLog(walk.counted, walk.head, tuple(walk.faults))


class _Walk:
    """Along the chain. One step is held back: what follows says whether a link or an event was changed."""

    def __init__(self, heads: dict[int, LogHead]) -> None:
        self.faults: list[LogFault] = []
        self.counted = 0
        self.head: tuple[int, bytes] | None = None
        self._heads = heads
        self._number, self._stored, self._computed = 0, BEFORE_THE_FIRST, BEFORE_THE_FIRST
        self._doubted: Link | None = None

    def tell(self, fault: LogFault) -> None:
        if len(self.faults) < TOLD:
            self.faults.append(fault)

    def step(self, link: Link) -> None:
        missing = link.number > self._number + 1
        if missing:
            self._settle(None)
            self.tell(LogFault(LogFaultKind.NUMBERS_MISSING, self._number + 1, last=link.number - 1))
        elif link.number < 1:
            self.tell(LogFault(LogFaultKind.LINK_CHANGED, link.number))
            return
        self._judge(link, missing)
        head = self._heads.get(link.number)
        if head is not None and head.hash != link.hash:
            self.tell(LogFault(LogFaultKind.OTHER_HEAD, link.number, moment_text(head.at)))
        self._number, self._stored = link.number, link.hash
        self.head = (link.number, link.hash)
        self.counted += 1

    def end(self, heads: Sequence[LogHead]) -> None:
        self._settle(None)
        longest = max(heads, key=lambda head: head.number, default=None)
        if longest is not None and longest.number > self._number:
            when = moment_text(longest.at)
            self.tell(LogFault(LogFaultKind.CUT_OFF, self._number + 1, when, longest.number))

    def _judge(self, link: Link, missing: bool) -> None:
        if link.values is None:
            self._settle(None)
            self.tell(LogFault(LogFaultKind.GONE, link.number, link.event))
            self._computed = link.hash
            return
        text = event_text(link.number, link.values)
        right = hash_after(self._stored, text) == link.hash
        if not right and not missing and self._doubted and hash_after(self._computed, text) == link.hash:
            self._settle(LogFaultKind.LINK_CHANGED)
            right = True
        else:
            self._settle(LogFaultKind.CHANGED)
        self._computed = link.hash if right else hash_after(self._stored, text)
        # After a hole nothing tells what the hash before was: the hole is the fault.
        self._doubted = None if right or missing else link

    def _settle(self, kind: LogFaultKind | None) -> None:
        if self._doubted is not None:
            link, self._doubted = self._doubted, None
            self.tell(LogFault(kind or LogFaultKind.CHANGED, link.number, link.event))


def read_links(connection: Connection) -> Iterator[Link]:
    """The chain from its first link, as it stands."""
    chosen = (
        select(
            _LINKS.number,
            _as_it_is(_LINKS.event_id, connection).label("link_event"),
            _LINKS.hash,
            *(_as_it_is(one, connection).label(f"of_{one.key}") for one in _OF_EVENT),
            _text_of(_EVENTS.details, connection).label("of_details"),
        )
        .outerjoin_from(ChainLink.__table__, Event.__table__, _EVENTS.id == _LINKS.event_id)
        .order_by(_LINKS.number)
    )
    for row in connection.execute(chosen, execution_options={"yield_per": AT_A_TIME}):
        number, event, hash, id, at, kind, actor, case, details = tuple[Any, ...](row)
        values = None
        if id is not None:
            values = (_id(id), _moment(at), _plain(kind), _id(actor), _id(case), _details(details))
        yield Link(number, str(_id(event)), hash if isinstance(hash, bytes) else bytes(32), values)


_OF_EVENT = (_EVENTS.id, _EVENTS.at, _EVENTS.kind, _EVENTS.actor_id, _EVENTS.inspection_id)


def _outside(connection: Connection) -> Iterator[str]:
    lonely = (
        select(_as_it_is(_EVENTS.id, connection))
        .outerjoin_from(Event.__table__, ChainLink.__table__, _EVENTS.id == _LINKS.event_id)
        .where(_LINKS.number.is_(None))
        .order_by(_EVENTS.at, _EVENTS.id)
        .limit(TOLD)
    )
    return (str(_id(id)) for id in connection.scalars(lonely))


def _as_it_is(column: Any, connection: Connection) -> Any:
    """On SQLite as bytes: whatever was put there can be read so."""
    return cast(column, LargeBinary) if connection.dialect.name == "sqlite" else type_coerce(column, String)


def _text_of(column: Any, connection: Connection) -> Any:
    return cast(column, LargeBinary) if connection.dialect.name == "sqlite" else cast(column, Text)


def _plain(value: Any) -> Any:
    return value.decode(errors="backslashreplace") if isinstance(value, bytes) else value


def _id(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else _plain(value)


def _moment(value: Any) -> str:
    """SQLite keeps `2026-11-22 21:46:54.000000`, in UTC; what is not written so is no time of ours."""
    if isinstance(value, datetime):
        return moment_text(value)
    text = str(_plain(value))
    return f"{text[:10]}T{text[11:]}Z" if text[10:11] == " " else text


def _details(value: Any) -> Any:
    """What the details say; a text that is no JSON, or names a key twice, says itself."""
    text = _plain(value)
    try:
        return json.loads(text, object_pairs_hook=_each_once)
    except (TypeError, ValueError):
        return ["unreadable", str(text)]


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
