"""The mark of the sender in the head of a letter: read from a file, and given to each form of the letter."""

import base64
import io

from PIL import Image, UnidentifiedImageError
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from .content import Logo
from .svg import CannotBeDrawn, Drawing, as_png, read_drawing
from .tagging.structure import Tag

MOST_BYTES = 200_000
MOST_PIXELS = 4000
BOX = (70.0, 14.0)
"""The most that it takes in the head, width and height in millimetres."""


class UnfitLogo(ValueError):
    """The file cannot stand in the head of a letter; the text says why and what to do."""


def read_logo(data: bytes, alt: str) -> Logo:
    """The logo in a PNG or SVG file, with the words for those who do not see it. Raises `UnfitLogo`."""
    if not alt.strip():
        raise UnfitLogo("it has no words for those who do not see it: say what it shows")
    if len(data) > MOST_BYTES:
        raise UnfitLogo(f"it is {len(data):,} bytes, and at most {MOST_BYTES:,} are kept with every letter")
    if data.startswith(b"\x89PNG"):
        _check_png(data)
        return Logo(base64.b64encode(data).decode(), "png", alt.strip())
    try:
        read_drawing(data)
    except CannotBeDrawn as fault:
        raise UnfitLogo(f"it is neither a PNG nor an SVG that can be drawn: {fault}") from fault
    return Logo(base64.b64encode(data).decode(), "svg", alt.strip())


def _check_png(data: bytes) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) > MOST_PIXELS:
                raise UnfitLogo(
                    f"it is {image.width} x {image.height} pixels; at most {MOST_PIXELS} either way"
                )
            image.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as fault:
        if isinstance(fault, UnfitLogo):
            raise
        raise UnfitLogo(f"the PNG cannot be read ({fault})") from fault


def logo_size(logo: Logo) -> tuple[float, float]:
    """Its width and height in the head, in millimetres: as large as the box allows."""
    wide, tall = _proportions(logo)
    scale = min(BOX[0] / wide, BOX[1] / tall)
    return wide * scale, tall * scale


def logo_png(logo: Logo) -> bytes:
    """As PNG, for documents that hold nothing else; a drawing is made fine enough to print."""
    data = base64.b64decode(logo.data)
    return data if logo.kind == "png" else as_png(read_drawing(data), round(logo_size(logo)[0] / 25.4 * 400))


def logo_address(logo: Logo) -> str:
    """As an address that holds the file itself, for a page that needs nothing else."""
    return f"data:image/{'svg+xml' if logo.kind == 'svg' else 'png'};base64,{logo.data}"


def _proportions(logo: Logo) -> tuple[float, float]:
    data = base64.b64decode(logo.data)
    if logo.kind == "svg":
        drawing = read_drawing(data)
        return drawing.width, drawing.height
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        return float(image.width), float(image.height)


class LogoOnPaper(Flowable):  # type: ignore[misc]
    """The logo with its words, at the size that the head has room for."""

    def __init__(self, logo: Logo) -> None:
        super().__init__()
        self.logo = logo
        self.figure = Tag("Figure", alt=logo.alt)
        self.tags = [self.figure]
        width, height = logo_size(logo)
        self.width, self.height = width * mm, height * mm
        self.hAlign = "LEFT"

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        data = base64.b64decode(self.logo.data)
        with self.canv.picture(self.figure, self.width, self.height):
            if self.logo.kind == "png":
                self.canv.drawImage(ImageReader(_on_white(data)), 0, 0, self.width, self.height)
            else:
                _draw(self.canv, read_drawing(data), self.width, self.height)


def _on_white(data: bytes) -> Image.Image:
    """Without anything half transparent: what an archive keeps looks the same for ever."""
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, seen).convert("RGB")


def _draw(canvas: Flowable, drawing: Drawing, width: float, height: float) -> None:
    canvas.saveState()
    canvas.translate(0, height)
    canvas.scale(width / drawing.width, -height / drawing.height)
    for one in drawing.outlines:
        path = canvas.beginPath()
        for ring in one.rings:
            path.moveTo(*ring.points[0])
            for point in ring.points[1:]:
                path.lineTo(*point)
            if ring.closed:
                path.close()
        if one.fill:
            canvas.setFillColor(HexColor(one.fill))
        if one.line:
            canvas.setStrokeColor(HexColor(one.line))
            canvas.setLineWidth(one.width)
        canvas.drawPath(
            path, stroke=int(bool(one.line)), fill=int(bool(one.fill)), fillMode=0 if one.even_odd else 1
        )
    canvas.restoreState()
