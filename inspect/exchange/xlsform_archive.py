"""Open a workbook (xlsx) that comes from elsewhere: a zip of XML. Nothing touches the disk, all has a limit.

What the file says about its own sizes is not believed: XML is unpacked in pieces, counted and parsed as it
comes. A document type declaration, where entities would be declared, is refused.
"""

import posixpath
import zlib
from io import BytesIO
from typing import Protocol
from xml.parsers import expat  # nosec B407 - a document type declaration is refused below
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ...models.vocabulary import N_
from .refi_qda_model import ExchangeFault
from .xlsform_model import UnusableForm

MAX_BYTES = 10 * 1024 * 1024
"""Of the file as it is sent."""

MAX_READ = 40 * 1024 * 1024
"""Of all that is unpacked from one file."""

MAX_FILES = 2_000
MAX_ELEMENTS = 1_500_000
"""Of all parts that are read, together."""

MAX_DEPTH = 60
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class Walker(Protocol):
    """What is told of the elements of a part, in their order; names are without namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class RefusedPart(Exception):
    """Stops the reading of a part; carries what is wrong as a message of the catalogue."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


class Workbook:
    """The parts of a workbook by name. Raises UnusableForm when it is none, or too large."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MAX_BYTES:
            raise unusable(N_("larger than %(most)s MB"), most=MAX_BYTES // 2**20)
        if content.startswith(_OLD_OFFICE):
            raise unusable(
                N_("is an old Excel file (xls) or has a password; save it as xlsx without a password")
            )
        try:
            self._zip = ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
            raise unusable(N_("is no Excel workbook (xlsx)")) from None
        if len(entries) > MAX_FILES:
            raise unusable(N_("holds more than %(most)s files"), most=MAX_FILES)
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}
        self._left = MAX_READ
        self._elements = MAX_ELEMENTS

    def has(self, name: str) -> bool:
        return name in self._entries

    def walk(self, name: str, walker: Walker) -> None:
        """Tell the walker of every element of a part."""
        entry = self._entries.get(name)
        if entry is None:
            raise unusable(N_("is no Excel workbook (xlsx)"), name)
        _refuse_unusual(entry)
        parser = self._parser(walker)
        try:
            with self._zip.open(entry) as opened:
                while piece := opened.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise RefusedPart(N_("unpacks to more than %(most)s MB"), most=MAX_READ // 2**20)
                    parser.Parse(piece, False)
                parser.Parse(b"", True)
        except RefusedPart as refused:
            raise unusable(refused.text, name, **refused.values) from None
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise unusable(N_("is damaged and cannot be unpacked"), name) from None
        except (expat.ExpatError, LookupError, ValueError, OverflowError) as fault:
            raise unusable(N_("is not XML: %(why)s"), name, why=str(fault)[:200]) from None

    def _parser(self, walker: Walker) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements -= 1
            if self._elements < 0:
                raise RefusedPart(N_("has more than %(most)s elements"), most=MAX_ELEMENTS)
            if depth > MAX_DEPTH:
                raise RefusedPart(N_("is nested deeper than %(most)s levels"), most=MAX_DEPTH)
            walker.start(name.rpartition(":")[2], attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            walker.end(name.rpartition(":")[2])

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = walker.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        return parser


def _refuse_doctype(*_: object) -> None:
    raise RefusedPart(N_("has a document type declaration (DOCTYPE), which no exchange file needs"))


def _refuse_unusual(entry: ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise unusable(N_("is protected with a password"), entry.filename)
    # Other methods unpack a whole block at once, however large it turns out to be.
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise unusable(N_("is packed in an unusual way; pack the file as an ordinary zip"), entry.filename)


def part_beside(name: str, target: str) -> str:
    """The name of the part that `target` means in the part `name`: `xl/workbook.xml`, `sheet1.xml`."""
    return posixpath.normpath(posixpath.join(f"/{posixpath.dirname(name)}", target)).lstrip("/")


def unusable(text: str, path: str = "(file)", **values: object) -> UnusableForm:
    """The error for a file that is refused, with one fault."""
    return UnusableForm(ExchangeFault(path, text, values))
