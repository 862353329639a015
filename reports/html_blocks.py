"""From blocks of content to HTML. Everything that comes from outside is escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from . import content as c
from .reading import deficiency_parts, has_words, says_something
from .wording import Wording, wording

# The same ring as on paper: how far round it is filled says the position without colour.
_RINGS = {
    "good": '<circle cx="8" cy="8" r="7"/>',
    "mostly": '<path d="M8 8V1a7 7 0 1 1-7 7z"/>',
    "improve": '<path d="M8 1a7 7 0 0 1 0 14z"/>',
    "serious": '<path d="M8 8V1a7 7 0 0 1 7 7z"/>',
    "unknown": "",
    "pending": '<circle cx="8" cy="8" r="2.5"/>',
}


def block_html(block: c.Block, language: str, heading_level: int = 3) -> str:  # noqa: C901 - a case a kind
    """One block as HTML. `heading_level` is that of the headings inside it (2–5).

    The outermost element has the block's key as `data-key`, and "letter-" and the key as `id`.
    """
    if not says_something(block, language):
        return ""
    words = wording(language)
    mark = f'id="letter-{escape(block.key)}" data-key="{escape(block.key)}"'
    h = f"h{heading_level}"
    match block:
        case c.Paragraph():
            return f'<div class="letter-text" {mark}>{paragraphs(block.text)}</div>'
        case c.Subheading():
            return f"<{h} {mark}>{escape(block.text)}</{h}>"
        case c.Bullets():
            return f"<ul {mark}>{_items(block.items)}</ul>"
        case c.Questions():
            return f"<ol {mark}>{_items(block.items)}</ol>"
        case c.Quote():
            return f'<div class="letter-voice" {mark}>{paragraphs(block.text)}</div>'
        case c.Notice():
            return f'<div class="letter-notice" {mark}>{paragraphs(block.text)}</div>'
        case c.Advice():
            return (
                f'<section class="letter-advice" {mark}>{_advice_line(block, words)}'
                f"{_heading(block.title, h)}{paragraphs(block.text)}</section>"
            )
        case c.Deficiency():
            return _deficiency(block, words, mark, h)
        case c.AreaAssessment():
            return (
                f'<section class="letter-area" {mark}><div class="letter-area-line">'
                f"<{h}>{escape(block.area)}</{h}>"
                f'<p class="letter-position letter-position-{block.sign}">{_ring(block.sign)}'
                f"<span>{escape(block.word)}</span></p></div>{paragraphs(block.text)}</section>"
            )
        case c.Facts():
            return f'<dl class="letter-facts" {mark}>{pairs(block.rows)}</dl>'
        case c.Grid():
            return _grid(block, mark)
        case c.Step():
            return (
                f'<section class="letter-step letter-step-{block.picture}" {mark}>'
                f"<{h}>{escape(block.title)}</{h}>{paragraphs(block.text)}</section>"
            )


def _heading(title: str, h: str) -> str:
    return f"<{h}>{escape(title)}</{h}>" if has_words(title) else ""


def _advice_line(block: c.Advice, words: Wording) -> str:
    return "" if block.marked_above else f'<p class="letter-eyebrow">{escape(words.advice)}</p>'


def paragraphs(text: str) -> str:
    """The paragraphs of a text, each in a `p`."""
    return "".join(f"<p>{escape(part)}</p>" for part in c.paragraphs_of(text))


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Names and what they are, for a `dl`."""
    return "".join(f"<div><dt>{escape(label)}</dt><dd>{_cell(text)}</dd></div>" for label, text in rows)


def _cell(text: str) -> str:
    parts = c.paragraphs_of(text)
    return escape(parts[0]) if len(parts) == 1 else "".join(f"<p>{escape(part)}</p>" for part in parts)


def _items(items: Sequence[str]) -> str:
    return "".join(f"<li>{_cell(item)}</li>" for item in items if has_words(item))


def _ring(sign: str) -> str:
    return (
        '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">'
        f'<g fill="currentColor">{_RINGS[sign]}</g>'
        '<circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>'
    )


def _deficiency(block: c.Deficiency, words: Wording, mark: str, h: str) -> str:
    *parts, (due_label, due) = deficiency_parts(block, words)
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{''.join(paragraphs(text) for text in texts)}</dd></div>"
        for label, texts in parts
    )
    return (
        f'<section class="letter-deficiency" {mark}><div class="letter-deficiency-head">'
        f'<p class="letter-eyebrow">{escape(words.deficiency_number(block.number))}</p>'
        f"<{h}>{escape(block.title)}</{h}></div><dl>{rows}"
        f'<div class="letter-due"><dt>{escape(due_label)}</dt>'
        f"<dd>{''.join(paragraphs(text) for text in due)}</dd></div></dl></section>"
    )


def _grid(block: c.Grid, mark: str) -> str:
    caption = " ".join(c.paragraphs_of(block.caption))
    heads = "".join(f'<th scope="col">{_cell(cell)}</th>' for cell in block.headings)
    rows = "".join(
        '<tr><th scope="row">'
        + _cell(row[0])
        + "</th>"
        + "".join(f"<td>{_cell(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in block.rows
    )
    name = f' role="group" aria-label="{escape(caption)}"' if caption else ""
    head = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="letter-table" {mark} tabindex="0"{name}><table>'
        f"{head}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
