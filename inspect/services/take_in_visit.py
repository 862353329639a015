"""Taken in from the field: the beginning of the visit, the children and what came of the offers to them."""

from ...models.vocabulary import N_, ChildOutcome, State
from ..errors import Invalid
from ..rules.interview_order import BEFORE_VISIT
from .move_inspection import move_inspection
from .read_documents import Head
from .record_children import (
    add_child,
    confirm_children,
    override_order,
    remove_child,
    resident_of,
    set_outcome,
)
from .taking import Taking


def take_start_of_visit(it: Taking) -> None:
    if not it.document.value("started"):
        if it.inspection.state not in BEFORE_VISIT:
            raise Invalid(N_("A visit that has begun is not taken back here."))
    elif it.inspection.state in BEFORE_VISIT:
        move_inspection(it.db, **it.who, to=State.CHILDREN, began=it.at())


def take_list_of_children(it: Taking) -> None:
    confirm_children(it.db, **it.who, is_whole=it.document.value("children_confirmed"), at=it.at())


def take_override(it: Taking, head: Head) -> None:
    reason = str(head.value)
    override_order(it.db, **it.who, reason=reason, override_id=head.op_id, at=min(head.at, it.now))


def take_child(it: Taking) -> None:
    if it.document.value("added") is not None:
        add_child(it.db, **it.who, resident_id=it.document.id)
    elif any(one.id == it.document.id for one in it.inspection.residents):
        remove_child(it.db, **it.who, resident_id=it.document.id)


def take_outcome(it: Taking) -> None:
    resident = resident_of(it.inspection, it.document.id)
    said = it.document.value("outcome")
    if said is None:
        if resident.outcome is not None:
            raise Invalid(N_("An outcome is changed for another one, not taken away."))
        return
    set_outcome(
        it.db,
        **it.who,
        resident_id=resident.id,
        outcome=ChildOutcome(said["outcome"]),
        note=said["note"],
        seen_at=resident.outcome_at,
        at=it.at(),
    )
