"""A letter on screen: a whole HTML page, or the part of one."""

from functools import cache
from html import escape
from pathlib import Path

from .child_html import child_fragment
from .content import Letter, Logo, Section, is_for_child
from .html_blocks import block_html, pairs, paragraphs
from .logo import logo_address, logo_size
from .reading import address, contact_columns, dates, has_contact, head_rows
from .refusals import check_characters
from .wording import wording

STYLESHEETS = ("letter-page.css", "letter-passages.css", "letter-print.css", "letter-child.css")


@cache
def letter_style(colour: str = "") -> str:
    """The style of a letter on screen and in print, for a file of its own or for the page itself.

    `colour`: of headings and lines, as the sender has it ("#0B4F5C"); "" for the usual one.
    """
    style = "\n".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in STYLESHEETS)
    return f"{style}\n.letter {{ --letter-accent: {colour}; }}\n" if colour else style


def render_html(letter: Letter, stylesheet: str | None = None) -> str:
    """The letter as a complete page.

    `stylesheet` is the address of `letter_style()` where a server gives it out (no style stands in the page
    then). Without it the style is put into the page, so that the file can be kept and read on its own.
    Raises `MissingGlyph`, which names the place, for a sign that is no text.
    """
    check_characters(letter)
    if stylesheet is None:
        style = f"<style>\n{letter_style(letter.authority.colour)}</style>"
    else:
        style = f'<link rel="stylesheet" href="{escape(stylesheet)}">'
    direction = ' dir="rtl"' if letter.direction == "rtl" else ""
    title = escape(f"{letter.title} ({letter.reference})")
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<meta name="author" content="{escape(letter.authority.name)}">\n{style}\n</head>\n'
        f'<body class="letter-page">\n<main>\n'
        f"{render_fragment(letter, heading_level=1)}</main>\n</body>\n</html>\n"
    )


def render_fragment(letter: Letter, heading_level: int = 2) -> str:
    """The letter as one `article`, to stand in a page whose own heading is one step above.

    Needs `letter_style()`. An id in it is "letter-" and the key of a section or block; `data-key`
    is the key itself.
    """
    if is_for_child(letter.form):
        return child_fragment(letter, heading_level, _logo(letter.authority.logo))
    words = wording(letter.language)
    top, below = f"h{heading_level}", heading_level + 1
    parts = [_head(letter, top)]
    parts += [_section(section, letter.language, below) for section in letter.sections]
    parts.append(_ending(letter, below))
    for number, appendix in enumerate(letter.appendices, start=1):
        inside = "\n".join(block_html(block, letter.language, below + 1) for block in appendix.blocks)
        parts.append(
            f'<section class="letter-appendix" id="letter-{escape(appendix.key)}">'
            f'<p class="letter-eyebrow">{escape(words.appendix_number(number))}</p>'
            f'<h{below} class="letter-heading">{escape(appendix.title)}</h{below}>\n{inside}\n</section>'
        )
    return f'<article class="letter" lang="{letter.language}">\n' + "\n".join(parts) + "\n</article>\n"


def _head(letter: Letter, top: str) -> str:
    sender = _logo(letter.authority.logo)
    sender += f'<p class="letter-authority">{escape(letter.authority.name)}</p>'
    if letter.authority.unit.strip():
        sender += f'<p class="letter-unit">{escape(letter.authority.unit)}</p>'
    example = ""
    if letter.example.strip():
        example = f'<div class="letter-notice letter-example">{paragraphs(letter.example)}</div>\n'
    corrects = ""
    if letter.corrects.strip():
        corrects = f'<div class="letter-notice letter-corrects">{paragraphs(letter.corrects)}</div>\n'
    (date_label, date), *others = dates(letter)
    known_by = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(said)}</dd></div>" for label, said in others
    )
    return (
        '<header class="letter-head">\n'
        f'<div class="letter-sender">{sender}</div>\n'
        '<dl class="letter-dates">'
        f'<div><dt>{escape(date_label)}</dt><dd><time datetime="{letter.dated_on.isoformat()}">'
        f"{escape(date)}</time></dd></div>{known_by}</dl>\n"
        f'<address class="letter-recipient">{_lines(address(letter))}</address>\n{example}'
        f'<p class="letter-kind">{escape(letter.kind)}</p>\n<{top}>{escape(letter.title)}</{top}>\n{corrects}'
        f'<dl class="letter-facts">{pairs(head_rows(letter))}</dl>\n</header>'
    )


def _logo(logo: Logo | None) -> str:
    if logo is None:
        return ""
    width, height = (round(side / 25.4 * 96) for side in logo_size(logo))
    return (
        f'<img class="letter-logo" src="{logo_address(logo)}" alt="{escape(logo.alt)}"'
        f' width="{width}" height="{height}">'
    )


def _section(section: Section, language: str, level: int) -> str:
    inside = "\n".join(block_html(block, language, level + 1) for block in section.blocks)
    lead = f'<div class="letter-lead">{paragraphs(section.lead)}</div>' if section.lead else ""
    key = escape(section.key)
    if section.key == "head":
        return f'<div class="letter-section" id="letter-{key}">{lead}{inside}</div>'
    return (
        f'<section class="letter-section letter-section-{key}" id="letter-{key}"'
        f' aria-labelledby="letter-{key}-heading">\n'
        f'<h{level} class="letter-heading" id="letter-{key}-heading">{escape(section.heading)}</h{level}>\n'
        f"{lead}{inside}\n</section>"
    )


def _ending(letter: Letter, level: int) -> str:
    words = wording(letter.language)
    signed = ""
    if letter.signatures:
        rows = pairs((one.part, f"{one.name}\n\n{one.title}") for one in letter.signatures)
        signed = (
            f'<h{level} class="letter-heading">{escape(words.signing(letter.form))}</h{level}>\n'
            f'<dl class="letter-facts">{rows}</dl>\n'
        )
    contact = ""
    if has_contact(letter):
        columns = "".join(f"<div>{_lines(column)}</div>" for column in contact_columns(letter))
        contact = (
            f'<h{level} class="letter-heading">{escape(words.contact)}</h{level}>\n'
            f'<address class="letter-contact">{columns}</address>\n'
        )
    return (
        f'<footer class="letter-ending">\n{signed}{contact}'
        f'<div class="letter-stamp">{paragraphs(letter.method_stamp)}</div>\n</footer>'
    )


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(escape(line) for line in lines if line.strip())
