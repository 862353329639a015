"""Files to be judged: letters, guides, and a small document with a link."""

from functools import cache

from reportlab.platypus import Frame, PageTemplate

from tests.unit.reports.example_letter import example_letter
from tillsyn.inspect.services.lay_out_guide import guide_as_pdf
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.reports import pdf_look as look
from tillsyn.reports.content import Language
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.pdf_blocks import heading, text
from tillsyn.reports.pdf_fonts import SANS
from tillsyn.reports.pdf_paper import on_paper
from tillsyn.reports.tagging.conformance import About
from tillsyn.reports.tagging.structure import Tag
from tillsyn.reports.tagging.text import TaggedParagraph, declare

ABOUT = About(title="Ett prov", language="sv-SE", author="Tillsyn", subject="", font=SANS)
LINKED = "Läs mer på vår webbplats, där det mesta står, och skriv till oss sedan."


def bound(*story: object, about: About = ABOUT) -> bytes:
    """The flowables as a file."""
    frame = Frame(look.LEFT, look.BOTTOM, look.WIDTH, 600)
    return on_paper(list(story), [PageTemplate(frames=[frame])], about)


def opening() -> object:
    return heading("Ett prov", look.styles().title, "title", 0)


def linked() -> bytes:
    """A paragraph with a link inside it, and one that is a link."""
    style = look.styles().lead
    said = LINKED.replace("vår webbplats, där det mesta står", '<a href="https://tillsyn.example">{}</a>')
    inside = TaggedParagraph(said.format("vår webbplats, där det mesta står"), style)
    whole = TaggedParagraph('<a href="mailto:a@tillsyn.example">a@tillsyn.example</a>', style)
    return bound(
        opening(),
        declare(inside, Tag("P"), LINKED),
        declare(whole, Tag("P"), "a@tillsyn.example"),
        text("Sist.", style),
    )


GUIDES = [
    (pack, guide.id, language)
    for pack in available_packs()
    for guide in load_pack(pack).guides
    for language in ("sv", "en")
]


@cache
def guide_file(pack: str, guide: str, language: Language) -> bytes:
    """A guide on paper."""
    return guide_as_pdf(load_pack(pack), load_pack(pack).guide(guide), language)


@cache
def letter_file(language: Language) -> bytes:
    """The example letter."""
    return render_pdf(example_letter(language))
