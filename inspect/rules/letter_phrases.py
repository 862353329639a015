"""The wording of the letter, said in both languages at once, and the paragraphs it becomes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from ...interview_guides.content import Text
from ...interview_guides.letter_wording import LetterWording, UnknownSentence, joined

NOTHING = Text("", "")

OnDay = Callable[[date], Text]
"""A date as people write it, in both languages."""


class InLanguages(Protocol):
    """A text in every language of its letter; a letter to a child has more of them than `Text`."""

    def in_language(self, language: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Composed:
    """One paragraph: where it stands, its stable name, its text, and what is behind it."""

    section: str
    key: str
    text: InLanguages
    evidence: tuple[str, ...] = ()
    finding_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Sentences of `wording` as `Text`; values may be `Text` themselves."""

    wording: LetterWording

    def say(self, sentence: str, **values: Text | str) -> Text:
        """Raises UnknownSentence or MissingValue."""
        sv, en = (
            self.wording.say(
                sentence, language, **{name: _in(value, language) for name, value in values.items()}
            )
            for language in ("sv", "en")
        )
        return Text(sv, en)

    def words(self, phrase: str) -> Text:
        """A phrase that stands in the middle of a sentence, as it is written."""
        if phrase not in self.wording.sentences:
            raise UnknownSentence(phrase)
        return self.wording.sentences[phrase]

    def proposed_saw(self) -> tuple[str, ...]:
        """The sentences of which what was seen in a deficiency is proposed, in every language."""
        found = (text for id, text in self.wording.sentences.items() if id.startswith("deficiency.saw."))
        return tuple(said for text in found for said in (text.sv, text.en))

    def number(self, count: int) -> Text:
        return Text(self.wording.number(count, "sv"), self.wording.number(count, "en"))

    def suggestion(self, theme: str) -> Text:
        return Text(self.wording.suggestion(theme, "sv"), self.wording.suggestion(theme, "en"))

    def sources(self, labels: Iterable[str]) -> Text:
        """ "barn, iakttagelser och handlingar": labels of rules/disclosure.py."""
        return listed(self.words(f"sources.{label}") for label in labels)


def _in(value: Text | str, language: str) -> str:
    return value.in_language(language) if isinstance(value, Text) else value


def listed(items: Iterable[Text]) -> Text:
    """ "a, b och c"; "a och b samt c, d och e" when the items are lists themselves."""
    found = tuple(items)
    return Text(_in_a_row([one.sv for one in found], "sv"), _in_a_row([one.en for one in found], "en"))


LISTS = {"sv": (" och ", " samt "), "en": (" and ", ", and ")}


def _in_a_row(items: Sequence[str], language: str) -> str:
    and_, and_of_lists = LISTS[language]
    nested = any("," in item or and_ in item for item in items) and not any("”" in item for item in items)
    if len(items) < 2 or not nested:
        return joined(tuple(items), language)
    before = "; ".join(items[:-1])
    return f"{before}{and_of_lists if len(items) == 2 or language == 'sv' else '; and '}{items[-1]}"


def quoted(items: Iterable[Text]) -> Text:
    """Titles in a sentence, each within quotation marks, so that their own commas do not confuse."""
    return listed(Text(f"”{one.sv}”", f"“{one.en}”") for one in items)


def lowered(text: Text) -> Text:
    """A name in the middle of a sentence."""
    return Text(text.sv[:1].lower() + text.sv[1:], text.en[:1].lower() + text.en[1:])


def as_written(said: Iterable[str]) -> Text:
    """What people wrote, one after another, the same in both languages; their capitals stay theirs."""
    row = "; ".join(one.strip().rstrip(".") for one in said)
    return Text(row, row)


def ended(text: str) -> Text:
    """What somebody wrote, the same in both languages, as a sentence of its own."""
    said = text.strip()
    said = said if said[-1:] in ".!?…" or not said else f"{said}."
    return Text(said, said)


def sentences(*parts: Text) -> Text:
    """Sentences after each other; empty ones are left out."""
    return Text(" ".join(one.sv for one in parts if one.sv), " ".join(one.en for one in parts if one.en))


def paragraphs(*parts: Text) -> Text:
    """Texts under each other, a blank line between."""
    return Text("\n\n".join(one.sv for one in parts), "\n\n".join(one.en for one in parts))
