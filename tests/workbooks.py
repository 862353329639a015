"""Workbooks for the tests of forms, from rows as one writes them."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An xlsx with these sheets; a text that begins with "=" becomes a formula, as in a spreadsheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def form(*rows: Sequence[object], **sheets: Rows) -> bytes:
    """A form whose survey has these rows, the first of them its headings."""
    return workbook({"survey": rows, **sheets})
