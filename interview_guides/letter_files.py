"""From the files of a pack to the words of its letters: pack.yaml, letter.yaml and its two neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from .content import Text
from .faults import BrokenPack, FaultList
from .letter_base import (
    LetterBase,
    LevelWording,
    by_name,
    check_placeholders,
    load_letter_base,
    read_level,
    read_sentence,
)
from .letter_words import LAW, filled, placeholders, where_missing, words_of
from .nodes import Entry, read_file, read_list
from .pack_file import read_status, read_vocabulary, read_words

DECISIONS = ("closed", "criticism", "order")
"""What can be decided: models.vocabulary.DecisionKind."""

NEEDED_LAW = ("report", "order")

OF_INFORMATION = "information."
"""How the sentences begin that a pack writes in letter_information.yaml."""

_NO_VALUES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AreaWording:
    """What the letter says about an area. `questions` are two."""

    id: str
    strength: Text
    matters: Text
    questions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AppealWording:
    """May a decision of one kind be appealed, and by what law.

    `source`: the provisions. `says`: to the official who records the decision. `letter`: to the provider, in
    the feedback letter; `letter_public` to a provider that represents the public, where that is another thing
    (FL 44 §). `document` and `document_public`: the same in the decision itself, of one that may be appealed.
    """

    decision: str
    allowed: bool
    at_once: bool
    source: Text
    says: Text
    letter: Text
    letter_public: Text | None = None
    document: Text | None = None
    document_public: Text | None = None

    def in_letter(self, *, public: bool) -> Text:
        return self.letter_public if public and self.letter_public else self.letter

    def in_decision(self, *, public: bool) -> Text:
        """What the decision itself says; that it may not be appealed reads the same in both."""
        return (self.document_public if public else None) or self.document or self.in_letter(public=public)

    @property
    def tells_how(self) -> bool:
        """Whether the decision tells how to appeal (FL 33 §): it may be appealed, or may in some cases."""
        return self.document is not None


@dataclass(slots=True)
class LetterFiles:
    """What the files say, with the words of the pack in every wording, and the faults found so far.

    `own`: the sentences that the pack writes itself, with the place of each. `places`: those of areas and
    themes in letter_topics.yaml.
    """

    folder: Path
    base: LetterBase
    faults: FaultList
    about: Entry
    letter: Entry
    topics: Entry
    information: Entry
    words: Mapping[str, Text] = field(default_factory=dict)
    law: Mapping[str, Text] = field(default_factory=dict)
    sentences: Mapping[str, Text] = field(default_factory=dict)
    levels: Mapping[int, LevelWording] = field(default_factory=dict)
    areas: Mapping[str, AreaWording] = field(default_factory=dict)
    suggestions: Mapping[str, Text] = field(default_factory=dict)
    appeals: Mapping[str, AppealWording] = field(default_factory=dict)
    example: Text | None = None
    own: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, Entry] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    @property
    def pack(self) -> str:
        return self.folder.name

    def refuse_faults(self) -> None:
        """Raises BrokenPack if there is a fault."""
        if self.faults.found:
            raise BrokenPack(self.pack, self.faults.in_order())

    def fill(self, text: Text, needed_by: str, *, capitals: bool = True) -> Text:
        """The wording with the pack's words in it; a word that the pack lacks is recorded, once."""
        for name in sorted(placeholders(text) - set(self.words)):
            where = where_missing(name)
            if not where or name in self._told:
                continue
            self._told.add(name)
            group, word = where.split(".")
            file = self.letter if name.startswith(LAW) else self.about
            file.fault(
                f"{group!r} has no {word!r}, which the letter needs ({needed_by})", file.line_of(group)
            )
        return filled(text, self.words, capitals=capitals)


def read_letter_files(folder: Path) -> LetterFiles:
    """The letter of the pack in a folder; with faults it is not fit for use."""
    faults = FaultList()
    about, letter, topics, information = (
        read_file(folder / f"{name}.yaml", faults)
        for name in ("pack", "letter", "letter_topics", "letter_information")
    )
    found = LetterFiles(folder, load_letter_base(), faults, about, letter, topics, information)
    found.law = dict(read_words(letter, "law"))
    provisions = {f"{LAW}{name}": text for name, text in found.law.items()}
    words = words_of(read_vocabulary(about.entry("users")), read_words(about, "provider_words"))
    found.words = {**words, **provisions}
    for name in NEEDED_LAW:
        if name not in found.law:
            letter.fault(f"'law' has no {name!r}", letter.line_of("law"))
    _read_sentences(found)
    found.appeals = _read_appeals(found)
    _read_topics(found)
    if read_status(about) == "example":
        found.example = _example(found)
    letter.finish()
    topics.finish()
    information.finish()
    return found


def _read_sentences(found: LetterFiles) -> None:
    base, own = found.base, {}
    for file in (found.letter, found.information):
        for item in file.entries("sentences") if file.has("sentences") else ():
            id, text = _own_sentence(item, base)
            item.finish()
            if id in own:
                item.fault(f"{id!r} is given twice")
            own[id] = text
            found.own[id] = item
    for name, sentence in base.of_the_pack.items():
        if sentence.needed and name not in own:
            file = found.information if name.startswith(OF_INFORMATION) else found.letter
            file.fault(f"the sentence {name!r} is missing", file.line_of("sentences"))
    made = {}
    for id, text in (dict(base.sentences) | own).items():
        lacking = {name for name in placeholders(text) if name.startswith(LAW)} - set(found.words)
        if lacking and id in own:
            found.own[id].fault(f"'law' has no {min(lacking).removeprefix(LAW)!r}")
        if not lacking:
            made[id] = found.fill(text, id, capitals=id not in base.phrases)
    found.sentences = MappingProxyType(made)


def _own_sentence(item: Entry, base: LetterBase) -> tuple[str, Text]:
    id = item.string("id")
    values = base.values_of(id)
    if values is None:
        if id:
            item.fault(f"there is no sentence {id!r} in the letter")
        return id, item.text("text")
    _, text = read_sentence(item, known=base.values)
    if placeholders(text) & base.values != values:
        named = ", ".join(f"{{{one}}}" for one in sorted(values)) or "none"
        item.fault(f"the sentence {id!r} has other placeholders for values than: {named}")
    return id, text


def _read_appeals(found: LetterFiles) -> Mapping[str, AppealWording]:
    appeals: dict[str, AppealWording] = {}

    def read(item: Entry) -> None:
        one = AppealWording(
            decision=item.choice("decision", *DECISIONS),
            allowed=item.boolean("allowed"),
            at_once=item.boolean("at_once"),
            source=item.text("source"),
            says=_filled(found, item, item.text("says"), "appeal"),
            letter=_filled(found, item, item.text("letter"), "appeal"),
            **{
                name: _filled(found, item, item.text(name), "appeal") if item.has(name) else None
                for name in ("letter_public", "document", "document_public")
            },
        )
        if one.decision in appeals:
            item.fault(f"the appeal of {one.decision!r} is given twice")
        if not item.has("allowed"):
            item.fault("the field 'allowed' is missing")
        if one.allowed and one.document is None:
            item.fault("'document' is missing: what the decision itself says of an appeal")
        appeals[one.decision] = one

    read_list(found.letter, "appeal", read)
    for decision in DECISIONS:
        if decision not in appeals:
            found.letter.fault(f"there is no 'appeal' of {decision!r}", found.letter.line_of("appeal"))
    return MappingProxyType(appeals)


def _filled(found: LetterFiles, item: Entry, text: Text, needed_by: str) -> Text:
    check_placeholders(item, text, _NO_VALUES)
    return found.fill(text, needed_by)


def _read_topics(found: LetterFiles) -> None:
    topics = found.topics
    levels = dict(found.base.levels)
    own = read_list(topics, "levels", read_level)
    if len({one.level for one in own}) < len(own):
        topics.fault("a level is given twice", topics.line_of("levels"))
    levels |= {one.level: one for one in own}
    found.levels = MappingProxyType(
        {
            number: LevelWording(number, found.fill(one.name, "levels"), found.fill(one.proportion, "levels"))
            for number, one in sorted(levels.items())
        }
    )
    areas = read_list(topics, "areas", lambda item: _area(found, item))
    found.areas = MappingProxyType({area.id: area for area in areas})
    if len(found.areas) < len(areas):
        topics.fault("an area is given twice", topics.line_of("areas"))
    if topics.has("themes"):
        found.suggestions = by_name(
            topics, read_list(topics, "themes", lambda item: _suggestion(found, item))
        )


def _area(found: LetterFiles, item: Entry) -> AreaWording:
    id = item.string("id")
    found.places[id] = item
    area = AreaWording(
        id,
        _filled(found, item, item.text("strength"), "areas"),
        _filled(found, item, item.text("matters"), "areas"),
        tuple(_filled(found, item, text, "areas") for text in item.texts("questions")),
    )
    if len(area.questions) != 2:
        item.fault("an area has two questions")
    return area


def _suggestion(found: LetterFiles, item: Entry) -> tuple[str, Text]:
    theme = item.string("theme")
    found.places[theme] = item
    return theme, _filled(found, item, item.text("suggestion"), "themes")


def _example(found: LetterFiles) -> Text:
    """That the content is an example, and what is to be verified in it."""
    said, note = found.sentences["example"], found.about.optional_text("verified_note")
    return Text(f"{said.sv}\n\n{note.sv}", f"{said.en}\n\n{note.en}") if note else said
