"""The words of the letter to a child, in every language that a pack has.

How they are written: docs/child-letter.md. Shared sentences stand in `letter/child/<language>.yaml`; a pack's
own words, themes and sentences in `packs/<pack>/child_letter/<language>.yaml`. A new language is a file in
each of the two folders. In a pack that is not about children it is the easy-read letter to its people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .child_files import ChildFiles, OneLanguage, check_child_files, read_child_files
from .faults import Fault
from .pack import Pack

PACKS = Path(__file__).parent / "packs"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One wording in the languages of a pack: `in_language("ar")`."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """The wording in that language. Any that the pack does not have gives Swedish, that of the agency."""
        return self.by_language.get(language, self.by_language["sv"])

    @property
    def sv(self) -> str:
        return self.by_language["sv"]

    @property
    def en(self) -> str:
        return self.in_language("en")


@dataclass(frozen=True, slots=True)
class ChildWords:
    """All words of the letter to a child in one pack. `deciders`: who decides about a theme, by its id."""

    pack: str
    languages: Mapping[str, OneLanguage]
    deciders: Mapping[str, str]

    def say(self, sentence: str, age: str, **values: Spoken | str) -> Spoken:
        """The sentence for an age ("6-12", "13-20"). KeyError: there is none, or a value is missing."""
        return Spoken({tag: one.say(sentence, age, _in(values, tag)) for tag, one in self.languages.items()})

    def theme(self, theme: str, age: str) -> Spoken:
        """What a theme is called to a child of that age."""
        return Spoken({tag: one.themes[age][theme] for tag, one in self.languages.items()})

    def picture(self, picture: str) -> Spoken:
        """What is said to those who do not see the picture."""
        return Spoken({tag: one.pictures[picture] for tag, one in self.languages.items()})

    def on(self, day: date) -> Spoken:
        """A date as people write it."""
        return Spoken({tag: one.on(day) for tag, one in self.languages.items()})

    def decider(self, theme: str) -> str:
        """Who decides where the authority cannot: a name, of which there is a sentence `cannot.<name>`."""
        return self.deciders.get(theme, "place")


def _in(values: Mapping[str, Spoken | str], language: str) -> dict[str, str]:
    return {
        name: value.in_language(language) if isinstance(value, Spoken) else value
        for name, value in values.items()
    }


@cache
def load_child_words(pack_id: str) -> ChildWords:
    """The words of that pack. Read once in the life of the process.

    :raises BrokenPack: a file is missing or has faults; the exception lists them all.
    """
    read = read_child_files(PACKS / pack_id)
    read.refuse_faults()
    return _words(read)


def check_child_words(folder: Path, pack: Pack) -> tuple[Fault, ...]:
    """Every fault of the letter to a child of the pack in a folder, in the order of files and lines."""
    read = read_child_files(folder)
    check_child_files(read, pack)
    return read.faults.in_order()


def _words(read: ChildFiles) -> ChildWords:
    return ChildWords(read.folder.name, MappingProxyType(dict(read.languages)), read.deciders)
