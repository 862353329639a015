"""Who waits for the children is what the pack says; without a word from it, everybody else does."""

import pytest

from tillsyn.inspect.rules.inspection_flow import CaseFacts
from tillsyn.inspect.rules.interview_order import is_before_children, refused_talk, waits_for_children
from tillsyn.interview_guides.guide import Gate, available_packs, load_pack
from tillsyn.models.vocabulary import Informant, State

WAITING = {"state": State.CHILDREN, "residents": 2, "children_confirmed": True, "without_outcome": ("b2",)}
ADULTS = [one for one in Informant if one is not Informant.CHILD]


def case(*before: str) -> CaseFacts:
    gate = Gate(before=before) if before else Gate()  # type: ignore[arg-type]
    return CaseFacts(**WAITING, talk_order=gate)  # type: ignore[arg-type]


@pytest.mark.parametrize("informant", ADULTS)
def test_everybody_waits_for_the_children_where_the_pack_says_nothing(informant: Informant) -> None:
    assert refused_talk(case(), informant)
    assert is_before_children(case(), informant)


def test_a_talk_with_a_child_waits_for_nobody() -> None:
    assert refused_talk(case(), Informant.CHILD) == ()
    assert not is_before_children(case(), Informant.CHILD)


def test_only_those_that_the_pack_names_wait() -> None:
    seen = case("manager")
    assert refused_talk(seen, Informant.MANAGER)
    assert refused_talk(seen, Informant.OTHER) == ()
    assert not is_before_children(seen, Informant.OTHER)


@pytest.mark.parametrize("pack", available_packs())
def test_no_pack_lets_its_staff_or_its_manager_come_first(pack: str) -> None:
    seen = CaseFacts(**WAITING, talk_order=load_pack(pack).gate)  # type: ignore[arg-type]
    assert waits_for_children(seen, Informant.STAFF)
    assert waits_for_children(seen, Informant.MANAGER)
