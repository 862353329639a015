"""Places: municipalities, parts of the country, countries; and who comes from them."""

import re
from collections.abc import Iterator

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from .lexicon import Lexicon
from .marks import Find, Weight, Why
from .text import Folded, Word, pieces

OWN = N_("It is the municipality of the activity: no secret, but does the sentence need it?")
MUNICIPALITY = N_("A municipality can tell where somebody comes from.")
PLACE = N_("A place can tell where somebody comes from or has been.")
COUNTRY = N_("A country can tell where somebody comes from.")
FROM = N_("It says where somebody comes from.")

COURT = re.compile(r"(?:förvaltningsrätten|kammarrätten|tingsrätten|court)\s+(?:i|in)\s+\Z", re.IGNORECASE)
_APART = re.compile(r"(?:['’]s|:s)\Z")
INHABITANTS = (
    "bo",
    "bor",
    "bon",
    "borna",
    "boar",
    "bos",
    "are",
    "aren",
    "arna",
    "ares",
    "it",
    "iter",
    "ensare",
    "ska",
)
_IRREGULAR = {
    "göteborgare": "göteborg", "göteborgaren": "göteborg", "göteborgska": "göteborg",
    "stockholmare": "stockholm", "stockholmaren": "stockholm", "stockholmska": "stockholm",
    "malmöit": "malmö", "malmöiten": "malmö", "malmöbo": "malmö", "skåning": "skåne", "skåningen": "skåne",
    "norrlänning": "norrland", "norrlänningen": "norrland", "smålänning": "småland", "gotlänning": "gotland",
    "dalmas": "dalarna", "värmlänning": "värmland", "västgöte": "västergötland", "upplänning": "uppland",
    "hallänning": "halland", "bleking": "blekinge", "ölänning": "öland", "jämte": "jämtland",
    "östgöte": "östergötland", "sörmlänning": "södermanland",
}  # fmt: skip


def find_places(text: Folded, lexicon: Lexicon, municipality: str) -> Iterator[Find]:
    """Every place; the activity's own municipality too, since a letter's text seldom needs it."""
    own = municipality.casefold()
    words = text.words
    at = 0
    while at < len(words):
        found, length = _at(words, at, text, lexicon, own)
        if found is not None:
            yield found
        at += length


def _at(
    words: tuple[Word, ...], at: int, text: Folded, lexicon: Lexicon, own: str
) -> tuple[Find | None, int]:
    word = words[at]
    if at + 1 < len(words) and word.is_capital and words[at + 1].is_capital:
        two = f"{word.low} {words[at + 1].low}"
        for form in (two, two.removesuffix("s")):
            if form in lexicon.municipalities or form in lexicon.countries or form in lexicon.places:
                return _find(word.start, words[at + 1].end, form, text, lexicon, own), 2
    key = word.text, word.begins
    if key not in lexicon.placed:
        lexicon.placed[key] = _place(word, lexicon)
    place = lexicon.placed[key]
    if place is None and word.is_capital and own in (word.low, word.low.removesuffix("s")):
        place = own
    if place is None:
        return None, 1
    if COURT.search(text.text[max(0, word.start - 25) : word.start]):
        return None, 1
    return _find(word.start, word.end, place, text, lexicon, own), 1


def _place(word: Word, lexicon: Lexicon) -> str | None:
    """The place that a word names: Umeå, Umeås, Umeåbo, umebo has none."""
    low = _APART.sub("", word.low)
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if word.is_capital:
        for form in (low, low.removesuffix("s"), *pieces(low)):
            if len(form) > 2 and (
                form in lexicon.municipalities or form in lexicon.places or form in lexicon.countries
            ):
                return None if word.begins and lexicon.is_common(low) else form
    if len(low) < 5 or lexicon.is_common(low) or low in lexicon.last_names or low in lexicon.first_names:
        return None
    for end in INHABITANTS:
        stem = low.removesuffix(end)
        if stem != low and len(stem) > 2:
            for form in (stem, stem + "a"):
                if form in lexicon.municipalities or form in lexicon.places:
                    return form
    return None


def _find(start: int, end: int, place: str, text: Folded, lexicon: Lexicon, own: str) -> Find:
    if place == own:
        return Find(MarkKind.PLACE, start, end, Why(OWN), Weight.LOOK, f"place {place}")
    low = text.text[start:end].casefold()
    if place in lexicon.countries:
        why = COUNTRY
    elif low in _IRREGULAR or not low.startswith(place) or len(low) > len(place) + 1:
        why = FROM
    else:
        why = MUNICIPALITY if place in lexicon.municipalities else PLACE
    return Find(MarkKind.PLACE, start, end, Why(why), Weight.LIKELY, f"place {place}")
