"""A letter to a child on paper: one page, large type, a picture for each of the four steps.

The steps of the younger are cards with large pictures; for the older, what was told and decided follows on a
line of pictures, and what happens now stands beside how to reach us.
"""

from collections.abc import Iterator
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame, PageTemplate

from . import child_look as measures
from . import pdf_look as look
from .child_flowables import Beside, Headed, ListLook, PictureOf, RunOn, Stack, StepCard, StepLook
from .content import (
    Block,
    Bullets,
    ContentError,
    Letter,
    Logo,
    Notice,
    Paragraph,
    Quote,
    Section,
    Step,
    Subheading,
    is_for_child,
    paragraphs_of,
)
from .logo import LogoOnPaper
from .pdf_blocks import heading as left_to_right_heading
from .pdf_blocks import text as left_to_right_text
from .pdf_fonts import register_fonts
from .pdf_paper import on_paper
from .pdf_right_to_left import RightToLeft
from .reading import known_by, shows_heading
from .tagging.conformance import About
from .tagging.structure import Tag, list_of, under

_STEP = 0.5
"""The sizes that are tried are so many points apart."""


_AIR = (1.0, 0.7, 0.4)
"""The room around the text; it is made less where the text does not fit in its least size."""


_LOGO = 30.0
"""The most that the logo is tall, in points."""


class TooLong(ContentError):
    """The text does not fit on one page in the least size that a child of that age is to read."""

    def __init__(self, letter: Letter, over: float) -> None:
        self.language = letter.language
        self.centimetres = max(0.1, over / 28.35)
        how_much = f"{self.centimetres:.1f} cm too long for one page"
        super().__init__(f"the letter ({letter.form}, {letter.language}) is {how_much}")


def render_child_pdf(letter: Letter, about: About) -> bytes:
    """The letter as PDF, PDF/UA-1 and PDF/A-2a, exactly one page A4. `about`: what the file says of itself.

    The type is as large as the text allows. Raises `TooLong` where it would have to be smaller than
    `child_look.LEAST`, `ContentError` for a block that has no place in such a letter, and `MissingGlyph` for
    a character that the vendored typefaces cannot write.
    """
    if not is_for_child(letter.form):
        raise ContentError(f"a letter of the form {letter.form!r} is not to a child")
    register_fonts()
    frame = Frame(
        measures.SIDE, measures.FOOT, measures.WIDTH, measures.HEIGHT + 1,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    return on_paper([_fitting(letter)], [PageTemplate(id="page", frames=[frame])], about)


def size_of(letter: Letter) -> float:
    """The size of running text, in points, that the letter is set in. Raises as `render_child_pdf` does."""
    register_fonts()
    return _largest(letter)[1]


def _fitting(letter: Letter) -> Flowable:
    return _largest(letter)[0]


def _largest(letter: Letter) -> tuple[Flowable, float]:
    right_to_left = letter.direction == "rtl"
    least = measures.least(letter.form, right_to_left=right_to_left)
    steps = int((measures.most(letter.form, right_to_left=right_to_left) - least) / _STEP)
    found, over = None, 0.0
    for air in _AIR:
        found, over = _fits(letter, least, air, may_break_words=True)
        if found is not None:
            break
    if found is None:
        raise TooLong(letter, over)
    best = found, least
    low, high = 0, steps if air == _AIR[0] else 0
    while low < high:
        middle = (low + high + 1) // 2
        found, _ = _fits(letter, least + middle * _STEP, air)
        if found is None:
            high = middle - 1
        else:
            low, best = middle, (found, least + middle * _STEP)
    return best


def _fits(
    letter: Letter, size: float, air: float, *, may_break_words: bool = False
) -> tuple[Flowable | None, float]:
    """The page at that size, if it fits, and how much too tall it is."""
    right_to_left, colour = letter.direction == "rtl", letter.authority.colour
    styles = measures.styles(letter.form, size, right_to_left=right_to_left, air=air, colour=colour)
    young = letter.form == "child-6-12"
    ways = ((True, may_break_words),) if young else ((True, False), (False, False), (True, may_break_words))
    over = []
    for beside, breaks in ways:
        page = _Page(letter, styles, beside=beside)
        stack = page.stack()
        _, tall = stack.wrap(measures.WIDTH, measures.HEIGHT)
        over.append(tall - measures.HEIGHT)
        if over[-1] <= 0 and (breaks or not page.breaks_words):
            return stack, over[-1]
    return None, min(over)


def _small(logo: Logo) -> LogoOnPaper:
    """The logo, no taller than the two lines that say who sends the letter and what it is."""
    made = LogoOnPaper(logo)
    share = min(1.0, _LOGO / made.height)
    made.width, made.height = made.width * share, made.height * share
    return made


class _Page:
    """The page at one size of type. `beside`: for the older, the last two steps stand beside each other."""

    def __init__(self, letter: Letter, styles: measures.Styles, *, beside: bool) -> None:
        self.letter, self.styles, self.beside = letter, styles, beside
        self.right_to_left = letter.direction == "rtl"
        self.young = letter.form == "child-6-12"
        self._lists: list[RunOn] = []

    @property
    def breaks_words(self) -> bool:
        """Whether a word is wider than its place; known when the page is wrapped."""
        return any(one.breaks_words for one in self._lists)

    def stack(self) -> Stack:
        parts = [*self._head(), *self._sections(), self._foot()]
        return Stack(parts, room=measures.HEIGHT, wider=self.styles.size * 0.8)

    def _head(self) -> Iterator[Flowable]:
        letter, styles = self.letter, self.styles
        sender = [self.text(letter.authority.name, styles.sender), self.text(letter.kind, styles.quiet)]
        logo = letter.authority.logo
        if logo is None:
            yield from sender
        else:
            yield Headed(_small(logo), Stack(sender), self.right_to_left, at_end=True)
        title = self.heading(letter.title, styles.title, "title", 0)
        yield title
        for note in (letter.example, letter.corrects):
            if note.strip():
                # As small as the line at the foot: it is for those who give the letter out.
                noted = Stack([self.text(part, styles.quiet) for part in paragraphs_of(note)])
                noted.spaceAfter = styles.size * 0.5 * styles.air
                yield noted

    def _foot(self) -> Flowable:
        return self.text(known_by(self.letter), self.styles.quiet)

    def _sections(self) -> list[Flowable]:
        made: list[Flowable] = []
        beside: list[StepCard] = []
        for section in self.letter.sections:
            parts = list(self._parts(section))
            under(Tag("Sect"), parts)
            if section.key == "head":
                made += parts
                continue
            card = self._card(section, parts)
            if self._is_narrow(section):
                beside.append(card)
            else:
                made.append(card)
        return [*made, Beside(beside, self.right_to_left)] if beside else made

    def _card(self, section: Section, parts: list[Flowable]) -> StepCard:
        """The parts beside the picture that they begin with; where cards stand side by side, below it."""
        styles = self.styles
        picture = parts.pop(0) if isinstance(parts[0], PictureOf) else None
        narrow = self._is_narrow(section)
        if picture and narrow:
            parts[0] = Headed(picture, parts[0], self.right_to_left)
        card = StepCard(
            None if narrow else picture,
            Stack(parts),
            StepLook(
                ground=measures.GROUNDS[section.key],
                picture=self._side(section) if picture and not narrow else 0,
                padding=styles.size * 0.65 * styles.air,
                right_to_left=self.right_to_left,
                gap=styles.size * 0.8,
            ),
        )
        card.spaceBefore = styles.size * 0.45 * styles.air
        return card

    def _is_narrow(self, section: Section) -> bool:
        """Whether it shares the width with another; a long address may need the whole of it."""
        return self.beside and not self.young and section.key in ("next", "reach")

    def _parts(self, section: Section) -> Iterator[Flowable]:
        styles = self.styles
        if shows_heading(section):
            yield self.heading(section.heading, styles.heading, section.key, 1)
        for part in paragraphs_of(section.lead or ""):
            yield self.text(part, styles.lead)
        blocks = list(section.blocks)
        while blocks:
            block = blocks.pop(0)
            leads = isinstance(block, Paragraph) and blocks and isinstance(blocks[0], Bullets)
            made = list(self._block(block, section))
            if leads and made:
                listed = self._list(made.pop(), cast(Bullets, blocks.pop(0)), section)
                made += [listed] if listed else []
            yield from made

    def _block(self, block: Block, section: Section) -> Iterator[Flowable]:
        styles = self.styles
        match block:
            case Step():
                yield PictureOf(block.picture, self._side(section), block.alt)
                yield self.heading(block.title, styles.heading, block.key, 1)
                for part in paragraphs_of(block.text):
                    yield self.text(part, styles.body)
            case Paragraph() | Quote() | Notice():
                for part in paragraphs_of(block.text):
                    yield self.text(part, styles.body)
            case Subheading():
                yield self.heading(block.text, styles.small_heading, block.key, 2)
            case Bullets():
                listed = self._list(None, block, section)
                if listed is not None:
                    yield listed
            case _:
                raise ContentError(f"{block.key!r} has no place in a letter to a child")

    def _side(self, section: Section) -> float:
        """The side of the picture of a section."""
        if self.young:
            return self.styles.size * (2.4 + 2 * self.styles.air)
        return self.styles.size * (2.1 if self._is_narrow(section) else 3.2)

    def _list(self, lead: Flowable | None, block: Bullets, section: Section) -> Flowable | None:
        listed = list_of("None")
        items = [self._item(listed, item) for item in block.items if item.strip()]
        if not items:
            return lead
        line = measures.LINES.get(section.key, look.ACCENT)
        size = self.styles.size
        ground, space = (
            (look.WHITE, size * (0.35 + 0.2 * self.styles.air)) if self.young else (None, size * 0.6)
        )
        made = RunOn(lead, items, ListLook(ground, line, space, self.right_to_left))
        self._lists.append(made)
        return made

    def _item(self, listed: Tag, item: str) -> Flowable:
        body = listed.add("LI").add("LBody")
        first, *others = paragraphs_of(item)
        if not others:
            return self.text(first, self.styles.item, body)
        return Stack([self.text(part, self.styles.item, body.add("P")) for part in (first, *others)])

    def text(self, plain: str, style: ParagraphStyle, tag: Tag | None = None) -> Flowable:
        """A paragraph in the direction of the language."""
        if self.right_to_left:
            return RightToLeft(plain, style, tag or Tag("P"))
        return left_to_right_text(plain, style, tag)

    def heading(self, plain: str, style: ParagraphStyle, key: str, level: int) -> Flowable:
        if self.right_to_left:
            return RightToLeft(plain, style, Tag(f"H{level + 1}"), (key, plain, level))
        return left_to_right_heading(plain, style, key, level)
