"""Take in coded texts in the format REFI-QDA: our own file again, or a project of another program.

Whole or not at all. What is new is added; what is in the case stays as it is. A text that is no talk,
observation or document of ours becomes a document. The same file again changes nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.vocabulary import N_, EvidenceKind, Informant
from ..errors import NotAllowed
from ..exchange.refi_qda_model import Code, ExchangeFault, Project, UnusableExchange
from ..exchange.refi_qda_read import read_exchange
from ..rules.access import Actor, Permission, may
from ..rules.code_exchange import Meaning, meanings
from ..rules.interview_order import may_record, may_record_talk
from .exchange_ids import ExchangeIds
from .gather_facts import gather_facts
from .next_name import hold_case
from .plan_code_import import plan_code_import
from .planned_code_import import Added, CodeImportPlan, Layout
from .record_event import record_event
from .save_code_import import save_code_import


@dataclass(frozen=True, slots=True)
class CodesImported:
    """What an import did. `matched` pairs the file's names of codes with our themes or severities.

    `kept`: what the file tells otherwise than the case, which stays. `left_out`: elements of the format
    that have no place here, and how many. `unknown_users`: coders without account in the team.
    """

    is_new: bool
    added: Added
    matched: tuple[tuple[str, str], ...] = ()
    foreign: tuple[str, ...] = ()
    unknown_users: tuple[str, ...] = ()
    kept: tuple[tuple[str, int], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def digest_of(project: Project) -> str:
    """SHA-256 of what the file says: the same project has the same digest, whenever it was exported."""
    return hashlib.sha256(repr(replace(project, created_at=None)).encode(errors="replace")).hexdigest()


def import_codes(
    db: Session,
    *,
    actor: Actor | None,
    inspection: Inspection,
    content: bytes,
    now: datetime,
    language: str = "sv",
) -> CodesImported:
    """Add what the QDPX, QDE or QDC file `content` has to the case. `language`: of the memos that it leaves.

    Raises UnusableExchange with all faults, or NotAllowed. `actor` None: whoever runs the machine.
    """
    if actor is not None and not may(actor, Permission.CODE_STATEMENTS, inspection):
        raise NotAllowed(N_("Only those who code in the case import codes into it."))
    project = read_exchange(content)
    digest = digest_of(project)
    hold_case(db, inspection)
    known = meanings(project.codes, load_pack(inspection.pack))
    report = _report(project, known, inspection)
    if _was_imported(db, inspection, digest):
        return replace(report, is_new=False)
    ids = ExchangeIds(db, inspection, project)
    plan = plan_code_import(project, known, ids, _layout(db, inspection))
    faults = [*plan.faults, *_faults(db, actor, inspection, project, plan, now)]
    if faults:
        raise UnusableExchange(tuple(faults))
    added = save_code_import(
        db,
        actor=actor,
        inspection=inspection,
        project=project,
        plan=plan,
        ids=ids,
        known=known,
        unknown_users=report.unknown_users,
        language=language,
        now=now,
    )
    record_event(
        db, EventKind.CODES_IMPORTED, actor=actor, now=now, inspection_id=inspection.id, digest=digest
    )
    db.flush()
    kept = tuple(sorted((name, count) for name, count in plan.kept.items() if count))
    return replace(report, added=added, kept=kept)


def _was_imported(db: Session, inspection: Inspection, digest: str) -> bool:
    found = select(Event.id).where(
        Event.inspection_id == inspection.id,
        Event.kind == EventKind.CODES_IMPORTED,
        Event.details["digest"].as_string() == digest,
    )
    return db.scalar(found.limit(1)) is not None


def _layout(db: Session, inspection: Inspection) -> Layout:
    found: Layout = {}
    statements = select(Statement).where(Statement.inspection_id == inspection.id)
    for one in db.scalars(statements.order_by(Statement.position, Statement.id)):
        source = one.interview_id or one.evidence_id
        if source is not None:
            found.setdefault(source, []).append((one.id, one.text))
    return found


# --- Why not -----------------------------------------------------------------------------------


def _faults(
    db: Session,
    actor: Actor | None,
    inspection: Inspection,
    project: Project,
    plan: CodeImportPlan,
    now: datetime,
) -> Iterable[ExchangeFault]:
    """What the case does not allow."""
    fresh = [planned for planned in plan.sources if planned.is_new]
    if fresh and actor is not None and not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        text = N_(
            "brings new texts, and only the inspectors of the case add those. Ask one of them to import it"
        )
        yield ExchangeFault("Sources[1]", text)
    if not fresh and not project.codes and not project.sources:
        yield ExchangeFault("(file)", N_("holds neither codes nor texts"))
    talks = [one for one in fresh if one.marks is not None and isinstance(one.marks.perspective, Informant)]
    if (
        talks
        and project.name != inspection.dnr
        and len(plan.sources) == len(fresh)
        and _has_talks(inspection, db)
    ):
        text = N_("is of the case %(other)s; its talks only go into that case or into one without talks")
        yield ExchangeFault("(file)", text, {"other": project.name})
    shut = may_record(inspection.state)
    facts = gather_facts(db, inspection, now=now) if talks else None
    residents = {child.person for child in inspection.residents}
    for number, planned in enumerate(plan.sources, start=1):
        if not planned.is_new:
            continue
        place = f"Sources[1]/TextSource[{number}]"
        marks = planned.marks
        if marks is None or isinstance(marks.perspective, EvidenceKind):
            reasons = shut
        else:
            reasons = may_record_talk(inspection.state, marks.perspective)
            if not reasons and marks.perspective is not Informant.CHILD and facts is not None:
                waiting = bool(facts.without_outcome) and not facts.overridden
                if waiting:
                    yield ExchangeFault(place, N_("is a talk with an adult, and the children come first"))
            if marks.perspective is Informant.CHILD and marks.person not in residents:
                text = N_(
                    "is a talk with %(person)s, who is not among the children of this case. Add the child"
                )
                yield ExchangeFault(place, text, {"person": marks.person})
        yield from (ExchangeFault(place, reason.text, reason.values) for reason in reasons[:1])


def _has_talks(inspection: Inspection, db: Session) -> bool:
    """Has this case talks of its own? Then `b1` of another case would be taken for its own `b1`."""
    return bool(_layout(db, inspection))


# --- What is told ------------------------------------------------------------------------------


def _report(project: Project, known: dict[str, Meaning], inspection: Inspection) -> CodesImported:
    codes = list(_flat(project.codes))
    team = {str(member.user_id) for member in inspection.team if member.user_id is not None}
    names = {user.guid: user.name or user.guid for user in project.users}
    used = {
        ref.user
        for source in project.sources
        for selection in source.selections
        for ref in selection.codings
        if ref.user is not None
    }
    return CodesImported(
        is_new=True,
        added=Added(),
        matched=tuple(
            (code.name, found.theme or str(found.severity))
            for code in codes
            if not (found := known[code.guid]).is_foreign and not found.is_group
        ),
        foreign=tuple(known[code.guid].path for code in codes if known[code.guid].is_foreign),
        unknown_users=tuple(sorted({names.get(guid, guid) for guid in used - team})),
        left_out=project.left_out,
    )


def _flat(codes: Iterable[Code]) -> Iterable[Code]:
    for code in codes:
        yield code
        yield from _flat(code.codes)
