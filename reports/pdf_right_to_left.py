"""A paragraph that is written from right to left, tagged as its sister in `pdf_blocks.text` is."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable

from .pdf_shaping import (
    ARABIC_FOR,
    Glyph,
    Stretch,
    cleaned,
    line_of,
    lines_of,
    register_arabic,
    wide,
    words_of,
)
from .tagging.canvas import TaggedCanvas
from .tagging.structure import Tag

BASELINE = 0.3
"""How much of the room of a line is below its letters."""


class RightToLeft(Flowable):  # type: ignore[misc]
    """One paragraph of plain text, set to the right. Its style names the Latin typeface that it answers to.

    `bookmark`: key, text and level of an entry among the bookmarks, for a heading.
    """

    def __init__(
        self, plain: str, style: ParagraphStyle, tag: Tag, bookmark: tuple[str, str, int] | None = None
    ) -> None:
        super().__init__()
        register_arabic()
        self.plain = " ".join(cleaned(plain).split())
        self.style = style.clone(style.name, fontName=ARABIC_FOR[style.fontName])
        self.tag = tag.saying(self.plain)
        self.tags = [tag]
        self.bookmark = bookmark
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter
        self.keepWithNext = getattr(style, "keepWithNext", 0)
        self._lines: list[str] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._lines = lines_of(self.plain, self.style, width - self.style.leftIndent)
        self.width, self.height = width, len(self._lines) * self.style.leading
        return self.width, self.height

    def widest(self) -> float:
        """The width of the text on one line, in points."""
        return wide(line_of(self.plain, self.style.fontName, self.style.fontSize))

    def longest_word(self) -> float:
        """The width below which a word would be broken."""
        font, size = self.style.fontName, self.style.fontSize
        return max((wide(line_of(word, font, size)) for word in words_of(self.plain)), default=0.0)

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        if self.bookmark:
            key, text, level = self.bookmark
            canvas.bookmarkHorizontal(key, 0, self.height)
            canvas.addOutlineEntry(text, key, level, closed=False)
        style, top = self.style, self.height
        for number, line in enumerate(self._lines, start=1):
            said = self.tag.follow(line, ends_line=number < len(self._lines))
            stretches = line_of(said, style.fontName, style.fontSize)
            end_space = wide(stretches) - wide(line_of(line, style.fontName, style.fontSize))
            right = self.width - style.leftIndent + end_space
            top -= style.leading
            if style.alignment == 1:
                right -= (self.width - style.leftIndent - wide(stretches) + end_space) / 2
            y = top + style.leading * BASELINE
            canvas.saveState()
            canvas.setFillColor(style.textColor)
            canvas.draw_marked(self.tag, _code(canvas, stretches, right, y))
            canvas.restoreState()


def _code(canvas: TaggedCanvas, stretches: tuple[Stretch, ...], right: float, y: float) -> str:
    """The operators that draw a line whose right end is given; its strings stand in the order of reading."""
    code = ["BT"]
    for stretch in stretches:
        code += (_turned if stretch.glyphs else _straight)(canvas, stretch, right, y)
        right -= stretch.width
    return " ".join([*code, "ET"])


def _straight(canvas: TaggedCanvas, stretch: Stretch, right: float, y: float) -> Iterator[str]:
    font = pdfmetrics.getFont(stretch.font)
    yield _to(right - stretch.width, y)
    for subset, drawn in font.splitString(stretch.text, canvas._doc):
        yield f"{font.getSubsetInternalName(subset, canvas._doc)} {stretch.size:.2f} Tf <{drawn.hex()}> Tj"


def _turned(canvas: TaggedCanvas, stretch: Stretch, right: float, y: float) -> Iterator[str]:
    """Strings of glyphs as they are seen, the string that is read first at the right.

    A string ends where the part of the typeface changes, and at a glyph that is raised, as vowel signs are.
    """
    font, size = pdfmetrics.getFont(stretch.font), stretch.size / 1000
    placed = [(glyph, *_coded(font, glyph, canvas)) for glyph in reversed(stretch.glyphs)]
    for (subset, up), group in groupby(placed, key=lambda one: (one[1], one[0].up)):
        seen = list(group)[::-1]
        right -= sum(glyph.advance for glyph, _, _ in seen) * size
        parts = []
        for glyph, _, byte in seen:
            width = font.face.getCharWidth(ord(glyph.character))
            parts.append(_moved(-glyph.right) + f"<{byte:02x}>" + _moved(width + glyph.right - glyph.advance))
        name = font.getSubsetInternalName(subset, canvas._doc)
        yield f"{_to(right, y + up * size)} {name} {stretch.size:.2f} Tf [{''.join(parts)}] TJ"


def _coded(font: TTFont, glyph: Glyph, canvas: TaggedCanvas) -> tuple[int, int]:
    """The part of the typeface that holds a glyph, and its number there."""
    [(subset, drawn)] = font.splitString(glyph.character, canvas._doc)
    return subset, drawn[0]


def _to(x: float, y: float) -> str:
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm"


def _moved(back: float) -> str:
    return f" {back:.1f} " if abs(back) >= 0.05 else ""
