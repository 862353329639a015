"""Of whom a second factor is demanded beside a password."""

from collections.abc import Collection

from ...models.sign_in import WayIn
from ...models.vocabulary import Role

OUTSIDE = frozenset({Role.PROVIDER, Role.HOME_MANAGER})


def is_demanded(roles: Collection[Role], *, of_authority: bool, of_providers: bool) -> bool:
    """Is a password alone not enough for somebody with these roles?"""
    return of_providers if OUTSIDE & set(roles) else of_authority


def is_lacking(way: WayIn, demanded: bool) -> bool:
    """Was a session opened with less than is demanded? It then leads to nothing but to the second factor."""
    return demanded and way is WayIn.PASSWORD
