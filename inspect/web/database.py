"""The database session of a request: opened before the view, committed once when it succeeds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session, sessionmaker

from ...models.event_kinds import EventKind
from ...models.log_chain import write_events
from ...models.reached_rows import DOOR, GLASS
from ..outside.database import begin_writing, make_engine, session_factory
from ..outside.reach import Reach, reach_always, reach_as
from ..rules.access import Actor, Permission, may
from ..services.reach_of import reach_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
AT_THE_DOOR = Reach(frozenset({DOOR}))
"""Nobody is signed in, or it is not known yet who asks."""


OWN_TRANSACTION = frozenset({"api.sync", "api.sealed"})
"""Endpoints that look up who asks before they begin to write, in a transaction of their own (`writing`).

Where many send at the same time, none waits while another is looked up."""


class GetWroteSomething(RuntimeError):
    """A view that answers a reading method changed the database; that is a fault in the view."""


def init_app(app: Flask, database_url: str) -> None:
    connect(app, database_url)
    app.teardown_appcontext(_close)


def connect(app: Flask, database_url: str) -> None:
    """Serve from the database at `database_url` from now on. Nothing is asked of it yet."""
    engine = make_engine(database_url)
    if not app.config["SETTINGS"].reach_by_person:
        reach_always(engine)
    app.extensions["tillsyn_engine"] = engine
    app.extensions["tillsyn_sessions"] = session_factory(engine, file_quota=app.config["SETTINGS"].file_quota)


def new_session() -> Session:
    """A session of its own, for what must not share the fate of the request's transaction."""
    made = cast(sessionmaker[Session], current_app.extensions["tillsyn_sessions"])()
    _tell(made, g.get("reach", AT_THE_DOOR))
    return made


def _tell(session: Session, reach: Reach) -> None:
    """With TILLSYN_REACH=person; else each connection reaches every row already (`connect`)."""
    if current_app.config["SETTINGS"].reach_by_person:
        reach_as(session, reach)


def reach_for(actor: Actor | None, *words: str) -> None:
    """Let the questions of this request reach the rows of `actor`, and what `words` reach beside them."""
    g.reach = reach_of(actor, *words, moment=now()) if actor else AT_THE_DOOR.also(*words)
    if "db" in g:
        _tell(g.db, _reach_of_request())


def _reach_of_request() -> Reach:
    """As `g.reach`; who only reads reaches what they have opened in need too."""
    reach: Reach = g.get("reach", AT_THE_DOOR)
    in_need = request.method in SAFE_METHODS and may(g.get("actor"), Permission.BREAK_GLASS)
    return reach.also(GLASS) if in_need else reach


def db() -> Session:
    """The session of this request. A writing method opens its transaction as one that will write."""
    if "db" not in g:
        g.db = new_session()
        _tell(g.db, _reach_of_request())
        if request.method not in SAFE_METHODS and request.endpoint not in OWN_TRANSACTION:
            begin_writing(g.db)
    return cast(Session, g.db)


def now() -> datetime:
    """The one moment at which this request happens."""
    if "now" not in g:
        clock: Callable[[], datetime] = current_app.config["CLOCK"]
        g.now = clock()
    return cast(datetime, g.now)


def record_reading(kind: EventKind, *, actor_id: UUID, inspection_id: UUID | None, **details: str) -> None:
    """Have a reading logged when the page has been made (SoLPuL 10 §: reading is checked too)."""
    g.setdefault("readings", []).append(
        {"at": now(), "kind": kind, "actor_id": actor_id, "inspection_id": inspection_id, "details": details}
    )


def record_reading_with(use_case: Callable[[Session], object]) -> None:
    """Have a use case that records a reading run when the page has been made, in a transaction of its own."""
    g.setdefault("reading_use_cases", []).append(use_case)


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction of its own, which writes; committed when the block ends."""
    with new_session() as own:
        begin_writing(own)
        yield own
        own.commit()


def finish() -> None:
    """Commit what a writing request did; log what a reading request read, and nothing else."""
    session: Session | None = g.get("db")
    if session is not None and request.method not in SAFE_METHODS:
        session.commit()
    elif session is not None:
        if session.new or session.dirty or session.deleted:
            raise GetWroteSomething(f"{request.endpoint} changed the database on {request.method}")
        session.close()  # a rollback would first mark all that was read as out of date, row by row
    readings: list[dict[str, Any]] = g.pop("readings", [])
    use_cases: list[Callable[[Session], object]] = g.pop("reading_use_cases", [])
    if readings or use_cases:
        with new_session() as log:
            begin_writing(log)
            if readings:
                write_events(log, readings)
            for use_case in use_cases:
                use_case(log)
            log.commit()


def renew() -> None:
    """Commit what was done, and go on in a transaction of its own: what comes after may fail by itself."""
    finish()
    _close(None)


def _close(error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
