"""Reads a tagged PDF as a screen reader does: by its tree, piece for piece; and says what is wrong with it.

What validators cannot see is checked here: text that is in no tag, in the wrong order or under the wrong tag.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"'}
PAINTS = SHOWS | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI"}


@dataclass
class Element:
    """One tag as it stands in the file: its role, its own text and what is below it."""

    role: str
    alt: str
    scope: str
    numbering: str = ""
    instead: str | None = None
    """What is read in place of what is drawn."""
    page: int | None = None
    """The object number of the page where it begins; None when nothing of it is drawn."""
    kids: list["Element | str"] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        if self.instead is not None:
            return self.instead
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def below(self, role: str) -> list["Element"]:
        return [one for one in self.walk() if one.role == role]

    def shape(self) -> list[str]:
        return [kid.role for kid in self.kids if isinstance(kid, Element)]


class Tagged:
    """A tagged file, read."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.faults: list[str] = []
        self._pieces: dict[tuple[int, int], str] = {}
        self._owners: dict[tuple[int, int], Any] = {}
        self._read: set[tuple[int, int]] = set()
        self._characters: dict[Any, dict[int, str]] = {}
        self._links: set[Any] = set()
        for page in self.pdf.pages:
            self._read_page(page)
        self._read_parents()
        self.root = self._element(self.pdf.Root.StructTreeRoot.K[0])
        for piece in self._pieces.keys() - self._read:
            self.faults.append(f"drawn and in no tag: {self._pieces[piece]!r}")
        self.faults += self._wrong_links()

    @cached_property
    def _headings(self) -> list[Element]:
        return [one for one in self.root.walk() if one.role[:1] == "H" and one.role[1:].isdigit()]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(int(one.role[1:]), " ".join(one.text.split())) for one in self._headings]

    @cached_property
    def _bookmarks(self) -> list[tuple[int, str, int]]:
        """Level, text and the object number of the page of each."""

        def walk(items: Any, level: int) -> Iterator[tuple[int, str, int]]:
            for item in items:
                where = item.destination
                if not isinstance(where, pikepdf.Array):
                    where = self.pdf.Root.Dests[str(where)]
                yield level, " ".join(item.title.split()), where[0].objgen[0]
                yield from walk(item.children, level + 1)

        with self.pdf.open_outline() as outline:
            return list(walk(outline.root, 1))

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        return [(level, text) for level, text, _ in self._bookmarks]

    @cached_property
    def texts(self) -> list[str]:
        """The text of each tag that holds text of its own, labels of lists left out, in reading order."""
        return [
            one.text.strip(" ")
            for one in self.root.walk()
            if one.role not in ("Lbl", "Figure", "Link") and any(isinstance(kid, str) for kid in one.kids)
        ]

    def wrong(self) -> list[str]:
        """What a reader would stumble over, in sentences; empty when nothing is found."""
        faults = [*self.faults, *self._wrong_headings()]
        for one in self.root.walk():
            if one.role == "Figure" and not one.alt:
                faults.append("a figure without words")
            if one.role == "Figure" and one.page is None:
                faults.append("a figure of which nothing is drawn")
            if one.role == "L":
                wanted = ["LBody"] if one.numbering == "None" else ["Lbl", "LBody"]
                shapes = [kid.shape() for kid in one.kids if isinstance(kid, Element)]
                if set(one.shape()) != {"LI"} or any(shape != wanted for shape in shapes):
                    faults.append(f"a list of {one.shape()} of {shapes}, numbered {one.numbering!r}")
            if one.role == "TH" and one.scope not in ("Row", "Column"):
                faults.append("a table heading without scope")
            if one.role == "THead" and one.below("TD"):
                faults.append("a cell among the headings of a table")
            if one.role == "TR" and "TH" not in one.shape():
                faults.append("a row that nothing names")
            if one.role == "Link" and not (one.text.strip() and one.links):
                faults.append("a link without text or place")
        return faults

    def _wrong_headings(self) -> Iterator[str]:
        before = 0
        for level, text in self.headings:
            if level > before + 1:
                yield f"a heading is skipped before {text!r}"
            before = level
        left = iter([(*told, one.page) for told, one in zip(self.headings, self._headings, strict=True)])
        for mark in self._bookmarks:
            if mark not in left:
                yield f"a bookmark that is no heading in its place: {mark}"

    def _wrong_links(self) -> Iterator[str]:
        for page in self.pdf.pages:
            links = [one for one in page.get("/Annots", []) if one.Subtype == "/Link"]
            if links and page.get("/Tabs") != "/S":
                yield "the links of a page are not met in the order of the structure"
            for link in links:
                if link.objgen not in self._links:
                    yield "a link that is in no tag"
                left, bottom, right, top = map(float, link.Rect)
                if not (0 <= left < right <= page.MediaBox[2] and 0 <= bottom < top <= page.MediaBox[3]):
                    yield "a link beside the page"
                if not str(link.get("/Contents", "")).strip():
                    yield "a link that says not where it goes"

    @cached_property
    def without_bookmark(self) -> list[str]:
        """The headings that are not among the bookmarks."""
        return [heading[1] for heading in self.headings if heading not in self.bookmarks]

    # --- reading ---

    def _read_page(self, page: Any) -> None:
        key, stack, font = page.objgen[0], [], None  # type: ignore[var-annotated]
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                number = operands[1].get("/MCID") if name == "BDC" else None
                stack.append("artifact" if str(operands[0]) == "/Artifact" else number)
                if number is not None:
                    self._begin_piece(key, int(number))
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                font = page.Resources.Font[str(operands[0])]
            elif name in PAINTS:
                if not stack:
                    self.faults.append(f"painted and neither tagged nor artifact: {name}")
                elif stack[-1] != "artifact" and name in SHOWS:
                    self._pieces[key, int(stack[-1])] += self._shown(operands, font)
        if stack:
            self.faults.append("a mark that is not closed")

    def _begin_piece(self, page: int, number: int) -> None:
        if (page, number) in self._pieces:
            self.faults.append(f"two pieces of a page have the number {number}")
        self._pieces[page, number] = ""

    def _shown(self, operands: Any, font: Any) -> str:
        strings = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
        known = self._characters.setdefault(font.objgen, _characters(font))
        spelled = [
            known.get(code, "\ufffd")
            for one in strings
            if isinstance(one, pikepdf.String)
            for code in bytes(one)
        ]
        return "".join(reversed(spelled) if self._is_turned("".join(spelled)) else spelled)

    def _is_turned(self, seen: str) -> bool:
        """Whether a string shows, from the left, what is read from the right: all but Latin and numbers is."""
        is_latin = any(one.isalnum() and one < "\u0250" for one in seen)
        return str(self.pdf.Root.get("/Lang", ""))[:2] == "ar" and not is_latin

    def _read_parents(self) -> None:
        numbers = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        entries = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        self._keys = {key: one.objgen for key, one in entries.items() if isinstance(one, pikepdf.Dictionary)}
        for page in self.pdf.pages:
            for number, owner in enumerate(entries[int(page.StructParents)]):
                self._owners[page.objgen[0], number] = owner.objgen

    def _element(self, thing: Any) -> Element:
        given = {
            name: str(value)[1:]
            for one in thing.get("/A", [])
            for name, value in one.items()
            if name != "/BBox"
        }
        made = Element(
            self._role(str(thing.S)),
            str(thing.get("/Alt", "")),
            given.get("/Scope", ""),
            given.get("/ListNumbering", ""),
            str(thing.ActualText) if "/ActualText" in thing else None,
            thing.Pg.objgen[0] if "/Pg" in thing else None,
        )
        for kid in thing.get("/K", []):
            if isinstance(kid, int):
                made.kids.append(self._piece(thing, thing.Pg, kid))
            elif "/MCID" in kid:
                made.kids.append(self._piece(thing, kid.Pg, int(kid.MCID)))
            elif "/Obj" in kid:
                made.links.append(kid.Obj)
                self._links.add(kid.Obj.objgen)
                if self._keys.get(int(kid.Obj.get("/StructParent", -1))) != thing.objgen:
                    self.faults.append("the parent tree gives a link to another tag")
            else:
                if kid.P.objgen != thing.objgen:
                    self.faults.append(f"{kid.S} names another parent")
                below = self._element(kid)
                made.kids.append(below)
                made.page = made.page or below.page
        return made

    def _role(self, named: str) -> str:
        """The standard role that a name stands for."""
        roles, met = self.pdf.Root.StructTreeRoot.get("/RoleMap", {}), []  # type: ignore[var-annotated]
        while named in roles and named not in met:
            met.append(named)
            named = str(roles[named])
        if met:
            self.faults.append(f"{met[0]} is to be read as {named}")
        return named[1:]

    def _piece(self, thing: Any, page: Any, number: int) -> str:
        key = (page.objgen[0], number)
        if self._owners.get(key) != thing.objgen:
            self.faults.append(f"the parent tree gives {self._pieces.get(key)!r} to another tag")
        if key in self._read:
            self.faults.append(f"read twice: {self._pieces.get(key)!r}")
        self._read.add(key)
        return self._pieces.get(key, "")


def _characters(font: Any) -> dict[int, str]:
    made: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            for code, character in zip(operands[::2], operands[1::2], strict=True):
                made[bytes(code)[0]] = bytes(character).decode("utf-16-be")
    return made
