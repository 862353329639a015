"""PDFs that come from elsewhere: can they be read, and do they do nothing but show pages?

What acts (scripts, programs that are started, forms that are sent, files inside) is taken out; the pages
stay as they are. A PDF that nobody can open, or that unfolds to far more than it holds, is refused.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from ...models.vocabulary import N_
from ..errors import Invalid

MOST_UNFOLDED = 400 * 1024 * 1024
"""Bytes that all compressed streams of a file may come to, together."""

_PIECE = 8 * 1024 * 1024
_NESTED = 4
"""How many times over a stream may be compressed before it is not looked into further."""

_ACTS = frozenset(
    {"/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
)
"""Keys that only serve what acts or hides: ISO 32000-2 §7.7, §7.11.4, §12.6, §13.7."""

_CALLS = frozenset({"/A", "/OpenAction", "/PA", "/Next"})
_HARMLESS = frozenset({"/GoTo", "/URI", "/Named"})
"""Actions that only lead somewhere: a place in the document, or an address that the reader sees."""

_ACTING_NOTES = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_DEEPEST = 200


def clean_pdf(content: bytes) -> bytes:
    """The PDF without anything that acts: `content` itself when nothing in it does.

    Raises Invalid for a PDF that is locked, cannot be read, has no pages, or unfolds beyond MOST_UNFOLDED.
    """
    if _unfolds_too_far(content):
        raise Invalid(
            N_("The PDF unfolds to far more than it seems to hold. Print it to a new PDF, and try.")
        )
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise Invalid(N_("The PDF has no pages."))
            if not _defuse(pdf) and not pdf.is_encrypted:
                return content
            made = BytesIO()
            pdf.save(made, encryption=False, deterministic_id=True)
            return made.getvalue()
    except pikepdf.PasswordError:
        raise Invalid(N_("The PDF is locked with a password. Save it without one, and try again.")) from None
    except (pikepdf.PdfError, MemoryError, RecursionError, ValueError, TypeError, IndexError):
        raise Invalid(
            N_("The PDF cannot be read. Open it on your computer, print it to a new PDF, and try.")
        ) from None


def _defuse(pdf: pikepdf.Pdf) -> bool:
    """Take out what acts, wherever it lies; whether there was anything."""
    found = False
    for one in [pdf.trailer, *pdf.objects]:
        for part in _parts_of(one):
            found = _disarm(part) or found
    return found


def _parts_of(one: Any, depth: int = 0) -> Iterator[Any]:
    """A dictionary or list of the file and those written inside it; what it refers to comes by itself."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(one, pikepdf.Array):
        yield one
        inner = list(one.as_list())
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        inner = [one[key] for key in list(one.keys())]
    else:
        return
    for child in inner:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _parts_of(child, depth + 1)


def _disarm(part: Any) -> bool:
    if isinstance(part, pikepdf.Array):
        acting = [n for n, one in enumerate(part.as_list()) if _is_acting_note(one)]
        for n in reversed(acting):
            del part[n]
        return bool(acting)
    armed = [key for key in list(part.keys()) if key in _ACTS or (key in _CALLS and _acts(part[key]))]
    for key in armed:
        del part[key]
    return bool(armed)


def _acts(action: Any) -> bool:
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return False
    if str(action["/S"]) == "/URI":
        return str(action.get("/URI", "")).strip().lower().startswith(("javascript:", "file:", "data:"))
    return str(action["/S"]) not in _HARMLESS


def _is_acting_note(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype", "")) in _ACTING_NOTES


def _unfolds_too_far(content: bytes) -> bool:
    """Whether the compressed streams come to more than MOST_UNFOLDED, also those compressed twice."""
    left = MOST_UNFOLDED
    view = memoryview(content)
    for begins in re.finditer(rb"stream\r?\n", content):
        left = _unfold(view[begins.end() :], left, _NESTED)
        if left < 0:
            return True
    return False


def _unfold(data: memoryview | bytes, left: int, deeper: int) -> int:
    """What is left of the allowance after this stream; below 0 when it went beyond."""
    unfolding, first = zlib.decompressobj(), b""
    try:
        while not unfolding.eof and data:
            piece = unfolding.decompress(data, _PIECE)
            if not piece and not unfolding.unconsumed_tail:
                break
            first = first or piece
            left -= len(piece)
            if left < 0:
                return left
            data = unfolding.unconsumed_tail
    except zlib.error:
        return left
    if deeper and first[:1] == b"\x78":
        return _unfold(first, left, deeper - 1)
    return left
