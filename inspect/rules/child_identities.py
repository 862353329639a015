"""Who a child is opens when two sides say yes, for a short look. Pure.

A child is a pseudonym everywhere else. Those who meet the child (inspectors) and those who answer for the
decision (decision-maker, lawyer) open together: neither side alone can learn or hand out who somebody is.
"""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from ...models.child_identities import IdentitySide
from .access import Actor, Case
from .case_parts import decides, inspects, is_lawyer

CONFIRM_WITHIN = timedelta(minutes=15)
LOOK_FOR = timedelta(minutes=5)
"""From the other side's yes; then it has to be asked anew."""
FEWEST_CHARACTERS = 15
"""Of the words about what it is for."""


class Asked(Protocol):
    @property
    def asked_by_id(self) -> UUID: ...
    @property
    def asked_as(self) -> IdentitySide: ...
    @property
    def asked_at(self) -> datetime: ...
    @property
    def confirmed_at(self) -> datetime | None: ...


def sides_of(actor: Actor, case: Case) -> frozenset[IdentitySide]:
    """The sides for which `actor` can speak in the case; with both parts, either, but never both at once."""
    found = set()
    if inspects(actor, case):
        found.add(IdentitySide.INSPECTS)
    if decides(actor, case) or is_lawyer(actor, case):
        found.add(IdentitySide.OVERSEES)
    return frozenset(found)


def waits(asked: Asked, now: datetime) -> bool:
    """It can still be confirmed."""
    return asked.confirmed_at is None and now - asked.asked_at < CONFIRM_WITHIN


def side_to_confirm(asked: Asked, actor: Actor, case: Case, now: datetime) -> IdentitySide | None:
    """The side for which `actor` can say yes now: the other one, and never who asked."""
    if not waits(asked, now) or actor.user_id == asked.asked_by_id:
        return None
    others = sides_of(actor, case) - {asked.asked_as}
    return next(iter(others), None)


def can_look(asked: Asked, actor: Actor, case: Case, now: datetime) -> bool:
    """Only who asked sees it, as long as they still have their part, and not for long."""
    if asked.confirmed_at is None or actor.user_id != asked.asked_by_id:
        return False
    return asked.asked_as in sides_of(actor, case) and now - asked.confirmed_at < LOOK_FOR
