"""What a list is searched and sorted by: a text of its own, the same on both databases.

Neither database folds å, ä and ö, nor sorts them last, unless it was set up for Swedish. Here both are done
once, when a row is written.
"""

import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar

from sqlalchemy import Connection, String, event
from sqlalchemy.orm import Mapped, Mapper, declared_attr, mapped_column

LENGTH = 300
KEY = String(LENGTH).with_variant(String(LENGTH, collation="C"), "postgresql")

_AFTER_Z = str.maketrans("åäæöø", "{||}}")
"""The three letters that Swedish sorts after z, as the three signs that follow z in ASCII."""
_PLAIN = str.maketrans("{|}", "   ")


def search_key(*parts: str) -> str:
    """`parts` as one text to search and sort by: small letters, no accents, å, ä and ö after z."""
    text = unicodedata.normalize("NFC", " ".join(parts)).casefold().translate(_PLAIN)
    swedish = text.translate(_AFTER_Z)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", swedish) if not unicodedata.combining(sign)
    )
    return " ".join(plain.split())[:LENGTH]


def _key_of(names: tuple[str, ...]) -> Callable[[Any], str]:
    def made(context: Any) -> str:
        values = context.get_current_parameters()
        return search_key(*(values[name] for name in names))

    return made


class Searched:
    """A row that is found and sorted by the columns in SEARCHED; the first of them decides the order."""

    SEARCHED: ClassVar[tuple[str, ...]]

    @declared_attr
    def search_key(cls) -> Mapped[str]:  # noqa: N805 - SQLAlchemy calls it with the class
        return mapped_column(KEY, default=_key_of(cls.SEARCHED), server_default="")


@event.listens_for(Searched, "before_update", propagate=True)
def _keep_the_key(mapper: Mapper[Any], connection: Connection, row: Searched) -> None:
    key = search_key(*(getattr(row, name) for name in row.SEARCHED))
    if row.search_key != key:
        row.search_key = key
