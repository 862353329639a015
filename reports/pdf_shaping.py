"""Text that is written from right to left: letters that take their form from their neighbours.

HarfBuzz gives each letter its form. A line is drawn in stretches (`directions.stretches`), each a string of
its own in the order in which it is read; inside a stretch of Arabic the glyphs stand as they are seen, from
the left, and each spells its letter. Readers of PDF expect it so, and turn such a string round; a text of its
own beside it (ActualText) would be handed out backwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz as hb
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from .directions import stretches
from .pdf_fonts import BOLD, FONT_FOLDER, SANS, SEMIBOLD, SERIF, MissingGlyph, register_fonts, written
from .tagging.spelling import character_for

NASKH = "NotoNaskhArabic-Regular"
NASKH_BOLD = "NotoNaskhArabic-Bold"
LATIN_SHARE = 0.94
"""Latin letters and digits are set that much smaller: Arabic letters of the same size look smaller."""
LATIN_BESIDE = {NASKH: SANS, NASKH_BOLD: SEMIBOLD}
"""Which typeface writes the Latin words and the numbers beside the Arabic."""

ARABIC_FOR = {SANS: NASKH, SEMIBOLD: NASKH_BOLD, BOLD: NASKH_BOLD, SERIF: NASKH_BOLD}

_FORMATTING = dict.fromkeys(
    (0x00AD, 0x200B, 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
"""Soft hyphens and signs that only steer the direction; the stretches do that."""
_MIRROR = str.maketrans("()[]{}<>", ")(][}{><")
_HELD = "\x00"
_KEPT_TOGETHER = 24
_LONGEST_LINE = 250
"""More letters than this no line has."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One form of a letter: the character that draws it, and where. In thousandths of the size."""

    character: str
    advance: float
    right: float
    up: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a line in one direction. `width` in points; `size` is that of its typeface."""

    text: str
    font: str
    size: float
    width: float
    glyphs: tuple[Glyph, ...] = ()


@cache
def register_arabic() -> None:
    """Makes the Arabic typefaces known to ReportLab, and the Latin ones beside them; once for the process."""
    register_fonts()
    for name in (NASKH, NASKH_BOLD):
        pdfmetrics.registerFont(TTFont(name, FONT_FOLDER / f"{name}.ttf"))


@cache
def _shaper(font: str) -> tuple[hb.Font, float]:
    face = hb.Face(hb.Blob.from_file_path(str(FONT_FOLDER / f"{font}.ttf")))
    return hb.Font(face), 1000 / face.upem


@cache
def _characters(font: str) -> frozenset[int]:
    return frozenset(_shaper(font)[0].face.unicodes)


def cleaned(text: str) -> str:
    """The text without signs that steer the direction."""
    return text.translate(_FORMATTING)


def line_of(text: str, font: str, size: float) -> tuple[Stretch, ...]:
    """A line of text in its stretches, in the order in which they are read.

    Raises `MissingGlyph` for a character that neither of the two typefaces has.
    """
    made = []
    for part, is_latin in stretches(text):
        if is_latin:
            latin, smaller = LATIN_BESIDE[font], size * LATIN_SHARE
            written(part, latin)
            made.append(Stretch(part, latin, smaller, stringWidth(part, latin, smaller)))
        else:
            for has_form, run in groupby(part, key=lambda one: ord(one) in _characters(font)):
                made.append(_turned("".join(run), font if has_form else LATIN_BESIDE[font], size))
    return tuple(made)


def _turned(text: str, font: str, size: float) -> Stretch:
    """A stretch that is read from the right. Signs that only the Latin typeface has are turned by hand."""
    glyphs = _shaped(text, font) if font in LATIN_BESIDE else tuple(_mirrored(text, font))
    return Stretch(text, font, size, sum(glyph.advance for glyph in glyphs) * size / 1000, glyphs)


def _mirrored(text: str, font: str) -> Iterator[Glyph]:
    typeface = pdfmetrics.getFont(font)
    for spells in reversed(text):
        written(spells, font)
        drawn = ord(spells.translate(_MIRROR))
        width = typeface.face.getCharWidth(drawn)
        character = character_for(typeface, typeface.face.charToGlyph[drawn], spells, width)
        yield Glyph(character, width, 0, 0)


@lru_cache(maxsize=4096)
def _kept(text: str, font: str) -> tuple[Glyph, ...]:
    shaper, scale = _shaper(font)
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
    hb.shape(shaper, buffer)
    drawn = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    starts = sorted({info.cluster for info, _ in drawn})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    typeface, made = pdfmetrics.getFont(font), []
    for cluster, group in groupby(drawn, key=lambda one: one[0].cluster):
        spells, glyphs = text[cluster : ends[cluster]], list(group)
        for number, (info, place) in enumerate(glyphs):
            if info.codepoint == 0 or number:
                # A second glyph would say the letter again, or nothing.
                raise MissingGlyph(spells[0], text)
            width = shaper.get_glyph_h_advance(info.codepoint) * scale
            character = character_for(typeface, info.codepoint, spells, width)
            made.append(
                Glyph(character, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale)
            )
    return tuple(made)


def _shaped(text: str, font: str) -> tuple[Glyph, ...]:
    register_arabic()
    return _kept(text, font)


def lines_of(text: str, style: ParagraphStyle, width: float) -> list[str]:
    """The text in lines that are no wider. A word that is too long by itself is broken where it must."""
    lines: list[str] = []
    for word in words_of(cleaned(text)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer) <= _LONGEST_LINE and _wide(longer, style) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, style, width)
    return lines


def words_of(text: str) -> Iterator[str]:
    """The words of the text; a telephone number and other short stretches of Latin stay in one piece."""
    kept = "".join(
        part.replace(" ", _HELD) if is_latin and len(part) <= _KEPT_TOGETHER else part
        for part, is_latin in stretches(text)
    )
    return (word.replace(_HELD, " ") for word in kept.split(" ") if word)


def _pieces(word: str, style: ParagraphStyle, width: float) -> Iterator[str]:
    while len(word) > 1 and (len(word) > _LONGEST_LINE or _wide(word, style) > width):
        fits, too_long = 1, min(len(word), _LONGEST_LINE)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            fits, too_long = (middle, too_long) if _wide(word[:middle], style) <= width else (fits, middle)
        yield word[:fits]
        word = word[fits:]
    yield word


def _wide(text: str, style: ParagraphStyle) -> float:
    return wide(line_of(text, style.fontName, style.fontSize))


def wide(line: Sequence[Stretch]) -> float:
    """The width of a line in points."""
    return sum(stretch.width for stretch in line)
