"""What the re-identification guard knows of words: the lists, the content of the packs, a dictionary.

The words of the packs are the words of the trade; a sentence that stands in them knows of no case.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from ...interview_guides.child_words import load_child_words
from ...interview_guides.guide import available_packs, load_pack
from ...interview_guides.letter_wording import load_letter_wording
from ..outside.hunspell import swedish_words
from ..rules.reidentification.lexicon import Lexicon, read_lexicon
from ..rules.reidentification.text import Folded, numberless

_LOWER = re.compile(r"(?<![\w\-{])[a-zåäöé]{2,}(?![\w\-}])")


@cache
def lexicon_of(pack: str | None = None) -> Lexicon:
    """The lexicon for a case of that pack; of every pack for None. Read once in the life of the process."""
    packs = (pack,) if pack is not None else available_packs()
    common = {word for one in packs for text in _texts_of_pack(one) for word in _LOWER.findall(text)}
    return read_lexicon(common, swedish_words())


@cache
def standing_sentences(pack: str) -> frozenset[str]:
    """The sentences of the letters' wording, and of the requirements, that hold no value of a case."""
    found: set[str] = set()
    content = load_letter_wording(pack), load_child_words(pack), load_pack(pack).requirements
    for text in (said for one in content for said in _texts(one)):
        folded = Folded(text, "sv")
        for start, end in folded.sentences:
            sentence = text[slice(*folded.place(start, end))]
            if "{" not in numberless(sentence):
                found.add(sentence)
    return frozenset(found)


@cache
def titles_of_pack(pack: str) -> tuple[str, ...]:
    """Titles of requirements, themes and areas, and sources in law, as a letter writes them."""
    content = load_pack(pack)
    texts = [
        *(one.title for one in content.requirements),
        *(one.source for one in content.requirements),
        *(one.name for one in content.themes),
        *(one.name for one in content.areas),
    ]
    whole = {said for text in texts for said in (text.sv, text.en) if " " in said}
    return tuple(sorted(whole | {part for said in whole for part in said.split("; ")}))


@cache
def _texts_of_pack(pack: str) -> tuple[str, ...]:
    content = load_pack(pack), load_letter_wording(pack), load_child_words(pack)
    return tuple(text for one in content for text in _texts(one))


def _texts(value: object) -> Iterator[str]:
    """Every text within a piece of content, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
