"""Note a dissenting opinion: whoever takes part in the final handling has the right to (FL 30 §)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.sanctions import DissentingOpinion
from ...models.vocabulary import N_, State
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .look_through import look_through
from .record_decision import is_sent
from .record_event import record_event
from .view_case import view_case

SHORTEST, LONGEST = 20, 20_000


def may_dissent(actor: Actor, inspection: Inspection) -> bool:
    """Those of the team who take part without deciding; who decides alone dissents from nobody."""
    return may(actor, Permission.NOTE_DISSENT, inspection)


def note_dissent(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    opinion: str,
    now: datetime,
    looked: bool = False,
) -> DissentingOpinion:
    """Note what `actor` thinks otherwise, or write it anew, before the decision leaves the authority.

    It goes into the decision that the provider gets (FL 33 §): `looked` says that the words which the guard
    marks in it point at nobody. Raises NotAllowed, NotPossibleNow, Invalid.
    """
    if not may_dissent(actor, inspection):
        raise NotAllowed(N_("A dissenting opinion is noted by those in the team who do not decide."))
    if inspection.state is not State.DECISION:
        raise NotPossibleNow(N_("A dissenting opinion is noted when the case has come to the decision."))
    if is_sent(db, inspection):
        raise NotPossibleNow(
            N_("The provider has been notified. A dissenting opinion is noted before that (FL 30).")
        )
    text = opinion.strip()
    if len(text) < SHORTEST:
        raise Invalid(N_("Write what you think, and why, in a sentence or two."), {"field": "opinion"})
    if len(text) > LONGEST:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "opinion", "count": len(text), "limit": LONGEST},
        )
    marks = look_through(
        db, actor=actor, inspection=inspection, view=view_case(db, inspection), written=text,
        looked=looked, now=now,
    )  # fmt: skip
    noted = db.scalar(
        select(DissentingOpinion).where(
            DissentingOpinion.inspection_id == inspection.id, DissentingOpinion.by_id == actor.user_id
        )
    )
    if noted is None:
        noted = DissentingOpinion(inspection_id=inspection.id, by_id=actor.user_id, at=now)
        db.add(noted)
    noted.opinion, noted.at = text, now
    db.flush()
    record_event(
        db, EventKind.DISSENT_NOTED, actor=actor, now=now, inspection_id=inspection.id,
        dissent=noted.id, marks=marks,
    )  # fmt: skip
    return noted
