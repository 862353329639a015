"""Hashes that tie a result to its method and its input (METHOD 2.18)."""

import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

from . import configuration
from .inputs import Catalogue, Inspection
from .results import Stamp
from .scales import WORD_OF_POSITION, Basis


def canonical_json(value: object) -> str:
    """One text per value: sorted keys, no spaces, ASCII, fractions as text in lowest terms."""
    return _CANONICAL.encode(value)


def stamp_of(catalogue: Catalogue, inspection: Inspection) -> Stamp:
    return Stamp(
        configuration.METHOD, configuration.VERSION, config_hash(), input_hash(catalogue, inspection)
    )


@cache
def config_hash() -> str:
    """SHA-256 (hex) over every constant of the method and its words."""
    constants = {name: value for name, value in vars(configuration).items() if name.isupper()}
    constants["WORDS"] = WORD_OF_POSITION
    constants["BASES"] = list(Basis)
    return _sha256(constants)


def input_hash(catalogue: Catalogue, inspection: Inspection) -> str:
    """SHA-256 (hex) over all that is weighed, whatever its order. The inspection's id is not weighed."""
    return _sha256(
        {
            "catalogue": {
                "themes": catalogue.themes,
                "requirements": catalogue.requirements,
                "administrative_areas": catalogue.administrative_areas,
            },
            "inspection": {
                "residents": inspection.residents,
                "children_first": inspection.children_first,
                "alpha": inspection.alpha,
                "codings": _unordered(inspection.codings),
                "checks": _unordered(inspection.checks),
                "interviews": _unordered(inspection.interviews),
            },
        }
    )


def _unordered(records: tuple[Any, ...]) -> list[str]:
    """The records as texts, sorted: whatever order they came in, they come out the same."""
    return sorted(canonical_json(vars(record)) for record in records)


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    """What JSON has no form of its own for: a fraction is text, a set its sorted list."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no canonical form")


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False, default=_plain
)
