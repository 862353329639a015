"""A document that not everybody could read is refused, with what is missing; never made with a warning."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from reportlab.platypus import Paragraph, Spacer, Table

from tests.unit.reports.example_letter import example_letter
from tests.unit.reports.tagged_examples import ABOUT, bound, opening
from tillsyn.reports import pdf_look as look
from tillsyn.reports.content import Subheading
from tillsyn.reports.guide_sheet_parts import Faces
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.pdf_blocks import heading, text
from tillsyn.reports.pdf_fonts import MissingGlyph
from tillsyn.reports.tagging.conformance import character_map
from tillsyn.reports.tagging.structure import NotAccessible, Tag, list_of
from tillsyn.reports.tagging.text import TaggedParagraph, declare


def body(said: str = "Ett stycke.", tag: Tag | None = None) -> TaggedParagraph:
    return text(said, look.styles().body, tag)


def table(*rows: int, scope: bool = True) -> list[object]:
    """A table with so many cells in each row, and its text."""
    tag, made = Tag("Table"), []
    for cells in rows:
        row = tag.add("TR")
        made += [
            body("Cell", row.add("TH", attributes={"Scope": "Row"} if scope else {})) for _ in range(cells)
        ]
    return made


def faces(alt: str) -> list[object]:
    inside = Tag("Div")
    return [Faces(("Ja", "Nej"), alt, inside)]


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no title": (lambda: replace(ABOUT, title=" "), "no title"),
    "no language": (lambda: replace(ABOUT, language=""), "no language"),
    "a language that is none": (lambda: replace(ABOUT, language="Svenska!"), "no language"),
    "no heading": (lambda: bound(body()), "no heading"),
    "a heading that does not begin at one": (
        lambda: bound(heading("Del", look.styles().h2, "k", 1)), "after a heading of level 0 comes level 2",
    ),
    "a skipped heading": (
        lambda: bound(opening(), heading("Del", look.styles().h3, "k", 2)), "after a heading of level 1 comes level 3",
    ),
    "a picture without words": (lambda: bound(opening(), *faces(" ")), "a picture without words"),
    "a paragraph that says not what it is": (
        lambda: bound(opening(), Paragraph("Text", look.styles().body)), "a paragraph without a tag",
    ),
    "plain text in a table": (lambda: bound(opening(), Table([["Text"]])), "plain text in a table cell"),
    "rows of different length": (lambda: bound(opening(), *table(2, 1)), "not equally long"),
    "a table heading without scope": (lambda: bound(opening(), *table(1, scope=False)), "what it heads"),
    "a list item outside a list": (lambda: bound(opening(), body(tag=Tag("P").add("LI"))), "LI stands in P"),
    "text that was never drawn": (
        lambda: bound(opening(), body(tag=(lost := Tag("Div")).add("P")), _also(lost)), "never drawn: 'Lost'",
    ),
    "other text than was declared": (
        lambda: bound(opening(), declare(TaggedParagraph("Ja", look.styles().body), Tag("P"), "Nej")), "drawn is 'Ja'",
    ),
    "a link inside the document": (
        lambda: bound(
            opening(), declare(TaggedParagraph('Se <a href="#k">där</a>', look.styles().body), Tag("P"), "Se där")
        ),
        "a link inside the document",
    ),
}  # fmt: skip


def _also(holder: Tag) -> Spacer:
    holder.add("P").saying("Lost")
    return Spacer(0, 1)


@pytest.mark.parametrize("fault", REFUSED)
def test_it_is_refused_with_the_reason(fault: str) -> None:
    make, reason = REFUSED[fault]
    with pytest.raises(NotAccessible, match=reason):
        make()


def test_a_letter_whose_headings_skip_a_level_is_refused() -> None:
    letter = example_letter("sv")
    first = replace(letter.sections[0], key="head", blocks=(Subheading("head.x", "För tidigt"),))
    with pytest.raises(NotAccessible, match="För tidigt"):
        render_pdf(replace(letter, sections=(first, *letter.sections[1:])))


def test_a_character_without_glyph_is_refused() -> None:
    with pytest.raises(MissingGlyph):
        bound(opening(), body("漢"))


def test_an_item_has_its_label_and_text_in_a_list() -> None:
    with pytest.raises(NotAccessible, match="Lbl stands in L"):
        bound(opening(), body(tag=list_of("Disc").add("Lbl")))


def test_the_map_of_characters_names_nothing_that_is_nothing_and_keeps_its_blocks_short() -> None:
    lines = "\n".join(f"<{code:02X}> <{0 if code < 32 else 0x1F600 + code:04X}>" for code in range(256))
    made = character_map(f"begin\n256 beginbfchar\n{lines}\nendbfchar\nend")
    assert "<0000>" not in made
    assert [line for line in made.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar", "100 beginbfchar", "24 beginbfchar",
    ]  # fmt: skip
    assert "<20> <D83DDE20>" in made
    assert made.startswith("begin\n")
    assert made.endswith("endbfchar\nend")
