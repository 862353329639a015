"""What is found and waits to be passed on: copies to the municipality, points to the committees that answer.

Results are told to the municipality or region concerned (förordning 2013:176, 2 §). What a committee answers
for itself is never held against the home, and so nothing else reminds of it. A case does not end with
something left, unless somebody says why (rules/inspection_flow.py: `left_behind`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.assessments import Finding
from ...models.committees import CommitteePoint
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, LetterVersion
from ..rules.letter_committee import OF_COMMITTEES
from ..rules.letter_kinds import KINDS
from .copy_letter import copied_to
from .lay_out_letter import COPIED


class PassOn(Enum):
    """What waits: a copy to be sent, points to be routed, letters to be sent or noted as gone."""

    COPY = auto()
    ROUTE = auto()
    WRITE = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class ToPassOn:
    """One thing to do in a case. `kind`: of the letter; `number`: of points or letters, or its version."""

    what: PassOn
    kind: LetterKind
    number: int


def left_to_pass_on(db: Session, cases: Sequence[Inspection]) -> dict[UUID, tuple[ToPassOn, ...]]:
    """Of these cases, those in which something waits; a handful of questions, however many they are."""
    ids = [one.id for one in cases]
    if not ids:
        return {}
    told = _told(db, ids)
    found: dict[UUID, list[ToPassOn]] = {}
    for case, waits in (*_copies(db, cases, told), *_points(db, cases, told)):
        found.setdefault(case, []).append(waits)
    return {case: tuple(those) for case, those in found.items()}


Told = frozenset[tuple[str, str, int]]
"""Kind of event, letter and number of the version of everything that is noted as sent."""


def _told(db: Session, ids: Sequence[UUID]) -> Told:
    kinds = (EventKind.LETTER_COPIED, EventKind.COMMITTEE_TOLD)
    rows = db.execute(
        select(Event.kind, Event.details).where(among(Event.inspection_id, ids), Event.kind.in_(kinds))
    )
    return frozenset(
        (kind.value, str(details["letter"]), int(details["number"]))
        for kind, details in rows
        if details.get("reader", "municipality") == "municipality"
    )


def _copies(db: Session, cases: Sequence[Inspection], told: Told) -> list[tuple[UUID, ToPassOn]]:
    """The latest version of a letter of which the municipality gets a copy and has none."""
    by_id = {one.id: one for one in cases}
    rows = db.execute(
        select(Letter.id, Letter.inspection_id, Letter.kind, func.max(LetterVersion.number))
        .join(LetterVersion, LetterVersion.letter_id == Letter.id)
        .where(
            among(Letter.inspection_id, list(by_id)),
            Letter.kind.in_(COPIED),
            Letter.state == LetterState.SENT,
        )
        .group_by(Letter.id, Letter.inspection_id, Letter.kind)
        .order_by(Letter.id)
    )
    return [
        (case, ToPassOn(PassOn.COPY, kind, number))
        for letter, case, kind, number in rows
        if (EventKind.LETTER_COPIED.value, str(letter), number) not in told
        and copied_to(by_id[case], kind, "sv")
    ]


def _points(db: Session, cases: Sequence[Inspection], told: Told) -> list[tuple[UUID, ToPassOn]]:
    """Points of committees: not routed, routed and not sent, sent and not noted."""
    kind = LetterKind.COMMITTEE
    ids = [one.id for one in cases if one.state in KINDS[kind].states]
    rows = db.execute(
        select(Finding.inspection_id, Finding.id, CommitteePoint.committee_id, CommitteePoint.routed_at)
        .outerjoin(CommitteePoint, CommitteePoint.finding_id == Finding.id)
        .where(among(Finding.inspection_id, ids), Finding.responsible.in_(OF_COMMITTEES))
    ).all()
    gone = _gone(db, ids)
    found: list[tuple[UUID, ToPassOn]] = []
    for case in dict.fromkeys(row.inspection_id for row in rows):
        mine = [row for row in rows if row.inspection_id == case]
        unrouted = sum(row.committee_id is None for row in mine)
        unsent = len(
            {
                row.committee_id
                for row in mine
                if row.committee_id is not None and _is_news(row.committee_id, row.routed_at, gone.get(case))
            }
        )
        unnoted = sum(
            (EventKind.COMMITTEE_TOLD.value, letter, number) not in told
            for letter, number in {(one.letter, one.number) for one in gone.get(case, ())}
        )
        for what, number in ((PassOn.ROUTE, unrouted), (PassOn.WRITE, unsent), (PassOn.NOTE, unnoted)):
            if number:
                found.append((case, ToPassOn(what, kind, number)))
    return found


@dataclass(frozen=True, slots=True)
class _Gone:
    """A version that has gone to a committee: `at` is when its text was frozen."""

    committee: UUID
    letter: str
    number: int
    at: datetime


def _is_news(committee: UUID, routed_at: datetime | None, gone: Sequence[_Gone] | None) -> bool:
    """Whether a point came to a committee after the last letter to it was frozen, or it has got none."""
    last = max((one.at for one in gone or () if one.committee == committee), default=None)
    return last is None or (routed_at is not None and routed_at > last)


def _gone(db: Session, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[_Gone]]:
    """What has been made for committees, by case; each version in each of its languages."""
    rows = db.execute(
        select(
            Letter.inspection_id,
            LetterVersion.committee_id,
            Letter.id,
            LetterVersion.number,
            LetterVersion.at,
        )
        .join(LetterVersion, LetterVersion.letter_id == Letter.id)
        .where(
            among(Letter.inspection_id, ids),
            LetterVersion.committee_id.is_not(None),
            LetterVersion.sent_at.is_not(None),
        )
    )
    found: dict[UUID, list[_Gone]] = {}
    for case, committee, letter, number, at in rows:
        assert committee is not None  # noqa: S101 - the question asks for those alone  # nosec B101
        found.setdefault(case, []).append(_Gone(committee, str(letter), number, at))
    return found
