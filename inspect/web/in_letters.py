"""Links from a piece of evidence to where it stands in the letters of its case."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ..services.find_in_letters import find_in_letters
from ..services.section_headings import section_heading
from .database import db
from .language import current_language, label


@dataclass(frozen=True, slots=True)
class LetterLink:
    """One part of one letter. `letter` is "" for the feedback letter, which is meant when nothing is said."""

    letter: str
    heading: str
    number: int
    href: str


def in_letters(inspection: Inspection) -> Mapping[str, tuple[LetterLink, ...]]:
    """The links of each piece, by its label; nothing for a piece that stands in no letter."""
    language = current_language()
    links: dict[str, tuple[LetterLink, ...]] = {}
    for name, places in find_in_letters(db(), inspection).items():
        made = []
        for one in places:
            main = one.kind is LetterKind.FEEDBACK
            made.append(
                LetterLink(
                    "" if main else label(one.kind),
                    section_heading(inspection.pack, one.kind, language, one.section),
                    one.number,
                    url_for(
                        "letters.editor",
                        dnr=inspection.dnr,
                        kind=one.kind.value,
                        language="sv",
                        _anchor=f"paragraph-{one.paragraph_id}",
                    ),
                )
            )
        links[name] = tuple(made)
    return links
