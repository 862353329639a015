"""A letter with an electronic seal, by a certificate that is made for the tests."""

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path

from tests.unit.reports.example_letter import example_letter
from tillsyn.inspect.outside.seal import FileSealer, SealFile
from tillsyn.inspect.outside.seal_certificate import make_demo_certificate
from tillsyn.reports.content import Language
from tillsyn.reports.letter_pdf import render_pdf

NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
NAME = "Exempelinspektionen"
PASSPHRASE = "öppna försiktigt"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="tillsyn-seal-")


@cache
def key_file(name: str = NAME, days: int = 365) -> SealFile:
    """A key and a certificate for `days` from NOW."""
    path = Path(_folder().name) / f"{name}-{days}.p12"
    path.write_bytes(make_demo_certificate(name, PASSPHRASE, now=NOW, lasts=dt.timedelta(days=days)))
    return SealFile(path, PASSPHRASE)


@cache
def unsealed(language: Language = "sv") -> bytes:
    """The example letter with the empty field."""
    return render_pdf(example_letter(language), to_be_sealed=True)


@cache
def sealed(language: Language = "sv") -> bytes:
    """The example letter, sealed."""
    return FileSealer(key_file()).seal(unsealed(language), at=NOW)
