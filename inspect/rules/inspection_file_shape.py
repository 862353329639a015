"""The shape of a file of the format tillsyn-inspection/1: inspection-1.schema.json, beside this file."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ...models.vocabulary import N_
from .schema_fit import surely_fits

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMA = Path(__file__).parent / "inspection-1.schema.json"


@dataclass(frozen=True, slots=True)
class FileFault:
    """One fault: where (`interviews[3].statements[0].theme`) and what, as a message of the catalogue."""

    path: str
    text: str
    values: dict[str, Any] = field(default_factory=dict)


@cache
def schema() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads(SCHEMA.read_text(encoding="utf-8")))


@cache
def validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # a tenth of an import's time, and for bad files only

    return Draft202012Validator(schema())


def shape_faults(data: Any) -> tuple[FileFault, ...]:
    """Every fault of shape, in the order of their paths."""
    if surely_fits(data, schema()):
        return ()
    found = [_shape_fault(error) for error in validator().iter_errors(data)]
    return tuple(sorted(found, key=lambda fault: fault.path))


def _path(parts: Any) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.lstrip(".") or "(file)"


def _shape_fault(error: "ValidationError") -> FileFault:
    path = _path(error.absolute_path)
    limit, schema = cast(Any, error.validator_value), cast(Any, error.schema)
    given = cast(Any, error.instance)
    match error.validator:
        case "required":
            missing = next(name for name in limit if name not in given)
            return FileFault(path, N_("“%(name)s” is missing"), {"name": missing})
        case "additionalProperties":
            unknown = sorted(given.keys() - schema["properties"].keys())
            return FileFault(path, N_("unknown: %(names)s"), {"names": ", ".join(unknown)})
        case "maxLength":
            values = {"num": len(given), "most": limit}
            return FileFault(path, N_("%(num)s characters; at most %(most)s are allowed"), values)
        case "enum" | "const":
            allowed = limit if isinstance(limit, list) else [limit]
            values = {"value": json.dumps(given), "allowed": ", ".join(map(str, allowed))}
            return FileFault(path, N_("%(value)s is not one of: %(allowed)s"), values)
        case "type":
            kinds = limit if isinstance(limit, str) else ", ".join(limit)
            return FileFault(path, N_("should be: %(kinds)s"), {"kinds": kinds})
        case "minimum" | "maximum":
            return FileFault(path, N_("%(value)s is outside the scale"), {"value": given})
        case "pattern":
            return FileFault(path, N_("“%(value)s” does not have the right form"), {"value": given})
        case "minLength" | "minItems":
            return FileFault(path, N_("is empty or too short"))
    return FileFault(path, N_("is not as the format says (%(rule)s)"), {"rule": error.validator})
