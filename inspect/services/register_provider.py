"""The register: providers and their homes, added and corrected."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from ...models.register import Home, Provider
from ...models.vocabulary import N_, EventKind, HomeKind, ProviderKind
from ..errors import Conflict, Invalid, NotAllowed, NotFound
from ..rules.access import Actor, Permission, may
from .record_event import record_event

MOST_PLACES = 500
PROVIDERS_PER_PAGE = 50


def organisation_number(text: str) -> str:
    """`text` in the form NNNNNN-NNNN; spaces and the hyphen may be left out or misplaced.

    Raises Invalid when it is not ten digits whose last is the check digit (Luhn).
    """
    digits = re.sub(r"[\s\-–]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise Invalid(
            N_("Write the organisation number with ten digits, for example 556677-8899."),
            {"field": "organisation_number"},
        )
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    if sum(value // 10 + value % 10 for value in doubled) % 10:
        raise Invalid(
            N_("The last digit does not fit the others. Compare with the registration certificate."),
            {"field": "organisation_number"},
        )
    return f"{digits[:6]}-{digits[6:]}"


def _check(actor: Actor) -> None:
    if not may(actor, Permission.CHANGE_REGISTER):
        raise NotAllowed(N_("The register is changed by inspectors, supervisors and registrars."))


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(N_("Write the name."), {"field": "name"})
    return name


def register_provider(
    db: Session, *, actor: Actor, name: str, number: str, kind: ProviderKind, address: str, now: datetime
) -> Provider:
    """A new provider. Raises NotAllowed, Invalid, or Conflict when the number is registered already."""
    _check(actor)
    number = organisation_number(number)
    _refuse_taken_number(db, number, None)
    provider = Provider(
        name=_named(name), organisation_number=number, kind=kind, address=address.strip(), created_at=now
    )
    db.add(provider)
    db.flush()
    record_event(db, EventKind.PROVIDER_REGISTERED, actor=actor, now=now, provider=provider.id)
    return provider


def change_provider(
    db: Session,
    *,
    actor: Actor,
    provider: Provider,
    name: str,
    number: str,
    kind: ProviderKind,
    address: str,
    now: datetime,
) -> Provider:
    """Correct a provider. Raises NotAllowed, Invalid, or Conflict when another has the number."""
    _check(actor)
    number = organisation_number(number)
    _refuse_taken_number(db, number, provider.id)
    provider.name, provider.organisation_number = _named(name), number
    provider.kind, provider.address = kind, address.strip()
    record_event(db, EventKind.PROVIDER_CHANGED, actor=actor, now=now, provider=provider.id)
    return provider


def _refuse_taken_number(db: Session, number: str, but: UUID | None) -> None:
    other = db.scalar(select(Provider).where(Provider.organisation_number == number))
    if other is not None and other.id != but:
        raise Conflict(
            N_("This number is registered already, for %(name)s. Open that provider instead."),
            {"field": "organisation_number", "name": other.name},
        )


def register_home(
    db: Session,
    *,
    actor: Actor,
    provider: Provider,
    name: str,
    kind: HomeKind,
    municipality: str,
    places: int,
    target_group: str,
    address: str,
    now: datetime,
) -> Home:
    """A new home of `provider`. Raises NotAllowed, Invalid, or Conflict when the name is taken there."""
    _check(actor)
    _check_home(db, provider.id, _named(name), places, None)
    home = Home(
        provider_id=provider.id,
        name=_named(name),
        kind=kind,
        municipality=municipality.strip(),
        places=places,
        target_group=target_group.strip(),
        address=address.strip(),
        created_at=now,
    )
    db.add(home)
    db.flush()
    record_event(db, EventKind.HOME_REGISTERED, actor=actor, now=now, home=home.id)
    return home


def change_home(
    db: Session,
    *,
    actor: Actor,
    home: Home,
    name: str,
    kind: HomeKind,
    municipality: str,
    places: int,
    target_group: str,
    address: str,
    now: datetime,
) -> Home:
    """Correct a home. Raises as `register_home`."""
    _check(actor)
    _check_home(db, home.provider_id, _named(name), places, home.id)
    home.name, home.kind, home.municipality = _named(name), kind, municipality.strip()
    home.places, home.target_group, home.address = places, target_group.strip(), address.strip()
    record_event(db, EventKind.HOME_CHANGED, actor=actor, now=now, home=home.id)
    return home


def _check_home(db: Session, provider_id: UUID, name: str, places: int, but: UUID | None) -> None:
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(
            N_("Write how many places the home has: a number from 1 to %(most)s."),
            {"field": "places", "most": MOST_PLACES},
        )
    taken = db.scalar(select(Home.id).where(Home.provider_id == provider_id, Home.name == name))
    if taken is not None and taken != but:
        raise Conflict(N_("The provider has a home with this name already."), {"field": "name"})


def find_provider(db: Session, provider_id: UUID) -> Provider:
    """The provider with its homes. Raises NotFound."""
    provider = db.scalar(
        select(Provider).where(Provider.id == provider_id).options(selectinload(Provider.homes))
    )
    if provider is None:
        raise NotFound(N_("There is no such provider in the register."))
    return provider


def find_home(db: Session, home_id: UUID) -> Home:
    """The home with its provider. Raises NotFound."""
    home = db.scalar(select(Home).where(Home.id == home_id).options(selectinload(Home.provider)))
    if home is None:
        raise NotFound(N_("There is no such home in the register."))
    return home


def search_providers(db: Session, text: str, page: int) -> tuple[Sequence[Provider], int]:
    """One page of the providers whose name, number or homes match `text`, and how many match in all."""
    text = text.strip()
    matching = select(Provider)
    if text:
        homes = select(Home.provider_id).where(
            or_(
                Home.name.icontains(text, autoescape=True),
                Home.municipality.icontains(text, autoescape=True),
            )
        )
        matching = matching.where(
            or_(
                Provider.name.icontains(text, autoescape=True),
                Provider.organisation_number.contains(text, autoescape=True),
                Provider.id.in_(homes),
            )
        )
    total = db.scalar(select(func.count()).select_from(matching.subquery())) or 0
    rows = db.scalars(
        matching.options(selectinload(Provider.homes))
        .order_by(Provider.name, Provider.id)
        .limit(PROVIDERS_PER_PAGE)
        .offset((page - 1) * PROVIDERS_PER_PAGE)
    ).all()
    return rows, total


def list_homes(db: Session) -> Sequence[Home]:
    """Every home with its provider, by name: what an inspection can be planned for."""
    return db.scalars(select(Home).options(selectinload(Home.provider)).order_by(Home.name)).all()


def list_providers(db: Session) -> Sequence[Provider]:
    """Every provider by name, without its homes."""
    return db.scalars(select(Provider).order_by(Provider.name, Provider.id)).all()
