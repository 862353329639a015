"""How plain a paragraph is, as its page shows it and as the script that marks it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from ...interview_guides.plain_words import load_plain_words
from ..rules.plain_language import MarkKind, PlainMark, Plainness, lix_of_all, plainness
from .language import current_language
from .language import translate as _
from .pack_words import pack_spoken

LEAST_WORDS = 8
"""The index of a shorter text says nothing."""

MOST_SIGNS = 60


@dataclass(frozen=True, slots=True)
class PlainCard:
    """`figure` is "" for a text that is too short to have one. `lines`: each suggestion in words."""

    figure: str
    lines: tuple[str, ...]
    marks: tuple[PlainMark, ...]
    text: str

    def as_data(self) -> dict[str, Any]:
        """For static/pages/letter-plain.js."""
        return {"figure": self.figure, "lines": list(self.lines), "marks": self.places}

    @property
    def places(self) -> str:
        """The marks for a script: `long 0 120;word 10 21`."""
        return ";".join(
            " ".join((one.kind.value, *(_for_script(self.text, at) for at in (one.begins, one.ends))))
            for one in self.marks
        )

    @property
    def marked(self) -> Markup:
        """The text with its long sentences and its words marked, for where it cannot be written in."""
        return _marked(self)


@lru_cache(maxsize=4096)
def _found(text: str, language: str) -> Plainness:
    """Looked for once as long as the paragraph stays as it is: a letter is read far more than written."""
    return plainness(text, load_plain_words(language))


def plain_card(text: str, language: str) -> PlainCard:
    """The card of a text in `language`, its lines as the reader and the pack of the case speak."""
    return _made(text, language, current_language(), pack_spoken())


@lru_cache(maxsize=4096)
def _made(text: str, language: str, reader: str, pack: str | None) -> PlainCard:
    """Made once for each reader's language and pack (`reader` and `pack` are what `_` speaks by)."""
    found = _found(text, language)
    return PlainCard(
        figure_of(found.lix) if len(text.split()) >= LEAST_WORDS else "",
        tuple(_line(text, mark) for mark in found.marks),
        found.marks,
        text,
    )


@lru_cache(maxsize=4096)
def _marked(card: PlainCard) -> Markup:
    made, at = [], 0
    for one in card.marks:
        if one.begins < at:
            continue
        made.append(escape(card.text[at : one.begins]))
        said = card.text[one.begins : one.ends]
        made.append(Markup('<mark class="plain" data-kind="{}">{}</mark>').format(one.kind.value, said))
        at = one.ends
    made.append(escape(card.text[at:]))
    return Markup("").join(made)


def figure_of(lix: int) -> str:
    return _("LIX %(num)s", num=lix)


def letter_figure(texts: Iterable[str], most: int) -> tuple[str, bool]:
    """The index of the whole letter beside its limit, and whether it is above."""
    lix = lix_of_all(texts)
    return _("LIX %(num)s of the whole letter, at most %(most)s", num=lix, most=most), lix > most


def _line(text: str, mark: PlainMark) -> str:
    said = text[mark.begins : mark.ends]
    match mark.kind:
        case MarkKind.LONG:
            beginning = said if len(said) <= MOST_SIGNS else f"{said[:MOST_SIGNS].rsplit(' ', 1)[0]} …"
            return _("“%(said)s”: %(num)s words. Divide the sentence.", said=beginning, num=mark.words)
        case MarkKind.WORD:
            return _("“%(said)s”: rather %(better)s.", said=said, better=mark.better)
        case _:
            return _("“%(said)s”: passive. Write who does it.", said=said)


def _for_script(text: str, at: int) -> str:
    """A place counted as browsers count it, where a sign outside the basic plane is two."""
    return str(len(text[:at].encode("utf-16-le")) // 2)
