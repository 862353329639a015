"""What a weighing leaves behind: the whole result, and a row per area that can be counted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.letter_cases import make_letter_case
from tillsyn.inspect.services.weigh_inspection import weigh_inspection
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import WeighedArea, WeighingRun


def test_a_run_keeps_each_area_beside_the_own_view(db: Session, now: datetime) -> None:
    case = make_letter_case(db)
    run = weigh_inspection(db, actor=case.writer, inspection=case.inspection, now=now)
    rows = {row.area: row for row in db.scalars(select(WeighedArea).where(WeighedArea.run_id == run.id))}
    assert rows.keys() == {area.id for area in load_pack("hvb").areas}
    safety = rows["TRY"]
    assert (safety.position, safety.own, safety.binding_rule, safety.action) == (2, 3, "T2", 2)
    assert safety.lowest is not None
    assert safety.highest is not None
    assert {row.own for row in rows.values()} == {3}
    empty = next(row for row in rows.values() if row.position is None)
    assert (empty.binding_rule, empty.lowest, empty.action) == ("V0", None, None)


def test_a_run_says_by_which_code_book(db: Session) -> None:
    make_letter_case(db)
    run = db.scalars(select(WeighingRun)).one()
    pack = load_pack("hvb")
    assert run.code_book == f"{pack.id} {pack.version}"
