"""How much of what should be marked is marked, and how much else, on sentences written for it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tillsyn.inspect.rules.reidentification import Guard, Known, Lexicon, Mark, Passage, Roster, Who, Withheld

SENTENCES = Path(__file__).with_name("sentences.yaml")


@dataclass(frozen=True, slots=True)
class Expected:
    """One sentence, the marks that it should have as (kind, words), and why one of them is known to be missed."""

    text: str
    language: str
    marks: tuple[tuple[str, str], ...]
    miss: str = ""


@dataclass(slots=True)
class Measured:
    """By kind: how many there are, and which were missed; and what was marked that should not be."""

    expected: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    false: list[tuple[str, str, str]] = field(default_factory=list)

    def recall(self, kind: str) -> float:
        lost = sum(one[0] == kind for one in self.missed)
        return 1 - lost / self.expected[kind]

    def false_of(self, kind: str) -> int:
        return sum(one[0] == kind for one in self.false)


@cache
def _content() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    return read


def the_roster() -> Roster:
    given = _content()["roster"]
    people = (
        *(Known(name, Who.CHILD) for name in given["children"]),
        *(Known(name, Who.STAFF) for name in given["staff"]),
        *(Known(name, Who.LABEL) for name in given["labels"]),
    )
    return Roster(
        people=people,
        phrases=tuple(given["phrases"]),
        dates=frozenset(given["dates"]),
        municipality=given["municipality"],
        withheld=tuple(Withheld(text) for text in given["withheld"]),
    )


def sentences() -> Iterator[Expected]:
    for one in _content()["sentences"]:
        marks = tuple((kind, str(words)) for kind, words in one.get("marks", ()))
        yield Expected(one["text"], one.get("lang", "sv"), marks, one.get("miss", ""))


def measure(lexicon: Lexicon) -> Measured:
    """Look through every sentence. A mark counts as found when one of its kind lies over its words."""
    ready, result = Guard(the_roster(), lexicon), Measured()
    for one in sentences():
        found = ready.look(Passage(one.text, one.language))
        for kind, words in one.marks:
            result.expected[kind] += 1
            if not any(mark.kind == kind and _over(mark, one.text, words) for mark in found):
                result.missed.append((kind, words, one.text))
        for mark in found:
            if not any(_over(mark, one.text, words) for _kind, words in one.marks):
                result.false.append((str(mark.kind), mark.words, one.text))
    return result


def _over(mark: Mark, text: str, words: str) -> bool:
    start = text.index(words)
    return mark.start < start + len(words) and start < mark.end
