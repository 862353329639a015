"""The typefaces of a letter and the check that they can write what is asked."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # writes markup, and reads none  # nosec B406

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from .reading import UNSEEN

SANS = "NotoSans-Regular"
ITALIC = "NotoSans-Italic"
SEMIBOLD = "NotoSans-SemiBold"
BOLD = "NotoSans-Bold"
SERIF = "NotoSerif-SemiBold"

FONT_FOLDER = Path(__file__).parent / "fonts"


_UNSEEN = re.compile(f"[{''.join(sorted(UNSEEN))}]")
_BLANKS = re.compile(r"[\t\r\n]+")


class MissingGlyph(ValueError):
    """A character that the typeface cannot write: it would have become an empty box in silence."""

    def __init__(self, character: str, text: str, place: Any = None) -> None:
        self.character = character
        self.place = place
        """Where it stands (`refusals.Place`), once that is known."""
        super().__init__(f"no glyph for U+{ord(character):04X} {character!r} in {text[:60]!r}")


@cache
def register_fonts() -> None:
    """Makes the typefaces known to ReportLab; once for the process."""
    for name in (SANS, ITALIC, SEMIBOLD, BOLD, SERIF):
        pdfmetrics.registerFont(TTFont(name, FONT_FOLDER / f"{name}.ttf"))


@cache
def _characters(font: str) -> frozenset[str]:
    return frozenset(map(chr, pdfmetrics.getFont(font).face.charToGlyph))


def visible(text: str) -> str:
    """The text without signs that show nothing and only say where a line may be broken or not.

    A tab or a line break is a space.
    """
    return _BLANKS.sub(" ", _UNSEEN.sub("", text))


def written(text: str, font: str) -> str:
    """The text as ReportLab's paragraphs want it (`visible` and escaped), or `MissingGlyph`."""
    plain = visible(text)
    if not _characters(font).issuperset(plain):
        raise MissingGlyph(next(one for one in plain if one not in _characters(font)), text)
    return escape(plain)


def writable(text: str, font: str) -> str:
    """The text with what the typeface cannot write named by its number: "[tecken U+1F600]".

    For what has to leave as it stands, where nobody may write it anew.
    """
    known = _characters(font)
    return "".join(
        one if one in known or not visible(one).strip() else f"[tecken U+{ord(one):04X}]" for one in text
    )
