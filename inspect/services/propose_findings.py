"""Make findings from what was checked and said, for a person to accept, change or remove."""

from datetime import datetime

from sqlalchemy.orm import Session

from ...interview_guides.letter_wording import load_letter_wording
from ...models.assessments import Finding, FindingEvidence
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import LegalLevel
from ..rules.access import Actor
from ..rules.case_view import CaseView
from ..rules.finding_proposals import Proposal, key_of, propose
from ..rules.letter_phrases import Phrases
from .find_letter import find_letter, may_write
from .record_event import record_event
from .view_case import view_case
from .write_finding import MAX_TITLE


def phrases_of(view: CaseView) -> Phrases:
    return Phrases(load_letter_wording(view.pack.id))


def propose_findings(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> list[Finding]:
    """Add a finding for each matter that has none. Existing findings stay as they are; again adds nothing."""
    may_write(actor, inspection, find_letter(db, inspection))
    view = view_case(db, inspection)
    known = {key_of(one.kind, one.area, one.theme, one.requirement) for one in view.findings}
    made = []
    for position, proposal in enumerate(propose(view, phrases_of(view)), start=len(view.findings) + 1):
        if proposal.key in known:
            continue
        finding = _finding(inspection, proposal, position, actor, now)
        db.add(finding)
        made.append(finding)
    db.flush()
    for finding in made:
        record_event(
            db,
            EventKind.FINDING_WRITTEN,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            finding=finding.id,
            kind=finding.kind.value,
            level=finding.level,
            version=1,
        )
    return made


def _finding(
    inspection: Inspection, proposal: Proposal, position: int, actor: Actor, now: datetime
) -> Finding:
    """Stored in Swedish, the language of the case; the letter knows the English of what stays unchanged."""
    return Finding(
        inspection_id=inspection.id,
        position=position,
        kind=proposal.kind,
        area=proposal.area,
        theme=proposal.theme,
        requirement=proposal.requirement,
        level=int(LegalLevel(proposal.level)),
        sanction=proposal.sanction,
        responsible=proposal.responsible,
        title=proposal.title.sv[:MAX_TITLE],
        saw=proposal.saw.sv,
        matters=proposal.matters.sv,
        proportion=proposal.proportion.sv,
        achieve=proposal.achieve.sv,
        by_id=actor.user_id,
        at=now,
        evidence=[FindingEvidence(statement_id=one.id) for one in proposal.behind],
    )
