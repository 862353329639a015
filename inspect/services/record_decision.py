"""The decision record (FL 30–33 §§): when, what, who decided, who reported, who took part, who dissented."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.decisions import Decision
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, TeamMember
from ...models.letter_vocabulary import DecisionKind, LetterKind
from ...models.letters import MAX_PARAGRAPH, Letter
from ...models.vocabulary import N_, FindingKind, State, TeamRole
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.case_course import Decided
from ..rules.case_view import CaseView
from .communicate_facts import TOO_LONG
from .look_through import look_through
from .record_event import record_event
from .view_case import view_case


def find_decision(db: Session, inspection: Inspection) -> Decision | None:
    return db.scalar(select(Decision).where(Decision.inspection_id == inspection.id))


def holder_of(inspection: Inspection, part: TeamRole) -> TeamMember | None:
    """The member of the team with this part who has an account and no conflict of interest."""
    return next(
        (m for m in inspection.team if m.role is part and m.user_id is not None and not m.has_conflict), None
    )


def is_sent(db: Session, inspection: Inspection) -> bool:
    """Whether the provider has the letter: from then on the decision stands as it was notified (FL 33 §)."""
    return (
        db.scalar(
            select(Letter.id)
            .where(
                Letter.inspection_id == inspection.id,
                Letter.kind == LetterKind.FEEDBACK,
                Letter.sent_at.is_not(None),
            )
            .limit(1)
        )
        is not None
    )


def record_decision(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    kind: DecisionKind,
    decided_on: date,
    content: str,
    participants: str = "",
    dissent: str = "",
    now: datetime,
    looked: bool = False,
) -> Decision:
    """Write the decision record, or correct it while the letter is not yet sent.

    The decider is the decision-maker of the team, who records it; the rapporteur is the responsible
    inspector. What is decided goes into the approved letter: `looked` says that the words which the guard
    marks in it point at nobody. Raises NotAllowed, NotPossibleNow (state, team not whole, letter sent),
    Invalid.
    """
    if not may(actor, Permission.DECIDE, inspection):
        raise NotAllowed(N_("The decision-maker of the case records the decision."))
    if inspection.state is not State.DECISION:
        raise NotPossibleNow(N_("The decision comes after the right to reply and the dialogue meeting."))
    if is_sent(db, inspection):
        raise NotPossibleNow(N_("The provider has been notified. The decision stands as it was sent."))
    decider, rapporteur = (
        holder_of(inspection, TeamRole.DECISION_MAKER),
        holder_of(inspection, TeamRole.INSPECTOR),
    )
    if decider is None or rapporteur is None or decider.user_id is None or rapporteur.user_id is None:
        raise NotPossibleNow(N_("The team needs a decision-maker and a responsible inspector."))
    if decider.user_id == rapporteur.user_id:
        raise NotPossibleNow(N_("The one who decides and the one who reports are two people."))
    _check(db, inspection, kind, decided_on, content, participants, dissent, now)
    decided = Decided(kind, decided_on, content.strip())
    view = _with_decision(view_case(db, inspection), decided)
    marks = look_through(
        db, actor=actor, inspection=inspection, view=view, written=decided.content, looked=looked, now=now
    )
    decision = find_decision(db, inspection) or Decision(inspection_id=inspection.id)
    decision.kind = kind
    decision.decided_on = decided_on
    decision.content = content.strip()
    decision.decider_id = decider.user_id
    decision.rapporteur_id = rapporteur.user_id
    decision.participants = participants.strip()
    decision.dissent = dissent.strip()
    decision.recorded_at = now
    db.add(decision)
    db.flush()
    record_event(
        db,
        EventKind.DECISION_RECORDED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        decision=decision.id,
        kind=kind.value,
        marks=marks,
    )
    return decision


def _with_decision(view: CaseView, decided: Decided) -> CaseView:
    """The case as its letter will see it, before anything is written."""
    return replace(view, decision=decided.content, course=replace(view.course, decided=decided))


def _check(
    db: Session,
    inspection: Inspection,
    kind: DecisionKind,
    decided_on: date,
    content: str,
    participants: str,
    dissent: str,
    now: datetime,
) -> None:
    if not content.strip():
        raise Invalid(N_("Write what is decided."), {"field": "content"})
    for field, text, most in (
        ("content", content, MAX_PARAGRAPH),
        ("participants", participants, 500),
        ("dissent", dissent, MAX_PARAGRAPH),
    ):
        if len(text) > most:
            raise Invalid(TOO_LONG, {"field": field, "num": len(text), "most": most})
    if decided_on > now.astimezone(SWEDEN).date():
        raise Invalid(N_("The day of the decision cannot be in the future."), {"field": "decided_on"})
    if kind is DecisionKind.CLOSED_WITHOUT_DEFICIENCY and _has_deficiency(db, inspection):
        raise Invalid(
            N_(
                "The case has deficiencies, so it cannot be closed as if there were none."
                " Choose another decision."
            ),
            {"field": "kind"},
        )


def _has_deficiency(db: Session, inspection: Inspection) -> bool:
    return (
        db.scalar(
            select(Finding.id)
            .where(Finding.inspection_id == inspection.id, Finding.kind == FindingKind.DEFICIENCY)
            .limit(1)
        )
        is not None
    )
