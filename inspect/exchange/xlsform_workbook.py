"""From the bytes of a workbook to its sheets of texts. No formula is evaluated: its stored value is read."""

from collections.abc import Iterable, Iterator

from ...models.vocabulary import N_
from .refi_qda_model import ExchangeFault
from .xlsform_archive import Workbook, part_beside, unusable
from .xlsform_cells import MAX_CELLS, Relations, SharedTexts, SheetCells, SheetList, Styles, column_letter
from .xlsform_columns import columns_of
from .xlsform_model import Cell, Column, Row, Sheet, UnusableForm

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets that the standard knows, by their names in lower case."""

_MOST_FORMULAS_TOLD = 20
_Rows = list[tuple[int, dict[int, str]]]


Place = tuple[str, str, int]
"""Sheet, letters of the column, row."""


def read_workbook(content: bytes) -> tuple[dict[str, Sheet], tuple[str, ...], tuple[Place, ...]]:
    """The sheets of the standard by their names in lower case, the names of the others, left unread, and
    where the value that a formula had when the file was saved was read.

    A workbook with one sheet of another name has its survey there. Raises UnusableForm.
    """
    opened = _Opened(Workbook(content))
    known = {name: name.strip().lower() for name in opened.sheets if name.strip().lower() in SHEETS}
    if not known and len(opened.sheets) == 1:
        known = dict.fromkeys(opened.sheets, "survey")
    read = {name: opened.cells(name) for name in known}
    formulas = [f"{name}!{place}" for name in read for place in opened.formulas.get(name, ())]
    if formulas:
        text = N_("holds a formula without a value; nothing is evaluated here: paste the values in its place")
        raise UnusableForm(*(ExchangeFault(place, text) for place in formulas[:_MOST_FORMULAS_TOLD]))
    sheets = {known[name]: _sheet(name, rows) for name, rows in read.items()}
    stored = tuple((name, *place) for name in read for place in opened.stored.get(name, ()))
    return sheets, tuple(name for name in opened.sheets if name not in known), stored


class _Opened:
    """A workbook whose list of sheets, shared texts and styles are read."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        main = _relations(book, "_rels/.rels").first("officeDocument")
        if main is None:
            raise unusable(N_("is no Excel workbook (xlsx)"))
        self.main = part_beside("", main)
        relations = _relations(book, part_beside(self.main, f"_rels/{self.main.rpartition('/')[2]}.rels"))
        listed, self.shared, self.styles = SheetList(), SharedTexts(), Styles()
        book.walk(self.main, listed)
        for kind, walker in (("sharedStrings", self.shared), ("styles", self.styles)):
            target = relations.first(kind)
            if target is not None:
                book.walk(part_beside(self.main, target), walker)
        self.first_day = listed.first_day
        self.sheets = {
            name: part_beside(self.main, relations.found[relation][1])
            for name, relation in listed.found
            if relations.found.get(relation, ("",))[0] == "worksheet"
        }
        self.formulas: dict[str, list[str]] = {}
        self.stored: dict[str, list[tuple[str, int]]] = {}
        self.left = MAX_CELLS

    def cells(self, name: str) -> _Rows:
        walker = SheetCells(self.shared.found, self.styles.dates, self.first_day, self.left)
        self.book.walk(self.sheets[name], walker)
        self.left = walker.left
        self.formulas[name], self.stored[name] = walker.formulas, walker.stored
        return walker.rows


def _relations(book: Workbook, name: str) -> Relations:
    relations = Relations()
    book.walk(name, relations)
    return relations


def _sheet(name: str, rows: _Rows) -> Sheet:
    headings = rows[0][1] if rows and rows[0][0] == 1 else {}
    columns = columns_of(headings.get(place, "") for place in range(max(headings, default=-1) + 1))
    return Sheet(name, columns, tuple(_filled(rows[1:] if headings else rows, columns)))


def _filled(rows: Iterable[tuple[int, dict[int, str]]], columns: tuple[Column, ...]) -> Iterator[Row]:
    nameless: dict[int, Column] = {}
    for number, cells in rows:
        found = []
        for place in sorted(cells):
            if place < len(columns):
                column = columns[place]
            else:  # beyond the last heading
                column = nameless.setdefault(place, Column(column_letter(place + 1), "", ""))
            found.append(Cell(column, number, cells[place]))
        yield Row(number, tuple(found))
