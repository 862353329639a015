"""How lately one must have proved who one is before a grave step: a decision, a disclosure, a log review.

A session lives for hours; an unlocked screen is a colleague's too. What binds or lets out asks again.
"""

from datetime import datetime, timedelta

FRESH_FOR = timedelta(minutes=10)


def is_fresh(proved_at: datetime, now: datetime) -> bool:
    return now - proved_at < FRESH_FOR
