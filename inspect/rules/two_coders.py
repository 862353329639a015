"""Coding by two: who judges next, what stands, what a coder may see of the other, and who settles.

Method §2.3 S1 (every coding of severity 2 or more is judged by two, the higher stands while they
disagree), §2.19 (the second judges without seeing the first; one talk in some is drawn to be judged
by two whatever its severity) and §8 A4 (a change is a new judgement with a reason; the old is kept).

A *unit* is what one judgement is about: a whole statement, or a passage of it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Protocol
from uuid import UUID

from ...models.vocabulary import N_, CodingPart
from .coding import disagrees, needs_second_coder, standing_severity
from .inspection_flow import Reason
from .weighing.configuration import GRAVE

ONE_TALK_IN = 6
"""One talk in six is drawn to be coded by two: within the 10–20 % of method §2.19."""


class Judgement(Protocol):
    """One coder's judgement of one unit, as the table `codings` keeps it."""

    @property
    def part(self) -> CodingPart: ...
    @property
    def number(self) -> int: ...
    @property
    def theme(self) -> str: ...
    @property
    def severity(self) -> int: ...
    @property
    def coder_id(self) -> UUID | None: ...
    @property
    def coded_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for a unit."""

    theme: str
    severity: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one unit, sorted out: the latest of each coder, and the settlement while it holds."""

    first: Judgement | None = None
    second: Judgement | None = None
    settled: Judgement | None = None
    first_coders: frozenset[UUID | None] = field(default_factory=frozenset)
    """Everybody whose judgement has been the first one; none of them can be the second coder."""
    was_grave: bool = False
    """Somebody has at some time judged it as grave, whatever they judge now."""

    @property
    def is_double(self) -> bool:
        return self.first is not None and self.second is not None


def judged(judgements: Iterable[Judgement]) -> Judged:
    """Sort out the judgements of one unit, given in any order.

    A settlement ends the disagreement that it was made on: it names how many judgements it has seen
    by coming after them. A judgement changed later opens the question again.
    """
    rows = sorted(judgements, key=lambda row: (row.coded_at, _ORDER[row.part], row.number))
    latest = {row.part: row for row in sorted(rows, key=lambda row: row.number)}
    settled = latest.get(CodingPart.SETTLED)
    if settled is not None:
        after = rows[rows.index(settled) + 1 :]
        if any(row.part is not CodingPart.SETTLED for row in after):
            settled = None
    return Judged(
        first=latest.get(CodingPart.FIRST),
        second=latest.get(CodingPart.SECOND),
        settled=settled,
        first_coders=frozenset(row.coder_id for row in rows if row.part is CodingPart.FIRST),
        was_grave=any(row.severity >= GRAVE for row in rows),
    )


_ORDER = {CodingPart.FIRST: 0, CodingPart.SECOND: 1, CodingPart.SETTLED: 2}


def standing(unit: Judged) -> Standing | None:
    """What holds for a unit, None while it is not coded. The theme: the settled one, else the first's."""
    if unit.settled is not None:
        return Standing(unit.settled.theme, unit.settled.severity)
    if unit.first is None:
        return None
    second = unit.second.severity if unit.second is not None else None
    return Standing(unit.first.theme, standing_severity(unit.first.severity, second, None))


def lacks_second_coder(unit: Judged) -> bool:
    """Must somebody else judge it: because of what the first judges now, or once did when that was grave?"""
    if unit.first is None or unit.second is not None:
        return False
    return unit.was_grave or needs_second_coder(unit.first.severity)


def is_disputed(unit: Judged) -> bool:
    """The two coders differ on theme or severity, and it is not settled."""
    if unit.first is None or unit.second is None or unit.settled is not None:
        return False
    return unit.first.theme != unit.second.theme or disagrees(unit.first.severity, unit.second.severity)


def holds_up(unit: Judged) -> bool:
    """A disagreement that must be settled before the case goes on: one where 2 or more stands."""
    stands = standing(unit)
    return is_disputed(unit) and stands is not None and needs_second_coder(stands.severity)


def is_drawn(source_id: UUID) -> bool:
    """Is this talk one of those coded by two whatever the severity? The draw follows from its id alone."""
    return hashlib.sha256(source_id.bytes).digest()[0] % ONE_TALK_IN == 0


def part_of(unit: Judged, person: UUID) -> CodingPart | None:
    """Which coder `person` is, or would be, of this unit; None when two others have coded it."""
    if unit.first is None or person in unit.first_coders:
        return CodingPart.FIRST
    if unit.second is None or unit.second.coder_id == person:
        return CodingPart.SECOND
    return None


def own_judgement(unit: Judged, person: UUID) -> Judgement | None:
    """What `person` themself has judged, and nobody else."""
    for row in (unit.first, unit.second):
        if row is not None and row.coder_id == person:
            return row
    return None


def may_see_coding(unit: Judged, person: UUID, *, is_over: bool = False) -> bool:
    """May `person` see what others have judged of this unit, and their memos on it (the blind rule)?

    Those who have coded may when both have; somebody who still could be the second coder sees nothing.
    `is_over`: the case has left the weighing, and nobody codes any more.
    """
    if is_over or unit.first is None or unit.is_double:
        return True
    return person in unit.first_coders


def may_settle(unit: Judged, person: UUID) -> tuple[Reason, ...]:
    """Why `person` cannot settle this unit; empty when they can."""
    if not is_disputed(unit):
        return (Reason(N_("There is no disagreement to settle.")),)
    if all(row is None or row.coder_id != person for row in (unit.first, unit.second)):
        return (Reason(N_("Only one of the two coders settles it, when they have talked it through.")),)
    return ()


# --- Stretches of a text ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text in which the same passages are marked; `labels` is empty where none is."""

    text: str
    labels: tuple[str, ...]


def segments(text: str, passages: Sequence[tuple[str, int, int]]) -> tuple[Segment, ...]:
    """`text` cut where a passage (label, begins, ends) begins or ends; together they are the whole text."""
    cuts = sorted({0, len(text), *(place for _, b, e in passages for place in (b, e) if place <= len(text))})
    return tuple(
        Segment(text[begin:end], tuple(label for label, b, e in passages if b <= begin and end <= e))
        for begin, end in pairwise(cuts)
    )


def moved(begins: int, ends: int, before: str, after: str) -> tuple[int, int] | None:
    """Where the same words stand when the text around them is changed.

    None when they are changed too, and when they stand in more than one place and nothing tells which
    ("haha" in "hahaha" is two places).
    """
    words = before[begins:ends]
    shared = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        shared += 1
    if ends <= shared:
        return begins, ends
    shift = len(after) - len(before)
    place = begins + shift
    if place >= 0 and after[place:] == before[begins:]:
        return place, ends + shift
    found = after.find(words)
    if not words or found < 0 or found != after.rfind(words):
        return None
    return found, found + len(words)
