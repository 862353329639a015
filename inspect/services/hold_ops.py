"""Have the log applied to the records of a case, and write down what a use case refused.

What is refused stays in the log, held with its reason, until a later try succeeds or a person sets it aside.
Nothing that goes wrong while applying undoes what was received.
"""

import json
import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.field import FieldHead, FieldOp, HeldOp, Settlement
from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..errors import NotPossibleNow, TillsynError
from ..rules.access import Actor
from .apply_field import absorb_page_changes, apply_documents

_LOG = logging.getLogger(__name__)
_HELD = (
    select(HeldOp.__table__.c.id)
    .join(FieldOp.__table__, FieldOp.__table__.c.id == HeldOp.__table__.c.id)
    .where(among(FieldOp.__table__.c.doc_id, "documents"))
)
STUCK = N_("It could not be taken into the case by a fault of the program. It is kept, and tried again.")


def apply_and_hold(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    doc_ids: Collection[UUID],
    now: datetime,
    as_actor: bool = False,
) -> Mapping[UUID, TillsynError]:
    """Apply these documents; the operations that are held after it, each with what the use case said.

    `as_actor`: a person tries again what was refused its writer (services/apply_field.py).
    """
    refused = _applied(db, actor, inspection, doc_ids, now, as_actor=as_actor)
    _note_held(db, inspection.id, doc_ids, refused, now)
    return refused


def absorb_safely(db: Session, *, inspection: Inspection, now: datetime) -> int:
    """See what pages changed; how many operations it was. A fault there is logged, and keeps no note out."""
    try:
        with db.begin_nested():
            return absorb_page_changes(db, inspection=inspection, now=now)
    except Exception:  # noqa: BLE001 - whatever it is, what was received stays received
        # The program's own log names no case (decision 17): which it was, its page "From the field" says.
        _LOG.exception("changes that pages made in a case could not be absorbed")
        return 0


def reason_of(held: HeldOp) -> TillsynError:
    """Why an operation is held, to be said in the reader's language."""
    return as_error(held.reason)


def as_error(reason: str) -> TillsynError:
    """What HeldOp.reason says, as the error that it was."""
    kept: dict[str, Any] = json.loads(reason)
    return NotPossibleNow(kept["reason"], kept["values"])


def _applied(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    doc_ids: Collection[UUID],
    now: datetime,
    *,
    as_actor: bool,
) -> Mapping[UUID, TillsynError]:
    """All documents in one go; when that goes wrong in a way nobody foresaw, one by one, so that the fault
    of one does not hold the others."""
    try:
        with db.begin_nested():
            return apply_documents(
                db, actor=actor, inspection=inspection, doc_ids=doc_ids, now=now, as_actor=as_actor
            )
    except Exception:  # noqa: BLE001 - whatever it is, what was received stays received
        _LOG.exception("what came for a case could not be applied together")
    refused: dict[UUID, TillsynError] = {}
    for doc_id in doc_ids:
        try:
            with db.begin_nested():
                refused |= apply_documents(
                    db, actor=actor, inspection=inspection, doc_ids=[doc_id], now=now, as_actor=as_actor
                )
        except Exception:  # noqa: BLE001 - whatever it is, what was received stays received
            _LOG.exception("a document of a case could not be applied")
            heads = db.scalars(select(FieldHead.op_id).where(FieldHead.doc_id == doc_id, ~FieldHead.applied))
            refused |= {op_id: NotPossibleNow(STUCK) for op_id in heads}
    return refused


def _note_held(
    db: Session,
    inspection_id: UUID,
    doc_ids: Collection[UUID],
    refused: Mapping[UUID, TillsynError],
    now: datetime,
) -> None:
    ids = set(db.scalars(_HELD, {"documents": list(doc_ids)})) | refused.keys()
    if not ids:
        return
    waiting = {held.id: held for held in db.scalars(select(HeldOp).where(among(HeldOp.id, ids)))}
    for op_id, held in waiting.items():
        if op_id not in refused and held.settlement is None:
            held.settlement, held.settled_at, held.tried_at = Settlement.TAKEN_IN, now, now
    for op_id, error in refused.items():
        reason = json.dumps({"reason": error.reason, "values": _plain(error.values)}, ensure_ascii=False)
        known = waiting.get(op_id)
        if known is None:
            db.add(HeldOp(id=op_id, inspection_id=inspection_id, held_at=now, tried_at=now, reason=reason))
        elif known.settlement is not Settlement.SET_ASIDE:
            known.reason, known.tried_at = reason, now
            known.settlement = known.settled_at = None
    db.flush()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | int | None) else str(value) for name, value in values.items()
    }
