"""Reading JSON values from outside without stopping at the first fault."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import inf, isnan
from typing import TypeVar

from ....models.vocabulary import N_

_Choice = TypeVar("_Choice", bound=StrEnum)
_FRACTION = re.compile(r"-?[0-9]{1,30}(/[0-9]{1,30})?", re.ASCII)
_SHOWN_LENGTH = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where: `str(fault)` is one line of English, path first.

    `text` is a message of the catalogue and `values` fill its placeholders, for other languages.
    """

    path: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}: {self.text % self.values}"


class UnusableCase(ValueError):
    """The case cannot be weighed. `faults` holds everything that is wrong with it, in input order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """A value as it may stand in a one-line message of any language: as JSON writes it, shortened."""
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, float):
        return {inf: "Infinity", -inf: "-Infinity"}.get(value, "NaN" if isnan(value) else repr(value))
    return str(value) if isinstance(value, int) and abs(value) < 10**20 else "1234567890…"


def printable(text: str) -> str:
    """A text from outside on one line, whatever it holds, and no longer than a line bears."""
    short = text if len(text) <= _SHOWN_LENGTH else text[:_SHOWN_LENGTH] + "…"
    if short.isprintable():
        return short
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in short)


class RepeatedFields(dict[str, object]):
    """A JSON object in which a name stands more than once; `repeated` says which."""

    repeated: tuple[str, ...] = ()


class Reader:
    """Reads the fields of one JSON object, noting each fault with its path.

    Every method gives a usable stand-in after a fault, so that reading goes on. The case is
    refused as a whole if there was any fault, so no stand-in is ever weighed. `readable` is false
    where there was no object to read.
    """

    readable = True

    def __init__(self, data: Mapping[str, object], path: str, faults: list[Fault]) -> None:
        self._data = data
        self._path = path
        self._faults = faults
        if isinstance(data, RepeatedFields):
            for key in data.repeated:
                self.fault(key, N_("stands more than once"))

    def at(self, key: str) -> str:
        return f"{self._path}.{printable(key)}" if self._path else printable(key)

    def fault(self, key: str, text: str, **values: object) -> None:
        self._faults.append(Fault(self.at(key), text, values))

    def only(self, known: frozenset[str]) -> None:
        """Fault every field that is not known: a misspelt one must not pass for an absent one."""
        for key in self._data:
            if key not in known:
                self._faults.append(Fault(self._path, N_("unknown field %(name)s"), {"name": shown(key)}))

    def text(self, key: str) -> str:
        if not self._is_there(key):
            return ""
        value = self._data[key]
        if not isinstance(value, str) or not value.strip():
            self.fault(key, N_("must be a text that is not empty, not %(value)s"), value=shown(value))
            return ""
        self._whole_characters(key, value)
        return value

    def flag(self, key: str, *, missing: bool | None = None) -> bool:
        if missing is not None and key not in self._data:
            return missing
        if not self._is_there(key):
            return False
        value = self._data[key]
        if isinstance(value, bool):
            return value
        self.fault(key, N_("must be true or false, not %(value)s"), value=shown(value))
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
        if highest is None:
            text = N_("must be a whole number of at least %(lowest)s, not %(value)s")
        else:
            text = N_("must be a whole number from %(lowest)s to %(highest)s, not %(value)s")
        self.fault(key, text, lowest=lowest, highest=highest, value=shown(value))
        return lowest

    def choice(self, key: str, choices: Iterable[_Choice]) -> _Choice | None:
        if not self._is_there(key):
            return None
        value = self._data[key]
        known = list(choices)
        for one in known:
            if value == one.value:
                return one
        text = N_("must be one of %(choices)s, not %(value)s")
        self.fault(key, text, choices=", ".join(known), value=shown(value))
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
        text = N_('must be null or a fraction of at most %(highest)s as text, such as "41/50", not %(value)s')
        self.fault(key, text, highest=highest, value=shown(value))
        return None

    def inner(self, key: str) -> "Reader":
        """A reader of the object under `key`. Of one that is not there only that is told, not every field."""
        if self._is_there(key):
            value = self._data[key]
            if isinstance(value, dict):
                return Reader(value, self.at(key), self._faults)
            self.fault(key, N_("must be an object, not %(value)s"), value=shown(value))
        absent = Reader({}, self.at(key), [])
        absent.readable = False
        return absent

    def names(self) -> tuple[str, ...]:
        """The names in this object, which are names of our own choosing no more than texts are."""
        for key in self._data:
            self._whole_characters(key, key)
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
        self.fault(key, N_("must be a list, not %(value)s"), value=shown(value))
        return []

    def records(self, key: str) -> list["Reader"]:
        """One reader per object in a list; anything else in the list is a fault."""
        found = []
        for number, value in enumerate(self.items(key)):
            if isinstance(value, dict):
                found.append(Reader(value, f"{self.at(key)}[{number}]", self._faults))
            else:
                self.fault(f"{key}[{number}]", N_("must be an object, not %(value)s"), value=shown(value))
        return found

    def _whole_characters(self, key: str, text: str) -> None:
        """Fault half of a surrogate pair, which no output could carry."""
        if not text.isascii() and any("\ud800" <= one <= "\udfff" for one in text):
            self.fault(key, N_("holds half a character: %(value)s"), value=shown(text))

    def _is_there(self, key: str) -> bool:
        if key in self._data:
            return True
        self.fault(key, N_("is missing"))
        return False
