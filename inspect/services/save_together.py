"""What is asked once when many statements of one case are saved in one go, instead of once for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...interview_guides.content import Guide
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from .find_guides import guide_of_talk
from .next_name import next_name


@dataclass(slots=True)
class Together:
    """`standing`: the statements among those to be saved that there are already. Nobody else records in the
    case meanwhile (services/next_name.py: hold_case), and nothing else makes statements in it."""

    standing: dict[UUID, Statement]
    guides: dict[UUID, Guide | None] = field(default_factory=dict)
    label: str = ""
    position: int = -1

    def next_place(self, db: Session, inspection: Inspection) -> tuple[str, int]:
        """The label and the position of one more statement."""
        if self.label:
            self.label, self.position = next_name("u", [self.label]), self.position + 1
        else:
            self.label, self.position = next_place(db, inspection)
        return self.label, self.position

    def guide(self, db: Session, pack: str, talk: Interview) -> Guide | None:
        if talk.id not in self.guides:
            self.guides[talk.id] = guide_of_talk(db, pack, talk)
        return self.guides[talk.id]

    def undone(self, standing: Mapping[UUID, Statement]) -> None:
        """What was saved since has been taken back; these were there before."""
        self.standing = dict(standing)
        self.label, self.position = "", -1


def next_place(db: Session, inspection: Inspection) -> tuple[str, int]:
    """The label and the position of one more statement in the case."""
    last = db.scalar(select(func.max(Statement.position)).where(Statement.inspection_id == inspection.id))
    return next_name("u", _latest_labels(db, inspection)), 0 if last is None else last + 1


def _latest_labels(db: Session, inspection: Inspection) -> Sequence[str]:
    """Labels among which the highest `u17` of the case is, when there is one.

    Of such labels the longest is the highest, and of equally long ones the last: a few are enough, unless
    labels that a file brought along, of another form, stand before them.
    """
    query = (
        select(Statement.label)
        .where(Statement.inspection_id == inspection.id, Statement.label.like("u%"))
        .order_by(func.length(Statement.label).desc(), Statement.label.desc())
    )
    some = db.scalars(query.limit(8)).all()
    if len(some) < 8 or any(label[1:].isdecimal() for label in some):
        return some
    return db.scalars(query).all()
