"""Why something is refused, in a form that a page can say in its reader's language."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a message of the catalogue and its values."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)


def reasons(*rows: tuple[bool, Reason]) -> tuple[Reason, ...]:
    """The reasons whose condition is true."""
    return tuple(reason for shut, reason in rows if shut)
