"""One page of a long list: sorted, counted and cut in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")
Column = ColumnElement[Any] | InstrumentedAttribute[Any]

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Order:
    """By which of its columns a list is sorted, and which way. In an address: `home`, or `-home`."""

    key: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.key}" if self.descending else self.key


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """The rows of one page, how many rows there are in all, and which page it is (from 1).

    Of a list too long to be counted (turn_pages.py) `total` is one more than is counted, and `before` and
    `after` are the rows that the pages beside this one begin from, where there are such pages.
    """

    rows: tuple[Row, ...]
    total: int
    number: int
    per_page: int = PER_PAGE
    before: UUID | None = None
    after: UUID | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def count_of(db: Session, chosen: Select[Any]) -> int:
    """How many rows `chosen` has; its order is left out."""
    bare = chosen.order_by(None).options().subquery()
    return db.scalar(select(func.count()).select_from(bare)) or 0


def number_of(page: int, total: int, per_page: int = PER_PAGE) -> int:
    """`page`, or the nearest page there is."""
    return min(max(1, page), max(1, -(-total // per_page)))


def cut(chosen: Select[Any], number: int, per_page: int = PER_PAGE) -> Select[Any]:
    """The rows of page `number` (from 1) of `chosen`."""
    return chosen.limit(per_page).offset((number - 1) * per_page)


def page_of(db: Session, chosen: Select[Any], key: Column, page: int, per_page: int = PER_PAGE) -> Paged[Any]:
    """Page `page` (from 1) of the entities that `chosen` asks for, with `key` to count them by.

    A page beyond the last has no rows: of lists that share their pages one may end before another.
    """
    total = count_of(db, chosen.with_only_columns(key))
    rows = db.scalars(cut(chosen, page, per_page)).unique() if total > (page - 1) * per_page else ()
    return Paged(tuple(rows), total, page, per_page)


def sorted_by(order: Order, by: Mapping[str, Sequence[Column]], last: Column) -> list[UnaryExpression[Any]]:
    """The ORDER BY of `order`: the columns that `by` has for it, then `last`, which no two rows share."""
    columns = (*by[order.key], last)
    return [column.desc() if order.descending else column.asc() for column in columns]
