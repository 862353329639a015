"""A server with one case, three devices of two inspectors, and everything they do to it, in a test's hands.

The services are the real ones, on a real database. Each request has a session of its own, and commits or is
undone as a whole; all of it is undone when a sequence ends, so that the next begins from the same rows.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from tests.builders import NOW, acting, make_inspection, make_user
from tests.handhelds import Handheld, as_sent
from tillsyn.inspect.outside.database import _begin_sqlite
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services import receive_ops
from tillsyn.inspect.services.enrol_device import enrol_device
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.hold_interview import find_interview, start_interview
from tillsyn.inspect.services.list_changes import Changes, list_changes
from tillsyn.inspect.services.receive_ops import Received
from tillsyn.inspect.services.save_statement import StatementValues, save_statement, values_of
from tillsyn.inspect.services.take_in_arrivals import take_in_arrivals
from tillsyn.models.devices import Device, KeyWay
from tillsyn.models.field import FieldHead, FieldOp, QuarantinedOp
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.sealed import opened
from tillsyn.models.vocabulary import Informant, Role, State, TeamRole

_LOG = select(FieldOp.id, FieldOp.server_seq, FieldOp.content_sealed)
_APART = select(QuarantinedOp.id, QuarantinedOp.content_sealed)
_HEADS = select(FieldHead.doc_id, FieldHead.field, FieldHead.op_id)
CLOCKS = (timedelta(0), timedelta(hours=-3), timedelta(days=400))


def in_memory(migrated: str) -> Engine:
    """A database in memory with the tables of the SQLite file `migrated`."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_sqlite)
    copied = engine.raw_connection()
    with sqlite3.connect(migrated) as source:
        source.backup(copied.driver_connection)  # type: ignore[arg-type]
    source.close()
    copied.close()
    return engine


def _prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


@dataclass(frozen=True, slots=True)
class Op:
    """An operation of the log, as a test looks at it."""

    said: dict[str, Any]
    server_seq: int


class World:
    """`talk` and `statement` were written on pages; `children` live there. Time goes a second per request.

    The connection is in a transaction, which nobody commits.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.now = NOW
        with self.request() as db:
            people = [make_user(db, Role.INSPECTOR) for _ in range(2)]
            parts = {TeamRole.INSPECTOR: people[0], TeamRole.CO_INSPECTOR: people[1]}
            inspection = make_inspection(db, team=parts, children=2)
            self.actors: list[Actor] = [acting(person) for person in people]
            self.dnr, self.inspection_id = inspection.dnr, inspection.id
            self.children = [one.id for one in inspection.residents]
            self.whose = [self.actors[0], self.actors[0], self.actors[1]]
            self.devices: list[UUID] = []
            for actor in self.whose:
                device, _ = enrol_device(
                    db, actor=actor, name="Platta", key_way=KeyWay.PRF, client="1", now=self.now
                )
                self.devices.append(device.id)
            talk = start_interview(
                db, actor=self.actors[0], inspection=inspection, informant=Informant.CHILD, guide="child_6_12",
                resident_id=self.children[0], now=self.now,
            )  # fmt: skip
            self.talk, self.statement = talk.id, UUID(int=talk.id.int ^ 1)
            self._save(db, StatementValues(text="Sagt på en sida"), self.actors[0])

    @contextmanager
    def sequence(self) -> Iterator["World"]:
        """From the same rows as every other sequence; what it does is undone."""
        self.now = NOW
        with self.connection.begin_nested() as savepoint:
            yield self
            savepoint.rollback()

    @contextmanager
    def request(self, *, kept: bool = True) -> Iterator[Session]:
        """One request. Not `kept`: something failed before its commit."""
        self.now += timedelta(seconds=1)
        with Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as db:
            yield db
            if kept:
                db.commit()
            else:
                db.rollback()

    def handhelds(self) -> list[Handheld]:
        """The devices, as they are when the case has been taken along."""
        return [
            Handheld(device_id, actor.user_id, self.inspection_id, clock=clock)
            for device_id, actor, clock in zip(self.devices, self.whose, CLOCKS, strict=True)
        ]

    def send(
        self,
        which: int,
        handheld: Handheld,
        ops: Sequence[object],
        *,
        kept: bool = True,
        busy: bool = False,
    ) -> Received:
        """`busy`: the server has much to do, and what is sent may wait to be taken in."""
        with self.request(kept=kept) as db:
            device = db.get(Device, self.devices[which])
            assert device is not None
            return receive_ops.receive_ops(
                db,
                device=device,
                actor=self.whose[which],
                ops=[as_sent(op) if isinstance(op, dict) else op for op in ops],
                device_time=self.now + handheld.clock,
                now=self.now,
                announced_seq=handheld.seq,
                unsent=len(handheld.unsent()),
                may_wait=busy,
            )

    def fetch(self, which: int, after: int, limit: int = 500, *, busy: bool = False) -> Changes:
        """`busy`: the server gives what is in the log, and takes nothing into it first."""
        with self.request() as db:
            inspection = find_inspection(db, self.dnr)
            return list_changes(
                db, actor=self.whose[which], inspection=inspection, after=after, now=self.now, limit=limit,
                as_it_stands=busy,
            )  # fmt: skip

    def edit_page(self, text: str, who: int) -> None:
        """Somebody changes the statement on a page."""
        with self.request() as db:
            take_in_arrivals(db, dnr=self.dnr, now=self.now)
            standing = db.get(Statement, self.statement)
            assert standing is not None
            values = StatementValues(**{**_as_dict(values_of(standing)), "text": text})
            self._save(db, values, self.actors[who], standing.version)

    def _save(self, db: Session, values: StatementValues, actor: Actor, version: int = 0) -> None:
        inspection = find_inspection(db, self.dnr)
        save_statement(
            db, actor=actor, inspection=inspection, source=find_interview(db, inspection, self.talk),
            statement_id=self.statement, version=version, values=values, now=self.now,
        )  # fmt: skip

    def move_case(self, state: State) -> None:
        """The case goes on, or is returned."""
        with self.request() as db:
            inspection = db.get(Inspection, self.inspection_id)
            assert inspection is not None
            inspection.state = state

    def log(self) -> dict[str, Op]:
        """The whole log by id. Fails when something is in it twice."""
        rows = self.connection.execute(_LOG).all()
        found = {
            str(id): Op(json.loads(opened("field_ops", "content_sealed", id, sealed)), server_seq)
            for id, server_seq, sealed in rows
        }
        assert len({op.server_seq for op in found.values()}) == len(rows)
        return found

    def quarantine(self) -> Counter[str]:
        """What is in quarantine, as canonical text."""
        rows = self.connection.execute(_APART)
        return Counter(opened("quarantined_ops", "content_sealed", id, sealed) for id, sealed in rows)

    def heads(self) -> dict[tuple[str, str], set[str]]:
        """The heads of each field, as the server keeps them."""
        found: dict[tuple[str, str], set[str]] = {}
        for doc_id, name, op_id in self.connection.execute(_HEADS):
            found.setdefault((str(doc_id), name), set()).add(str(op_id))
        return found


def _as_dict(values: StatementValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in StatementValues.__dataclass_fields__}
