"""Find providers and homes in the register: each word that was typed, in a name of the one or the other."""

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from ...models.among import among
from ...models.register import Home, Provider
from ...models.search_keys import search_key
from .long_lists import Order, Paged, count_of, cut, number_of, sorted_by
from .turn_pages import FIRST, Place, in_order_of, turn_to

BY_NAME = Order("name")
HOMES = {"name": (Home.search_key,)}
HOMES_OF_ONE = {
    "name": (Home.search_key,),
    "municipality": (Home.municipality, Home.search_key),
    "places": (Home.places, Home.search_key),
}
PROVIDERS = {"name": (Provider.search_key,), "number": (Provider.organisation_number,)}


def search_homes(db: Session, text: str, *, today: date, place: Place = FIRST) -> Paged[Home]:
    """Homes that are open, by name, with provider: as `home_matches`."""
    is_open = or_(Home.closed_on.is_(None), Home.closed_on >= today)
    page = turn_to(db, select(Home.id).where(is_open, *home_matches(text)), BY_NAME, HOMES, place)
    found = db.scalars(select(Home).where(among(Home.id, page.rows)).options(selectinload(Home.provider)))
    return in_order_of(page, {one.id: one for one in found})


def homes_of_provider(
    db: Session, provider: Provider, text: str, *, order: Order = BY_NAME, page: int = 1, per_page: int
) -> Paged[Home]:
    """The homes of one provider, also closed ones: each word is in the name or the municipality."""
    chosen = select(Home).where(
        Home.provider_id == provider.id,
        *(Home.search_key.contains(word, autoescape=True) for word in search_key(text).split()),
    )
    total = count_of(db, chosen)
    number = number_of(page, total, per_page)
    found = cut(chosen.order_by(*sorted_by(order, HOMES_OF_ONE, Home.id)), number, per_page)
    return Paged(tuple(db.scalars(found)), total, number, per_page)


def search_providers(
    db: Session, text: str, *, order: Order = BY_NAME, place: Place = FIRST
) -> Paged[Provider]:
    """Providers with homes: each word is in name or number, or in a home's name or municipality."""
    chosen = select(Provider.id)
    for word in words_of(text):
        homes = select(Home.provider_id).where(Home.search_key.contains(word, autoescape=True))
        own = Provider.search_key.contains(word, autoescape=True)
        chosen = chosen.where(or_(own, Provider.id.in_(homes)))
    page = turn_to(db, chosen, order, PROVIDERS, place, rows_of=select(Provider.id))
    found = select(Provider).where(among(Provider.id, page.rows)).options(selectinload(Provider.homes))
    return in_order_of(page, {one.id: one for one in db.scalars(found)})


def home_matches(text: str) -> Iterator[ColumnElement[bool]]:
    """Conditions on homes: each word is in the name or municipality, or in the provider's name or number."""
    for word in words_of(text):
        providers = select(Provider.id).where(Provider.search_key.contains(word, autoescape=True))
        own = Home.search_key.contains(word, autoescape=True)
        yield or_(own, Home.provider_id.in_(providers))


def words_of(text: str) -> list[str]:
    """The words to look for; an organisation number may be typed without its hyphen."""
    return [re.sub(r"^(\d{6})(\d{4})$", r"\1-\2", word) for word in search_key(text).split()]
