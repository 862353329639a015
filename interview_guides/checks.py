"""What must hold between the parts of a pack, and the simple rules of good questions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from .content import Area, Guide, Question, Requirement, SeverityAnchor, Text, Theme
from .nodes import Entry
from .pack import Pack

INFORMATION_ITEMS = ("rights", "supervision", "contact", "talks_without_guardian")
"""The four things that children and guardians must be informed of: 16 kap. 3 § SoF."""

SEVERITIES = (0, 1, 2, 3, 4)
TITLE_LENGTH = 60
PROBES = range(1, 4)
EXAMPLES = 3

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

# A question that puts the answer in the informant's mouth.
_LEADING = re.compile(
    r"eller hur\b|\bväl\?|\bvisst\b|\bhåller du med\b"
    r"|\b(?:tycker|känner|är|har|borde|kan) (?:du|det|ni) inte\b"
    r"|\b(?:don't|isn't|aren't|wouldn't|shouldn't|didn't|haven't) (?:you|it|they)\b"
    r"|\bsurely\b|\bright\?|\bdo you agree\b",
    re.IGNORECASE,
)
# A question that yes or no answers, by its first word. Probes may be such questions.
_CLOSED = {
    "sv": re.compile(
        r"(?:är|har|får|kan|finns|känner|tycker|brukar|vill|ska|går|vet|trivs|blir)\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|may|might)\b", re.IGNORECASE
    ),
}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


@dataclass(slots=True)
class Places:
    """Where in the files each value was read, so that a fault between two files points at a line."""

    about: Entry | None = None
    areas: list[tuple[Area, Entry]] = field(default_factory=list)
    themes: list[tuple[Theme, Entry]] = field(default_factory=list)
    requirements: list[tuple[Requirement, Entry]] = field(default_factory=list)
    guides: list[tuple[Guide, Entry]] = field(default_factory=list)
    questions: list[tuple[Question, Entry]] = field(default_factory=list)
    severity: list[tuple[SeverityAnchor, Entry]] = field(default_factory=list)


def check(pack: Pack, places: Places) -> None:
    """Record every fault between the parts of a pack."""
    for kind in ("areas", "themes", "requirements", "guides", "questions"):
        _check_ids(kind, getattr(places, kind))
    _check_information(pack, places)
    areas = {area.id for area in pack.areas}
    themes = {theme.id: theme.area for theme in pack.themes}
    for theme, entry in places.themes:
        if theme.area and theme.area not in areas:
            entry.fault(
                f"the theme {theme.id!r} names the unknown area {theme.area!r}", entry.line_of("area")
            )
    used = set(themes.values())
    for area, entry in places.areas:
        if area.id and area.id not in used:
            entry.fault(f"the area {area.id!r} has no theme", entry.line_of("id"))
    kinds = {id for id, _ in pack.evidence_kinds}
    for requirement, entry in places.requirements:
        _check_requirement(requirement, entry, set(themes), kinds)
    for question, entry in places.questions:
        _check_question(question, entry, areas, themes)
    _check_severity(places)


def _check_ids(kind: str, places: Iterable[tuple[_T, Entry]]) -> None:
    first: dict[str, Entry] = {}
    for content, entry in places:
        id = content.id
        if id and not _ID.fullmatch(id):
            entry.fault(f"the id {id!r} may hold only the letters a–z, digits and _", entry.line_of("id"))
        if id in first:
            other = f"{first[id].path.name}:{first[id].line_of('id')}"
            entry.fault(f"the id {id!r} is used twice among the {kind}: also at {other}", entry.line_of("id"))
        elif id:
            first[id] = entry


def _check_information(pack: Pack, places: Places) -> None:
    ids = tuple(id for id, _ in pack.information_items)
    about = places.about
    if about is not None and ids != INFORMATION_ITEMS:
        about.fault(
            f"'information_items' must be exactly {', '.join(INFORMATION_ITEMS)}",
            about.line_of("information_items"),
        )


def _check_requirement(requirement: Requirement, entry: Entry, themes: set[str], kinds: set[str]) -> None:
    if not requirement.themes:
        entry.fault(f"the requirement {requirement.id!r} has no theme", entry.line_of("themes"))
    _check_list(entry, "themes", requirement.themes, themes)
    if not requirement.evidence:
        entry.fault(f"the requirement {requirement.id!r} has no kind of evidence", entry.line_of("evidence"))
    _check_list(entry, "evidence", requirement.evidence, kinds)
    for language in ("sv", "en"):
        length = len(requirement.title.in_language(language))
        if length > TITLE_LENGTH:
            entry.fault(
                f"the title ({language}) has {length} characters; at most {TITLE_LENGTH}",
                entry.line_of("title"),
            )
    if requirement.valid_to is not None and requirement.valid_to < requirement.valid_from:
        entry.fault("'valid_to' is before 'valid_from'", entry.line_of("valid_to"))
    if requirement.sanction_from is not None and not requirement.sanction:
        entry.fault("'sanction_from' needs 'sanction: true'", entry.line_of("sanction_from"))


def _check_list(entry: Entry, name: str, ids: tuple[str, ...], known: set[str]) -> None:
    for id in dict.fromkeys(ids):
        if id and id not in known:
            entry.fault(f"{name!r} names {id!r}, which does not exist", entry.line_of(name))
        if ids.count(id) > 1:
            entry.fault(f"{name!r} names {id!r} twice", entry.line_of(name))


def _check_question(question: Question, entry: Entry, areas: set[str], themes: dict[str, str]) -> None:
    if question.area and question.area not in areas:
        entry.fault(f"the question names the unknown area {question.area!r}", entry.line_of("area"))
    if question.theme is not None and question.theme not in themes:
        entry.fault(f"the question names the unknown theme {question.theme!r}", entry.line_of("theme"))
    elif question.theme is not None and themes[question.theme] != question.area:
        entry.fault(
            f"the theme {question.theme!r} is in the area {themes[question.theme]!r}, not {question.area!r}",
            entry.line_of("theme"),
        )
    if len(question.probes) not in PROBES:
        entry.fault(
            f"a question has 1–3 probes, this one has {len(question.probes)}", entry.line_of("probes")
        )
    _check_asking(question.text, entry, "text")
    for probe in question.probes:
        _check_asking(probe, entry, "probes")
    for language, closed in _CLOSED.items():
        if closed.match(question.text.in_language(language)):
            entry.fault(f"the question ({language}) can be answered with yes or no", entry.line_of("text"))


def _check_asking(text: Text, entry: Entry, name: str) -> None:
    for language in ("sv", "en"):
        words = text.in_language(language)
        if words.count("?") > 1:
            entry.fault(f"two questions in one ({language}): {words!r}", entry.line_of(name))
        if _LEADING.search(words):
            entry.fault(f"a leading question ({language}): {words!r}", entry.line_of(name))


def _check_severity(places: Places) -> None:
    found = [anchor.severity for anchor, _ in places.severity]
    if places.severity and tuple(found) != SEVERITIES:
        first = places.severity[0][1]
        first.fault("the severities must be 0, 1, 2, 3 and 4, in that order")
    for anchor, entry in places.severity:
        if len(anchor.examples) != EXAMPLES:
            entry.fault(
                f"an anchor has {EXAMPLES} examples, this one has {len(anchor.examples)}",
                entry.line_of("examples"),
            )
