"""Weigh a stored inspection by the method (docs/method.md) and keep the result with its stamp."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import Check, WeighingRun
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import N_, EventKind, Informant, Wish
from ..errors import NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.weighing import (
    Case,
    Catalogue,
    CheckResult,
    Coding,
    Perspective,
    Resolution,
    Status,
    Weighing,
    result_as_json,
    weigh,
)
from ..rules.weighing import Check as WeighedCheck
from ..rules.weighing import Inspection as WeighedInspection
from ..rules.weighing import Interview as WeighedTalk
from .find_evidence import Sources, find_all_sources
from .gather_facts import gather_facts
from .record_event import record_event


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case as it was weighed: what went in, and what came out."""

    case: Case
    result: Weighing


_catalogues: dict[tuple[str, str], Catalogue] = {}


def catalogue_of(pack: Pack) -> Catalogue:
    """The catalogue of the method. What the law puts on the placing committee alone is left out:

    it is checked and passed on, but never weighed against the home. Made once per pack and version.
    """
    known = _catalogues.get((pack.id, pack.version))
    if known is None:
        known = _catalogues[pack.id, pack.version] = _catalogue(pack)
    return known


def _catalogue(pack: Pack) -> Catalogue:
    return Catalogue(
        themes={theme.id: theme.area for theme in pack.themes},
        requirements={
            requirement.id: frozenset(requirement.themes)
            for requirement in pack.requirements
            if requirement.can_be_deficiency_of_home
        },
        administrative_areas=frozenset(area.id for area in pack.areas if area.administrative),
    )


def case_of(db: Session, inspection: Inspection, sources: Sources) -> Case:
    """What the method weighs of `inspection` (loaded whole): judged statements and marked requirements."""
    catalogue = catalogue_of(load_pack(inspection.pack))
    codings = [
        _coding(statement, talk.person, Perspective(talk.informant.value))
        for talk in sources.talks
        for statement in talk.statements
        if statement.severity is not None and statement.theme is not None
    ]
    codings += [
        _coding(statement, item.person, Perspective(item.kind.value))
        for item in sources.evidence
        for statement in item.statements
        if statement.severity is not None and statement.theme is not None
    ]
    checks = db.scalars(select(Check).where(Check.inspection_id == inspection.id)).all()
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
    """Weigh `inspection` as it stands and add the result."""
    result = weighed(db, inspection).result
    run = WeighingRun(
        inspection_id=inspection.id,
        at=now,
        by_id=actor.user_id if actor else None,
        method_version=result.stamp.version,
        config_hash=result.stamp.config_hash,
        input_hash=result.stamp.input_hash,
        catalogue_version=load_pack(inspection.pack).version,
        result=result_as_json(result),
    )
    db.add(run)
    db.flush()
    record_event(db, EventKind.WEIGHED, actor=actor, now=now, inspection_id=inspection.id, run=run.id)
    return run


def weighed(db: Session, inspection: Inspection, sources: Sources | None = None) -> Weighed:
    """The weighing of `inspection` as it stands now; nothing is stored. `sources`: when already at hand."""
    case = case_of(db, inspection, sources or find_all_sources(db, inspection))
    return Weighed(case, weigh(case.catalogue, case.inspection))


def latest_run(db: Session, inspection: Inspection) -> WeighingRun | None:
    return db.scalar(
        select(WeighingRun)
        .where(WeighingRun.inspection_id == inspection.id)
        .order_by(WeighingRun.at.desc(), WeighingRun.id.desc())
        .limit(1)
    )


def _coding(statement: Statement, source: str, perspective: Perspective) -> Coding:
    return Coding(
        id=statement.label,
        source=source,
        perspective=perspective,
        theme=statement.theme or "",
        severity=statement.severity or 0,
        firsthand=statement.firsthand,
        status=Status(statement.status.value),
        resolution=Resolution(statement.resolution.value) if statement.resolution else None,
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
