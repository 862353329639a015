"""Words that would do something if a page, a letter, a header or a template took them for more than words."""

import re
from typing import Any

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Session

from tillsyn.models import Base
from tillsyn.models.sealed import SealedLines, SealedText

HOSTILE = (
    '<img src=x onerror=alert(1)><script>alert(2)</script>"><svg/onload=alert(3)>'
    "' onmouseover='alert(4)</textarea></title>{{ 19997*7 }}{% raw %}${19997*7}javascript:alert(5)"
)
"""Every way out of text, attribute, textarea and title, and two of template languages."""
COUNTED = "139979"
"""What a template would make of it."""

CLOSED_WORDS = frozenset(
    {
        # words and numbers of closed vocabularies, which nobody writes freely
        "area", "binding_rule", "code", "code_book", "catalogue_version", "client", "dnr", "doc_kind", "field",
        "guide", "guide_version", "key", "kind", "label", "language", "letter_number", "method_version",
        "organisation_number", "pack", "paragraph", "person", "question", "requirement", "role", "section",
        "source", "stamp", "theme", "version", "based_on", "age_band", "said_id", "op_ids", "foreign_codes",
        # made by the program
        "search_key", "password_hash", "imported_from", "fault", "number", "municipality",
        # an address of mail, which has a form of its own
        "email",
    }
)  # fmt: skip
JSON_TEXTS = ("[", "{")
ONE_WORD = re.compile(r"[a-z0-9_.:+-]*")
"""A word of a closed vocabulary, a number or a day, in a column that holds free words too."""


def free_columns() -> list[tuple[Any, str]]:
    """Every column in clear that holds what somebody wrote: all of text but the closed words and hashes."""
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            written = isinstance(column.type, String | Text) and not getattr(column.type, "enums", None)
            if written and column.name not in CLOSED_WORDS and not column.name.endswith(("hash", "sha256")):
                found.append((table, column.name))
    return found


def sealed_texts() -> list[tuple[type, str]]:
    """Every text that is kept sealed, or list of them: its class and attribute."""
    return [
        (mapper.class_, name)
        for mapper in Base.registry.mappers
        for name, value in vars(mapper.class_).items()
        if isinstance(value, SealedText | SealedLines)
    ]


def spoil_everything(db: Session, words: str) -> int:
    """Put `words` at the end of every text there is, as far as its column is long; how many were."""
    changed = 0
    for table, name in free_columns():
        column = table.c[name]
        room = getattr(column.type, "length", None)
        keys = list(table.primary_key.columns)
        for row in db.execute(select(*keys, column)).all():
            if not ONE_WORD.fullmatch(row[-1] or ""):
                text = (
                    (row[-1] + words)[:room]
                    if room is None or len(row[-1]) + len(words) <= room
                    else words[:room]
                )
                where = [key == value for key, value in zip(keys, row[:-1], strict=True)]
                db.execute(table.update().where(*where).values({name: text}))
                changed += 1
    db.expire_all()
    for cls, name in sealed_texts():
        for row in db.scalars(select(cls)):
            text = getattr(row, name)
            if isinstance(text, list):
                setattr(row, name, [one + words for one in text])
                changed += len(text)
            elif text and not text.startswith(JSON_TEXTS):
                setattr(row, name, text + words)
                changed += 1
    db.flush()
    return changed
