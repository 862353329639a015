"""The parts of a case that a rule can let go by themselves: which rows they are, and that they go."""

from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, or_, select, true
from sqlalchemy.orm import Session

from ...models.base import Base
from ...models.inspections import Inspection
from ...models.retention import RecordType
from ...models.uploads import Upload
from ...models.vocabulary import MediaType
from ..rules.keeping import PARTS
from .rows_of_case import given, is_of_case, tables_with_case

SOUND = (MediaType.WEBM, MediaType.OGG, MediaType.MP4)


def has_something(record_type: RecordType) -> ColumnElement[bool]:
    """As SQL over inspections: whether a rule about this would let anything of the case go."""
    if record_type is RecordType.CASE:
        return true()
    if record_type is RecordType.RECORDINGS:
        return select(Upload.id).where(Upload.inspection_id == Inspection.id, _is_sound()).exists()
    there = []
    for name in PARTS[record_type]:
        table = Base.metadata.tables[name]
        if "inspection_id" in table.columns:
            there.append(select(table.c.inspection_id).where(table.c.inspection_id == Inspection.id).exists())
    codes, surveys = Base.metadata.tables["survey_codes"], Base.metadata.tables["surveys"]
    of_case = select(codes.c.id).join(surveys, surveys.c.id == codes.c.survey_id)
    return or_(*there, of_case.where(surveys.c.inspection_id == Inspection.id).exists())


def dispose_of_part(db: Session, inspection_id: UUID, record_type: RecordType) -> dict[str, int]:
    """Delete the part of the case, and no more; rows by table. The key stays: the rest needs it."""
    asked, counts = given(inspection_id), {}
    for table in reversed(tables_with_case()):
        if table.name in PARTS[record_type]:
            going = is_of_case(table)
            if record_type is RecordType.RECORDINGS:
                going &= _of_sound(table)
            rows = db.scalar(select(func.count()).select_from(table).where(going), asked) or 0
            if rows:
                counts[table.name] = rows
                db.execute(
                    delete(table).where(going), asked, execution_options={"synchronize_session": False}
                )
    db.expire_all()
    return counts


def _of_sound(table: Table) -> ColumnElement[bool]:
    return (
        _is_sound()
        if table.name == "uploads"
        else table.c.upload_id.in_(select(Upload.id).where(_is_sound()))
    )


def _is_sound() -> ColumnElement[bool]:
    return Upload.media_type.in_(SOUND)
