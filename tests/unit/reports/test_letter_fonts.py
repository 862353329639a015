"""The vendored typefaces are the ones written down, and small enough to live in the repository."""

import hashlib

from tillsyn.reports.pdf_fonts import FONT_FOLDER


def test_the_checksums_are_those_of_the_page_about_sources() -> None:
    sources = (FONT_FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    files = sorted(FONT_FOLDER.glob("*.ttf"))
    assert len(files) == 7
    for file in files:
        assert hashlib.sha256(file.read_bytes()).hexdigest() in sources
        assert file.stat().st_size < 700_000


def test_the_licence_lies_beside_them() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL.txt").read_text(encoding="utf-8")
