"""Forms that other people made, with other programs, are read whole and reported."""

from pathlib import Path

import pytest

from tillsyn.inspect.exchange.xlsform_report import Fate
from tillsyn.inspect.services.import_guide_form import import_guide_form
from tillsyn.interview_guides.guide import load_pack

FORMS = Path(__file__).parents[2] / "vendor" / "xlsform"


@pytest.mark.parametrize(
    ("name", "questions", "fates"),
    [
        ("flat_xlsform_test", 21, {Fate.NEEDED, Fate.LEFT_OUT, Fate.CHANGED}),
        ("choice_filter_test", 3, {Fate.NEEDED, Fate.LEFT_OUT}),
        ("xl_date_ambiguous_v1", 5, {Fate.NEEDED, Fate.LEFT_OUT}),
    ],
)
def test_a_form_of_others_becomes_a_guide_and_a_report(name: str, questions: int, fates: set[Fate]) -> None:
    made = import_guide_form((FORMS / f"{name}.xlsx").read_bytes(), pack=load_pack())
    assert made.questions == made.without_area == questions
    assert fates <= {line.fate for line in made.report}


def test_a_formula_of_others_is_told_with_its_place() -> None:
    made = import_guide_form((FORMS / "flat_xlsform_test.xlsx").read_bytes(), pack=load_pack())
    told = {line.place for line in made.report if "formula" in line.text}
    assert "survey!K22" in told
