"""From files to the words of the letter to a child: the shared sentences, and those of the pack over them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from .bound_citations import bind
from .faults import BrokenPack, FaultList
from .letter_words import PLACEHOLDER, fill
from .nodes import Entry, read_file
from .pack import Pack

SHARED = Path(__file__).parent / "letter" / "child"
AGES = ("6-12", "13-20")
"""Of whom the letter is for; in a pack that is not about children, how easy it is to read."""
_FIELDS = {"6-12": "younger", "13-20": "older"}

NEEDED = ("sv", "en")
"""The languages that every pack has."""

PICTURES = ("listen", "decide", "change", "reach")

SENTENCES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(values.split())
        for name, values in {
            "kind": "", "title": "", "example": "", "corrects": "number date wrong right",
            "greeting": "date", "greeting.none": "date",
            "step.listen": "", "step.decide": "", "step.change": "", "step.reach": "", "heading.cannot": "",
            "told.better": "", "told.many": "", "told.good": "",
            "told.kept": "", "told.nothing": "", "told.silent": "",
            "decided.demanded": "", "decided.changed": "", "decided.advised": "", "decided.agreed": "",
            "decided.looking": "", "decided.otherwise": "", "decided.good": "", "decided.passed_on": "",
            "decided.more": "", "decided.required": "", "decided.talked": "",
            "cannot.place": "",
            "next.report": "date", "next.report.undated": "", "next.check": "", "next.advice": "",
            "next.again": "", "next.safe": "",
            "reach.how": "", "reach.person": "contact", "reach.danger": "", "reach.help": "",
        }.items()
    }
)  # fmt: skip
"""The sentences that there are, with the values that each takes. A pack adds `cannot.<who decides>`."""

_CANNOT = "cannot."
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class OneLanguage:
    """The words in one language. `sentences` and `themes` are by age, then by id.

    `name`: what the language is called in itself. `unverified`: what is to be verified, "" for nothing.
    """

    tag: str
    name: str
    unverified: str
    months: tuple[str, ...]
    pattern: str
    """How a date is written, with {day}, {month} and {year}."""
    pictures: Mapping[str, str]
    sentences: Mapping[str, Mapping[str, str]]
    themes: Mapping[str, Mapping[str, str]]

    def say(self, sentence: str, age: str, values: Mapping[str, str]) -> str:
        template = self.sentences[age][sentence]
        missing = SENTENCES.get(sentence, frozenset()) - set(values)
        if missing:
            raise KeyError(f"the sentence {sentence!r} needs {', '.join(sorted(missing))}")
        return fill(template, values)

    def on(self, day: date) -> str:
        """A date as people write it, with no break inside."""
        values = {"day": str(day.day), "month": self.months[day.month - 1], "year": str(day.year)}
        return fill(self.pattern, values, capitals=False).replace(" ", "\u00a0")


@dataclass(slots=True)
class ChildFiles:
    """What the files of a pack say, and the faults found so far."""

    folder: Path
    faults: FaultList = field(default_factory=FaultList)
    languages: dict[str, OneLanguage] = field(default_factory=dict)
    deciders: Mapping[str, str] = field(default_factory=dict)
    places: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """The entry of each theme, by language and id; of each theme's decider under the language ""."""

    def refuse_faults(self) -> None:
        """Raises BrokenPack if there is a fault."""
        if self.faults.found:
            raise BrokenPack(self.folder.name, self.faults.in_order())


@dataclass(slots=True)
class _Sentences:
    """Sentences by age and id as they are written, and where."""

    by_age: dict[str, dict[str, str]]
    places: dict[str, Entry]


def read_child_files(folder: Path) -> ChildFiles:
    """The words of the pack in a folder; with faults they are not fit for use."""
    found = ChildFiles(folder)
    own = folder / "child_letter"
    for tag in sorted({*NEEDED, *(path.stem for path in own.glob("*.yaml") if path.stem != "who_decides")}):
        language = _language(found, tag, own / f"{tag}.yaml")
        if language is not None:
            found.languages[tag] = language
    found.deciders = _deciders(found, own / "who_decides.yaml")
    return found


def _language(found: ChildFiles, tag: str, path: Path) -> OneLanguage | None:
    before = len(found.faults.found)
    shared, own = read_file(SHARED / f"{tag}.yaml", found.faults), read_file(path, found.faults)
    if len(found.faults.found) > before:
        return None
    for file in (shared, own):
        if not _LANGUAGE.fullmatch(tag) or file.string("language") != tag:
            file.fault(f"'language' is not {tag!r}, the name of the file", file.line_of("language"))
    words = _fields_of(own, "words")
    said, mine = _sentences(shared), _sentences(own)
    sentences = {age: {**said.by_age[age], **mine.by_age[age]} for age in AGES}
    _check_sentences(shared, said.places | mine.places, sentences, words)
    made = OneLanguage(
        tag=tag,
        name=shared.string("name"),
        unverified=shared.optional_string("unverified") or "",
        months=shared.strings("months"),
        pattern=shared.string("date"),
        pictures=MappingProxyType(_fields_of(shared, "pictures")),
        sentences=MappingProxyType(
            {
                age: MappingProxyType({id: bind(fill(text, words)) for id, text in by_id.items()})
                for age, by_id in sentences.items()
            }
        ),
        themes=MappingProxyType(_themes(found, own, tag)),
    )
    _check_fixed(shared, made)
    for file in (shared, own):
        file.finish()
    return made


def _fields_of(entry: Entry, name: str) -> dict[str, str]:
    inside = entry.entry(name)
    return {one: inside.string(one) for one in inside.names()}


def _sentences(entry: Entry) -> _Sentences:
    read = _Sentences({age: {} for age in AGES}, {})
    if not entry.has("sentences"):
        return read
    for item in entry.entries("sentences"):
        id = item.string("id")
        if id in read.places:
            item.fault(f"{id!r} is given twice")
        read.places[id] = item
        for age, text in _by_age(item, "text"):
            read.by_age[age][id] = text
        item.finish()
    return read


def _by_age(item: Entry, same: str) -> Iterator[tuple[str, str]]:
    """One text for both ages under the name `same`, or one for each under `younger` and `older`."""
    for age in AGES:
        yield age, item.string(same if item.has(same) else _FIELDS[age])


def _themes(found: ChildFiles, own: Entry, tag: str) -> dict[str, Mapping[str, str]]:
    themes: dict[str, dict[str, str]] = {age: {} for age in AGES}
    for item in own.entries("themes"):
        theme = item.string("theme")
        if (tag, theme) in found.places:
            item.fault(f"the theme {theme!r} is given twice")
        found.places[tag, theme] = item
        for age, word in _by_age(item, "word"):
            themes[age][theme] = word
        item.finish()
    return {age: MappingProxyType(words) for age, words in themes.items()}


def _deciders(found: ChildFiles, path: Path) -> Mapping[str, str]:
    file = read_file(path, found.faults)
    deciders: dict[str, str] = {}
    for item in file.entries("themes"):
        theme = item.string("theme")
        deciders[theme] = item.string("decides")
        found.places["", theme] = item
        item.finish()
    file.finish()
    return MappingProxyType(deciders)


def _check_sentences(
    shared: Entry,
    places: Mapping[str, Entry],
    sentences: Mapping[str, Mapping[str, str]],
    words: Mapping[str, str],
) -> None:
    for id in SENTENCES:
        if id not in places:
            shared.fault(f"the sentence {id!r} is missing", shared.line_of("sentences"))
    for id, item in places.items():
        if id not in SENTENCES and not id.startswith(_CANNOT):
            item.fault(f"there is no sentence {id!r} in the letter to a child")
        values = SENTENCES.get(id, frozenset())
        for age in AGES:
            used = set(PLACEHOLDER.findall(sentences[age].get(id, "")))
            for name in sorted(used - values - set(words)):
                item.fault(
                    f"{{{name}}} is no value of this sentence, and 'words' of the pack does not have it"
                )
            for name in sorted(values - used):
                item.fault(f"the sentence for {age} years does not say {{{name}}}")


def _check_fixed(shared: Entry, made: OneLanguage) -> None:
    if len(made.months) != 12:
        shared.fault(f"'months' has {len(made.months)} months", shared.line_of("months"))
    if set(PLACEHOLDER.findall(made.pattern)) != {"day", "month", "year"}:
        shared.fault("'date' must have {day}, {month} and {year}", shared.line_of("date"))
    if tuple(made.pictures) != PICTURES:
        shared.fault(f"'pictures' must be, in this order: {', '.join(PICTURES)}", shared.line_of("pictures"))


def check_child_files(found: ChildFiles, pack: Pack) -> None:
    """Record what is missing for the pack: a theme without a word, a decider without a sentence."""
    known = {theme.id for theme in pack.themes}
    for (tag, theme), item in found.places.items():
        if theme and theme not in known:
            item.fault(f"there is no theme {theme!r} in the pack")
        if not tag:
            _check_decider(found, item, found.deciders[theme])
    for tag in found.languages:
        words = found.languages[tag].themes[AGES[0]]
        for theme in sorted(known - set(words)):
            found.faults.add(
                found.folder / "child_letter" / f"{tag}.yaml", 1, f"the theme {theme!r} has no word"
            )


def _check_decider(found: ChildFiles, item: Entry, decider: str) -> None:
    for tag, language in found.languages.items():
        if f"{_CANNOT}{decider}" not in language.sentences[AGES[0]]:
            item.fault(f"there is no sentence '{_CANNOT}{decider}' in {tag!r}")
