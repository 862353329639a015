"""A letter as plain data, for storing what was approved and for reading it back unchanged."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from .content import Block, ContentError, Letter

_BLOCKS: dict[str, type] = {kind.__name__: kind for kind in get_args(Block)}


def to_data(letter: Letter) -> dict[str, Any]:
    """The letter as dictionaries, lists and text: what JSON can hold. A block says its kind under "block"."""
    data: dict[str, Any] = _plain(letter)
    return data


def from_data(data: Mapping[str, Any]) -> Letter:
    """The letter that `to_data` was given. `ContentError` if something is missing or of an unknown kind.

    Data stored before a part with a default was added are read as they were.
    """
    try:
        made: Letter = _build(Letter, data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"this is not a letter: {error}") from error
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"block": type(value).__name__} if type(value).__name__ in _BLOCKS else {}
        return kind | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _build(kind: Any, data: Any) -> Any:
    if kind == Block:
        return _build(_BLOCKS[data["block"]], data)
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_build(parts[0], part) for part in data)
        return tuple(_build(part, value) for part, value in zip(parts, data, strict=True))
    if kind is dt.date:
        return dt.date.fromisoformat(data)
    if isinstance(kind, type) and is_dataclass(kind):
        types = get_type_hints(kind)
        given = [field for field in fields(kind) if field.name in data or field.default is MISSING]
        return kind(**{field.name: _build(types[field.name], data[field.name]) for field in given})
    if get_origin(kind) in (Union, UnionType) and data is not None:
        made_of = [one for one in get_args(kind) if isinstance(one, type) and is_dataclass(one)]
        return _build(made_of[0], data) if made_of else data
    return data
