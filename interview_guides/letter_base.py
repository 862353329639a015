"""What all packs share of the letter: the files of `letter/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .content import Text
from .faults import BrokenPack, FaultList
from .letter_demands import check_wording
from .letter_words import LAW, PLACEHOLDER, PROVIDER, USERS, placeholders
from .nodes import Entry, read_file, read_list

FOLDER = Path(__file__).parent / "letter"
FILES = (
    "sentences",
    "information",
    "communication",
    "decision",
    "committee",
    "reminder",
    "followup",
    "closing",
)
"""One file for each kind of letter; the first is that of the feedback letter."""

WORDS = frozenset({*USERS, *PROVIDER})


@dataclass(frozen=True, slots=True)
class LevelWording:
    """A legal level (2–5): its name, and why the response to it is proportionate (FL 5 §)."""

    level: int
    name: Text
    proportion: Text


@dataclass(frozen=True, slots=True)
class OfThePack:
    """A sentence that only a pack can write, because it rests on its law."""

    id: str
    needed: bool
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class LetterBase:
    """The shared sentences of all letters with their placeholders still in them.

    `phrases`: ids of what stands in the middle of a sentence. `values`: the placeholders that are no words.
    """

    sentences: Mapping[str, Text]
    phrases: frozenset[str]
    values: frozenset[str]
    of_the_pack: Mapping[str, OfThePack]
    numbers: tuple[Text, ...]
    positions: Mapping[str, Text]
    levels: Mapping[int, LevelWording]

    def values_of(self, sentence: str) -> frozenset[str] | None:
        """The values that a sentence has, whoever writes it; None: there is no sentence of that id."""
        if sentence in self.of_the_pack:
            return self.of_the_pack[sentence].values
        text = self.sentences.get(sentence)
        return placeholders(text) & self.values if text else None


@cache
def load_letter_base() -> LetterBase:
    """The shared part, checked. Read once in the life of the process.

    :raises BrokenPack: a file is missing or has faults.
    """
    return read_letter_base(FOLDER)


def read_letter_base(folder: Path) -> LetterBase:
    faults = FaultList()
    files = [read_file(folder / f"{name}.yaml", faults) for name in FILES]
    scales = read_file(folder / "scales.yaml", faults)
    sentences: tuple[tuple[str, Text], ...] = ()
    phrases: tuple[tuple[str, Text], ...] = ()
    of_the_pack: dict[str, OfThePack] = {}
    values: frozenset[str] = frozenset()
    for said in files:
        known = frozenset(said.strings("values"))

        def sentence(item: Entry, known: frozenset[str] = known) -> tuple[str, Text]:
            id, text = read_sentence(item, known=known)
            check_wording(item, id, text)
            return id, text

        values |= known
        sentences += read_list(said, "sentences", sentence)
        phrases += read_list(said, "phrases", sentence) if said.has("phrases") else ()
        if said.has("of_the_pack"):
            of_the_pack |= {one.id: one for one in read_list(said, "of_the_pack", _of_the_pack)}
        said.finish()
    base = LetterBase(
        sentences=by_name(files[0], sentences + phrases),
        phrases=frozenset(id for id, _ in phrases),
        values=values,
        of_the_pack=MappingProxyType(of_the_pack),
        numbers=scales.texts("numbers"),
        positions=by_name(
            scales, read_list(scales, "positions", lambda item: (item.string("sign"), item.text("word")))
        ),
        levels=MappingProxyType({level.level: level for level in read_list(scales, "levels", read_level)}),
    )
    scales.finish()
    if faults.found:
        raise BrokenPack(folder.name, faults.in_order())
    return base


def _of_the_pack(item: Entry) -> OfThePack:
    return OfThePack(item.string("id"), item.boolean("needed"), frozenset(item.strings("values")))


def read_sentence(item: Entry, *, known: frozenset[str]) -> tuple[str, Text]:
    """An id and its wording; every placeholder is a word, a provision or one of the `known` values."""
    text = item.text("text")
    check_placeholders(item, text, known)
    return item.string("id"), text


def check_placeholders(item: Entry, text: Text, known: frozenset[str]) -> None:
    """Record placeholders that are unknown, misspelt, or values in one language only."""
    for name in sorted(placeholders(text) - WORDS - known):
        if not name.startswith(LAW):
            item.fault(f"there is no placeholder {{{name}}}")
    values = [set(PLACEHOLDER.findall(side)) - WORDS for side in (text.sv, text.en)]
    if values[0] != values[1]:
        item.fault("the placeholders are not the same in both languages")
    if any(brace in PLACEHOLDER.sub("", text.sv + text.en) for brace in "{}"):
        item.fault("a placeholder is written {name}, in small letters")


def read_level(item: Entry) -> LevelWording:
    level = LevelWording(item.integer("level"), item.text("name"), item.text("proportion"))
    for text in (level.name, level.proportion):
        check_placeholders(item, text, frozenset())
    return level


def by_name(entry: Entry, pairs: tuple[tuple[str, Text], ...]) -> Mapping[str, Text]:
    """The texts by their names; a name given twice is a fault."""
    found: dict[str, Text] = {}
    for name, text in pairs:
        if name in found:
            entry.fault(f"{name!r} is given twice")
        found[name] = text
    return MappingProxyType(found)
