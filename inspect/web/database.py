"""The database session of a request: opened before the view, committed once when it succeeds."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session, sessionmaker

from ...models.events import Event
from ...models.vocabulary import EventKind
from ..outside.database import begin_writing, make_engine, session_factory

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class GetWroteSomething(RuntimeError):
    """A view that answers a reading method changed the database; that is a fault in the view."""


def init_app(app: Flask, database_url: str) -> None:
    engine = make_engine(database_url)
    app.extensions["tillsyn_engine"] = engine
    app.extensions["tillsyn_sessions"] = session_factory(engine)
    app.teardown_appcontext(_close)


def new_session() -> Session:
    """A session of its own, for what must not share the fate of the request's transaction."""
    return cast(sessionmaker[Session], current_app.extensions["tillsyn_sessions"])()


def db() -> Session:
    """The session of this request. A writing method opens its transaction as one that will write."""
    if "db" not in g:
        g.db = new_session()
        if request.method not in SAFE_METHODS:
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
        Event(at=now(), kind=kind, actor_id=actor_id, inspection_id=inspection_id, details=details)
    )


def finish() -> None:
    """Commit what a writing request did; log what a reading request read, and nothing else."""
    session: Session | None = g.get("db")
    if session is not None and request.method not in SAFE_METHODS:
        session.commit()
    elif session is not None:
        if session.new or session.dirty or session.deleted:
            raise GetWroteSomething(f"{request.endpoint} changed the database on {request.method}")
        session.rollback()
    readings: list[Event] = g.pop("readings", [])
    if readings:
        with new_session() as log:
            begin_writing(log)
            log.add_all(readings)
            log.commit()


def _close(error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
