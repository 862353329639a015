"""The place for an electronic seal: an empty signature field that shows nothing and is a tagged Form.

Whoever seals the finished file fills it in by an addition at the end (ISO 32000-1, 12.8), and changes
nothing else. A field that the seal brought along would be without a tag, and so break PDF/UA-1 (7.18.1).
"""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFString

from .structure import Clickable, Tag
from .tree import Raw, number_of

FIELD = "Seal"
"""The name of the field, by which it is filled in."""

_PRINT, _LOCKED = 4, 128
_SIGNATURES_AND_ADD_ONLY = 3


class SealField:
    """The field on the first page, last in reading order. `words`: what a reader's program calls it."""

    def __init__(self, root: Tag, words: str) -> None:
        self.tag = Tag("Form", root)
        self._words = words
        self._field = Raw()
        self._key = 0

    def put_on_page(self, canvas: Any, key: int) -> None:
        """Adds the field to the page that the canvas is at; `key`: its place in the parent tree."""
        self._key = key
        canvas._addAnnotation(self._field)
        name = f"Annot.NUMBER{canvas._annotationCount}"
        self.tag.kids.append(Clickable(canvas.getPageNumber(), name, key))

    def write(self, document: Any) -> None:
        """Writes the field out, and the form that holds it. Its box has no size: nothing is shown."""
        page = document.idToObjectNumberAndVersion["Page1"][0]
        self._field.written = (
            f"<</Type /Annot /Subtype /Widget /FT /Sig /T ({FIELD}) /Rect [0 0 0 0] /P {page} 0 R"
            f" /F {_PRINT | _LOCKED} /StructParent {self._key} /TU "
        ).encode()
        self._field.written += bytes(PDFString(self._words).format(document)) + b">>"
        field = number_of(document, self._field)
        form = f"<</Fields [{field} 0 R] /SigFlags {_SIGNATURES_AND_ADD_ONLY}>>"
        document.Catalog.AcroForm = Raw(form.encode())
