"""A form as XLSForm has it (a workbook with the sheets survey, choices and settings), as plain values.

Nothing of a form is evaluated: expressions and formulas are texts. Every text knows its cell, so that what
is made of it, or not made of it, can be told with sheet, row and column.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...models.vocabulary import N_
from ..errors import Invalid
from .refi_qda_model import ExchangeFault


class UnusableForm(Invalid):
    """The file cannot be used at all; `faults` says why."""

    def __init__(self, *faults: ExchangeFault) -> None:
        super().__init__(N_("The form cannot be imported. Nothing was written."))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its letter, its heading as written, and what the heading means.

    `field` is the standard's name of it in lower case (`label`, `relevant`, `image` …), whatever older name
    or prefix the form uses; `language` is the part that names a language, empty where there is none.
    """

    letter: str
    header: str
    field: str
    language: str = ""


class Cell(NamedTuple):
    """A text and where it stands; `row` as a spreadsheet counts, from 1."""

    column: Column
    row: int
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it."""

    number: int
    cells: tuple[Cell, ...]

    def value(self, field: str) -> str:
        """The text of that field in no language; empty where there is none."""
        cell = self.cell(field)
        return cell.value if cell is not None else ""

    def cell(self, field: str, language: str = "") -> Cell | None:
        for cell in self.cells:
            if cell.column.field == field and cell.column.language == language:
                return cell
        return None

    def all(self, field: str) -> Iterator[Cell]:
        """The cells of that field in every language, in the order of the columns."""
        return (cell for cell in self.cells if cell.column.field == field)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a heading row. `rows` are those below it that hold something."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the survey that has a type.

    `kind`: "question", "note", "group", "repeat", "captured" for what a device takes up (pictures, places),
    or "hidden" for what nobody is asked (calculations, times). `type` is as written; `list_name` is the list
    of choices of a select. `within`: the groups and repeats around it, the outermost first.
    """

    row: Row
    kind: str
    type: str
    name: str
    list_name: str = ""
    within: tuple["Item", ...] = ()

    @property
    def number(self) -> int:
        return self.row.number


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read. `loose`: rows of the survey without a type, and ends of groups.

    `said`: what the reference implementation (pyxform) remarks or refuses, in its own English.
    `refused`: whether it refuses the form; ours is then read all the same.
    `unread`: names of the sheets that are not part of the standard.
    `stored`: where a formula stood whose value was read, as (sheet, letters of the column, row).
    """

    survey: Sheet
    items: tuple[Item, ...]
    choices: Sheet | None
    settings: Sheet | None
    loose: tuple[Row, ...] = ()
    others: tuple[Sheet, ...] = ()
    unread: tuple[str, ...] = ()
    stored: tuple[tuple[str, str, int], ...] = ()
    said: tuple[str, ...] = ()
    refused: bool = False

    def setting(self, field: str) -> str:
        """A value of the settings sheet; empty where there is none."""
        cell = self.setting_cell(field)
        return cell.value if cell is not None else ""

    def setting_cell(self, field: str) -> Cell | None:
        if self.settings is None or not self.settings.rows:
            return None
        return self.settings.rows[0].cell(field)


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet to be written: headings, and rows of texts by heading."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[dict[str, str], ...] = field(default=())
