"""The deciding circumstances of a position: which rule first, and what one step up takes (method §2.7, §2.16)."""

import pytest

from tests.unit.weighing.weighing_cases import asked, deviation, inspection, met, said, weighed
from tillsyn.inspect.rules.weighing import (
    Basis,
    Check,
    Coding,
    DecidingCircumstances,
    Position,
    deciding_circumstances,
)

GOOD = tuple(asked(source, "vald_hot") for source in ("b1", "b2", "b3", "p1", "l1", "o1", "d1"))


def decided(*evidence: Coding | Check) -> DecidingCircumstances:
    area = weighed(inspection(*evidence)).areas["TRY"]
    found = deciding_circumstances(area)
    assert found is not None
    assert (found.position, found.basis) == (area.position, area.basis)
    return found


@pytest.mark.parametrize(
    ("evidence", "basis", "ceilings"),
    [
        ((deviation("KR2", 3), said("b4", "natt", 3)), Basis.ESTABLISHED_FAILING, ["T2", "T1"]),
        ((deviation("KR2", 2), said("b4", "natt", 2)), Basis.ESTABLISHED_FAILING, ["T2"]),
        ((said("b4", "natt", 3), said("o4", "natt", 2)), Basis.CORROBORATED_ACCOUNT, ["T1"]),
        ((said("b4", "natt", 3), met("KR2")), Basis.ACCOUNT_INVESTIGATED, ["T1"]),
        ((said("b4", "natt", 2), met("KR2")), Basis.CHILDRENS_PICTURE, ["T3"]),
    ],
)
def test_all_ceilings_that_bind_are_told_and_the_one_that_the_basis_names_first(
    evidence: tuple[Coding | Check, ...], basis: Basis, ceilings: list[str]
) -> None:
    found = decided(*GOOD, *evidence)
    assert (found.basis, found.decided_by_ceiling) == (basis, True)
    assert [one.ceiling.value for one in found.ceilings] == ceilings


def test_below_the_highest_position_the_next_step_is_one_up() -> None:
    found = decided(*GOOD, said("b4", "natt", 2), met("KR2"))
    assert found.position == Position.WORKS_IN_THE_MAIN
    assert found.won.level == 3
    assert found.next_step is not None
    assert found.next_step.level == 4


def test_at_the_highest_position_nothing_binds_and_there_is_no_next_step() -> None:
    found = decided(*GOOD, met("KR1"))
    assert found.position == Position.WORKS_WELL
    assert (found.basis, found.decided_by_ceiling) == (Basis.WEIGHED_PICTURE, False)
    assert (found.ceilings, found.next_step) == ((), None)
