"""What the pages of a draft show of it, as plain values."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.content import Text
from ...interview_guides.guide import Pack, UnknownContent, load_pack
from ...models.guides import GuideVersion
from ...models.people import User
from .guide_fault_words import FaultLine
from .language import say


@dataclass(frozen=True, slots=True)
class DraftHead:
    """What stands at the top of every page of a draft."""

    id: UUID
    pack: str
    pack_title: Text
    is_example: bool
    title: Text
    version: str
    based_on: str
    valid_from: date | None
    handed_over_at: datetime | None
    handed_over_by: str
    remark: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question in the list of them; `faults` is how many it has."""

    id: str
    sv: str
    en: str
    area: str
    theme: str
    faults: int


def draft_head(db: Session, row: GuideVersion) -> DraftHead:
    pack = load_pack(row.pack)
    return DraftHead(
        id=row.id,
        pack=row.pack,
        pack_title=pack.title,
        is_example=pack.is_example,
        title=pack.guide(row.guide).title,
        version=row.version,
        based_on=row.based_on,
        valid_from=row.valid_from,
        handed_over_at=row.handed_over_at,
        handed_over_by=_name(db, row.handed_over_by_id),
        remark=row.remark,
        changed_at=row.changed_at,
        changed_by=_name(db, row.changed_by_id),
    )


def question_lines(pack: Pack, row: GuideVersion, faults: list[FaultLine]) -> list[QuestionLine]:
    counted = Counter(fault.part for fault in faults)
    return [
        QuestionLine(
            one["id"],
            (one.get("text") or {}).get("sv", ""),
            (one.get("text") or {}).get("en", ""),
            *_topic(pack, one),
            counted[one["id"]],
        )
        for one in row.content["questions"]
    ]


def _topic(pack: Pack, question: dict[str, Any]) -> tuple[str, str]:
    """The names of a question's area and theme; what the code book does not have stands as it is written."""
    area, theme = question.get("area") or "", question.get("theme") or ""
    try:
        return (say(pack.area(area).name) if area else ""), (say(pack.theme(theme).name) if theme else "")
    except UnknownContent:
        return area, theme


def _name(db: Session, user_id: UUID | None) -> str:
    user = db.get(User, user_id) if user_id else None
    return user.name if user else ""
