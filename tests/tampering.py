"""Ways to spoil the log, as somebody would who has the password of the database; and what must be found."""

import random
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, bindparam, text

from tillsyn.inspect.services.verify_log import LogFaultKind, read_links
from tillsyn.models.log_chain import BEFORE_THE_FIRST, event_text, hash_after

LENGTH = 25
"""How many events the log has that is spoilt."""

Found = tuple[set[LogFaultKind], set[int]]
"""The kinds of fault that may be told of, and at which numbers; 0 is no place in the chain."""
Way = Callable[[Connection, random.Random], Found]


def do(connection: Connection, statement: str, **values: object) -> None:
    connection.execute(text(statement), values)


def change(connection: Connection, chance: random.Random) -> Found:
    number = chance.randint(1, LENGTH)
    other = str(UUID(int=chance.getrandbits(128)))
    if connection.dialect.name == "sqlite":
        other = other.replace("-", "")
    column, value = chance.choice(
        [
            ("kind", chance.choice(["measure_proposed", "decision_recorded"])),
            ("at", f"2026-10-0{chance.randint(1, 9)} 10:00:00.000000"),
            ("actor_id", other),
            ("inspection_id", other),
            ("details", chance.choice(["{}", '{"why": "ä"}', '{"why": "å", "why": "å"}', "[1]", "null"])),
        ]
    )
    kind = {"kind": "varchar", "at": "timestamptz", "details": "json"}.get(column, "uuid")
    given = ":value" if connection.dialect.name == "sqlite" else f"CAST(:value AS {kind})"
    do(
        connection,
        f"UPDATE events SET {column} = {given} WHERE id ="  # noqa: S608 - of our own list
        " (SELECT event_id FROM event_links WHERE number = :number)",
        value=value,
        number=number,
    )
    return {LogFaultKind.CHANGED}, {number}


def change_a_link(connection: Connection, chance: random.Random) -> Found:
    number = chance.randint(1, LENGTH)
    statement = text("UPDATE event_links SET hash = :hash WHERE number = :number")
    connection.execute(
        statement.bindparams(bindparam("hash", type_=LargeBinary)),
        {"hash": chance.randbytes(32), "number": number},
    )
    return {LogFaultKind.LINK_CHANGED, LogFaultKind.CHANGED, LogFaultKind.OTHER_HEAD}, {number}


def take_away_the_event(connection: Connection, chance: random.Random) -> Found:
    number = chance.randint(1, LENGTH)
    do(
        connection,
        "DELETE FROM events WHERE id = (SELECT event_id FROM event_links WHERE number = :number)",
        number=number,
    )
    return {LogFaultKind.GONE}, {number}


def take_away_both(connection: Connection, chance: random.Random) -> Found:
    first = chance.randint(1, LENGTH - 1)
    last = min(LENGTH - 1, first + chance.randint(0, 5))
    _take_away(connection, first, last)
    return {LogFaultKind.NUMBERS_MISSING}, {first}


def _take_away(connection: Connection, first: int, last: int) -> None:
    chosen = {"first": first, "last": last}
    do(
        connection,
        "DELETE FROM events WHERE id IN"
        " (SELECT event_id FROM event_links WHERE number BETWEEN :first AND :last)",
        **chosen,
    )
    do(connection, "DELETE FROM event_links WHERE number BETWEEN :first AND :last", **chosen)


def take_away_the_link(connection: Connection, chance: random.Random) -> Found:
    number = chance.randint(1, LENGTH)
    do(connection, "DELETE FROM event_links WHERE number = :number", number=number)
    return {LogFaultKind.NUMBERS_MISSING, LogFaultKind.CUT_OFF, LogFaultKind.OUTSIDE}, {number, 0}


def cut_off_the_end(connection: Connection, chance: random.Random) -> Found:
    first = chance.randint(1, LENGTH)
    _take_away(connection, first, LENGTH)
    return {LogFaultKind.CUT_OFF}, {first}


def put_in(connection: Connection, chance: random.Random) -> Found:
    id = str(UUID(int=chance.getrandbits(128)))
    of_text = "CAST(:id AS uuid)" if connection.dialect.name == "postgresql" else ":id"
    do(
        connection,
        f"INSERT INTO events (id, at, kind, details) SELECT {of_text}, at, kind, details"  # noqa: S608
        " FROM events LIMIT 1 OFFSET :place",
        id=id.replace("-", "") if of_text == ":id" else id,
        place=chance.randrange(LENGTH),
    )
    return {LogFaultKind.OUTSIDE}, {0}


def put_in_with_a_link(connection: Connection, chance: random.Random) -> Found:
    """Into the middle: all that comes after gets the next number."""
    number = chance.randint(1, LENGTH)
    put_in(connection, chance)
    do(connection, "UPDATE event_links SET number = -number WHERE number >= :number", number=number)
    do(connection, "UPDATE event_links SET number = 1 - number WHERE number < 0")
    do(
        connection,
        "INSERT INTO event_links (number, event_id, hash) SELECT CAST(:number AS integer), id,"
        " (SELECT hash FROM event_links ORDER BY number LIMIT 1 OFFSET :place)"
        " FROM events WHERE id NOT IN (SELECT event_id FROM event_links)",
        number=number,
        place=chance.randrange(LENGTH),
    )
    return set(LogFaultKind), set(range(number, LENGTH + 2))


def change_places(connection: Connection, chance: random.Random) -> Found:
    one, other = chance.sample(range(1, LENGTH + 1), 2)
    if chance.random() < 0.5:  # the numbers of two links
        for was, becomes in ((one, -1), (other, one), (-1, other)):
            do(
                connection,
                "UPDATE event_links SET number = :becomes WHERE number = :was",
                was=was,
                becomes=becomes,
            )
    else:  # the events of two links
        links = connection.execute(text("SELECT number, event_id FROM event_links"))
        events = {row[0]: row[1] for row in links}
        nobody = UUID(int=0) if connection.dialect.name == "postgresql" else "0" * 32
        for number, event in ((one, nobody), (other, events[one]), (one, events[other])):
            do(
                connection,
                "UPDATE event_links SET event_id = :event WHERE number = :number",
                event=event,
                number=number,
            )
    # A link that was moved took its hash along: the one after it fits no longer either.
    kinds = {LogFaultKind.CHANGED, LogFaultKind.LINK_CHANGED, LogFaultKind.OTHER_HEAD}
    return kinds, {one, one + 1, other, other + 1}


def make_all_anew(connection: Connection, chance: random.Random) -> Found:
    """Change an event, and then compute the whole chain again: only a head that was kept tells."""
    change(connection, chance)
    hash = BEFORE_THE_FIRST
    for link in list(read_links(connection)):
        assert link.values is not None
        hash = hash_after(hash, event_text(link.number, link.values))
        do(
            connection,
            "UPDATE event_links SET hash = :hash WHERE number = :number",
            hash=hash,
            number=link.number,
        )
    return {LogFaultKind.OTHER_HEAD}, {LENGTH}


WAYS: tuple[Way, ...] = (
    change, change, change_a_link, take_away_the_event, take_away_both, take_away_the_link, cut_off_the_end,
    put_in, put_in_with_a_link, change_places,
)  # fmt: skip
