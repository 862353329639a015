"""A letter to a child as DOCX: large type, each step under its picture, in the order of the one on paper."""

from .child_pictures import as_png
from .content import (
    Block,
    Bullets,
    ContentError,
    Letter,
    Notice,
    Paragraph,
    Quote,
    Section,
    Step,
    Subheading,
    paragraphs_of,
)
from .docx_styles import edge
from .docx_writer import Properties, Writer
from .reading import known_by, shows_heading

SIZES = {"child-6-12": 28, "child-13-20": 25}
"""Of running text, in half points."""
AIR = 0.6
"""Little space between paragraphs, so that large type goes on one page."""
_PICTURE = {"child-6-12": 14.0, "child-13-20": 11.0}
"""The side of a picture, in millimetres."""
_GROUNDS = {"told": "FBF3E4", "decided": "EAF2F4", "cannot": "F4F1F6", "next": "E8F3EC", "reach": "FCF5DC"}
_LINES = {"told": "C98A2B", "decided": "0B4F5C", "cannot": "6A5680", "next": "2F7D6B", "reach": "9A7410"}


def write_child(writer: Writer, letter: Letter) -> None:
    """The whole letter. Raises `ContentError` for a block that has no place in such a letter."""
    writer.paragraphs(letter.authority.name, "Sender")
    writer.paragraph(letter.kind, "Kind")
    writer.paragraph(letter.title, "Heading 1")
    for note in (letter.example, letter.corrects):
        writer.paragraphs(note, "Small")
    for section in letter.sections:
        _section(writer, section, letter.form)
    writer.paragraph(known_by(letter), "Small")


def _section(writer: Writer, section: Section, form: str) -> None:
    ground: Properties = {}
    if section.key in _GROUNDS:
        ground = {
            "pBdr": f"<w:pBdr>{edge(writer.begins, _LINES[section.key], 36, 8)}</w:pBdr>",
            "shd": f'<w:shd w:val="clear" w:color="auto" w:fill="{_GROUNDS[section.key]}"/>',
            "ind": '<w:ind w:left="227"/>',
        }
    if shows_heading(section):
        writer.paragraph(section.heading, "Heading 2", ground)
    writer.paragraphs(section.lead or "", "Lead", ground)
    for block in section.blocks:
        _block(writer, block, form, ground)


def _block(writer: Writer, block: Block, form: str, ground: Properties) -> None:
    match block:
        case Step():
            picture = as_png(block.picture)
            writer.picture(picture, block.alt, _PICTURE[form], block.title, "Heading 2", ground)
            writer.paragraphs(block.text, "Normal", ground)
        case Paragraph() | Quote() | Notice():
            writer.paragraphs(block.text, "Normal", ground)
        case Subheading():
            writer.paragraph(block.text, "Heading 3", ground)
        case Bullets():
            writer.items([one for one in block.items if paragraphs_of(one)], "List Bullet", ground)
        case _:
            raise ContentError(f"{block.key!r} has no place in a letter to a child")
