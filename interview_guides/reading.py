"""From the files of a pack to its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .catalogue_files import read_anchor, read_area, read_requirement, read_theme
from .checks import check
from .content import Activity, Status, Text
from .faults import BrokenPack, Fault, FaultList
from .guide_files import in_order, read_guide
from .nodes import read_file, read_list
from .pack import Pack, UnknownContent
from .pack_file import read_activities, read_change, read_gate, read_status, read_vocabulary, read_words
from .places import Places

PACKS = Path(__file__).parent / "packs"
NOTHING: Mapping[str, str] = MappingProxyType({})


class UnknownPack(UnknownContent):
    """There is no pack of that name."""

    def __str__(self) -> str:
        return f"there is no pack {self.id!r}; there are: {', '.join(available_packs())}"


def available_packs() -> tuple[str, ...]:
    """The ids of the packs that come with the product, in alphabetical order."""
    return tuple(sorted(file.parent.name for file in PACKS.glob("*/pack.yaml")))


@dataclass(frozen=True, slots=True)
class PackCard:
    """What a list of packs shows of one: what its `pack.yaml` says, without reading the rest."""

    id: str
    title: Text
    version: str
    status: Status
    verified_note: Text | None
    is_default: bool
    activities: tuple[Activity, ...]

    @property
    def is_example(self) -> bool:
        return self.status == "example"


@cache
def pack_cards() -> tuple[PackCard, ...]:
    """Every pack that comes with the product: those in use before the examples, then by their ids."""
    cards = (read_card(PACKS / id) for id in available_packs())
    return tuple(sorted(cards, key=lambda card: (card.is_example, card.id)))


def default_pack() -> str:
    """The id of the pack that is meant where none is named: its `pack.yaml` says `default: true`.

    :raises UnknownPack: none says so.
    """
    for card in pack_cards():
        if card.is_default:
            return card.id
    raise UnknownPack("default", "default")


def packs_for(activity: str) -> tuple[PackCard, ...]:
    """The packs that can be chosen for a kind of activity in the register."""
    return tuple(card for card in pack_cards() if activity in {one.id for one in card.activities})


def activities() -> tuple[Activity, ...]:
    """The kinds of activity that the packs are made for, each once, in the order of the packs."""
    found: dict[str, Activity] = {}
    for card in pack_cards():
        for one in card.activities:
            found.setdefault(one.id, one)
    return tuple(found.values())


@cache
def load_pack(pack_id: str | None = None) -> Pack:
    """The pack of that id, or the default pack. Read once in the life of the process.

    Checked, but for how its questions are put and the words of its letter: ``check_pack`` looks at all.

    :raises UnknownPack: there is none (a ``KeyError``).
    :raises BrokenPack: it has faults; the exception lists them all.
    """
    if pack_id is None:
        return load_pack(default_pack())
    if pack_id not in available_packs():
        raise UnknownPack(pack_id, pack_id)
    pack, faults = read_pack(PACKS / pack_id, wordings=False)
    if faults:
        raise BrokenPack(pack_id, faults)
    return pack


def read_card(folder: Path) -> PackCard:
    """What the `pack.yaml` of a folder says for a list; its faults are for ``check_pack`` to tell."""
    about, places = read_file(folder / "pack.yaml", FaultList()), Places()
    return PackCard(
        id=about.string("id"),
        title=about.text("title"),
        version=about.string("version"),
        status=read_status(about),
        verified_note=about.optional_text("verified_note"),
        is_default=about.boolean("default"),
        activities=read_activities(about, places),
    )


def read_pack(
    folder: Path, instead: Mapping[str, str] = NOTHING, *, wordings: bool = True
) -> tuple[Pack, tuple[Fault, ...]]:
    """What the files of a folder say, and every fault. With faults the values are not fit for use.

    ``instead``: texts that are read in the place of files of ``guides/``, by the name of the file without
    its ending; a draft is checked so against the whole pack. ``wordings``: also how the questions are put.
    """
    faults = FaultList()
    places = Places()
    about, areas, themes, requirements, severity = (
        read_file(folder / f"{name}.yaml", faults)
        for name in ("pack", "areas", "themes", "requirements", "severity")
    )
    guides = [
        read_file(path, faults, instead.get(path.stem)) for path in sorted((folder / "guides").glob("*.yaml"))
    ]
    if not guides:
        faults.add(folder / "guides", 1, "there are no guides")
    pack = Pack(
        id=about.string("id"),
        version=about.string("version"),
        title=about.text("title"),
        users=read_vocabulary(about.entry("users")),
        areas=read_list(areas, "areas", lambda entry: read_area(entry, places)),
        themes=read_list(themes, "themes", lambda entry: read_theme(entry, places)),
        requirements=read_list(requirements, "requirements", lambda entry: read_requirement(entry, places)),
        guides=in_order(about, tuple(read_guide(entry, places) for entry in guides), places),
        severity=read_list(severity, "severity", lambda entry: read_anchor(entry, places)),
        information_items=read_list(
            about, "information_items", lambda item: (item.string("id"), item.text("text"))
        ),
        evidence_kinds=read_list(
            about, "evidence_kinds", lambda item: (item.string("id"), item.text("text"))
        ),
        changes=read_list(about, "changes", read_change) if about.has("changes") else (),
        status=read_status(about),
        verified_note=about.optional_text("verified_note"),
        is_default=about.boolean("default"),
        activities=read_activities(about, places),
        gate=read_gate(about, places),
        provider_words=read_words(about, "provider_words"),
        informants=read_words(about, "informants"),
    )
    places.about = about
    for file in (about, areas, themes, requirements, severity, *guides):
        file.finish()
    if pack.id and pack.id != folder.resolve().name:
        about.fault(f"the id {pack.id!r} is not the name of the folder", about.line_of("id"))
    check(pack, places, wordings=wordings)
    return pack, faults.in_order()
