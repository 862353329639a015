"""How the authority answers each point of the provider's reply, and what it changes (FL 25 and 32 §§).

A point that is accepted changes the fact itself: what stood when it was sent is kept with what was sent,
and the letter follows when it goes (services/complete_letter.py). The decision comes after every point has
its answer (rules/inspection_flow.py).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.decisions import Communication
from ...models.dialogue import ReplyPoint
from ...models.dialogue_vocabulary import FactStance, PointVerdict
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import MAX_PARAGRAPH, Letter, Paragraph
from ...models.vocabulary import N_
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .communicate_facts import REPLIES_ARE_READ, TOO_LONG
from .corrected_facts import CHANGES
from .look_through import look_through
from .record_event import record_event
from .sent_facts import read_frozen
from .view_case import view_case

LEAST_WHY = 10
MAX_TITLE = 200


def list_points(db: Session, communication: Communication) -> Sequence[ReplyPoint]:
    """All that the provider has said of the facts, in the order it came."""
    return db.scalars(
        select(ReplyPoint)
        .where(ReplyPoint.communication_id == communication.id)
        .order_by(ReplyPoint.at, ReplyPoint.id)
    ).all()


def points_by_fact(db: Session, communication: Communication) -> dict[str, list[ReplyPoint]]:
    """The points by the fact they are about; "" for those about none of them."""
    found: dict[str, list[ReplyPoint]] = {}
    for one in list_points(db, communication):
        found.setdefault(str(one.finding) if one.finding else "", []).append(one)
    return found


def told_answers(db: Session, inspection: Inspection) -> bool:
    """Whether the provider sees how its points were answered: with the letter, and not before."""
    sent = select(Letter.id).where(
        Letter.inspection_id == inspection.id,
        Letter.kind == LetterKind.FEEDBACK,
        Letter.sent_at.is_not(None),
    )
    return db.scalar(sent.limit(1)) is not None


def why_not_answer(actor: Actor, inspection: Inspection) -> NotAllowed | NotPossibleNow | None:
    """Why this actor cannot answer points now; None when they can."""
    if not may(actor, Permission.WRITE_LETTER, inspection):
        return NotAllowed(N_("Only the inspectors of the case write its findings and its letter."))
    if inspection.state not in REPLIES_ARE_READ:
        return NotPossibleNow(N_("Points are answered after the reply has come and before the decision."))
    return None


def answer_point(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    point_id: UUID,
    verdict: PointVerdict,
    why: str,
    title: str = "",
    saw: str = "",
    english: str = "",
    now: datetime,
    looked: bool = False,
) -> ReplyPoint:
    """Answer one point, with the reason; `title` and `saw` are how the fact reads from now on.

    `english`: how it reads in the English letter; needed where somebody has written that passage by hand.

    Answered again, the new answer holds; the log tells of each. The reason and the fact go into the approved
    letter: `looked` says that the words which the guard marks in them point at nobody. The decision-maker
    sees them beside what stood before, with the decision. Raises NotAllowed, NotPossibleNow (state, or the
    finding is gone), NotFound, Invalid (no reason; accepted and nothing changed).
    """
    refused = why_not_answer(actor, inspection)
    if refused is not None:
        raise refused
    point, communication = _point(db, inspection, point_id)
    if point.stance is not FactStance.WRONG:
        raise NotPossibleNow(N_("The provider says that this is right. There is nothing to answer."))
    _check(why, title, saw, english)
    with db.begin_nested():
        changed = ""
        if verdict in CHANGES and point.finding is not None:
            _check_english(db, inspection, point.finding, english)
            changed = _change(db, actor, inspection, communication, point.finding, title, saw, now)
            point.english = english.strip()
        point.verdict, point.answered_at, point.answered_by_id = verdict, now, actor.user_id
        point.why = why.strip()
        db.flush()
        marks = look_through(
            db, actor=actor, inspection=inspection, view=view_case(db, inspection),
            written=f"{changed} {point.why}".strip(), looked=looked, now=now,
        )  # fmt: skip
    record_event(
        db, EventKind.POINT_ANSWERED, actor=actor, now=now, inspection_id=inspection.id,
        point=point.id, verdict=verdict.value, finding=point.finding, marks=marks,
    )  # fmt: skip
    return point


def _point(db: Session, inspection: Inspection, point_id: UUID) -> tuple[ReplyPoint, Communication]:
    row = db.execute(
        select(ReplyPoint, Communication)
        .join(Communication, Communication.id == ReplyPoint.communication_id)
        .where(ReplyPoint.id == point_id, Communication.inspection_id == inspection.id)
    ).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such point in the reply."))
    return row[0], row[1]


def _check_english(db: Session, inspection: Inspection, finding_id: UUID, english: str) -> None:
    """A passage that somebody has written in English does not become Swedish by a correction."""
    if not english.strip() and written_in_english(db, inspection, finding_id):
        raise Invalid(
            N_("Somebody has written this passage in English. Write how it reads there now."),
            {"field": "english"},
        )


def written_in_english(db: Session, inspection: Inspection, finding_id: UUID) -> str:
    """What somebody has written by hand about the finding in the English letter; "" when nobody has."""
    texts = db.scalars(
        select(Paragraph)
        .join(Letter, Letter.id == Paragraph.letter_id)
        .where(
            Letter.inspection_id == inspection.id,
            Letter.kind == LetterKind.FEEDBACK,
            Paragraph.finding_id == finding_id,
            Paragraph.language == "en",
            Paragraph.edited,
        )
    )
    return next((one.text for one in texts if one.key.endswith((".saw", ".text"))), "")


def _check(why: str, title: str, saw: str, english: str) -> None:
    if len(why.strip()) < LEAST_WHY:
        raise Invalid(N_("Write why, in a sentence, so that others understand."), {"field": "why"})
    for place, text, most in (
        ("why", why, MAX_PARAGRAPH),
        ("title", title, MAX_TITLE),
        ("saw", saw, MAX_PARAGRAPH),
        ("english", english, MAX_PARAGRAPH),
    ):
        if len(text) > most:
            raise Invalid(TOO_LONG, {"field": place, "num": len(text), "most": most})


def _change(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    communication: Communication,
    finding_id: UUID,
    title: str,
    saw: str,
    now: datetime,
) -> str:
    """Let the finding read as it shall; the texts that are new. An accepted point changes something."""
    finding = db.get(Finding, finding_id)
    if finding is None or finding.inspection_id != inspection.id:
        raise NotPossibleNow(N_("The finding is no longer there. Answer why, without changing it."))
    new_title, new_saw = title.strip() or finding.title, saw.strip() or finding.saw
    sent = next((one for one in read_frozen(communication.facts) if one.finding == str(finding_id)), None)
    if sent is not None and (new_title, new_saw) == (sent.title, sent.saw):
        raise Invalid(
            N_("Write how it shall read. A correction changes what stands in the letter."), {"field": "saw"}
        )
    if (new_title, new_saw) == (finding.title, finding.saw):
        return ""
    finding.title, finding.saw = new_title, new_saw
    finding.by_id, finding.at = actor.user_id, now
    finding.version += 1
    record_event(
        db, EventKind.FINDING_WRITTEN, actor=actor, now=now, inspection_id=inspection.id,
        finding=finding.id, kind=finding.kind.value, level=finding.level, version=finding.version,
    )  # fmt: skip
    return f"{new_title} {new_saw}"
