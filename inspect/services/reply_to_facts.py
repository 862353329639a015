"""The provider replies to the facts before the decision: fact by fact, and in words of its own (FL 25 §)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.decisions import Communication
from ...models.dialogue import ReplyPoint
from ...models.dialogue_vocabulary import FactStance
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH
from ...models.notices import NoticeKind
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .answer_letter import WHO_SENDS
from .communicate_facts import TOO_LONG, find_facts, sent_facts, takes_replies
from .record_event import record_event
from .tell import tell
from .whom_to_tell import DECIDERS, INSPECTORS, in_team

SAY_WHAT = N_("Write what is wrong or missing, and how it is instead.")


@dataclass(frozen=True, slots=True)
class SaidOfFact:
    """What is said of one fact. `stance` None: nothing is said of it."""

    stance: FactStance | None = None
    text: str = ""


Points = Mapping[UUID, SaidOfFact]
"""By the id of the fact among those that were sent."""

NO_POINTS: Points = {}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the provider has written and not sent; `version` 0 before anything is saved."""

    reply: str = ""
    points: Points = field(default_factory=dict)
    version: int = 0
    saved_at: datetime | None = None


def reply_to_facts(
    db: Session,
    *,
    actor: Actor,
    communication_id: UUID,
    reply: str,
    points: Points = NO_POINTS,
    now: datetime,
) -> Communication:
    """The provider says of each fact whether it is right, and more in its own words. Once, and in writing.

    Raises NotFound, NotAllowed (who only helps with the answers), Invalid (nothing said, a fact called wrong
    without saying how, too long), NotPossibleNow (replied already, or decided).
    """
    communication, inspection = _open_for_reply(db, actor, communication_id)
    if not may(actor, Permission.SEND_ANSWERS):
        raise NotAllowed(WHO_SENDS)
    said = _check(db, communication, inspection, reply, points)
    if not reply.strip() and not said:
        raise Invalid(
            N_("Write your reply. If everything is right, write that you have nothing to add."),
            {"field": "reply"},
        )
    communication.reply = reply.strip()
    communication.replied_at = now
    communication.draft = ""
    keep_points(db, communication, said, actor=actor, now=now)
    record_event(db, EventKind.REPLY_RECEIVED, actor=actor, now=now, inspection_id=inspection.id)
    tell(
        db, users=in_team(db, inspection.id, (*INSPECTORS, *DECIDERS)), kind=NoticeKind.REPLY_RECEIVED,
        inspection=inspection.id, now=now,
    )  # fmt: skip
    return communication


def save_draft(
    db: Session,
    *,
    actor: Actor,
    communication_id: UUID,
    version: int,
    reply: str,
    points: Points = NO_POINTS,
    now: datetime,
) -> Communication:
    """Keep what is written so far; the authority does not read it. `version`: what it was written from.

    Raises as reply_to_facts does, but for what is not yet said; Conflict when a colleague has saved since.
    """
    communication, _inspection = _open_for_reply(db, actor, communication_id)
    for text in (reply, *(one.text for one in points.values())):
        _short_enough(text, "reply")
    if communication.draft_version != version:
        kept = draft_of(communication)
        writer = db.get(User, communication.draft_by_id) if communication.draft_by_id else None
        raise Conflict(
            N_("Somebody else has written here since you opened the page. Both texts are kept below."),
            theirs={"reply": kept.reply, "points": kept.points},
            version=kept.version,
            by=writer.name if writer else "",
        )
    written = {
        str(key): {"stance": one.stance.value if one.stance else None, "text": one.text}
        for key, one in points.items()
    }
    communication.draft = json.dumps({"reply": reply, "points": written}, ensure_ascii=False)
    communication.draft_version += 1
    communication.draft_saved_at = now
    communication.draft_by_id = actor.user_id
    return communication


def draft_of(communication: Communication) -> Draft:
    """What is kept of the provider's draft."""
    kept = json.loads(communication.draft or "{}")
    return Draft(
        reply=kept.get("reply", ""),
        points={
            UUID(key): SaidOfFact(FactStance(one["stance"]) if one["stance"] else None, one["text"])
            for key, one in kept.get("points", {}).items()
        },
        version=communication.draft_version,
        saved_at=communication.draft_saved_at,
    )


def keep_points(
    db: Session,
    communication: Communication,
    said: Points,
    *,
    actor: Actor,
    now: datetime,
    spoken_id: UUID | None = None,
) -> Sequence[ReplyPoint]:
    """Store what is said of each fact, as checked by `check_points`."""
    made = []
    for finding, one in said.items():
        if one.stance is None:
            continue
        point = ReplyPoint(
            communication_id=communication.id, finding=finding, stance=one.stance, at=now,
            by_id=actor.user_id, spoken_id=spoken_id,
        )  # fmt: skip
        db.add(point)
        point.said = one.text.strip()
        made.append(point)
    db.flush()
    return made


def check_points(facts: Sequence[UUID], points: Points) -> Points:
    """Those where something is said. Raises Invalid: not a fact that was sent, wrong without a word on how.

    The field of a fault is `point-` and the fact's id in hexadecimal.
    """
    said = {key: one for key, one in points.items() if one.stance is not None or one.text.strip()}
    for key, one in said.items():
        place = f"point-{key.hex}"
        if key not in facts:
            raise Invalid(N_("This is not among the facts that were sent."), {"field": place})
        if one.stance is FactStance.WRONG and not one.text.strip():
            raise Invalid(SAY_WHAT, {"field": place})
        if one.stance is None:
            raise Invalid(N_("Choose whether it is right or wrong."), {"field": place})
        _short_enough(one.text, place)
    return said


def _open_for_reply(db: Session, actor: Actor, communication_id: UUID) -> tuple[Communication, Inspection]:
    communication, inspection = find_facts(db, actor, communication_id)
    if communication.replied_at is not None:
        raise NotPossibleNow(N_("Your reply has been sent. Call the inspector if you want to add something."))
    if not takes_replies(communication, inspection):
        raise NotPossibleNow(
            N_("The case has gone on to a decision. Call the inspector if something in the facts is wrong.")
        )
    return communication, inspection


def _check(
    db: Session, communication: Communication, inspection: Inspection, reply: str, points: Points
) -> Points:
    _short_enough(reply, "reply")
    facts = [UUID(one.finding) for one in sent_facts(db, communication, inspection)]
    return check_points(facts, points)


def _short_enough(text: str, place: str) -> None:
    if len(text) > MAX_PARAGRAPH:
        raise Invalid(TOO_LONG, {"field": place, "num": len(text), "most": MAX_PARAGRAPH})
