"""One part of a document being taken in from the field: what each of the functions that do it is given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import N_
from ..rules.access import Actor
from .read_documents import Document, Head
from .save_together import Together

NOT_HERE = N_("What it belongs to has not been taken in yet.")


class NotYet(Exception):
    """There is nothing to take in until more of the document has come. No fault: nobody is told."""


@dataclass(slots=True)
class Around:
    """What many parts ask for, read once: what statements share, and the sources that were found."""

    together: Together
    sources: dict[UUID, Interview | Evidence]

    @classmethod
    def of(cls, db: Session, inspection: Inspection, documents: Mapping[UUID, Document]) -> "Around":
        ids = [key for key, document in documents.items() if document.kind == "statement"]
        standing: dict[UUID, Statement] = {}
        for first in range(0, len(ids), 500):
            rows = db.scalars(select(Statement).where(among(Statement.id, ids[first : first + 500])))
            standing |= {row.id: row for row in rows}
        return cls(Together(standing), {})


@dataclass(slots=True)
class Taking:
    """One part being taken in: by whom it was written, in which case, when the server does it."""

    db: Session
    actor: Actor
    inspection: Inspection
    document: Document
    fields: Collection[str]
    around: Around
    now: datetime

    def head(self, name: str) -> Head:
        found = self.document.standing(name)
        if found is None:
            raise NotYet
        return found

    def at(self, *names: str) -> datetime:
        """When the first of these fields was written, by our clock."""
        return min([self.now, *(self.head(name).at for name in names or self.fields)])

    @property
    def who(self) -> dict[str, Any]:
        """What every use case is given."""
        return {"actor": self.actor, "inspection": self.inspection, "now": self.now}
