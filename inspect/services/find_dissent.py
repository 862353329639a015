"""The dissenting opinions of a case, as the decision record and the letter tell them (FL 30, 33 §§)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.sanctions import DissentingOpinion
from .find_letter import name_of


def noted_dissents(db: Session, inspection_id: UUID) -> Sequence[DissentingOpinion]:
    """Those that people have noted themselves, the oldest first."""
    return db.scalars(
        select(DissentingOpinion)
        .where(DissentingOpinion.inspection_id == inspection_id)
        .order_by(DissentingOpinion.at, DissentingOpinion.id)
    ).all()


def dissent_in_full(db: Session, inspection_id: UUID, in_record: str) -> str:
    """What the record says of dissent, and after it each opinion noted, with the name of whose it is."""
    noted = (f"{name_of(db, one.by_id)}: {one.opinion}" for one in noted_dissents(db, inspection_id))
    return "\n".join(part for part in (in_record.strip(), *noted) if part)
