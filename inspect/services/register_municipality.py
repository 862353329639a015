"""Municipalities and their placing committees: who is told of results, and who owns what the home does not.

Results are reported to the municipality or region concerned (förordning 2013:176, 2 §).
"""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from ...models.among import among
from ...models.event_kinds import EventKind
from ...models.planning_words import RegisterPart
from ...models.register import Committee, Home, Municipality, Provider
from ...models.search_keys import search_key
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotAllowed, NotFound
from ..rules.access import Actor, Permission, may
from .long_lists import Order, Paged, count_of, cut, number_of, sorted_by
from .record_event import record_event
from .register_history import change_and_keep, keep_registered

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SORTED_BY = {"name": (Municipality.name,), "code": (Municipality.code,)}
HOMES_SORTED = {"home": (Home.search_key,), "provider": (Provider.search_key, Home.search_key)}
BY_HOME = Order("home")


def check_may_change(actor: Actor) -> None:
    if not may(actor, Permission.CHANGE_REGISTER):
        raise NotAllowed(N_("The register is changed by inspectors, supervisors and registrars."))


def cleaned(name: str) -> str:
    """`name` with single spaces. Raises Invalid when nothing is left."""
    name = " ".join(name.split())
    if not name:
        raise Invalid(N_("Write the name."), {"field": "name"})
    return name


def _registry(email: str) -> str:
    email = email.strip().lower()
    if email and not EMAIL.fullmatch(email):
        raise Invalid(
            N_("Write an e-mail address, for example registry@municipality.se."), {"field": "email"}
        )
    return email


def municipality_named(
    db: Session, name: str, *, actor: Actor | None, now: datetime, import_id: UUID | None = None
) -> Municipality:
    """The municipality of that name, however it is capitalised; registered with its name alone if new."""
    name = cleaned(name)
    found = db.scalar(select(Municipality).where(func.lower(Municipality.name) == name.lower()))
    if found is None:
        found = db.scalar(select(Municipality).where(Municipality.name == name))
    if found is not None:
        return found
    made = Municipality(name=name, created_at=now)
    db.add(made)
    db.flush()
    keep_registered(db, RegisterPart.MUNICIPALITY, made.id, actor=actor, now=now, import_id=import_id)
    if import_id is None:
        record_event(db, EventKind.MUNICIPALITY_REGISTERED, actor=actor, now=now, municipality=made.id)
    return made


def save_municipality(
    db: Session,
    *,
    actor: Actor,
    municipality: Municipality | None,
    name: str,
    code: str,
    region: str,
    address: str,
    email: str,
    now: datetime,
) -> Municipality:
    """Register a municipality, or correct one; homes follow a new name.

    Raises NotAllowed, Invalid, Conflict.
    """
    check_may_change(actor)
    code = code.strip()
    if code and not re.fullmatch(r"[0-9]{4}", code):
        raise Invalid(
            N_("Write the municipality’s code with four digits, for example 1880."), {"field": "code"}
        )
    values = {
        "name": cleaned(name),
        "code": code or None,
        "region": " ".join(region.split()),
        "address": address.strip(),
        "email": _registry(email),
    }
    _refuse_taken(db, values["name"] or "", values["code"], municipality)
    if municipality is None:
        municipality = Municipality(created_at=now, **values)
        db.add(municipality)
        db.flush()
        keep_registered(db, RegisterPart.MUNICIPALITY, municipality.id, actor=actor, now=now)
        kind = EventKind.MUNICIPALITY_REGISTERED
    else:
        change_and_keep(db, RegisterPart.MUNICIPALITY, municipality, values, actor=actor, now=now)
        db.execute(
            update(Home).where(Home.municipality_id == municipality.id).values(municipality=municipality.name)
        )
        kind = EventKind.MUNICIPALITY_CHANGED
    db.flush()
    record_event(db, kind, actor=actor, now=now, municipality=municipality.id)
    return municipality


def _refuse_taken(db: Session, name: str, code: str | None, but: Municipality | None) -> None:
    others = select(Municipality).where(Municipality.id != but.id) if but else select(Municipality)
    if db.scalar(others.where(Municipality.name == name)):
        raise Conflict(N_("There is a municipality with this name already."), {"field": "name"})
    taken = db.scalar(others.where(Municipality.code == code)) if code else None
    if taken is not None:
        raise Conflict(N_("This code belongs to %(name)s already."), {"field": "code", "name": taken.name})


def save_committee(
    db: Session,
    *,
    actor: Actor,
    municipality: Municipality,
    committee: Committee | None,
    name: str,
    address: str,
    email: str,
    now: datetime,
) -> Committee:
    """Register a placing committee, or correct one. Raises NotAllowed, Invalid, Conflict."""
    check_may_change(actor)
    values = {"name": cleaned(name), "address": address.strip(), "email": _registry(email)}
    taken = db.scalar(
        select(Committee.id).where(
            Committee.municipality_id == municipality.id, Committee.name == values["name"]
        )
    )
    if taken is not None and (committee is None or taken != committee.id):
        raise Conflict(N_("The municipality has a committee with this name already."), {"field": "name"})
    if committee is None:
        committee = Committee(municipality_id=municipality.id, created_at=now, **values)
        db.add(committee)
        db.flush()
        keep_registered(db, RegisterPart.COMMITTEE, committee.id, actor=actor, now=now)
        kind = EventKind.COMMITTEE_REGISTERED
    else:
        change_and_keep(db, RegisterPart.COMMITTEE, committee, values, actor=actor, now=now)
        kind = EventKind.COMMITTEE_CHANGED
    record_event(db, kind, actor=actor, now=now, committee=committee.id)
    return committee


def find_municipality(db: Session, municipality_id: UUID) -> Municipality:
    """The municipality with its committees. Raises NotFound."""
    found = db.scalar(
        select(Municipality)
        .where(Municipality.id == municipality_id)
        .options(selectinload(Municipality.committees))
    )
    if found is None:
        raise NotFound(N_("There is no such municipality in the register."))
    return found


def find_committee(db: Session, committee_id: UUID) -> Committee:
    """The committee with its municipality. Raises NotFound."""
    found = db.scalar(
        select(Committee).where(Committee.id == committee_id).options(selectinload(Committee.municipality))
    )
    if found is None:
        raise NotFound(N_("There is no such committee in the register."))
    return found


def search_municipalities(db: Session, text: str, order: Order, page: int) -> Paged[tuple[Municipality, int]]:
    """Municipalities whose name, code, region or committee matches, each with how many homes lie in it."""
    chosen = select(Municipality)
    if text := text.strip():
        committees = select(Committee.municipality_id).where(Committee.name.icontains(text, autoescape=True))
        chosen = chosen.where(
            or_(
                Municipality.name.icontains(text, autoescape=True),
                Municipality.region.icontains(text, autoescape=True),
                Municipality.code == text,
                Municipality.id.in_(committees),
            )
        )
    total = count_of(db, chosen)
    number = number_of(page, total)
    ordered = chosen.order_by(*sorted_by(order, SORTED_BY, Municipality.id))
    rows = db.scalars(cut(ordered.options(selectinload(Municipality.committees)), number)).all()
    homes: dict[UUID | None, int] = dict(
        db.execute(
            select(Home.municipality_id, func.count(Home.id))
            .where(among(Home.municipality_id, [row.id for row in rows]))
            .group_by(Home.municipality_id)
        ).all()
    )
    return Paged(tuple((row, homes.get(row.id, 0)) for row in rows), total, number)


def homes_in(
    db: Session, municipality: Municipality, page: int, text: str = "", order: Order = BY_HOME
) -> Paged[Home]:
    """The homes in a municipality, each with its provider: each word is in the name of one of them."""
    chosen = select(Home).join(Home.provider).where(Home.municipality_id == municipality.id)
    for word in search_key(text).split():
        chosen = chosen.where(
            or_(
                Home.search_key.contains(word, autoescape=True),
                Provider.search_key.contains(word, autoescape=True),
            )
        )
    total = count_of(db, chosen)
    number = number_of(page, total)
    ordered = chosen.order_by(*sorted_by(order, HOMES_SORTED, Home.id))
    rows: Sequence[Home] = db.scalars(cut(ordered.options(selectinload(Home.provider)), number)).all()
    return Paged(tuple(rows), total, number)


def municipality_of(db: Session, home: Home) -> Municipality | None:
    """The municipality that a home lies in, with its committees; None of one that is not in the register."""
    if home.municipality_id is None:
        return None
    return find_municipality(db, home.municipality_id)
