"""Drawings from SVG files: areas and lines, nothing else.

What is read: `svg g path rect circle ellipse line polyline polygon` with plain colours and `transform`. All
else is refused by its name, because a drawing that is shown in part would be another drawing: text,
gradients, pictures, styles by class, anything half transparent.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any
from xml.etree import ElementTree  # the parser refuses entities  # nosec B405

from PIL import Image, ImageChops, ImageDraw
from PIL.ImageColor import getrgb

from .svg_paths import Point, Ring, ellipse, rings_of

_SILENT = {"title", "desc", "metadata"}
_INHERITED = {
    "fill": "#000000",
    "stroke": "none",
    "stroke-width": "1",
    "fill-rule": "nonzero",
    "color": "#000000",
}
_WHOLE = ("opacity", "fill-opacity", "stroke-opacity")
_REFUSED = ("class", "clip-path", "mask", "filter")
_CALL = re.compile(r"(\w+)\s*\(([^)]*)\)")
Matrix = tuple[float, float, float, float, float, float]


class CannotBeDrawn(ValueError):
    """The file is no drawing that can be shown as it is; the text says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines through points, and what lies within. `fill` and `line` are colours, "" for none."""

    rings: tuple[Ring, ...]
    fill: str
    line: str
    width: float
    even_odd: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Outlines in a box of that width and height, the origin at the top left."""

    width: float
    height: float
    outlines: tuple[Outline, ...]


def read_drawing(data: bytes) -> Drawing:
    """The drawing in an SVG file. Raises `CannotBeDrawn`."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CannotBeDrawn("it has a DOCTYPE or an ENTITY: take them away")
    try:
        # Without a DOCTYPE nothing can be expanded or fetched.
        root = ElementTree.fromstring(data)  # noqa: S314  # nosec B314
    except ElementTree.ParseError as fault:
        raise CannotBeDrawn(f"it is not well-formed XML ({fault})") from fault
    if _name(root) != "svg":
        raise CannotBeDrawn("it is not an SVG file")
    try:
        left, top, width, height = _box(root)
        if width <= 0 or height <= 0:
            raise CannotBeDrawn("it has no width or height")
        outlines = tuple(_outlines(root, (1, 0, 0, 1, -left, -top), _INHERITED))
    except (ValueError, IndexError) as fault:
        if isinstance(fault, CannotBeDrawn):
            raise
        raise CannotBeDrawn(f"it has a number or a path that cannot be read ({fault})") from fault
    if not outlines:
        raise CannotBeDrawn("it is empty")
    return Drawing(width, height, outlines)


def as_png(drawing: Drawing, pixels: int) -> bytes:
    """An image so many pixels wide, on a clear ground. The same call gives the same bytes."""
    finer = 4
    scale = pixels * finer / drawing.width
    size = (pixels * finer, max(1, round(drawing.height * scale)))
    image = Image.new("RGBA", size, (255, 255, 255, 0))
    for one in drawing.outlines:
        rings = [([(x * scale, y * scale) for x, y in ring.points], ring.closed) for ring in one.rings]
        if one.fill:
            image.paste(one.fill, mask=_area(size, [points for points, _ in rings], one.even_odd))
        if one.line:
            pen = ImageDraw.Draw(image)
            for points, closed in rings:
                wide = max(1, round(one.width * scale))
                pen.line([*points, *(points[:2] if closed else ())], one.line, wide, "curve")
    kept = io.BytesIO()
    image.resize((pixels, max(1, size[1] // finer)), Image.Resampling.LANCZOS).save(
        kept, "PNG", optimize=True
    )
    return kept.getvalue()


def _area(size: tuple[int, int], rings: list[list[Point]], even_odd: bool) -> Image.Image:
    """What lies within the rings: how often each point is gone round is counted, one up for each turn."""
    count = Image.new("L", size, 128)
    for points in rings:
        if len(points) < 3:
            continue
        one = Image.new("L", size, 0)
        ImageDraw.Draw(one).polygon(points, fill=1)
        turned = sum(
            x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True)
        )
        add = ImageChops.add if turned > 0 or even_odd else ImageChops.subtract
        count = add(count, one)
    return count.point([255 if (n % 2 if even_odd else n != 128) else 0 for n in range(256)])


# --- elements ---


def _outlines(element: Any, matrix: Matrix, above: Mapping[str, str]) -> Iterator[Outline]:
    name = _name(element)
    if name in _SILENT:
        return
    look = _look(element, above)
    if look.get("display") == "none":
        return
    matrix = _times(matrix, _transform(element.get("transform", "")))
    if name in ("svg", "g"):
        for part in element:
            yield from _outlines(part, matrix, {key: look[key] for key in _INHERITED})
        return
    rings = _shape(name, element)
    fill, line = _colour(look["fill"], look), _colour(look["stroke"], look)
    if fill or line:
        a, b, c, d, _, _ = matrix
        width = _number(look["stroke-width"]) * abs(a * d - b * c) ** 0.5
        moved = tuple(
            Ring(tuple(_moved(matrix, point) for point in ring.points), ring.closed) for ring in rings
        )
        yield Outline(moved, fill, line, width, look["fill-rule"] == "evenodd")


def _shape(name: str, element: Any) -> tuple[Ring, ...]:
    def at(key: str) -> float:
        return _number(element.get(key, "0"))

    match name:
        case "path":
            return rings_of(element.get("d", ""))
        case "rect":
            if element.get("rx") or element.get("ry"):
                raise CannotBeDrawn("it has a rectangle with round corners: make it a path")
            left, top, right, bottom = at("x"), at("y"), at("x") + at("width"), at("y") + at("height")
            return (Ring(((left, top), (right, top), (right, bottom), (left, bottom)), True),)
        case "circle":
            return (ellipse(at("cx"), at("cy"), at("r"), at("r")),)
        case "ellipse":
            return (ellipse(at("cx"), at("cy"), at("rx"), at("ry")),)
        case "line":
            return (Ring(((at("x1"), at("y1")), (at("x2"), at("y2"))), False),)
        case "polyline" | "polygon":
            numbers = [float(one) for one in re.split(r"[\s,]+", element.get("points", "").strip())]
            return (Ring(tuple(zip(numbers[::2], numbers[1::2], strict=True)), name == "polygon"),)
        case _:
            raise CannotBeDrawn(f"it holds <{name}>, which cannot be drawn: make it a path, or use a PNG")


def _look(element: Any, above: Mapping[str, str]) -> dict[str, str]:
    given = dict(element.attrib)
    for part in given.get("style", "").split(";"):
        key, _, value = part.partition(":")
        given[key.strip()] = value.strip()
    for key in _REFUSED:
        if given.get(key, "none") != "none":
            raise CannotBeDrawn(f"it uses {key}, which cannot be drawn: use a PNG")
    for key in _WHOLE:
        if _number(given.get(key, "1")) != 1:
            raise CannotBeDrawn("it is half transparent in places: use whole colours, or a PNG")
    return {
        **above,
        **{key: given[key] for key in (*_INHERITED, "display") if given.get(key, "inherit") != "inherit"},
    }


def _colour(written: str, look: Mapping[str, str]) -> str:
    if written == "none":
        return ""
    try:
        red, green, blue = getrgb(look["color"] if written == "currentColor" else written)[:3]
    except ValueError as fault:
        raise CannotBeDrawn(f"it has the colour {written!r}: use # and six hexadecimal digits") from fault
    return f"#{red:02X}{green:02X}{blue:02X}"


def _box(root: Any) -> tuple[float, ...]:
    if root.get("viewBox"):
        return tuple(float(one) for one in re.split(r"[\s,]+", root.get("viewBox").strip()))
    return (0, 0, _number(root.get("width", "0")), _number(root.get("height", "0")))


def _number(written: str) -> float:
    return float(re.sub(r"(?:px|pt|mm)$", "", written.strip()))


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


# --- places ---


def _transform(written: str) -> Matrix:
    made: Matrix = (1, 0, 0, 1, 0, 0)
    for name, inside in _CALL.findall(written):
        numbers = [float(one) for one in re.split(r"[\s,]+", inside.strip())]
        made = _times(made, _one_transform(name, numbers))
    return made


def _one_transform(name: str, numbers: list[float]) -> Matrix:
    match name, numbers:
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
        case "translate", [x, *others]:
            return (1, 0, 0, 1, x, others[0] if others else 0)
        case "scale", [x, *others]:
            return (x, 0, 0, others[0] if others else x, 0, 0)
        case "rotate", [degrees, *around]:
            turn, (x, y) = radians(degrees), around or (0.0, 0.0)
            turned = (cos(turn), sin(turn), -sin(turn), cos(turn), 0.0, 0.0)
            return _times(_times((1, 0, 0, 1, x, y), turned), (1, 0, 0, 1, -x, -y))
        case _:
            raise CannotBeDrawn(f"it is placed with {name}, which cannot be drawn: use a PNG")


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _moved(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)
