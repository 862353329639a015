"""The errors of Tillsyn. Use cases raise them; each entrance (page, command, sync) shows them its own way.

`reason` is an English message of the catalogue; `values` fill its placeholders, so that
it can be shown in the reader's language.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class TillsynError(Exception):
    """Something that a person can be told, in their own language."""

    reason: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.reason % self.values if self.values else self.reason


class NotAllowed(TillsynError):
    """The actor may not do this. What one may not even see is NotFound instead."""


class NotFound(TillsynError):
    """There is no such thing, or not for this actor."""


class Gone(TillsynError):
    """There was such a case, and it is disposed of under a rule: told to those who may know of it."""


class NotPossibleNow(TillsynError):
    """The state of the case does not allow it yet; the reason says what is missing."""


class TooOften(TillsynError):
    """Asked more often than anybody needs to; `values["seconds"]`: how long to wait."""


class Invalid(TillsynError):
    """What was given cannot be used; `values["field"]`, when present, names the field."""


@dataclass
class Conflict(TillsynError):
    """Somebody else changed the same thing in the meantime. Both texts are kept and shown."""

    theirs: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    by: str = ""
