"""Which things of an exchanged file are already in the case, and which ids the new ones get."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.base import Identified
from ...models.codings import Coding, Memo, Passage
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ..exchange.refi_qda_model import Project

_TABLES: tuple[type[Identified], ...] = (Interview, Evidence, Statement, Passage, Coding, Memo)
_MOST = 500
"""Ids in one question."""


class ExchangeIds:
    """A guid of the file keeps its id when it is free, so that the same file means the same things.

    Where another case has a row of that id already (a copy of a case in the same database), the id
    follows from this case and the guid instead, and is found again the next time.
    """

    def __init__(self, db: Session, inspection: Inspection, project: Project) -> None:
        self.case = inspection.id
        self.here: set[UUID] = set()
        for table in _TABLES:
            of: Any = table
            self.here.update(db.scalars(select(of.id).where(of.inspection_id == inspection.id)))
        wanted = {guid for text in _guids(project) if (guid := as_uuid(text)) is not None} - self.here
        self.taken = self._taken(db, sorted(wanted))

    @staticmethod
    def _taken(db: Session, wanted: list[UUID]) -> set[UUID]:
        taken: set[UUID] = set()
        for table in _TABLES:
            for start in range(0, len(wanted), _MOST):
                part = wanted[start : start + _MOST]
                taken.update(db.scalars(select(table.id).where(among(table.id, part))))
        return taken

    def of(self, guid: str) -> UUID:
        """The id that the thing with this guid has here, or will have."""
        id = as_uuid(guid)
        return self.other(guid) if id is None or id in self.taken else id

    def other(self, *names: str) -> UUID:
        """An id that follows from this case and some names of the file."""
        return uuid5(self.case, "/".join(names))

    def is_here(self, id: UUID) -> bool:
        return id in self.here


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _guids(project: Project) -> Iterable[str]:
    for source in project.sources:
        yield source.guid
        for selection in source.selections:
            yield selection.guid
            for coding in selection.codings:
                yield coding.guid
    for note in project.notes:
        yield note.guid
