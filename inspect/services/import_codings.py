"""Take in the codings and passages of an inspection file, many at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.base import new_id
from ...models.codings import Coding, Passage
from ...models.inspections import Inspection, TeamMember
from ...models.sealed import held_bytes, settled
from ...models.vocabulary import Resolution
from ..rules.inspection_file import moment
from ..rules.inspection_file_codings import given_codings
from .code_statement import code_book_of


def take_in_codings(
    db: Session, *, inspection: Inspection, told: Iterable[tuple[UUID, Mapping[str, Any]]], now: datetime
) -> None:
    """Add the codings and passages of statements that are in the database already, in two questions.

    `told`: each statement's id with what the file says of it. A judgement without codings of its own in
    the file is a first one, by nobody who is known here, made when it was taken in.
    """
    told = list(told)
    accounts: dict[str, UUID | None] = {}
    if any("codings" in given or "passages" in given for _, given in told):
        team = select(TeamMember.name, TeamMember.user_id).where(TeamMember.inspection_id == inspection.id)
        accounts = {row.name: row.user_id for row in db.execute(team)}
    book = code_book_of(load_pack(inspection.pack))
    passages: list[dict[str, Any]] = []
    codings: list[dict[str, Any]] = []
    for statement_id, given in told:
        units: list[tuple[UUID | None, Mapping[str, Any]]] = [(None, given)]
        for marked in given.get("passages", ()):
            passage = _passage(inspection, statement_id, marked, accounts, now)
            passages.append(passage)
            units.append((passage["id"], marked))
        for passage_id, unit in units:
            about = {
                "inspection_id": inspection.id,
                "statement_id": statement_id,
                "passage_id": passage_id,
                "unit_id": passage_id or statement_id,
            }
            codings += [about | values for values in _codings(unit, accounts, book, now)]
    if passages:
        db.execute(insert(Passage), passages)
    if codings:
        for row in codings:
            if row["reason_sealed"] is not None:
                row["reason_sealed"] = settled(db, inspection.id, row["reason_sealed"])
        db.execute(insert(Coding), codings)


def _passage(
    inspection: Inspection,
    statement_id: UUID,
    marked: Mapping[str, Any],
    accounts: Mapping[str, UUID | None],
    now: datetime,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "inspection_id": inspection.id,
        "statement_id": statement_id,
        "label": marked["id"],
        "begins": marked["begins"],
        "ends": marked["ends"],
        "theme": marked["theme"],
        "severity": marked["severity"],
        "resolution": Resolution(marked["resolution"]) if marked.get("resolution") else None,
        "foreign_codes": marked.get("foreign_codes", ""),
        "marked_at": moment(marked["marked_at"]) if "marked_at" in marked else now,
        "marked_by_id": accounts.get(marked.get("marked_by", "")),
        "version": 1,
    }


def _codings(
    unit: Mapping[str, Any], accounts: Mapping[str, UUID | None], book: str, now: datetime
) -> list[dict[str, Any]]:
    """The rows of one unit, without what they are about."""
    if not unit.get("codings"):
        if unit["theme"] is None or unit["severity"] is None:
            return []
        return [_row(part="first", number=1, coded_at=now, code_book=book, given=unit)]
    numbered = given_codings(unit["codings"])
    return [
        _row(
            part=one.part,
            number=one.number,
            coded_at=one.coded_at,
            code_book=row.get("code_book", ""),
            coder_id=accounts.get(row.get("coder", "")),
            reason=row.get("reason", ""),
            given=row,
        )
        for one, row in zip(numbered, unit["codings"], strict=True)
    ]


def _row(
    *,
    part: str,
    number: int,
    coded_at: datetime,
    code_book: str,
    given: Mapping[str, Any],
    coder_id: UUID | None = None,
    reason: str = "",
) -> dict[str, Any]:
    row_id = new_id()
    return {
        "id": row_id,
        "part": part,
        "number": number,
        "theme": given["theme"],
        "severity": given["severity"],
        "coder_id": coder_id,
        "coded_at": coded_at,
        "code_book": code_book,
        "reason_sealed": held_bytes("codings", "reason_sealed", row_id, reason.encode()) if reason else None,
    }
