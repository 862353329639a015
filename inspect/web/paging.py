"""Pages of a long list, made and sorted on the server; filter and order stay in the address."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_decimal

from ..services.long_lists import Order, Paged
from ..services.turn_pages import COUNTED, Place

PLACE = frozenset({"page", "older", "newer", "after", "before"})
"""What says where in a list one is."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a long list (components/table.html); `count` is None when nobody has counted."""

    number: int
    count: int | None
    previous_href: str | None
    next_href: str | None


def asked_page() -> int:
    """The page of the list that the address asks for: 1 or more."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def asked_place() -> Place:
    """Where in a list that may be very long the address asks to be."""
    return Place(asked_page(), _row(request.args.get("after")), _row(request.args.get("before")))


def _row(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def asked_order(keys: Collection[str], default: str) -> Order:
    """The order that the address asks for (`sort=home`, `sort=-home`); else `default`, written alike."""
    text = request.args.get("sort", "")
    asked = text if text.removeprefix("-") in keys else default
    return Order(asked.removeprefix("-"), asked.startswith("-"))


def sortable(order: Order, *columns: tuple[str, str] | str, numeric: Collection[str] = ()) -> list[Any]:
    """Columns for components/table.html: a pair of title and key sorts the list; a title alone does not.

    A link turns the order of its own column, and begins with ascending in another. Page 1 follows.
    """
    made: list[Any] = []
    for column in columns:
        if isinstance(column, str):
            made.append(column)
            continue
        title, key = column
        here = key == order.key
        href = address(sort=str(Order(key, here and not order.descending)))
        sorted_ = ("descending" if order.descending else "ascending") if here else None
        made.append({"title": title, "href": href, "sorted": sorted_, "numeric": key in numeric})
    return made


def pages_of(number: int, count: int) -> Pages:
    """Links to the page before and after, with the rest of the address as it is."""

    def href(page: int) -> str:
        return address(page=page)

    return Pages(
        number, count, href(number - 1) if number > 1 else None, href(number + 1) if number < count else None
    )


def turning(found: Paged[Any]) -> Pages:
    """Links to the pages beside one of `turn_to`; how many pages there are, when they have been counted."""
    if found.total <= COUNTED:
        return pages_of(found.number, found.pages)
    earlier = address(before=str(found.before), page=max(1, found.number - 1)) if found.before else None
    later = address(after=str(found.after), page=found.number + 1) if found.after else None
    return Pages(found.number, None, earlier, later)


def more_than(found: Paged[Any]) -> str | None:
    """The number that there are more rows than, as people write it; None when all are counted."""
    return format_decimal(COUNTED) if found.total > COUNTED else None


def address(**changed: str | int) -> str:
    """This page with something else in its address; where in the list one was is never kept."""
    kept = {key: value for key, value in request.args.items() if key not in PLACE and value}
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **kept, **changed})
