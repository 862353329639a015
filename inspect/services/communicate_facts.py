"""Right to reply before the decision (FL 25 §): send the facts or record why not; take the reply."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, not_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from ...interview_guides.guide import load_pack
from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, SkipGround
from ...models.letters import MAX_PARAGRAPH
from ...models.register import Home
from ...models.vocabulary import N_, State
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..settings import AuthorityDetails
from .issue_letter import issue_with
from .long_lists import Paged, count_of
from .look_through import look_through
from .provider_homes import homes_of
from .read_letter import LETTERS_A_PAGE
from .record_event import record_event
from .sent_facts import Fact, facts_from, frozen, read_frozen
from .view_case import view_case
from .wanted_letters import EVERY_LETTER, WantedLetters

LEAST_DAYS = 7
USUAL_DAYS = 21
MOST_DAYS = 180
REPLIES_ARE_READ = frozenset({State.COMMUNICATION, State.DIALOGUE})
"""Until the decision is prepared: what comes in before it has to be weighed, late or not."""

TOO_LONG = N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it.")


def find_communication(db: Session, inspection: Inspection) -> Communication | None:
    return db.scalar(select(Communication).where(Communication.inspection_id == inspection.id))


def send_facts(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    reply_by_on: date,
    authority: AuthorityDetails,
    now: datetime,
) -> Communication:
    """Send the facts and the preliminary assessment to the provider, to reply by `reply_by_on`.

    What is sent is kept as it stands now, and the letter of it frozen. Sent already, and not replied to: the
    provider gets more time, and the facts as they stand now. Raises NotAllowed, NotPossibleNow
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
    communication.facts = frozen(current_facts(db, inspection))
    issue_with(
        db, actor=actor, inspection=inspection, kind=LetterKind.COMMUNICATION, authority=authority, now=now
    )
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
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    ground: SkipGround,
    reason: str,
    now: datetime,
    looked: bool = False,
) -> Communication:
    """Record that the right to reply is left out, on which ground and why (FL 25 §).

    The reason goes into the approved letter: `looked` says that the words which the guard marks in it point
    at nobody. Raises NotAllowed, NotPossibleNow (wrong state, or already sent), Invalid (no reason).
    """
    _allow(actor, inspection)
    if find_communication(db, inspection) is not None:
        raise NotPossibleNow(N_("The facts are sent, or this is recorded already."))
    if len(reason.strip()) < 10:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "reason"})
    _short_enough(reason, "reason")
    view = replace(view_case(db, inspection), not_asked_because=reason.strip())
    marks = look_through(
        db, actor=actor, inspection=inspection, view=view, written=reason, looked=looked, now=now
    )
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
        marks=marks,
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
    if not current_facts(db, inspection):
        raise NotPossibleNow(
            N_("There are no findings to send. Write them, or record why the right to reply is left out.")
        )


def current_facts(db: Session, inspection: Inspection) -> tuple[Fact, ...]:
    """What would be sent for reply now: the findings, the gravest first."""
    findings = db.scalars(
        select(Finding)
        .where(Finding.inspection_id == inspection.id)
        .order_by(Finding.level.desc(), Finding.position)
    )
    return facts_from(findings, load_pack(inspection.pack))


def sent_facts(db: Session, communication: Communication, inspection: Inspection) -> tuple[Fact, ...]:
    """What was sent, as it was then. Rows from before it was kept give the facts as they stand."""
    return read_frozen(communication.facts) or current_facts(db, inspection)


# --- The provider's side --------------------------------------------------------------------


def _sent_to(actor: Actor) -> Select[Communication, Inspection]:
    return (
        select(Communication, Inspection)
        .join(Inspection, Inspection.id == Communication.inspection_id)
        .join(Inspection.home)
        .where(Communication.sent_at.is_not(None), homes_of(actor))
        .options(contains_eager(Inspection.home).joinedload(Home.provider), selectinload(Inspection.team))
    )


def list_facts(
    db: Session, actor: Actor, wanted: WantedLetters = EVERY_LETTER, *, waiting: bool, page: int = 1
) -> Paged[tuple[Communication, Inspection]]:
    """What has been sent to the actor's provider and waits for its reply, or else what waits for none any
    more; the newest first unless asked otherwise. A page beyond the last is empty.
    """
    waits = and_(Communication.replied_at.is_(None), Inspection.state.in_(REPLIES_ARE_READ))
    asked = _sent_to(actor).where(wanted.about(), waits if waiting else not_(waits))
    ordered = asked.order_by(*wanted.sorted(Communication.sent_at, Communication.id))
    total = count_of(db, asked.with_only_columns(Communication.id))
    first = (page - 1) * LETTERS_A_PAGE
    rows = db.execute(ordered.limit(LETTERS_A_PAGE).offset(first)).all() if total > first else ()
    return Paged(tuple((row[0], row[1]) for row in rows), total, page, LETTERS_A_PAGE)


def find_facts(db: Session, actor: Actor, communication_id: UUID) -> tuple[Communication, Inspection]:
    """What was sent for reply under this id, to the actor's own provider. Raises NotFound."""
    row = db.execute(_sent_to(actor).where(Communication.id == communication_id)).one_or_none()
    if row is None:
        raise NotFound(N_("There is nothing here to reply to, or it is not for you."))
    return row[0], row[1]


def takes_replies(communication: Communication, inspection: Inspection) -> bool:
    return communication.replied_at is None and inspection.state in REPLIES_ARE_READ


def _short_enough(text: str, field: str) -> None:
    if len(text) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": field, "num": len(text), "most": MAX_PARAGRAPH})
