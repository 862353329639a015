"""Hashes that tie a result to its method and its input (METHOD 2.18)."""

import hashlib
import json
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
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


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
    """JSON values only. Sets become sorted lists."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((_plain(one) for one in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
