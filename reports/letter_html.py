"""A letter on screen: a whole HTML page, or the part of one."""

from html import escape
from pathlib import Path

from .content import Letter, Section
from .html_blocks import block_html, pairs, paragraphs
from .reading import contact_columns, head_rows
from .wording import wording

STYLESHEET = Path(__file__).parent / "letter.css"


def render_html(letter: Letter, stylesheet: str | None = None) -> str:
    """The letter as a complete page.

    `stylesheet` is the address of `letter.css` where a server gives it out (no style stands in the page
    then). Without it the style is put into the page, so that the file can be kept and read on its own.
    """
    if stylesheet is None:
        style = f"<style>\n{STYLESHEET.read_text(encoding='utf-8')}</style>"
    else:
        style = f'<link rel="stylesheet" href="{escape(stylesheet)}">'
    title = escape(f"{letter.title} ({letter.reference})")
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<meta name="author" content="{escape(letter.authority.name)}">\n{style}\n</head>\n'
        f'<body class="letter-page">\n<main>\n'
        f"{render_fragment(letter, heading_level=1)}</main>\n</body>\n</html>\n"
    )


def render_fragment(letter: Letter, heading_level: int = 2) -> str:
    """The letter as one `article`, to stand in a page whose own heading is one step above.

    Needs `letter.css`. An id in it is "letter-" and the key of a section or block; `data-key`
    is the key itself.
    """
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
    words = wording(letter.language)
    sender = f'<p class="letter-authority">{escape(letter.authority.name)}</p>'
    if letter.authority.unit.strip():
        sender += f'<p class="letter-unit">{escape(letter.authority.unit)}</p>'
    address = (letter.recipient.name, *letter.recipient.address_lines)
    return (
        '<header class="letter-head">\n'
        f'<div class="letter-sender">{sender}</div>\n'
        '<dl class="letter-dates">'
        f'<div><dt>{escape(words.date)}</dt><dd><time datetime="{letter.dated_on.isoformat()}">'
        f"{escape(words.on(letter.dated_on))}</time></dd></div>"
        f"<div><dt>{escape(words.reference)}</dt><dd>{escape(letter.reference)}</dd></div></dl>\n"
        f'<address class="letter-recipient">{_lines(address)}</address>\n'
        f'<p class="letter-kind">{escape(letter.kind)}</p>\n<{top}>{escape(letter.title)}</{top}>\n'
        f'<dl class="letter-facts">{pairs(head_rows(letter))}</dl>\n</header>'
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
            f'<h{level} class="letter-heading">{escape(words.signed)}</h{level}>\n'
            f'<dl class="letter-facts">{rows}</dl>\n'
        )
    columns = "".join(f"<div>{_lines(column)}</div>" for column in contact_columns(letter))
    return (
        f'<footer class="letter-ending">\n{signed}'
        f'<h{level} class="letter-heading">{escape(words.contact)}</h{level}>\n'
        f'<address class="letter-contact">{columns}</address>\n'
        f'<div class="letter-stamp">{paragraphs(letter.method_stamp)}</div>\n</footer>'
    )


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(escape(line) for line in lines if line.strip())
