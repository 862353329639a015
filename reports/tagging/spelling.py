"""Glyphs that no character stands for alone, such as the forms of an Arabic letter, and what they spell.

ReportLab draws characters. A form of a letter is therefore given a character of the private plane in the
process; in the file it is a glyph that says, by its ToUnicode, the letters of the text.
"""

from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType
from typing import Any

_FIRST, _LAST = 0xF0000, 0xFFFFD

_spelled: dict[int, str] = {}
_known: dict[tuple[str, int, str], int] = {}
_one_at_a_time = Lock()

SPELLED: Mapping[int, str] = MappingProxyType(_spelled)
"""What each private character spells."""


def character_for(font: Any, glyph: int, spells: str, width: float) -> str:
    """The private character that draws a glyph of a ReportLab font. `width` in thousandths of its size."""
    key = (font.fontName, glyph, spells)
    with _one_at_a_time:
        if key not in _known:
            code = _FIRST + len(_known)
            if code > _LAST:
                raise ValueError("more forms of letters than there is room for")
            font.face.charToGlyph[code] = glyph
            font.face.charWidths[code] = width
            _spelled[code] = spells
            _known[key] = code
        return chr(_known[key])
