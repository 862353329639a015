"""The sentences of the feedback letter as one pack says them. How a pack is written: docs/letter-wording.md.

``load_letter_wording(pack)`` gives them, with the pack's words and law in them; what is left in braces are
the values of a case. ``check_letter_wording(folder)`` gives every fault with file and line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .content import Text
from .faults import Fault
from .letter_base import LevelWording
from .letter_files import AppealWording, AreaWording, LetterFiles, read_letter_files
from .letter_rules import check_letter
from .letter_words import PLACEHOLDER, fill

__all__ = [
    "AppealWording",
    "AreaWording",
    "LetterWording",
    "LevelWording",
    "MissingValue",
    "UnknownSentence",
    "check_letter_wording",
    "joined",
    "load_letter_wording",
    "read_letter_wording",
]


PACKS = Path(__file__).parent / "packs"


class UnknownSentence(KeyError):
    """There is no wording for this id."""

    def __str__(self) -> str:
        return f"the letter has no wording for {self.args[0]!r}"


class MissingValue(KeyError):
    """A sentence was asked for without the values it needs."""

    def __str__(self) -> str:
        return f"the sentence {self.args[0]!r} needs {', '.join(self.args[1])}"


@dataclass(frozen=True, slots=True)
class LetterWording:
    """All sentences of the feedback letter of one pack.

    `positions` is by sign: good, mostly, improve, serious, unknown, pending. `suggestions` is by theme; a
    theme without one takes the sentence `advice.suggestion`. `law` is by its name in letter.yaml: report,
    order, sanction. `appeals` is by kind of decision. `example`: what the head of the letter says when the
    pack is an example; None for a pack in use.
    """

    pack: str
    sentences: Mapping[str, Text]
    numbers: tuple[Text, ...]
    positions: Mapping[str, Text]
    levels: Mapping[int, LevelWording]
    areas: Mapping[str, AreaWording]
    suggestions: Mapping[str, Text]
    law: Mapping[str, Text]
    appeals: Mapping[str, AppealWording]
    example: Text | None = None

    def has(self, sentence: str) -> bool:
        """Whether the pack says this at all: some sentences rest on law that not every pack has."""
        return sentence in self.sentences

    def say(self, sentence: str, language: str, **values: object) -> str:
        """The sentence in "sv" or "en" with its placeholders filled; a sentence begins with a capital letter.

        :raises UnknownSentence: there is none of that id.
        :raises MissingValue: a placeholder has no value.
        """
        if sentence not in self.sentences:
            raise UnknownSentence(sentence)
        template = self.sentences[sentence].in_language(language)
        missing = [name for name in PLACEHOLDER.findall(template) if name not in values]
        if missing:
            raise MissingValue(sentence, missing)
        return fill(template, {name: str(value) for name, value in values.items()})

    def number(self, count: int, language: str) -> str:
        """A number in words up to twelve, then in digits."""
        return self.numbers[count].in_language(language) if 0 <= count < len(self.numbers) else str(count)

    def suggestion(self, theme: str, language: str) -> str:
        """What we suggest about a theme that those it is for raise."""
        text = self.suggestions.get(theme)
        return text.in_language(language) if text else self.say("advice.suggestion", language)

    def placeholders(self, sentence: str) -> frozenset[str]:
        """The names of the values that a sentence needs."""
        if sentence not in self.sentences:
            raise UnknownSentence(sentence)
        return frozenset(PLACEHOLDER.findall(self.sentences[sentence].sv))


def joined(items: tuple[str, ...], language: str) -> str:
    """ "a", "a och b", "a, b och c"; in English with "and"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'and' if language == 'en' else 'och'} {items[-1]}"


@cache
def load_letter_wording(pack_id: str) -> LetterWording:
    """The wording of that pack. Read once in the life of the process.

    :raises BrokenPack: a file is missing or has faults; the exception lists them all.
    """
    return read_letter_wording(PACKS / pack_id)


def read_letter_wording(folder: Path) -> LetterWording:
    """The wording in a folder. `BrokenPack` with every fault if there is one."""
    read = read_letter_files(folder)
    read.refuse_faults()
    return _wording(read)


def check_letter_wording(folder: Path) -> tuple[Fault, ...]:
    """Every fault of the letter of the pack in a folder, in the order of files and lines.

    Besides what keeps it from being read: whether each area, theme and level has its words, and whether the
    pack keeps the rules of writing (no demand without law, advice that suggests).
    """
    read = read_letter_files(folder)
    check_letter(read)
    return read.faults.in_order()


def _wording(read: LetterFiles) -> LetterWording:
    return LetterWording(
        pack=read.pack,
        sentences=read.sentences,
        numbers=read.base.numbers,
        positions=read.base.positions,
        levels=read.levels,
        areas=read.areas,
        suggestions=read.suggestions,
        law=read.law,
        appeals=read.appeals,
        example=read.example,
    )
