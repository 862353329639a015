"""Whose rows a transaction reaches on PostgreSQL: told to the database when the transaction begins.

The policies that ask for it stand in models/reached_rows.py. On SQLite nothing is told.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Uuid, bindparam, event, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, SessionTransaction

from ...models.reached_rows import ONE_CASE, SYSTEM

_INFO = "tillsyn_reach"
_NEAR = text("SELECT tillsyn_come_near(CAST(:dnr AS text))")
_NEAR_TO = select(func.tillsyn_come_near(bindparam("cases", type_=ARRAY(Uuid))))
_WHOSE = (
    "SELECT set_config('tillsyn.reach', :reach, true), set_config('tillsyn.person', :person, true),"
    " set_config('tillsyn.provider', :provider, true), set_config('tillsyn.home', :home, true),"
    " set_config('tillsyn.moment', :moment, true), set_config('tillsyn.case', :case, true)"
)
_TELL, _TELL_ANOTHER = text(_WHOSE), text(f"{_WHOSE}, set_config('tillsyn.near', '', true)")


@dataclass(frozen=True, slots=True)
class Reach:
    """`words`: the person's roles, or a word of models/reached_rows.py. `provider_id` and `home_id` narrow
    whoever is on a provider's side. `moment`: when it is asked; the database's own clock unless given.
    `case_id`: the case of ONE_CASE."""

    words: frozenset[str]
    person_id: UUID | None = None
    provider_id: UUID | None = None
    home_id: UUID | None = None
    moment: datetime | None = None
    case_id: UUID | None = None

    def also(self, *words: str) -> "Reach":
        return replace(self, words=self.words | set(words))

    @property
    def told(self) -> dict[str, str]:
        ids = {"person": self.person_id, "provider": self.provider_id, "home": self.home_id}
        ids["case"] = self.case_id
        moment = self.moment.isoformat() if self.moment else ""
        return {"reach": " ".join(sorted(self.words)), "moment": moment} | {
            name: str(id or "") for name, id in ids.items()
        }


def reach_as(db: Session, reach: Reach) -> None:
    """From now on, also in transactions that `db` begins later."""
    before: Reach | None = db.info.get(_INFO)
    db.info[_INFO] = reach
    if db.in_transaction() and db.get_bind().dialect.name == "postgresql":
        is_same = before is not None and before.person_id == reach.person_id
        db.connection().execute(_TELL if is_same else _TELL_ANOTHER, reach.told)


def reach_instead(db: Session, reach: Reach) -> None:
    """As `reach_as`, in a session that has been told whose questions it asks; not in one that reaches all."""
    if _INFO in db.info:
        reach_as(db, reach)


def come_near(db: Session, dnr: str) -> None:
    """What is asked from now on, in this transaction, is mostly about the case with this number.

    Where the person reaches it by their team its rows are known by that, and no list of cases is made for
    each question. It gives nothing that they do not reach anyway.
    """
    if _INFO in db.info and db.get_bind().dialect.name == "postgresql":
        db.execute(_NEAR, {"dnr": dnr})


def come_near_to(db: Session, cases: Collection[UUID]) -> None:
    """The same of several cases, in the place of the one: for a page about all that somebody works with."""
    if cases and _INFO in db.info and db.get_bind().dialect.name == "postgresql":
        db.execute(_NEAR_TO, {"cases": list(cases)})


@contextmanager
def reaching_also(db: Session, *words: str, case: UUID | None = None) -> Iterator[None]:
    """For as long as the block lasts, what `words` reach too; `case`: and all of this one case."""
    before: Reach | None = db.info.get(_INFO)
    if before is None:
        yield
        return
    db.flush()  # what was changed before is written with the reach that it was changed with
    wider = before.also(*words)
    reach_as(db, replace(wider.also(ONE_CASE), case_id=case) if case else wider)
    try:
        yield
        db.flush()
    except BaseException:
        db.info[_INFO] = before  # the transaction may be past telling
        raise
    reach_as(db, before)


def reach_all(connection: Connection) -> None:
    """Every row, for as long as the connection lasts: for migrations."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('tillsyn.reach', :reach, false)"), {"reach": SYSTEM})


def reach_always(engine: Engine, word: str = SYSTEM) -> None:
    """What `word` reaches, on each connection of `engine`: every row for commands, the worker and backup."""

    def tell(connection: Any, _record: object) -> None:
        mode = connection.autocommit
        connection.autocommit = True  # else it ends with the first transaction that is rolled back
        connection.execute("SELECT set_config('tillsyn.reach', %s, false)", (word,))
        connection.autocommit = mode

    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", tell)


@event.listens_for(Session, "after_begin")
def _told(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    reach: Reach | None = session.info.get(_INFO)
    if reach is not None and not transaction.nested and connection.dialect.name == "postgresql":
        connection.execute(_TELL, reach.told)
