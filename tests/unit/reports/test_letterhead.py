"""The sender's own logo and colour, in every form of a letter; and what is refused, with the reason."""

import io
from dataclasses import replace

import docx
import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from tests.unit.reports.judges import refused
from tests.unit.reports.reading_structure import Tagged
from tillsyn.reports.content import Letter, Logo
from tillsyn.reports.letter_docx import render_docx
from tillsyn.reports.letter_html import letter_style, render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.logo import MOST_BYTES, UnfitLogo, logo_png, logo_size, read_logo
from tillsyn.reports.svg import CannotBeDrawn, as_png, read_drawing

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><title>Märke</title><g fill="#0B4F5C">
<path d="M20 2a18 18 0 1 1 0 36a18 18 0 1 1 0-36zM20 9a11 11 0 1 0 0 22a11 11 0 1 0 0-22z"/>
<path d="M64 10c10 0 10 20 0 20q-4-4 0-10t0-10z" style="fill:#C98A2B"/>
<g transform="translate(90 20) rotate(45)">
<rect x="-8" y="-8" width="16" height="16" fill="none" stroke="#0B4F5C" stroke-width="3"/></g></g></svg>""".encode()


def _png(width: int = 200, height: int = 50) -> bytes:
    kept = io.BytesIO()
    Image.new("RGBA", (width, height), (11, 79, 92, 128)).save(kept, "PNG")
    return kept.getvalue()


def _with_logo(letter: Letter, data: bytes, colour: str = "") -> Letter:
    logo = read_logo(data, "Exempelmyndighetens märke")
    return replace(letter, authority=replace(letter.authority, logo=logo, colour=colour))


@pytest.mark.parametrize("data", [SVG, _png()], ids=["svg", "png"])
def test_a_logo_stands_in_every_form_with_its_words(swedish: Letter, data: bytes) -> None:
    letter = _with_logo(swedish, data)
    pdf = render_pdf(letter)
    assert refused(pdf) == []
    read = Tagged(pdf)
    assert read.wrong() == []
    assert [one.alt for one in read.root.below("Figure")] == ["Exempelmyndighetens märke"]
    assert render_pdf(letter) == pdf

    page = render_html(letter)
    assert 'alt="Exempelmyndighetens märke"' in page
    assert 'src="data:image/' in page

    words = docx.Document(io.BytesIO(render_docx(letter)))
    (shape,) = words.inline_shapes
    assert shape._inline.docPr.get("descr") == "Exempelmyndighetens märke"


def test_the_logo_keeps_its_proportions_in_its_box() -> None:
    assert logo_size(read_logo(SVG, "Märke")) == pytest.approx((42, 14))
    assert logo_size(read_logo(_png(1000, 50), "Märke")) == pytest.approx((70, 3.5))


def test_a_drawing_shows_what_is_inside_and_what_is_not() -> None:
    image = Image.open(io.BytesIO(as_png(read_drawing(SVG), 1200)))
    assert image.size == (1200, 400)
    ring, hole, outside = (image.getpixel(place) for place in ((50, 200), (200, 200), (450, 200)))
    assert ring == (11, 79, 92, 255)
    assert hole[3] == outside[3] == 0  # type: ignore[index]
    assert logo_png(read_logo(SVG, "Märke")) == logo_png(read_logo(SVG, "Märke"))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<text x="1">A</text>', "<text>"),
        ('<image href="http://example.org/a.png"/>', "<image>"),
        ('<rect width="1" height="1" opacity="0.5"/>', "half transparent"),
        ('<rect width="1" height="1" class="a"/>', "class"),
        ('<rect width="1" height="1" fill="url(#g)"/>', "colour"),
        ('<path d="M0 0 5"/>', "breaks off"),
        ('<path d="M0 0 nonsense"/>', "cannot be read"),
        ('<g transform="skewX(3)"><path d="M0 0h1v1z"/></g>', "skewX"),
        ("", "empty"),
    ],
)
def test_what_a_drawing_cannot_hold_is_refused_by_name(inside: str, said: str) -> None:
    with pytest.raises(CannotBeDrawn, match=said):
        read_drawing(f'<svg viewBox="0 0 9 9">{inside}</svg>'.encode())


def test_a_file_that_would_fetch_or_grow_is_refused_unread() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1"><title>&a;</title></svg>'
    with pytest.raises(CannotBeDrawn, match="DOCTYPE"):
        read_drawing(bomb)


def test_an_unfit_logo_is_refused_with_what_was_measured() -> None:
    with pytest.raises(UnfitLogo, match="no words"):
        read_logo(SVG, "  ")
    with pytest.raises(UnfitLogo, match="200,001 bytes"):
        read_logo(b" " * (MOST_BYTES + 1), "Märke")
    with pytest.raises(UnfitLogo, match="5000 x 10 pixels"):
        read_logo(_png(5000, 10), "Märke")
    with pytest.raises(UnfitLogo, match="cannot be read"):
        read_logo(_png()[:60], "Märke")
    with pytest.raises(UnfitLogo, match="neither a PNG nor an SVG"):
        read_logo(b"GIF89a", "Märke")


def test_the_colour_of_the_sender_is_that_of_headings_in_every_form(swedish: Letter) -> None:
    letter = _with_logo(swedish, SVG, "#7A2430")
    assert "--letter-accent: #7A2430" in render_html(letter)
    assert "#7A2430" not in letter_style()
    styles = docx.Document(io.BytesIO(render_docx(letter))).styles
    assert str(styles["Heading 1"].font.color.rgb) == "7A2430"  # type: ignore[attr-defined]
    assert refused(render_pdf(letter)) == []
    assert render_pdf(letter) != render_pdf(_with_logo(swedish, SVG))


def test_the_logo_is_not_spelled_out_where_settings_are_shown() -> None:
    assert "data" not in repr(Logo("aGVq" * 1000, "png", "Märke"))
    assert len(repr(read_logo(SVG, "Märke"))) < 100


def test_the_address_stands_in_the_window_and_nothing_else_does(swedish: Letter) -> None:
    """Window on the right, C5 and E65: 108–192 mm from the left, 47–79 mm from the top of the first page."""
    inside: list[str] = []

    def look(text: str, page: list[float], place: list[float], *_: object) -> None:
        x, y = (page[4] + place[4]) / mm, (A4[1] - page[5] - place[5]) / mm
        if 100 < x < 200 and 44 < y < 79 and text.strip():
            inside.append(text.strip())

    pages = PdfReader(io.BytesIO(render_pdf(_with_logo(swedish, _png())))).pages
    pages[0].extract_text(visitor_text=look)
    assert inside == [swedish.recipient.name, *swedish.recipient.address_lines]
