"""The queue of one who reviews or decides: what is asked, by when, and in which order. Pure.

The order is that of harm, never of homes: danger first, then what is late, then what is due soonest, then
the gravest, then what has waited longest. No number is made of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ...models.vocabulary import N_, LegalLevel, Titled
from .deadlines import add_working_days


class Ask(Titled):
    """What is asked of the person, in the imperative."""

    ACCOUNT = "account", N_("Act on a grave account")
    REVIEW = "review", N_("Approve or return the letter")
    OPINION = "opinion", N_("Say what you think of the letter")
    SANCTION = "sanction", N_("Decide about a sanction fee")
    SANCTION_OPINION = "sanction_opinion", N_("Give your opinion on a sanction fee")
    DECISION = "decision", N_("Record the decision")


WORKING_DAYS: dict[Ask, int] = {
    Ask.ACCOUNT: 0,
    Ask.REVIEW: 5,
    Ask.OPINION: 3,
    Ask.SANCTION: 10,
    Ask.SANCTION_OPINION: 5,
    Ask.DECISION: 5,
}
"""Within how many working days each is done: the authority's own measure of "swiftly". A grave
account at once: SoL 19 kap. 1 §."""


def due_by(ask: Ask, since: date) -> date | None:
    """By when it is done when it has waited since `since`; None where another day decides."""
    if ask is Ask.ACCOUNT:
        return since
    days = WORKING_DAYS.get(ask)
    return add_working_days(since, days) if days else None


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits. `level`: the highest legal level of its case; `acute`: danger to somebody.

    `law`: the statute that sets the day, a message; "" where it is the authority's own measure.
    """

    ask: Ask
    dnr: str
    since: datetime | None = None
    due_on: date | None = None
    level: int = 0
    sanction: bool = False
    acute: bool = False
    law: str = ""

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today

    @property
    def needs_lawyer(self) -> bool:
        return self.sanction or self.level >= LegalLevel.MALPRACTICE


def in_order(matters: Iterable[Matter], today: date) -> list[Matter]:
    """What to take first stands first."""
    far = date.max

    def key(one: Matter) -> tuple[object, ...]:
        return (
            not one.acute,
            not one.is_late(today),
            one.due_on or far,
            -one.level - one.sanction * LegalLevel.MALPRACTICE,
            one.since.timestamp() if one.since else float("inf"),
            one.dnr,
            one.ask.value,
        )

    return sorted(matters, key=key)
