"""Lines of a readable length, and no heading left alone at the foot of a page."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import pytest
from pypdf import PdfReader

from tests.unit.reports.example_letter import example_letter
from tests.unit.reports.letters_of_every_form import small_letter
from tests.unit.reports.reading_back import squeezed
from tillsyn.reports.content import Letter, Paragraph
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.wording import wording

TEXT = "Vi såg och hörde hur det går till, och det skriver vi ner som det var den dagen. "


def _pages(letter: Letter) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(letter))).pages]


def _pushed_down(letter: Letter, lines: int) -> Letter:
    """The letter with so many lines more in its first section."""
    first, *others = letter.sections
    longer = replace(first, blocks=(*(Paragraph(f"more.{n}", "Rad.") for n in range(lines)), *first.blocks))
    return replace(letter, sections=(longer, *others))


def _headings(letter: Letter) -> Iterator[str]:
    for section in letter.sections:
        yield section.heading
        for block in section.blocks:
            yield from (getattr(block, name) for name in ("title", "area") if hasattr(block, name))
            if type(block).__name__ == "Subheading":
                yield block.text  # type: ignore[union-attr]
    yield wording(letter.language).contact


@pytest.mark.slow
@pytest.mark.parametrize("form", ["feedback", "decision", "followup"])
def test_no_page_ends_with_a_heading_wherever_the_breaks_fall(form: str) -> None:
    letter = example_letter("sv") if form == "feedback" else small_letter(form, "sv")
    headings = {squeezed(one) for one in _headings(letter)}
    said = {squeezed(text) for text in (TEXT, "Rad.")}
    for lines in range(0, 40, 5):
        for page in _pages(_pushed_down(letter, lines)):
            body = page[: page.rindex(f"{letter.authority.name} · {letter.reference}")]
            last = [line for line in body.splitlines() if line.strip()][-1:]
            assert not {squeezed(line) for line in last} & (headings - said), (lines, last)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_line_of_running_text_holds_sixty_to_seventy_five_letters(language: str) -> None:
    letter = example_letter(language)  # type: ignore[arg-type]
    first, *others = letter.sections
    long = replace(first, blocks=(Paragraph("long", TEXT * 12),))
    text = _pages(replace(letter, sections=(long, *others)))[0]
    start = squeezed(text).index(squeezed(TEXT))
    assert start > 0
    lines = [
        line
        for line in text.splitlines()
        if re.search(r"såg och|hörde hur|går till|skriver vi|den dagen", line)
    ]
    assert 60 <= median(len(line) for line in lines) <= 75
    assert max(len(line) for line in lines) <= 80
