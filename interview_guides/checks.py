"""What must hold between the parts of a pack."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from .guide_checks import check_guides
from .nodes import ID, Entry
from .pack import Pack
from .pack_file import INFORMANTS
from .places import Places
from .requirement_checks import check_requirements

INFORMATION_ITEMS = ("rights", "supervision", "contact", "talks_without_guardian")
"""The four things that children and guardians must be informed of: 16 kap. 3 § SoF."""

SEVERITIES = (0, 1, 2, 3, 4)
EXAMPLES = 3


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


def check(pack: Pack, places: Places, *, wordings: bool = True) -> None:
    """Record every fault between the parts of a pack; ``wordings``: also of how the questions are put."""
    for kind in ("areas", "themes", "requirements", "guides", "questions", "activities"):
        _check_ids(kind, getattr(places, kind))
    if places.about is not None:
        _check_about(pack, places.about)
        _check_gate(pack, places.gate or places.about)
    _check_areas(pack, places)
    check_requirements(pack, places)
    check_guides(pack, places, wordings=wordings)
    _check_severity(places)


def _check_ids(kind: str, places: Iterable[tuple[_T, Entry]]) -> None:
    first: dict[str, Entry] = {}
    for content, entry in places:
        id = content.id
        if id and not ID.fullmatch(id):
            entry.fault(f"the id {id!r} may hold only the letters a–z, digits and _", entry.line_of("id"))
        if id in first:
            other = f"{first[id].path.name}:{first[id].line_of('id')}"
            entry.fault(f"the id {id!r} is used twice among the {kind}: also at {other}", entry.line_of("id"))
        elif id:
            first[id] = entry


def _check_about(pack: Pack, about: Entry) -> None:
    if tuple(id for id, _ in pack.information_items) != INFORMATION_ITEMS:
        about.fault(
            f"'information_items' must be exactly {', '.join(INFORMATION_ITEMS)}",
            about.line_of("information_items"),
        )
    kinds = [id for id, _ in pack.evidence_kinds]
    for id in sorted({id for id in kinds if kinds.count(id) > 1}):
        about.fault(f"the id {id!r} is used twice among the evidence_kinds", about.line_of("evidence_kinds"))
    if pack.changes and pack.changes[0].version != pack.version:
        about.fault(
            f"the first of 'changes' must be of the version {pack.version!r}", about.line_of("changes")
        )
    if pack.is_example and pack.verified_note is None:
        about.fault(
            "an example says in 'verified_note' what the authority is to verify", about.line_of("status")
        )
    if pack.is_example and pack.is_default:
        about.fault("an example cannot be the default pack", about.line_of("default"))
    if not pack.activities:
        about.fault("'activities' is missing: no inspection can be planned by the pack")
    for id, _ in pack.informants:
        if id not in INFORMANTS:
            about.fault(
                f"'informants' names {id!r}, who is none of {', '.join(INFORMANTS)}",
                about.line_of("informants"),
            )


def _check_gate(pack: Pack, entry: Entry) -> None:
    """Those who come first are known, have a guide, and do not wait for themselves."""
    gate = pack.gate
    for id in dict.fromkeys((gate.first, *gate.before)):
        if id and id not in INFORMANTS:
            entry.fault(
                f"the gate names {id!r}, who is none of {', '.join(INFORMANTS)}",
                entry.line_of("first" if id == gate.first else "before"),
            )
    if gate.first in INFORMANTS and gate.first != "child":
        entry.fault(
            "'first' must be child: offers of talks are listed for the people that the activity is for",
            entry.line_of("first"),
        )
    if gate.first in gate.before:
        entry.fault(f"{gate.first!r} is to be heard before {gate.first!r}", entry.line_of("before"))
    if not gate.before:
        entry.fault("the gate says before whom in 'before'", entry.line_of("before"))
    for id in dict.fromkeys(gate.before):
        if gate.before.count(id) > 1:
            entry.fault(f"'before' names {id!r} twice", entry.line_of("before"))
    if gate.first in INFORMANTS and not pack.guides_for(gate.first):
        entry.fault(
            f"there is no guide for a talk with {gate.first!r}, who is to be heard first",
            entry.line_of("first"),
        )


def _check_areas(pack: Pack, places: Places) -> None:
    areas = {area.id for area in pack.areas}
    for theme, entry in places.themes:
        if theme.area and theme.area not in areas:
            entry.fault(
                f"the theme {theme.id!r} names the unknown area {theme.area!r}", entry.line_of("area")
            )
    used = {theme.area for theme in pack.themes}
    for area, entry in places.areas:
        if area.id and area.id not in used:
            entry.fault(f"the area {area.id!r} has no theme", entry.line_of("id"))
        for id in area.not_asked_of:
            if id not in INFORMANTS:
                entry.fault(
                    f"'not_asked_of' names {id!r}, who is none of {', '.join(INFORMANTS)}",
                    entry.line_of("not_asked_of"),
                )


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
