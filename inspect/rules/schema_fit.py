"""Whether a value surely fits a JSON Schema, answered fast: yes, or not sure.

A file that is taken in is nearly always whole, and the validator that tells what is wrong in one takes
longer to load than the rest of the import takes. Whoever gets "not sure" asks that validator. Only the
keywords that our own schemas use are known here; any other, and any value of another kind than a test
expects, is "not sure", never "yes".
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

# `format` asserts nothing in draft 2020-12 unless it is asked to.
_SAYS_NOTHING = frozenset({"$schema", "$id", "$defs", "title", "description", "default", "format"})

_TYPES: Mapping[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "null": type(None),
}

_Schema = Mapping[str, Any]


def surely_fits(value: Any, schema: Any, whole: _Schema | None = None) -> bool:
    """True: `value`, parsed from JSON, has no fault by `schema`. False says nothing.

    `whole`: the schema that `#/$defs/…` stands in; `schema` itself when left out.
    """
    if not isinstance(schema, Mapping):
        return False
    whole = schema if whole is None else whole
    for keyword, limit in schema.items():
        if keyword in _SAYS_NOTHING:
            continue
        test = _TESTS.get(keyword)
        if test is None or not test(value, limit, schema, whole):
            return False
    return True


def _ref(value: Any, limit: str, _: _Schema, whole: _Schema) -> bool:
    return limit.startswith("#/$defs/") and surely_fits(
        value, whole["$defs"].get(limit.removeprefix("#/$defs/")), whole
    )


def _type(value: Any, limit: str | list[str], _: _Schema, __: _Schema) -> bool:
    # The very type: True is no integer here, and of 1.0 the validator may judge.
    return any(type(value) is _TYPES.get(kind) for kind in ([limit] if isinstance(limit, str) else limit))


def _enum(value: Any, limit: list[Any], _: _Schema, __: _Schema) -> bool:
    return (value is None or type(value) is str) and value in limit


def _const(value: Any, limit: Any, _: _Schema, __: _Schema) -> bool:
    return type(value) is str and value == limit


def _required(value: Any, limit: list[str], _: _Schema, __: _Schema) -> bool:
    return type(value) is dict and all(name in value for name in limit)


def _no_others(value: Any, limit: Any, schema: _Schema, _: _Schema) -> bool:
    return limit is False and type(value) is dict and value.keys() <= schema.get("properties", {}).keys()


def _properties(value: Any, limit: Mapping[str, Any], _: _Schema, whole: _Schema) -> bool:
    return type(value) is dict and all(
        surely_fits(value[name], inner, whole) for name, inner in limit.items() if name in value
    )


def _items(value: Any, limit: Any, _: _Schema, whole: _Schema) -> bool:
    return type(value) is list and all(surely_fits(item, limit, whole) for item in value)


def _unique(value: Any, limit: Any, _: _Schema, __: _Schema) -> bool:
    return (
        limit is True
        and type(value) is list
        and all(type(item) is str for item in value)
        and len(set(value)) == len(value)
    )


def _sized(kind: type, fits: Callable[[Any, Any], bool]) -> Callable[[Any, Any, _Schema, _Schema], bool]:
    """A test of values of one kind; null is passed over, as it has no length and is no number."""
    return lambda value, limit, _, __: value is None or (type(value) is kind and fits(value, limit))


_TESTS: Mapping[str, Callable[[Any, Any, _Schema, _Schema], bool]] = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": _required,
    "additionalProperties": _no_others,
    "properties": _properties,
    "items": _items,
    "uniqueItems": _unique,
    "minItems": _sized(list, lambda value, limit: len(value) >= limit),
    "minLength": _sized(str, lambda value, limit: len(value) >= limit),
    "maxLength": _sized(str, lambda value, limit: len(value) <= limit),
    "pattern": _sized(str, lambda value, limit: re.search(limit, value) is not None),
    "minimum": _sized(int, lambda value, limit: value >= limit),
    "maximum": _sized(int, lambda value, limit: value <= limit),
}
