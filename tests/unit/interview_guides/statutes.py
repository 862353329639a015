"""The statutes that the repository holds extracts of, and the reasoned list of those it does not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from tillsyn.interview_guides import reading

from .citations import Place

FOLDER = reading.PACKS.parent / "statutes"
_POINT = re.compile(r"(\d+(?: [a-z])?)\. |[a-z]\) |[-–] ")


@dataclass(frozen=True, slots=True)
class Statute:
    """An extract. ``sections``: the lines of each paragraph by its chapter ("" where there is none) and number."""

    number: str
    title: str
    names: tuple[str, ...]
    english: str
    origin: str
    sections: Mapping[tuple[str, str], tuple[str, ...]]
    since: Mapping[tuple[str, str], date]
    """The day that a paragraph entered into force, where it is later than the statute."""

    @property
    def has_chapters(self) -> bool:
        return any(chapter for chapter, _ in self.sections)

    def holds(self, place: Place) -> bool:
        """Whether the place is there, down to its paragraph (stycke) and point."""
        if not place.section:
            return any(chapter == place.chapter for chapter, _ in self.sections)
        lines = self.sections.get((place.chapter, place.section))
        if lines is None:
            return False
        paragraphs: list[list[str]] = []
        for line in lines:
            point = _POINT.match(line)
            if point is None:
                paragraphs.append([])
            elif point[1]:
                paragraphs[-1].append(point[1])
        among = paragraphs[place.paragraph - 1 : place.paragraph] if place.paragraph else paragraphs
        return bool(among) and (not place.point or any(place.point in points for points in among))


@cache
def statutes() -> dict[str, Statute]:
    """The extracts by the number of the statute. Transitional provisions are in "transition"."""
    found = {}
    for path in sorted(FOLDER.glob("[0-9]*.yaml")):
        written = yaml.safe_load(path.read_text("utf-8"))
        assert path.stem == written["statute"].replace(":", "-")
        places = [((one.get("chapter", ""), one["section"]), one["text"]) for one in written["sections"]]
        own = [one for one in written.get("transitions", ()) if one["act"] == written["statute"]]
        places += [(("transition", one["point"]), one["text"]) for one in own]
        assert len(dict(places)) == len(places), path.name
        found[written["statute"]] = Statute(
            number=written["statute"],
            title=written["title"],
            names=tuple(written["names"]),
            english=written["english"],
            origin=written["origin"],
            sections={place: tuple(text.strip().splitlines()) for place, text in places},
            since={
                (one.get("chapter", ""), one["section"]): one["in_force_from"]
                for one in written["sections"]
                if "in_force_from" in one
            },
        )
    return found


@cache
def names() -> dict[str, str]:
    """The number of each statute by each of its Swedish names and abbreviations."""
    return {name: number for number, statute in statutes().items() for name in statute.names}


@cache
def not_held() -> dict[str, dict[str, Any]]:
    """What the folder does not hold, by the number of the statute: the reason, the places, and for whom."""
    entries = yaml.safe_load((FOLDER / "not_held.yaml").read_text("utf-8"))["not_held"]
    return {entry["statute"]: entry for entry in entries}


def as_listed(place: Place) -> str:
    """A place as the list of what is not held writes it: "10 kap. 25", "2 kap.", "12", "" for the whole."""
    chapter = f"{place.chapter} kap." if place.chapter else ""
    return " ".join(part for part in (chapter, place.section) if part)


def is_listed(place: Place, is_example: bool) -> bool:
    """Whether a pack may cite the place though it is not held."""
    entry = not_held().get(place.statute)
    if entry is None:
        return False
    return as_listed(place) in entry.get("places", ()) or (is_example and entry.get("example", False))
