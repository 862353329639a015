"""A word that stands in every sealed text, and the search for it in whatever was written anywhere."""

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.hostile_words import sealed_texts

WORD = "Zinkgruvebarnet"
"""Stands in no page, no guide and no name."""


def put_into_every_sealed_text(db: Session, word: str) -> tuple[set[str], set[str]]:
    """Put `word` into every sealed text, in what is JSON into its sentences; (where it stands, where it does
    not, for want of any text), as table.column."""
    with_word, without = set(), set()
    for cls, name in sealed_texts():
        place = f"{cls.__tablename__}.{name}"
        for row in db.scalars(select(cls)):
            text = getattr(row, name)
            if not text:
                continue
            spoken = _into(text, word)
            setattr(row, name, spoken)
            (with_word if word in str(spoken) else without).add(place)
        if place not in with_word:
            without.add(place)
    db.flush()
    return with_word, without - with_word


def _into(text: Any, word: str) -> Any:
    if isinstance(text, list):
        return [f"{one} {word}" for one in text]
    if text[0] not in "[{":
        return f"{text} {word}"
    try:
        return json.dumps(_sentences(json.loads(text), word))
    except ValueError:
        return f"{text} {word}"


def _sentences(value: Any, word: str) -> Any:
    if isinstance(value, dict):
        return {key: _sentences(inner, word) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sentences(inner, word) for inner in value]
    return f"{value} {word}" if isinstance(value, str) and " " in value else value


def forms_of(word: str) -> list[bytes]:
    """The word as a file can hold it in clear: UTF-8, UTF-16 both ways, hex, and base64 at each of its three steps."""
    plain = word.encode()
    forms = [plain, plain.upper(), plain.lower(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    forms += [plain.hex().encode(), plain.hex().upper().encode()]
    for step in range(3):
        coded = base64.b64encode(b"\0" * step + plain)
        forms.append(coded[4 if step else 0 : len(coded) - 4])
    return forms


def holds(data: bytes, word: str) -> bool:
    return any(form in data for form in forms_of(word))


def files_with(word: str, places: Iterable[Path]) -> list[Path]:
    """The files below `places` that hold the word in clear in any form."""
    files = (
        path
        for place in places
        for path in ([place] if place.is_file() else sorted(place.rglob("*")))
        if path.is_file()
    )
    return [path for path in files if holds(path.read_bytes(), word)]
