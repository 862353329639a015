"""What pages and devices keep from somebody who can still be the second coder (method §2.3 S1, §2.19)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from ...models.codings import Coding
from ...models.field import FieldHead, FieldOp
from ...models.inspections import Inspection
from ..rules.interview_order import RECORDING
from ..rules.two_coders import Judgement, judged, may_see_coding

CASE: BindParameter[UUID] = bindparam("inspection_id")
PERSON: BindParameter[UUID] = bindparam("person")
JUDGED = frozenset({"theme", "severity"})
"""The fields of a statement in which its coder judges it."""

_OF_STATEMENTS = select(
    Coding.statement_id, Coding.part, Coding.number, Coding.theme, Coding.severity, Coding.coder_id,
    Coding.coded_at,
).where(Coding.inspection_id == CASE, Coding.passage_id.is_(None))  # fmt: skip


def hidden_statements(db: Session, inspection: Inspection, person: UUID) -> frozenset[UUID]:
    """The statements that others have judged, as a whole, and `person` has yet to judge unseen."""
    if inspection.state not in RECORDING:
        return frozenset()
    given: defaultdict[UUID, list[Judgement]] = defaultdict(list)
    for row in db.execute(_OF_STATEMENTS, {"inspection_id": inspection.id}):
        given[row.statement_id].append(row)
    return frozenset(id for id, rows in given.items() if not may_see_coding(judged(rows), person))


def has_colleagues_unseen(db: Session, inspection: Inspection, person: UUID) -> bool:
    """Whether a colleague has judged what `person` has yet to judge unseen. What came in with a file and was
    judged by nobody who is named here does not count: whoever took it in had the file.
    """
    hidden = hidden_statements(db, inspection, person)
    by_colleague = select(Coding.statement_id).where(
        Coding.inspection_id == inspection.id, Coding.coder_id.is_not(None), Coding.coder_id != person
    )
    return bool(hidden) and not hidden.isdisjoint(db.scalars(by_colleague))


_NOT_TAKEN_IN = (
    select(FieldHead.doc_id)
    .join(FieldOp, FieldOp.id == FieldHead.op_id)
    .where(FieldHead.inspection_id == CASE, FieldHead.doc_kind == "statement", FieldHead.field == "severity")
    .where(FieldHead.applied.is_(False), FieldOp.author_id != PERSON)
)
_OWN = select(Coding.statement_id).where(
    Coding.inspection_id == CASE, Coding.passage_id.is_(None), Coding.coder_id == PERSON
)


def withhold_judgements(
    db: Session, inspection: Inspection, person: UUID, ops: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Operations as a device of `person` is given them: what others judge, and `person` is still to judge
    unseen, has `value` null and `withheld` true.

    Also what waits to be taken into the case, since it will be judged when it is. What `person` wrote on a
    device is theirs to see.
    """
    if not any(_is_judgement(op) for op in ops):
        return list(ops)
    about = {"inspection_id": inspection.id, "person": person}
    coming = frozenset(db.scalars(_NOT_TAKEN_IN, about)) - frozenset(db.scalars(_OWN, about))
    hidden = {str(id) for id in hidden_statements(db, inspection, person) | coming}
    return [
        op | {"value": None, "withheld": True}
        if _is_judgement(op) and op["doc_id"] in hidden and not (op["seq"] and op["author"] == str(person))
        else op
        for op in ops
    ]


def _is_judgement(op: dict[str, Any]) -> bool:
    return op["doc_kind"] == "statement" and op["field"] in JUDGED
