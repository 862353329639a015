"""What a schema cannot say of the codings and passages in a file of the format tillsyn-inspection/1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ...models.vocabulary import N_, CodingPart
from .two_coders import Standing, judged, standing


@dataclass(frozen=True, slots=True)
class CodingFault:
    """One fault: the path below the statement (`passages[0].ends`), and what, as a catalogue message."""

    path: str
    text: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """One coding of a file as the rules of two coders read it. Who coded it is a name, not a person here."""

    part: CodingPart
    number: int
    theme: str
    severity: int
    coded_at: datetime
    coder_id: UUID | None = None


def given_codings(rows: list[dict[str, Any]]) -> list[Given]:
    """The codings of one unit, each numbered within its part. Raises ValueError on a bad time."""
    numbers = dict.fromkeys(CodingPart, 0)
    given = []
    for row in rows:
        part = CodingPart(row["part"])
        numbers[part] += 1
        at = datetime.fromisoformat(row["coded_at"])
        if at.tzinfo is None:
            raise ValueError("no time zone")
        given.append(Given(part, numbers[part], row["theme"], row["severity"], at))
    return given


def coding_faults(statement: dict[str, Any], themes: set[str], seen: set[str]) -> Iterator[CodingFault]:
    """The faults in one statement's codings and passages; `seen` gathers the ids of the file."""
    yield from _unit_faults("", statement, themes)
    length = len(statement["text"])
    for i, passage in enumerate(statement.get("passages", ())):
        place = f"passages[{i}]"
        if passage["id"] in seen:
            yield CodingFault(f"{place}.id", N_("the id “%(id)s” is used twice"), {"id": passage["id"]})
        seen.add(passage["id"])
        if not passage["begins"] < passage["ends"] <= length:
            values = {"begins": passage["begins"], "ends": passage["ends"], "length": length}
            text = N_("%(begins)s–%(ends)s is no stretch of a text of %(length)s characters")
            yield CodingFault(f"{place}.ends", text, values)
        if passage["theme"] is not None and passage["theme"] not in themes:
            theme = {"theme": passage["theme"]}
            yield CodingFault(f"{place}.theme", N_("unknown theme “%(theme)s”"), theme)
        if passage.get("resolution") and (passage["severity"] or 0) < 3:
            text = N_("only statements of severity 3 or 4 are investigated")
            yield CodingFault(f"{place}.resolution", text, {})
        yield from _unit_faults(f"{place}.", passage, themes)


def _unit_faults(place: str, unit: dict[str, Any], themes: set[str]) -> Iterator[CodingFault]:
    rows = unit.get("codings")
    if not rows:
        return
    for i, row in enumerate(rows):
        if row["theme"] not in themes:
            theme = {"theme": row["theme"]}
            yield CodingFault(f"{place}codings[{i}].theme", N_("unknown theme “%(theme)s”"), theme)
    try:
        sorted_out = judged(given_codings(rows))
    except ValueError:
        text = N_("is not a time with a time zone, as 2026-10-06T13:05+02:00")
        yield CodingFault(f"{place}codings", text, {})
        return
    if sorted_out.first is None or (sorted_out.settled is not None and not sorted_out.is_double):
        text = N_("a second coding needs a first one, and what is settled needs both")
        yield CodingFault(f"{place}codings", text, {})
    elif standing(sorted_out) != Standing(unit["theme"], unit["severity"]):
        text = N_("the theme and severity are not those that the codings lead to")
        yield CodingFault(f"{place}severity", text, {})
