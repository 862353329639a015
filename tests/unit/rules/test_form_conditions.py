"""`relevant` of a form as `only_if` of a guide: what a guide can say, and nothing in part."""

import pytest

from tests.imported_forms import BOTH, made, question, told
from tillsyn.inspect.exchange.xlsform_report import Fate
from tillsyn.inspect.rules.form_conditions import conditions_of

QUESTIONS = {"q1": "q1", "a.b": "a_b"}
FACTS = {"age": "age", "spoken": "interpreted", "raised": "themes_raised"}


@pytest.mark.parametrize(
    ("expression", "conditions"),
    [
        ("${q1} != ''", [{"question": "q1", "noted": "true"}]),
        (' ${ q1 }!=""', [{"question": "q1", "noted": "true"}]),
        ("${a.b} = ''", [{"question": "a_b", "noted": "false"}]),
        ("not(${q1} = '')", [{"question": "q1", "noted": "true"}]),
        ("not (string-length(${q1}) > 0)", [{"question": "q1", "noted": "false"}]),
        ("string-length(${q1}) > 0", [{"question": "q1", "noted": "true"}]),
        ("count-selected(${q1}) >= 1", [{"question": "q1", "noted": "true"}]),
        (
            "(${q1} != '') and (${a.b} = '')",
            [{"question": "q1", "noted": "true"}, {"question": "a_b", "noted": "false"}],
        ),
        (
            "${q1} != '' and (${a.b} = '' and selected(${raised}, 'natt'))",
            [
                {"question": "q1", "noted": "true"},
                {"question": "a_b", "noted": "false"},
                {"theme_raised": "natt"},
            ],
        ),
        ("${spoken} != 'no'", [{"language_interpreted": "true"}]),
        ("${age} = '' or (${age} >= 6 and ${age} <= 12)", [{"age_band": ["6-12"]}]),
        (
            "(${age} = '' or (${age} >= 6 and ${age} <= 12) or (${age} >= 16 and ${age} <= 20)) and (${q1} != '')",
            [{"age_band": ["6-12", "16-20"]}, {"question": "q1", "noted": "true"}],
        ),
    ],
)
def test_what_a_guide_can_say_is_understood(expression: str, conditions: list[dict[str, object]]) -> None:
    assert conditions_of(expression, QUESTIONS, FACTS) == conditions


@pytest.mark.parametrize(
    "expression",
    [
        "${q1} = 'yes'",
        "${q1} > 5",
        "${unknown} != ''",
        "selected(${q1}, 'natt')",
        "${q1} != '' or ${a.b} != ''",
        "${q1} != '' and ${a.b} = 'yes'",
        "${q1} != '' and ${age} = '' or (${age} >= 6 and ${age} <= 12)",  # "and" binds before "or"
        "${age} = '' or (${age} >= 6 and ${q1} <= 12)",
        "${age} >= 6 and ${age} <= 12",
        "not(${q1} != '' and ${a.b} != '')",
        "${q1} != '' and",
        "'${q1} != '' and ${a.b} = '''",
        "((((",
        "true()",
        "",
    ],
)
def test_what_a_guide_cannot_say_whole_is_not_said_in_part(expression: str) -> None:
    assert conditions_of(expression, QUESTIONS, FACTS) is None


def test_a_condition_on_a_group_holds_for_the_questions_in_it() -> None:
    imported = made(
        (*BOTH, "relevant"),
        ("text", "q1", "Vad?", "What?"),
        ("begin_group", "g", "G", "G", "${q1} != ''"),
        ("text", "q2", "Hur?", "How?"),
        ("text", "q3", "Vem?", "Who?", "${q2} = ''"),
        ("end_group",),
        ("text", "q4", "När?", "When?", "${q5} != ''"),
        ("text", "q5", "Var?", "Where?"),
    )
    assert question(imported, "q2")["only_if"] == [{"question": "q1", "noted": "true"}]
    assert question(imported, "q3")["only_if"] == [
        {"question": "q1", "noted": "true"},
        {"question": "q2", "noted": "false"},
    ]
    assert "only_if" not in question(imported, "q4")  # what comes later cannot be known
    assert "survey!E7 ${q5} != ''" in told(imported, Fate.LEFT_OUT)
