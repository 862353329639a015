"""The rules of the code book: what makes an input unfit to be weighed, one by one."""

import pytest

from tests.unit.weighing.weighing_cases import CATALOGUE, asked, said
from tillsyn.inspect.rules.weighing.input_rules import (
    Breach,
    Judgements,
    Question,
    RequestedDocument,
    coded_by_two,
    declined_children,
    double_proof,
    silence_and_nothing_to_remark,
    unproduced_documents,
)


def named(found: tuple[Breach, ...]) -> list[tuple[str, str | None]]:
    assert all(breach.reason.text % breach.reason.values for breach in found)
    return [(breach.rule, breach.coding) for breach in found]


def who(found: tuple[Breach, ...]) -> list[object]:
    return [breach.reason.values["source"] for breach in found]


def test_d0_a_document_is_not_both_proof_and_statement_on_one_theme() -> None:
    twice = said("d1", "natt", 0, id="twice")
    other_theme, other_document = said("d1", "mat", 0), said("d2", "natt", 0)
    child = said("b1", "natt", 0)
    found = double_proof(CATALOGUE, [twice, other_theme, other_document, child], {"KR7": {"d1", "b1"}})
    assert named(found) == [("D0", "twice")]
    assert found[0].reason.values == {"source": "d1"}
    assert double_proof(CATALOGUE, [twice], {"KR1": {"d1"}}) == ()
    assert double_proof(CATALOGUE, [twice], {}) == ()


def test_d1_a_document_that_was_not_produced_is_coded_as_at_least_minor() -> None:
    requested = [
        RequestedDocument("d1", produced=False),
        RequestedDocument("d2", produced=False),
        RequestedDocument("d3", produced=True),
        RequestedDocument("d4", produced=False),
    ]
    codings = [said("d1", "plan", 1), said("d2", "plan", 0), said("p4", "plan", 2)]
    found = unproduced_documents(codings, requested)
    assert named(found) == [("D1", None), ("D1", None)]
    assert [breach.reason.values["source"] for breach in found] == ["d2", "d4"]
    assert unproduced_documents([], []) == ()


def test_d2_nothing_to_remark_is_an_answer_and_is_coded() -> None:
    question = Question("b1", "natt", answered=True)
    assert silence_and_nothing_to_remark([asked("b1", "natt")], [question]) == ()
    for codings in ([], [asked("b2", "natt")], [asked("b1", "mat")], [said("b1", "natt", 0)]):
        found = silence_and_nothing_to_remark(codings, [question])
        assert (named(found), who(found)) == ([("D2", None)], ["b1"])
    remarked = Question("b1", "natt", answered=True, remarked=True)
    assert silence_and_nothing_to_remark([said("b1", "natt", 2)], [remarked]) == ()


def test_d2_silence_is_not_an_answer_and_is_not_coded() -> None:
    silent = Question("b1", "natt", answered=False)
    assert silence_and_nothing_to_remark([], [silent]) == ()
    coded = [asked("b1", "natt"), said("b1", "natt", 1, id="raised by the child"), asked("b2", "natt")]
    found = silence_and_nothing_to_remark(coded, [silent])
    assert (named(found), who(found)) == ([("D2", "b1-natt-0")], ["b1"])


def test_d2_every_question_is_told_of() -> None:
    questions = [Question("b1", "natt", answered=True), Question("b2", "natt", answered=False)]
    found = silence_and_nothing_to_remark([asked("b2", "natt")], questions)
    assert (named(found), who(found)) == ([("D2", None), ("D2", "b2-natt-0")], ["b1", "b2"])


def test_d3_a_child_that_did_not_want_to_talk_has_no_statements() -> None:
    codings = [said("b1", "natt", 1), said("b2", "natt", 1), said("p1", "natt", 1)]
    found = declined_children(codings, {"b2", "p1"})
    assert (named(found), who(found)) == ([("D3", "b2-natt-1")], ["b2"])
    assert declined_children(codings, ()) == ()


@pytest.mark.parametrize(
    ("judged", "broken"),
    [
        (Judgements("c", 1), 0),
        (Judgements("c", 2), 1),
        (Judgements("c", 4), 1),
        (Judgements("c", 2, 2), 0),
        (Judgements("c", 1, 3), 0),
        (Judgements("c", 1, 3, weighed=3), 0),
        (Judgements("c", 1, 3, weighed=1), 1),
        (Judgements("c", 3, 1, weighed=1), 1),
        (Judgements("c", 3, 1, settled=1, weighed=1), 0),
        (Judgements("c", 3, 1, settled=1, weighed=3), 1),
        (Judgements("c", 3, weighed=2), 2),
        (Judgements("c", 1, weighed=1), 0),
    ],
)
def test_s1_two_coders_and_the_higher_until_they_settle(judged: Judgements, broken: int) -> None:
    assert named(coded_by_two([judged])) == [("S1", "c")] * broken


def test_s1_what_is_not_settled_is_told_apart_from_what_is() -> None:
    open_, settled = coded_by_two(
        [Judgements("c", 3, 1, weighed=1), Judgements("c", 3, 1, settled=1, weighed=3)]
    )
    assert "have not settled" in open_.reason.text
    assert "coders settled" in settled.reason.text
