"""Open a QDPX: a zip that comes from elsewhere. Nothing is unpacked to disk, and everything has a limit.

Programs differ: the project lies in `project.qde` or in `<name>.qde`, the texts in `sources/` or
`Sources/`, paths begin with `internal://`, `internal:/` or nothing, and text files are UTF-8 with or
without byte order mark, UTF-16, or a Windows code page.
"""

import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ...models.vocabulary import N_
from .refi_qda_model import ExchangeFault, UnusableExchange

MAX_BYTES = 50 * 1024 * 1024
"""Of the file as it is sent."""

MAX_READ = 40 * 1024 * 1024
"""Of all that is unpacked from one file."""

MAX_FILES = 20_000
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1


class _TooMuch(Exception):
    """The unpacked content has passed the limit."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file; `had_mark`: it began with a byte order mark, which is not in `text`."""

    text: str
    had_mark: bool = False


class Archive:
    """The files of a QDPX by name. Raises UnusableExchange when it is no zip or too large."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
            raise _unusable(N_("is neither a QDPX file (a zip) nor XML")) from None
        if len(entries) > MAX_FILES:
            raise _unusable(N_("holds more than %(most)s files"), most=MAX_FILES)
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in entries if not entry.is_dir()}
        self._names = {name.lower(): name for name in self._entries}
        self._left = MAX_READ

    def project(self) -> tuple[str, bytes]:
        """Name and content of the project's XML: the `.qde` that lies outermost."""
        found = sorted((name for name in self._entries if name.lower().endswith(".qde")), key=_depth)
        if not found:
            raise _unusable(N_("holds no project (no file that ends in .qde)"))
        return found[0], self._read(self._entries[found[0]])

    def text(self, path: str) -> FileText | None:
        """The text that `path` of the XML points at; None when the file is not there."""
        entry = self._entry(path)
        return None if entry is None else decoded(self._read(entry))

    def _entry(self, path: str) -> ZipInfo | None:
        name = path.replace("\\", "/")
        for start in ("internal:", "relative:"):
            if name.lower().startswith(start):
                name = name[len(start) :]
        name = name.lstrip("/").removeprefix("./")
        for candidate in (f"sources/{name}", name):
            found = self._names.get(candidate.lower())
            if found is not None:
                return self._entries[found]
        return None

    def _read(self, entry: ZipInfo) -> bytes:
        """The whole of one file; what it says about its own size is not believed."""
        if entry.flag_bits & _ENCRYPTED:
            raise _unusable(N_("is protected with a password"), entry.filename)
        # Other methods unpack a whole block at once, however large it turns out to be.
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _unusable(
                N_("is packed in an unusual way; pack the file as an ordinary zip"), entry.filename
            )
        parts = []
        try:
            with self._zip.open(entry) as opened:
                while part := opened.read(_CHUNK):
                    self._left -= len(part)
                    if self._left < 0:
                        raise _TooMuch
                    parts.append(part)
        except _TooMuch:
            text = N_("unpacks to more than %(most)s MB")
            raise _unusable(text, entry.filename, most=MAX_READ // 2**20) from None
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError):
            raise _unusable(N_("is damaged and cannot be unpacked"), entry.filename) from None
        return b"".join(parts)


def decoded(content: bytes) -> FileText:
    """The text of a file: by its byte order mark, else UTF-8, else the code page of Western Windows."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return FileText(content[len(mark) :].decode(encoding, errors="replace"), had_mark=True)
    try:
        return FileText(content.decode("utf-8"))
    except UnicodeDecodeError:
        return FileText(content.decode("cp1252", errors="replace"))


def _depth(name: str) -> tuple[int, bool, str]:
    return name.count("/"), not name.lower().endswith("project.qde"), name


def _unusable(text: str, path: str = "(file)", **values: object) -> UnusableExchange:
    return UnusableExchange((ExchangeFault(path, text, values),))
