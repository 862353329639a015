"""Turn the pages of a list that may be very long: the last page is found as soon as the first.

Up to COUNTED rows are counted, and their pages found by number. Of a longer list only that is said, and the
page beside the one at hand begins from the row that it ended with, which an index finds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from .long_lists import PER_PAGE, Column, Order, Paged, Row, number_of

COUNTED = 1_000
"""So many rows are counted exactly: to count all of a hundred thousand takes longer than to show a page."""
PAGES_COUNTED = COUNTED // PER_PAGE


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list one wants to be: on page `page`, or beside the row `after` or `before`.

    Beside a row, `page` is only the number to show.
    """

    page: int = 1
    after: UUID | None = None
    before: UUID | None = None


FIRST = Place()


def turn_to(
    db: Session,
    chosen: Select[Any],
    order: Order,
    by: Mapping[str, Sequence[Column]],
    place: Place,
    *,
    rows_of: Select[Any] | None = None,
    of_many: Select[Any] | None = None,
    counting: Select[Any] | None = None,
    never_by_index: bool = False,
) -> Paged[UUID]:
    """The ids of one page. `chosen` asks for an id alone, and joins the tables that `by` names.

    `of_many`: the same question put so that it is asked row by row in the order of the list, which is quick
    where many rows answer to it; by default `chosen`. `counting`: the same again, put so that so many as are
    counted are soon met; by default `chosen`. `rows_of`: the same without its filter, to find the row
    that a page begins from, although it has changed since; by default `chosen`. It asks for nothing that the
    reader may not know of: where a row stands tells of it. `never_by_index`: what is found is sorted, however
    much it is, because those who walk in the order of the list would meet too much else first.
    """
    (key,) = chosen.selected_columns
    total = min(counted(db, chosen if counting is None else counting), COUNTED + 1)
    if not total:
        return Paged((), 0, 1)
    if total > COUNTED and of_many is not None and not never_by_index:
        chosen = of_many
    columns = (*by[order.key], key)
    beside = place.after or place.before
    if total <= COUNTED or beside is None:
        number = number_of(place.page, min(total, COUNTED))
        few = total <= COUNTED or never_by_index
        at = _ordered(chosen, columns, order.descending, few=few).offset((number - 1) * PER_PAGE)
        ids = list(db.scalars(at.limit(PER_PAGE + 1)))
        return _page(ids, total, number, number > 1, len(ids) > PER_PAGE)
    every = chosen if rows_of is None else rows_of
    values = db.execute(every.where(key == beside).with_only_columns(*columns)).one_or_none()
    if values is None:
        return turn_to(db, chosen, order, by, FIRST)
    back = place.after is None
    low = db.get_bind().dialect.name == "sqlite"
    beyond = _beyond(columns, list(values), order.descending is not back, nulls_low=low)
    turned = _ordered(chosen.where(beyond), columns, order.descending is not back, few=never_by_index)
    ids = list(db.scalars(turned.limit(PER_PAGE + 1)))
    more = len(ids) > PER_PAGE
    ids = ids[:PER_PAGE]
    if back:
        number = max(1, place.page) if more else 1
        return _page(ids[::-1], total, number, more, True)
    return _page(ids, total, max(2, place.page), True, more)


def counted(db: Session, chosen: Select[Any], most: int = COUNTED) -> int:
    """How many rows `chosen` has, but `most` + 1 for all that is more."""
    few = chosen.order_by(None).options().limit(most + 1).subquery()
    return db.scalar(select(func.count()).select_from(few)) or 0


def in_order_of(page: Paged[UUID], rows: Mapping[UUID, Row]) -> Paged[Row]:
    """The page with its rows instead of their ids."""
    found = tuple(rows[key] for key in page.rows if key in rows)
    return Paged(found, page.total, page.number, page.per_page, page.before, page.after)


def _page(ids: Sequence[UUID], total: int, number: int, earlier: bool, later: bool) -> Paged[UUID]:
    rows = tuple(ids[:PER_PAGE])
    long = total > COUNTED and bool(rows)
    before = rows[0] if long and earlier else None
    return Paged(rows, total, number, before=before, after=rows[-1] if long and later else None)


def _ordered(chosen: Select[Any], columns: Sequence[Column], descending: bool, *, few: bool) -> Select[Any]:
    """In order, all columns the same way, so that an index over them is read forwards or backwards.

    Few rows of many are found first, apart, and sorted then: to walk the index would read all the others.
    """
    if not few:
        return chosen.order_by(*(column.desc() if descending else column.asc() for column in columns))
    kept = [func.coalesce(column, column).label(f"by_{number}") for number, column in enumerate(columns)]
    found = chosen.with_only_columns(*kept).order_by(None).cte("found")
    found = found.prefix_with("MATERIALIZED", dialect="postgresql")
    sorting = [column.desc() if descending else column.asc() for column in found.c]
    return select(list(found.c)[-1]).order_by(*sorting)


def _beyond(
    columns: Sequence[Column], values: Sequence[Any], descending: bool, *, nulls_low: bool
) -> ColumnElement[bool]:
    """Rows that come after `values` in the order of `columns`, where the database puts NULL last or first."""
    column, value = columns[0], values[0]
    nulls_after = nulls_low is descending
    further: ColumnElement[bool]
    if value is None:
        further = false() if nulls_after else column.is_not(None)
    else:
        further = column < value if descending else column > value
        if nulls_after and getattr(column, "nullable", True):
            further = or_(further, column.is_(None))
    if len(columns) == 1:
        return further
    rest = _beyond(columns[1:], values[1:], descending, nulls_low=nulls_low)
    same = column.is_(None) if value is None else column == value
    if value is None or (nulls_after and getattr(column, "nullable", True)):
        return or_(further, and_(same, rest))
    # The bound alone lets an index begin in the right place.
    bound = column <= value if descending else column >= value
    return and_(bound, or_(further, rest))
