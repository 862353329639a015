"""The four pictures of a letter to a child: listen, decide, change, reach us. Our own drawings.

One drawing for every form of a letter: on paper it is drawn with ReportLab, on screen it is SVG, and for
documents that hold image files it is PNG. A drawing is a list of shapes in a square of 100 by 100, the origin
at the top left. The persons are drawn as nobody in particular.
"""

import io
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from types import MappingProxyType

from PIL import Image, ImageDraw
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from .blocks import Picture

INK = "#0B4F5C"
WARM = "#C98A2B"
SUN = "#F3C766"
PAPER = "#FFFFFF"
LEAF = "#2F7D6B"
SIDE = 100.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A line through points, or an area within it. `fill` and `line` are colours; "" for none."""

    points: tuple[Point, ...]
    fill: str = ""
    line: str = ""
    width: float = 0
    closed: bool = True


def _round(x: float, y: float, radius: float, fill: str, line: str = "", width: float = 0) -> Shape:
    return Shape(_arc(x, y, radius, 0, 360), fill, line, width)


def _arc(x: float, y: float, radius: float, begin: float, end: float) -> tuple[Point, ...]:
    """Points on a circle, in degrees clockwise from the right."""
    steps = max(4, round(abs(end - begin) / 6))
    turns = (pi / 180 * (begin + (end - begin) * step / steps) for step in range(steps + 1))
    return tuple((round(x + radius * cos(turn), 2), round(y + radius * sin(turn), 2)) for turn in turns)


def _box(left: float, top: float, wide: float, tall: float, corner: float, fill: str, *, line: str = "",
         width: float = 0) -> Shape:  # fmt: skip
    right, bottom = left + wide, top + tall
    corners = (
        *_arc(right - corner, top + corner, corner, -90, 0),
        *_arc(right - corner, bottom - corner, corner, 0, 90),
        *_arc(left + corner, bottom - corner, corner, 90, 180),
        *_arc(left + corner, top + corner, corner, 180, 270),
    )
    return Shape(corners, fill, line, width)


def _path(*points: Point, line: str = INK, width: float = 4) -> Shape:
    return Shape(points, "", line, width, closed=False)


def _person(x: float, top: float, fill: str) -> tuple[Shape, ...]:
    """A head and shoulders, 30 wide."""
    shoulders = (*_arc(x, top + 43, 17, 180, 360), (x + 17, top + 46), (x - 17, top + 46))
    return (Shape(shoulders, fill), _round(x, top + 11, 11, fill))


def _listen() -> tuple[Shape, ...]:
    """Two persons; one speaks, and the other one listens."""
    return (
        _box(4, 6, 54, 34, 10, SUN),
        Shape(((14, 38), (30, 38), (19, 50)), SUN),
        _path((16, 18), (46, 18)),
        _path((16, 28), (36, 28)),
        *_person(24, 52, WARM),
        *_person(76, 44, INK),
        _path(*_arc(62, 55, 6, 125, 235), width=3.5),
        _path(*_arc(62, 55, 12, 135, 225), width=3.5),
    )


def _decide() -> tuple[Shape, ...]:
    """A paper with lines, and a tick."""
    return (
        _box(16, 6, 56, 88, 7, PAPER, line=INK, width=4),
        _path((28, 26), (60, 26)),
        _path((28, 40), (60, 40)),
        _path((28, 54), (46, 54)),
        _round(68, 70, 24, LEAF),
        _path((57, 71), (65, 79), (80, 61), line=PAPER, width=6),
    )


def _change() -> tuple[Shape, ...]:
    """A house, and an arrow that goes round it."""
    return (
        Shape(((30, 50), (50, 32), (70, 50), (70, 74), (30, 74)), SUN),
        _path((24, 54), (50, 31), (76, 54), width=5),
        _box(44, 57, 12, 17, 1, INK),
        _path(*_arc(50, 52, 43, -60, 130), line=LEAF, width=6),
        Shape(((57, 8), (78, 6), (68, 26)), LEAF),
        _path(*_arc(50, 52, 43, 150, 270), line=LEAF, width=6),
    )


def _reach() -> tuple[Shape, ...]:
    """A telephone and a letter."""
    return (
        _box(8, 6, 40, 76, 8, INK),
        _box(13, 16, 30, 52, 2, PAPER),
        _round(28, 75, 3.2, PAPER),
        _path(*_arc(28, 41, 6, -60, 60), line=WARM, width=3.5),
        _path(*_arc(28, 41, 12, -60, 60), line=WARM, width=3.5),
        _round(25, 41, 3, WARM),
        _box(34, 48, 60, 42, 4, SUN, line=INK, width=4),
        _path((36, 51), (64, 73), (92, 51)),
    )


PICTURES: MappingProxyType[Picture, tuple[Shape, ...]] = MappingProxyType(
    {"listen": _listen(), "decide": _decide(), "change": _change(), "reach": _reach()}
)


def draw(canvas: Canvas, picture: Picture, side: float) -> None:
    """Draws it in a square whose lower left corner is the point of origin. `side` in points."""
    canvas.saveState()
    canvas.translate(0, side)
    canvas.scale(side / SIDE, -side / SIDE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in PICTURES[picture]:
        path = canvas.beginPath()
        path.moveTo(*shape.points[0])
        for point in shape.points[1:]:
            path.lineTo(*point)
        if shape.closed:
            path.close()
        if shape.fill:
            canvas.setFillColor(HexColor(shape.fill))
        if shape.line:
            canvas.setStrokeColor(HexColor(shape.line))
            canvas.setLineWidth(shape.width)
        canvas.drawPath(path, stroke=int(bool(shape.line)), fill=int(bool(shape.fill)))
    canvas.restoreState()


@cache
def inside_svg(picture: Picture) -> str:
    """The shapes as elements of an SVG whose view box is "0 0 100 100"."""
    return "".join(_element(shape) for shape in PICTURES[picture])


def as_svg(picture: Picture) -> str:
    """A file of its own. It says nothing of what it shows: whoever puts it in a document does."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE:g} {SIDE:g}" width="{SIDE:g}"'
        f' height="{SIDE:g}">{inside_svg(picture)}</svg>'
    )


def _element(shape: Shape) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
    line = ""
    if shape.line:
        line = f' stroke="{shape.line}" stroke-width="{shape.width:g}"'
        line += ' stroke-linecap="round" stroke-linejoin="round"'
    name = "polygon" if shape.closed else "polyline"
    return f'<{name} points="{points}" fill="{shape.fill or "none"}"{line}/>'


@cache
def as_png(picture: Picture, pixels: int = 480) -> bytes:
    """A square image of so many pixels on a clear ground. The same call gives the same bytes."""
    finer = 4
    scale = pixels * finer / SIDE
    image = Image.new("RGBA", (pixels * finer, pixels * finer), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    for shape in PICTURES[picture]:
        points = [(x * scale, y * scale) for x, y in shape.points]
        if shape.fill:
            pen.polygon(points, fill=shape.fill)
        if shape.line:
            wide = shape.width * scale
            pen.line([*points, *(points[:2] if shape.closed else ())], shape.line, round(wide), "curve")
            for x, y in (points[0], points[-1]):
                pen.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=shape.line)
    kept = io.BytesIO()
    image.resize((pixels, pixels), Image.Resampling.LANCZOS).save(kept, "PNG", optimize=True)
    return kept.getvalue()
