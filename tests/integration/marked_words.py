"""A word of its own in every text of a case, so that what is read somewhere says which text it was."""

import re
from io import BytesIO
from itertools import count
from subprocess import run
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.hostile_words import ONE_WORD, free_columns, sealed_texts
from tests.integration.sealed_words import _into
from tillsyn.inspect.rules.keeping import Keeping, keeping_of

_MARK = re.compile(r"Zq[a-z]{3}barnet", re.I)
_LETTERS = "bcdfghjklm"


def mark_everything(db: Session) -> dict[str, str]:
    """Put a word of its own into every text of each column that tells of cases; the words by table.column.

    Every sealed text, and the free texts in clear of tables that go with their case, and of the case itself.
    """
    numbers = count(1)
    words: dict[str, str] = {}
    for table, name in free_columns():
        if keeping_of(table.name) is not Keeping.WITH_CASE and table.name != "inspections":
            continue
        column, keys = table.c[name], list(table.primary_key.columns)
        room = getattr(column.type, "length", None) or 10_000
        word = words.setdefault(f"{table.name}.{name}", _word(next(numbers)))
        for row in db.execute(select(*keys, column)).all():
            if not ONE_WORD.fullmatch(row[-1] or ""):
                where = [key == value for key, value in zip(keys, row[:-1], strict=True)]
                marked = f"{row[-1]} {word}" if len(row[-1]) + len(word) < room else word[:room]
                db.execute(table.update().where(*where).values({name: marked}))
    db.expire_all()
    for cls, name in sealed_texts():
        word = words.setdefault(f"{cls.__tablename__}.{name}", _word(next(numbers)))
        for one in db.scalars(select(cls)):
            if getattr(one, name):
                setattr(one, name, _into(getattr(one, name), word))
    db.flush()
    return words


def _word(number: int) -> str:
    signs = "".join(_LETTERS[number // ten % 10] for ten in (100, 10, 1))
    return f"Zq{signs}barnet"


class Marks:
    """Which texts stand in what was written."""

    def __init__(self, words: dict[str, str]) -> None:
        self._places = {word.lower(): place for place, word in words.items()}

    def of(self, written: bytes | str) -> set[str]:
        """The texts, as table.column, that stand in an answer, a file or a log; also packed in a PDF or a ZIP."""
        found: set[str] = set()
        for piece in _unpacked(written.encode() if isinstance(written, str) else written):
            told = piece.decode("utf-8", "replace") + piece.replace(b"\x00", b"").decode("latin-1")
            found |= {self._places.get(word.lower(), "?") for word in _MARK.findall(told)}
        return found


def _unpacked(data: bytes) -> list[bytes]:
    """The bytes, and what lies packed in them."""
    if data[:2] == b"PK":
        try:
            with ZipFile(BytesIO(data)) as packed:
                return [data, *(packed.read(name) for name in packed.namelist())]
        except BadZipFile:
            return [data]
    if data[:5] == b"%PDF-":
        return [data, _text_of_pdf(data)]
    return [data]


def _text_of_pdf(data: bytes) -> bytes:
    """As poppler reads it (.ci/system-packages.sh); words that a line breaks are whole again."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        done = run(["pdftotext", "-raw", file.name, "-"], capture_output=True, check=True)
    return done.stdout.replace(b"\xc2\xad\n", b"").replace(b"-\n", b"")
