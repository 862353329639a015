"""The acute track: what is done at once about danger to a child."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import AcuteStep, Inspection
from ...models.notices import NoticeKind
from ...models.vocabulary import N_, ReportedTo
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.grave_accounts import DECIDED_AGAINST, SHORTEST_REASON, Account
from .find_accounts import find_accounts
from .plan_inspection import FINISHED
from .record_event import record_event
from .tell import tell

LONGEST_NOTE = 20_000
ONLY_THEIRS = N_("The acute track is for the inspectors of the case and its decision-maker.")


def record_acute(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    reported_to: ReportedTo,
    told_child: bool,
    note: str,
    told_child_what: str = "",
    about: Sequence[str] = (),
    told_in: UUID | None = None,
    step_id: UUID | None = None,
    at: datetime | None = None,
    now: datetime,
) -> list[AcuteStep]:
    """Note one step, about each of the grave accounts whose labels are in `about`.

    The first step opens the track and unlocks the order of the talks. One report may cover several
    accounts; without any it is about a danger that no statement tells of. Report of concern: SoL
    19 kap. 1 §. Police: OSL 10 kap. 21 §. What is decided against needs a reason, and that an acute
    account is not reported is for the decision-maker to decide. Notes are sealed.

    `told_in` is the statement it is about when that has not (yet) been judged to be a grave account.
    `at` is when it was done, `now` when not given. The same `step_id` again gives the step that was made with
    it. Raises NotAllowed, NotPossibleNow on a finished case, NotFound for a label that is no account, and
    Invalid naming the field.
    """
    if not may_note(actor, inspection):
        raise NotAllowed(ONLY_THEIRS)
    standing = [step for step in inspection.acute_steps if step.id == step_id]
    if standing:
        return standing
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed. Plan a new inspection for what has come up."))
    accounts = _accounts(db, inspection, about)
    told = told_child or reported_to is ReportedTo.CHILD_TOLD
    _check(reported_to, note.strip(), told, told_child_what.strip())
    if reported_to in DECIDED_AGAINST:
        _check_decision(actor, inspection, reported_to, note.strip(), accounts)
    first = opens = not inspection.acute_steps
    statements: Sequence[UUID | None] = list(dict.fromkeys(one.statement_id for one in accounts)) or [told_in]
    steps = [
        AcuteStep(
            id=step_id if number == 0 else None,
            inspection_id=inspection.id,
            reported_to=reported_to,
            at=at or now,
            by_id=actor.user_id,
            told_child=told,
            statement_id=statement_id,
            told_child_what=told_child_what.strip() if told else "",
            note=note.strip(),
        )
        for number, statement_id in enumerate(statements)
    ]
    inspection.acute_steps.extend(steps)
    for step in steps:
        record_event(
            db,
            EventKind.ACUTE_OPENED if first else EventKind.ACUTE_STEP_RECORDED,
            actor=actor,
            now=now,
            inspection_id=inspection.id,
            step=step.id,
        )
        first = False
    db.flush()
    if opens:
        others = {one.user_id for one in inspection.team if one.user_id} - {actor.user_id}
        tell(db, users=others, kind=NoticeKind.ACUTE_OPENED, inspection=inspection.id, now=now)
    return steps


def may_note(actor: Actor, inspection: Inspection) -> bool:
    """Whether `actor` takes part in the acute track of `inspection`: its inspectors and decision-maker."""
    return may(actor, Permission.RECORD_ACUTE, inspection)


def _accounts(db: Session, inspection: Inspection, about: Sequence[str]) -> list[Account]:
    if not about:
        return []
    known = {one.label: one for one in find_accounts(db, inspection)}
    if any(label not in known for label in about):
        raise NotFound(N_("There is no such grave account in this case."))
    return [known[label] for label in about]


def _check(kind: ReportedTo, note: str, told: bool, told_what: str) -> None:
    if told and not told_what:
        raise Invalid(N_("Write what was said to the child, and who said it."), {"field": "told_child_what"})
    if not note and kind is not ReportedTo.CHILD_TOLD:
        raise Invalid(N_("Write what was reported, to whom, and how they can be reached."), {"field": "note"})
    for field, text in (("note", note), ("told_child_what", told_what)):
        if len(text) > LONGEST_NOTE:
            raise Invalid(
                N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
                {"field": field, "count": len(text), "limit": LONGEST_NOTE},
            )


def _check_decision(
    actor: Actor, inspection: Inspection, kind: ReportedTo, note: str, accounts: Sequence[Account]
) -> None:
    if not accounts:
        raise Invalid(N_("Choose which grave account the decision is about."), {"field": "about"})
    if len(note) < SHORTEST_REASON:
        raise Invalid(
            N_("Write the reason in a sentence or two, so that somebody else can test it."),
            {"field": "note"},
        )
    if (
        kind is ReportedTo.NO_REPORT
        and any(one.is_acute for one in accounts)
        and not may(actor, Permission.DECIDE, inspection)
    ):
        raise Invalid(
            N_("An account of danger or violence is reported. Only the decision-maker decides otherwise."),
            {"field": "reported_to"},
        )
