"""Writes paragraphs, lists and tables into a document, in the direction of its language."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape  # writes markup, and reads none  # nosec B406

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from . import docx_styles as look
from .blocks import paragraphs_of
from .content import Direction
from .directions import stretches
from .pdf_fonts import MissingGlyph

_W = nsdecls("w")
_NO_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "framePr", "numPr", "pBdr", "shd", "tabs", "bidi", "spacing",
    "ind",
)  # fmt: skip
"""Properties of a paragraph stand in the order of the schema."""

LEFT_TO_RIGHT_MARK = "\u200e"
_LONG_CELL = 1000
_DECORATES = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)

Properties = dict[str, str]


class Writer:
    """Writes at the end of a document. `accent`: the colour of labels."""

    def __init__(self, document: Docx, direction: Direction, accent: str) -> None:
        self.document = document
        self.accent = accent
        self.from_right = direction == "rtl"
        self.begins = "right" if self.from_right else "left"
        self._end = document.element.body.sectPr

    def paragraph(self, plain: str, style: str = "Normal", properties: Properties | None = None) -> None:
        """One paragraph of plain text. `properties`: what it has beside its style, name and element."""
        self._put(self._paragraph(self._runs(plain), style, properties or {}))

    def paragraphs(self, plain: str, style: str = "Normal", properties: Properties | None = None) -> None:
        """The paragraphs of a text that may hold several."""
        for part in paragraphs_of(plain):
            self.paragraph(part, style, properties)

    def pair(self, label: str, plain: str, at: int, after: int = 60) -> None:
        """A label, and in a column of its own what it says; lines that go on stand under the first."""
        first, *others = paragraphs_of(plain) or ("",)
        place: Properties = {
            "tabs": f'<w:tabs><w:tab w:val="left" w:pos="{at}"/></w:tabs>',
            "ind": f'<w:ind w:left="{at}" w:hanging="{at}"/>',
            "spacing": f'<w:spacing w:before="0" w:after="{after}"/>',
        }
        bold = f'<w:b/><w:bCs/><w:color w:val="{self.accent}"/>'
        inside = f"{self._runs(label, bold)}<w:r><w:tab/></w:r>{self._runs(first)}"
        self._put(self._paragraph(inside, "Normal", place))
        below = {"ind": f'<w:ind w:left="{at}"/>', "spacing": place["spacing"]}
        for part in others:
            self.paragraph(part, "Normal", below)

    def position(self, word: str, ink: str, ground: str) -> None:
        """The word for a position, on a ground of its own."""
        letters = f'<w:color w:val="{ink}"/><w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
        self._put(self._paragraph(self._runs(word, letters), "Position", {}))

    def items(self, items: Sequence[str], style: str, properties: Properties | None = None) -> None:
        """A list, counted from 1 where its style counts. An item may have several paragraphs."""
        stands = dict(properties or {})
        if "ind" in stands:
            stands["ind"] = '<w:ind w:left="587" w:hanging="360"/>'
        number = self._new_list(style)
        for item in items:
            first, *others = paragraphs_of(item) or ("",)
            listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            self.paragraph(first, style, {"numPr": listed} | stands)
            for part in others:
                self.paragraph(part, "List Continue", stands)

    def table(
        self, caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]
    ) -> None:
        """A table whose head is repeated on each page. `caption` is its name for those who do not see it."""
        widths = [round(look.TABLE_WIDTH * share) for share in shares]
        lines = "".join(look.edge(side, look.LINE, 4) for side in ("top", "bottom", "insideH"))
        named = f'<w:tblCaption w:val="{_quoted(caption)}"/>' if caption else ""
        turned = "<w:bidiVisual/>" if self.from_right else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = self._row(headings, widths, "Table Head", "<w:cantSplit/><w:tblHeader/>", look.TINT)
        body = "".join(self._row(row, widths, "Table Text", _held(row), "") for row in rows)
        self._put(
            f'<w:tbl {_W}><w:tblPr>{turned}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
            f' w:noHBand="0" w:noVBand="1"/>{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{head}{body}</w:tbl>"
        )

    def picture(
        self, png: bytes, alt: str, width_mm: float, title: str = "", style: str = "Normal",
        properties: Properties | None = None,
    ) -> None:  # fmt: skip
        """A picture with its words, and a title after it on its line; without words it only decorates."""
        self.paragraph("", style, {"keepNext": "<w:keepNext/>"} | (properties or {}))
        paragraph = Paragraph(self._end.getprevious(), self.document._body)
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Emu(round(width_mm * 36_000)))
        if title:
            for run in parse_xml(
                f'<w:p {_W}><w:r><w:t xml:space="preserve">  </w:t></w:r>{self._runs(title)}</w:p>'
            ):
                paragraph._p.append(run)
        about = shape._inline.docPr
        about.set("descr", alt)
        about.set("name", f"{about.get('id')}")
        if not alt:
            about.append(parse_xml(_DECORATES))

    def foot(self, what: str, page: str, of: str) -> None:
        """The line at the foot of each page: what it is, and on the right the page and of how many."""
        footer = self.document.sections[0].footer
        footer.is_linked_to_previous = False
        numbers = self._runs(page) + _field("PAGE") + self._runs(of) + _field("NUMPAGES")
        line = self._paragraph(f"{self._runs(what)}<w:r><w:tab/></w:r>{numbers}", "Footer", {})
        for old in list(footer._element):
            footer._element.remove(old)
        footer._element.append(parse_xml(line))

    # --- as the format writes it ---

    def _put(self, element: str) -> None:
        self._end.addprevious(parse_xml(element))

    def _paragraph(self, inside: str, style: str, properties: Properties) -> str:
        turned = {"bidi": "<w:bidi/>"} if self.from_right else {}
        given = properties | turned
        named = "" if style == "Normal" else f'<w:pStyle w:val="{look.style_id(style)}"/>'
        stands = named + "".join(given[name] for name in _ORDER if name in given)
        return f"<w:p {_W}><w:pPr>{stands}</w:pPr>{inside}</w:p>"

    def _runs(self, plain: str, letters: str = "") -> str:
        text = plain.replace("\u00ad", "")
        if found := _NO_TEXT.search(text):
            raise MissingGlyph(found.group(), text)
        return "".join(
            f"<w:r>{_look(letters + ('<w:rtl/>' if turned else ''))}"
            f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for part, turned in self._stretches(text)
            if part
        )

    def _stretches(self, text: str) -> Iterator[tuple[str, bool]]:
        """The text cut where its direction turns; True for what is written from the right."""
        if not self.from_right:
            yield text, False
            return
        for part, from_left in stretches(text):
            # The mark keeps digits with blanks or strokes between them in their order.
            yield (f"{LEFT_TO_RIGHT_MARK}{part}", False) if from_left else (part, True)

    def _row(self, cells: Sequence[str], widths: Sequence[int], style: str, about: str, fill: str) -> str:
        ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        made = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}</w:tcPr>'
            + "".join(self._paragraph(self._runs(part), style, {}) for part in paragraphs_of(cell) or ("",))
            + "</w:tc>"
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr>{f'<w:trPr>{about}</w:trPr>' if about else ''}{made}</w:tr>"

    def _new_list(self, style: str) -> int:
        numbering: Any = self.document.part.numbering_part.element
        number = len(numbering.num_lst) + 1
        counted = "1" if style == "List Number" else "0"
        numbering.append(
            parse_xml(
                f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{counted}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        return number


def _held(row: Sequence[str]) -> str:
    """A row stays on its page; one that may be longer than a page must be let go."""
    return "<w:cantSplit/>" if max(map(len, row), default=0) < _LONG_CELL else ""


def _field(name: str) -> str:
    """A number that the program fills in; 1 until it has."""
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _look(letters: str) -> str:
    return f"<w:rPr>{letters}</w:rPr>" if letters else ""


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
