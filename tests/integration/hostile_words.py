"""Words that would do something if a page, a letter, a header or a template took them for more than words."""

import json
import re
from typing import Any

from sqlalchemy import JSON, String, Text, select
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
WRITTEN_BY_NOBODY = frozenset({"events", "weighing_runs"})
"""Ids and closed words alone (record_event.KEYS), in a log that nothing changes; and words of the method."""
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


def json_columns() -> list[Any]:
    """Every column in clear that holds a structure, in which words of people may stand."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, JSON) and table.name not in WRITTEN_BY_NOBODY
    ]


def spoilt(value: Any, words: str, name: str = "") -> tuple[Any, int]:
    """A structure with `words` at the end of every text of more than one word in it; how many were. Names of
    fields stay, and so does what stands in a field that holds closed words (`name`).
    """
    if isinstance(value, dict):
        parts = {key: spoilt(one, words, str(key)) for key, one in value.items()}
        return {key: one for key, (one, _) in parts.items()}, sum(number for _, number in parts.values())
    if isinstance(value, list):
        listed = [spoilt(one, words, name) for one in value]
        return [one for one, _ in listed], sum(number for _, number in listed)
    is_free = isinstance(value, str) and name not in CLOSED_WORDS | {"word"} and " " in value
    return (value + words, 1) if is_free else (value, 0)


def spoil_everything(db: Session, words: str) -> int:
    """Put `words` at the end of every text there is, as far as its column is long; how many were."""
    changed = _spoil_columns(db, words) + _spoil_structures(db, words)
    db.expire_all()
    changed += _spoil_sealed(db, words)
    db.flush()
    return changed


def _spoil_columns(db: Session, words: str) -> int:
    changed = 0
    for table, name in free_columns():
        room = getattr(table.c[name].type, "length", None)
        for row in db.execute(select(*table.primary_key.columns, table.c[name])).all():
            if not ONE_WORD.fullmatch(row[-1] or ""):
                fits = room is None or len(row[-1]) + len(words) <= room
                _put(db, table.c[name], row, (row[-1] + words)[:room] if fits else words[:room])
                changed += 1
    return changed


def _spoil_structures(db: Session, words: str) -> int:
    changed = 0
    for column in json_columns():
        for row in db.execute(select(*column.table.primary_key.columns, column)).all():
            value, number = spoilt(row[-1], words)
            if number:
                _put(db, column, row, value)
                changed += number
    return changed


def _put(db: Session, column: Any, row: Any, value: object) -> None:
    """`row` is its primary key and what stood in the column."""
    keys = zip(column.table.primary_key.columns, row[:-1], strict=True)
    where = [key == known for key, known in keys]
    db.execute(column.table.update().where(*where).values({column.name: value}))


def _spoil_sealed(db: Session, words: str) -> int:
    changed = 0
    for cls, name in sealed_texts():
        for row in db.scalars(select(cls)):
            text = getattr(row, name)
            if isinstance(text, list):
                setattr(row, name, [one + words for one in text])
                changed += len(text)
            elif text and text.startswith(JSON_TEXTS):
                value, number = spoilt(json.loads(text), words)
                setattr(row, name, json.dumps(value, ensure_ascii=False))
                changed += number
            elif text:
                setattr(row, name, text + words)
                changed += 1
    return changed
