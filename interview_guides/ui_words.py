"""What the pages of a case say in the words of its pack: `ui.yaml` of a pack.

The pages are written with the words of the default pack. Sentences that name the people, the place or its
manager are listed in ``worded_by_packs.yaml``. A pack for other people says each of them whole, in its own
words, since no word can take the place of another without the grammar around it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .content import Text
from .faults import BrokenPack, Fault, FaultList
from .nodes import Entry, read_file
from .reading import PACKS, UnknownPack, available_packs

FILE = "ui.yaml"
LISTED = Path(__file__).parent / "worded_by_packs.yaml"

_PLACEHOLDER = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True, slots=True)
class UiWords:
    """Sentences by the English of the default pack; ``counted`` for one and for several, by that for one."""

    sentences: Mapping[str, Text]
    counted: Mapping[str, tuple[Text, Text]]

    def __bool__(self) -> bool:
        return bool(self.sentences or self.counted)


NO_WORDS = UiWords(MappingProxyType({}), MappingProxyType({}))


@cache
def listed_sentences() -> tuple[frozenset[str], frozenset[str]]:
    """The sentences that a pack for other people words itself, and the counted ones by their form for one."""
    file = read_file(LISTED, FaultList())
    return frozenset(file.strings("sentences")), frozenset(file.strings("counted"))


@cache
def load_ui_words(pack_id: str) -> UiWords:
    """The words of a pack that comes with the product; none where it has no file. Read once.

    :raises UnknownPack: there is no such pack.
    :raises BrokenPack: a field is not what it must be; the exception lists all such faults.
    """
    if pack_id not in available_packs():
        raise UnknownPack(pack_id, pack_id)
    path = PACKS / pack_id / FILE
    if not path.exists():
        return NO_WORDS
    faults = FaultList()
    words, _ = _read(path, faults)
    if faults.found:
        raise BrokenPack(pack_id, faults.in_order())
    return words


def check_ui_words(folder: Path, *, needed: bool) -> tuple[Fault, ...]:
    """Every fault of a pack's sentences. ``needed``: its people have another name than the default's."""
    path, faults = folder / FILE, FaultList()
    if not path.exists():
        if needed:
            message = f"the pages of a case need the pack's own words: there is no {FILE}"
            faults.add(folder / "pack.yaml", 1, message)
        return faults.in_order()
    words, entries = _read(path, faults)
    for listed, said, entry in zip(
        listed_sentences(), (words.sentences, words.counted), entries, strict=True
    ):
        for sentence in said:
            if sentence not in listed:
                entry.fault(f"no page of a case says {sentence!r}", entry.line_of(sentence))
        for sentence in sorted(listed.difference(said)) if needed else ():
            entry.fault(f"the sentence has no wording here: {sentence!r}")
    return faults.in_order()


def _read(path: Path, faults: FaultList) -> tuple[UiWords, tuple[Entry, Entry]]:
    file = read_file(path, faults)
    sentences, counted = (
        file.entry(name) if file.has(name) else Entry(None, path, 1, faults)
        for name in ("sentences", "counted")
    )
    file.finish()
    words = UiWords(
        MappingProxyType({name: _wording(sentences, name, name) for name in sentences.names()}),
        MappingProxyType({name: _forms(counted.entry(name), name) for name in counted.names()}),
    )
    return words, (sentences, counted)


def _forms(entry: Entry, sentence: str) -> tuple[Text, Text]:
    forms = _wording(entry, "one", sentence), _wording(entry, "other", sentence)
    entry.finish()
    return forms


def _wording(entry: Entry, name: str, sentence: str) -> Text:
    """A wording, with the placeholders of the sentence that it stands for."""
    text = entry.text(name)
    wanted = sorted(_PLACEHOLDER.findall(sentence))
    for language in ("sv", "en"):
        said = text.in_language(language)
        if said and (sorted(_PLACEHOLDER.findall(said)) != wanted or _PLACEHOLDER.sub("", said).count("%")):
            line = entry.line_of_wording(name, language)
            entry.fault(f"{language!r} must hold {', '.join(wanted) or 'no placeholder'}", line)
    return text
