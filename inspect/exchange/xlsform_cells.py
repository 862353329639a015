"""The parts of a workbook as texts: the list of sheets, the texts cells share, styles of dates, the cells.

Only what a form needs is read: no drawings, comments, names or links. Formulas are noted, never evaluated.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from ...models.vocabulary import N_
from .refi_qda_write import FORBIDDEN
from .xlsform_archive import RefusedPart

MAX_CELLS = 300_000
MAX_COLUMNS = 500
MAX_ROWS = 50_000

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Za-z]{1,4})(\d{1,8})")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
"""The numbers of the formats for dates and times that every workbook has without saying so."""

_NOT_IN_FORMAT = re.compile(r"\"[^\"]*\"|\\.|\[(?!h|m|s)[^\]]*\]", re.IGNORECASE)
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - cells have no zone


class Relations:
    """The relations of a part: from id to (kind, target)."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...

    def first(self, kind: str) -> str | None:
        """The target of the first relation of a kind."""
        return next((target for known, target in self.found.values() if known == kind), None)


class SheetList:
    """The sheets in their order, as (name, id of the relation); and from which day dates are counted."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.first_day = _FIRST_DAY

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.found.append((attributes.get("name", ""), relation))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.first_day = _FIRST_DAY_1904

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class Styles:
    """Which styles of cells, by their number, show a date or time."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._formats = set(_DATE_FORMATS)
        self._in_cells = False
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            code = _NOT_IN_FORMAT.sub("", attributes.get("formatCode", "")).lower()
            number = int(attributes.get("numFmtId", "0"))
            if any(letter in code for letter in "ymdhs") and "general" not in code:
                self._formats.add(number)
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            if int(attributes.get("numFmtId", "0")) in self._formats:
                self.dates.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None: ...


class SharedTexts:
    """The texts that cells refer to by number, without their formatting."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_text = False
        self._aloud = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._is_text = not self._aloud
        elif name == "rPh":  # how a word is said in Japanese
            self._aloud += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._aloud -= 1
        elif name == "si":
            self.found.append(plain("".join(self._parts)))
            self._parts = []

    def text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)


class SheetCells:
    """The cells that hold something, row by row: `rows` is (number, {column from 0: text}).

    Of a formula the value counts that the file stores beside it, as its author last saw it: `stored` has the
    places, (letters of the column, row). `formulas` has those without a value, such as `C2`.
    """

    def __init__(
        self, shared: Sequence[str], dates: set[int], first_day: datetime, left: int = MAX_CELLS
    ) -> None:
        self.rows: list[tuple[int, dict[int, str]]] = []
        self.formulas: list[str] = []
        self.stored: list[tuple[str, int]] = []
        self.left = left
        self._shared = shared
        self._dates = dates
        self._first_day = first_day
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._type = self._style = ""
        self._parts: list[str] = []
        self._collects = False
        self._is_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin(attributes)
        elif name in ("v", "t"):
            self._collects = True
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column = -1
            self._cells = {}
            if not 0 < self._row <= MAX_ROWS:
                raise RefusedPart(N_("has more than %(most)s rows"), most=MAX_ROWS)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._collects = False
        elif name == "c":
            value = self._value() if self._parts else ""
            letters = column_letter(self._column + 1)
            if self._is_formula and not value:
                self.formulas.append(f"{letters}{self._row}")
            elif value and self._column >= MAX_COLUMNS:
                text = N_("has the cell %(place)s; at most %(most)s columns are read")
                raise RefusedPart(text, place=f"{letters}{self._row}", most=MAX_COLUMNS)
            elif value:
                self._cells[self._column] = value
                if self._is_formula:
                    self.stored.append((letters, self._row))
        elif name == "row" and self._cells:
            self.rows.append((self._row, self._cells))

    def text(self, text: str) -> None:
        if self._collects:
            self._parts.append(text)

    def _begin(self, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise RefusedPart(N_("the workbook has more than %(most)s cells"), most=MAX_CELLS)
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place[1]) - 1 if place is not None else self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._parts, self._is_formula = [], False

    def _value(self) -> str:
        written = "".join(self._parts)
        match self._type:
            case "s":
                number = int(written)
                if not 0 <= number < len(self._shared):
                    raise RefusedPart(N_("refers to a text that the workbook does not have"))
                return self._shared[number]
            case "n":
                is_date = self._style.isdecimal() and int(self._style) in self._dates
                return _date(float(written), self._first_day) if is_date else _number(written)
            case "b":
                return "TRUE" if written.strip() == "1" else "FALSE"
            case _:
                return plain(written)


def plain(text: str) -> str:
    """The text that a workbook writes with `_x000D_` for signs that XML does not carry, trimmed."""
    if "_x" in text:
        text = FORBIDDEN.sub("\ufffd", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def escaped(text: str) -> str:
    """The text as a workbook writes it, so that `plain` gives it back."""
    return _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)


def column_letter(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _number(written: str) -> str:
    """5 for 5.0; what is no number as it is written."""
    written = written.strip()
    if written.isdecimal():
        return written
    try:
        value = float(written)
        return str(int(value)) if value.is_integer() else str(value)
    except (ValueError, OverflowError):
        return written


def _date(days: float, first_day: datetime) -> str:
    """2026-03-10, 2026-03-10 09:30:00 or 09:30:00."""
    at = first_day + timedelta(seconds=round(days * 86_400))
    if days < 1:
        return at.time().isoformat()
    return at.date().isoformat() if at.time().isoformat() == "00:00:00" else at.isoformat(" ")
