"""Pictures in which parts are painted over, for a disclosure: made anew dot by dot, with nothing beneath.

A part is told by the rows and columns of a grid that is laid over the picture, so that it needs no pointer.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from ...models.vocabulary import N_
from ..errors import Invalid

LINES = 20
"""Rows, and columns, of the grid."""
LONGEST_SIDE = 4000
SHOWN_SIDE = 1400
_PAINT = (40, 40, 40)
_LINE = (214, 28, 28)
_PAPER = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns of the grid, from 1, the last ones included."""

    from_row: int
    to_row: int
    from_column: int
    to_column: int


def painted_over(content: bytes, area: Area) -> bytes:
    """The picture as PNG with the part painted over in one colour. Raises Invalid for no such part."""
    for first, last, field in (
        (area.from_row, area.to_row, "to_row"), (area.from_column, area.to_column, "to_column"),
    ):  # fmt: skip
        if not 1 <= first <= last <= LINES:
            raise Invalid(
                N_("Write numbers from 1 to %(most)s, the smaller one first."),
                {"field": field, "most": LINES},
            )
    picture = _bare(content, LONGEST_SIDE)
    width, height = picture.size
    left, top = (area.from_column - 1) * width // LINES, (area.from_row - 1) * height // LINES
    right, bottom = -(-area.to_column * width // LINES), -(-area.to_row * height // LINES)
    ImageDraw.Draw(picture).rectangle((left, top, right, bottom), fill=_PAINT)
    return _as_png(picture)


def with_grid(content: bytes) -> bytes:
    """The picture as PNG, no larger than a page shows, with the numbered grid beside and over it."""
    picture = _bare(content, SHOWN_SIDE)
    margin = max(18, max(picture.size) // 36)
    sheet = Image.new("RGB", (picture.width + margin, picture.height + margin), _PAPER)
    sheet.paste(picture, (margin, margin))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=margin * 0.6)
    for number in range(LINES + 1):
        x, y = margin + number * picture.width // LINES, margin + number * picture.height // LINES
        draw.line((x, margin, x, sheet.height), fill=_LINE)
        draw.line((margin, y, sheet.width, y), fill=_LINE)
    for number in range(1, LINES + 1):
        x = margin + (2 * number - 1) * picture.width // (2 * LINES)
        y = margin + (2 * number - 1) * picture.height // (2 * LINES)
        draw.text((x, margin / 2), str(number), fill=(0, 0, 0), font=font, anchor="mm")
        draw.text((margin / 2, y), str(number), fill=(0, 0, 0), font=font, anchor="mm")
    return _as_png(sheet)


def _bare(content: bytes, longest: int) -> Image.Image:
    """The dots alone, in three colours, upon white."""
    with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
        opened.thumbnail((longest, longest))
        shown = opened.convert("RGBA")
    sheet = Image.new("RGB", shown.size, _PAPER)
    sheet.paste(shown, mask=shown.getchannel("A"))
    return sheet


def _as_png(picture: Image.Image) -> bytes:
    made = BytesIO()
    picture.save(made, "PNG", optimize=False)
    return made.getvalue()
