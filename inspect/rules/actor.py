"""Who acts, as plain values: the person, their roles, and which roles are the authority's own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from ...models.vocabulary import Role, Standing


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as plain values; never ambient."""

    user_id: UUID
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    provider_id: UUID | None = None
    home_id: UUID | None = None
    standing: Standing | None = None
    opened: frozenset[UUID] = frozenset()
    """The case that the page at hand shows, where it is open to one without a part in it at this moment: set
    by who has looked (web/case.py), for a request that reads, and for that one alone."""


AUTHORITY = (Role.INSPECTOR, Role.SUPERVISOR, Role.PEER_REVIEWER, Role.LAWYER)
NEVER_IN_CASES = frozenset(Role) - {*AUTHORITY, Role.LOG_REVIEWER}
"""Whoever has one of these roles opens no case in need, whatever roles they have besides."""


def may_break_glass(actor: Actor) -> bool:
    """Of the authority's inspecting roles, and in none that is to be kept from what cases hold."""
    return bool(actor.roles & set(AUTHORITY)) and not actor.roles & NEVER_IN_CASES


def has_role(*roles: Role) -> Callable[[Actor], bool]:
    return lambda actor: bool(actor.roles & set(roles))


def at_provider_as(*standings: Standing) -> Callable[[Actor], bool]:
    """With an account of a provider, in one of these standings there."""
    return lambda actor: (
        Role.PROVIDER in actor.roles and actor.provider_id is not None and actor.standing in standings
    )


def anyone(actor: Actor) -> bool:
    return True
