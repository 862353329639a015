"""Weigh a stored inspection by the method (docs/method.md) and keep the result with its stamp."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import AreaAssessment, Check, WeighedArea, WeighingRun
from ...models.codings import Passage
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import N_, Informant, Wish
from ..errors import NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.overrides import binding_rule
from ..rules.weighing import (
    Case,
    CheckResult,
    Coding,
    Perspective,
    Resolution,
    Stamp,
    Status,
    Weighing,
    result_as_json,
    weigh,
)
from ..rules.weighing import Check as WeighedCheck
from ..rules.weighing import Inspection as WeighedInspection
from ..rules.weighing import Interview as WeighedTalk
from ..rules.weighing.patterns import minor_themes
from ..rules.weighing.results import Versions
from ..rules.weighing.stamp import stamp_of
from .code_statement import code_book_of
from .find_evidence import Sources, find_all_sources, statement_lines
from .find_history import earlier_minor_themes
from .gather_facts import gather_facts
from .measure_reliability import latest_alpha
from .record_event import record_event
from .weighing_catalogue import catalogue_of as catalogue_of


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case as it was weighed: what went in, what was minor at the home before, and what came out.

    `checks`: the marks that it was made of, with their notes.
    """

    case: Case
    result: Weighing
    earlier_minor_themes: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()


_JUDGED_PASSAGES = (
    select(Passage)
    .where(Passage.inspection_id == bindparam("inspection_id"), Passage.severity.is_not(None))
    .order_by(Passage.begins, Passage.id)
)


_CHECKS = select(Check).where(Check.inspection_id == bindparam("inspection_id"))


def case_of(
    db: Session,
    inspection: Inspection,
    sources: Sources,
    *,
    alpha: Fraction | None = None,
    checks: Sequence[Check] | None = None,
) -> Case:
    """What the method weighs of `inspection` (loaded whole).

    Judged statements, judged passages of them, and marked requirements. `alpha`: how alike two coders
    have judged at the authority (services/measure_reliability.py). `checks`: when already at hand.
    """
    catalogue = catalogue_of(load_pack(inspection.pack))
    passages: defaultdict[UUID, list[Passage]] = defaultdict(list)
    for passage in db.scalars(_JUDGED_PASSAGES, {"inspection_id": inspection.id}):
        passages[passage.statement_id].append(passage)
    codings = [
        _coding(statement, unit, line.person, Perspective(line.source_kind.value))
        for line in statement_lines(sources)
        for statement in (line.statement,)
        for unit in (statement, *passages.get(statement.id, ()))
        if unit.severity is not None and unit.theme is not None
    ]
    if checks is None:
        checks = db.scalars(_CHECKS, {"inspection_id": inspection.id}).all()
    return Case(
        catalogue,
        WeighedInspection(
            id=str(inspection.id),
            residents=len(inspection.residents),
            codings=tuple(codings),
            checks=tuple(_check(check) for check in checks if check.requirement in catalogue.requirements),
            interviews=tuple(
                WeighedTalk(source=talk.person, deviation=talk.deviation) for talk in sources.talks
            ),
            alpha=alpha,
            children_first=children_were_first(sources.talks),
        ),
    )


def children_were_first(talks: Sequence[Interview]) -> bool:
    """The first talk with a child ended before the first talk with an adult began (method §2.2)."""
    adults = [talk.started_at for talk in talks if talk.informant is not Informant.CHILD]
    children = [talk.ended_at for talk in talks if talk.informant is Informant.CHILD and talk.ended_at]
    return not adults or (bool(children) and min(children) <= min(adults))


def weigh_inspection(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> WeighingRun:
    """Weigh and keep the result. Runs are only added: an earlier result is never changed.

    Raises NotPossibleNow while the official's own view of an area is missing: it comes first.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case weigh it."))
    facts = gather_facts(db, inspection, now=now)
    if facts.areas_without_own_view:
        raise NotPossibleNow(
            N_("Write your own view of each area first. Left: %(num)s."),
            {"num": len(facts.areas_without_own_view)},
        )
    return keep_weighing(db, actor=actor, inspection=inspection, now=now)


def keep_weighing(db: Session, *, actor: Actor | None, inspection: Inspection, now: datetime) -> WeighingRun:
    """Weigh `inspection` as it stands and add the result: whole, and a row per area with the own view."""
    found = weighed(db, inspection, now=now)
    result = found.result
    pack = load_pack(inspection.pack)
    versions = Versions(pack.version, code_book_of(pack))
    run = WeighingRun(
        inspection_id=inspection.id,
        at=now,
        by_id=actor.user_id if actor else None,
        method_version=result.stamp.version,
        config_hash=result.stamp.config_hash,
        input_hash=result.stamp.input_hash,
        catalogue_version=versions.catalogue_version,
        code_book=versions.code_book,
        result=result_as_json(result, versions=versions),
        minor_themes=sorted(minor_themes(found.case.catalogue, result)),
    )
    db.add(run)
    db.flush()
    db.add_all(_weighed_areas(db, inspection, run, result))
    db.flush()
    record_event(db, EventKind.WEIGHED, actor=actor, now=now, inspection_id=inspection.id, run=run.id)
    return run


def _weighed_areas(
    db: Session, inspection: Inspection, run: WeighingRun, result: Weighing
) -> list[WeighedArea]:
    """One row per area: both views, what bound the position, and how sure it is."""
    own: dict[str, int | None] = {
        row.area: row.own_position
        for row in db.execute(
            select(AreaAssessment.area, AreaAssessment.own_position).where(
                AreaAssessment.inspection_id == inspection.id
            )
        )
    }
    return [
        WeighedArea(
            run_id=run.id,
            area=name,
            position=_plain(area.position),
            own=own.get(name),
            base=area.base,
            binding_rule=binding_rule(area),
            lowest=_plain(area.bounds[0]) if area.bounds else None,
            highest=_plain(area.bounds[1]) if area.bounds else None,
            confidence=_plain(area.confidence),
            action=_plain(area.action),
        )
        for name, area in result.areas.items()
    ]


def _plain(code: int | None) -> int | None:
    """The number behind a word of the method, as columns hold it."""
    return None if code is None else int(code)


def weighed(
    db: Session, inspection: Inspection, sources: Sources | None = None, *, now: datetime | None = None
) -> Weighed:
    """The weighing of `inspection` as it stands now; nothing is stored. `sources`: when already at hand.

    How alike two coders judge is read as of `now`; without it, as of the latest weighing that was kept,
    so that what stands can be compared with what was weighed and differs by its evidence only.
    """
    at = now or db.scalar(_LATEST_AT, {"inspection_id": inspection.id}) or inspection.state_since
    checks = tuple(db.scalars(_CHECKS, {"inspection_id": inspection.id}))
    case = case_of(
        db,
        inspection,
        sources or find_all_sources(db, inspection),
        alpha=latest_alpha(db, before=at),
        checks=checks,
    )
    earlier = earlier_minor_themes(db, inspection)
    return Weighed(case, _weigh(case, earlier), earlier, checks)


MOST_KEPT = 64
_kept: dict[tuple[Stamp, frozenset[str]], Weighing] = {}


def _weigh(case: Case, earlier: frozenset[str]) -> Weighing:
    """The weighing follows from the evidence and the method alone, so it is kept under their stamp."""
    key = (stamp_of(case.catalogue, case.inspection), earlier)
    found = _kept.get(key)
    if found is None:
        found = weigh(case.catalogue, case.inspection, earlier_minor_themes=earlier)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = found
    return found


_LATEST_AT = select(func.max(WeighingRun.at)).where(WeighingRun.inspection_id == bindparam("inspection_id"))


def latest_run(db: Session, inspection: Inspection) -> WeighingRun | None:
    return db.scalar(
        select(WeighingRun)
        .where(WeighingRun.inspection_id == inspection.id)
        .order_by(WeighingRun.at.desc(), WeighingRun.id.desc())
        .limit(1)
    )


def _coding(statement: Statement, unit: Statement | Passage, source: str, perspective: Perspective) -> Coding:
    """A statement, or a passage of it: what is known of the statement holds for its passages too."""
    return Coding(
        id=unit.label,
        source=source,
        perspective=perspective,
        theme=unit.theme or "",
        severity=unit.severity or 0,
        firsthand=statement.firsthand,
        status=Status(statement.status.value),
        resolution=Resolution(unit.resolution.value) if unit.resolution else None,
        prompted=statement.prompted,
        important=statement.important,
        concrete=statement.concrete,
        release=statement.wish is Wish.MAY_BE_TOLD,
    )


def _check(check: Check) -> WeighedCheck:
    return WeighedCheck(
        requirement=check.requirement,
        result=CheckResult(check.result.value),
        consequence=check.consequence,
        extent=check.extent,
        repeated=check.repeated,
        fixed=check.fixed,
        self_reported=check.self_reported,
    )
