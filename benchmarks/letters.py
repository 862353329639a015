"""Time to make a letter with 15 findings: PDF, HTML and DOCX, many in a row, several at once.

And what it costs beside the same letter by ReportLab without tags, and beside docxtpl with LibreOffice where
they are installed.

In brackets the time of the processor, which other work on the machine does not lengthen; the ratio is of
that, in runs that alternate.
"""

import importlib
import importlib.util
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from docx import Document
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Paragraph

from tillsyn.reports import letter_pdf, pdf_blocks, pdf_paper
from tillsyn.reports import pdf_look as look
from tillsyn.reports.content import Letter
from tillsyn.reports.letter_docx import render_docx
from tillsyn.reports.letter_html import render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.pdf_fonts import SANS
from tillsyn.reports.reading import sentences
from tillsyn.reports.tagging.structure import Tag
from tillsyn.reports.tagging.text import TaggedParagraph

from .long_letter import long_letter

FINDINGS, IN_A_ROW, AT_ONCE, ROUNDS = 15, 100, 8, 15
FORMS: dict[str, Callable[[Letter], object]] = {"PDF": render_pdf, "HTML": render_html, "DOCX": render_docx}


def measure() -> None:
    letter = long_letter(FINDINGS)
    for name, render in FORMS.items():
        render(letter)  # typefaces and templates are read once
        clock, used = _taken(partial(render, letter))
        print(f"{clock:7.0f} ms ({used:.0f})  {name}, {FINDINGS} findings, median of {ROUNDS}")
    before = _memory()
    for name, render in FORMS.items():
        start, used = time.perf_counter(), time.process_time()
        for _ in range(IN_A_ROW):
            render(letter)
        clock, used = time.perf_counter() - start, time.process_time() - used
        print(f"{clock:7.1f} s ({used:.1f})  {name}, {IN_A_ROW} in a row")
    print(f"{before:7.0f} MB  in use at most before them, {_memory():.0f} MB after them")
    for kind, executor in (("threads", ThreadPoolExecutor), ("processes", ProcessPoolExecutor)):
        print(f"{_at_once(executor):7.2f} s   PDF, {AT_ONCE} at once in {kind}, {os.cpu_count()} processors")
    print(f"{_ratio(letter):7.2f}     times the processor time of ReportLab without tags (aim: at most 1.25)")
    _beside_an_office(letter)


def _taken(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor; each the median."""
    by_clock, of_processor = [], []
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), time.process_time()
        run()
        by_clock.append((time.perf_counter() - start) * 1000)
        of_processor.append((time.process_time() - used) * 1000)
    return median(by_clock), median(of_processor)


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _one(_number: int) -> int:
    return len(render_pdf(long_letter(FINDINGS)))


def _at_once(executor: Callable[[int], Executor]) -> float:
    with executor(AT_ONCE) as pool:
        list(pool.map(_one, range(AT_ONCE)))  # every worker has its typefaces
        start = time.perf_counter()
        sizes = set(pool.map(_one, range(AT_ONCE)))
        taken = time.perf_counter() - start
    if len(sizes) != 1:
        raise RuntimeError("letters made at once are not alike")
    return taken


def _ratio(letter: Letter) -> float:
    """What the tags cost: the median of alternating runs."""
    tagged, plain = [], []
    for _ in range(ROUNDS):
        for run, kept in ((partial(render_pdf, letter), tagged), (partial(without_tags, letter), plain)):
            used = time.process_time()
            run()
            kept.append(time.process_time() - used)
    return median(one / other for one, other in zip(tagged, plain, strict=True))


class _Plain(Canvas):  # type: ignore[misc]
    """ReportLab's canvas with the number of pages at the foot, as ours has it."""

    tag = link_holder = None

    def save(self) -> None:
        if self._code:
            self.showPage()
        self.beginForm(pdf_paper._TOTAL, 0, -3, 40, 12)
        self.setFont(SANS, pdf_paper.FOOT)
        self.drawString(0, 0, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()


def _undeclared(paragraph: TaggedParagraph, tag: Tag, *_: object) -> TaggedParagraph:
    paragraph.tag = tag
    return paragraph


@contextmanager
def _untagged() -> Iterator[None]:
    """The same story of ReportLab's own paragraphs: nothing is declared, followed or marked."""
    parts: list[tuple[Any, str, Any]] = [
        (TaggedParagraph, name, getattr(Paragraph, name)) for name in ("beginText", "draw", "split")
    ]
    parts += [
        (pdf_blocks, "declare", _undeclared),
        (letter_pdf, "under", lambda *_: None),
        (rl_config, "useA85", 0),
    ]
    patches = [patch.object(*part) for part in parts]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def without_tags(letter: Letter) -> bytes:
    """The letter as ReportLab alone makes it: it looks the same, and nobody but the eye can read it."""
    paper = BytesIO()
    with _untagged():
        pages = [
            letter_pdf._page(letter, "first", look.FIRST_TOP),
            letter_pdf._page(letter, "later", look.TOP),
        ]
        document = BaseDocTemplate(
            paper, pagesize=look.PAGE, pageTemplates=pages, invariant=1, initialFontName=SANS
        )
        document.build(letter_pdf._story(letter), canvasmaker=_Plain)
    return paper.getvalue()


def _beside_an_office(letter: Letter) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    missing = [] if importlib.util.find_spec("docxtpl") else ["docxtpl"]
    missing += [] if office else ["LibreOffice"]
    if missing or office is None:
        print(f"      –     beside docxtpl and LibreOffice: not installed ({', '.join(missing)})")
        return
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.docx"
        document = Document()
        for line in ("{% for line in lines %}", "{{ line }}", "{% endfor %}"):
            document.add_paragraph(line)
        document.save(str(template))
        start = time.perf_counter()
        made = importlib.import_module("docxtpl").DocxTemplate(template)
        made.render({"lines": sentences(letter)}, autoescape=True)
        filled = Path(folder) / "letter.docx"
        made.save(filled)
        command = [office, "--headless", "--convert-to", "pdf", "--outdir", folder, str(filled)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the program found above
        theirs = time.perf_counter() - start
    start = time.perf_counter()
    render_pdf(letter)
    ours = time.perf_counter() - start
    print(f"{ours / theirs:7.2f}     times the time of docxtpl and LibreOffice (aim: at most 0.1)")
