"""Measures and styles of a letter to a child on paper, for each age. Lengths in points."""

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from . import pdf_look as look
from .pdf_fonts import SANS, SEMIBOLD, SERIF
from .pdf_shaping import LATIN_SHARE

SIDE = 15 * mm
TOP = 11 * mm
FOOT = 9 * mm
WIDTH = look.PAGE[0] - 2 * SIDE
HEIGHT = look.PAGE[1] - TOP - FOOT

GROUNDS = {
    "told": HexColor("#FBF3E4"),
    "decided": HexColor("#EAF2F4"),
    "cannot": HexColor("#F4F1F6"),
    "next": HexColor("#E8F3EC"),
    "reach": HexColor("#FCF5DC"),
}
LINES = {
    "told": HexColor("#C98A2B"),
    "decided": look.ACCENT,
    "cannot": HexColor("#6A5680"),
    "next": HexColor("#2F7D6B"),
    "reach": HexColor("#9A7410"),
}

MOST = {"child-6-12": 18.0, "child-13-20": 15.5}
LEAST = {"child-6-12": 14.0, "child-13-20": 12.5}
"""The size of running text at its largest and at its least; all of it on the page has the same."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles at one size of running text. `air`: the room around and between, usually 1."""

    size: float
    air: float
    body: ParagraphStyle
    item: ParagraphStyle
    lead: ParagraphStyle
    title: ParagraphStyle
    heading: ParagraphStyle
    small_heading: ParagraphStyle
    sender: ParagraphStyle
    quiet: ParagraphStyle


def least(form: str, *, right_to_left: bool) -> float:
    """The least size of running text; it holds for the Latin letters and digits beside Arabic, too."""
    return LEAST[form] / (LATIN_SHARE if right_to_left else 1)


def most(form: str, *, right_to_left: bool) -> float:
    return MOST[form] / (LATIN_SHARE if right_to_left else 1)


def styles(form: str, size: float, *, right_to_left: bool, air: float = 1, colour: str = "") -> Styles:
    """The styles at that size of running text. `colour`: the sender's own, of its name and the title."""
    accent = HexColor(colour) if colour else look.ACCENT
    young = form == "child-6-12"
    loose = 1.28 + 0.06 * air

    def style(name: str, share: float, **more: object) -> ParagraphStyle:
        at = size * share
        given = {
            "fontName": SANS,
            "fontSize": at,
            "leading": at * loose,
            "textColor": look.INK,
            "spaceBefore": 0,
            "spaceAfter": size * 0.25 * air,
            "splitLongWords": 1,
            "allowWidows": 1,
            "allowOrphans": 1,
        }
        return ParagraphStyle(name, **{**given, **more})

    return Styles(
        size=size,
        air=air,
        body=style("body", 1),
        item=style("item", 1, fontName=SEMIBOLD, spaceAfter=0),
        lead=style("lead", 1 if young else 1.04),
        title=style("title", 1.3 + 0.4 * air, fontName=SERIF, textColor=accent, leading=size * (1.2 + air)),
        heading=style(
            "heading", 1.3 if young else 1.16, fontName=SEMIBOLD, textColor=look.ACCENT, spaceAfter=size * 0.2
        ),
        small_heading=style("small_heading", 1, fontName=SEMIBOLD, spaceAfter=size * 0.15),
        sender=style("sender", 1, fontName=SEMIBOLD, fontSize=11, leading=15, textColor=accent, spaceAfter=0),
        quiet=style("quiet", 1, fontSize=9.5, leading=13, textColor=look.QUIET, spaceAfter=0),
    )
