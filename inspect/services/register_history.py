"""What the register said before: each change of a field, kept in the transaction that makes it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.people import User
from ...models.planning_words import RegisterPart
from ...models.register import RegisterChange
from ..rules.access import Actor

SHOWN = 50
"""Changes on a page; the rest are told by their number."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One change with the name of who made it; "" for one made from the command line."""

    change: RegisterChange
    by: str


@dataclass(frozen=True, slots=True)
class History:
    lines: tuple[Changed, ...]
    total: int


def keep_registered(
    db: Session,
    part: RegisterPart,
    about_id: UUID,
    *,
    actor: Actor | None,
    now: datetime,
    import_id: UUID | None = None,
) -> None:
    """That it was registered, by whom and when."""
    by = actor.user_id if actor else None
    db.add(RegisterChange(part=part, about_id=about_id, at=now, by_id=by, import_id=import_id))


def change_and_keep(
    db: Session,
    part: RegisterPart,
    row: Any,
    values: Mapping[str, Any],
    *,
    actor: Actor | None,
    now: datetime,
    import_id: UUID | None = None,
) -> int:
    """Set `values` on `row` and keep what each was before; gives the number of fields that differ."""
    by = actor.user_id if actor else None
    number = 0
    for field, value in values.items():
        before = getattr(row, field)
        if before == value:
            continue
        setattr(row, field, value)
        number += 1
        db.add(
            RegisterChange(
                part=part, about_id=row.id, field=field, before=written(before), after=written(value),
                at=now, by_id=by, import_id=import_id,
            )
        )  # fmt: skip
    return number


def written(value: object) -> str:
    """A value of a field as it is kept: days as 2026-10-06, words of a vocabulary by their value."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)


def history_of(db: Session, about: Collection[UUID]) -> History:
    """The latest changes of these parts of the register, latest first."""
    chosen = RegisterChange.about_id.in_(list(about))
    rows: Sequence[tuple[RegisterChange, str | None]] = db.execute(
        select(RegisterChange, User.name)
        .outerjoin(User, User.id == RegisterChange.by_id)
        .where(chosen)
        .order_by(RegisterChange.at.desc(), RegisterChange.id.desc())
        .limit(SHOWN)
    ).all()
    total = db.scalar(select(func.count(RegisterChange.id)).where(chosen)) or 0
    return History(tuple(Changed(change, name or "") for change, name in rows), total)
