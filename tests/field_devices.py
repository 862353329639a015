"""A device as the tests play it: it writes, sees heads, and sends to the real server code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.keep_ops import stamp
from tillsyn.inspect.services.receive_ops import Received, receive_ops
from tillsyn.models.base import new_id
from tillsyn.models.devices import Device, KeyWay
from tillsyn.models.field import FieldHead
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


@dataclass
class PlayedDevice:
    """`ahead`: how much its clock is before ours. `known`: the heads it has seen, by document and field."""

    db: Session
    user: User
    case: Inspection
    ahead: timedelta = timedelta(0)
    seq: int = 0
    unsent: list[dict[str, Any]] = field(default_factory=list)
    known: dict[tuple[UUID, str], set[str]] = field(default_factory=dict)
    row: Device = field(init=False)

    def __post_init__(self) -> None:
        self.row = Device(
            user_id=self.user.id,
            name="Surfplatta",
            token_hash=bytes(16) + new_id().bytes,
            key_way=KeyWay.PASSPHRASE,
            client="1",
            enrolled_at=NOW,
            last_seen_at=NOW,
        )
        self.db.add(self.row)
        self.db.flush()

    @property
    def actor(self) -> Actor:
        return acting(self.user)

    def write(
        self,
        kind: str,
        doc_id: UUID,
        name: str,
        value: Any,
        *,
        at: datetime = NOW,
        op: str = "set",
        parents: list[str] | None = None,
        guide_version: str = "",
    ) -> str:
        """Write one field; `at` by our clock. The id of the operation."""
        key = (doc_id, name)
        seen = sorted(self.known.get(key, ())) if parents is None else sorted(parents)
        self.seq += 1
        op_id = str(new_id())
        self.unsent.append(
            {
                "op_id": op_id,
                "device_id": str(self.row.id),
                "seq": self.seq,
                "inspection_id": str(self.case.id),
                "doc_kind": kind,
                "doc_id": str(doc_id),
                "field": name,
                "kind": op,
                "parents": [] if op == "add" else seen,
                "value": value,
                "client_time": stamp(at + self.ahead),
                "tz": "Europe/Stockholm",
                "author": str(self.user.id),
                "guide_version": guide_version,
            }
        )
        if op != "add":
            self.known[key] = {op_id}
        return op_id

    def time(self, at: datetime) -> str:
        """A moment as it stands in a value: by our clock, as far as the device knows it."""
        return stamp(at)

    def talk(
        self, informant: str, at: datetime, *, resident: UUID | None = None, guide: str = "staff"
    ) -> UUID:
        talk = new_id()
        start = {
            "informant": informant,
            "resident": str(resident) if resident else None,
            "person": "",
            "guide": guide,
            "started_at": self.time(at),
        }
        self.write("talk", talk, "start", start, at=at)
        return talk

    def say(self, talk: UUID, text: str, *, at: datetime = NOW, **more: Any) -> UUID:
        statement = new_id()
        self.write("statement", statement, "source", {"talk": str(talk), "position": 0}, at=at)
        self.write("statement", statement, "text", text, at=at)
        for name, value in more.items():
            self.write("statement", statement, name, value, at=at)
        return statement

    def send(self, now: datetime = NOW, most: int = 200, *, busy: bool = False) -> Received:
        """Send what is unsent, in the order it was written; to a server that is `busy` it may wait."""
        batch, self.unsent = self.unsent[:most], self.unsent[most:]
        answer = receive_ops(
            self.db,
            device=self.row,
            actor=self.actor,
            ops=batch,
            device_time=now + self.ahead,
            now=now,
            may_wait=busy,
        )
        self.db.flush()
        return answer

    def fetch(self) -> None:
        """See every head that the server has, beside what is unsent here."""
        mine = {op["op_id"] for op in self.unsent}
        heads: dict[tuple[UUID, str], set[str]] = {}
        for head in self.db.scalars(select(FieldHead).where(FieldHead.inspection_id == self.case.id)):
            heads.setdefault((head.doc_id, head.field), set()).add(str(head.op_id))
        for key, seen in heads.items():
            if not self.known.get(key, set()) & mine:
                self.known[key] = seen


def anew(db: Session, case: Inspection) -> Inspection:
    """The case as the next request loads it."""
    db.flush()
    db.expire_all()
    return find_inspection(db, case.dnr)
