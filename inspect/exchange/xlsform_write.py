"""Write sheets of texts as a workbook (xlsx). The same sheets give the same bytes.

Every cell is a text, whatever it begins with: nothing that is written can be taken for a formula.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ...models.vocabulary import N_
from ..errors import Invalid
from .refi_qda_write import FORBIDDEN
from .xlsform_cells import escaped
from .xlsform_model import WrittenSheet

MAX_CHARACTERS = 32_767
"""Of one cell: what spreadsheets hold."""

_LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - the format's times have no zone
_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_WIDTHS = {"type": 14, "name": 18}
_WIDTH = 40


def write_workbook(sheets: Iterable[WrittenSheet]) -> bytes:
    """The sheets in their order. Raises Invalid when a text does not fit in a cell of any spreadsheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Tillsyn"
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        made.freeze_panes = "A2"
        rows = [dict(zip(sheet.headers, sheet.headers, strict=True)), *sheet.rows]
        for number, row in enumerate(rows, start=1):
            for place, header in enumerate(sheet.headers, start=1):
                text = row.get(header, "")
                if text:
                    cell = made.cell(number, place)
                    cell.value = _fit(text, sheet.name, header)
                    cell.data_type = "s"
                    cell.alignment = wrapped
                    if number == 1:
                        cell.font = bold
        for place, header in enumerate(sheet.headers, start=1):
            made.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(header, _WIDTH)
    packed = BytesIO()
    book.properties.created = book.properties.modified = _LONG_AGO
    book.save(packed)
    return _timeless(packed)


def _fit(text: str, sheet: str, header: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise Invalid(
            N_("A text is too long for a cell of a workbook: %(sheet)s, %(header)s, %(count)s characters"),
            {"sheet": sheet, "header": header, "count": len(text)},
        )
    return escaped(FORBIDDEN.sub("\ufffd", text))


def _timeless(packed: BytesIO) -> bytes:
    """The same zip without the time of its making."""
    made = BytesIO()
    with ZipFile(packed) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            copy = ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            copy.compress_type = ZIP_DEFLATED
            copy.external_attr = 0o600 << 16
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _without_time(content)
            after.writestr(copy, content)
    return made.getvalue()


def _without_time(core: bytes) -> bytes:
    """Saving stamps the time of the change, whatever was set before."""
    return _CHANGED.sub(rb"\g<1>" + _LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), core)
