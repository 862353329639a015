"""The register: the homes of a provider, added, corrected and closed down."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from ...interview_guides.guide import activities
from ...models.event_kinds import EventKind
from ...models.planning_words import RegisterPart
from ...models.register import Home, Provider
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound
from ..rules.access import Actor
from .record_event import record_event
from .register_history import change_and_keep, keep_registered
from .register_municipality import check_may_change, cleaned, municipality_named

MOST_PLACES = 500


def register_home(
    db: Session,
    *,
    actor: Actor,
    provider: Provider,
    name: str,
    kind: str,
    municipality: str,
    places: int,
    target_group: str,
    address: str,
    opened_on: date | None = None,
    closed_on: date | None = None,
    now: datetime,
) -> Home:
    """A new home of `provider`; `kind` is an activity that some pack is made for. Opened today, if not said.

    A municipality that is not in the register is put there with its name. Raises NotAllowed, Invalid, or
    Conflict when the name is taken there.
    """
    check_may_change(actor)
    opened_on = opened_on or now.date()
    _check_home(db, provider.id, cleaned(name), kind, places, None)
    _check_days(opened_on, closed_on)
    there = municipality_named(db, municipality, actor=actor, now=now) if municipality.strip() else None
    home = Home(
        provider_id=provider.id,
        name=cleaned(name),
        kind=kind,
        municipality=there.name if there else "",
        municipality_id=there.id if there else None,
        places=places,
        target_group=target_group.strip(),
        address=address.strip(),
        opened_on=opened_on,
        closed_on=closed_on,
        created_at=now,
    )
    db.add(home)
    db.flush()
    keep_registered(db, RegisterPart.HOME, home.id, actor=actor, now=now)
    record_event(db, EventKind.HOME_REGISTERED, actor=actor, now=now, home=home.id)
    return home


def change_home(
    db: Session,
    *,
    actor: Actor,
    home: Home,
    name: str,
    kind: str,
    municipality: str,
    places: int,
    target_group: str,
    address: str,
    opened_on: date | None = None,
    closed_on: date | None = None,
    now: datetime,
) -> Home:
    """Correct a home; without `opened_on` that day stands. Raises as `register_home`."""
    check_may_change(actor)
    opened_on = opened_on or home.opened_on
    _check_home(db, home.provider_id, cleaned(name), kind, places, home.id)
    _check_days(opened_on, closed_on)
    there = municipality_named(db, municipality, actor=actor, now=now) if municipality.strip() else None
    home.municipality_id = there.id if there else None
    values = {
        "name": cleaned(name),
        "kind": kind,
        "municipality": there.name if there else "",
        "places": places,
        "target_group": target_group.strip(),
        "address": address.strip(),
        "opened_on": opened_on,
        "closed_on": closed_on,
    }
    change_and_keep(db, RegisterPart.HOME, home, values, actor=actor, now=now)
    record_event(db, EventKind.HOME_CHANGED, actor=actor, now=now, home=home.id)
    return home


def _check_home(db: Session, provider_id: UUID, name: str, kind: str, places: int, but: UUID | None) -> None:
    if kind not in {one.id for one in activities()}:
        raise Invalid(N_("Choose the kind of activity."), {"field": "kind"})
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(
            N_("Write how many places the home has: a number from 1 to %(most)s."),
            {"field": "places", "most": MOST_PLACES},
        )
    taken = db.scalar(select(Home.id).where(Home.provider_id == provider_id, Home.name == name))
    if taken is not None and taken != but:
        raise Conflict(N_("The provider has a home with this name already."), {"field": "name"})


def _check_days(opened_on: date, closed_on: date | None) -> None:
    if closed_on is not None and closed_on < opened_on:
        raise Invalid(N_("A home cannot be closed down before it opened."), {"field": "closed_on"})


def find_home(db: Session, home_id: UUID) -> Home:
    """The home with its provider and its permits. Raises NotFound."""
    home = db.scalar(
        select(Home)
        .where(Home.id == home_id)
        .options(selectinload(Home.provider), selectinload(Home.permits))
    )
    if home is None:
        raise NotFound(N_("There is no such home in the register."))
    return home


def find_open_home(db: Session, text: str, *, today: date) -> Home | None:
    """The home whose id is `text`, with its provider; None when there is none that is open."""
    try:
        home_id = UUID(text)
    except ValueError:
        return None
    return db.scalar(
        select(Home)
        .where(Home.id == home_id, or_(Home.closed_on.is_(None), Home.closed_on >= today))
        .options(selectinload(Home.provider))
    )
