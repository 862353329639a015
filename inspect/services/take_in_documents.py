"""What a device wrote becomes records, through the use cases of the pages: one function for each part.

A part is some fields of one document that one use case takes together. It gets the fields whose values are
not in the record yet, and may raise any error of Tillsyn's; then nothing of it is done.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import N_, CheckResult, EvidenceKind, ReportedTo
from ..errors import Invalid, NotPossibleNow
from ..rules.field_documents import as_time
from .add_evidence import add_evidence
from .describe_upload import describe_upload
from .find_accounts import find_accounts
from .mark_requirement import Mark, checks_of, mark_requirement
from .record_acute import record_acute
from .take_in_talks import (
    CONDITIONS,
    SAID,
    take_closing,
    take_conditions,
    take_end,
    take_lead,
    take_start,
    take_statement,
)
from .take_in_visit import take_child, take_list_of_children, take_outcome, take_start_of_visit
from .taking import NOT_HERE, NotYet, Taking


def take_evidence(it: Taking) -> None:
    said = it.document.value("about")
    if said is None:
        raise Invalid(N_("An observation is not taken away. What was noted in it is taken back."))
    evidence = add_evidence(
        it.db,
        **it.who,
        kind=EvidenceKind(said["kind"]),
        title=said["title"],
        produced=said["produced"],
        noted_at=min(as_time(said["noted_at"]), it.now) if said["noted_at"] else it.at("about"),
        evidence_id=it.document.id,
    )
    if (evidence.kind.value, evidence.title) != (said["kind"], said["title"].strip()):
        raise Invalid(N_("What an observation or a document is called is not changed afterwards."))


def take_mark(it: Taking) -> None:
    requirement, said = it.document.value("requirement"), it.document.value("mark")
    if requirement is None or it.document.standing("mark") is None:
        raise NotYet
    standing = checks_of(it.db, it.inspection).get(requirement)
    mark_requirement(
        it.db,
        **it.who,
        requirement=requirement,
        mark=_mark(said) if said else None,
        version=standing.version if standing else 0,
        marked_at=it.at("mark"),
    )


def _mark(said: dict[str, Any]) -> Mark:
    result = CheckResult(said["result"])
    if result is not CheckResult.DEVIATION:
        return Mark(result=result, note=said["note"])
    return Mark(**{**said, "result": result})


def take_acute(it: Taking) -> None:
    said = it.document.value("step")
    if said is None:
        raise Invalid(N_("A step of the acute track is not taken away. Note a new one that says what holds."))
    told_in = said["statement"] and UUID(said["statement"])
    statement = it.db.get(Statement, told_in) if told_in else None
    if told_in and (statement is None or statement.inspection_id != it.inspection.id):
        raise NotPossibleNow(NOT_HERE)
    accounts = find_accounts(it.db, it.inspection) if told_in else ()
    record_acute(
        it.db,
        **it.who,
        reported_to=ReportedTo(said["reported_to"]),
        told_child=said["told_child"],
        told_child_what=said["told_child_what"],
        note=said["note"],
        about=[one.label for one in accounts if one.statement_id == told_in],
        told_in=told_in,
        step_id=it.document.id,
        at=min(as_time(said["at"]), it.now),
    )


def take_file(it: Taking) -> None:
    said = it.document.value("about")
    if said is None:
        raise Invalid(N_("A file is not taken away here. On the page of the case it can be withdrawn."))
    source: type[Interview] | type[Evidence] = Interview if "talk" in said else Evidence
    if it.db.get(source, UUID(said.get("talk") or said["evidence"])) is None:
        raise NotPossibleNow(NOT_HERE)
    describe_upload(
        it.db, **it.who, upload_id=it.document.id, about=said, made_at=it.at("about"), from_device=True
    )


TakeIn = Callable[[Taking], None]

PARTS: dict[str, tuple[tuple[int, tuple[str, ...], TakeIn], ...]] = {
    "visit": (
        (0, ("started",), take_start_of_visit),
        (6, ("children_confirmed",), take_list_of_children),
    ),
    "child": ((1, ("added",), take_child), (5, ("outcome",), take_outcome)),
    "talk": (
        (2, ("start",), take_start),
        (4, CONDITIONS, take_conditions),
        (4, ("read_back", "feedback_channel"), take_closing),
        (4, ("lead",), take_lead),
        (5, ("end",), take_end),
    ),
    "statement": ((3, ("source", *SAID), take_statement),),
    "evidence": ((2, ("about",), take_evidence),),
    "check": ((7, ("requirement", "mark"), take_mark),),
    "acute": ((7, ("step",), take_acute),),
    "photo": ((7, ("about",), take_file),),
    "recording": ((7, ("about",), take_file),),
}
"""Kind → its parts: which turn, which fields, how. What others point at has an earlier turn; within a turn,
what was written first comes first, so that a child's outcome and the end of its talk keep their order."""
