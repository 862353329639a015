"""One operation from the field: its canonical JSON and SHA-256, its shape, and which heads it leaves.

The protocol in words: docs/field-protocol.md. The field app counts the same (static/field/canonical.js); both
are held by tests/vectors/canonical.json.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from ...models.field import MOST_SEQ, OpKind, Refusal
from .field_documents import ID, TIME, check_id, value_fault

KEYS: Final = frozenset(
    {
        "op_id", "device_id", "seq", "inspection_id", "doc_kind", "doc_id", "field", "kind", "parents",
        "value", "client_time", "tz", "author", "guide_version",
    }
)  # fmt: skip
"""All keys are always there."""

SERVER: Final = UUID(int=0)
"""The `device_id` of what the server wrote itself; its `seq` is 0."""

MOST_PARENTS: Final = 100
MOST_INTEGER: Final = 2**53 - 1
DEEPEST: Final = 20
LONGEST_VERSION: Final = 40
YEARS: Final = range(1900, 2300)
"""A clock that was never set says 1970; what lies outside these years no clock says."""

_ID = re.compile(ID.strip("^$"), re.ASCII)
_TIME = re.compile(TIME.strip("^$"), re.ASCII)
ZONE: Final = re.compile(r"[A-Za-z0-9_+\-/]{1,64}", re.ASCII)
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class NotCanonical(ValueError):
    """A value that has no canonical JSON: a fraction, half a character, a number past 2**53, too deep."""


class Refused(Exception):
    """An operation that cannot be taken into the log, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Op:
    """One well-formed operation; `text` is its canonical JSON."""

    op_id: UUID
    device_id: UUID
    seq: int
    inspection_id: UUID
    doc_kind: str
    doc_id: UUID
    field: str
    kind: OpKind
    parents: tuple[UUID, ...]
    value: Any
    client_time: datetime
    author: UUID
    text: str


def canonical_json(value: object) -> str:
    """The one text of `value`: keys sorted, no spaces, whole numbers only, UTF-8 unescaped.

    Raises NotCanonical for what has none.
    """
    _only_whole(value, DEEPEST)
    text = _encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("half a character") from None
    return text


def sha256_of(text: str) -> str:
    """SHA-256 of a canonical text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_op(raw: object) -> Op:
    """The operation that `raw`, decoded JSON, is. Raises Refused: SHAPE, SEQ, VALUE or DOCUMENT.

    What it says of devices, people, cases and parents is not compared with anything here.
    """
    if not isinstance(raw, dict) or raw.keys() != KEYS:
        raise Refused(Refusal.SHAPE)
    if not is_seq(raw["seq"]):
        raise Refused(Refusal.SEQ)
    try:
        text = canonical_json(raw)
        op = Op(
            op_id=_id(raw["op_id"]),
            device_id=_id(raw["device_id"]),
            seq=raw["seq"],
            inspection_id=_id(raw["inspection_id"]),
            doc_kind=_text(raw["doc_kind"]),
            doc_id=_id(raw["doc_id"]),
            field=_text(raw["field"]),
            kind=OpKind(raw["kind"]),
            parents=parents_of(raw["parents"]),
            value=raw["value"],
            client_time=_time(raw["client_time"]),
            author=_id(raw["author"]),
            text=text,
        )
    except ValueError:
        raise Refused(Refusal.SHAPE) from None
    if (
        not ZONE.fullmatch(_text_or_none(raw["tz"]))
        or len(_text_or_none(raw["guide_version"])) > LONGEST_VERSION
    ):
        raise Refused(Refusal.SHAPE)
    if value_fault(op.doc_kind, op.field, op.kind.value, op.value) is not None:
        raise Refused(Refusal.VALUE)
    if not _names_its_document(op):
        raise Refused(Refusal.DOCUMENT)
    return op


def plain_op(raw: Mapping[str, Any]) -> Op:
    """The operation that `raw` is, of which it is known that it is one (rules/field_arrivals.py)."""
    return Op(
        op_id=UUID(raw["op_id"]),
        device_id=UUID(raw["device_id"]),
        seq=raw["seq"],
        inspection_id=UUID(raw["inspection_id"]),
        doc_kind=raw["doc_kind"],
        doc_id=UUID(raw["doc_id"]),
        field=raw["field"],
        kind=OpKind(raw["kind"]),
        parents=tuple(map(UUID, raw["parents"])),
        value=raw["value"],
        client_time=datetime.fromisoformat(raw["client_time"]),
        author=UUID(raw["author"]),
        text=orjson.dumps(raw, option=orjson.OPT_SORT_KEYS).decode(),
    )


def is_seq(seq: object) -> bool:
    """Can it be the number of an operation: 1 … 2**53 - 1?"""
    return isinstance(seq, int) and not isinstance(seq, bool) and 1 <= seq <= MOST_SEQ


def as_id(value: object) -> UUID | None:
    """The id that `value` is, if it is one as operations write them."""
    return UUID(value) if isinstance(value, str) and _ID.fullmatch(value) else None


def said_id(raw: object) -> str:
    """The identity that whatever came gives itself, if it is one that can be kept: 100 plain characters."""
    said = raw.get("op_id") if isinstance(raw, dict) else None
    return (
        said if isinstance(said, str) and len(said) <= 100 and said.isascii() and said.isprintable() else ""
    )


def whole_text(raw: object) -> str:
    """Whatever came as JSON, so that all of it can be kept even when it is no operation."""
    return json.dumps(raw, sort_keys=True, separators=(",", ":"))


def heads_after(heads: Collection[UUID], op_id: UUID, parents: Iterable[UUID]) -> frozenset[UUID]:
    """The heads of a field when an operation has been taken in: its parents are heads no more."""
    return frozenset(heads) - frozenset(parents) | {op_id}


def is_conflict(heads: Collection[Mapping[str, Any]]) -> bool:
    """Must a person choose between these heads of one field (operations as JSON)?

    Not between what stands side by side (`add`), nor between equals: two who wrote the same agree.
    """
    values = {canonical_json(op["value"]) for op in heads if op["kind"] != OpKind.ADD}
    return len(values) > 1


def _names_its_document(op: Op) -> bool:
    """Of documents whose id follows from something else, the id must follow from it."""
    if op.doc_kind == "visit":
        return op.doc_id == op.inspection_id
    if op.doc_kind == "check" and op.field == "requirement":
        return op.kind is OpKind.RETRACT or op.doc_id == check_id(op.inspection_id, op.value)
    return True


def _only_whole(value: object, depth: int) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -MOST_INTEGER <= value <= MOST_INTEGER:
            raise NotCanonical("a number past 2**53")
        return
    if depth == 0:
        raise NotCanonical("too deep")
    if isinstance(value, list):
        for one in value:
            _only_whole(one, depth - 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            if not isinstance(name, str):
                raise NotCanonical("a name that is no text")
            _only_whole(one, depth - 1)
    else:
        raise NotCanonical(f"no canonical form of {type(value).__name__}")


def _id(value: object) -> UUID:
    id = as_id(value)
    if id is None:
        raise ValueError("no identity")
    return id


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _text_or_none(value: object) -> str:
    if not isinstance(value, str):
        raise Refused(Refusal.SHAPE)
    return value


def parents_of(value: object) -> tuple[UUID, ...]:
    """The operations that `value` names as those written over. Raises ValueError: sorted, each once."""
    if not isinstance(value, list) or len(value) > MOST_PARENTS:
        raise ValueError("no parents")
    parents = tuple(_id(one) for one in value)
    if list(parents) != sorted(set(parents)):
        raise ValueError("parents are sorted, each once")
    return parents


def _time(value: object) -> datetime:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("no time")
    time = datetime.fromisoformat(value)
    if time.year not in YEARS:
        raise ValueError("no time of a clock")
    return time
