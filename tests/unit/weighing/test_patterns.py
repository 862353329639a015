"""The flag that asks a person whether minor things are systemic (method §2.8)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.weighing.weighing_cases import (
    CATALOGUE,
    THEMES,
    asked,
    deviation,
    inspection,
    inspections,
    met,
    said,
    weighed,
)
from tillsyn.inspect.rules.weighing import Check, Coding, Inspection, Status, weigh
from tillsyn.inspect.rules.weighing.patterns import Pattern, minor_themes, pattern_in


def minor(*evidence: Coding | Check) -> set[str]:
    return set(minor_themes(CATALOGUE, weighed(inspection(*evidence))))


def pattern(*evidence: Coding | Check, earlier: tuple[str, ...] = (), area: str = "TRY") -> Pattern:
    found = weigh(CATALOGUE, inspection(*evidence), earlier_minor_themes=earlier).areas[area]
    assert found.flags.pattern == bool(pattern_in(CATALOGUE, found, earlier))
    return pattern_in(CATALOGUE, found, earlier)


def test_three_minor_deviations_in_one_area() -> None:
    three = [deviation(requirement, 1) for requirement in ("KR1", "KR2", "KR7")]
    assert pattern(*three) == Pattern(("KR1", "KR2", "KR7"), ())
    assert not pattern(*three[:2])
    assert not pattern(*three[:2], deviation("KR7", 2))


def test_the_same_minor_theme_as_last_time() -> None:
    assert pattern(said("b1", "natt", 1), earlier=("natt",)) == Pattern((), ("natt",))
    assert pattern(deviation("KR7", 1), earlier=("plan",), area="DOK") == Pattern((), ("plan",))
    assert not pattern(said("b1", "natt", 1), earlier=("vald_hot", "mat"))
    assert not pattern(said("b1", "natt", 1))
    assert not pattern(asked("b1", "natt"), earlier=("natt",))


def test_what_is_worse_than_minor_is_no_minor_theme() -> None:
    assert minor(said("b1", "natt", 1), said("b2", "mat", 2), asked("b3", "fritid")) == {"natt"}
    assert minor(said("b1", "natt", 1), deviation("KR2", 2)) == set()
    assert minor(said("b1", "natt", 1), said("o1", "natt", 3)) == set()


def test_a_group_is_read_as_a_group_and_what_is_over_is_no_remark() -> None:
    content = [asked(f"b{number}", "natt") for number in (2, 3, 4)]
    assert minor(said("b1", "natt", 1), *content) == set()
    assert minor(said("b1", "natt", 1), *content[:2]) == {"natt"}
    assert minor(said("b1", "natt", 1, status=Status.CLOSED), met("KR2")) == set()


def test_a_deviation_is_minor_on_every_theme_it_covers() -> None:
    assert minor(deviation("KR7", 1)) == {"natt", "plan"}
    assert minor(deviation("KR7", 1), said("b1", "plan", 2)) == {"natt"}


@given(inspections(), st.sets(st.sampled_from(sorted(THEMES))))
def test_history_raises_the_flag_and_changes_nothing_else(case: Inspection, earlier: set[str]) -> None:
    plain = weigh(CATALOGUE, case)
    known = weigh(CATALOGUE, case, earlier_minor_themes=earlier)
    again = minor_themes(CATALOGUE, plain) & earlier
    assert minor_themes(CATALOGUE, known) == minor_themes(CATALOGUE, plain)
    assert known.stamp == plain.stamp
    for name, area in plain.areas.items():
        recurs = any(THEMES[theme] == name for theme in again)
        flagged = replace(area, flags=replace(area.flags, pattern=area.flags.pattern or recurs))
        assert known.areas[name] == flagged
