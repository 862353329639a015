"""From the files of a pack to its values."""

from functools import cache
from pathlib import Path
from typing import cast

from .checks import Places, check
from .content import (
    Area,
    Guide,
    Informant,
    Question,
    Requirement,
    Responsible,
    SeverityAnchor,
    Theme,
    Vocabulary,
)
from .faults import BrokenPack, Fault, FaultList
from .nodes import Entry, read_file, read_list
from .pack import Pack, UnknownContent

PACKS = Path(__file__).parent / "packs"


class UnknownPack(UnknownContent):
    """There is no pack of that name."""

    def __str__(self) -> str:
        return f"there is no pack {self.id!r}; there are: {', '.join(available_packs())}"


def available_packs() -> tuple[str, ...]:
    """The ids of the packs that come with the product, in alphabetical order."""
    return tuple(sorted(file.parent.name for file in PACKS.glob("*/pack.yaml")))


@cache
def load_pack(pack_id: str = "hvb") -> Pack:
    """The pack of that id, checked. Read once in the life of the process.

    :raises UnknownPack: there is none (a ``KeyError``).
    :raises BrokenPack: it has faults; the exception lists them all.
    """
    if pack_id not in available_packs():
        raise UnknownPack(pack_id, pack_id)
    pack, faults = read_pack(PACKS / pack_id)
    if faults:
        raise BrokenPack(pack_id, faults)
    return pack


def check_pack(path: Path | str) -> tuple[Fault, ...]:
    """Every fault of the pack in a folder, in the order of files and lines; empty for a pack that loads."""
    return read_pack(Path(path))[1]


def read_pack(folder: Path) -> tuple[Pack, tuple[Fault, ...]]:
    """What the files of a folder say, and every fault. With faults the values are not fit for use."""
    faults = FaultList()
    places = Places()
    about, areas, themes, requirements, severity = (
        read_file(folder / f"{name}.yaml", faults)
        for name in ("pack", "areas", "themes", "requirements", "severity")
    )
    guides = [read_file(path, faults) for path in sorted((folder / "guides").glob("*.yaml"))]
    if not guides:
        faults.add(folder / "guides", 1, "there are no guides")
    pack = Pack(
        id=about.string("id"),
        version=about.string("version"),
        title=about.text("title"),
        users=_vocabulary(about.entry("users")),
        areas=read_list(areas, "areas", lambda entry: _area(entry, places)),
        themes=read_list(themes, "themes", lambda entry: _theme(entry, places)),
        requirements=read_list(requirements, "requirements", lambda entry: _requirement(entry, places)),
        guides=_in_order(about, tuple(_guide(entry, places) for entry in guides), places),
        severity=read_list(severity, "severity", lambda entry: _anchor(entry, places)),
        information_items=read_list(
            about, "information_items", lambda item: (item.string("id"), item.text("text"))
        ),
        evidence_kinds=read_list(
            about, "evidence_kinds", lambda item: (item.string("id"), item.text("text"))
        ),
    )
    places.about = about
    for file in (about, areas, themes, requirements, severity, *guides):
        file.finish()
    if pack.id and pack.id != folder.resolve().name:
        about.fault(f"the id {pack.id!r} is not the name of the folder", about.line_of("id"))
    check(pack, places)
    return pack, faults.in_order()


def _vocabulary(entry: Entry) -> Vocabulary:
    words = {name: entry.text(name) for name in Vocabulary.__slots__}
    entry.finish()
    return Vocabulary(**words)


def _area(entry: Entry, places: Places) -> Area:
    area = Area(entry.string("id"), entry.text("name"), entry.boolean("administrative"))
    places.areas.append((area, entry))
    return area


def _theme(entry: Entry, places: Places) -> Theme:
    theme = Theme(entry.string("id"), entry.string("area"), entry.text("name"))
    places.themes.append((theme, entry))
    return theme


def _requirement(entry: Entry, places: Places) -> Requirement:
    requirement = Requirement(
        id=entry.string("id"),
        wording=entry.text("wording"),
        title=entry.text("title"),
        source=entry.text("source"),
        responsible=cast(Responsible, entry.choice("responsible", "provider", "committee", "both")),
        sanction=entry.boolean("sanction"),
        themes=entry.strings("themes"),
        evidence=entry.strings("evidence"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.optional_day("valid_to"),
        note=entry.optional_text("note"),
        sanction_from=entry.optional_day("sanction_from"),
    )
    places.requirements.append((requirement, entry))
    return requirement


def _anchor(entry: Entry, places: Places) -> SeverityAnchor:
    anchor = SeverityAnchor(
        entry.integer("severity"), entry.text("name"), entry.text("text"), entry.texts("examples")
    )
    places.severity.append((anchor, entry))
    return anchor


def _guide(entry: Entry, places: Places) -> Guide:
    guide = Guide(
        id=entry.string("id"),
        informant=cast(Informant, entry.choice("informant", "child", "staff", "manager", "other")),
        title=entry.text("title"),
        version=entry.string("version"),
        ages=entry.optional_text("ages"),
        opening=entry.text("opening"),
        closing=entry.text("closing"),
        questions=read_list(entry, "questions", lambda item: _question(item, places)),
    )
    places.guides.append((guide, entry))
    return guide


def _question(entry: Entry, places: Places) -> Question:
    question = Question(
        id=entry.string("id"),
        area=entry.string("area"),
        theme=entry.string("theme") if entry.has("theme") else None,
        text=entry.text("text"),
        probes=entry.texts("probes"),
        why=entry.text("why"),
        listen_for=entry.optional_text("listen_for"),
        asked_of=entry.optional_text("asked_of"),
    )
    places.questions.append((question, entry))
    return question


def _in_order(about: Entry, guides: tuple[Guide, ...], places: Places) -> tuple[Guide, ...]:
    """The guides in the order that the pack lists them; a file that is not listed is a fault."""
    listed = about.strings("guides")
    for id in listed:
        if id not in {guide.id for guide in guides}:
            about.fault(f"there is no file for the guide {id!r}", about.line_of("guides"))
    for guide, entry in places.guides:
        if guide.id and guide.id not in listed:
            entry.fault(
                f"the guide {guide.id!r} is not in the list 'guides' of pack.yaml", entry.line_of("id")
            )
    return tuple(
        sorted(guides, key=lambda guide: listed.index(guide.id) if guide.id in listed else len(listed))
    )
