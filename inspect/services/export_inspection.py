"""Give an inspection back as tillsyn-inspection/1: what import took in comes out the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...interview_guides.guide import default_pack
from ...models.assessments import Check
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import Informant, InformationItem, StatementStatus
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from .export_codings import exported_codings
from .record_event import record_event


def export_inspection(
    db: Session, *, actor: Actor | None, inspection: Inspection, now: datetime
) -> dict[str, Any]:
    """The inspection (loaded whole) as plain data. Leaves out keys that hold nothing."""
    talks = db.scalars(
        select(Interview)
        .where(Interview.inspection_id == inspection.id)
        .options(selectinload(Interview.statements))
        .order_by(Interview.id)
    ).all()
    evidence = db.scalars(
        select(Evidence)
        .where(Evidence.inspection_id == inspection.id)
        .options(selectinload(Evidence.statements))
        .order_by(Evidence.id)
    ).all()
    checks = db.scalars(
        select(Check).where(Check.inspection_id == inspection.id).order_by(Check.position, Check.requirement)
    ).all()
    coded = exported_codings(db, inspection)
    record_event(db, EventKind.INSPECTION_EXPORTED, actor=actor, now=now, inspection_id=inspection.id)
    given = {item.item for item in inspection.information}
    return {
        "format": "tillsyn-inspection/1",
        "dnr": inspection.dnr,
        "title": inspection.title,
        **({"pack": inspection.pack} if inspection.pack != default_pack() else {}),
        "announced": inspection.announced,
        **({"planned_on": inspection.planned_on.isoformat()} if inspection.planned_on else {}),
        **_filled(focus_areas=inspection.focus_areas, risk_note=inspection.risk_note),
        "provider": {
            "name": inspection.home.provider.name,
            "organisation_number": inspection.home.provider.organisation_number,
            "kind": inspection.home.provider.kind.value,
        },
        "home": {
            "name": inspection.home.name,
            "municipality": inspection.home.municipality,
            "kind": inspection.home.kind,
            "places": inspection.home.places,
            **_filled(target_group=inspection.home.target_group),
        },
        "visit": _times(
            started_at=inspection.visit_started_at or inspection.created_at,
            ended_at=inspection.visit_ended_at,
        ),
        "team": [{"role": member.role.value, "name": member.name} for member in inspection.team],
        "information_given": [item.value for item in InformationItem if item in given],
        **_filled(arrangements=inspection.arrangements),
        "residents": [
            {
                "person": child.person,
                "outcome": child.outcome.value if child.outcome else None,
                **_filled(note=child.outcome_note),
            }
            for child in inspection.residents
        ],
        **_filled(
            order_overrides=[{"reason": item.reason, **_times(at=item.at)} for item in inspection.overrides]
        ),
        **_self_assessment(inspection),
        "interviews": [_interview(talk, coded) for talk in talks],
        "evidence": [
            {
                "person": item.person,
                "kind": item.kind.value,
                **_filled(title=item.title),
                **({} if item.produced else {"produced": False}),
                **_times(noted_at=item.noted_at),
                "statements": [_statement(statement, coded) for statement in item.statements],
            }
            for item in evidence
        ],
        "checks": [_check(check) for check in checks],
        **_filled(note=inspection.note),
    }


def _self_assessment(inspection: Inspection) -> dict[str, Any]:
    own = inspection.self_assessment
    if own is None:
        return {}
    return {"self_assessment": {"strengths": list(own.strengths), "worries": list(own.worries)}}


def _interview(talk: Interview, coded: Mapping[UUID, dict[str, Any]]) -> dict[str, Any]:
    conditions: dict[str, Any] = {}
    if talk.informant is Informant.CHILD:
        conditions = {
            **_filled(age_band=talk.age_band),
            "language": talk.language,
            "interpreter": talk.interpreter,
            **_filled(place=talk.place),
            "read_back": talk.read_back,
            **_filled(feedback_channel=talk.feedback_channel),
        }
    else:
        conditions = _filled(
            age_band=talk.age_band,
            language=talk.language if talk.language != "sv" else "",
            interpreter=talk.interpreter,
            place=talk.place,
            read_back=talk.read_back,
            feedback_channel=talk.feedback_channel,
        )
    return {
        "person": talk.person,
        "kind": talk.informant.value,
        **_times(started_at=talk.started_at, ended_at=talk.ended_at),
        "statements": [_statement(statement, coded) for statement in talk.statements],
        **conditions,
        **_filled(
            chose_company=talk.chose_company,
            own_recording=talk.own_recording,
            deviation=talk.deviation,
            guide=talk.guide,
            guide_version=talk.guide_version,
            note=talk.note,
        ),
    }


def _statement(statement: Statement, coded: Mapping[UUID, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": statement.label,
        "theme": statement.theme,
        "text": statement.text,
        "severity": statement.severity,
        "own_words": statement.own_words,
        "prompted": statement.prompted,
        "important": statement.important,
        "concrete": statement.concrete,
        "firsthand": statement.firsthand,
        "wish": statement.wish.value,
        **({} if statement.status is StatementStatus.ACTIVE else {"status": statement.status.value}),
        **({"resolution": statement.resolution.value} if statement.resolution else {}),
        **_filled(question=statement.question, own_question=statement.own_question),
        **coded.get(statement.id, {}),
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "requirement": check.requirement,
        "result": check.result.value,
        "consequence": check.consequence,
        "extent": check.extent,
        "repeated": check.repeated,
        "fixed": check.fixed,
        "self_reported": check.self_reported,
        "note": check.note,
    }


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _times(**values: datetime | None) -> dict[str, str]:
    """Times as people in Sweden read them, to the minute when they are whole minutes."""
    return {
        name: value.astimezone(SWEDEN).isoformat(
            timespec="auto" if value.second or value.microsecond else "minutes"
        )
        for name, value in values.items()
        if value is not None
    }
