"""A letter as DOCX, for those who work further with it: the same sentences in the same order.

The address stands where the window of the envelope is, in a frame at a fixed place of the first page; all
else is running text with styles, so that it can be read by any program and edited.
"""

from .content import Appendix, Letter, Section, is_for_child
from .docx_blocks import write_block, write_facts
from .docx_child import write_child
from .docx_file import accent_of, empty_file, file_bytes
from .docx_styles import WIDTH
from .docx_writer import Writer
from .logo import logo_png, logo_size
from .reading import address, contact_columns, dates, has_contact, head_rows
from .refusals import check_characters
from .wording import Wording, wording

_MM = 1440 / 25.4
_WINDOW = (
    f'<w:framePr w:w="{84 * _MM:.0f}" w:h="{32 * _MM:.0f}" w:hRule="atLeast" w:hSpace="0" w:wrap="around"'
    f' w:vAnchor="page" w:hAnchor="page" w:x="{108 * _MM:.0f}" w:y="{47 * _MM:.0f}"/>'
)
_HELD = {"keepNext": "<w:keepNext/>"}
_BESIDE_WINDOW = f'<w:ind w:right="{WIDTH - 74 * _MM:.0f}"/>'


def render_docx(letter: Letter) -> bytes:
    """The letter as a file of Word and LibreOffice. The same content gives the same bytes.

    Raises `MissingGlyph`, which names the place, for a sign that is no text.
    """
    check_characters(letter)
    words = wording(letter.language)
    document = empty_file(letter)
    writer = Writer(document, letter.direction, accent_of(letter))
    if is_for_child(letter.form):
        write_child(writer, letter)
        return file_bytes(document)
    _head(writer, letter)
    for section in letter.sections:
        _section(writer, section, words)
    _ending(writer, letter, words)
    for number, appendix in enumerate(letter.appendices, start=1):
        _appendix(writer, appendix, number, words)
    page = words.page.partition("%(page)s")[0]
    writer.foot(f"{letter.authority.name} · {letter.reference}", page, words.page_of)
    return file_bytes(document)


def _head(writer: Writer, letter: Letter) -> None:
    logo = letter.authority.logo
    if logo:
        writer.picture(logo_png(logo), logo.alt, logo_size(logo)[0])
    writer.paragraphs(letter.authority.name, "Sender")
    writer.paragraphs(letter.authority.unit, "Quiet")
    lines = address(letter)
    beside = {"ind": _BESIDE_WINDOW} if lines else {}
    # The date begins beside the window, and what follows the address below it.
    above, below = _above_window(letter), 600 if lines else 240
    for number, (label, said) in enumerate(dates(letter)):
        writer.paragraph(label, "Quiet", beside | {"spacing": _before(100 if number else above)})
        writer.paragraph(said, "Address", beside)
    for line in lines:
        writer.paragraph(line, "Address", {"framePr": _WINDOW})
    if letter.example.strip():
        writer.paragraphs(letter.example, "Notice")
        below = 240
    writer.paragraph(letter.kind, "Kind", {"spacing": _before(below, 60)})
    writer.paragraph(letter.title, "Heading 1")
    writer.paragraphs(letter.corrects, "Notice")
    write_facts(writer, head_rows(letter))


def _above_window(letter: Letter) -> int:
    """How far under the sender the date stands, when the sender takes so many lines."""
    sender = 480 * -(-len(letter.authority.name) // 45) + 280 * -(-len(letter.authority.unit) // 90)
    logo = letter.authority.logo
    mark = round(logo_size(logo)[1] * _MM) + 200 if logo else 0
    return max(120, round(27 * _MM) - sender - mark)


def _before(before: int, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _section(writer: Writer, section: Section, words: Wording) -> None:
    if section.key != "head":
        writer.paragraph(section.heading, "Heading 2")
    writer.paragraphs(section.lead or "", "Lead")
    for block in section.blocks:
        write_block(writer, block, words)


def _ending(writer: Writer, letter: Letter, words: Wording) -> None:
    if letter.signatures:
        writer.paragraph(words.signing(letter.form), "Heading 2")
    for one in letter.signatures:
        writer.paragraph(one.part, "Label")
        writer.paragraph(one.name, "Address", _HELD)
        writer.paragraph(one.title, "Address")
    if has_contact(letter):
        writer.paragraph(words.contact, "Heading 2")
        for number, column in enumerate(contact_columns(letter)):
            for line_number, line in enumerate(column):
                apart = {"spacing": _before(120)} if number and not line_number else {}
                writer.paragraph(line, "Address", _HELD | apart)
    writer.paragraphs(letter.method_stamp, "Small")


def _appendix(writer: Writer, appendix: Appendix, number: int, words: Wording) -> None:
    new_page = {"pageBreakBefore": "<w:pageBreakBefore/>"}
    writer.paragraph(words.appendix_number(number), "Kind", new_page)
    writer.paragraph(appendix.title, "Heading 2")
    for block in appendix.blocks:
        write_block(writer, block, words)
