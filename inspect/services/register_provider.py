"""The register: providers, added and corrected. Their homes: register_home.py."""

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from stdnum.se import orgnr

from ...models.event_kinds import EventKind
from ...models.planning_words import RegisterPart
from ...models.register import Provider
from ...models.vocabulary import N_, ProviderKind
from ..errors import Conflict, Invalid, NotFound
from ..rules.access import Actor
from .record_event import record_event
from .register_history import change_and_keep, keep_registered
from .register_municipality import check_may_change, cleaned


def organisation_number(text: str) -> str:
    """`text` in the form NNNNNN-NNNN; spaces and the hyphen may be left out or misplaced.

    Raises Invalid when it is not ten digits whose last is the check digit.
    """
    digits = re.sub(r"[\s\-–]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise Invalid(
            N_("Write the organisation number with ten digits, for example 556677-8899."),
            {"field": "organisation_number"},
        )
    if not orgnr.is_valid(digits):
        raise Invalid(
            N_("The last digit does not fit the others. Compare with the registration certificate."),
            {"field": "organisation_number"},
        )
    return str(orgnr.format(digits))


def register_provider(
    db: Session, *, actor: Actor, name: str, number: str, kind: ProviderKind, address: str, now: datetime
) -> Provider:
    """A new provider. Raises NotAllowed, Invalid, or Conflict when the number is registered already."""
    check_may_change(actor)
    number = organisation_number(number)
    _refuse_taken_number(db, number, None)
    provider = Provider(
        name=cleaned(name), organisation_number=number, kind=kind, address=address.strip(), created_at=now
    )
    db.add(provider)
    db.flush()
    keep_registered(db, RegisterPart.PROVIDER, provider.id, actor=actor, now=now)
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
    check_may_change(actor)
    number = organisation_number(number)
    _refuse_taken_number(db, number, provider.id)
    values = {
        "name": cleaned(name),
        "organisation_number": number,
        "kind": kind,
        "address": address.strip(),
    }
    change_and_keep(db, RegisterPart.PROVIDER, provider, values, actor=actor, now=now)
    record_event(db, EventKind.PROVIDER_CHANGED, actor=actor, now=now, provider=provider.id)
    return provider


def _refuse_taken_number(db: Session, number: str, but: UUID | None) -> None:
    other = db.scalar(select(Provider).where(Provider.organisation_number == number))
    if other is not None and other.id != but:
        raise Conflict(
            N_("This number is registered already, for %(name)s. Open that provider instead."),
            {"field": "organisation_number", "name": other.name},
        )


def find_provider(db: Session, provider_id: UUID) -> Provider:
    """The provider with its homes. Raises NotFound."""
    provider = db.scalar(
        select(Provider).where(Provider.id == provider_id).options(selectinload(Provider.homes))
    )
    if provider is None:
        raise NotFound(N_("There is no such provider in the register."))
    return provider
