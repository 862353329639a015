"""What the database is told of whoever asks, so that it gives no other rows (models/reached_rows.py)."""

from datetime import datetime

from ...models.vocabulary import Standing
from ..outside.reach import Reach
from ..rules.access import Actor


def reach_of(actor: Actor, *words: str, moment: datetime | None = None) -> Reach:
    """By the roles of `actor`, and `words` beside them; an owner at a provider is kept to no single home."""
    return Reach(
        frozenset(role.value for role in actor.roles) | set(words),
        person_id=actor.user_id,
        provider_id=actor.provider_id,
        home_id=None if actor.standing is Standing.OWNER else actor.home_id,
        moment=moment,
    )
