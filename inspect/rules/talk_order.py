"""The order of talks, judged afterwards by the times at which things were: for talks held without network.

The same rule as the gate of the pages (interview_order.py), asked of a moment that has passed. A talk out of
its order is kept and flagged, never refused: what somebody told is not thrown away.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ...interview_guides.content import Gate as TalkOrder
from ...models.vocabulary import Informant


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of one child: since when it is in the list (None: from the beginning), and when its
    first outcome was (None: it has none)."""

    listed_at: datetime | None = None
    first_outcome_at: datetime | None = None


def began_before_children(
    began_at: datetime,
    informant: Informant,
    order: TalkOrder,
    *,
    confirmed_at: datetime | None,
    children: Collection[Offer],
) -> bool:
    """Did the talk begin with somebody who should have waited, before the children were offered theirs?

    `confirmed_at`: when the list of children was first said to be whole. All times by one clock.
    """
    if informant.value not in order.before:
        return False
    if confirmed_at is None or confirmed_at > began_at:
        return True
    there = [one for one in children if one.listed_at is None or one.listed_at <= began_at]
    return any(one.first_outcome_at is None or one.first_outcome_at > began_at for one in there)
