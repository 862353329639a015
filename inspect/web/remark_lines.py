"""The remarks on a paragraph of a letter, each with the answers to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.letters import Remark
from ..services.discuss_letter import is_open
from ..services.find_letter import name_of
from .database import db


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark with the answers to it, the oldest first."""

    remark: Remark
    by: str
    resolved_by: str
    answers: tuple["RemarkLine", ...] = ()

    @property
    def is_open(self) -> bool:
        return is_open(self.remark)


def threads(remarks: Sequence[Remark]) -> tuple[RemarkLine, ...]:
    """The threads in the order they were begun."""
    if not remarks:
        return ()

    def line(remark: Remark, answers: tuple[RemarkLine, ...] = ()) -> RemarkLine:
        resolved_by = name_of(db(), remark.resolved_by_id)
        return RemarkLine(remark, name_of(db(), remark.by_id), resolved_by, answers)

    return tuple(
        line(head, tuple(line(one) for one in remarks if one.answers_id == head.id))
        for head in remarks
        if head.answers_id is None
    )
