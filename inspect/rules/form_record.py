"""What is carried over from a form, crossed off cell by cell, and the report of the rest."""

from collections.abc import Iterable
from typing import Any

from ..exchange.xlsform_columns import OWN
from ..exchange.xlsform_model import Cell, Form, Item, Row
from ..exchange.xlsform_report import Fate, Report
from .form_placing import Languages, Placing

Wording = dict[str, str]
"""A text by "sv" and "en"; a language that the form does not have is missing."""


class FormRecord:
    """A form while it is carried over. A cell that is used is crossed off; the rest is told at the end."""

    def __init__(self, form: Form, placing: Placing) -> None:
        self.form = form
        self.languages = Languages(placing, form.setting("default_language"))
        self.report = Report()
        self._carried: set[tuple[int, str]] = set()
        self._settings: set[str] = set()
        self._own = {column.field for column in form.survey.columns if column.field.startswith(OWN)}

    def carry(self, *cells: Cell | None) -> None:
        """Cross off cells of the survey."""
        self._carried.update((cell.row, cell.column.letter) for cell in cells if cell is not None)

    def left(self, row: Row) -> Iterable[Cell]:
        """The cells of a row of the survey that are not crossed off."""
        return (cell for cell in row.cells if (cell.row, cell.column.letter) not in self._carried)

    def left_settings(self) -> Iterable[Cell]:
        rows = self.form.settings.rows if self.form.settings is not None else ()
        return (
            cell
            for number, row in enumerate(rows)
            for cell in row.cells
            if number or cell.column.letter not in self._settings
        )

    def wording(self, row: Row, field: str) -> Wording:
        texts, cells = self.languages.wording(row.all(field))
        self.carry(*cells)
        return texts

    def own(self, row: Row, field: str) -> str:
        """A value of one of our own columns; empty where it is not there."""
        if f"{OWN}{field}" not in self._own:
            return ""
        cell = row.cell(f"{OWN}{field}")
        self.carry(cell)
        return cell.value if cell is not None else ""

    def own_wording(self, row: Row, field: str) -> Wording:
        return {language: text for language in ("sv", "en") if (text := self.own(row, f"{field}_{language}"))}

    def setting(self, field: str) -> str:
        cell = self.form.setting_cell(field)
        if cell is None:
            return ""
        self._settings.add(cell.column.letter)
        return cell.value

    def tell(
        self, fate: Fate, item: Item, field: str, text: str, *, by_value: bool = True, **values: Any
    ) -> None:
        """Tell of an item, at the cell of that field or, where it is empty, at its name."""
        cell = next(item.row.all(field), None)
        shown = cell or item.row.cell("name") or item.row.cells[0]
        self.report.add(
            fate,
            self.form.survey.name,
            text,
            row=item.number,
            letter=shown.column.letter,
            header=cell.column.header if cell is not None and by_value else "",
            value=cell.value if cell is not None and by_value else "",
            **values,
        )
