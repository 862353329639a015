"""The checks of tagged PDF are tested themselves: each fault that is put in is found."""

import pytest

from tests.unit.reports.damage import planted
from tests.unit.reports.judged_defects import (
    DEFECTS,
    JUDGES,
    found_by_reading,
    found_without_engine,
    from_page,
)
from tests.unit.reports.judges import refused
from tests.unit.reports.planted_host import sheet


def test_without_a_defect_nothing_is_found() -> None:
    for data in (sheet(), planted(lambda _: None)(sheet())):
        assert found_by_reading(data) == []
        assert refused(data) == []


def test_there_are_more_than_three_dozen_and_each_is_found_by_somebody() -> None:
    told = from_page()
    assert len(DEFECTS) > 36
    assert list(told) == list(DEFECTS)
    assert [name for name, found in told.items() if not any(found)] == []


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_fault_is_found_by_those_that_the_documentation_names(name: str) -> None:
    """Here without veraPDF, which is asked in test_tagged_pdf_vera.py."""
    assert dict(zip(JUDGES, found_without_engine(name), strict=False)) == dict(
        zip(JUDGES[:2], from_page()[name][:2], strict=True)
    )
