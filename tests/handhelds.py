"""Devices in memory, for tests: what the field app does with operations, without a browser, store or keys.

Each writes with every head it can see as parents, numbers what it writes, sends from the first that nobody
has acknowledged, and fetches what others wrote.
"""

import copy
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tillsyn.models.base import new_id

JSON = dict[str, Any]


@dataclass
class Handheld:
    """One device of one person in one case."""

    device_id: UUID
    author: UUID
    inspection_id: UUID
    clock: timedelta = timedelta(0)
    """How far ahead of ours its clock is."""
    seq: int = 0
    acked: int = 0
    after: int = 0
    outbox: dict[int, JSON] = field(default_factory=dict)
    """What it has written, by number; also what has been acknowledged."""
    known: dict[str, JSON] = field(default_factory=dict)
    """Every operation that it has seen, its own among them."""
    heads: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each document."""

    def write(
        self,
        doc_kind: str,
        doc_id: UUID,
        name: str,
        value: Any,
        now: datetime,
        kind: str = "set",
        **more: Any,
    ) -> JSON:
        """Write a value over everything that can be seen in the field."""
        self.seq += 1
        parents = [] if kind == "add" else sorted(self.heads.get((str(doc_id), name), ()))
        op = {
            "op_id": str(new_id()),
            "device_id": str(self.device_id),
            "seq": self.seq,
            "inspection_id": str(self.inspection_id),
            "doc_kind": doc_kind,
            "doc_id": str(doc_id),
            "field": name,
            "kind": kind,
            "parents": parents,
            "value": value,
            "client_time": moment(now + self.clock),
            "tz": "Europe/Stockholm",
            "author": str(self.author),
            "guide_version": "",
        } | more
        self.outbox[self.seq] = op
        self.see(op)
        return op

    def see(self, op: JSON) -> None:
        """Take in an operation, once, in whatever order they come."""
        if op["op_id"] in self.known:
            return
        self.known[op["op_id"]] = op
        self.kinds[op["doc_id"]] = op["doc_kind"]
        heads = self.heads.setdefault((op["doc_id"], op["field"]), set())
        heads.difference_update(op["parents"])
        self.superseded.update(op["parents"])
        if op["op_id"] not in self.superseded:
            heads.add(op["op_id"])

    def unsent(self) -> list[JSON]:
        return [op for seq, op in sorted(self.outbox.items()) if seq > self.acked]

    def several(self) -> list[tuple[str, str]]:
        """The fields in which it sees several values to choose between."""
        return sorted(key for key, heads in self.heads.items() if len(heads) > 1 and key[1] != "override")

    def hear(self, acked_seq: int) -> None:
        """An answer came."""
        self.acked = acked_seq

    def clone(self) -> "Handheld":
        """The same device once more, as a copied profile is."""
        return copy.deepcopy(self)

    def receipt(self, passed_over: Iterable[int] = ()) -> str:
        """What the server's receipt must be for what has been acknowledged."""
        gone = set(passed_over)
        ids = [
            op["op_id"] for seq, op in sorted(self.outbox.items()) if seq <= self.acked and seq not in gone
        ]
        return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_sent(op: JSON) -> JSON:
    """The same through JSON, as the server gets it."""
    decoded: JSON = json.loads(json.dumps(op))
    return decoded
