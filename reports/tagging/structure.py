"""The tree of tags: what each part of a document is, declared when its story is built.

Drawing never makes or moves a tag; it only leaves the numbers of what it drew. So page breaks, splits and
repeated headers cannot disturb the tree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from reportlab.platypus import Flowable, Table
from reportlab.platypus.paragraph import split as words_of

HEADINGS = tuple(f"H{level}" for level in range(1, 7))
_HOLDERS = {"LI": "L", "Lbl": "LI", "LBody": "LI", "TR": "Table", "TH": "TR", "TD": "TR"}
_NONE: Mapping[str, str] = MappingProxyType({})


class NotAccessible(ValueError):
    """The document would not be readable for everybody; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece of marked content: its page, counted from 1, and its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Clickable:
    """A link annotation: its page, its name among the annotations and its key in the parent tree."""

    page: int
    name: str
    key: int


class Tag:
    """One element of the structure. `role` is a standard type of PDF 1.7 ("P", "H1", "TH" …).

    `said`: the text that is to be drawn for it; drawing anything else is refused, and so is leaving some out.
    `alt`: what is said instead of a picture. `attributes`: of the role's owner, such as Scope of a TH.
    `kids`: tags, and what was drawn, in reading order.
    """

    __slots__ = ("_at", "alt", "attributes", "box", "kids", "parent", "role", "said")

    def __init__(
        self, role: str, parent: "Tag | None" = None, *, alt: str = "", attributes: Mapping[str, str] = _NONE
    ) -> None:
        self.role = role
        self.alt = alt
        self.attributes = attributes
        self.parent: Tag | None = None
        self.kids: list[Tag | Drawn | Clickable] = []
        self.box: tuple[float, float, float, float] | None = None
        self.said = ""
        self._at = 0
        if parent is not None:
            parent.take(self)

    def take(self, kid: "Tag") -> None:
        """Puts a tag last among the kids."""
        kid.parent = self
        self.kids.append(kid)

    def add(self, role: str, *, alt: str = "", attributes: Mapping[str, str] = _NONE) -> "Tag":
        """A new tag, last among the kids."""
        return Tag(role, self, alt=alt, attributes=attributes)

    def saying(self, text: str) -> "Tag":
        """The tag itself, after noting what is to be drawn for it; runs of blanks count as one space."""
        self.said = " ".join(words_of(text))
        return self

    @property
    def top(self) -> "Tag":
        return self if self.parent is None else self.parent.top

    def walk(self) -> "Iterator[Tag]":
        """The tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def follow(self, text: str, ends_line: bool) -> str:
        """The text as it is to be drawn: with a space at the end of a line where the source has one.

        Raises `NotAccessible` if it is not what comes next in `said`.
        """
        if not self.said:
            return text
        at = self._at
        if not self.said.startswith(text, at):
            at += self.said.startswith(" ", at)
        if not self.said.startswith(text, at):
            raise NotAccessible(f"drawn is {text[:60]!r} where {self.said[at : at + 60]!r} was to be read")
        at += len(text)
        if ends_line and self.said.startswith(" ", at):
            text, at = text + " ", at + 1
        self._at = at
        return text

    @property
    def unsaid(self) -> str:
        """What was to be drawn and was not."""
        return self.said[self._at :].strip()


def column_head(row: Tag) -> Tag:
    """A cell that names its column."""
    return row.add("TH", attributes={"Scope": "Column"})


def row_head(row: Tag) -> Tag:
    """A cell that names its row."""
    return row.add("TH", attributes={"Scope": "Row"})


def list_of(numbering: str = "None") -> Tag:
    """A list. `numbering`: "Disc", "Decimal" or "None", as the labels of its items show it."""
    return Tag("L", attributes={"ListNumbering": numbering})


def under(parent: Tag, flowables: Sequence[Flowable]) -> None:
    """Hangs what the flowables declared under a tag, in their order; what hangs elsewhere stays there.

    Raises `NotAccessible` for a paragraph that declares nothing: it would be drawn and never read.
    """
    for flowable in flowables:
        for tag in _declared(flowable):
            top = tag.top
            if top is not parent.top:
                parent.take(top)


def _declared(flowable: Any) -> Iterator[Tag]:
    if isinstance(flowable, str):
        if flowable.strip():
            raise NotAccessible(f"plain text in a table cell: {flowable[:60]!r}")
        return
    own = getattr(flowable, "tags", None)
    if own is not None:
        yield from own
    elif hasattr(flowable, "frags") and flowable.frags:
        raise NotAccessible(f"a paragraph without a tag: {flowable.getPlainText()[:60]!r}")
    for part in _inside(flowable):
        yield from _declared(part)


def _inside(flowable: Any) -> Iterator[Any]:
    if isinstance(flowable, Table):
        for row in flowable._cellvalues:
            for cell in row:
                yield from cell if isinstance(cell, (list, tuple)) else (cell,)
    else:
        yield from getattr(flowable, "parts", None) or getattr(flowable, "_content", None) or ()


def check(document: Tag) -> None:
    """Raises `NotAccessible` unless the tree is one that can be read: before anything is drawn.

    The first heading is H1 and none is skipped; a picture has its words; the parts of lists and
    tables stand where they must; the rows of a table are equally long.
    """
    level = 0
    for tag in document.walk():
        if tag.role in HEADINGS:
            deeper = HEADINGS.index(tag.role) + 1
            if deeper > level + 1:
                raise NotAccessible(
                    f"after a heading of level {level} comes level {deeper}: {tag.said[:60]!r}"
                )
            level = deeper
        if tag.role == "Figure" and not tag.alt.strip():
            raise NotAccessible("a picture without words for those who do not see it")
        _check_place(tag)
    if not level:
        raise NotAccessible("the document has no heading")


def _check_place(tag: Tag) -> None:
    holder = tag.parent.role if tag.parent else ""
    if tag.role == "TR" and holder in ("THead", "TBody"):
        holder = "Table"
    if _HOLDERS.get(tag.role, holder) != holder:
        raise NotAccessible(f"{tag.role} stands in {holder or 'nothing'}")
    if tag.role == "TH" and "Scope" not in tag.attributes:
        raise NotAccessible("the heading of a table does not say what it heads")
    if tag.role == "Table":
        rows = [sum(isinstance(cell, Tag) for cell in row.kids) for row in tag.walk() if row.role == "TR"]
        if len(set(rows)) != 1:
            raise NotAccessible("the rows of a table are not equally long")


def check_drawn(document: Tag) -> None:
    """Raises `NotAccessible` if something that was declared was not drawn, or not to its end."""
    for tag in document.walk():
        if tag.unsaid:
            raise NotAccessible(f"never drawn: {tag.unsaid[:60]!r}")
        if tag.role == "Figure" and not tag.kids:
            raise NotAccessible(f"a picture was never drawn: {tag.alt[:60]!r}")
