"""Text that knows what it is: marked content inside the text object, and the paragraph that declares it."""

from itertools import pairwise
from typing import Any

from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable, Paragraph

from .structure import NotAccessible, Tag


class TaggedText(PDFTextObject):  # type: ignore[misc]
    """A text object in stretches, each of one tag; without a tag it is an artifact.

    Paragraphs of ReportLab call `_linkRecord` after the first word of a link and after its last.
    """

    _code: list[str]

    def __init__(self, canvas: Any, x: float = 0, y: float = 0, direction: str | None = None) -> None:
        super().__init__(canvas, x, y, direction=direction)
        self.tag: Tag | None = canvas.tag
        self._stretches: list[tuple[int, str | None]] = []

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 - ReportLab's names
        super()._textOut(text if self.tag is None else self.tag.follow(text, bool(TStar)), TStar)

    def textOut(self, text: str) -> None:  # noqa: N802 - ReportLab's name
        super().textOut(text if self.tag is None else self.tag.follow(text, ends_line=False))

    def textLine(self, text: str = "") -> None:  # noqa: N802 - ReportLab's name
        super().textLine(text if self.tag is None else self.tag.follow(text, ends_line=True))

    def _linkRecord(self, link: tuple[int, str], edge: str) -> None:  # noqa: N802 - ReportLab's name
        if edge == "start":
            self._stretches.append((len(self._code) - 1, link[1]))
        else:
            self._stretches.append((len(self._code), None))

    def getCode(self) -> str:  # noqa: N802 - ReportLab's name
        if self._canvas.in_form:
            return str(super().getCode())
        if self.tag is None:
            return f"/Artifact BMC {super().getCode()} EMC"
        edges: list[tuple[int, str | None]] = [(1, None), *self._stretches, (len(self._code), None)]
        code = self._code[:1]
        for (start, link), (end, _) in pairwise(edges):
            stretch = self._code[start:end]
            if any(") Tj" in one or "] TJ" in one for one in stretch):
                tag = self.tag if link is None else self._canvas.link_in(self.tag, link)
                stretch = [self._canvas.mark(tag), *stretch, "EMC"]
            code += stretch
        self._code = code
        return str(super().getCode())


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph with a tag of its own; the parts that it is split into share it.

    Drawn again, as the heads of a table that goes on over the page, it is an artifact.
    """

    tag: Tag | None = None
    bullet: Tag | None = None
    _is_drawn = False

    @property
    def tags(self) -> list[Tag]:
        """What it declares, in reading order."""
        if self.tag is None:
            raise NotAccessible(f"a paragraph without a tag: {self.getPlainText()[:60]!r}")
        return [self.tag] if self.bullet is None else [self.bullet, self.tag]

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        if len(parts) > 1:
            parts[0].bullet = self.bullet
            for part in parts:
                part.tag = self.tag
        return parts

    def beginText(self, x: float, y: float) -> TaggedText:  # noqa: N802 - ReportLab's name
        text = TaggedText(self.canv, x, y)
        text.tag = None if self._is_drawn else self.tag
        if text.tag is not None and self.blPara.kind == 0 and self.blPara.link:
            text._stretches.append((1, self.blPara.link[0][1]))
        return text

    def draw(self) -> None:
        canvas = self.canv
        canvas.tag, canvas.link_holder = (None, None) if self._is_drawn else (self.bullet, self.tag)
        super().draw()
        canvas.tag = canvas.link_holder = None
        self._is_drawn = True


def declare(
    paragraph: TaggedParagraph, tag: Tag, said: str, bullet: tuple[str, Tag] | None = None
) -> TaggedParagraph:
    """The paragraph itself, after saying what it is: its tag and its text without markup.

    `bullet`: the label before it, and the label's tag.
    """
    paragraph.tag = tag.saying(said)
    if bullet:
        paragraph.bullet = bullet[1].saying(bullet[0])
    return paragraph
