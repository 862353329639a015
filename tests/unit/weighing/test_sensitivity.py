"""How easily a position would have been another one (method §2.14): K1–K7 and the word for them."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.weighing.test_worked_examples import EXAMPLE, NOBODY_TALKED, ONE_CHILD_TELLS, THE_GAP
from tests.unit.weighing.weighing_cases import CATALOGUE, asked, deviation, inspection, inspections, met, said
from tests.unit.weighing.weighing_states import LEVELS, OTHERS
from tillsyn.inspect.rules.weighing import (
    Check,
    Coding,
    Inspection,
    Margin,
    Perspective,
    Resolution,
    weigh,
)
from tillsyn.inspect.rules.weighing.admissible_weights import (
    admissible_weights,
    is_admissible,
    level_counts,
    neighbouring_counts,
)
from tillsyn.inspect.rules.weighing.configuration import WEIGHTED, WEIGHTS
from tillsyn.inspect.rules.weighing.position import weighed_level
from tillsyn.inspect.rules.weighing.sensitivity import Sensitivity, Stability, _word, sensitivity_of

SENSITIVE, STABLE, ROBUST = Stability


def sensitivity(case: Inspection) -> dict[str, Sensitivity]:
    return sensitivity_of(EXAMPLE, case, weigh(EXAMPLE, case))


def safety(*evidence: Coding | Check) -> Sensitivity:
    return sensitivity(inspection(*evidence))["TRY"]


def codings(found: Sensitivity) -> list[tuple[str, int, int | None]]:
    return [(flip.coding, flip.step, flip.position) for flip in found.codings]


def sources(found: Sensitivity) -> list[tuple[str, int | None]]:
    return [(flip.source, flip.position) for flip in found.sources]


class TestTheWorkedExamples:
    gap = sensitivity(THE_GAP)

    def test_participation_is_stable_and_names_the_codings_and_people_that_hold_it(self) -> None:
        found = self.gap["DEL"]
        assert found.margin == Margin(Fraction(1, 5), None)
        assert codings(found) == [
            ("b1-inflytande-1", 1, 2),
            ("b4-inflytande-2", 1, 2),
            ("o1-inflytande-1", 1, 2),
        ]
        assert sources(found) == [("b1", 2), ("b2", 2), ("o1", 2)]
        assert found.readings == {4: 3, 3: 3, 2: 3}
        assert (found.weight_steps, found.admissible) == (Fraction(22, 27), Fraction(29, 31))
        assert (found.bounds, found.word, found.carried_by) == ((2, 3), STABLE, None)

    def test_documents_are_robust(self) -> None:
        for found in (self.gap["DOK"], sensitivity(NOBODY_TALKED)["DOK"]):
            assert (codings(found), sources(found), found.word) == ([], [], ROBUST)
            assert (found.weight_steps, found.admissible) == (1, 1)

    def test_one_childs_account_is_meant_to_flip_and_is_named_as_such(self) -> None:
        found = sensitivity(ONE_CHILD_TELLS)["TRY"]
        assert codings(found) == [("b1-vald_hot-3", -1, 3), ("b1-vald_hot-3", 1, 1)]
        assert sources(found) == [("b1", 4)]
        assert (found.carried_by, found.word) == ("b1", STABLE)

    def test_what_is_moved_to_nothing_wrong_is_tried_too(self) -> None:
        """One child tells of something minor: were it nothing, the area would work well."""
        found = safety(said("b1", "natt", 1), asked("p1", "natt"), asked("p2", "natt"), met("KR1"))
        assert ("b1-natt-1", -1) in [(flip.coding, flip.step) for flip in found.codings]

    def test_without_the_only_child_a_child_near_area_is_held_by_the_ceiling_of_nobody_heard(self) -> None:
        found = safety(asked("b1", "natt"), asked("o1", "natt"), asked("p1", "natt"), met("KR1"))
        assert ("b1", 3) in sources(found)

    def test_an_area_without_a_position_has_no_sensitivity(self) -> None:
        assert sensitivity(inspection(asked("p1", "natt"))) == {}


class TestTheWeights:
    def test_the_six_conditions_admit_124_vectors_and_ours_is_one(self) -> None:
        assert len(admissible_weights()) == len(set(admissible_weights())) == 124
        assert tuple(WEIGHTS.values()) in admissible_weights()

    @pytest.mark.parametrize(
        ("vector", "admitted"),
        [
            ((5, 3, 2, 1, 1, 1), True),
            ((4, 3, 3, 1, 1, 1), True),
            ((4, 5, 4, 1, 1, 1), False),  # V1c: compliance before children
            ((4, 2, 3, 1, 1, 1), False),  # V1c: observation before compliance
            ((3, 3, 3, 1, 1, 1), False),  # V2c: the home weighs as much as the children
            ((4, 4, 2, 1, 1, 1), False),  # V3c: paper and adults are enough
            ((6, 2, 2, 1, 1, 1), True),
            ((6, 2, 1, 1, 1, 1), False),  # V6c: our examination no more than the home's account
            ((6, 3, 1, 1, 1, 1), True),
            ((9, 3, 2, 1, 1, 1), False),  # V5c: children decide upwards against everything else
            ((8, 3, 2, 1, 1, 1), True),
        ],
    )
    def test_each_condition_refuses(self, vector: tuple[int, ...], admitted: bool) -> None:
        assert is_admissible(vector) == admitted

    def test_k2_leaves_out_the_vector_that_leaves_no_weight(self) -> None:
        assert neighbouring_counts({Perspective.STAFF: 4}) == (0, 0, 0, 2)
        assert neighbouring_counts({Perspective.CHILD: 4}) == (0, 0, 0, 3)
        assert sum(neighbouring_counts({Perspective.STAFF: 2, Perspective.MANAGER: 3})) == 8
        assert neighbouring_counts({}) == (1, 0, 0, 0)

    @given(st.sampled_from(LEVELS), st.tuples(*[st.sampled_from(LEVELS)] * 5))
    def test_k2_and_k3_count_what_trying_every_vector_finds(
        self, child: int, others: tuple[int, ...]
    ) -> None:
        levels = {Perspective.CHILD: child} | dict(zip(OTHERS, others, strict=True))
        levels = {who: levels[who] for who in WEIGHTED if levels[who]}
        found = [0, 0, 0, 0]
        for steps in product((-1, 0, 1), repeat=len(levels)):
            weights = {who: WEIGHTS[who] + step for who, step in zip(levels, steps, strict=True)}
            if sum(weights.values()) or not levels:
                found[weighed_level(levels, weights) - 1] += 1
        assert neighbouring_counts(levels) == tuple(found)
        admissible = [
            weighed_level(levels, dict(zip(WEIGHTED, one, strict=True))) for one in admissible_weights()
        ]
        assert level_counts(levels) == tuple(admissible.count(level) for level in (1, 2, 3, 4))


@given(inspections())
def test_k5_and_k6_find_what_weighing_everything_anew_finds(case: Inspection) -> None:
    result = weigh(CATALOGUE, case)
    found = sensitivity_of(CATALOGUE, case, result)
    assert set(found) == {name for name, area in result.areas.items() if area.position is not None}
    for name, one in found.items():
        position = result.areas[name].position
        mine = [coding for coding in case.codings if CATALOGUE.themes[coding.theme] == name]
        flips = []
        for coding in mine:
            for severity in (coding.severity - 1, coding.severity + 1):
                gone = coding.resolution is Resolution.REFUTED
                moved = replace(
                    coding, severity=severity, resolution=coding.resolution if severity >= 3 or gone else None
                )
                changed = replace(
                    case, codings=tuple(moved if other is coding else other for other in case.codings)
                )
                if 0 <= severity <= 4 and weigh(CATALOGUE, changed).areas[name].position != position:
                    flips.append((coding.id, severity - coding.severity))
        assert [(flip.coding, flip.step) for flip in one.codings] == flips
        without = {
            source: weigh(
                CATALOGUE,
                replace(case, codings=tuple(coding for coding in case.codings if coding.source != source)),
            )
            .areas[name]
            .position
            for source in sorted({coding.source for coding in mine})
        }
        expected = [(source, after) for source, after in without.items() if after != position]
        assert sources(one) == expected
        assert one.readings[3] == position
        assert one.bounds == result.areas[name].bounds
        assert 0 < one.weight_steps <= 1
        assert 0 < one.admissible <= 1


class TestTheReadingPoint:
    def test_groups_read_at_one_half_may_say_something_else(self) -> None:
        told = [said("b1", "natt", 1), *(asked(source, "natt") for source in ("b2", "b3", "o1"))]
        found = safety(*told)
        assert (found.readings, found.word) == ({4: 3, 3: 3, 2: 4}, SENSITIVE)

    def test_and_at_one_fourth(self) -> None:
        told = [said("b1", "natt", 1), *(asked(f"b{number}", "natt") for number in (2, 3, 4))]
        found = safety(*told, asked("o1", "natt"), met("KR2"))
        assert (found.readings, found.word) == ({4: 3, 3: 4, 2: 4}, SENSITIVE)


class TestWhoCarriesIt:
    def test_two_who_tell_of_it_carry_it_together(self) -> None:
        found = safety(said("b1", "natt", 3), said("b2", "natt", 3), asked("o1", "natt"))
        assert found.carried_by is None

    def test_a_witness_makes_it_more_than_one_account_but_not_more_than_one_who_carries_it(self) -> None:
        found = safety(said("b1", "natt", 3), said("b2", "natt", 2), asked("b3", "natt"), asked("o1", "natt"))
        assert found.carried_by == "b1"

    def test_the_gravest_is_the_one_that_counts(self) -> None:
        confirmed = said("b1", "natt", 3, resolution=Resolution.CONFIRMED)
        assert safety(confirmed, said("b2", "vald_hot", 3), asked("o1", "natt")).carried_by == "b1"

    def test_the_other_childrens_picture_may_hold_it_anyway(self) -> None:
        found = safety(said("b1", "natt", 3), said("b2", "vald_hot", 2), said("b3", "vald_hot", 2))
        assert (found.carried_by, sources(found)) == (None, [])

    def test_a_deviation_that_holds_it_anyway(self) -> None:
        found = safety(said("b1", "natt", 3), asked("o1", "natt"), deviation("KR1", 2))
        assert found.carried_by is None


@pytest.mark.parametrize(
    ("down", "up", "same", "flips", "word"),
    [
        ("1/2", None, True, False, ROBUST),
        (None, None, True, False, ROBUST),
        ("1/4", "1/4", True, False, ROBUST),
        ("1/4", "1/4", True, True, STABLE),
        ("1/2", "24/100", True, False, STABLE),
        ("1/10", None, True, True, STABLE),
        ("99/1000", None, True, False, SENSITIVE),
        ("1", "0", True, False, SENSITIVE),
        ("1", None, False, False, SENSITIVE),
    ],
)
def test_the_word(down: str | None, up: str | None, same: bool, flips: bool, word: Stability) -> None:
    margin = Margin(*(None if one is None else Fraction(one) for one in (down, up)))
    assert _word(margin, same, flips=flips) is word
