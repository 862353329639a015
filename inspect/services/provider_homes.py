"""Which homes an account of a provider is for: its letters are of these, and of no other."""

from sqlalchemy import ColumnElement, and_, false

from ...models.register import Home
from ...models.vocabulary import Role, Standing
from ..rules.access import Actor


def homes_of(actor: Actor) -> ColumnElement[bool]:
    """As a condition on `Home`: those of the actor's provider; of a manager or helper of one home, that one.

    Nothing for whoever has no account of a provider.
    """
    if Role.PROVIDER not in actor.roles or actor.provider_id is None:
        return false()
    own = Home.provider_id == actor.provider_id
    if actor.standing is Standing.OWNER or actor.home_id is None:
        return own
    return and_(own, Home.id == actor.home_id)


def is_for_home(actor: Actor, home: Home) -> bool:
    """The same of one home."""
    if Role.PROVIDER not in actor.roles or actor.provider_id != home.provider_id:
        return False
    return actor.standing is Standing.OWNER or actor.home_id in (None, home.id)
