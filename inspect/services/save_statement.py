"""Save one statement, as it is typed: from a talk, an observation or a document.

The id is made by whoever writes (a page, a device), so that sending the same twice makes one statement.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.interviews import MAX_STATEMENT, Evidence, Interview, Statement
from ...models.vocabulary import N_, Informant, StatementStatus, Wish
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.interview_order import may_record, may_record_talk
from .code_statement import change_first_coding, move_passages, note_first_coding
from .find_guides import guide_of_talk
from .next_name import hold_case
from .record_event import record_event
from .save_together import Together, next_place

MAX_OWN_QUESTION = 500


@dataclass(frozen=True, slots=True)
class StatementValues:
    """What is noted of one statement. `severity` is None until it is judged; `theme` until it is chosen."""

    text: str
    theme: str | None = None
    own_words: bool = False
    wish: Wish = Wish.ONLY_IN_GENERAL
    prompted: bool = False
    important: bool = False
    concrete: bool = True
    firsthand: bool = True
    severity: int | None = None
    question: str | None = None
    own_question: str = ""
    status: StatementStatus = StatementStatus.ACTIVE


NAMES = tuple(field.name for field in fields(StatementValues))


def values_of(statement: Statement) -> StatementValues:
    return StatementValues(**{name: getattr(statement, name) for name in NAMES})


def save_statement(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    source: Interview | Evidence,
    statement_id: UUID,
    version: int,
    values: StatementValues,
    recorded_at: datetime | None = None,
    now: datetime,
    together: Together | None = None,
) -> Statement:
    """Make or change the statement with that id. `version` is the one the change was made from; 0 makes it.

    `recorded_at` is when it was said, of one that is made; `now` when not given. One of many that are saved
    `together` is written to the database with the others, when the session is flushed.
    Nothing is ever deleted: what is taken back gets the status WITHDRAWN and keeps its words.
    Raises Invalid (naming the field), or Conflict with what stands when somebody else was there first.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    shut = (
        may_record_talk(inspection.state, source.informant)
        if isinstance(source, Interview)
        else may_record(inspection.state)
    )
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)
    if together is None:
        hold_case(db, inspection)
        standing = db.get(Statement, statement_id, populate_existing=True)
    else:
        standing = together.standing.get(statement_id)
    if standing is not None and source.id not in (standing.interview_id, standing.evidence_id):
        raise NotFound(N_("There is no such statement in this talk or document."))
    _check(db, values, source, load_pack(inspection.pack), together)
    if standing is None:
        return _make(db, actor, inspection, source, statement_id, values, recorded_at or now, now, together)
    if values_of(standing) == values:
        return standing
    if version != standing.version:
        raise Conflict(
            N_("Somebody else has changed the same statement in the meantime. Both texts are shown."),
            theirs=_plain(values_of(standing)),
            version=standing.version,
            by=_last_writer(db, inspection, standing),
        )
    if standing.resolution is not None and (values.severity or 0) < 3:
        raise Invalid(
            N_("The account has been investigated as grave; its severity stays 3 or 4."),
            {"field": "severity"},
        )
    change_first_coding(
        db,
        actor=actor,
        inspection=inspection,
        statement=standing,
        theme=values.theme,
        severity=values.severity,
        now=now,
    )
    move_passages(db, standing, values.text)
    for name in NAMES:
        setattr(standing, name, getattr(values, name))
    standing.guide_version = _asked_by(values, source)
    standing.changed_at = now
    standing.version += 1
    record_event(
        db,
        EventKind.STATEMENT_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        statement=standing.id,
        version=standing.version,
    )
    return standing


def _make(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    source: Interview | Evidence,
    statement_id: UUID,
    values: StatementValues,
    recorded_at: datetime,
    now: datetime,
    together: Together | None,
) -> Statement:
    label, position = together.next_place(db, inspection) if together else next_place(db, inspection)
    from_talk = isinstance(source, Interview)
    statement = Statement(
        id=statement_id,
        inspection_id=inspection.id,
        interview_id=source.id if from_talk else None,
        evidence_id=None if from_talk else source.id,
        label=label,
        position=position,
        recorded_at=recorded_at,
        recorded_by_id=actor.user_id,
        changed_at=now,
        version=1,
        guide_version=_asked_by(values, source),
        **{name: getattr(values, name) for name in NAMES},
    )
    db.add(statement)
    if together is None or values.severity is not None:
        db.flush()
    note_first_coding(db, actor=actor, pack=load_pack(inspection.pack), statement=statement, now=now)
    record_event(
        db,
        EventKind.STATEMENT_RECORDED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        statement=statement.id,
        source=source.id,
    )
    if together is None:
        db.flush()
    return statement


def _asked_by(values: StatementValues, source: Interview | Evidence) -> str:
    """The stamp of an answer, also to an own question: the version of the guide the talk keeps."""
    is_answer = bool(values.question or values.own_question)
    return source.guide_version if is_answer and isinstance(source, Interview) else ""


def _check(
    db: Session, values: StatementValues, source: Interview | Evidence, pack: Pack, together: Together | None
) -> None:
    if not values.text.strip():
        raise Invalid(
            N_("Write something first. What is taken back is marked as taken back; the words stay."),
            {"field": "text"},
        )
    for field, text, limit in (
        ("text", values.text, MAX_STATEMENT),
        ("own_question", values.own_question, MAX_OWN_QUESTION),
    ):
        if len(text) > limit:
            raise Invalid(
                N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
                {"num": len(text), "limit": limit, "field": field},
            )
    if values.theme is not None and all(theme.id != values.theme for theme in pack.themes):
        raise Invalid(N_("There is no theme “%(theme)s”."), {"theme": values.theme, "field": "theme"})
    if values.severity is not None and values.severity not in range(5):
        raise Invalid(N_("The severity is a number from 0 to 4."), {"field": "severity"})
    _check_source(db, values, source, pack, together)


def _check_source(
    db: Session, values: StatementValues, source: Interview | Evidence, pack: Pack, together: Together | None
) -> None:
    if isinstance(source, Evidence):
        if values.question:
            raise Invalid(N_("An observation or a document answers no question."), {"field": "question"})
        return
    if values.important and source.informant is not Informant.CHILD:
        raise Invalid(N_("Only a child can point out what matters most to children."), {"field": "important"})
    if not values.question:
        return
    guide = (together.guide if together else guide_of_talk)(db, pack.id, source)
    if guide is None or all(question.id != values.question for question in guide.questions):
        raise Invalid(N_("The guide of this talk has no such question."), {"field": "question"})


def _plain(values: StatementValues) -> dict[str, object]:
    """As JSON can carry it."""
    return {name: getattr(values, name) for name in NAMES}


def _last_writer(db: Session, inspection: Inspection, statement: Statement) -> str:
    """Who wrote what stands now: the log knows, for the row names only who recorded it first."""
    writer = db.scalar(
        select(Event.actor_id)
        .where(
            Event.inspection_id == inspection.id,
            Event.kind.in_((EventKind.STATEMENT_RECORDED, EventKind.STATEMENT_CHANGED)),
            Event.details["statement"].as_string() == str(statement.id),
        )
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(1)
    )
    return next((m.name for m in inspection.team if m.user_id == writer), "")
