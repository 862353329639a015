"""A canvas on which everything is either part of the tree of tags or an artifact."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from .conformance import About, make_conforming
from .seal_field import SealField
from .structure import Clickable, Drawn, NotAccessible, Tag, check_drawn
from .text import TaggedText
from .tree import write_tree

_PAINTS = re.compile(r"(?:^|\s)(?:[SsFfBb]\*?|Do|sh|EI|Tj|TJ)(?:\s|$)")


class _Marked(str):
    """Code that has its mark already."""

    __slots__ = ()


class _Opens(_Marked):
    __slots__ = ()


class _Closes(_Marked):
    __slots__ = ()


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A ReportLab canvas that saves an accessible file. Made by `canvas_for`.

    `tag`: what the strings that are drawn belong to; None makes them artifacts.
    """

    _code: list[str]

    def __init__(self, about: About, root: Tag, *args: Any, **settings: Any) -> None:
        self.tag: Tag | None = None
        self.link_holder: Tag | None = None
        self.in_form = False
        self._in_picture = False
        self._about = about
        self._root = root
        self._owners: list[Tag] = []
        self._links: dict[tuple[int, str], Tag] = {}
        self._parents: list[list[Tag] | Tag] = []
        self._seal_field = SealField(root, about.seal) if about.seal else None
        super().__init__(*args, **{**settings, "initialFontName": about.font, "pdfVersion": (1, 7)})

    # --- what belongs to a tag ---

    def mark(self, tag: Tag) -> str:
        """The operator that begins a piece of a tag on this page; the piece is put among the tag's kids."""
        number = len(self._owners)
        self._owners.append(tag)
        tag.kids.append(Drawn(self._pageNumber, number))
        return f"/{tag.role} <</MCID {number}>> BDC"

    @contextmanager
    def picture(self, tag: Tag, width: float, height: float) -> Iterator[None]:
        """What is drawn inside is the picture of a tag; no text. Measures: from the point of origin."""
        left, bottom = self.absolutePosition(0, 0)
        tag.box = (left, bottom, left + width, bottom + height)
        self._code.append(_Opens(self.mark(tag)))
        self._in_picture = True
        yield
        self._in_picture = False
        self._code.append(_Closes("EMC"))

    def draw_marked(self, tag: Tag, code: str) -> None:
        """Draws with operators of one's own, as one piece of a tag."""
        self._code.append(_Marked(f"{self.mark(tag)} {code} EMC"))

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> TaggedText:  # noqa: N802
        return TaggedText(self, x, y, direction)

    def drawText(self, aTextObject: TaggedText) -> None:  # noqa: N802, N803
        self._code.append(_Marked(aTextObject.getCode()))

    def drawImage(self, *args: Any, **settings: Any) -> None:  # noqa: N802
        if not self._in_picture:
            raise NotAccessible("a picture from a file: draw it inside picture(), with its words")
        super().drawImage(*args, **settings)

    def drawInlineImage(self, *args: Any, **settings: Any) -> None:  # noqa: N802
        raise NotAccessible("a picture inside the page: draw it with drawImage, inside picture()")

    # --- links ---

    def link_in(self, tag: Tag, address: str) -> Tag:
        """The link to an address inside a paragraph's tag, hung there when its first text is drawn."""
        link = self._link(tag, address)
        if link.parent is None:
            tag.take(link)
        return link

    def _link(self, tag: Tag, address: str) -> Tag:
        return self._links.setdefault((id(tag), address), Tag("Link"))

    def linkURL(self, url: str, rect: Any, relative: int = 0, **settings: Any) -> None:  # noqa: N802
        if self.link_holder is None:
            raise NotAccessible(f"a link that no tag holds: {url}")
        key = len(self._parents)
        link = self._link(self.link_holder, url)
        self._parents.append(link)
        said = PDFString(url.removeprefix("mailto:").removeprefix("https://"))
        super().linkURL(url, rect, relative, Contents=said, F=4, StructParent=key, **settings)
        link.kids.append(Clickable(self._pageNumber, f"Annot.NUMBER{self._annotationCount}", key))

    def linkRect(self, *args: Any, **settings: Any) -> None:  # noqa: N802
        raise NotAccessible("a link inside the document: only addresses can be linked to")

    # --- pages, forms and the file ---

    def beginForm(self, *args: Any, **settings: Any) -> None:  # noqa: N802
        super().beginForm(*args, **settings)
        self.in_form = True

    def endForm(self, **settings: Any) -> None:  # noqa: N802
        super().endForm(**settings)
        self.in_form = False

    def showPage(self) -> None:  # noqa: N802
        self._code = _artifacts(self._code)
        super().showPage()

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802
        if self._seal_field and not self.in_form and self._pageNumber == 1:
            self._seal_field.put_on_page(self, len(self._parents))
            self._parents.append(self._seal_field.tag)
        super()._setAnnotations(page)
        if self.in_form:
            return
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._parents)
        page.Tabs = PDFName("S")
        self._parents.append(self._owners)
        self._owners = []

    def save(self) -> None:
        if self._code:
            self.showPage()
        check_drawn(self._root)
        if self._seal_field:
            self._seal_field.write(self._doc)
        write_tree(self._doc, self._root, self._parents)
        make_conforming(self._doc, self._about)
        super().save()


def _artifacts(code: list[str]) -> list[str]:
    """The code of a page with a mark around every stretch that paints and belongs to no tag."""
    made: list[str] = []
    open_, inside = False, False
    for line in code:
        if isinstance(line, _Marked):
            if open_:
                made.append("EMC")
                open_ = False
            inside = isinstance(line, _Opens) or (inside and not isinstance(line, _Closes))
        elif not inside:
            paints = _PAINTS.search(line) is not None
            if open_ and not paints:
                made.append("EMC")
            elif paints and not open_:
                made.append("/Artifact BMC")
            open_ = paints
        made.append(line)
    if open_:
        made.append("EMC")
    return made
