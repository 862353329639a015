"""The styles of a letter as DOCX.

They are Word's own where it has one (Heading 1–3, List Bullet, Caption …), so that readers' programs know
what each paragraph is. Typefaces are those that every office program has or stands in for, Arabic included.
Lengths are twentieths of a point, sizes of letters half points, as the format counts.
"""

from functools import partial

from docx.oxml.ns import nsdecls

from .content import Direction

TEXT, TITLES = "Arial", "Georgia"
INK, QUIET, ACCENT = "1B2629", "4E5D61", "0B4F5C"
LINE, TINT, WARM_BAR, WARM_INK = "C8D3D4", "EDF4F3", "C98A2B", "6B4209"

BODY = 21
PAGE = (11906, 16838)
TOP, BOTTOM, FOOT = 1134, 1361, 680
LEFT, RIGHT, FOR_CHILD = 1531, 3118, 964
WIDTH = PAGE[0] - LEFT - RIGHT
"""Of running text: some 75 letters. Tables use the margin too."""
TABLE_WIDTH = PAGE[0] - 2 * LEFT
SIGN_INKS = {
    "good": ("0B4F3C", "E2F1EA"),
    "mostly": ("0B4F5C", "E1EFF2"),
    "improve": ("6B4209", "FBEFD5"),
    "serious": ("7A2430", "F8E6E6"),
    "unknown": ("434F57", "FFFFFF"),
    "pending": ("3B4470", "EAECF6"),
}
"""Letters and ground of a position word, as on paper."""


def style_id(name: str) -> str:
    """The id of a style, by which paragraphs name it."""
    return name.replace(" ", "")


def edge(side: str, colour: str, eighths: int, space: int = 0) -> str:
    """One side of a border, so many eighths of a point thick."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def styles_part(language: str, direction: Direction, accent: str, size: int, air: float) -> str:
    """The styles of a letter in a language ("sv-SE"), with headings in a colour ("0B4F5C").

    `size`: of running text, in half points; all else is larger or smaller with it. `air`: how much of the
    usual space there is between paragraphs.
    """
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style_id(name)}"><w:name w:val="{_known_as(name)}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{place}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
        for name, (place, look) in _styles(accent, size / BODY, air).items()
    )
    turned = "<w:bidi/>" if direction == "rtl" else ""
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{TEXT}" w:hAnsi="{TEXT}" w:eastAsia="{TEXT}" w:cs="{TEXT}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>{turned}{_space(air, 0, 120)}</w:pPr>"
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '</w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        f'<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>{rows}</w:styles>'
    )


def _styles(accent: str, scale: float, air: float) -> dict[str, tuple[str, str]]:
    """By name: how the paragraph stands and how its letters look. Elements stand in the schema's order."""
    frame = edge("top", LINE, 4, 6) + edge("left", accent, 24, 8)
    frame = f"<w:pBdr>{frame}{edge('bottom', LINE, 4, 6)}{edge('right', LINE, 4, 6)}</w:pBdr>"
    inside = '<w:ind w:left="227" w:right="170"/>'
    with_next = "<w:keepNext/>"
    font, space, heading = partial(_font, scale), partial(_space, air), partial(_heading, air)
    return {
        "Heading 1": (heading(0, 0, 200), font(44, accent, titles=True)),
        "Heading 2": (heading(1, 320, 100), font(28, accent, titles=True)),
        "Heading 3": (heading(2, 180, 50), font(22, INK, bold=True)),
        "Sender": (
            f"<w:pBdr>{edge('top', accent, 18, 8)}</w:pBdr>{space(0, 20)}",
            font(26, accent, titles=True),
        ),
        "Quiet": (space(0, 0, 276), font(17, QUIET)),
        "Address": (space(0, 0, 276), font(21)),
        "Kind": (with_next + space(0, 60), font(19, QUIET, bold=True)),
        "Lead": (with_next + space(0, 140, 300), font(23, accent)),
        "Label": (with_next + space(100, 0), font(18, accent, bold=True)),
        "Eyebrow": (with_next + space(160, 20), font(17, accent, bold=True)),
        "Due": (space(0, 160), font(22, accent, bold=True)),
        "Position": (with_next + space(0, 60), font(19, bold=True)),
        "Source": (space(0, 60), font(18, QUIET)),
        "Quote": (
            f"<w:pBdr>{edge('left', WARM_BAR, 24, 8)}</w:pBdr>{space(60, 100)}{inside}",
            f"<w:i/><w:iCs/>{font(21, WARM_INK)}",
        ),
        "Notice": (f"<w:keepLines/>{frame}{space(80, 80)}{inside}", font(21)),
        "Caption": (with_next + space(160, 80), font(19, bold=True)),
        "Table Head": (space(30, 30, 264), font(18, accent, bold=True)),
        "Table Text": (space(30, 30, 264), font(18)),
        "Small": (space(120, 40, 264), font(17, QUIET)),
        "List Bullet": (_listed(1) + space(0, 70), font(21)),
        "List Number": (_listed(2) + space(0, 70), font(21)),
        "List Continue": (f'{space(0, 70)}<w:ind w:left="360"/>', font(21)),
        "Footer": (
            f"<w:pBdr>{edge('top', LINE, 4, 6)}</w:pBdr>"
            f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>{space(0, 0, 240)}',
            font(16, QUIET),
        ),
    }


def _known_as(name: str) -> str:
    """Word's own names of some styles begin with a small letter in the file."""
    return name.lower() if name.startswith(("Heading", "Caption", "Footer")) else name


def _space(air: float, before: int, after: int, line: int = 288) -> str:
    """Above and below a paragraph, times `air`; its lines stand closer where there is less than whole air."""
    above, below, lines = round(before * air), round(after * air), line if air >= 1 else min(line, 256)
    return f'<w:spacing w:before="{above}" w:after="{below}" w:line="{lines}" w:lineRule="auto"/>'


def _heading(air: float, level: int, before: int, after: int) -> str:
    return f'<w:keepNext/><w:keepLines/>{_space(air, before, after, 264)}<w:outlineLvl w:val="{level}"/>'


def _font(scale: float, size: int, colour: str = "", *, bold: bool = False, titles: bool = False) -> str:
    face = f'<w:rFonts w:ascii="{TITLES}" w:hAnsi="{TITLES}" w:cs="{TEXT}"/>' if titles else ""
    weight = "<w:b/><w:bCs/>" if bold or titles else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    points = round(size * scale)
    return f'{face}{weight}{ink}<w:sz w:val="{points}"/><w:szCs w:val="{points}"/>'


def _listed(number: int) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'
