"""Right to reply before the decision (FL 25 §): send the facts or record why not; take the reply."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH
from ...models.register import Home
from ...models.vocabulary import N_, EventKind, Role, SkipGround, State
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from .record_event import record_event

LEAST_DAYS = 7
USUAL_DAYS = 21
MOST_DAYS = 180
REPLIES_ARE_READ = frozenset({State.COMMUNICATION, State.DIALOGUE})
"""Until the decision is prepared: what comes in before it has to be weighed, late or not."""

TOO_LONG = N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it.")


def find_communication(db: Session, inspection: Inspection) -> Communication | None:
    return db.scalar(select(Communication).where(Communication.inspection_id == inspection.id))


def send_facts(
    db: Session, *, actor: Actor, inspection: Inspection, reply_by_on: date, now: datetime
) -> Communication:
    """Send the facts and the preliminary assessment to the provider, to reply by `reply_by_on`.

    Sent already, and not replied to: the provider gets more time. Raises NotAllowed, NotPossibleNow
    (wrong state, nothing to send, replied or left out), Invalid (a date sooner than LEAST_DAYS).
    """
    _allow(actor, inspection)
    known = find_communication(db, inspection)
    if known is not None and known.skip_ground is not None:
        raise NotPossibleNow(N_("It is recorded that the right to reply is left out."))
    if known is not None and known.replied_at is not None:
        raise NotPossibleNow(N_("The provider has replied already."))
    today = now.astimezone(SWEDEN).date()
    if known is None:
        _something_to_send(db, inspection)
        if reply_by_on < today + timedelta(days=LEAST_DAYS):
            raise Invalid(
                N_("Give the provider at least %(days)s days to reply."),
                {"field": "reply_by_on", "days": LEAST_DAYS},
            )
    elif known.reply_by_on is not None and reply_by_on <= known.reply_by_on:
        raise Invalid(N_("More time means a later date than before."), {"field": "reply_by_on"})
    if reply_by_on > today + timedelta(days=MOST_DAYS):
        raise Invalid(N_("That is more than half a year away. Check the date."), {"field": "reply_by_on"})
    communication = known or Communication(inspection_id=inspection.id, sent_at=now, by_id=actor.user_id)
    communication.reply_by_on = reply_by_on
    db.add(communication)
    db.flush()
    record_event(
        db,
        EventKind.COMMUNICATION_SENT,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        reply_by=reply_by_on.isoformat(),
    )
    return communication


def skip_communication(
    db: Session, *, actor: Actor, inspection: Inspection, ground: SkipGround, reason: str, now: datetime
) -> Communication:
    """Record that the right to reply is left out, on which ground and why (FL 25 §).

    Raises NotAllowed, NotPossibleNow (wrong state, or already sent), Invalid (no reason).
    """
    _allow(actor, inspection)
    if find_communication(db, inspection) is not None:
        raise NotPossibleNow(N_("The facts are sent, or this is recorded already."))
    if len(reason.strip()) < 10:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "reason"})
    _short_enough(reason, "reason")
    communication = Communication(
        inspection_id=inspection.id, skip_ground=ground, skip_reason=reason.strip(), by_id=actor.user_id
    )
    db.add(communication)
    db.flush()
    record_event(
        db,
        EventKind.COMMUNICATION_SKIPPED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        ground=ground.value,
    )
    return communication


def _allow(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The responsible inspector or the decision-maker does this."))
    if inspection.state is not State.COMMUNICATION:
        raise NotPossibleNow(
            N_("The facts are sent when the letter has been reviewed, and before the decision.")
        )


def _something_to_send(db: Session, inspection: Inspection) -> None:
    if not facts_of(db, inspection):
        raise NotPossibleNow(
            N_("There are no findings to send. Write them, or record why the right to reply is left out.")
        )


def facts_of(db: Session, inspection: Inspection) -> Sequence[Finding]:
    """What is sent for reply: the findings, the gravest first. Who said what is no part of it."""
    return db.scalars(
        select(Finding)
        .where(Finding.inspection_id == inspection.id)
        .order_by(Finding.level.desc(), Finding.position)
    ).all()


# --- The provider's side --------------------------------------------------------------------


def _sent_to(actor: Actor) -> Select[Communication, Inspection]:
    return (
        select(Communication, Inspection)
        .join(Inspection, Inspection.id == Communication.inspection_id)
        .join(Inspection.home)
        .where(Communication.sent_at.is_not(None), Home.provider_id == actor.provider_id)
        .options(joinedload(Inspection.home).joinedload(Home.provider), joinedload(Inspection.team))
        .order_by(Communication.sent_at.desc())
    )


def list_facts(db: Session, actor: Actor) -> Sequence[tuple[Communication, Inspection]]:
    """What has been sent to the actor's provider for reply, the newest first."""
    if Role.PROVIDER not in actor.roles or actor.provider_id is None:
        return ()
    return [(row[0], row[1]) for row in db.execute(_sent_to(actor)).unique()]


def find_facts(db: Session, actor: Actor, communication_id: UUID) -> tuple[Communication, Inspection]:
    """What was sent for reply under this id, to the actor's own provider. Raises NotFound."""
    for communication, inspection in list_facts(db, actor):
        if communication.id == communication_id:
            return communication, inspection
    raise NotFound(N_("There is nothing here to reply to, or it is not for you."))


def takes_replies(communication: Communication, inspection: Inspection) -> bool:
    return communication.replied_at is None and inspection.state in REPLIES_ARE_READ


def reply_to_facts(
    db: Session, *, actor: Actor, communication_id: UUID, reply: str, now: datetime
) -> Communication:
    """The provider says what is right and wrong in the facts. Once, and in writing.

    Raises NotFound, Invalid (empty or too long), NotPossibleNow (replied already, or decided).
    """
    communication, inspection = find_facts(db, actor, communication_id)
    if communication.replied_at is not None:
        raise NotPossibleNow(N_("Your reply has been sent. Call the inspector if you want to add something."))
    if not takes_replies(communication, inspection):
        raise NotPossibleNow(
            N_("The case has gone on to a decision. Call the inspector if something in the facts is wrong.")
        )
    if not reply.strip():
        raise Invalid(
            N_("Write your reply. If everything is right, write that you have nothing to add."),
            {"field": "reply"},
        )
    _short_enough(reply, "reply")
    communication.reply = reply.strip()
    communication.replied_at = now
    record_event(db, EventKind.REPLY_RECEIVED, actor=actor, now=now, inspection_id=inspection.id)
    return communication


def _short_enough(text: str, field: str) -> None:
    if len(text) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": field, "num": len(text), "most": MAX_PARAGRAPH})
