"""The text of a file of others, with the line and column of every sign: plain text, HTML, DOCX, PDF.

Nothing in a file is followed or run: of a document only the signs are read.
"""

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from io import BytesIO

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000

_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "li", "ul", "ol", "dl",
    "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "caption", "br", "hr", "pre",
    "blockquote", "form", "fieldset", "legend", "title", "figure", "figcaption", "address", "body", "html",
    "head",
}  # fmt: skip
_SILENT = frozenset({"script", "style", "template"})
_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml\Z")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_RUN = re.compile(
    r"<w:t(?: [^>]*)?>(.*?)</w:t>|<w:(tab|br|cr)\b[^>]*/>|<w:noBreakHyphen\b[^>]*/>(?P<hyphen>)", re.DOTALL
)


class UnreadableFile(ValueError):
    """The file is none of these, is damaged, or is too large."""


@dataclass(slots=True)
class ReadText:
    """The text of a file. A place in it leads to line and column, both from 1."""

    text: str
    _places: list[tuple[int, int]] | None = field(default=None)

    def place(self, at: int) -> tuple[int, int]:
        """Line and column in the file; of a DOCX the line is the number of the paragraph."""
        if self._places is not None:
            return self._places[min(at, len(self._places) - 1)]
        begins = self.text.rfind("\n", 0, at) + 1
        return self.text.count("\n", 0, at) + 1, at - begins + 1


def read_plain_text(data: bytes, name: str) -> ReadText:
    """The text of a file, by the ending of its name. Raises UnreadableFile."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile("the file is larger than 20 MB")
    ending = name.rpartition(".")[2].lower()
    if ending == "docx":
        return _of_docx(data)
    if ending == "pdf" or data[:5] == b"%PDF-":
        return _of_pdf(data)
    text = _decoded(data)
    if ending in ("html", "htm"):
        reader = _Html()
        reader.feed(text)
        reader.close()
        return ReadText("".join(reader.signs), reader.places or [(1, 1)])
    return ReadText(text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes) -> str:
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableFile("it is not a text")
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("it is not a text in UTF-8 or Windows-1252")


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.signs: list[str] = []
        self.places: list[tuple[int, int]] = []
        self._silent = 0

    def _add(self, text: str, *, moves: bool = True) -> None:
        line, column = self.getpos()
        for sign in text:
            self.signs.append(sign)
            self.places.append((line, column + 1))
            if moves:
                line, column = (line + 1, 0) if sign == "\n" else (line, column + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._add("\n", moves=False)
        for name, value in attrs:
            if name in ("alt", "title", "aria-label") and value:
                self._add(f" {value} ", moves=False)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self._add("\n", moves=False)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(unescape(f"&{name};"), moves=False)

    def handle_charref(self, name: str) -> None:
        self._add(unescape(f"&#{name};"), moves=False)


def _of_docx(data: bytes) -> ReadText:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = sorted(one.filename for one in archive.infolist() if _PART.match(one.filename))
            if sum(archive.getinfo(part).file_size for part in parts) > MOST_UNPACKED:
                raise UnreadableFile("the document is larger than 100 MB unpacked")
            xml = [archive.read(part).decode("utf-8") for part in parts]
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError) as fault:
        raise UnreadableFile("it is not a DOCX document, or is damaged") from fault
    if not any(part == "word/document.xml" for part in parts):
        raise UnreadableFile("it is not a DOCX document, or is damaged")
    signs: list[str] = []
    places: list[tuple[int, int]] = []
    number = 0
    for part in xml:
        for paragraph in _PARAGRAPH.findall(part):
            number += 1
            said = "".join(_run(match) for match in _RUN.finditer(paragraph)) + "\n"
            signs.append(said)
            places += [(number, column) for column in range(1, len(said) + 1)]
    return ReadText("".join(signs), places or [(1, 1)])


def _run(match: re.Match[str]) -> str:
    if match[1] is not None:
        return unescape(match[1])
    return "-" if match["hyphen"] is not None else " " if match[2] == "tab" else "\n"


def _of_pdf(data: bytes) -> ReadText:
    """By pypdf where it is installed; Tillsyn itself needs it for its tests only."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as missing:
        raise UnreadableFile(
            "reading a PDF needs the package pypdf; give the text, HTML or DOCX instead"
        ) from missing
    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError) as fault:
        raise UnreadableFile("the PDF is damaged or locked") from fault
    return ReadText("\n".join(pages))
