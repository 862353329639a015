"""Write down a thought while coding: about a passage, a statement, a theme, or the whole case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.codings import Memo
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotFound
from ..rules.access import Actor
from .code_unit import may_code
from .find_codings import the_unit
from .record_event import record_event

MAX_MEMO = 20_000


def write_memo(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    memo_id: UUID,
    version: int,
    text: str,
    now: datetime,
    unit_id: UUID | None = None,
    theme: str | None = None,
) -> Memo:
    """Make the memo (version 0) or change one's own. What it is about is chosen when it is made.

    Raises Conflict with the text that stands when it was changed in another window.
    """
    may_code(db, actor, inspection)
    if not text.strip():
        raise Invalid(N_("Write something first."), {"field": "text"})
    if len(text) > MAX_MEMO:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(text), "limit": MAX_MEMO, "field": "text"},
        )
    standing = db.get(Memo, memo_id)
    if standing is None:
        return _make(db, actor, inspection, memo_id, text, now, unit_id, theme)
    if standing.inspection_id != inspection.id:
        raise NotFound(N_("There is no such memo in this case."))
    if standing.by_id != actor.user_id:
        raise NotAllowed(N_("Only whoever wrote a memo changes it."))
    if standing.text == text:
        return standing
    if version != standing.version:
        raise Conflict(
            N_("You have changed this memo in another window in the meantime. Both texts are shown."),
            theirs={"text": standing.text},
            version=standing.version,
            by=actor.name,
        )
    standing.text = text
    standing.changed_at = now
    standing.version += 1
    _record(db, actor, inspection, standing, now)
    return standing


def _make(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    memo_id: UUID,
    text: str,
    now: datetime,
    unit_id: UUID | None,
    theme: str | None,
) -> Memo:
    statement, passage = the_unit(db, inspection, unit_id) if unit_id is not None else (None, None)
    if theme is not None and all(known.id != theme for known in load_pack(inspection.pack).themes):
        raise Invalid(N_("Choose a theme of the code book."), {"field": "theme"})
    memo = Memo(
        id=memo_id,
        inspection_id=inspection.id,
        statement_id=statement.id if statement else None,
        passage_id=passage.id if passage else None,
        theme=theme,
        by_id=actor.user_id,
        at=now,
        changed_at=now,
        version=1,
        text=text,
    )
    db.add(memo)
    _record(db, actor, inspection, memo, now)
    db.flush()
    return memo


def _record(db: Session, actor: Actor, inspection: Inspection, memo: Memo, now: datetime) -> None:
    record_event(
        db,
        EventKind.MEMO_WRITTEN,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        memo=memo.id,
        version=memo.version,
    )
