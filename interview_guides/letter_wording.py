"""The sentences of the feedback letter, read from a pack: `letter.yaml` and `letter_topics.yaml`.

Ids, placeholders and the rules for writing are described at the top of those files.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .content import Text
from .faults import BrokenPack, FaultList
from .nodes import Entry, read_file, read_list

PACKS = Path(__file__).parent / "packs"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class UnknownSentence(KeyError):
    """There is no wording for this id."""

    def __str__(self) -> str:
        return f"the letter has no wording for {self.args[0]!r}"


class MissingValue(KeyError):
    """A sentence was asked for without the values it needs."""

    def __str__(self) -> str:
        return f"the sentence {self.args[0]!r} needs {', '.join(self.args[1])}"


@dataclass(frozen=True, slots=True)
class LevelWording:
    """A legal level (2–5): its name, and why the response to it is proportionate (FL 5 §)."""

    level: int
    name: Text
    proportion: Text


@dataclass(frozen=True, slots=True)
class AreaWording:
    """What the letter says about an area. `questions` are two."""

    id: str
    strength: Text
    matters: Text
    questions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LetterWording:
    """All sentences of the feedback letter of one pack.

    `positions` is by sign: good, mostly, improve, serious, unknown, pending. `suggestions` is by theme;
    themes that a requirement covers have none, and take the sentence `advice.suggestion`.
    """

    pack: str
    sentences: Mapping[str, Text]
    numbers: tuple[Text, ...]
    positions: Mapping[str, Text]
    levels: Mapping[int, LevelWording]
    areas: Mapping[str, AreaWording]
    suggestions: Mapping[str, Text]

    def say(self, sentence: str, language: str, **values: object) -> str:
        """The sentence in "sv" or "en" with its placeholders filled; a sentence begins with a capital letter.

        :raises UnknownSentence: there is none of that id.
        :raises MissingValue: a placeholder has no value.
        """
        if sentence not in self.sentences:
            raise UnknownSentence(sentence)
        template = self.sentences[sentence].in_language(language)
        missing = [name for name in _PLACEHOLDER.findall(template) if name not in values]
        if missing:
            raise MissingValue(sentence, missing)

        def fill(found: re.Match[str]) -> str:
            value = str(values[found[1]])
            begins = found.start() == 0 or template[: found.start()].endswith((". ", "? "))
            return value[:1].upper() + value[1:] if begins else value

        return _PLACEHOLDER.sub(fill, template)

    def number(self, count: int, language: str) -> str:
        """A number in words up to twelve, then in digits."""
        return self.numbers[count].in_language(language) if 0 <= count < len(self.numbers) else str(count)

    def suggestion(self, theme: str, language: str) -> str:
        """What we suggest about a theme that children raise."""
        text = self.suggestions.get(theme)
        return text.in_language(language) if text else self.say("advice.suggestion", language)

    def placeholders(self, sentence: str) -> frozenset[str]:
        """The names of the values that a sentence needs."""
        if sentence not in self.sentences:
            raise UnknownSentence(sentence)
        return frozenset(_PLACEHOLDER.findall(self.sentences[sentence].sv))


def joined(items: tuple[str, ...], language: str) -> str:
    """ "a", "a och b", "a, b och c"; in English with "and"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'and' if language == 'en' else 'och'} {items[-1]}"


@cache
def load_letter_wording(pack_id: str = "hvb") -> LetterWording:
    """The wording of that pack, checked. Read once in the life of the process.

    :raises BrokenPack: a file is missing or has faults; the exception lists them all.
    """
    return read_letter_wording(PACKS / pack_id)


def read_letter_wording(folder: Path) -> LetterWording:
    """The wording in a folder. `BrokenPack` with every fault if there is one."""
    faults = FaultList()
    sentences = read_file(folder / "letter.yaml", faults)
    topics = read_file(folder / "letter_topics.yaml", faults)
    made = LetterWording(
        pack=folder.name,
        sentences=_by_name(sentences, read_list(sentences, "sentences", _sentence)),
        numbers=topics.texts("numbers"),
        positions=_by_name(
            topics, read_list(topics, "positions", lambda item: (item.string("sign"), item.text("word")))
        ),
        levels=MappingProxyType({level.level: level for level in read_list(topics, "levels", _level)}),
        areas=MappingProxyType({area.id: area for area in read_list(topics, "areas", _area)}),
        suggestions=_by_name(
            topics, read_list(topics, "themes", lambda item: (item.string("theme"), item.text("suggestion")))
        ),
    )
    sentences.finish()
    topics.finish()
    if faults.found:
        raise BrokenPack(folder.name, faults.in_order())
    return made


def _sentence(item: Entry) -> tuple[str, Text]:
    text = item.text("text")
    if set(_PLACEHOLDER.findall(text.sv)) != set(_PLACEHOLDER.findall(text.en)):
        item.fault("the placeholders are not the same in both languages")
    if any(brace in _PLACEHOLDER.sub("", text.sv + text.en) for brace in "{}"):
        item.fault("a placeholder is written {name}, in small letters")
    return item.string("id"), text


def _level(item: Entry) -> LevelWording:
    return LevelWording(item.integer("level"), item.text("name"), item.text("proportion"))


def _area(item: Entry) -> AreaWording:
    area = AreaWording(
        item.string("id"), item.text("strength"), item.text("matters"), item.texts("questions")
    )
    if len(area.questions) != 2:
        item.fault("an area has two questions")
    return area


def _by_name(entry: Entry, pairs: tuple[tuple[str, Text], ...]) -> Mapping[str, Text]:
    found: dict[str, Text] = {}
    for name, text in pairs:
        if name in found:
            entry.fault(f"{name!r} is given twice")
        found[name] = text
    return MappingProxyType(found)
