"""The headings of the sections of a letter, whatever its kind."""

from ...interview_guides.child_words import load_child_words
from ...interview_guides.letter_wording import load_letter_wording
from ...models.letter_vocabulary import LetterKind
from ..rules.letter_kinds import FOR_CHILDREN_KINDS
from .lay_out_child import STEPS
from .lay_out_sections import heading_of


def section_heading(pack: str, kind: LetterKind, language: str, section: str) -> str:
    """In the language of the letter: the words of the pack, else those that are the same for all."""
    if kind not in FOR_CHILDREN_KINDS:
        return heading_of(load_letter_wording(pack), language, section, kind.value)
    words, age = load_child_words(pack), kind.value.removeprefix("child-")
    pictures = {str(key): picture for key, picture in STEPS}
    if section not in pictures:
        return words.say("kind", age).in_language(language)
    sentence = f"step.{pictures[section]}" if pictures[section] else f"heading.{section}"
    return words.say(sentence, age).in_language(language)
