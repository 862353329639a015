"""Taken in from the field: talks, their conditions and end, and what was said in them."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ...models.interviews import Evidence, Interview
from ...models.vocabulary import N_, Informant, StatementStatus, Wish
from ..errors import Invalid, NotPossibleNow
from .end_interview import end_interview, note_closing, note_told, resume_interview
from .hold_interview import (
    Began,
    Conditions,
    change_interview,
    conditions_of,
    find_interview,
    hand_over_interview,
    start_interview,
)
from .judge_order import began_out_of_order
from .save_statement import StatementValues, save_statement, values_of
from .taking import NOT_HERE, NotYet, Taking

CONDITIONS = tuple(Conditions.__dataclass_fields__)
SAID = tuple(StatementValues.__dataclass_fields__)


def take_start(it: Taking) -> None:
    head, said = it.head("start"), it.document.value("start")
    if said is None:
        raise Invalid(N_("A talk that was begun is not taken away. What was noted in it is taken back."))
    informant, began = Informant(said["informant"]), head.moment(said["started_at"], it.now)
    talk = start_interview(
        it.db,
        **it.who,
        informant=informant,
        guide=said["guide"],
        resident_id=said["resident"] and UUID(said["resident"]),
        person=said["person"],
        interview_id=it.document.id,
        began=Began(began, head.guide_version, began_out_of_order(it.db, it.inspection, informant, began)),
    )
    resident = str(talk.resident_id) if talk.resident_id else None
    if (talk.informant, resident) != (informant, said["resident"]):
        raise Invalid(N_("With whom a talk was held is not changed afterwards."))


def take_conditions(it: Taking) -> None:
    talk = _talk(it)
    written = {name: it.document.value(name) for name in it.fields}
    conditions = replace(conditions_of(talk), **written)
    change_interview(it.db, **it.who, talk=talk, version=talk.version, conditions=conditions)


def take_closing(it: Taking) -> None:
    talk = _talk(it)
    written: dict[str, Any] = {"read_back": talk.read_back, "feedback_channel": talk.feedback_channel}
    written |= {name: it.document.value(name) for name in it.fields}
    note_closing(it.db, **it.who, talk=talk, **written)


def take_lead(it: Taking) -> None:
    leads = it.document.value("lead")
    if leads is not None:
        hand_over_interview(it.db, **it.who, talk=_talk(it), to=UUID(leads))


def take_end(it: Taking) -> None:
    talk, said = _talk(it), it.document.value("end")
    if talk.ended_at is not None:
        resume_interview(it.db, **it.who, talk=talk)
    if said is not None:
        ended = it.head("end").moment(said["ended_at"], it.now)
        end_interview(it.db, **it.who, talk=talk, read_back=talk.read_back, ended_at=ended)


def _talk(it: Taking) -> Interview:
    if it.db.get(Interview, it.document.id) is None:
        raise NotPossibleNow(NOT_HERE)
    return find_interview(it.db, it.inspection, it.document.id)


def take_statement(it: Taking) -> None:
    source = _source(it)
    standing = it.around.together.standing.get(it.document.id)
    values = values_of(standing) if standing else StatementValues(text="")
    written = {name: it.document.value(name) for name in it.fields if name != "source"}
    if "wish" in written:
        written["wish"] = Wish(written["wish"])
    if "status" in written:
        written["status"] = StatementStatus(written["status"])
    values = replace(values, **written)
    if standing is None and not values.text.strip():
        raise NotYet
    it.around.together.standing[it.document.id] = save_statement(
        it.db,
        **it.who,
        source=source,
        statement_id=it.document.id,
        version=standing.version if standing else 0,
        values=values,
        recorded_at=it.at(),
        together=it.around.together,
    )
    if standing is None and isinstance(source, Interview) and source.ended_at is not None:
        _note_late_words(it, source, source.ended_at)


def _note_late_words(it: Taking, talk: Interview, ended_at: datetime) -> None:
    """What comes after the end of its talk tells as well that the child has talked."""
    resident = next((one for one in it.inspection.residents if one.id == talk.resident_id), None)
    if resident is not None and resident.outcome is None:
        it.db.refresh(talk, ["statements"])
        note_told(it.db, actor=it.actor, inspection=it.inspection, talk=talk, at=ended_at, now=it.now)


def _source(it: Taking) -> Interview | Evidence:
    said = it.document.value("source")
    if said is None:
        raise NotYet
    key = UUID(said["talk"] if "talk" in said else said["evidence"])
    source = it.around.sources.get(key)
    if source is None:
        source = it.db.get(Interview, key) if "talk" in said else it.db.get(Evidence, key)
    if source is None or source.inspection_id != it.inspection.id:
        raise NotPossibleNow(NOT_HERE)
    it.around.sources[key] = source
    return source
