"""A letter to a child on screen: the same steps and pictures as on paper, and one page when it is printed."""

from html import escape
from typing import cast

from .child_pictures import inside_svg
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
from .directions import stretches
from .reading import known_by, shows_heading


def child_fragment(letter: Letter, heading_level: int = 2, logo: str = "") -> str:
    """The letter as one `article`, to stand in a page whose own heading is one step above.

    `logo`: the element that shows the sender's. Needs `letter_html.letter_style()`. Ids and `data-key` are as
    in other letters. Raises `ContentError` for a block that has no place in a letter to a child.
    """
    return _Page(letter, heading_level, logo).article()


class _Page:
    def __init__(self, letter: Letter, heading_level: int, logo: str) -> None:
        self.letter, self.level, self.logo = letter, heading_level, logo
        self.is_right_to_left = letter.direction == "rtl"

    def article(self) -> str:
        letter = self.letter
        sections = "\n".join(self._section(one) for one in letter.sections)
        return (
            f'<article class="letter letter-child letter-{escape(letter.form)}" lang="{letter.language}"'
            f' dir="{letter.direction}">\n{self._head()}\n{sections}\n'
            f'<footer class="letter-known-by"><p>{self._said(known_by(letter))}</p></footer>\n</article>\n'
        )

    def _head(self) -> str:
        letter, h = self.letter, f"h{self.level}"
        notes = "".join(
            f'<div class="letter-child-note">{self._paragraphs(note)}</div>'
            for note in (letter.example, letter.corrects)
            if note.strip()
        )
        return (
            f'<header class="letter-child-head">\n{self.logo}'
            f'<p class="letter-authority">{self._said(letter.authority.name)}</p>'
            f'<p class="letter-kind">{self._said(letter.kind)}</p>\n'
            f"<{h}>{self._said(letter.title)}</{h}>{notes}\n</header>"
        )

    def _section(self, section: Section) -> str:
        key, h = escape(section.key), f"h{self.level + 1}"
        blocks, picture, heading = list(section.blocks), "", ""
        mark = f'class="letter-section letter-child-{key}" id="letter-{key}"'
        if shows_heading(section):
            heading = f'<{h} id="letter-{key}-heading">{self._said(section.heading)}</{h}>'
        elif blocks and isinstance(blocks[0], Step):
            step = cast(Step, blocks.pop(0))
            picture = self._picture(step)
            heading = (
                f'<{h} id="letter-{key}-heading" data-key="{escape(step.key)}">{self._said(step.title)}</{h}>'
                f"{self._paragraphs(step.text)}"
            )
        lead = f'<div class="letter-lead">{self._paragraphs(section.lead)}</div>' if section.lead else ""
        inside = "\n".join(self._block(block) for block in blocks)
        if not heading:
            return f"<div {mark}>{lead}{inside}</div>"
        return (
            f'<section {mark} aria-labelledby="letter-{key}-heading">\n{picture}'
            f'<div class="letter-child-text">{heading}\n{lead}{inside}</div>\n</section>'
        )

    def _picture(self, step: Step) -> str:
        named = f'role="img" aria-label="{escape(step.alt)}"' if step.alt.strip() else 'aria-hidden="true"'
        return (
            f'<svg class="letter-child-picture" viewBox="0 0 100 100" focusable="false" {named}>'
            f"{inside_svg(step.picture)}</svg>\n"
        )

    def _block(self, block: Block) -> str:
        mark = f'id="letter-{escape(block.key)}" data-key="{escape(block.key)}"'
        match block:
            case Step():
                h = f"h{self.level + 1}"
                said = f"<{h} {mark}>{self._said(block.title)}</{h}>{self._paragraphs(block.text)}"
                return f"{self._picture(block)}{said}"
            case Paragraph() | Quote() | Notice():
                return f'<div class="letter-text" {mark}>{self._paragraphs(block.text)}</div>'
            case Bullets():
                items = "".join(f"<li>{self._item(item)}</li>" for item in block.items if item.strip())
                return f'<ul class="letter-child-list" {mark}>{items}</ul>' if items else ""
            case Subheading():
                h = f"h{self.level + 2}"
                return f"<{h} {mark}>{self._said(block.text)}</{h}>"
            case _:
                raise ContentError(f"{block.key!r} has no place in a letter to a child")

    def _item(self, item: str) -> str:
        parts = paragraphs_of(item)
        return self._said(parts[0]) if len(parts) == 1 else self._paragraphs(item)

    def _paragraphs(self, text: str) -> str:
        return "".join(f"<p>{self._said(part)}</p>" for part in paragraphs_of(text))

    def _said(self, text: str) -> str:
        """The text, escaped; Latin words and numbers within Arabic keep their direction."""
        if not self.is_right_to_left:
            return escape(text)
        return "".join(
            f'<bdi dir="ltr">{escape(part)}</bdi>' if is_latin else escape(part)
            for part, is_latin in stretches(text)
        )
