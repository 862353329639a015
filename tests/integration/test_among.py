"""One of many values: the same rows on both databases, and one question whatever their number."""

from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session, aliased

from tests.builders import make_inspection
from tillsyn.models.among import among
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.vocabulary import State


@pytest.fixture
def cases(db: Session) -> list[Inspection]:
    found = [make_inspection(db) for _ in range(3)]
    found[1].state = State.REVIEW
    db.flush()
    return found


def test_those_named_are_found_and_no_others(db: Session, cases: list[Inspection]) -> None:
    def found(*ids: object) -> set[object]:
        return set(db.scalars(select(Inspection.id).where(among(Inspection.id, ids))))

    assert found(cases[0].id, cases[2].id, uuid4()) == {cases[0].id, cases[2].id}
    assert found(cases[1].id) == {cases[1].id}
    assert found() == set()


def test_words_of_a_vocabulary_are_compared_as_they_are_kept(db: Session, cases: list[Inspection]) -> None:
    asked = select(Inspection.id).where(among(Inspection.state, {State.REVIEW, State.CLOSED}))
    assert list(db.scalars(asked)) == [cases[1].id]


def test_values_may_be_named_first_and_given_when_it_is_asked(db: Session, cases: list[Inspection]) -> None:
    other = aliased(Inspection)
    teams = select(TeamMember.inspection_id).where(among(TeamMember.inspection_id, "cases"))
    asked = select(other.id).where(among(other.id, "cases"), other.id.in_(teams))
    for wanted in ([cases[0].id], [one.id for one in cases], []):
        having = {one.id for one in cases if one.id in wanted and one.team}
        assert set(db.scalars(asked, {"cases": wanted})) == having


def test_it_is_one_question_on_postgresql_and_a_comparison_on_sqlite(
    db: Session, cases: list[Inspection], backend: str
) -> None:
    asked: list[str] = []

    def hear(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.get_bind(), "before_cursor_execute", hear)
    for number in (1, 60, 300):
        ids = [cases[0].id, *(uuid4() for _ in range(number - 1))]
        assert list(db.scalars(select(Inspection.id).where(among(Inspection.id, ids)))) == [cases[0].id]
    event.remove(db.get_bind(), "before_cursor_execute", hear)
    assert len(set(asked)) == (1 if backend == "postgresql" else 3)
    assert all(one.rstrip().endswith(")") for one in asked), "no index answers a comparison with 1"
