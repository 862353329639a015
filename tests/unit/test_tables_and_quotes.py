"""Tables that stack name their cells; Swedish texts have Swedish quotation marks."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from markupsafe import Markup

from tillsyn.inspect.web.table_labels import labelled

CATALOGUE = Path(__file__).parents[2] / "translations/sv/LC_MESSAGES/messages.po"
FOREIGN = re.compile(r"[\"“„«»]|(?<!\w)'|'(?!\w)")


def test_each_cell_after_the_first_carries_the_title_of_its_column() -> None:
    rows = Markup('<tr><th scope="row">A</th><td class="x">1</td></tr><tr><th>B</th><td>2</td></tr>')
    done = labelled(rows, ["Name", {"title": 'How "many"'}])
    assert done == (
        '<tr><th scope="row">A</th><td data-label="How &#34;many&#34;" class="x">1</td></tr>'
        '<tr><th>B</th><td data-label="How &#34;many&#34;">2</td></tr>'
    )


def test_rows_without_titles_are_left_alone() -> None:
    rows = Markup("<tr><td>A</td><td>1</td></tr>")
    assert labelled(rows, ["Name"]) == rows
    assert labelled(Markup("  "), ["Name"]) == "  "


def test_swedish_texts_have_swedish_quotation_marks() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    texts = [
        text
        for message in catalogue
        if message.id
        for text in (message.string if isinstance(message.string, list | tuple) else [message.string])
    ]
    assert len(texts) > 1000
    assert [text for text in texts if FOREIGN.search(str(text))] == []
