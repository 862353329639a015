"""A batch as a device sends it when nothing is amiss: one row of its own operations, of one case.

Such a batch can be kept as it came, in one piece, and be taken into the log a little later, in its turn: all
that can be said against one of its operations without asking the log has been asked. Hundreds of operations
come at once, so each thing is asked of all of them together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson

from ...models.field import OpKind
from .field_documents import DOCUMENTS, ID, TIME, check_id
from .field_judging import Sent
from .field_ops import KEYS, LONGEST_VERSION, YEARS, ZONE, as_id, is_seq, parents_of, plain_op

_COLUMNS = itemgetter(
    "seq", "device_id", "author", "inspection_id", "op_id", "doc_id", "client_time", "tz", "guide_version",
    "doc_kind", "field", "kind", "parents", "value",
)  # fmt: skip
_IDS = re.compile(rf"(?:{ID.strip('^$')}\n)*", re.ASCII)
_TIMES = re.compile(rf"(?:{TIME.strip('^$')}\n)*", re.ASCII)
_LENGTH_OF_ID, _LENGTH_OF_TIME = 36, 24
_TEXTS = slice(1, 12)


@dataclass(frozen=True, slots=True)
class PlainBatch:
    """The numbers `first` … `last`, without holes, of one device in one case. `text` is the JSON of the list
    in UTF-8; `op_ids` in the order of their numbers, each once."""

    inspection_id: UUID
    first: int
    last: int
    op_ids: tuple[str, ...]
    text: bytes


def plain_batch(ops: Sequence[Any], *, device_id: UUID, author: UUID) -> PlainBatch | None:
    """The batch that `ops`, decoded JSON, is; None when anything in it asks for a closer look."""
    columns = _columns(ops)
    if columns is None:
        return None
    seqs, devices, authors, cases, op_ids, doc_ids, times, zones, versions, *what, parents, values = columns
    case = as_id(cases[0])
    first, last = seqs[0], seqs[0] + len(ops) - 1
    if (
        case is None
        or not (is_seq(first) and is_seq(last))
        or seqs != tuple(range(first, last + 1))
        or (set(devices), set(authors), set(cases)) != ({str(device_id)}, {str(author)}, {cases[0]})
        or not (_are(_IDS, _LENGTH_OF_ID, op_ids) and _are(_IDS, _LENGTH_OF_ID, doc_ids))
        or len(set(op_ids)) < len(ops)
        or not _are_times(times)
        or not all(map(ZONE.fullmatch, set(zones)))
        or max(map(len, versions)) > LONGEST_VERSION
        or not all(map(_are_parents, filter(None, parents)))
        or not _fit(case, tuple(zip(*what, strict=True)), doc_ids, values)
    ):
        return None
    try:
        text = orjson.dumps(ops)
    except TypeError:  # half a character
        return None
    return PlainBatch(case, first, last, op_ids, text)


def read_plain(text: str | bytes) -> list[Sent]:
    """The operations of `PlainBatch.text`, as `read_sent` would give them."""
    some: list[dict[str, Any]] = orjson.loads(text)
    return [
        Sent(raw["op_id"], op.text, op, None, op.seq, op.inspection_id)
        for raw, op in ((raw, plain_op(raw)) for raw in some)
    ]


def _columns(ops: Sequence[Any]) -> tuple[tuple[Any, ...], ...] | None:
    """What each key has in all of them; None unless each has these keys, and texts are texts."""
    if set(map(type, ops)) != {dict} or set(map(len, ops)) != {len(KEYS)}:
        return None
    try:
        columns = tuple(zip(*map(_COLUMNS, ops), strict=True))
    except KeyError:
        return None
    seqs, parents = columns[0], columns[-2]
    if set(map(type, seqs)) != {int} or set(map(type, parents)) != {list}:
        return None
    return columns if all(set(map(type, some)) == {str} for some in columns[_TEXTS]) else None


def _are(pattern: re.Pattern[str], length: int, some: Sequence[str]) -> bool:
    return set(map(len, some)) == {length} and pattern.fullmatch("\n".join(some) + "\n") is not None


def _are_times(some: Sequence[str]) -> bool:
    if not _are(_TIMES, _LENGTH_OF_TIME, some):
        return False
    try:
        return all(datetime.fromisoformat(one).year in YEARS for one in set(some))
    except ValueError:
        return False


def _are_parents(some: list[Any]) -> bool:
    try:
        parents_of(some)
    except ValueError:
        return False
    return True


def _fit(
    case: UUID, what: Sequence[tuple[str, str, str]], doc_ids: Sequence[str], values: Sequence[object]
) -> bool:
    """Do the values fit their fields, and are documents whose id follows from something else named by it?

    `what`: kind of document, field, kind of operation.
    """
    of_field: dict[tuple[str, str, str], list[object]] = {}
    for one, value in zip(what, values, strict=True):
        of_field.setdefault(one, []).append(value)
    for (doc_kind, name, doing), some in of_field.items():
        known = DOCUMENTS.get(doc_kind, {}).get(name)
        if known is None or doing not in known.kinds:
            return False
        if doing == OpKind.RETRACT:
            if any(value is not None for value in some):
                return False
        elif not all(map(known.shape.fits, some)):
            return False
    return all(
        _names_its_document(case, one, doc_id, value)
        for one, doc_id, value in zip(what, doc_ids, values, strict=True)
        if one[0] in ("visit", "check")
    )


def _names_its_document(case: UUID, what: tuple[str, str, str], doc_id: str, value: Any) -> bool:
    doc_kind, name, doing = what
    if doc_kind == "visit":
        return doc_id == str(case)
    return name != "requirement" or doing == OpKind.RETRACT or doc_id == str(check_id(case, value))
