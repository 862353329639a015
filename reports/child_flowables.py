"""What a letter to a child is drawn with: a stack, a step with its picture, words in pills, two columns.

All of them stand on one page and are never split. Each knows from which side its language is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from .blocks import Picture
from .child_pictures import draw
from .pdf_right_to_left import RightToLeft
from .tagging.structure import Tag
from .tagging.text import TaggedParagraph

Laid = tuple[Flowable, float, float]
"""A part, the gap above it and its height."""


class Stack(Flowable):  # type: ignore[misc]
    """Parts below each other. `room`: the height that they share, if there is more than they need.

    `wider`: the most that a gap is widened then; the last part stands at the foot.
    """

    def __init__(self, parts: Sequence[Flowable], room: float = 0, wider: float = 0) -> None:
        super().__init__()
        self.parts, self.room, self.wider = list(parts), room, wider
        self._laid: list[Laid] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._laid, used, after = [], 0.0, 0.0
        for number, part in enumerate(self.parts):
            _, tall = part.wrapOn(getattr(self, "canv", None), width, 10**6)
            gap = max(after, part.getSpaceBefore()) if number else 0.0
            self._laid.append((part, gap, tall))
            used, after = used + gap + tall, part.getSpaceAfter()
        self.width, self.height = width, used
        if self.room > used and len(self._laid) > 1:
            self._spread(self.room - used)
            self.height = self.room
        return self.width, self.height

    def _spread(self, left_over: float) -> None:
        more = min(self.wider, left_over / (len(self._laid) - 1))
        self._laid = [
            (part, gap + more if number else gap, tall) for number, (part, gap, tall) in enumerate(self._laid)
        ]
        part, gap, tall = self._laid[-1]
        self._laid[-1] = (part, gap + left_over - more * (len(self._laid) - 1), tall)

    def draw(self) -> None:
        y = self.height
        for part, gap, tall in self._laid:
            y -= gap + tall
            part.drawOn(self.canv, 0, y)


@dataclass(frozen=True, slots=True)
class StepLook:
    """How a step is drawn: its ground, the side of its picture, the room around it. Lengths in points."""

    ground: Color | None
    picture: float
    padding: float
    right_to_left: bool
    gap: float = 16
    corner: float = 12


class PictureOf(Flowable):  # type: ignore[misc]
    """The picture of a step in a square; without words for it, it is an ornament."""

    def __init__(self, picture: Picture, side: float, alt: str) -> None:
        super().__init__()
        self.picture, self.side = picture, side
        self.tag = Tag("Figure", alt=alt) if alt.strip() else None
        self.tags = [self.tag] if self.tag else []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = self.height = self.side
        return self.side, self.side

    def draw(self) -> None:
        if self.tag is None:
            draw(self.canv, self.picture, self.side)
            return
        with self.canv.picture(self.tag, self.side, self.side):
            draw(self.canv, self.picture, self.side)


class StepCard(Flowable):  # type: ignore[misc]
    """A picture at the side where reading begins, and the text beside it."""

    def __init__(self, picture: PictureOf | None, text: Stack, look: StepLook) -> None:
        super().__init__()
        self.picture, self.text, self.look = picture, text, look
        self.parts = [*([picture] if picture else []), text]

    @property
    def _aside(self) -> float:
        return self.look.picture + self.look.gap if self.look.picture else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        padding = self.look.padding
        _, tall = self.text.wrapOn(getattr(self, "canv", None), width - 2 * padding - self._aside, 10**6)
        if self.picture:
            self.picture.wrapOn(getattr(self, "canv", None), width, height)
        self.width, self.height = width, max(tall, self.look.picture if self.picture else 0) + 2 * padding
        return self.width, self.height

    def draw(self) -> None:
        canvas, look = self.canv, self.look
        if look.ground is not None:
            canvas.saveState()
            canvas.setFillColor(look.ground)
            canvas.roundRect(0, 0, self.width, self.height, look.corner, stroke=0, fill=1)
            canvas.restoreState()
        if self.picture:
            x = self.width - look.padding - look.picture if look.right_to_left else look.padding
            self.picture.drawOn(canvas, x, self.height - look.padding - look.picture)
        x = look.padding if look.right_to_left else look.padding + self._aside
        self.text.drawOn(canvas, x, self.height - look.padding - self.text.height)


@dataclass(frozen=True, slots=True)
class ListLook:
    """How a list is drawn: in pills with that ground and line, or plain with dots of that colour between.

    `space`: points beside the text in a pill, or between two texts.
    """

    ground: Color | None
    line: Color
    space: float
    right_to_left: bool


class RunOn(Flowable):  # type: ignore[misc]
    """Short texts beside each other, as long as there is room, on the line of what leads up to them."""

    def __init__(self, lead: Flowable | None, items: Sequence[Flowable], look: ListLook) -> None:
        super().__init__()
        self.lead, self.items, self.look = lead, list(items), look
        self.parts = [*([lead] if lead else []), *self.items]
        self._placed: list[tuple[Flowable, float, float, float, float]] = []
        self.breaks_words = False
        self.spaceBefore = self.spaceAfter = look.space * 0.45

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        space, inside = self.look.space, self.look.space if self.look.ground else 0.0
        x = y = row = 0.0
        self._placed = []
        self.breaks_words = any(longest_word(part) + 2 * inside > width for part in self.items)
        if self.lead is not None:
            x, y, row = self._begin(width)
        for part in self.items:
            wide = min(natural_width(part) + 2 * inside, width)
            _, tall = part.wrapOn(getattr(self, "canv", None), wide - 2 * inside + 0.01, 10**6)
            tall += inside * 0.4
            if x and x + wide > width:
                x, y, row = 0.0, y + row + (space * 0.5 if inside else 0), 0.0
            self._placed.append((part, x, y, wide, tall))
            x, row = x + wide + space * (0.6 if inside else 1.3), max(row, tall)
        self.width, self.height = width, y + row
        return self.width, self.height

    def _begin(self, width: float) -> tuple[float, float, float]:
        """The lead; where the first item may stand, and the height of its row."""
        lead: Flowable = self.lead
        wide = natural_width(lead)
        _, tall = lead.wrapOn(getattr(self, "canv", None), width, 10**6)
        pill = self.look.space * 0.4 if self.look.ground else 0.0
        first = self.items[:1]
        beside = wide + self.look.space * 0.8
        room = beside + sum(natural_width(one) + 2 * self.look.space for one in first)
        if room <= width:
            self._placed.append((lead, 0, pill / 2, wide, tall))
            return beside, 0.0, tall + pill
        self._placed.append((lead, 0, 0, width, tall))
        return 0.0, tall + self.look.space * (0.2 if self.look.ground else 0), 0.0

    def draw(self) -> None:
        inside = self.look.space if self.look.ground else 0.0
        rows = [y for part, _, y, _, _ in self._placed if part is not self.lead]
        for part, x, y, wide, tall in self._placed:
            top = self.height - y
            if part is self.parts[0] and self.lead is not None:
                left = self.width - part.width if self.look.right_to_left else 0.0
                part.drawOn(self.canv, left, top - tall)
                continue
            left = self.width - x - wide if self.look.right_to_left else x
            rows.pop(0)
            is_followed = bool(rows) and rows[0] == y
            self._frame(left, top - tall, wide, tall, is_followed)
            part.drawOn(self.canv, left + inside, top - tall + inside * 0.2)

    def _frame(self, left: float, bottom: float, wide: float, tall: float, is_followed: bool) -> None:
        canvas, look = self.canv, self.look
        canvas.saveState()
        if look.ground:
            canvas.setFillColor(look.ground)
            canvas.setStrokeColor(look.line)
            canvas.setLineWidth(0.9)
            canvas.roundRect(left, bottom, wide, tall, min(tall / 2, 13), stroke=1, fill=1)
        elif is_followed:
            after = left - look.space * 0.65 if look.right_to_left else left + wide + look.space * 0.65
            canvas.setFillColor(look.line)
            canvas.circle(after, bottom + tall * 0.44, 2, stroke=0, fill=1)
        canvas.restoreState()


class Headed(Flowable):  # type: ignore[misc]
    """A heading, or who sends the letter, with a small picture beside it. `at_end`: after it, at the edge."""

    def __init__(
        self, picture: Flowable, text: Flowable, right_to_left: bool, *, at_end: bool = False
    ) -> None:
        super().__init__()
        self.at_end = at_end
        self.picture, self.text, self.right_to_left = picture, text, right_to_left
        self.parts = [picture, text]
        self.spaceAfter = text.getSpaceAfter()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, high = self.picture.wrapOn(getattr(self, "canv", None), width, 10**6)
        self._aside = wide + high * 0.25
        _, tall = self.text.wrapOn(getattr(self, "canv", None), width - self._aside, 10**6)
        self.width, self.height = width, max(high, tall)
        return self.width, self.height

    def draw(self) -> None:
        picture, is_right = self.picture, self.right_to_left is not self.at_end
        left = self.width - picture.width if is_right else 0
        picture.drawOn(self.canv, left, (self.height - picture.height) / 2)
        at = 0 if is_right else self._aside
        self.text.drawOn(self.canv, at, (self.height - self.text.height) / 2)


class Beside(Flowable):  # type: ignore[misc]
    """Two parts beside each other, equally tall, the first at the side where reading begins."""

    def __init__(self, parts: Sequence[StepCard], right_to_left: bool, gap: float = 14) -> None:
        super().__init__()
        self.parts, self.right_to_left, self.gap = list(parts), right_to_left, gap

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        each = (width - self.gap * (len(self.parts) - 1)) / len(self.parts)
        self._each = each
        sizes = [part.wrapOn(getattr(self, "canv", None), each, 10**6) for part in self.parts]
        self.width, self.height = width, max(tall for _, tall in sizes)
        for part in self.parts:
            part.height = self.height
        return self.width, self.height

    def draw(self) -> None:
        for number, part in enumerate(self.parts):
            place = len(self.parts) - 1 - number if self.right_to_left else number
            part.drawOn(self.canv, place * (self._each + self.gap), 0)


def natural_width(part: Flowable) -> float:
    """The width of a paragraph on one line."""
    if isinstance(part, RightToLeft):
        return part.widest()
    if isinstance(part, TaggedParagraph):
        part.wrap(10**5, 10**5)
        return float(part.getActualLineWidths0()[0]) + 0.1
    return max(natural_width(one) for one in part.parts)


def longest_word(part: Flowable) -> float:
    """The width below which a word of a paragraph would be broken."""
    if isinstance(part, RightToLeft):
        return part.longest_word()
    if isinstance(part, TaggedParagraph):
        return float(part.minWidth())
    return max(longest_word(one) for one in part.parts)
