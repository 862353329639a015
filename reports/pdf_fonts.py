"""The typefaces of a letter and the check that they can write what is asked."""

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SANS = "NotoSans-Regular"
ITALIC = "NotoSans-Italic"
SEMIBOLD = "NotoSans-SemiBold"
BOLD = "NotoSans-Bold"
SERIF = "NotoSerif-SemiBold"

FONT_FOLDER = Path(__file__).parent / "fonts"


class MissingGlyph(ValueError):
    """A character that the typeface cannot write: it would have become an empty box in silence."""

    def __init__(self, character: str, text: str) -> None:
        self.character = character
        super().__init__(f"no glyph for U+{ord(character):04X} {character!r} in {text[:60]!r}")


@cache
def register_fonts() -> None:
    """Makes the typefaces known to ReportLab; once for the process."""
    for name in (SANS, ITALIC, SEMIBOLD, BOLD, SERIF):
        pdfmetrics.registerFont(TTFont(name, FONT_FOLDER / f"{name}.ttf"))


@cache
def _characters(font: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def written(text: str, font: str) -> str:
    """The text as ReportLab's paragraphs want it (escaped), or `MissingGlyph`.

    Soft hyphens only say where a word may be broken and are left out.
    """
    plain = text.replace("\u00ad", "")
    known = _characters(font)
    for character in plain:
        if ord(character) not in known:
            raise MissingGlyph(character, text)
    return escape(plain)
