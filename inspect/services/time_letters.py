"""Is it the time for a letter in this case? rules/letter_timing.py, asked of what is stored."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.decisions import Decision
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ..outside.clock import SWEDEN
from ..rules import letter_timing
from ..rules.child_letters import wanted_kinds
from ..rules.inspection_flow import CaseFacts
from ..rules.letter_timing import Timing
from ..rules.reasons import Reason
from .children_to_answer import children_to_answer
from .gather_facts import gather_facts
from .list_deadlines import list_deadlines
from .route_to_committees import points_of, routed_points


def timing_of(db: Session, inspection: Inspection, *, now: datetime) -> Timing:
    """What decides which letters the case needs now."""
    today = now.astimezone(SWEDEN).date()
    return Timing(
        late=any(deadline.on < today for deadline in list_deadlines(db, [inspection.id])),
        wanted=wanted_kinds(children_to_answer(db, inspection)),
        decided=db.scalar(select(Decision.kind).where(Decision.inspection_id == inspection.id)),
        for_committees=len(points_of(db, inspection)),
        routed=len(routed_points(db, inspection.id)),
    )


def why_not_yet(
    db: Session, inspection: Inspection, kind: LetterKind, *, now: datetime, facts: CaseFacts | None = None
) -> Reason | None:
    """Why a letter of that kind is not made now. `facts`: those of the case, when at hand."""
    facts = facts or gather_facts(db, inspection, now=now)
    return letter_timing.why_not_yet(kind, facts, timing_of(db, inspection, now=now))


def has_own_decision(db: Session, inspection: Inspection, *, now: datetime) -> bool:
    """Whether the decision of the case has a document of its own."""
    facts = gather_facts(db, inspection, now=now)
    decided = db.scalar(select(Decision.kind).where(Decision.inspection_id == inspection.id))
    return letter_timing.needs_own_decision(facts, decided)
