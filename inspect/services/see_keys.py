"""Which keys there are and what they seal: counts, never a key."""

from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, func, literal, select

from ...models.data_keys import DataKey
from ..outside.keys import VERSION
from .verify_database import sealed_columns


@dataclass(frozen=True, slots=True)
class KeysSeen:
    """`by_kek`: data keys by the key-encryption key that wrapped them; `older`: values that are sealed with
    the installation's key itself, by column."""

    by_kek: dict[str, int]
    retired: int
    destroyed: int
    older: dict[str, int]


def see_keys(connection: Connection) -> KeysSeen:
    there = DataKey.wrapped.is_not(None)
    by_kek = connection.execute(
        select(DataKey.kek_id, func.count().label("number"))
        .where(there)
        .group_by(DataKey.kek_id)
        .order_by(DataKey.kek_id)
    )
    older = {}
    for table, column in sealed_columns():
        first = func.substr(column, 1, 1, type_=LargeBinary())
        number = connection.scalar(
            select(func.count()).select_from(table).where(first == literal(VERSION, LargeBinary()))
        )
        if number:
            older[f"{table.name}.{column.name}"] = number
    return KeysSeen(
        {row.kek_id: row.number for row in by_kek},
        connection.scalar(select(func.count()).where(there, DataKey.retired_at.is_not(None))) or 0,
        connection.scalar(select(func.count()).where(DataKey.destroyed_at.is_not(None))) or 0,
        older,
    )
