"""From a source as it is written ("26 kap. 1 och 2 §§ socialtjänstlagen (2025:400)") to the places it names.

Swedish and English are read by the same steps: the words are sorted into numbers, the signs that say what the
numbers are, and the signs between them. A word that is none of these makes the source unparsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


class Unparsed(ValueError):
    """A source that cannot be read as places in statutes."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """One place. ``section``: a paragraph or an article. Empty fields: the whole of what stands before them.

    ``statute``: its number, "2025:400", or with its series, "HSLF-FS 2016:55". ``chapter`` is "transition" for
    the transitional provisions, and ``section`` is then the point.
    """

    statute: str
    chapter: str = ""
    section: str = ""
    paragraph: int = 0
    point: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What one part of a source says: the places, and the name by which it calls the statute."""

    places: tuple[Place, ...]
    name: str
    tail: str


_ORDINALS = {
    "första": 1, "andra": 2, "tredje": 3, "fjärde": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_SIGNS = {
    "sv": re.compile(
        r"\s*(?:(?P<number>\d+(?: [a-z](?=$|,|–| §| och\b| kap\.))?)|(?P<chapter>kap\.)|(?P<section>§§?)"
        r"|(?P<paragraph>(?:första|andra|tredje|fjärde)(?: och (?:andra|tredje|fjärde))? stycke(?:t|na))"
        r"|(?P<point>punkt(?:en|erna)?(?= \d))"
        r"|(?P<transition>i övergångsbestämmelserna till)|(?P<article>artikel|artiklarna)"
        r"|(?P<to>–)|(?P<and>,? för enskild verksamhet även|,|och(?= )))"
    ),
    "en": re.compile(
        r"\s*(?:(?P<number>\d+(?: [a-z](?=$|,|–| and\b| first\b| second\b| third\b| fourth\b))?)|(?P<chapter>ch\.)|(?P<section>ss?\.)"
        r"|(?P<paragraph>(?:first|second|third|fourth)(?: and (?:second|third|fourth))? paragraphs?)"
        r"|(?P<point>points?)"
        r"|(?P<transition>transitional provisions?)|(?P<article>arts?\.?)"
        r"|(?P<to>–)|(?P<and>,? for private providers also|,|and))"
    ),
}
_SERIES = re.compile(
    r"(?P<places>.*?)(?:\b[Rr]egulations )?(?P<number>(?:HSLF-FS|SOSFS) \d{4}:\d+)(?:, (?P<after>.*))?"
)
_SWEDISH = re.compile(r"(?:i )?(?P<name>[a-zåäö]+) \((?:lag )?(?P<number>\d{4}:\d+)\)(?P<tail>.*)")
_ENGLISH = re.compile(r"(?P<name>[A-Z][A-Za-z .-]*?) \((?:Act )?(?P<number>\d{4}:\d+)\)(?:, (?P<places>.*))?")
_REMARK = re.compile(r" \([^()]*[a-zåäö]{3}[^()]*\)$")
_ALSO = ", för enskild verksamhet även"
_ACT = re.compile(r"\((?:lag|Act) \d{4}:\d+\)$")


def read_source(text: str, language: str) -> tuple[Named, ...]:
    """The parts of a source, which semicolons divide.

    :raises Unparsed: some part is not understood to its last word.
    """
    return tuple(_part(part, language) for part in text.replace("\u00a0", " ").split("; "))


def places_of(text: str, language: str) -> frozenset[Place]:
    """Every place that a source names."""
    return frozenset(place for part in read_source(text, language) for place in part.places)


def _part(part: str, language: str) -> Named:
    written = part.strip()
    if not _ACT.search(written):
        written = _REMARK.sub("", written)
    series = _SERIES.fullmatch(written)
    if series is not None:
        words = (series["places"] + " " + (series["after"] or "")).strip()
        return Named(_places(words, series["number"], language, part), series["number"], "")
    if language == "en":
        found = _ENGLISH.fullmatch(written)
        if found is None:
            raise Unparsed(part)
        return Named(_places(found["places"] or "", found["number"], language, part), found["name"], "")
    end = _end_of_signs(written)
    found = _SWEDISH.fullmatch(written[end:].strip())
    if found is None:
        raise Unparsed(part)
    tail, _, also = found["tail"].partition(_ALSO)
    words = written[:end] + (_ALSO + also if also else "")
    return Named(_places(words, found["number"], language, part), found["name"], tail.strip())


def _end_of_signs(written: str) -> int:
    end = 0
    while (sign := _SIGNS["sv"].match(written, end)) is not None and sign.end() > end:
        end = sign.end()
    return end


def _signs(words: str, language: str, part: str) -> list[tuple[str, str]]:
    signs, end = [], 0
    while end < len(words.rstrip()):
        sign = _SIGNS[language].match(words, end)
        if sign is None or sign.lastgroup is None:
            raise Unparsed(f"{part!r}: not understood from {words[end:]!r}")
        signs.append((sign.lastgroup, sign[0].strip()))
        end = sign.end()
    return signs


def _places(words: str, statute: str, language: str, part: str) -> tuple[Place, ...]:
    signs = _signs(words, language, part)
    if language == "sv":
        signs = list(_signs_before_numbers(signs))
    places: list[Place] = []
    chapter, kind = "", ""
    for position, (sign, text) in enumerate(signs):
        if sign in ("chapter", "section", "article", "transition", "point"):
            kind = sign
        elif sign == "paragraph":
            kind, last = "paragraph", places.pop()
            numbers = [_ORDINALS[word] for word in text.split() if word in _ORDINALS]
            places.extend(Place(statute, last.chapter, last.section, number) for number in numbers)
        elif sign == "number":
            chapter = _take(places, Place(statute, chapter), kind, text, _range_to(signs, position), part)
    return tuple(places) or (Place(statute),)


def _take(places: list[Place], at: Place, kind: str, text: str, from_number: str, part: str) -> str:
    """Add what a number names to the places; gives the chapter that goes on applying."""
    statute, chapter = at.statute, at.chapter
    if kind == "chapter":
        places.append(Place(statute, text))
        return text
    if kind in ("section", "article"):
        if places and places[-1] == Place(statute, chapter) and chapter:
            places.pop()
        sections = _between(from_number, text) if from_number else (text,)
        places.extend(Place(statute, chapter, section) for section in sections)
    elif kind == "transition":
        places.append(Place(statute, "transition", text))
    elif kind == "point":
        last = places[-1]
        points = _between(from_number, text) if from_number else (text,)
        found = [Place(statute, last.chapter, last.section, last.paragraph, point) for point in points]
        places[-1:] = found if not last.point else [last, *found]
    else:
        raise Unparsed(part)
    return chapter


def _range_to(signs: list[tuple[str, str]], position: int) -> str:
    """The number that a range ending at this position begins with; empty where there is none."""
    if position >= 2 and signs[position - 1][0] == "to" and signs[position - 2][0] == "number":
        return signs[position - 2][1]
    return ""


def _between(first: str, last: str) -> Iterator[str]:
    """The sections after the first up to the last: whole numbers, then the last where it has a letter."""
    start, end = (int(number.split()[0]) for number in (first, last))
    yield from (str(number) for number in range(start + 1, end + 1))
    if " " in last:
        yield last


def _signs_before_numbers(signs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The Swedish order turned into the English: "26 kap. 1 och 2 §§" says what numbers are after them."""
    waiting: list[tuple[str, str]] = []
    is_transition = ("transition", "i övergångsbestämmelserna till") in signs
    after = ""
    for sign, text in signs:
        if sign == "number" and after in ("paragraph", "section") and not waiting:
            yield from (("point", ""), (sign, text))
            after = "point"
        elif after in ("point", "point to") and not waiting and sign in ("to", "number"):
            yield sign, text
            after = "point to" if sign == "to" else "point"
        elif sign in ("number", "to", "and"):
            waiting.append((sign, text))
        elif sign in ("chapter", "section"):
            yield sign, text
            yield from waiting
            waiting, after = [], sign
        elif sign == "point":
            yield from waiting
            waiting, after = [], "transition" if is_transition else "point"
            yield after, text
        elif sign == "transition":
            yield from waiting
            waiting = []
        else:
            yield from waiting
            waiting, after = [], sign
            yield sign, text
    yield from waiting
