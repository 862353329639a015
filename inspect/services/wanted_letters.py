"""Which of the letters to a provider are asked for, and in which order: by case, home or municipality.

Never by what stands in them, and never by the title of a case: that is the authority's own.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, or_, true

from ...models.inspections import Inspection
from ...models.register import Home
from ...models.search_keys import search_key
from .long_lists import Column, Order, sorted_by

NEWEST_FIRST = Order("sent", descending=True)
ORDERS = ("sent", "home")


@dataclass(frozen=True, slots=True)
class WantedLetters:
    """All of them, the newest first, when nothing is said."""

    text: str = ""
    order: Order = NEWEST_FIRST

    def about(self) -> ColumnElement[bool]:
        """Each word is in the number of the case, or in the name or municipality of its home.

        For a question that joins both.
        """
        words = search_key(self.text).split()
        return and_(
            true(),
            *(
                or_(
                    Inspection.dnr.icontains(word, autoescape=True),
                    Home.search_key.contains(word, autoescape=True),
                )
                for word in words
            ),
        )

    def sorted(self, sent: Column, last: Column) -> list[UnaryExpression[Any]]:
        """The ORDER BY: `sent` is when each came, `last` what no two rows share."""
        return sorted_by(self.order, {"sent": (sent,), "home": (Home.search_key, sent)}, last)


EVERY_LETTER = WantedLetters()
