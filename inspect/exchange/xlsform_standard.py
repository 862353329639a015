"""Ask pyxform, the reference implementation of XLSForm, what it says about a form.

It reads our sheets of texts, not the file: what opened the file has limits, and no formula is left in it. It
evaluates nothing either. Making an XForm of it, which takes longer than all the rest, is not asked for.
"""

import re
from collections.abc import Mapping
from typing import Any

from .xlsform_model import Sheet

_FAILED = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_MOST_SAID = 50


def what_the_standard_says(sheets: Mapping[str, Sheet]) -> tuple[tuple[str, ...], bool]:
    """The remarks, in its own English, and whether it refuses the form: its reason is then the first."""
    # A third of a second that no other command waits for.
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData

    given: dict[str, Any] = {"sheet_names": [sheet.name for sheet in sheets.values()]}
    for name, sheet in sheets.items():
        given[name] = _rows(sheet)
        given[f"{name}_header"] = [{column.header: None for column in sheet.columns if column.header}]
    warnings: list[str] = []
    refused: tuple[str, ...] = ()
    try:
        workbook_to_json(workbook_dict=DefinitionData(**given), warnings=warnings)
    except PyXFormError as fault:
        refused = (_one_line(str(fault)),)
    except _FAILED as fault:  # it stumbles on some forms that it ought to refuse
        refused = (_one_line(f"{type(fault).__name__}: {fault}"),)
    said = tuple(dict.fromkeys(_one_line(warning) for warning in warnings))[:_MOST_SAID]
    return refused + said, bool(refused)


def _rows(sheet: Sheet) -> list[dict[str, str]]:
    """The rows below the headings by heading; empty ones are there too, so that it counts rows as we do."""
    last = sheet.rows[-1].number if sheet.rows else 1
    rows: list[dict[str, str]] = [{} for _ in range(last - 1)]
    for row in sheet.rows:
        if row.number > 1:
            rows[row.number - 2] = {
                cell.column.header: cell.value for cell in row.cells if cell.column.header
            }
    return rows


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:500]
