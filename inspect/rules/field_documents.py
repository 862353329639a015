"""What a device can record: kinds of documents, their fields, and the shape of each field's value.

The only place that knows it. The API's OpenAPI document and the checks of the field app are tested against
this table. A value of another shape is refused as malformed; whether a well-formed value can stand is for
the use cases to say, and what they refuse is held with its reason, never lost.

A time in a value is UTC with milliseconds and `Z`, by the server's clock as far as the device knows it. When
a talk began and ended is taken from `client_time` of the op, which is written in that moment by the device's
own clock, corrected by the difference that the server measures when the op comes in; from the value only when
there is no such measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from ...models.vocabulary import (
    CheckResult,
    ChildOutcome,
    EvidenceKind,
    Informant,
    ReportedTo,
    StatementStatus,
    Wish,
)
from .json_shapes import Check, check_of

LONGEST_TEXT = 200_000
"""Characters. A use case takes fewer and says so; what is longer than this no person has written."""

MOST_BYTES = 2**40
TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"
ID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
SHA256 = r"^[0-9a-f]{64}$"


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape as JSON Schema (2020-12): `schema` is the whole of what is asked of a value."""

    schema: Mapping[str, Any]
    fits: Check = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fits", check_of(self.schema, longest_text=LONGEST_TEXT))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document. `default` is its value while no op has set it.

    `many`: each op adds one of its own (kind `add`), which no other replaces; else ops `set` one value.
    """

    shape: Shape
    default: Any = None
    many: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset({"add"}) if self.many else frozenset({"set", "retract", "resolve"})


def _text(longest: int = LONGEST_TEXT) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _one_of(kind: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [member.value for member in kind]}


def _number(most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(optional: Mapping[str, Any] | None = None, /, **required: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": sorted(required),
        "additionalProperties": False,
    }


BOOL: dict[str, Any] = {"type": "boolean"}
AN_ID: dict[str, Any] = {"type": "string", "pattern": ID}
A_TIME: dict[str, Any] = {"type": "string", "pattern": TIME, "format": "date-time"}
INTERRUPTIONS = {
    "type": "array",
    "maxItems": 1000,
    "items": _object(at=_number(10**6), seconds=_number(10**6)),
}
"""Of a recording: seconds from its beginning, and for how many seconds nothing was recorded."""


def _of(schema: dict[str, Any], default: Any = None, many: bool = False) -> Field:
    return Field(Shape(schema), default, many)


def _file() -> Field:
    """A photo or a recording: what it belongs to, and what its bytes will be."""
    return _of(
        {
            "anyOf": [
                _object(
                    {"interruptions": INTERRUPTIONS},
                    **{owner: AN_ID},
                    title=_text(200),
                    type=_text(100),
                    bytes=_number(MOST_BYTES),
                    sha256={"type": "string", "pattern": SHA256},
                    parts=_number(100_000, 1),
                )
                for owner in ("evidence", "talk")
            ]
        }
    )


YES_OR_NO = _of(BOOL, False)

DOCUMENTS: Mapping[str, Mapping[str, Field]] = {
    "visit": {
        "started": YES_OR_NO,
        "children_confirmed": YES_OR_NO,
        "override": _of(_text(), many=True),
    },
    "child": {
        "added": _of(_number(10_000)),
        "outcome": _of(_or_null(_object(outcome=_one_of(ChildOutcome), note=_text()))),
    },
    "talk": {
        "start": _of(
            _object(
                informant=_one_of(Informant),
                resident=_or_null(AN_ID),
                person=_text(20),
                guide=_text(60),
                started_at=A_TIME,
            )
        ),
        "age_band": _of(_text(), ""),
        "language": _of(_text(), "sv"),
        "place": _of(_text(), ""),
        "note": _of(_text(), ""),
        "feedback_channel": _of(_text(), ""),
        "interpreter": YES_OR_NO,
        "chose_company": YES_OR_NO,
        "own_recording": YES_OR_NO,
        "deviation": YES_OR_NO,
        "read_back": YES_OR_NO,
        "end": _of(
            _or_null(_object(ended_at=A_TIME, how={"type": "string", "enum": ["done", "stopped"]})),
        ),
        "lead": _of(AN_ID),
    },
    "statement": {
        "source": _of(
            {
                "anyOf": [
                    _object(talk=AN_ID, position=_number(10**6)),
                    _object(evidence=AN_ID, position=_number(10**6)),
                ]
            }
        ),
        "text": _of(_text(), ""),
        "own_question": _of(_text(), ""),
        "question": _of(_or_null(_text(80))),
        "theme": _of(_or_null(_text(60))),
        "own_words": YES_OR_NO,
        "prompted": YES_OR_NO,
        "important": YES_OR_NO,
        "concrete": _of(BOOL, True),
        "firsthand": _of(BOOL, True),
        "wish": _of(_one_of(Wish), Wish.ONLY_IN_GENERAL.value),
        "status": _of(_one_of(StatementStatus), StatementStatus.ACTIVE.value),
        "severity": _of(_or_null(_number(4))),
    },
    "evidence": {
        "about": _of(
            _object(kind=_one_of(EvidenceKind), title=_text(), produced=BOOL, noted_at=_or_null(A_TIME))
        ),
    },
    "check": {
        "requirement": _of(_text(80)),
        "mark": _of(
            _or_null(
                _object(
                    result=_one_of(CheckResult),
                    note=_text(),
                    consequence=_or_null(_number(4)),
                    extent=_or_null(_number(2)),
                    repeated=BOOL,
                    fixed=BOOL,
                    self_reported=BOOL,
                )
            )
        ),
    },
    "acute": {
        "step": _of(
            _object(
                reported_to=_one_of(ReportedTo),
                told_child=BOOL,
                told_child_what=_text(),
                note=_text(),
                statement=_or_null(AN_ID),
                at=A_TIME,
            )
        ),
    },
    "photo": {"about": _file()},
    "recording": {"about": _file()},
}
"""Kind of document → field → its values. FIELD.md's protocol says what an op around them looks like."""

ORDER = tuple(DOCUMENTS)
"""In which documents that arrive together become records: what others point at comes first. The children
are listed before the list is confirmed, so `visit` has its own turn (services/apply_field.py)."""


def value_fault(doc_kind: str, field: str, op_kind: str, value: object) -> str | None:
    """What is malformed in an op's payload, as a short key; None when nothing is.

    `document`: no such kind. `field`: it has no such field. `kind`: the field takes no such op. `value`: the
    value has not the field's shape. A `retract` carries null.
    """
    fields = DOCUMENTS.get(doc_kind)
    if fields is None:
        return "document"
    known = fields.get(field)
    if known is None:
        return "field"
    if op_kind not in known.kinds:
        return "kind"
    if op_kind == "retract":
        return None if value is None else "value"
    return None if known.shape.fits(value) else "value"


def default_of(doc_kind: str, field: str) -> Any:
    """What a field is while nothing has been written in it. Raises KeyError for an unknown one."""
    return DOCUMENTS[doc_kind][field].default


def check_id(inspection_id: UUID, requirement: str) -> UUID:
    """The document of a requirement's mark: the same on every device that marks it."""
    return uuid5(inspection_id, requirement)


def as_time(text: str) -> datetime:
    """A time of a value as the aware time that it is. Raises ValueError for a day that there is not."""
    return datetime.fromisoformat(text)


def field_schemas() -> dict[str, dict[str, Any]]:
    """The table as plain JSON: kind → field → `{value: JSON Schema, default, kinds}`."""
    return {
        kind: {
            name: {"value": dict(one.shape.schema), "default": one.default, "kinds": sorted(one.kinds)}
            for name, one in fields.items()
        }
        for kind, fields in DOCUMENTS.items()
    }
