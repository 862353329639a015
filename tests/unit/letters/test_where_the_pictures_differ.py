"""Where children's picture of an area and the checks stand apart, the letter says so (method §11), if it may."""

from dataclasses import replace

import pytest

from tests.unit.letters.course_cases import case, letter
from tillsyn.inspect.rules.case_view import AreaView, CaseView, Said
from tillsyn.inspect.rules.weighing import Perspective
from tillsyn.models.base import new_id
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.vocabulary import Wish

AREA = "TRY"
LOWER = "Barnen beskriver området som sämre än våra kontroller visar."
HIGHER = "Barnen beskriver området som bättre än våra kontroller visar."


def apart(differs: str, severities: tuple[int, ...], wish: Wish = Wish.ONLY_IN_GENERAL) -> CaseView:
    """A case in which one child after the other says something of one theme, as severe as it is given."""
    view = case()
    theme = view.pack.themes_in(AREA)[0].id
    said = tuple(
        Said(new_id(), f"u{at}", f"b{at}", Perspective.CHILD, theme, severity, wish)
        for at, severity in enumerate(severities, start=1)
    )
    area = AreaView(AREA, "Behöver förbättras", reasoning="Vi bygger på det vi såg.", differs=differs)
    return replace(
        view, said=said, heard={AREA: frozenset(one.source for one in said)}, areas={**view.areas, AREA: area}
    )


def text_of(view: CaseView) -> str:
    return letter(LetterKind.FEEDBACK, view)[f"assessment.{AREA}.text"].text.sv


def test_it_stands_before_the_reasons_and_in_both_directions() -> None:
    assert text_of(apart("lower", (2, 2, 3))).startswith(LOWER)
    assert text_of(apart("lower", (2, 2, 3))).endswith("Vi bygger på det vi såg.")
    assert text_of(apart("higher", (0, 0, 0))).startswith(HIGHER)
    assert text_of(apart("", (2, 2, 3))) == "Vi bygger på det vi såg."


@pytest.mark.parametrize("severities", [(2, 2), (2,), (2, 2, 2, 0), (0, 0, 0), ()])
def test_children_whom_it_would_point_at_are_not_named(severities: tuple[int, ...]) -> None:
    """Fewer than k behind it, one left over who would be pointed out, or nobody who says so."""
    assert text_of(apart("lower", severities)) == "Vi bygger på det vi såg."


def test_two_who_want_it_told_are_enough() -> None:
    assert text_of(apart("lower", (2, 2), Wish.MAY_BE_TOLD)).startswith(LOWER)


def test_nothing_is_said_of_an_area_on_hold_or_of_what_is_not_to_be_told() -> None:
    view = apart("lower", (2, 2, 3))
    held = replace(view, areas={**view.areas, AREA: replace(view.areas[AREA], pending=True)})
    assert "sämre" not in text_of(held)
    assert "sämre" not in text_of(replace(view, withheld=True))
