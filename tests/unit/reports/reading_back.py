"""Reads text out of finished letters, as a reader's program would meet it."""

import io
import re
from html.parser import HTMLParser

from pypdf import PdfReader

from tillsyn.reports.content import Letter
from tillsyn.reports.wording import wording


def squeezed(text: str) -> str:
    """The text without any blanks: lines are broken where the paper ends, and a long word anywhere."""
    return re.sub(r"\s+", "", text)


def text_of_pdf(pdf: bytes, letter: Letter) -> str:
    """All text of the pages in the order of drawing, without the line at the foot of each page."""
    reader = PdfReader(io.BytesIO(pdf))
    words = wording(letter.language)
    pages = []
    for number, page in enumerate(reader.pages, start=1):
        text = squeezed(page.extract_text())
        foot = f"{letter.authority.name} · {letter.reference}{words.page % {'page': number}}{words.page_of}"
        total = str(len(reader.pages))
        foot = squeezed(foot)
        assert foot in text, f"page {number} has no foot"
        pages.append(text.replace(foot + total, "", 1) if foot + total in text else text.replace(foot, "", 1))
    return "".join(pages)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.inside_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside_body = self.inside_body or tag in ("body", "article")

    def handle_data(self, data: str) -> None:
        if self.inside_body:
            self.parts.append(data)


def text_of_html(html: str) -> str:
    """All text of the body in the order of the page."""
    parser = _Text()
    parser.feed(html)
    return squeezed("".join(parser.parts))


def first_out_of_order(sentences: tuple[str, ...], text: str) -> str | None:
    """The first sentence that does not come after the one before it; None if all do. Text is squeezed."""
    position = 0
    for sentence in sentences:
        found = text.find(squeezed(sentence), position)
        if found < 0:
            return sentence
        position = found + len(squeezed(sentence))
    return None
