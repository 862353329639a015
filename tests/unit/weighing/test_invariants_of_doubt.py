"""What must hold of bounds, confidence and the gap: invariants I13–I15 and I24 of METHOD 3."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.weighing.weighing_cases import (
    AREAS,
    CATALOGUE,
    THEMES_OF,
    adding,
    inspections,
    met,
    positions,
    role,
    said,
    weighed,
)
from tillsyn.inspect.rules.weighing import (
    Inspection,
    Perspective,
)

CHILD_NEAR = tuple(area for area in AREAS if CATALOGUE.is_child_near(area))


@given(inspections(), st.lists(st.integers(0, 2), min_size=8, max_size=8), st.sampled_from(CHILD_NEAR))
def test_i13_bounds_hold_whatever_the_unheard_children_would_have_said(
    case: Inspection, answers: list[int], area: str
) -> None:
    result = weighed(case).areas[area]
    if result.bounds is None:
        assert result.position is None
        return
    unheard = case.residents - len(result.voices.get(Perspective.CHILD, {}))
    theme = THEMES_OF[area][0]
    told = [
        said(f"b{number + 10}", theme, answer, firsthand=False)
        for number, answer in enumerate(answers[:unheard])
    ]
    lowest, highest = result.bounds
    completed = positions(adding(case, *told))[area]
    assert completed is not None
    assert lowest <= completed <= highest


@given(inspections(), st.booleans())
def test_i14_what_lowers_confidence_moves_nothing_else(case: Inspection, concrete: bool) -> None:
    doubtful = replace(
        case,
        alpha=None,
        children_first=not case.children_first,
        interviews=(),
        codings=tuple(replace(coding, concrete=concrete) for coding in case.codings),
    )
    for name, area in weighed(doubtful).areas.items():
        before = weighed(case).areas[name]
        assert (area.position, area.ceilings, area.action) == (
            before.position,
            before.ceilings,
            before.action,
        )


@given(inspections(), st.sampled_from(sorted(CATALOGUE.requirements)))
def test_i15_the_gap_is_a_share_and_checking_more_never_widens_it(case: Inspection, requirement: str) -> None:
    gap = weighed(case).gap
    if gap.outside is None:
        assert all(theme.children is None for theme in gap.themes.values())
        return
    same = sum(theme.children or 0 for theme in gap.themes.values() if theme.kind.value == "B0")
    assert gap.different_picture is not None
    assert 0 <= gap.outside <= 1
    assert gap.outside + gap.different_picture + same == 1
    more = replace(case, checks=(*case.checks, met(requirement)))
    wider = weighed(more).gap.outside
    assert wider is not None
    assert wider <= gap.outside


@given(inspections())
def test_i15_every_child_weighs_the_same_however_much_it_talked(case: Inspection) -> None:
    whole = weighed(case).gap
    children = sorted({one.source for one in case.codings if role(one.source) == "child"})
    alone = [
        weighed(replace(case, codings=tuple(one for one in case.codings if one.source == child))).gap
        for child in children
    ]
    agendas = [gap.themes for gap in alone if gap.outside is not None]
    assert (whole.outside is None) == (not agendas)
    for theme, gap in whole.themes.items():
        shares = [themes[theme].children or 0 if theme in themes else 0 for themes in agendas]
        assert gap.children == (sum(shares, Fraction(0)) / len(shares) if shares else None)
    if agendas:
        assert sum(gap.children or 0 for gap in whole.themes.values()) == 1


@given(inspections())
def test_i24_silence_is_not_assent(case: Inspection) -> None:
    adults = replace(case, codings=tuple(one for one in case.codings if role(one.source) != "child"))
    for area in weighed(adults).areas.values():
        assert Perspective.CHILD not in area.levels
        if area.child_near:
            assert area.position is None or area.position <= 3
            assert area.confidence is None or area.confidence <= 2
