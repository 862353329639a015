"""What has stood in a letter, as its history pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from ...models.inspections import Inspection
from ...models.letter_history import KeptText
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, Paragraph, Review
from ..rules.text_merge import Stretch, word_changes
from ..rules.text_runs import left_on_the_way
from ..services.find_letter import name_of
from ..services.keep_text import kept_texts, texts_of
from ..services.section_headings import section_heading
from .database import db

Kept = Mapping[tuple[str, str], Sequence[KeptText]]
MOST_SIGNS = 90


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A text that was written and taken away again within one run. `step`: how far back in it."""

    text: str
    step: int


@dataclass(frozen=True, slots=True)
class TextCard:
    """One text that stood, or a run of them by one person; `changes` from the one before it."""

    kept: KeptText
    text: str
    by: str
    changes: tuple[Stretch, ...]
    on_the_way: tuple[OnTheWay, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One paragraph with its latest change; `href` is "" when it is in the letter no more."""

    heading: str
    language: str
    beginning: str
    number: int
    by: str
    at: datetime
    href: str = ""
    texts: tuple[KeptText, ...] = ()


def text_cards(letter: Letter, paragraph: Paragraph) -> tuple[TextCard, ...]:
    """The latest first."""
    entries = kept_texts(db(), letter, paragraph)
    texts = [texts_of(one) for one in entries]
    cards = []
    for at, (one, all_of_it) in enumerate(zip(entries, texts, strict=True)):
        before = texts[at + 1][0] if at + 1 < len(texts) else ""
        earlier = all_of_it[1:]
        known = [one for one in left_on_the_way(all_of_it[0], earlier) if one != before]
        cards.append(
            TextCard(
                one,
                all_of_it[0],
                name_of(db(), one.by_id),
                word_changes(before, all_of_it[0]) if before else (),
                tuple(OnTheWay(text, 1 + earlier.index(text)) for text in known),
                all_of_it[0] == paragraph.text,
            )
        )
    return tuple(cards)


def history_cards(letter: Letter) -> tuple[tuple[Review, str], ...]:
    """The verdicts on the letter with who gave them, the latest first."""
    return tuple((one, name_of(db(), one.by_id)) for one in reversed(letter.reviews))


def paragraph_lines(inspection: Inspection, letter: Letter, kept: Kept) -> tuple[HistoryLine, ...]:
    """Paragraphs of the letter that have been changed, in its order."""
    return tuple(
        _line(
            inspection,
            letter.kind,
            kept[one.language, one.key],
            one.text,
            url_for("letters.paragraph_history", dnr=inspection.dnr, paragraph_id=one.id),
        )
        for one in sorted(
            letter.paragraphs, key=lambda one: (one.language != "sv", one.language, one.position)
        )
        if (one.language, one.key) in kept
    )


def gone_lines(inspection: Inspection, letter: Letter, kept: Kept) -> tuple[HistoryLine, ...]:
    """What stood in the letter in paragraphs that the data no longer give."""
    there = {(one.language, one.key) for one in letter.paragraphs}
    return tuple(
        _line(inspection, letter.kind, entries, entries[0].text, "")
        for place, entries in kept.items()
        if place not in there
    )


def _line(
    inspection: Inspection, kind: LetterKind, entries: Sequence[KeptText], text: str, href: str
) -> HistoryLine:
    last = entries[0]
    return HistoryLine(
        section_heading(inspection.pack, kind, last.language, last.section),
        last.language,
        text if len(text) <= MOST_SIGNS or not href else f"{text[:MOST_SIGNS].rsplit(' ', 1)[0]} …",
        len(entries),
        name_of(db(), last.by_id),
        last.at,
        href,
        tuple(entries),
    )
