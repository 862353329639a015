"""What a printed guide has to write on and to point at: lines, fields, boxes, and faces."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from . import pdf_look as look
from .pdf_fonts import SANS, written
from .tagging.structure import Tag, list_of

LINE_APART = 8.5 * mm


def entries(holder: Tag, words: Sequence[str]) -> list[Tag]:
    """The tags of short texts beside each other: a list, but for one alone."""
    if len(words) == 1:
        return [holder.add("P").saying(words[0])]
    listed = list_of()
    holder.take(listed)
    return [listed.add("LI").add("LBody").saying(word) for word in words]


class Lines(Flowable):  # type: ignore[misc]
    """Lines to write on."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.count * LINE_APART + 3
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(look.LINE)
        self.canv.setLineWidth(0.7)
        for line in range(self.count):
            self.canv.line(0, 3 + line * LINE_APART, self.width, 3 + line * LINE_APART)


class Fields(Flowable):  # type: ignore[misc]
    """What is to be filled in before the talk, two in a row, each over its line."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)
        self.tags = [Tag("P").saying(title) for title in self.titles]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, -(-len(self.titles) // 2) * 11.5 * mm
        return self.width, self.height

    def draw(self) -> None:
        half = (self.width - 16) / 2
        for place, title in enumerate(self.titles):
            x, y = (place % 2) * (half + 16), self.height - (place // 2 + 1) * 11.5 * mm + 3
            self.canv.setStrokeColor(look.QUIET)
            self.canv.setLineWidth(0.7)
            self.canv.line(x, y, x + half, y)
            self.canv.setFillColor(look.QUIET)
            self.canv.setFont(SANS, 8.4)
            written(title, SANS)
            self.canv.tag = self.tags[place]
            self.canv.drawString(x, y + 6.8 * mm, title)
        self.canv.tag = None


class Ticks(Flowable):  # type: ignore[misc]
    """Boxes to tick in one row, after what they are about. `inside`: the tag that they belong to."""

    def __init__(self, about: str, choices: Sequence[str], inside: Tag | None = None) -> None:
        super().__init__()
        self.about, self.choices = about, tuple(choices)
        holder = inside or Tag("Div")
        self._about = holder.add("P").saying(about) if about else None
        self._choices = entries(holder, choices)
        self.tags = [holder]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 15.0
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFont(SANS, 8.6)
        self.canv.setFillColor(look.QUIET)
        self.canv.setStrokeColor(look.QUIET)
        self.canv.setLineWidth(0.8)
        x = 0.0
        if self.about:
            written(self.about, SANS)
            self.canv.tag = self._about
            self.canv.drawString(x, 3, self.about)
            x += stringWidth(self.about, SANS, 8.6) + 12
        for choice, tag in zip(self.choices, self._choices, strict=True):
            written(choice, SANS)
            self.canv.tag = tag
            self.canv.rect(x, 2, 8, 8)
            self.canv.drawString(x + 12, 3, choice)
            x += stringWidth(choice, SANS, 8.6) + 28
        self.canv.tag = None


class Faces(Flowable):  # type: ignore[misc]
    """Five faces in a row, from the saddest, each with its word: to be pointed at or ringed in.

    `alt`: what is said instead of the drawn faces; `inside`: the tag that they belong to.
    """

    SIZE = 34.0
    #: How high the corners of each mouth stand over its middle, in parts of the face.
    MOUTHS = (-0.17, -0.09, 0.0, 0.09, 0.17)

    def __init__(self, words: Sequence[str], alt: str, inside: Tag) -> None:
        super().__init__()
        self.words = tuple(words)
        self._drawn = inside.add("Figure", alt=alt)
        self._named = entries(inside, words)
        self.tags = [inside]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.SIZE + 22
        return self.width, self.height

    def draw(self) -> None:
        apart = (self.width - 20) / len(self.words)
        with self.canv.picture(self._drawn, self.width, self.height):
            for place in range(len(self.words)):
                x = 20 + apart * (place + 0.5)
                self._face(x, 15 + self.SIZE / 2, self.MOUTHS[place % len(self.MOUTHS)])
        for place, word in enumerate(self.words):
            written(word, SANS)
            self.canv.setFillColor(look.INK)
            self.canv.setFont(SANS, 9)
            self.canv.tag = self._named[place]
            self.canv.drawCentredString(20 + apart * (place + 0.5), 3, word)
        self.canv.tag = None

    def _face(self, x: float, y: float, mouth: float) -> None:
        size = self.SIZE
        self.canv.setStrokeColor(look.INK)
        self.canv.setFillColor(look.INK)
        self.canv.setLineWidth(1.2)
        self.canv.setLineCap(1)
        self.canv.circle(x, y, size / 2)
        for side in (-1, 1):
            self.canv.circle(x + side * size * 0.17, y + size * 0.12, size * 0.045, stroke=0, fill=1)
        path = self.canv.beginPath()
        middle, corner = y - size * 0.2 - mouth * size, y - size * 0.2 + mouth * size * 0.5
        path.moveTo(x - size * 0.22, corner)
        path.curveTo(x - size * 0.1, middle, x + size * 0.1, middle, x + size * 0.22, corner)
        self.canv.drawPath(path)
