"""The tree of tags as objects of the file."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString

from .structure import Clickable, Drawn, Tag

_OWNERS = {"Scope": "Table", "ListNumbering": "List"}


class Raw(PDFObject):  # type: ignore[misc]
    """An object that is written as it stands; ReportLab's own dictionaries cost most of the time."""

    __RefOnly__ = 1

    def __init__(self, written: bytes = b"") -> None:
        self.written = written

    def format(self, document: Any) -> bytes:
        return self.written


def write_tree(document: Any, root: Tag, parents: Sequence[list[Tag] | Tag]) -> None:
    """Adds the tree to the document, with the way back from each piece on a page to its tag.

    `parents`: by key, the owners of a page's pieces or of an annotation. `root` is the Document.
    """
    elements = {id(tag): Raw() for tag in root.walk()}
    top, backwards = Raw(), Raw()
    numbers = {key: number_of(document, element) for key, element in elements.items()}
    top_number, backwards_number = number_of(document, top), number_of(document, backwards)
    for tag in root.walk():
        above = top_number if tag is root else numbers[id(tag.parent)]
        elements[id(tag)].written = _element(document, tag, above, numbers)
    entries = []
    for key, owner in enumerate(parents):
        if isinstance(owner, Tag):
            entries.append(f"{key} {numbers[id(owner)]} 0 R")
        else:
            entries.append(f"{key} [{' '.join(f'{numbers[id(one)]} 0 R' for one in owner)}]")
    backwards.written = f"<</Nums [{' '.join(entries)}]>>".encode()
    top.written = (
        f"<</Type /StructTreeRoot /K [{numbers[id(root)]} 0 R] /ParentTree {backwards_number} 0 R"
        f" /ParentTreeNextKey {len(parents)}>>"
    ).encode()
    document.Catalog.StructTreeRoot = top


def number_of(document: Any, thing: PDFObject) -> int:
    """The object number of something, which is added to the document if it is new."""
    name = document.Reference(thing).name
    number: int = document.idToObjectNumberAndVersion[name][0]
    return number


def _element(document: Any, tag: Tag, above: int, numbers: dict[int, int]) -> bytes:
    page = next((kid.page for kid in tag.kids if isinstance(kid, Drawn)), 0)
    parts = [f"/Type /StructElem /S /{tag.role} /P {above} 0 R"]
    if page:
        parts.append(f"/Pg {_page(document, page)} 0 R")
    if tag.kids:
        parts.append(f"/K [{' '.join(_kids(document, tag, page, numbers))}]")
    if tag.attributes or tag.box:
        parts.append(f"/A [{''.join(_attributes(tag))}]")
    written = " ".join(parts).encode()
    if tag.alt:
        written += b" /Alt " + PDFString(tag.alt).format(document)
    return b"<<" + written + b">>"


def _kids(document: Any, tag: Tag, page: int, numbers: dict[int, int]) -> Iterator[str]:
    for kid in tag.kids:
        match kid:
            case Tag():
                yield f"{numbers[id(kid)]} 0 R"
            case Drawn() if kid.page == page:
                yield str(kid.number)
            case Drawn():
                yield f"<</Type /MCR /Pg {_page(document, kid.page)} 0 R /MCID {kid.number}>>"
            case Clickable():
                named = document.idToObjectNumberAndVersion[kid.name][0]
                yield f"<</Type /OBJR /Pg {_page(document, kid.page)} 0 R /Obj {named} 0 R>>"


def _attributes(tag: Tag) -> Iterator[str]:
    for name, value in tag.attributes.items():
        yield f"<</O /{_OWNERS[name]} /{name} /{value}>>"
    if tag.box:
        yield f"<</O /Layout /Placement /Block /BBox [{' '.join(f'{edge:.2f}' for edge in tag.box)}]>>"


def _page(document: Any, page: int) -> int:
    number: int = document.idToObjectNumberAndVersion[f"Page{page}"][0]
    return number
