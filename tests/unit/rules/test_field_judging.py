"""Known ways to break a log of operations, each tried: what comes of it, and that the rest goes on."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.handhelds import Handheld
from tillsyn.inspect.rules.field_judging import Judge, Judged, Verdict, read_sent
from tillsyn.models.field import Refusal

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
DEVICE, AUTHOR, CASE, DOC, OTHER_DOC = (UUID(int=number) for number in range(1, 6))
Raw = dict[str, Any]


@pytest.fixture
def handheld() -> Handheld:
    return Handheld(DEVICE, AUTHOR, CASE)


@pytest.fixture
def judge() -> Judge:
    return Judge(
        device_id=DEVICE,
        author=AUTHOR,
        acked=0,
        logged={},
        numbers={},
        quarantined={},
        cases=frozenset({CASE}),
        documents={},
    )


def note(handheld: Handheld, doc_id: UUID = DOC, **more: Any) -> Raw:
    return handheld.write("statement", doc_id, more.pop("name", "text"), f"Rad {handheld.seq}", NOW, **more)


def of(judge: Judge, *raws: Any) -> list[Judged]:
    return [judge.judge(read_sent(raw, DEVICE)) for raw in raws]


def said(judged: list[Judged]) -> list[str]:
    return [one.refusal.value if one.refusal else one.verdict.name for one in judged]


def test_what_follows_in_turn_is_new(judge: Judge, handheld: Handheld) -> None:
    assert said(of(judge, note(handheld), note(handheld), note(handheld))) == ["NEW", "NEW", "NEW"]
    assert judge.acked == 3


def test_the_same_again_is_known(judge: Judge, handheld: Handheld) -> None:
    first = note(handheld)
    assert said(of(judge, first, first)) == ["NEW", "KNOWN"]
    assert judge.acked == 1


def test_the_same_identity_with_other_words_is_kept_apart_and_its_number_is_taken(
    judge: Judge, handheld: Handheld
) -> None:
    first = note(handheld)
    second = note(handheld, op_id=first["op_id"])
    judged = of(judge, first, second, note(handheld))
    assert said(judged) == ["NEW", "id-reuse", "NEW"]
    assert judged[1].rival == UUID(first["op_id"]) and judged[1].takes_number


def test_the_same_identity_and_number_with_other_words_takes_no_number(
    judge: Judge, handheld: Handheld
) -> None:
    first = note(handheld)
    (_, again) = of(judge, first, first | {"value": "Annat"})
    assert (again.refusal, again.takes_number) == (Refusal.ID_REUSE, False)


def test_a_gap_ends_the_batch(judge: Judge, handheld: Handheld) -> None:
    first, _, third, fourth = (note(handheld) for _ in range(4))
    assert said(of(judge, first, third, fourth)) == ["NEW", "gap", "gap"]
    assert judge.acked == 1


def test_what_is_known_is_answered_after_a_gap_too(judge: Judge, handheld: Handheld) -> None:
    first, _, third = (note(handheld) for _ in range(3))
    assert said(of(judge, first, third, first)) == ["NEW", "gap", "KNOWN"]


def test_two_with_one_number_are_a_cloned_device(judge: Judge, handheld: Handheld) -> None:
    note(handheld)
    clone = handheld.clone()
    mine, theirs = note(handheld), note(clone)
    first = handheld.outbox[1]
    judged = of(judge, first, mine, theirs, note(handheld))
    assert said(judged) == ["NEW", "NEW", "clone", "NEW"]
    assert judged[2].rival == UUID(mine["op_id"]) and not judged[2].takes_number


@pytest.mark.parametrize("seq", [0, -1, 2**53, 2**63, 2**64, 10**30, True, "1", 1.0, None])
def test_a_number_that_cannot_be_is_refused_alone(judge: Judge, handheld: Handheld, seq: Any) -> None:
    odd = note(handheld.clone()) | {"seq": seq}
    judged = of(judge, odd, note(handheld))
    assert said(judged) == ["seq", "NEW"]
    assert not judged[0].takes_number


def test_a_parent_of_another_field_is_refused_and_the_rest_goes_on(judge: Judge, handheld: Handheld) -> None:
    first = note(handheld, name="own_question")
    wrong = note(handheld, parents=[first["op_id"]])
    elsewhere = note(handheld, OTHER_DOC, parents=[first["op_id"]], name="own_question")
    assert said(of(judge, first, wrong, elsewhere, note(handheld))) == ["NEW", "parents", "parents", "NEW"]


def test_one_cannot_be_its_own_parent(judge: Judge, handheld: Handheld) -> None:
    op = note(handheld)
    assert said(of(judge, op | {"parents": [op["op_id"]]})) == ["parents"]


def test_a_parent_that_nobody_knows_is_waited_for(judge: Judge, handheld: Handheld) -> None:
    """It may be lost, or in quarantine; what was written over it is not lost with it."""
    unheard_of = UUID(int=99)
    (judged,) = of(judge, note(handheld, parents=[str(unheard_of)]))
    assert judged.verdict is Verdict.NEW and judged.unknown_parents == (unheard_of,)


def test_what_is_malformed_takes_its_number_so_that_the_rest_goes_on(
    judge: Judge, handheld: Handheld
) -> None:
    raws = [
        note(handheld) | {"value": 7},
        note(handheld) | {"more": 1},
        note(handheld) | {"client_time": "nyss"},
        {"device_id": str(DEVICE), "seq": 4},
    ]
    handheld.seq = 4
    judged = of(judge, *raws, note(handheld))
    assert said(judged) == ["value", "shape", "shape", "shape", "NEW"]
    assert judge.acked == 5


def test_what_is_no_object_is_refused_alone(judge: Judge, handheld: Handheld) -> None:
    assert said(of(judge, None, 7, "op", [], {}, note(handheld))) == ["shape"] * 5 + ["NEW"]


def test_what_another_device_wrote_is_refused_and_takes_no_number(judge: Judge, handheld: Handheld) -> None:
    forged = note(handheld.clone()) | {"device_id": str(UUID(int=77))}
    assert said(of(judge, forged, note(handheld))) == ["device", "NEW"]


def test_what_somebody_else_wrote_is_refused(judge: Judge, handheld: Handheld) -> None:
    assert said(of(judge, note(handheld, author=str(UUID(int=77))), note(handheld))) == ["author", "NEW"]


def test_what_belongs_to_a_case_that_is_not_theirs_is_refused(judge: Judge, handheld: Handheld) -> None:
    foreign = note(handheld, OTHER_DOC, inspection_id=str(UUID(int=77)))
    assert said(of(judge, foreign, note(handheld))) == ["inspection", "NEW"]


def test_a_document_stays_in_its_case_and_of_its_kind(judge: Judge, handheld: Handheld) -> None:
    judge.documents = {DOC: (UUID(int=77), "statement"), OTHER_DOC: (CASE, "talk")}
    assert said(of(judge, note(handheld), note(handheld, OTHER_DOC))) == ["document", "document"]


def test_what_was_refused_once_is_answered_the_same_again(judge: Judge, handheld: Handheld) -> None:
    bad = note(handheld) | {"value": 7}
    judged = of(judge, bad, bad)
    assert said(judged) == ["value", "value"]
    assert [one.verdict for one in judged] == [Verdict.REFUSED, Verdict.AGAIN]


def test_all_that_a_lost_device_sends_is_kept_apart_and_numbered(judge: Judge, handheld: Handheld) -> None:
    lost = replace(judge, lost=True)
    judged = of(lost, note(handheld), note(handheld))
    assert said(judged) == ["lost", "lost"]
    assert all(one.takes_number for one in judged) and lost.acked == 2


def test_a_number_that_was_passed_over_is_taken_in_when_it_comes_after_all(
    judge: Judge, handheld: Handheld
) -> None:
    late, _ = note(handheld), note(handheld)
    judge.acked = 2
    assert said(of(judge, late)) == ["NEW"]
    assert judge.acked == 2
