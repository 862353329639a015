"""Whether a value has a shape: JSON Schema (2020-12) as far as the tables of the field use it, made into one
function per shape when the table is read, since hundreds of values come in one batch."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

Check = Callable[[object], bool]


def check_of(schema: Mapping[str, Any], *, longest_text: int) -> Check:
    """A function that says whether a value fits `schema`; a text without `maxLength` has `longest_text`.

    `true` is no whole number here, and 1.0 is none either.
    """
    if "anyOf" in schema:
        return _one_of([check_of(one, longest_text=longest_text) for one in schema["anyOf"]])
    match schema["type"]:
        case "null":
            return lambda value: value is None
        case "boolean":
            return lambda value: isinstance(value, bool)
        case "integer":
            return _whole(schema["minimum"], schema["maximum"])
        case "string":
            return _text(schema, schema.get("maxLength", longest_text))
        case "array":
            return _list(schema["maxItems"], check_of(schema["items"], longest_text=longest_text))
    inner = {name: check_of(one, longest_text=longest_text) for name, one in schema["properties"].items()}
    return _object(inner, frozenset(schema["required"]))


def _one_of(some: Sequence[Check]) -> Check:
    def fits(value: object) -> bool:
        for one in some:  # noqa: SIM110 - any() would make a generator for each of hundreds of values
            if one(value):
                return True
        return False

    return fits


def _whole(least: int, most: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _text(schema: Mapping[str, Any], longest: int) -> Check:
    words = frozenset(schema["enum"]) if "enum" in schema else None
    pattern = re.compile(schema["pattern"].strip("^$"), re.ASCII) if "pattern" in schema else None
    is_time = schema.get("format") == "date-time"
    if words is None and pattern is None and not is_time:
        return lambda value: isinstance(value, str) and len(value) <= longest

    def fits(value: object) -> bool:
        return (
            isinstance(value, str)
            and (words is None or value in words)
            and (pattern is None or pattern.fullmatch(value) is not None)
            and (not is_time or _is_time(value))
            and len(value) <= longest
        )

    return fits


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _list(most: int, item: Check) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(item, value))


def _object(properties: Mapping[str, Check], required: frozenset[str]) -> Check:
    def fits(value: object) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        for name, one in value.items():
            check = properties.get(name)
            if check is None or not check(one):
                return False
        return True

    return fits
