"""Faults of the layer that writes: the sheet made anew with one of its parts broken."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from tests.unit.reports.damage import Damage
from tests.unit.reports.planted_host import make_sheet
from tillsyn.reports.pdf_flowables import Heading
from tillsyn.reports.tagging import canvas, conformance, structure, text


def _broken(*parts: tuple[Any, str, Any]) -> Damage:
    """The sheet, whoever's it was, made while the parts are replaced."""

    def make(_data: bytes) -> bytes:
        patches = [patch.object(*part) for part in parts]
        for one in patches:
            one.start()
        try:
            return make_sheet()
        finally:
            for one in patches:
                one.stop()

    return make


def _tagged_again(paragraph: Any, x: float, y: float) -> Any:
    made = text.TaggedText(paragraph.canv, x, y)
    made.tag = paragraph.tag
    return made


def _as_it_comes(_self: Any, written: str, ends_line: bool) -> str:
    return written


def _text_in_a_line(self: structure.Tag, written: str, ends_line: bool) -> str:
    made = _follow(self, written, ends_line)
    return made.rstrip(" ") if ends_line else made


def _last_first(self: Any, tag: structure.Tag) -> str:
    made: str = _mark(self, tag)
    tag.kids.insert(0, tag.kids.pop())
    return made


def _forgets(self: Any, tag: structure.Tag) -> str:
    made: str = _mark(self, tag)
    tag.kids.pop()
    return made


def _same_number(self: Any, tag: structure.Tag) -> str:
    made: str = _mark(self, tag)
    return made.replace("MCID 2>", "MCID 3>")


def _no_bookmark(self: Any) -> None:
    text.TaggedParagraph.draw(self)


@contextmanager
def _no_mark(self: Any, tag: structure.Tag, width: float, height: float) -> Iterator[None]:
    yield


_follow, _mark = structure.Tag.follow, canvas.TaggedCanvas.mark
_UNCHECKED = (canvas, "check_drawn", lambda _root: None)

TO_WRITER: dict[str, Damage] = {
    "rules and foot are not made artifacts": _broken((canvas, "_artifacts", lambda code: code)),
    "heading of a table tagged again on the next page": _broken(
        (text.TaggedParagraph, "beginText", _tagged_again),
        (structure.Tag, "follow", _as_it_comes),
        _UNCHECKED,
    ),
    "words run together at the end of a line": _broken((structure.Tag, "follow", _text_in_a_line)),
    "pieces of a paragraph in the wrong order": _broken((canvas.TaggedCanvas, "mark", _last_first)),
    "pieces that no tag knows of": _broken((canvas.TaggedCanvas, "mark", _forgets), _UNCHECKED),
    "number of a piece given twice": _broken((canvas.TaggedCanvas, "mark", _same_number)),
    "picture that its tag never gets": _broken((canvas.TaggedCanvas, "picture", _no_mark), _UNCHECKED),
    "headings without bookmarks": _broken((Heading, "draw", _no_bookmark)),
    "streams without an end of line": _broken((conformance, "_mend_streams", lambda _document: None)),
    "characters that stand for nothing": _broken((conformance, "character_map", lambda written: written)),
    "no conformance at all": _broken((canvas, "make_conforming", lambda _document, _about: None)),
}
