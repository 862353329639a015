"""Reading JSON values from outside without stopping at the first fault."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

_Choice = TypeVar("_Choice", bound=StrEnum)
_FRACTION = re.compile(r"-?[0-9]{1,30}(/[0-9]{1,30})?", re.ASCII)
_SHOWN_LENGTH = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, and where: `str(fault)` is one line, path first."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class UnusableCase(ValueError):
    """The case cannot be weighed. `faults` holds everything that is wrong with it, in input order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """A value as it may stand in a one-line message."""
    if isinstance(value, str):
        text = value if len(value) <= _SHOWN_LENGTH else value[:_SHOWN_LENGTH] + "…"
        printable = "".join(one if one.isprintable() else "�" for one in text)
        return f'"{printable}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return str(value) if isinstance(value, float) or abs(value) < 10**20 else "a huge number"  # type: ignore[arg-type]


class Reader:
    """Reads the fields of one JSON object, noting each fault with its path.

    Every method gives a usable stand-in after a fault, so that reading goes on. The case is
    refused as a whole if there was any fault, so no stand-in is ever weighed.
    """

    def __init__(self, data: Mapping[str, object], path: str, faults: list[Fault]) -> None:
        self._data = data
        self._path = path
        self._faults = faults

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def fault(self, key: str, message: str) -> None:
        self._faults.append(Fault(self.at(key), message))

    def only(self, known: frozenset[str]) -> None:
        """Fault every field that is not known: a misspelt one must not pass for an absent one."""
        for key in self._data:
            if key not in known:
                self._faults.append(Fault(self._path, f"unknown field {shown(key)}"))

    def text(self, key: str) -> str:
        if not self._is_there(key):
            return ""
        value = self._data[key]
        if isinstance(value, str) and value.strip():
            return value
        self.fault(key, f"must be a text that is not empty, not {shown(value)}")
        return ""

    def flag(self, key: str, *, missing: bool | None = None) -> bool:
        if missing is not None and key not in self._data:
            return missing
        if not self._is_there(key):
            return False
        value = self._data[key]
        if isinstance(value, bool):
            return value
        self.fault(key, f"must be true or false, not {shown(value)}")
        return False

    def whole(self, key: str, *, lowest: int, highest: int | None, missing: int | None = None) -> int:
        if missing is not None and key not in self._data:
            return missing
        if not self._is_there(key):
            return lowest
        value = self._data[key]
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, int) and is_whole and value >= lowest and (highest is None or value <= highest):
            return value
        span = f"from {lowest} to {highest}" if highest is not None else f"of at least {lowest}"
        self.fault(key, f"must be a whole number {span}, not {shown(value)}")
        return lowest

    def choice(self, key: str, choices: Iterable[_Choice]) -> _Choice | None:
        if not self._is_there(key):
            return None
        value = self._data[key]
        known = list(choices)
        for one in known:
            if value == one.value:
                return one
        self.fault(key, f"must be one of {', '.join(known)}, not {shown(value)}")
        return None

    def optional_choice(self, key: str, choices: Iterable[_Choice]) -> _Choice | None:
        return None if self._data.get(key) is None else self.choice(key, choices)

    def optional_fraction(self, key: str, *, highest: int) -> Fraction | None:
        if not self._is_there(key) or self._data[key] is None:
            return None
        value = self._data[key]
        if isinstance(value, str) and _FRACTION.fullmatch(value):
            above, _, below = value.partition("/")
            if below == "" or int(below) != 0:
                fraction = Fraction(int(above), int(below or 1))
                if fraction <= highest:
                    return fraction
        self.fault(
            key,
            f'must be null or a fraction of at most {highest} as text, such as "41/50", not {shown(value)}',
        )
        return None

    def inner(self, key: str) -> "Reader":
        return Reader(self._mapping(key), self.at(key), self._faults)

    def _mapping(self, key: str) -> Mapping[str, object]:
        if not self._is_there(key):
            return {}
        value = self._data[key]
        if isinstance(value, dict):
            return value
        self.fault(key, f"must be an object, not {shown(value)}")
        return {}

    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def items(self, key: str, *, empty: str | None = None) -> list[object]:
        """The list under `key`. With `empty`, a list without items is a fault in those words."""
        if not self._is_there(key):
            return []
        value = self._data[key]
        if isinstance(value, list):
            if empty is not None and not value:
                self.fault(key, empty)
            return value
        self.fault(key, f"must be a list, not {shown(value)}")
        return []

    def records(self, key: str) -> list["Reader"]:
        """One reader per object in a list; anything else in the list is a fault."""
        found = []
        for number, value in enumerate(self.items(key)):
            if isinstance(value, dict):
                found.append(Reader(value, f"{self.at(key)}[{number}]", self._faults))
            else:
                self.fault(f"{key}[{number}]", f"must be an object, not {shown(value)}")
        return found

    def _is_there(self, key: str) -> bool:
        if key in self._data:
            return True
        self.fault(key, "is missing")
        return False
