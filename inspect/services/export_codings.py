"""Give the codings and passages of a case back as the inspection file holds them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.codings import Coding, Passage
from ...models.inspections import Inspection
from ...models.people import User
from ...models.vocabulary import CodingPart
from ..outside.clock import SWEDEN

ORDER = {CodingPart.FIRST: 0, CodingPart.SECOND: 1, CodingPart.SETTLED: 2}


def exported_codings(db: Session, inspection: Inspection) -> dict[UUID, dict[str, Any]]:
    """What a file says of each statement's codings and passages, by the statement's id.

    A statement with a single judgement by nobody who is named has no row: its theme and severity say it.
    """
    codings: defaultdict[UUID, list[Coding]] = defaultdict(list)
    for coding in db.scalars(select(Coding).where(Coding.inspection_id == inspection.id)):
        codings[coding.unit_id].append(coding)
    passages = db.scalars(
        select(Passage)
        .where(Passage.inspection_id == inspection.id)
        .order_by(Passage.begins, Passage.ends, Passage.id)
    ).all()
    wanted = {row.coder_id for rows in codings.values() for row in rows}
    wanted |= {passage.marked_by_id for passage in passages}
    wanted.discard(None)
    names: dict[UUID, str] = {}
    if wanted:
        names = {
            row.id: row.name for row in db.execute(select(User.id, User.name).where(User.id.in_(wanted)))
        }
    found: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)
    for unit, rows in codings.items():
        if all(row.passage_id is None for row in rows):
            found[unit] |= _codings(rows, names)
    for passage in passages:
        marked = {
            "id": passage.label,
            "begins": passage.begins,
            "ends": passage.ends,
            "theme": passage.theme,
            "severity": passage.severity,
            **({"resolution": passage.resolution.value} if passage.resolution else {}),
            **({"foreign_codes": passage.foreign_codes} if passage.foreign_codes else {}),
            "marked_at": _time(passage.marked_at),
            **_name("marked_by", passage.marked_by_id, names),
            **_codings(codings[passage.id], names),
        }
        found[passage.statement_id].setdefault("passages", []).append(marked)
    return dict(found)


def _codings(rows: Sequence[Coding], names: Mapping[UUID, str]) -> dict[str, Any]:
    if not rows or (len(rows) == 1 and rows[0].coder_id is None):
        return {}
    return {
        "codings": [
            {
                "part": row.part.value,
                "theme": row.theme,
                "severity": row.severity,
                "coded_at": _time(row.coded_at),
                **_name("coder", row.coder_id, names),
                **({"code_book": row.code_book} if row.code_book else {}),
                **({"reason": row.reason} if row.reason else {}),
            }
            for row in sorted(rows, key=lambda row: (ORDER[row.part], row.number))
        ]
    }


def _name(key: str, person: UUID | None, names: Mapping[UUID, str]) -> dict[str, str]:
    return {key: names[person]} if person is not None and person in names else {}


def _time(moment: Any) -> str:
    """To the microsecond: a judgement that was changed must still come after the one it changed."""
    return str(moment.astimezone(SWEDEN).isoformat())
