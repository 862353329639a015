"""The log is a chain: nothing committed is outside it, and whatever is done to it afterwards is found."""

import random
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.builders import make_inspection
from tests.tampering import LENGTH, WAYS, Way, make_all_anew
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import begin_writing, make_engine, session_factory
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.verify_log import VerifiedLog, log_head, verify_log
from tillsyn.inspect.settings import Settings
from tillsyn.models.append_only import REFUSAL, lift_guard
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.log_chain import ChainLink, LogHead, write_events
from tillsyn.models.sealed import install_cipher

NOW = datetime(2026, 11, 22, 21, 46, 54, 123456, tzinfo=UTC)
TAMPERINGS = 1000


def happen(db: Session, number: int, kind: EventKind = EventKind.SIGNED_IN) -> None:
    db.add(Event(at=NOW + timedelta(minutes=number), kind=kind, details={"why": "å", "number": number}))


@pytest.fixture
def engine(own_database_url: str, test_settings: Settings) -> Iterator[Engine]:
    install_cipher(DataCipher(test_settings.data_key))
    made = make_engine(own_database_url)
    yield made
    made.dispose()


def verified(engine: Engine, *heads: LogHead) -> VerifiedLog:
    with engine.connect() as connection:
        return verify_log(connection, heads)


def test_what_is_committed_is_chained_and_what_is_undone_leaves_no_gap(engine: Engine) -> None:
    with session_factory(engine)() as db:
        begin_writing(db)
        happen(db, 1)
        db.flush()
        with db.begin_nested() as undone:
            happen(db, 2)
            db.flush()
            undone.rollback()
        row = {"at": NOW, "kind": EventKind.LOG_READ, "actor_id": None, "inspection_id": None, "details": {}}
        write_events(db, [row, row])
        db.commit()
        happen(db, 3)
        db.flush()
        db.rollback()
        begin_writing(db)
        happen(db, 4)
        db.commit()
        assert db.scalars(select(ChainLink.number).order_by(ChainLink.number)).all() == [1, 2, 3, 4]
        assert len(db.scalars(select(Event.id)).all()) == 4
    assert (verified(engine).events, verified(engine).faults) == (4, ())


def test_the_database_itself_refuses_to_change_or_take_away(engine: Engine) -> None:
    with session_factory(engine)() as db:
        happen(db, 1)
        db.commit()
    statements = [
        "UPDATE events SET kind = 'signed_out'",
        "DELETE FROM events",
        "UPDATE event_links SET number = 7",
        "DELETE FROM event_links",
    ]
    if engine.dialect.name == "sqlite":
        statements += [
            "INSERT OR REPLACE INTO events SELECT * FROM events",
            "INSERT OR REPLACE INTO event_links SELECT * FROM event_links",
        ]
    else:
        statements += ["TRUNCATE events CASCADE", "TRUNCATE event_links"]
    for statement in statements:
        with pytest.raises(DBAPIError, match=REFUSAL), engine.begin() as connection:
            connection.execute(text(statement))
    assert (verified(engine).events, verified(engine).faults) == (1, ())


def test_writers_at_the_same_time_make_one_chain_and_none_waits_for_the_work_of_another(
    engine: Engine, backend: str
) -> None:
    def write(first: int) -> None:
        with session_factory(engine)() as db:
            for number in range(first, first + 15):
                begin_writing(db)
                happen(db, number)
                db.flush()
                happen(db, number)
                db.commit()

    writers = [threading.Thread(target=write, args=(100 * one,)) for one in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert (verified(engine).events, verified(engine).faults) == (120, ())
    if backend == "postgresql":
        with session_factory(engine)() as slow, session_factory(engine)() as quick:
            happen(slow, 900)
            slow.flush()
            happen(quick, 901)
            quick.commit()  # does not wait for the other, which has recorded and not ended
            slow.commit()
        assert verified(engine).faults == ()


def test_a_log_that_was_there_before_the_chain_is_chained_by_its_time(engine: Engine) -> None:
    with session_factory(engine)() as db:
        case = make_inspection(db)
        for number in (3, 1, 2):
            happen(db, number)
        db.add(
            Event(at=NOW, kind=EventKind.INSPECTION_READ, inspection_id=case.id, details={"page": "talks"})
        )
        db.commit()
        there = len(db.scalars(select(Event.id)).all())
    engine.dispose()
    address = engine.url.render_as_string(hide_password=False)
    command.downgrade(configuration(address), "0023")
    command.upgrade(configuration(address), "head")
    assert (verified(engine).events, verified(engine).faults) == (there, ())
    with engine.connect() as connection:
        times = select(Event.at).join(ChainLink, ChainLink.event_id == Event.id).order_by(ChainLink.number)
        chained = connection.scalars(times).all()
    assert chained == sorted(chained)
    with pytest.raises(DBAPIError, match=REFUSAL), engine.begin() as connection:
        connection.execute(text("DELETE FROM events"))


def written(engine: Engine, events: int) -> LogHead:
    with session_factory(engine)() as db:
        for number in range(events):
            happen(db, number, list(EventKind)[number])
            if number % 3 == 0:
                db.commit()
                begin_writing(db)
        db.commit()
    with engine.connect() as connection:
        head = log_head(connection, now=NOW)
    assert head is not None and head.number == events
    return head


def told_of(connection: Connection, way: Way, chance: random.Random, head: LogHead) -> str:
    """What was not found as it should; "" when it was."""
    kinds, places = way(connection, chance)
    found = verify_log(connection, [head]).faults
    wrong = [one for one in found if one.kind not in kinds or one.number not in places]
    if not found:
        return "was not found"
    told = {one.number for one in found} & places
    return f"was told of elsewhere: {', '.join(map(str, wrong))}" if wrong or not told else ""


def test_a_thousand_random_tamperings_are_each_found_and_told_where(
    own_database_url: str, backend: str, tmp_path: Path
) -> None:
    """On SQLite, where a copy in memory costs nothing; on PostgreSQL each way once, rolled back."""
    engine = make_engine(own_database_url)
    head = written(engine, LENGTH)
    missed = []
    if backend == "sqlite":
        with engine.begin() as connection:
            lift_guard(connection)
        engine.dispose()
        with sqlite3.connect(own_database_url.removeprefix("sqlite:///")) as source:
            source.execute("PRAGMA journal_mode = DELETE")  # a copy in memory has no file beside it
            content = source.serialize()
        memory = create_engine("sqlite://")
        with memory.connect() as connection:
            plain = connection.connection.dbapi_connection
            assert isinstance(plain, sqlite3.Connection)
            for seed in range(TAMPERINGS):
                plain.deserialize(content)
                chance = random.Random(seed)  # noqa: S311 - the same ways each time
                way = WAYS[seed % len(WAYS)] if seed % 50 else make_all_anew
                fault = told_of(connection, way, chance, head)
                missed += [f"{seed} {way.__name__} {fault}"] if fault else []
                connection.rollback()
        memory.dispose()
    else:
        for seed, way in enumerate({*WAYS, make_all_anew}):
            with engine.connect() as connection:
                connection.execute(text("SET session_replication_role = replica"))
                chance = random.Random(seed)  # noqa: S311 - the same ways each time
                fault = told_of(connection, way, chance, head)
                missed += [f"{seed} {way.__name__} {fault}"] if fault else []
                connection.rollback()
    engine.dispose()
    assert not missed


def test_an_untouched_log_is_whole_beside_every_head_that_was_kept(engine: Engine) -> None:
    heads = []
    for _time in range(4):
        with session_factory(engine)() as db:
            happen(db, 1)
            db.commit()
        with engine.connect() as connection:
            head = log_head(connection, now=NOW)
        assert head is not None
        heads.append(head)
    assert verified(engine, *heads).faults == ()
    assert verified(engine, *heads).head == (4, heads[-1].hash)
