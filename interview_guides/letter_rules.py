"""What a pack's letter must hold beyond being readable: words for all its content, the rules of writing."""

from collections.abc import Iterator

from .letter_demands import DEMAND, SUGGESTS, check_wording, refuse_demand
from .letter_files import LetterFiles
from .nodes import Entry, read_file

LEVELS = (2, 3, 4, 5)


def check_letter(read: LetterFiles) -> None:
    """Record every fault of that kind."""
    _check_cover(read)
    _check_demands(read)
    for theme, text in read.suggestions.items():
        for language in ("sv", "en"):
            if not text.in_language(language).startswith(SUGGESTS.in_language(language)):
                begins = SUGGESTS.in_language(language)
                read.places[theme].fault(f"a suggestion ({language}) begins with {begins!r}")


def _check_cover(read: LetterFiles) -> None:
    areas, themes = _ids(read, "areas"), _ids(read, "themes")
    _check_ids(read, "area", areas, frozenset(read.areas))
    for theme in read.suggestions:
        if theme not in themes:
            read.places[theme].fault(f"there is no theme {theme!r} in the pack")
    topics = read.topics
    for level in LEVELS:
        if level not in read.levels:
            topics.fault(f"level {level} has no words", topics.line_of("levels"))
    for level in read.levels:
        if level not in LEVELS:
            topics.fault(f"a deficiency has no level {level}", topics.line_of("levels"))
    if "sanction" not in read.law and any(
        one.has("sanction") and one.boolean("sanction") for one in _entries(read, "requirements")
    ):
        read.letter.fault(
            "'law' has no 'sanction', and requirements of the pack carry one", read.letter.line_of("law")
        )


def _check_ids(read: LetterFiles, kind: str, known: frozenset[str], given: frozenset[str]) -> None:
    for id in sorted(given - known):
        read.places[id].fault(f"there is no {kind} {id!r} in the pack")
    for id in sorted(known - given):
        read.topics.fault(f"the {kind} {id!r} has no words", read.topics.line_of(f"{kind}s"))


def _entries(read: LetterFiles, name: str) -> Iterator[Entry]:
    """The entries of another file of the pack; its own faults are told where it is read."""
    file = read_file(read.folder / f"{name}.yaml", read.faults)
    return file.entries(name) if file.has(name) else iter(())


def _ids(read: LetterFiles, name: str) -> frozenset[str]:
    return frozenset(one.string("id") for one in _entries(read, name) if one.has("id"))


def _check_demands(read: LetterFiles) -> None:
    """What must be done is said in one place, with the provision beside it."""
    for id, item in read.own.items():
        if id in read.sentences:
            check_wording(item, id, read.sentences[id])
    for id, area in read.areas.items():
        for text in (area.strength, area.matters, *area.questions):
            refuse_demand(read.places[id], text)
    for id, text in read.suggestions.items():
        refuse_demand(read.places[id], text)
    for level in read.levels.values():
        if DEMAND.search(f"{level.proportion.sv} {level.proportion.en}"):
            line = read.topics.line_of("levels")
            read.topics.fault(f"the level {level.level} makes a demand", line)
