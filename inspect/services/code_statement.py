"""The first coding of a whole statement, made where the statement is written or taken in.

What stands is on the statement; each judgement that led there is a row of `codings`, added in the
same transaction (method §8 A4: a new version of the coding, the old kept).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.base import new_id
from ...models.codings import Coding, Passage
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.vocabulary import N_, CodingPart
from ..errors import Invalid
from ..rules.access import Actor
from ..rules.two_coders import judged, moved

JUDGE_UNSEEN = N_("Somebody else has coded this statement. Give your own judgement on the page Coding.")


def code_book_of(pack: Pack) -> str:
    """Which code book was open: id and version of the pack."""
    return f"{pack.id} {pack.version}"


def first_coding_values(
    statement: Statement, *, coder_id: UUID | None, coded_at: datetime, code_book: str
) -> dict[str, Any] | None:
    """The row of `codings` for a new statement's judgement, for many at once; None when it has none.

    `coder_id` is None when the judgement came with a file that names no person here.
    """
    if statement.theme is None or statement.severity is None:
        return None
    return {
        "id": new_id(),
        "inspection_id": statement.inspection_id,
        "statement_id": statement.id,
        "passage_id": None,
        "unit_id": statement.id,
        "part": CodingPart.FIRST,
        "number": 1,
        "theme": statement.theme,
        "severity": statement.severity,
        "coder_id": coder_id,
        "coded_at": coded_at,
        "code_book": code_book,
        "reason_sealed": None,
    }


def note_first_coding(db: Session, *, actor: Actor, pack: Pack, statement: Statement, now: datetime) -> None:
    """Add the first coding of a statement just made, when it is judged."""
    values = first_coding_values(
        statement, coder_id=actor.user_id, coded_at=now, code_book=code_book_of(pack)
    )
    if values is not None:
        db.add(Coding(**values))


def change_first_coding(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    statement: Statement,
    theme: str | None,
    severity: int | None,
    now: datetime,
) -> None:
    """Add the judgement that somebody gives a standing statement where it is written. Sets nothing on it.

    Raises Invalid, naming the field, where it can only be changed on the coding page: when two have
    coded the statement, or somebody else has.
    """
    if (theme, severity) == (statement.theme, statement.severity):
        return
    rows = codings_of_unit(db, statement.id)
    unit = judged(rows)
    field = "theme" if severity == statement.severity else "severity"
    if unit.second is not None:
        raise Invalid(
            N_("Two have coded this statement. Its theme and severity are changed on the page Coding."),
            {"field": field},
        )
    if unit.first is not None and unit.first.coder_id not in (None, actor.user_id):
        raise Invalid(
            JUDGE_UNSEEN,
            {"field": field},
        )
    if theme is None or severity is None:
        if unit.first is not None:
            raise Invalid(
                N_("The statement is coded. Choose another theme or severity instead of none."),
                {"field": "theme" if theme is None else "severity"},
            )
        return
    db.add(
        Coding(
            inspection_id=statement.inspection_id,
            statement_id=statement.id,
            unit_id=statement.id,
            part=CodingPart.FIRST,
            number=1 + max((row.number for row in rows if row.part is CodingPart.FIRST), default=0),
            theme=theme,
            severity=severity,
            coder_id=actor.user_id,
            coded_at=now,
            code_book=code_book_of(load_pack(inspection.pack)),
        )
    )


def codings_of_unit(db: Session, unit_id: UUID) -> list[Coding]:
    return list(db.scalars(select(Coding).where(Coding.unit_id == unit_id)))


def move_passages(db: Session, statement: Statement, text: str) -> None:
    """Let the passages of `statement` follow their words into its new `text`.

    Raises Invalid when the words of one are changed themselves: they have been coded as they stood.
    """
    if text == statement.text:
        return
    for passage in db.scalars(select(Passage).where(Passage.statement_id == statement.id)):
        place = moved(passage.begins, passage.ends, statement.text, text)
        if place is None:
            raise Invalid(
                N_(
                    "The words of the passage %(label)s are marked on the page Coding and stay as they are. "
                    "Write around them, or remove the passage first."
                ),
                {"label": passage.label, "field": "text"},
            )
        passage.begins, passage.ends = place
