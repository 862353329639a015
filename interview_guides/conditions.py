"""When a question is put at all: the `only_if` of a guide, as values that can be asked.

What is not known hides nothing. A question is left out only where something known speaks against it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownOfTalk:
    """What is known of a talk so far.

    ``noted``: ids of the questions under which something is noted. ``themes_raised``: ids of the themes of
    what was said. ``age``: years of the person, ``None`` where it is not known, as in a talk with a group.
    """

    noted: frozenset[str] = frozenset()
    themes_raised: frozenset[str] = frozenset()
    age: int | None = None
    language_interpreted: bool | None = None


@dataclass(frozen=True, slots=True)
class QuestionNoted:
    """Something is (or is not) noted under an earlier question of the same guide."""

    question: str
    noted: bool

    def holds(self, talk: KnownOfTalk) -> bool:
        return (self.question in talk.noted) == self.noted


@dataclass(frozen=True, slots=True)
class AgeBand:
    """The person is of an age within any of the bands; both ends are inclusive."""

    bands: tuple[tuple[int, int], ...]

    def holds(self, talk: KnownOfTalk) -> bool:
        return talk.age is None or any(first <= talk.age <= last for first, last in self.bands)


@dataclass(frozen=True, slots=True)
class ThemeRaised:
    """Something said in the talk is about the theme."""

    theme: str

    def holds(self, talk: KnownOfTalk) -> bool:
        return self.theme in talk.themes_raised


@dataclass(frozen=True, slots=True)
class LanguageInterpreted:
    """The talk is (or is not) held through an interpreter."""

    interpreted: bool

    def holds(self, talk: KnownOfTalk) -> bool:
        return talk.language_interpreted is None or talk.language_interpreted == self.interpreted


Condition = QuestionNoted | AgeBand | ThemeRaised | LanguageInterpreted


def is_asked(only_if: tuple[Condition, ...], talk: KnownOfTalk) -> bool:
    """Whether a question with these conditions is put in the talk: all must hold; none always hold."""
    return all(condition.holds(talk) for condition in only_if)
