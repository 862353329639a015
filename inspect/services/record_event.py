"""Write one line of the log, in the transaction of what it tells of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.events import Event
from ...models.vocabulary import EventKind
from ..rules.access import Actor

KEYS: dict[EventKind, frozenset[str]] = {
    EventKind.SIGN_IN_FAILED: frozenset({"why"}),
    EventKind.USER_ADDED: frozenset({"user", "roles"}),
    EventKind.USER_DISABLED: frozenset({"user"}),
    EventKind.PROVIDER_REGISTERED: frozenset({"provider"}),
    EventKind.PROVIDER_CHANGED: frozenset({"provider"}),
    EventKind.HOME_REGISTERED: frozenset({"home"}),
    EventKind.HOME_CHANGED: frozenset({"home"}),
    EventKind.INSPECTION_CHANGED: frozenset({"change"}),
    EventKind.TEAM_CHANGED: frozenset({"member", "role", "change"}),
    EventKind.CONFLICT_DECLARED: frozenset({"conflict"}),
    EventKind.STATE_CHANGED: frozenset({"from", "to"}),
    EventKind.INFORMATION_GIVEN: frozenset({"item", "given"}),
    EventKind.CHILD_ADDED: frozenset({"resident"}),
    EventKind.CHILD_REMOVED: frozenset({"resident"}),
    EventKind.CHILD_OUTCOME_SET: frozenset({"resident", "outcome"}),
    EventKind.ORDER_OVERRIDDEN: frozenset({"override"}),
    EventKind.ACUTE_OPENED: frozenset({"step"}),
    EventKind.ACUTE_STEP_RECORDED: frozenset({"step"}),
    EventKind.INTERVIEW_STARTED: frozenset({"interview", "informant", "before_children"}),
    EventKind.INTERVIEW_CHANGED: frozenset({"interview", "version"}),
    EventKind.INTERVIEW_ENDED: frozenset({"interview"}),
    EventKind.STATEMENT_RECORDED: frozenset({"statement", "source"}),
    EventKind.STATEMENT_CHANGED: frozenset({"statement", "version"}),
    EventKind.EVIDENCE_ADDED: frozenset({"evidence", "kind"}),
    EventKind.REQUIREMENT_MARKED: frozenset({"requirement", "result", "version"}),
    EventKind.OWN_VIEW_WRITTEN: frozenset({"area"}),
    EventKind.WEIGHED: frozenset({"run"}),
    EventKind.AREA_DECIDED: frozenset({"area", "version"}),
    EventKind.FINDING_WRITTEN: frozenset({"finding", "kind", "level", "version"}),
    EventKind.FINDING_REMOVED: frozenset({"finding"}),
    EventKind.LETTER_COMPOSED: frozenset({"letter"}),
    EventKind.PARAGRAPH_CHANGED: frozenset({"paragraph", "version"}),
    EventKind.REMARK_MADE: frozenset({"paragraph", "remark"}),
    EventKind.REMARK_RESOLVED: frozenset({"remark"}),
    EventKind.LETTER_SUBMITTED: frozenset({"letter"}),
    EventKind.LETTER_RETURNED: frozenset({"letter", "review"}),
    EventKind.LETTER_APPROVED: frozenset({"letter", "review"}),
    EventKind.LETTER_SENT: frozenset({"letter"}),
    EventKind.LETTER_OPENED: frozenset({"letter"}),
    EventKind.LETTER_RENDERED: frozenset({"letter", "format", "language"}),
    EventKind.COMMUNICATION_SENT: frozenset({"reply_by"}),
    EventKind.COMMUNICATION_SKIPPED: frozenset({"ground"}),
    EventKind.DIALOGUE_NOTED: frozenset({"meeting"}),
    EventKind.DECISION_RECORDED: frozenset({"decision", "kind"}),
    EventKind.ANSWER_SAVED: frozenset({"finding", "version"}),
    EventKind.ANSWERS_SENT: frozenset({"letter"}),
    EventKind.MEASURE_PROPOSED: frozenset({"measure", "finding"}),
    EventKind.MEASURE_FOLLOWED_UP: frozenset({"measure", "outcome"}),
    EventKind.INSPECTION_IMPORTED: frozenset({"digest"}),
    EventKind.INSPECTION_READ: frozenset({"page"}),
    EventKind.LOG_READ: frozenset({"page"}),
}
"""The keys that each kind's details may have; kinds that are not listed have none."""


def record_event(
    db: Session,
    kind: EventKind,
    /,
    *,
    actor: Actor | None,
    now: datetime,
    inspection_id: UUID | None = None,
    **details: object,
) -> Event:
    """Add one event. `details` are ids and words of closed vocabularies, never what somebody wrote.

    Raises ValueError on a key that is not declared for the kind.
    """
    unknown = details.keys() - KEYS.get(kind, frozenset())
    if unknown:
        raise ValueError(f"undeclared details of {kind.value}: {', '.join(sorted(unknown))}")
    event = Event(
        at=now,
        kind=kind,
        actor_id=actor.user_id if actor else None,
        inspection_id=inspection_id,
        details={
            key: value if isinstance(value, int | bool) else str(value) for key, value in details.items()
        },
    )
    db.add(event)
    return event
