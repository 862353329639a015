"""I26: the weighing over columns gives what `weigh` gives, area by area, on random inspections."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from random import Random

import numpy as np
import pytest

from tests.unit.weighing.weighing_cases import CATALOGUE, SOURCES, THEMES, role
from tillsyn.inspect.rules.bulk import AreaColumns, arrays_of, columns_of, weigh_columns
from tillsyn.inspect.rules.weighing import (
    Check,
    CheckResult,
    Coding,
    Inspection,
    Interview,
    Perspective,
    Resolution,
    Status,
    Weighing,
    weigh,
)
from tillsyn.inspect.rules.weighing.configuration import WEIGHTED

MANY = 400
ARRAYS = arrays_of(CATALOGUE)
ALPHAS = (None, Fraction(1, 2), Fraction(667, 1000), Fraction(7, 10), Fraction(4, 5), Fraction(41, 50))


def random_coding(random: Random, id: int, worst: int) -> Coding:
    source = random.choice(SOURCES)
    severity = random.choice((0, 0, 1, random.randint(0, worst)))
    return Coding(
        id=f"c{id}",
        source=source,
        perspective=role(source),
        theme=random.choice(sorted(THEMES)),
        severity=severity,
        firsthand=random.random() < 0.7,
        status=random.choice((Status.ACTIVE, Status.ACTIVE, *Status)),
        resolution=random.choice((None, None, *Resolution)) if severity >= 3 else None,
        prompted=random.random() < 0.5,
        important=role(source) is Perspective.CHILD and random.random() < 0.2,
        concrete=random.random() < 0.7,
    )


def random_check(random: Random, requirement: str) -> Check:
    result = random.choice(list(CheckResult))
    if result is not CheckResult.DEVIATION:
        return Check(requirement, result)
    return Check(
        requirement,
        result,
        consequence=random.choice((0, 1, 1, 2, random.randint(0, 4))),
        extent=random.randint(0, 2),
        repeated=random.random() < 0.2,
        fixed=random.random() < 0.3,
        self_reported=random.random() < 0.4,
    )


def random_inspections() -> Iterator[Inspection]:
    for seed in count():
        random = Random(seed)  # noqa: S311 - cases, not secrets
        worst = random.choice((1, 2, 3, 4))
        yield Inspection(
            id=str(seed),
            residents=random.randint(4, 10),
            codings=tuple(random_coding(random, id, worst) for id in range(random.choice((0, 3, 10, 30)))),
            checks=tuple(
                random_check(random, requirement)
                for requirement in sorted(CATALOGUE.requirements)
                for _ in range(random.choice((0, 1, 1, 2)))
            ),
            interviews=tuple(
                Interview(random.choice(SOURCES), random.random() < 0.3) for _ in range(random.randint(0, 6))
            ),
            alpha=random.choice(ALPHAS),
            children_first=random.random() < 0.7,
        )


@pytest.fixture(scope="module")
def cases() -> list[Inspection]:
    return [one for one, _ in zip(random_inspections(), range(MANY), strict=False)]


@pytest.fixture(scope="module")
def expected(cases: list[Inspection]) -> list[Weighing]:
    return [weigh(CATALOGUE, case) for case in cases]


@pytest.fixture(scope="module")
def found(cases: list[Inspection]) -> AreaColumns:
    return weigh_columns(ARRAYS, columns_of(ARRAYS, cases))


def test_every_area_is_equal(found: AreaColumns, expected: list[Weighing]) -> None:
    for row, weighing in enumerate(expected):
        for column, name in enumerate(ARRAYS.areas):
            area = weighing.areas[name]
            lowest, highest = area.bounds or (0, 0)
            place = (row, column)
            assert {
                "levels": {
                    who: int(level) for who, level in zip(WEIGHTED, found.levels[place], strict=True) if level
                },
                "base": found.base[place],
                "position": found.position[place],
                "bounds": (found.lowest[place], found.highest[place]),
                "confidence": found.confidence[place],
                "action": found.action[place],
                "acute": found.acute[place],
                "investigate": found.investigate[place],
            } == {
                "levels": dict(area.levels),
                "base": area.base,
                "position": area.position or 0,
                "bounds": (lowest, highest),
                "confidence": -1 if area.confidence is None else area.confidence,
                "action": -1 if area.action is None else area.action,
                "acute": area.flags.acute,
                "investigate": area.flags.investigate,
            }, f"inspection {row}, {name}"
            if area.position is not None:
                assert found.limit[place] == area.ceilings.lowest()


def test_the_gap_is_equal(found: AreaColumns, expected: list[Weighing]) -> None:
    for row, weighing in enumerate(expected):
        gap = weighing.gap
        for own, exact in (
            (found.gap.outside, gap.outside),
            (found.gap.no_requirement, gap.no_requirement),
            (found.gap.not_checked, gap.not_checked),
            (found.gap.different_picture, gap.different_picture),
        ):
            if exact is None:
                assert np.isnan(own[row])
            else:
                assert own[row] == pytest.approx(float(exact), abs=1e-12)


def test_the_cases_reach_everything(expected: list[Weighing]) -> None:
    areas = [area for weighing in expected for area in weighing.areas.values()]
    assert {area.position for area in areas} == {None, 1, 2, 3, 4}
    assert {area.action for area in areas} == {None, 0, 1, 2, 3, 4, 5}
    assert {area.confidence for area in areas} == {None, 1, 2, 3, 4}
    assert any(area.bounds and area.bounds[0] < area.bounds[1] for area in areas)


def test_nothing_at_all_gives_nothing() -> None:
    empty = weigh_columns(ARRAYS, columns_of(ARRAYS, [Inspection(id="x", residents=3)]))
    assert (empty.position == 0).all() and (empty.action == -1).all()
    assert np.isnan(empty.gap.outside).all()
