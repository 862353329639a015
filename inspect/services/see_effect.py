"""How the areas of a home stand over its visits, and whether it has become better for those it is for.

Only what has been told is shown: earlier visits whose letter has been sent, and no area that was held back
(METHOD 2.17). It shows change; it is no score, and homes are never put beside each other here.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...interview_guides.content import Area
from ...interview_guides.guide import load_pack
from ...models.assessments import WeighedArea, WeighingRun
from ...models.dialogue_vocabulary import Better
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...models.reached_rows import EARLIER
from ...models.vocabulary import FindingKind
from ..outside.clock import SWEDEN
from ..outside.reach import reaching_also
from .follow_up_measure import grounds_of
from .letter_passages import letter_head
from .read_letter import points_of

MOST_VISITS = 6
WORST = (Better.BETTER, Better.PARTLY, Better.SAME, Better.WORSE)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: its day, and by area the position 1–4, or None where it could not be assessed or is held."""

    on: date
    positions: dict[str, int | None]
    is_this: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """The visits, the earliest first; the areas that any of them assessed; what is answered now."""

    visits: tuple[Visit, ...]
    areas: tuple[Area, ...]
    better: dict[str, Better]
    """By area: what they answer now, the worst where there are several deficiencies."""


def see_effect(db: Session, inspection: Inspection) -> Effect:
    """The home of this case over its visits; at most MOST_VISITS, the latest ones."""
    with reaching_also(db, EARLIER):
        return _see_effect(db, inspection)


def _see_effect(db: Session, inspection: Inspection) -> Effect:
    pack = load_pack(inspection.pack)
    rows = _visits(db, inspection)
    runs = _latest_runs(db, [one.id for one in rows])
    positions = _positions(db, list(runs.values()))
    visits = tuple(
        Visit(
            (one.visit_started_at or one.created_at).astimezone(SWEDEN).date(),
            positions.get(runs[one.id].id, {}) if one.id in runs else {},
            one.id == inspection.id,
        )
        for one in rows
    )
    better = _better(db, inspection)
    seen = {area for visit in visits for area in visit.positions} | set(better)
    return Effect(visits, tuple(one for one in pack.areas if one.id in seen), better)


def _visits(db: Session, inspection: Inspection) -> list[Inspection]:
    day = func.coalesce(Inspection.visit_started_at, Inspection.created_at)
    told = select(Letter.inspection_id).where(
        Letter.kind == LetterKind.FEEDBACK, Letter.state == LetterState.SENT
    )
    rows = db.scalars(
        select(Inspection)
        .where(
            Inspection.home_id == inspection.home_id,
            Inspection.pack == inspection.pack,
            (Inspection.id == inspection.id) | Inspection.id.in_(told),
            day <= (inspection.visit_started_at or inspection.created_at),
        )
        .order_by(day.desc(), Inspection.id.desc())
        .limit(MOST_VISITS)
    ).all()
    return list(reversed(rows))


def _latest_runs(db: Session, cases: list[object]) -> dict[object, WeighingRun]:
    runs = db.scalars(
        select(WeighingRun)
        .where(WeighingRun.inspection_id.in_(cases))
        .order_by(WeighingRun.at, WeighingRun.id)
    )
    return {one.inspection_id: one for one in runs}


def _positions(db: Session, runs: list[WeighingRun]) -> dict[object, dict[str, int | None]]:
    """By run and area; None for an area that was held, as for one that could not be assessed."""
    held = {
        (one.id, area)
        for one in runs
        for area, result in one.result["areas"].items()
        if result["flags"]["investigate"] or result["flags"]["disclosure_risk"]
    }
    found: dict[object, dict[str, int | None]] = {}
    for row in db.scalars(select(WeighedArea).where(WeighedArea.run_id.in_([one.id for one in runs]))):
        position = None if (row.run_id, row.area) in held else row.position
        found.setdefault(row.run_id, {})[row.area] = position
    return found


def _better(db: Session, inspection: Inspection) -> dict[str, Better]:
    letter = letter_head(db, inspection)
    if letter is None:
        return {}
    grounds, found = grounds_of(db, letter), dict[str, Better]()
    for point in points_of(db, letter):
        if point.finding.kind is not FindingKind.DEFICIENCY:
            continue
        for measure in point.measures:
            kept = grounds.get(measure.id)
            if kept is not None and kept.better is not None:
                area = point.finding.area
                found[area] = max(found.get(area, kept.better), kept.better, key=WORST.index)
    return found
