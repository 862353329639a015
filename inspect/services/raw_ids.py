"""Ids and times as the database gives them: making thousands of them costs more than all the rest."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, String, TypeDecorator, type_coerce

Raw = str | UUID
"""An id as the database gives it: 32 hexadecimal digits from SQLite, a UUID from PostgreSQL."""

_DIGITS = 32


def raw(column: Any) -> Any:
    """The column as the database gives it."""
    return type_coerce(column, String).label(column.key)


def as_id(id: Any) -> UUID:
    """The UUID that a raw id stands for."""
    return id if isinstance(id, UUID) else UUID(id)


def guid(id: Raw) -> str:
    """`018f5a0c-2b3c-7d4e-8f90-1234567890ab`."""
    if isinstance(id, str) and len(id) == _DIGITS:
        return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
    return str(id)


class _Time(TypeDecorator[datetime]):
    """A time of the case, made once however many rows have it."""

    impl = String
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        return _moment


@lru_cache(8192)
def _moment(value: str | datetime | None) -> datetime | None:
    """SQLite gives a text without a zone, in UTC (models/base.py); PostgreSQL a time with a zone."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return None if value is None else value.astimezone(UTC)


def time_of(column: Any) -> Any:
    """The column of times, read faster than one by one."""
    return type_coerce(column, _Time()).label(column.key)
