"""A wording says the same whichever way it is written in a pack: the way that most are is read faster."""

from pathlib import Path

import pytest

from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.faults import FaultList
from tillsyn.interview_guides.nodes import read_file


@pytest.mark.parametrize("written", ["{sv: ' 5 kap. ', en: ch. 5}", "{en: ch. 5, sv: ' 5 kap. '}"])
def test_the_order_of_the_languages_changes_nothing(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.yaml").write_text(f"name: {written}\n", encoding="utf-8")
    faults = FaultList()
    assert read_file(tmp_path / "a.yaml", faults).text("name") == Text("5\u00a0kap.", "ch.\u00a05")
    assert faults.in_order() == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{sv: a, en: ' '}", "'en' is empty"),
        ("{sv: a, sv: b}", "the field 'sv' is given twice"),
        ("{sv: a, en: b, fi: c}", "the field 'fi' is not known here"),
        ("{sv: a, en: [b]}", "'en' must be a text"),
        ("{sv: a}", "the field 'en' is missing"),
    ],
)
def test_a_faulty_wording_is_told_with_its_line(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "a.yaml").write_text(f"\nname: {written}\n", encoding="utf-8")
    faults = FaultList()
    read_file(tmp_path / "a.yaml", faults).text("name")
    assert (2, told) in [(fault.line, fault.message) for fault in faults.in_order()]
