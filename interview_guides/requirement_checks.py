"""What must hold of requirements: a source, a validity of their own, and who answers for them."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from .content import Requirement
from .nodes import Entry, check_names
from .pack import Pack
from .places import Places

TITLE_LENGTH = 60

Placed = tuple[Requirement, Entry]

_NUMBER = re.compile(r"\d")


def check_requirements(pack: Pack, places: Places) -> None:
    """Record every fault of the requirements, alone and between them."""
    themes = {theme.id for theme in pack.themes}
    kinds = {id for id, _ in pack.evidence_kinds}
    for requirement, entry in places.requirements:
        _check_one(requirement, entry, themes, kinds)
    _check_replaced(places.requirements)
    for (one, _), (other, entry) in _alike(places.requirements):
        day = _both_hold(one, other)
        if day is not None:
            entry.fault(
                f"{other.id} has the wording of {one.id}, and both are in force on {day}",
                entry.line_of("wording"),
            )


def _check_one(requirement: Requirement, entry: Entry, themes: set[str], kinds: set[str]) -> None:
    for name, known, thing in (("themes", themes, "theme"), ("evidence", kinds, "kind of evidence")):
        ids = getattr(requirement, name)
        if not ids:
            entry.fault(f"the requirement {requirement.id!r} has no {thing}", entry.line_of(name))
        check_names(entry, name, ids, known)
    for language in ("sv", "en"):
        length = len(requirement.title.in_language(language))
        if length > TITLE_LENGTH:
            entry.fault(
                f"the title ({language}) has {length} characters; at most {TITLE_LENGTH}",
                entry.line_of("title"),
            )
        source = requirement.source.in_language(language)
        if source and not _NUMBER.search(source):
            entry.fault(
                f"the source ({language}) names no statute, chapter, section or article by its number",
                entry.line_of("source"),
            )
    if requirement.valid_to is not None and requirement.valid_to < requirement.valid_from:
        entry.fault("'valid_to' is before 'valid_from'", entry.line_of("valid_to"))
    if requirement.sanction_from is not None and not requirement.sanction:
        entry.fault("'sanction_from' needs 'sanction: true'", entry.line_of("sanction_from"))
    if requirement.sanction and not requirement.can_be_deficiency_of_home:
        entry.fault(
            "a duty of the committee alone can never lead to a sanction against the provider",
            entry.line_of("sanction"),
        )


def _check_replaced(requirements: list[Placed]) -> None:
    """What is replaced has ended the day before at the latest."""
    known = {requirement.id: requirement for requirement, _ in requirements}
    for requirement, entry in requirements:
        if requirement.replaces is None:
            continue
        line = entry.line_of("replaces")
        old = known.get(requirement.replaces)
        if old is None:
            entry.fault(f"'replaces' names {requirement.replaces!r}, which does not exist", line)
        elif old is requirement:
            entry.fault(f"{requirement.id} cannot replace itself", line)
        elif (day := _both_hold(old, requirement)) is not None:
            entry.fault(
                f"{old.id} is replaced, but both are in force on {day}: give {old.id} a 'valid_to'", line
            )
        elif old.valid_from > requirement.valid_from:
            entry.fault(f"{old.id} begins after {requirement.id}, which is to replace it", line)


def _alike(requirements: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """The pairs of requirements of one wording, however it is spaced and cased."""
    by_wording: dict[str, list[Placed]] = {}
    for requirement, entry in requirements:
        wording = " ".join(requirement.wording.sv.casefold().split())
        if wording:
            by_wording.setdefault(wording, []).append((requirement, entry))
    for same in by_wording.values():
        yield from combinations(same, 2)


def _both_hold(one: Requirement, other: Requirement) -> date | None:
    """The first day on which both are in force; ``None`` where there is none."""
    day = max(one.valid_from, other.valid_from)
    return day if one.in_force_on(day) and other.in_force_on(day) else None
