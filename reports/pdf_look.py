"""Measures, colours and styles of the letter on paper. Lengths in points."""

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from .pdf_fonts import BOLD, ITALIC, SANS, SEMIBOLD, SERIF, register_fonts

PAGE = A4
LEFT = 27 * mm
RIGHT = 27 * mm
TOP = 20 * mm
FIRST_TOP = 17 * mm
BOTTOM = 24 * mm
WIDTH = PAGE[0] - LEFT - RIGHT
# Swedish window envelopes with the window on the right (H2), C5 and E65: see docs/letterhead.md.
WINDOW_X = 108 * mm
WINDOW_Y = 47 * mm
WINDOW_WIDTH = 84 * mm
WINDOW_HEIGHT = 32 * mm

INK = HexColor("#1B2629")
QUIET = HexColor("#4E5D61")
ACCENT = HexColor("#0B4F5C")
LINE = HexColor("#C8D3D4")
TINT = HexColor("#EDF4F3")
WARM = HexColor("#FBF3E4")
WARM_BAR = HexColor("#C98A2B")
WARM_INK = HexColor("#6B4209")
WHITE = HexColor("#FFFFFF")

ROOM_FOR_HEADING = 42 * mm
BESIDE_TEXT = 90.0
"""Left free to the right of running text: a line of it holds 60–75 letters. Tables and cards use the room."""


@dataclass(frozen=True)
class SignLook:
    """Colours of a position word; `fill` is how much of the ring beside it is filled, in quarters."""

    ink: Color
    ground: Color
    quarters: int


SIGN_LOOKS = {
    "good": SignLook(HexColor("#0B4F3C"), HexColor("#E2F1EA"), 4),
    "mostly": SignLook(HexColor("#0B4F5C"), HexColor("#E1EFF2"), 3),
    "improve": SignLook(HexColor("#6B4209"), HexColor("#FBEFD5"), 2),
    "serious": SignLook(HexColor("#7A2430"), HexColor("#F8E6E6"), 1),
    "unknown": SignLook(HexColor("#434F57"), HexColor("#FFFFFF"), 0),
    "pending": SignLook(HexColor("#3B4470"), HexColor("#EAECF6"), 0),
}


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of a letter. `accent` is the colour of headings and lines."""

    accent: Color
    body: ParagraphStyle
    running: ParagraphStyle
    notice: ParagraphStyle
    lead: ParagraphStyle
    title: ParagraphStyle
    kind: ParagraphStyle
    h2: ParagraphStyle
    h3: ParagraphStyle
    item: ParagraphStyle
    item_more: ParagraphStyle
    quote: ParagraphStyle
    small: ParagraphStyle
    quiet: ParagraphStyle
    sender: ParagraphStyle
    address: ParagraphStyle
    eyebrow: ParagraphStyle
    warm_h2: ParagraphStyle
    card_kind: ParagraphStyle
    card_title: ParagraphStyle
    label: ParagraphStyle
    part: ParagraphStyle
    source: ParagraphStyle
    due_label: ParagraphStyle
    due: ParagraphStyle
    card_h3: ParagraphStyle
    card_text: ParagraphStyle
    cell: ParagraphStyle
    fine: ParagraphStyle
    stamp: ParagraphStyle
    cell_head: ParagraphStyle
    caption: ParagraphStyle
    area: ParagraphStyle


@cache
def styles(colour: str = "") -> Styles:
    """The styles, made once for each colour of headings and lines; registers the typefaces they need."""
    register_fonts()
    accent = HexColor(colour) if colour else ACCENT
    body = _style("body", None, fontName=SANS, fontSize=10, leading=14.6, spaceAfter=6, textColor=INK)
    running = _style("running", body, fontSize=10.5, leading=15.4, spaceAfter=6.5, rightIndent=BESIDE_TEXT)
    small = _style("small", body, fontSize=8.9, leading=12.4, spaceAfter=3)
    h2 = _style(
        "h2",
        body,
        fontName=SERIF,
        fontSize=14,
        leading=18,
        spaceBefore=15,
        spaceAfter=5,
        textColor=accent,
        keepWithNext=1,
    )
    label = _style(
        "label",
        body,
        fontName=SEMIBOLD,
        fontSize=8.8,
        leading=13.2,
        spaceAfter=0,
        textColor=accent,
    )
    part = _style("part", body, fontSize=9.5, leading=13.2, spaceAfter=2)
    return Styles(
        accent=accent,
        body=body,
        running=running,
        notice=_style("notice", running, rightIndent=BESIDE_TEXT - 30),
        lead=_style(
            "lead", running, fontSize=11.5, leading=16.8, spaceAfter=7, rightIndent=50, textColor=accent
        ),
        title=_style("title", body, fontName=SERIF, fontSize=22, leading=28, spaceAfter=11, textColor=accent),
        kind=_style("kind", body, fontName=SEMIBOLD, fontSize=9.6, leading=13, spaceAfter=4, textColor=QUIET),
        h2=h2,
        h3=_style(
            "h3",
            body,
            fontName=SEMIBOLD,
            fontSize=10.5,
            leading=14.6,
            spaceBefore=6,
            spaceAfter=2,
            textColor=INK,
            keepWithNext=1,
        ),
        item=_style(
            "item",
            running,
            leftIndent=18,
            bulletIndent=3,
            bulletFontName=SEMIBOLD,
            bulletFontSize=10,
            bulletColor=accent,
            spaceAfter=3.5,
        ),
        item_more=_style("item_more", running, leftIndent=18, spaceAfter=3.5),
        quote=_style(
            "quote",
            running,
            fontName=ITALIC,
            leading=15.2,
            spaceAfter=0,
            textColor=WARM_INK,
            rightIndent=BESIDE_TEXT - 35,
        ),
        small=small,
        quiet=_style("quiet", small, fontSize=8.4, leading=12.2, textColor=QUIET, spaceAfter=0),
        sender=_style(
            "sender", body, fontName=SERIF, fontSize=13, leading=17, spaceAfter=1, textColor=accent
        ),
        address=_style("address", body, fontSize=10.3, leading=14.2, spaceAfter=0),
        eyebrow=_style(
            "eyebrow",
            body,
            fontName=SEMIBOLD,
            fontSize=8.4,
            leading=11.5,
            spaceAfter=2,
            textColor=accent,
            keepWithNext=1,
        ),
        warm_h2=_style("warm_h2", h2, textColor=WARM_INK, spaceBefore=2, keepWithNext=1),
        card_kind=_style(
            "card_kind",
            body,
            fontName=SEMIBOLD,
            fontSize=8.6,
            leading=11,
            spaceAfter=0,
            textColor=HexColor("#CFE5E6") if accent == ACCENT else WHITE,
            keepWithNext=1,
        ),
        card_title=_style(
            "card_title", body, fontName=SEMIBOLD, fontSize=11, leading=15, spaceAfter=0, textColor=WHITE
        ),
        label=label,
        part=part,
        source=_style("source", part, fontSize=8.6, leading=12, textColor=QUIET),
        due_label=label,
        due=_style("due", body, fontName=BOLD, fontSize=10.5, leading=13.2, spaceAfter=0, textColor=accent),
        card_h3=_style(
            "card_h3", body, fontName=SEMIBOLD, fontSize=10, leading=13.8, spaceAfter=1, keepWithNext=1
        ),
        card_text=_style("card_text", body, fontSize=9.8, leading=14, spaceAfter=3, rightIndent=BESIDE_TEXT),
        cell=_style("cell", small, fontSize=9.2, leading=12.8, spaceAfter=0, splitLongWords=1),
        fine=_style("fine", small, fontSize=8.5, leading=11.6, spaceAfter=0, splitLongWords=1),
        cell_head=_style("cell_head", small, fontName=SEMIBOLD, spaceAfter=0, textColor=accent),
        caption=_style("caption", small, fontName=SEMIBOLD, spaceBefore=6, spaceAfter=4),
        stamp=_style(
            "stamp", small, fontSize=8.4, leading=12.2, textColor=QUIET, spaceAfter=0, rightIndent=BESIDE_TEXT
        ),
        area=_style("area", body, fontName=SEMIBOLD, fontSize=10.2, leading=14, spaceAfter=0),
    )


def _style(name: str, parent: ParagraphStyle | None, **settings: object) -> ParagraphStyle:
    defaults = {
        "alignment": TA_LEFT,
        "bulletFontName": SANS,
        "splitLongWords": 1,
        "allowOrphans": 0,
        "allowWidows": 0,
    }
    return ParagraphStyle(name, parent=parent, **({} if parent else defaults) | settings)
