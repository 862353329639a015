"""The heading of each column at its cells, so that a table can stack on a phone and still be understood."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

ROW = re.compile(r"<tr\b")
CELL = re.compile(r"<t[dh]\b")


def labelled(rows: Markup, columns: Sequence[str | Mapping[str, str]]) -> Markup:
    """`rows` with the title of its column in `data-label` of each cell after the first of its row.

    The first cell names the row, and stands without a label. Cells that span columns are not known here.
    """
    titles = [column["title"] if isinstance(column, Mapping) else column for column in columns]
    before, *each = ROW.split(str(rows))
    return Markup("<tr".join([before, *(_row(row, titles) for row in each)]))  # noqa: S704 - escaped below


def _row(row: str, titles: Sequence[str]) -> str:
    start, *cells = re.split(rf"(?={CELL.pattern})", row)
    named = [
        f'{cell[:3]} data-label="{escape(titles[place])}"{cell[3:]}' if 0 < place < len(titles) else cell
        for place, cell in enumerate(cells)
    ]
    return start + "".join(named)
