"""What became of a form: each thing that was not carried over, or not as it was, with its cells and why.

Cells that say the same and fare the same are one line: `required` on 800 questions is told once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ...models.vocabulary import N_
from .xlsform_model import Cell

SCATTERED = 6
"""More stretches of rows than this are counted in `short_place`."""


class Fate(StrEnum):
    """What became of it, in the order it is told."""

    NEEDED = "needed"
    LEFT_OUT = "left_out"
    CHANGED = "changed"
    REMARKED = "remarked"

    @property
    def heading(self) -> str:
        return _HEADINGS[self]


_HEADINGS = {
    Fate.NEEDED: N_("To be filled in"),
    Fate.LEFT_OUT: N_("Not carried over"),
    Fate.CHANGED: N_("Carried over in another way"),
    Fate.REMARKED: N_("Remarks of the XLSForm standard (pyxform)"),
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: where (sheet, rows from 1, column as letter and heading), what stands there, and why.

    `rows` is empty for what concerns the whole form, `value` where the cells hold different things. `text` is
    a message of the catalogue and `values` fill it.
    """

    fate: Fate
    sheet: str
    rows: tuple[int, ...]
    letter: str
    header: str
    value: str
    text: str
    values: dict[str, Any]

    @property
    def place(self) -> str:
        """`survey!F5–9, 12`; `survey!7` for a whole row, the sheet alone where there is neither."""
        return f"{self.sheet}!{self.letter}{in_ranges(self.rows)}" if self.rows else self.sheet

    @property
    def short_place(self) -> str:
        """As `place`, but of many scattered rows the first and how many they are: `survey!F5 … (312)`."""
        if len(self.rows) <= SCATTERED or in_ranges(self.rows).count(",") < SCATTERED:
            return self.place
        return f"{self.sheet}!{self.letter}{self.rows[0]} … ({len(self.rows)})"


@dataclass(slots=True)
class Report:
    """Collects the lines; cells with the same fate, column, value and reason are gathered in one."""

    _rows: dict[tuple[Any, ...], list[int]] = field(default_factory=dict)
    _first: dict[tuple[Any, ...], ReportLine] = field(default_factory=dict)

    def cell(self, fate: Fate, sheet: str, cell: Cell, text: str, *, whole_column: bool = False) -> None:
        """A cell of the form. `whole_column`: the reason holds for the column, whatever its cells say."""
        column = cell.column
        value = "" if whole_column else cell.value
        self.add(fate, sheet, text, row=cell.row, letter=column.letter, header=column.header, value=value)

    def add(
        self,
        fate: Fate,
        sheet: str,
        text: str,
        *,
        row: int | None = None,
        letter: str = "",
        header: str = "",
        value: str = "",
        **values: Any,
    ) -> None:
        key = (fate, sheet, letter, header, value, text, tuple(sorted(values.items())))
        if key not in self._first:
            self._first[key] = ReportLine(fate, sheet, (), letter, header, value, text, values)
            self._rows[key] = []
        if row is not None:
            self._rows[key].append(row)

    def lines(self) -> tuple[ReportLine, ...]:
        """What is to be done first; then in the order of the form."""
        fates = list(Fate)
        sheets = list(dict.fromkeys(line.sheet for line in self._first.values()))
        made = [
            ReportLine(
                line.fate, line.sheet, tuple(sorted(set(self._rows[key]))), line.letter, line.header,
                line.value, line.text, line.values,
            )
            for key, line in self._first.items()
        ]  # fmt: skip
        return tuple(
            sorted(made, key=lambda line: (fates.index(line.fate), sheets.index(line.sheet), line.rows[:1]))
        )


def in_ranges(numbers: Iterable[int]) -> str:
    """`5–9, 12`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)
