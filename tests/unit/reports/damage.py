"""How a finished file is damaged: opened, changed and written again."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

Change = Callable[[pikepdf.Pdf], None]
Damage = Callable[[bytes], bytes]


def planted(change: Change, **saved: Any) -> Damage:
    """A change of the opened file as a change of its bytes. `saved`: how it is written."""

    def plant(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            change(pdf)
            made = io.BytesIO()
            pdf.save(made, fix_metadata_version=False, **saved)
        return made.getvalue()

    return plant


def elements(thing: Any) -> Iterator[Any]:
    """The tag and all below it."""
    yield thing
    for kid in thing.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def tags(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """The tags of a role, in reading order."""
    return [one for one in elements(pdf.Root.StructTreeRoot.K[0]) if f"/{role}" == one.S]


def content(before: bytes, after: bytes, page: int = 0) -> Change:
    """What is drawn on a page, with the first of something changed."""

    def change(pdf: pikepdf.Pdf) -> None:
        code = pdf.pages[page].Contents.read_bytes()
        assert before in code
        pdf.pages[page].Contents = pdf.make_stream(code.replace(before, after, 1))

    return change


def drawn_too(code: bytes) -> Change:
    """Something more on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + b"\n" + code)

    return change


def without(name: str) -> Change:
    """The catalogue without one of its entries."""

    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return change


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    """The typefaces of the first page."""
    return list(pdf.pages[0].Resources.Font.values())


def links(pdf: pikepdf.Pdf) -> list[Any]:
    """The link annotations of the first page."""
    return [one for one in pdf.pages[0].Annots if one.Subtype == "/Link"]


def parent_tree(pdf: pikepdf.Pdf) -> Any:
    """The array that leads back from the pieces of pages to their tags."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums
