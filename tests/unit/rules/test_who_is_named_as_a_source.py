"""Who stands beside a line of a letter as its source: the k-rule as letters ask it (METHOD 2.17, rules 2 and 3)."""

from uuid import UUID

import pytest

from tillsyn.inspect.rules.case_view import Said
from tillsyn.inspect.rules.disclosure import may_name_adults, may_name_children, source_labels
from tillsyn.inspect.rules.weighing import Perspective
from tillsyn.models.vocabulary import Wish

ROLES = {
    "b": Perspective.CHILD,
    "p": Perspective.STAFF,
    "l": Perspective.MANAGER,
    "a": Perspective.OTHER,
    "o": Perspective.OBSERVATION,
    "d": Perspective.DOCUMENT,
}
THREE = ("b1", "b2", "b3")


def told(*sources: str, wish: Wish = Wish.ONLY_IN_GENERAL) -> tuple[Said, ...]:
    """One statement of each source; its first letter says who it is."""
    return tuple(
        Said(UUID(int=place), f"u{place}", source, ROLES[source[0]], "natt", 1, wish)
        for place, source in enumerate(sources)
    )


def test_children_are_named_from_three_when_none_or_three_are_left_over() -> None:
    assert may_name_children(told(*THREE), THREE)
    assert not may_name_children(told("b1", "b2"), ("b1", "b2"))
    assert not may_name_children(told(*THREE), (*THREE, "b4"))
    assert not may_name_children(told(*THREE), (*THREE, "b4", "b5"))
    assert may_name_children(told(*THREE), (*THREE, "b4", "b5", "b6"))


def test_one_child_who_speaks_three_times_is_one() -> None:
    assert not may_name_children(told("b1", "b1", "b1"), ("b1",))
    assert not may_name_adults(told("p1", "p1", "p1"))


def test_fewer_children_are_named_only_when_every_one_said_that_it_may_be_told() -> None:
    yes = told("b1", "b2", wish=Wish.MAY_BE_TOLD)
    assert may_name_children(yes, THREE)
    for other in Wish:
        if other is not Wish.MAY_BE_TOLD:
            assert not may_name_children((*yes, *told("b3", wish=other)), (*THREE, "b4"))


def test_an_adult_makes_no_child_and_asks_for_no_consent_of_a_child() -> None:
    assert not may_name_children(told("p1", "p2", "p3", wish=Wish.MAY_BE_TOLD), ())
    assert not may_name_children(told("b1", "b2", "p1"), ("b1", "b2"))
    assert may_name_children((*told("b1", wish=Wish.MAY_BE_TOLD), *told("p1")), THREE)


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        (("p1", "p2", "p3"), True),
        (("p1", "p2", "l1"), True),
        (("p1", "l1"), False),
        (("p1", "l1", "a1"), False),
        (("p1", "l1", "b1", "b2", "b3", "o1", "d1"), False),
    ],
)
def test_staff_and_managers_are_named_together_when_three_of_them_stand_behind_it(
    sources: tuple[str, ...], named: bool
) -> None:
    assert may_name_adults(told(*sources)) is named


@pytest.mark.parametrize(
    ("sources", "labels"),
    [
        (THREE, ("children",)),
        (("p1", "p2", "l1"), ("staff",)),
        (("o1",), ("observations",)),
        (("d1",), ("documents",)),
        (("d1", "o1", "l1", "p2", "p1", *THREE), ("children", "staff", "observations", "documents")),
    ],
)
def test_what_may_be_named_is_named_and_children_always_first(
    sources: tuple[str, ...], labels: tuple[str, ...]
) -> None:
    assert source_labels(told(*sources), THREE) == labels
    assert source_labels(told(*sources), THREE, checked=True) == (*labels, "check")


@pytest.mark.parametrize("hidden", ["b1", "p1", "l1", "a1"])
def test_one_who_may_not_be_named_hides_the_kinds_of_all_the_others(hidden: str) -> None:
    """Naming the rest would point at the one that is left out."""
    others = ("o1", "d1")
    assert source_labels(told(hidden, *others), ("b1",), checked=True) == ("several",)
    assert source_labels(told(hidden), ("b1",)) == ("heard",)


def test_others_than_staff_and_managers_are_never_named_however_many_they_are() -> None:
    assert source_labels(told("a1", "a2", "a3", "a4"), ()) == ("several",)
    assert source_labels(told(*THREE, "a1"), THREE) == ("several",)


def test_two_sources_are_several_and_our_own_check_is_one_of_them() -> None:
    assert source_labels(told("b1", "b1"), ("b1",)) == ("heard",)
    assert source_labels(told("b1", "b2"), ("b1", "b2")) == ("several",)
    assert source_labels(told("b1"), ("b1",), checked=True) == ("several",)


def test_where_nobody_spoke_only_the_check_stands() -> None:
    assert source_labels((), THREE) == ()
    assert source_labels((), THREE, checked=True) == ("check",)
