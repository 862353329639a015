"""Every row of a case as plain data, what is sealed in clear: the e-archive keeps it without us."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from ...models.base import Base
from ...models.inspections import Inspection
from ...models.people import User
from ...models.sealed import SealedBytes, SealedLines, SealedText, installed_cipher
from ..rules import inspection_file_shape
from ..rules.case_texts import NOT_COME_IN
from .rows_of_case import given, is_of_case, tables_with_case

FORMAT = "tillsyn-case-record/1"
SCHEMA = Path(inspection_file_shape.__file__).parent / "case-record-1.schema.json"

_TRAVELLED = "how notes travelled from devices; what they said stands in the records"
_IDENTITY = "who a child is: two roles open it together, and never for this"
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "child_identities": _IDENTITY,
        "identity_openings": _IDENTITY,
        "survey_codes": "codes of a survey, which answered nothing by themselves",
        "notices": "that somebody was told of something",
        "upload_parts": "the files themselves are in the package",
        **dict.fromkeys(
            (
                "field_ops", "field_heads", "field_records", "held_ops", "awaited_ops", "quarantined_ops",
                "arrived_notes", "device_holdings",
            ),
            _TRAVELLED,
        ),
    }
)  # fmt: skip
"""Tables that go with their case and are not in its record, each with the reason."""


def record_case(db: Session, inspection: Inspection) -> dict[str, Any]:
    """The entry of the case and its rows by table, with the names of the people whose ids stand there."""
    classes = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    people: set[UUID] = set()
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in tables_with_case():
        if table.name in LEFT_OUT:
            continue
        own = classes.get(table)
        asked = select(table if own is None else own).where(is_of_case(table))
        rows = db.execute(asked, given(inspection.id)).all()
        values = [dict(row._mapping) if own is None else _of_object(row[0], table) for row in rows]
        people |= _accounts_in(values, table)
        tables[table.name] = [_plain(one) for one in values]
    entry = _of_object(inspection, Base.metadata.tables[Inspection.__tablename__])
    names = db.execute(select(User.id, User.name).where(User.id.in_(people)).order_by(User.id))
    return {
        "format": FORMAT,
        "dnr": inspection.dnr,
        "inspection": _plain(entry),
        "people": {str(row.id): row.name for row in names},
        "tables": tables,
    }


def _of_object(row: Any, table: Table) -> dict[str, Any]:
    """The columns of a row, a sealed one as the text that it holds, under the name of that text."""
    kind = type(row)
    texts = {
        own.column: name
        for level in reversed(kind.__mro__)
        for name, own in vars(level).items()
        if isinstance(own, SealedText | SealedLines)
    }
    found: dict[str, Any] = {}
    for column in kind.__mapper__.column_attrs:
        key = column.columns[0].name
        if f"{table.name}.{texts.get(key)}" in NOT_COME_IN:
            continue
        if key in texts:
            found[texts[key]] = getattr(row, texts[key])
        elif key in table.columns:
            found[key] = _unsealed(row, table.columns[key], getattr(row, column.key))
    return found


def _unsealed(row: Any, column: Column[Any], value: Any) -> Any:
    """A file in clear, so that its SHA-256 in the record is that of the file in the package."""
    if value is None or not isinstance(column.type, SealedBytes):
        return value
    place = {name: getattr(row, name) for name in column.type.place}
    return installed_cipher().open(value, column.type.associated(column.table.name, column.name, place))


def _accounts_in(rows: list[Any], table: Table) -> set[UUID]:
    keys = [
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == User.__tablename__
    ]
    return {row[key] for row in rows for key in keys if row[key] is not None}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): _as_json(value) for key, value in row.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):  # a file of the package, or what only a device can open
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
