"""The sanction track: one matter for each breach that can cost a fee (SoL 28 kap. 16–21 §§)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.sanctions import ReductionGround, SanctionGround, SanctionMatter, SanctionOutcome
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.sanctions import WITHOUT_FEE, Breach, Decided, faults
from .find_letter import name_of
from .plan_inspection import FINISHED
from .record_event import record_event

LONGEST = 20_000
SHORTEST = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided: see rules/sanctions.py. `reasons`: harm or risk, how long, how much, why reduced."""

    outcome: SanctionOutcome
    reasons: str
    decided_on: date
    amount: int | None = None
    reduction: ReductionGround | None = None


def list_matters(db: Session, inspection: Inspection) -> Sequence[SanctionMatter]:
    """The matters of a case, the earliest breach first."""
    return db.scalars(
        select(SanctionMatter)
        .where(SanctionMatter.inspection_id == inspection.id)
        .order_by(SanctionMatter.breach_on, SanctionMatter.id)
    ).all()


def findings_with_sanction(db: Session, inspection: Inspection) -> Sequence[Finding]:
    """The findings whose breach can cost a fee."""
    return db.scalars(
        select(Finding)
        .where(Finding.inspection_id == inspection.id, Finding.sanction)
        .order_by(Finding.position)
    ).all()


def breach_of(matter: SanctionMatter) -> Breach:
    return Breach(matter.ground, matter.breach_on, matter.heard_on, matter.under_penalty_order)


def open_matter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    finding_id: UUID,
    ground: SanctionGround,
    breach_on: date,
    since_on: date | None = None,
    what: str,
    under_penalty_order: bool = False,
    now: datetime,
) -> SanctionMatter:
    """Open a matter for one breach. Raises NotAllowed, NotFound, NotPossibleNow, Invalid naming the field."""
    _may_lead(actor, inspection)
    finding = db.get(Finding, finding_id)
    if finding is None or finding.inspection_id != inspection.id or not finding.sanction:
        raise NotFound(N_("There is no such finding in this case whose breach carries a sanction fee."))
    _check_breach(breach_on, since_on, what, now)
    matter = SanctionMatter(
        inspection_id=inspection.id, finding_id=finding.id, requirement=finding.requirement or "",
        ground=ground, breach_on=breach_on, since_on=since_on, under_penalty_order=under_penalty_order,
        opened_at=now, opened_by_id=actor.user_id,
    )  # fmt: skip
    matter.what = what.strip()
    db.add(matter)
    db.flush()
    record_event(
        db, EventKind.SANCTION_OPENED, actor=actor, now=now, inspection_id=inspection.id,
        sanction=matter.id, ground=ground.value,
    )  # fmt: skip
    return matter


def change_matter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    matter_id: UUID,
    version: int,
    breach_on: date,
    since_on: date | None,
    what: str,
    under_penalty_order: bool,
    now: datetime,
) -> SanctionMatter:
    """Change what is said of the breach while nothing is decided; the lawyer is then asked anew."""
    _may_lead(actor, inspection)
    matter = _undecided(db, inspection, matter_id, version)
    _check_breach(breach_on, since_on, what, now)
    matter.breach_on, matter.since_on = breach_on, since_on
    matter.what, matter.under_penalty_order = what.strip(), under_penalty_order
    matter.lawyer_id = matter.lawyer_at = None
    return _kept(db, actor, matter, EventKind.SANCTION_CHANGED, now)


def note_hearing(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    matter_id: UUID,
    version: int,
    heard_on: date,
    now: datetime,
) -> SanctionMatter:
    """Note the day the operator was given the opportunity to comment on this fee (20 §; FL 25 §)."""
    _may_lead(actor, inspection)
    matter = _undecided(db, inspection, matter_id, version)
    if heard_on > _today(now):
        raise Invalid(N_("The day cannot be in the future."), {"field": "heard_on"})
    if heard_on < matter.breach_on:
        raise Invalid(N_("The operator is heard after the breach, not before."), {"field": "heard_on"})
    matter.heard_on = heard_on
    return _kept(db, actor, matter, EventKind.SANCTION_HEARD, now)


def advise_on_matter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    matter_id: UUID,
    version: int,
    opinion: str,
    now: datetime,
) -> SanctionMatter:
    """The lawyer says what the law makes of it. Nothing is decided before. Raises as the others."""
    if not may(actor, Permission.ADVISE_ON_SANCTION, inspection):
        raise NotAllowed(N_("The lawyer of the case gives the opinion."))
    _not_finished(inspection)
    matter = _undecided(db, inspection, matter_id, version)
    matter.lawyer_says = _said(opinion, "opinion")
    matter.lawyer_id, matter.lawyer_at = actor.user_id, now
    return _kept(db, actor, matter, EventKind.SANCTION_ADVISED, now)


def decide_matter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    matter_id: UUID,
    version: int,
    given: Outcome,
    now: datetime,
) -> SanctionMatter:
    """Decide about the fee, after the lawyer. A decision of its own that may be appealed (SoL 35 kap. 2 §).

    Raises NotAllowed, NotPossibleNow before the lawyer has spoken, Invalid with what the law does not allow.
    """
    if not may(actor, Permission.DECIDE, inspection):
        raise NotAllowed(N_("The decision-maker of the case decides about the sanction fee."))
    _not_finished(inspection)
    matter = _undecided(db, inspection, matter_id, version)
    if matter.lawyer_id is None:
        raise NotPossibleNow(N_("The lawyer gives an opinion before the sanction fee is decided."))
    if matter.lawyer_id == actor.user_id:
        raise NotAllowed(N_("You gave the opinion as lawyer. Somebody else decides."))
    if given.decided_on > _today(now):
        raise Invalid(N_("The day of the decision cannot be in the future."), {"field": "decided_on"})
    wrong = faults(breach_of(matter), Decided(given.outcome, given.amount, given.reduction), given.decided_on)
    if wrong:
        field = "amount" if given.outcome is SanctionOutcome.FEE else "outcome"
        raise Invalid(wrong[0].text, dict(wrong[0].values or {}) | {"field": field})
    matter.reasons = _said(given.reasons, "reasons")
    matter.outcome, matter.decided_on = given.outcome, given.decided_on
    matter.amount = 0 if given.outcome in WITHOUT_FEE else given.amount
    matter.reduction = None if given.outcome in WITHOUT_FEE - {SanctionOutcome.REMITTED} else given.reduction
    matter.decided_at, matter.decided_by_id = now, actor.user_id
    return _kept(db, actor, matter, EventKind.SANCTION_DECIDED, now, outcome=given.outcome.value)


def note_final(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    matter_id: UUID,
    version: int,
    final_on: date,
    now: datetime,
) -> SanctionMatter:
    """Note the day a decided fee became final; it lapses five years later (21 §)."""
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The sanction track is for the responsible inspector and the decision-maker."))
    matter = _matter(db, inspection, matter_id, version)
    if matter.outcome is not SanctionOutcome.FEE or matter.decided_on is None:
        raise NotPossibleNow(N_("Only a decided fee becomes final."))
    if not matter.decided_on <= final_on <= _today(now):
        raise Invalid(N_("The day is after the decision, and not in the future."), {"field": "final_on"})
    matter.final_on = final_on
    return _kept(db, actor, matter, EventKind.SANCTION_FINAL, now)


def _may_lead(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The sanction track is for the responsible inspector and the decision-maker."))
    _not_finished(inspection)


def _not_finished(inspection: Inspection) -> None:
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed. Plan a new inspection for what has come up."))


def _matter(db: Session, inspection: Inspection, matter_id: UUID, version: int) -> SanctionMatter:
    matter = db.scalar(select(SanctionMatter).where(SanctionMatter.id == matter_id).with_for_update())
    if matter is None or matter.inspection_id != inspection.id:
        raise NotFound(N_("There is no such matter of sanction in this case."))
    if matter.version != version:
        raise Conflict(
            N_("Somebody else changed this while you were writing. Compare, and save again."),
            theirs={"what": matter.what, "opinion": matter.lawyer_says},
            version=matter.version,
            by=name_of(db, matter.lawyer_id or matter.opened_by_id),
        )
    return matter


def _undecided(db: Session, inspection: Inspection, matter_id: UUID, version: int) -> SanctionMatter:
    matter = _matter(db, inspection, matter_id, version)
    if matter.outcome is not None:
        raise NotPossibleNow(N_("The matter is decided. The decision stands as it was written."))
    return matter


def _check_breach(breach_on: date, since_on: date | None, what: str, now: datetime) -> None:
    if breach_on > _today(now):
        raise Invalid(N_("The day cannot be in the future."), {"field": "breach_on"})
    if since_on is not None and since_on > breach_on:
        raise Invalid(N_("The first day is not after the last."), {"field": "since_on"})
    _said(what, "what")


def _said(text: str, field: str) -> str:
    text = text.strip()
    if len(text) < SHORTEST:
        raise Invalid(
            N_("Write the reason in a sentence or two, so that somebody else can test it."), {"field": field}
        )
    if len(text) > LONGEST:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": field, "count": len(text), "limit": LONGEST},
        )
    return text


def _kept(
    db: Session, actor: Actor, matter: SanctionMatter, kind: EventKind, now: datetime, **more: str
) -> SanctionMatter:
    matter.version += 1
    db.flush()
    record_event(
        db, kind, actor=actor, now=now, inspection_id=matter.inspection_id, sanction=matter.id,
        version=matter.version, **more,
    )  # fmt: skip
    return matter


def _today(now: datetime) -> date:
    return now.astimezone(SWEDEN).date()
