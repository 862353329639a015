"""Settle a disagreement between two coders, when they have talked it through."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.codings import Coding
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import N_, CodingPart
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Actor
from ..rules.two_coders import judged, may_settle
from .code_statement import code_book_of, codings_of_unit
from .code_unit import CodingValues, check_values, let_stand, may_code, refuse_when_shut
from .find_codings import the_unit
from .next_name import hold_case
from .record_event import record_event


def settle_coding(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    unit_id: UUID,
    version: int,
    values: CodingValues,
    now: datetime,
) -> Coding:
    """Add what the two coders have agreed on; it stands from now on (method §2.3 S1).

    `version` is the number of judgements of the unit that the actor had seen. Only one of the two
    coders settles, with a reason; both judgements are kept. Raises Conflict when one was added since.
    """
    may_code(db, actor, inspection)
    hold_case(db, inspection)
    statement, passage = the_unit(db, inspection, unit_id)
    refuse_when_shut(db, inspection, statement)
    rows = codings_of_unit(db, unit_id)
    shut = may_settle(judged(rows), actor.user_id)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    if version != len(rows):
        raise Conflict(
            N_("One of you has changed the judgement in the meantime. Look at both again."),
            version=len(rows),
        )
    check_values(values, load_pack(inspection.pack))
    if not values.reason.strip():
        raise Invalid(N_("Write what you agreed on, and why."), {"field": "reason"})
    settled = Coding(
        inspection_id=inspection.id,
        statement_id=statement.id,
        passage_id=passage.id if passage else None,
        unit_id=unit_id,
        part=CodingPart.SETTLED,
        number=1 + sum(row.part is CodingPart.SETTLED for row in rows),
        theme=values.theme,
        severity=values.severity,
        coder_id=actor.user_id,
        coded_at=now,
        code_book=code_book_of(load_pack(inspection.pack)),
        reason=values.reason.strip(),
    )
    let_stand(passage or statement, [*rows, settled], now)
    db.add(settled)
    record_event(
        db,
        EventKind.CODING_SETTLED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        unit=unit_id,
        coding=settled.id,
    )
    db.flush()
    return settled
