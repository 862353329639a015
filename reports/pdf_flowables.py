"""What ReportLab lacks: a card that breaks over pages, a heading that is a bookmark, a position in a pill."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from .pdf_fonts import SEMIBOLD
from .pdf_look import SIGN_LOOKS
from .tagging.structure import Tag
from .tagging.text import TaggedParagraph

_WHOLE_PAGE = 600
"""What does not fit where there is so much room fits nowhere: it breaks, whatever it wishes."""


class Heading(TaggedParagraph):
    """A paragraph that is also an entry among the bookmarks. `level` 0 is the title of the letter."""

    bookmark: tuple[str, str, int] | None = None

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        if parts and parts[0] is not self:
            parts[0].bookmark = self.bookmark
        return parts

    def draw(self) -> None:
        if self.bookmark:
            key, text, level = self.bookmark
            self.canv.bookmarkHorizontal(key, 0, self.height)
            self.canv.addOutlineEntry(text, key, level, closed=False)
        super().draw()


@dataclass(frozen=True)
class CardLook:
    """How a card is drawn. Padding: top, right, bottom, left.

    `room`: points it wants on the page before it starts. `whole`: up to this height it is never broken.
    """

    fill: Color | None = None
    border: Color | None = None
    bar: Color | None = None
    padding: tuple[float, float, float, float] = (11, 14, 11, 14)
    room: float = 90
    whole: float = 0


class Card(Flowable):  # type: ignore[misc]
    """A framed or tinted stack of flowables that may break between and inside its parts.

    A part with `keepWithNext` stays on the page of what follows it.
    """

    def __init__(
        self, parts: Sequence[Flowable], look: CardLook, before: float = 6, after: float = 9
    ) -> None:
        super().__init__()
        self.parts = list(parts)
        self.look = look
        self.spaceBefore = before
        self.spaceAfter = after
        self._laid: list[tuple[Flowable, float, float]] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        top, right, bottom, left = self.look.padding
        inner = width - left - right
        self._laid = []
        used = top
        previous_after = 0.0
        for index, part in enumerate(self.parts):
            _, tall = part.wrapOn(getattr(self, "canv", None), inner, 10**6)
            gap = max(previous_after, part.getSpaceBefore()) if index else 0.0
            self._laid.append((part, gap, tall))
            used += gap + tall
            previous_after = part.getSpaceAfter()
        self.width, self.height = width, used + bottom
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        if self.height <= height:
            return [self]
        nowhere_else = height >= _WHOLE_PAGE
        if not nowhere_else and (height < self.look.room or self.height <= self.look.whole):
            return []
        top, right, bottom, left = self.look.padding
        left_over = height - top - 6
        head: list[Flowable] = []
        rest: list[Flowable] = [part for part, _, _ in self._laid]
        for part, gap, tall in self._laid:
            if gap + tall <= left_over:
                head.append(rest.pop(0))
                left_over -= gap + tall
                continue
            pieces = part.splitOn(getattr(self, "canv", None), width - left - right, left_over - gap)
            if len(pieces) > 1:
                head.append(pieces[0])
                rest[:1] = pieces[1:]
            break
        while not nowhere_else and head and head[-1].getKeepWithNext():
            rest.insert(0, head.pop())
        if not head or not rest:
            return []
        first = Card(head, replace(self.look, padding=(top, right, 6, left)), self.spaceBefore, 0)
        later = replace(self.look, padding=(max(top, 6), right, bottom, left), room=0, whole=0)
        then = Card(rest, later, 0, self.spaceAfter)
        return [first, then]

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        if self.look.fill:
            canvas.setFillColor(self.look.fill)
            canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        if self.look.bar:
            canvas.setFillColor(self.look.bar)
            canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        canvas.restoreState()
        y = self.height - self.look.padding[0]
        for part, gap, tall in self._laid:
            y -= gap + tall
            part.drawOn(canvas, self.look.padding[3], y)
        if self.look.border:
            canvas.saveState()
            canvas.setStrokeColor(self.look.border)
            canvas.setLineWidth(0.8)
            canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
            canvas.restoreState()


class AreaLine(Flowable):  # type: ignore[misc]
    """The name of an area and its position: a word in a pill, with a ring that shows it without colour."""

    def __init__(self, area: TaggedParagraph, sign: str, word: str) -> None:
        super().__init__()
        self.area = area
        self.look = SIGN_LOOKS[sign]
        self.sign = sign
        self.word = word
        self.position = Tag("P").saying(word)
        self.tags = [*area.tags, self.position]
        self.keepWithNext = 1
        self.spaceBefore = 9
        self.spaceAfter = 3

    size = 9.2
    pill_height = 17.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.pill_width = stringWidth(self.word, SEMIBOLD, self.size) + 30
        self.beside = width - self.pill_width - 12 > 90
        _, self.area_height = self.area.wrapOn(
            getattr(self, "canv", None), width - self.pill_width - 12 if self.beside else width, height
        )
        self.width = width
        tall = max(self.area_height, self.pill_height)
        self.height = tall if self.beside else self.area_height + 4 + self.pill_height
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        self.area.drawOn(canvas, 0, self.height - self.area_height)
        x = self.width - self.pill_width if self.beside else 0
        y = self.height - self.pill_height if self.beside else 0
        canvas.saveState()
        canvas.translate(x, y)
        canvas.setFillColor(self.look.ground)
        canvas.setStrokeColor(self.look.ink)
        canvas.setLineWidth(0.7)
        if self.sign == "unknown":
            canvas.setDash(2, 1.6)
        canvas.roundRect(0, 0, self.pill_width, self.pill_height, self.pill_height / 2, stroke=1, fill=1)
        canvas.setDash()
        self._ring(13, self.pill_height / 2)
        canvas.setFillColor(self.look.ink)
        canvas.setFont(SEMIBOLD, self.size)
        canvas.tag = self.position
        canvas.drawString(21.5, self.pill_height / 2 - self.size * 0.36, self.word)
        canvas.tag = None
        canvas.restoreState()

    def _ring(self, x: float, y: float) -> None:
        canvas = self.canv
        canvas.setFillColor(self.look.ink)
        canvas.setLineWidth(0.9)
        canvas.circle(x, y, 3.9, stroke=1, fill=1 if self.look.quarters == 4 else 0)
        if 0 < self.look.quarters < 4:
            canvas.wedge(x - 3.9, y - 3.9, x + 3.9, y + 3.9, 90, -90 * self.look.quarters, stroke=0, fill=1)
        if self.sign == "pending":
            canvas.circle(x, y, 1.4, stroke=0, fill=1)
