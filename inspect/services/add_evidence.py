"""Observations and documents: what the inspectors saw themselves, and what the records show."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Evidence
from ...models.vocabulary import N_, EvidenceKind
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.interview_order import may_record
from .next_name import hold_case, next_name
from .record_event import record_event

LETTER = {EvidenceKind.OBSERVATION: "o", EvidenceKind.DOCUMENT: "d"}
MAX_TITLE = 200


def add_evidence(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    kind: EvidenceKind,
    title: str,
    produced: bool = True,
    noted_at: datetime | None = None,
    evidence_id: UUID | None = None,
    now: datetime,
) -> Evidence:
    """A new observation (`o1` …) or document (`d1` …); what it shows is saved as statements below it.

    `produced` is false for a document that we asked for and did not get: what that shows is coded too
    (method §2.2 D1). `noted_at` is when it was seen (FL 27 §), `now` when not given. The same
    `evidence_id` again gives the one that was made with it.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    shut = may_record(inspection.state)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    title = title.strip()
    if not title:
        raise Invalid(N_("Say in a few words what it is, without names of people."), {"field": "title"})
    if len(title) > MAX_TITLE:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(title), "limit": MAX_TITLE, "field": "title"},
        )
    if not produced and kind is not EvidenceKind.DOCUMENT:
        raise Invalid(N_("Only a document can be asked for and not produced."), {"field": "missing"})
    hold_case(db, inspection)
    if evidence_id is not None and db.get(Evidence, evidence_id) is not None:
        return find_evidence(db, inspection, evidence_id)
    taken = db.scalars(select(Evidence.person).where(Evidence.inspection_id == inspection.id)).all()
    evidence = Evidence(
        id=evidence_id,
        inspection_id=inspection.id,
        kind=kind,
        person=next_name(LETTER[kind], taken),
        title=title,
        produced=produced,
        noted_at=noted_at or now,
        by_id=actor.user_id,
    )
    db.add(evidence)
    record_event(
        db,
        EventKind.EVIDENCE_ADDED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        evidence=evidence.id,
        kind=kind.value,
    )
    db.flush()
    return evidence


def find_evidence(db: Session, inspection: Inspection, evidence_id: UUID) -> Evidence:
    """The observation or document with its statements. Raises NotFound."""
    evidence = db.scalar(
        select(Evidence)
        .where(Evidence.id == evidence_id, Evidence.inspection_id == inspection.id)
        .options(selectinload(Evidence.statements))
        .execution_options(populate_existing=True)
    )
    if evidence is None:
        raise NotFound(N_("There is no such observation or document in this case."))
    return evidence


def list_evidence(db: Session, inspection: Inspection) -> Sequence[Evidence]:
    """All observations and documents, in the order in which they were noted."""
    return db.scalars(
        select(Evidence)
        .where(Evidence.inspection_id == inspection.id)
        .options(selectinload(Evidence.statements))
        .order_by(Evidence.kind.desc(), Evidence.noted_at, Evidence.id)
    ).all()
