"""The manager of the home writes what they are proud of and what worries them, before an announced visit,
and how they see each area that will be inspected.

It is asked for only where the visit is announced: an unannounced inspection is not shown to the
home in any way before it happens (OSL 17 kap. 1 §).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from ...interview_guides.guide import load_pack
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, SelfAssessment
from ...models.notices import NoticeKind
from ...models.vocabulary import N_, Role, State
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Actor
from ..rules.lines_of_enquiry import OwnArea
from .communicate_facts import TOO_LONG
from .gather_enquiry import areas_of, seal_areas
from .record_event import record_event
from .tell import tell
from .whom_to_tell import INSPECTORS, in_team

ASKED_IN = frozenset({State.PLANNED, State.PREPARED})
MOST_CHARACTERS = 20_000
MOST_LINES = 40


def _announced(actor: Actor) -> Select[Inspection]:
    return (
        select(Inspection)
        .where(Inspection.announced, Inspection.home_id == actor.home_id)
        .options(
            joinedload(Inspection.home), joinedload(Inspection.self_assessment), joinedload(Inspection.team)
        )
    )


def find_asked(db: Session, actor: Actor) -> Inspection | None:
    """The announced inspection that the actor's home is asked about: the one planned soonest."""
    if Role.HOME_MANAGER not in actor.roles or actor.home_id is None:
        return None
    return (
        db.scalars(
            _announced(actor)
            .where(Inspection.state.in_(ASKED_IN))
            .order_by(Inspection.planned_on.is_(None), Inspection.planned_on, Inspection.created_at)
        )
        .unique()
        .first()
    )


def find_latest_sent(db: Session, actor: Actor) -> SelfAssessment | None:
    """The last self-assessment that was sent from the actor's home."""
    if Role.HOME_MANAGER not in actor.roles or actor.home_id is None:
        return None
    return db.scalar(
        select(SelfAssessment)
        .join(Inspection, Inspection.id == SelfAssessment.inspection_id)
        .where(Inspection.announced, Inspection.home_id == actor.home_id, SelfAssessment.sent_at.is_not(None))
        .order_by(SelfAssessment.sent_at.desc())
        .limit(1)
    )


def lines_of(text: str) -> list[str]:
    """One thing a line; empty lines and the marks of a list are dropped."""
    return [line for line in (raw.strip().lstrip("-•*–").strip() for raw in text.splitlines()) if line]


def assessment_stamp(draft: SelfAssessment | None) -> str:
    """A fingerprint of the draft as it stands: a form carries it, so that a stale save is noticed."""
    written: list[object] = [draft.strengths, draft.worries] if draft else [[], []]
    if draft is not None and areas_of(draft):
        written.append(draft.by_area)
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()[:16]


def assess_oneself(
    db: Session,
    *,
    actor: Actor,
    strengths: str,
    worries: str,
    areas: Mapping[str, OwnArea] | None = None,
    made_from: str,
    send: bool,
    now: datetime,
) -> SelfAssessment:
    """Save the self-assessment as a draft, or send it; after that it is not changed.

    `areas`: how the manager sees each area of the pack; None leaves them as they are. `made_from` is the
    `assessment_stamp` of the draft that the text was written from; empty: of none. Raises NotPossibleNow
    (none is asked for, or it is sent), Invalid (too long, or empty when sent), or Conflict when somebody
    else saved another text in the meantime (`theirs`: their two texts; the areas stand in the draft).
    """
    inspection = find_asked(db, actor)
    if inspection is None:
        raise NotPossibleNow(N_("No self-assessment is asked for right now."))
    draft = inspection.self_assessment
    if draft is not None and draft.sent_at is not None:
        raise NotPossibleNow(N_("Your self-assessment has been sent."))
    for field, text in (("strengths", strengths), ("worries", worries)):
        _fits(field, text)
    given = _known_areas(inspection, areas)
    if send:
        _not_empty(("strengths", strengths), ("worries", worries))
    same = (
        draft is not None
        and [draft.strengths, draft.worries] == [lines_of(strengths), lines_of(worries)]
        and (given is None or areas_of(draft) == given)
    )
    if (made_from or assessment_stamp(None)) != assessment_stamp(draft) and not same:
        raise Conflict(
            N_("Somebody else saved another text while you were writing. Compare, and save again."),
            theirs={
                "strengths": "\n".join(draft.strengths) if draft else "",
                "worries": "\n".join(draft.worries) if draft else "",
            },
        )
    if draft is None:
        draft = SelfAssessment(inspection_id=inspection.id)
        inspection.self_assessment = draft
    draft.strengths = lines_of(strengths)
    draft.worries = lines_of(worries)
    if given is not None:
        seal_areas(draft, given)
    draft.by_id = actor.user_id
    if send:
        draft.sent_at = now
        record_event(db, EventKind.SELF_ASSESSMENT_SENT, actor=actor, now=now, inspection_id=inspection.id)
        tell(
            db,
            users=in_team(db, inspection.id, INSPECTORS),
            kind=NoticeKind.SELF_ASSESSMENT_SENT,
            inspection=inspection.id,
            now=now,
        )
    db.flush()
    return draft


def _known_areas(inspection: Inspection, areas: Mapping[str, OwnArea] | None) -> dict[str, OwnArea] | None:
    """What is said of the areas that the inspection is about; empty ones are left out."""
    if areas is None:
        return None
    known = [area.id for area in load_pack(inspection.pack).areas]
    for area in known:
        if area in areas:
            _fits(f"note_{area}", areas[area].note)
    return {
        area: OwnArea(areas[area].picture, areas[area].note.strip())
        for area in known
        if area in areas and (areas[area].picture or areas[area].note.strip())
    }


def _fits(field: str, text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise Invalid(TOO_LONG, {"field": field, "num": len(text), "most": MOST_CHARACTERS})
    if len(lines_of(text)) > MOST_LINES:
        raise Invalid(
            N_("%(num)s lines; at most %(most)s. Gather them into fewer."),
            {"field": field, "num": len(lines_of(text)), "most": MOST_LINES},
        )


def _not_empty(*fields: tuple[str, str]) -> None:
    messages = {
        "strengths": N_("Write at least one thing that you are proud of."),
        "worries": N_("Write at least one thing that worries you, or that nothing does."),
    }
    empty: Iterable[str] = (field for field, text in fields if not lines_of(text))
    for field in empty:
        raise Invalid(messages[field], {"field": field})
