"""Krippendorff's alpha, exactly (method §2.19)."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.reliability import Scale, alpha, grave_alpha, severity_alpha, theme_alpha

# Krippendorff's own example: four coders, twelve units, one of them coded by one person only.
CODERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = tuple(zip(*CODERS, strict=True))

severities = st.sampled_from([None, 0, 1, 2, 3, 4])
units = st.lists(st.tuples(severities, severities, severities), max_size=8)


@pytest.mark.parametrize(
    ("scale", "exact", "rounded"),
    [
        (Scale.NOMINAL, Fraction(113, 152), "0.743"),
        (Scale.ORDINAL, Fraction(108577, 133160), "0.815"),
        (Scale.INTERVAL, Fraction(951, 1120), "0.849"),
    ],
)
def test_krippendorffs_own_example(scale: Scale, exact: Fraction, rounded: str) -> None:
    assert alpha(UNITS, scale) == exact
    assert f"{float(exact):.3f}" == rounded


def test_two_coders_by_hand() -> None:
    # Four units, one disagreement: observed 2/8, expected 2·5·3/(8·7).
    found = alpha([(0, 0), (1, 1), (0, 1), (0, 0)], Scale.NOMINAL)
    assert found == 1 - Fraction(2, 8) / Fraction(30, 56)


def test_what_says_nothing_has_no_alpha() -> None:
    for nothing in ([], [(1, None), (None, 2)], [(2, 2), (2, 2)], [()]):
        assert all(alpha(nothing, scale) is None for scale in Scale)


def test_only_the_order_of_severities_counts_and_of_themes_not_even_that() -> None:
    near, far = [(0, 1), (0, 0), (4, 4), (1, 1)], [(0, 4), (0, 0), (4, 4), (1, 1)]
    assert (severity_alpha(near) or 0) > (severity_alpha(far) or 0)
    themes = [("mat", "natt"), ("mat", "mat"), ("natt", "natt"), ("plan", "plan")]
    renamed = [("z", "a"), ("z", "z"), ("a", "a"), ("m", "m")]
    assert (
        theme_alpha(themes) == theme_alpha(renamed) == alpha([(0, 1), (0, 0), (1, 1), (2, 2)], Scale.NOMINAL)
    )


def test_the_boundary_of_what_is_grave_is_measured_by_itself() -> None:
    apart_elsewhere = [(0, 2), (1, 0), (3, 4), (4, 4), (2, 1)]
    assert grave_alpha(apart_elsewhere) == 1
    assert (severity_alpha(apart_elsewhere) or 0) < 1
    assert (grave_alpha([(2, 3), (3, 2), (1, 1), (4, 4)]) or 1) < Fraction(1, 2)
    assert grave_alpha([(2, None), (3, 3), (2, 2)]) == 1


@given(units, st.sampled_from(Scale))
def test_order_does_not_matter_and_agreement_is_one(
    found: list[tuple[int | None, ...]], scale: Scale
) -> None:
    value = alpha(found, scale)
    random = Random(len(found))  # noqa: S311 - an order, no secret
    shuffled = [tuple(random.sample(unit, len(unit))) for unit in random.sample(found, len(found))]
    assert alpha(shuffled, scale) == value
    pairs = [[value for value in unit if value is not None] for unit in found]
    agreed = all(len(set(unit)) <= 1 for unit in pairs if len(unit) > 1)
    if value is not None:
        assert value <= 1
        assert (value == 1) == agreed


@given(units)
def test_on_two_values_all_scales_say_the_same(found: list[tuple[int | None, ...]]) -> None:
    binary = [tuple(None if value is None else int(value > 1) for value in unit) for unit in found]
    assert len({alpha(binary, scale) for scale in Scale}) == 1


@given(units)
def test_the_textbook_formula_over_the_coincidence_matrix_gives_the_same(
    found: list[tuple[int | None, ...]],
) -> None:
    """Nominal alpha by its other definition: (observed coincidences - expected) / (all - expected)."""
    pairable = [[value for value in unit if value is not None] for unit in found]
    pairable = [unit for unit in pairable if len(unit) > 1]
    values = sorted({value for unit in pairable for value in unit})
    same = {
        one: sum(
            (Fraction(unit.count(one) * (unit.count(one) - 1), len(unit) - 1) for unit in pairable),
            Fraction(),
        )
        for one in values
    }
    used = {one: sum(unit.count(one) for unit in pairable) for one in values}
    whole = sum(used.values())
    by_chance = sum(count * (count - 1) for count in used.values())
    if whole * (whole - 1) == by_chance:
        assert alpha(found, Scale.NOMINAL) is None
        return
    expected = ((whole - 1) * sum(same.values()) - by_chance) / (whole * (whole - 1) - by_chance)
    assert alpha(found, Scale.NOMINAL) == expected
