"""What would have made the position one step higher: all of it is needed, and it is enough."""

from hypothesis import given

from tests.unit.weighing.test_worked_examples import EXAMPLE, NOBODY_TALKED, ONE_CHILD_TELLS, THE_GAP
from tests.unit.weighing.weighing_cases import asked, deviation, inspection, inspections, met, said, weighed
from tillsyn.inspect.rules.weighing import AreaResult, Inspection, Perspective, replay, weigh
from tillsyn.inspect.rules.weighing.configuration import WEIGHTS
from tillsyn.inspect.rules.weighing.counterfactual import Counterfactual, counterfactual

GAP = weigh(EXAMPLE, THE_GAP).areas


def found(area: AreaResult) -> Counterfactual:
    result = counterfactual(area)
    assert result is not None
    return result


def test_one_childs_account_is_all_that_stands_in_the_way() -> None:
    step = found(weigh(EXAMPLE, ONE_CHILD_TELLS).areas["TRY"])
    assert (step.to, step.missing, step.any_of) == (3, 0, ())
    assert [(one.ceiling, one.codings) for one in step.ceilings] == [("T1", ("b1-vald_hot-3",))]


def test_both_a_ceiling_and_weight_may_be_missing() -> None:
    step = found(GAP["DEL"])
    assert (step.to, step.missing) == (4, 2)
    assert step.weighing is not None
    assert step.weighing.below == (Perspective.CHILD, Perspective.OBSERVATION)
    assert step.any_of == (Perspective.CHILD, Perspective.OBSERVATION)
    assert [one.ceiling for one in step.ceilings] == ["T3"]


def test_a_single_perspective_may_not_be_enough() -> None:
    area = weighed(inspection(asked("p1", "natt"), *(said(f"{kind}1", "natt", 1) for kind in "bold"))).areas[
        "TRY"
    ]
    step = found(area)
    assert (step.to, step.missing, step.any_of) == (4, 4, (Perspective.CHILD,))
    assert [one.ceiling for one in step.ceilings] == ["T3", "T4"]


def test_an_area_at_the_top_has_no_next_step() -> None:
    assert counterfactual(GAP["DOK"]) is None


def test_what_cannot_be_assessed_yet_lacks_evidence() -> None:
    step = found(weighed(inspection(asked("p1", "natt"), asked("l1", "natt"))).areas["TRY"])
    assert (step.to, step.ceilings, step.weighing, step.missing, step.any_of) == (None, (), None, 0, ())
    assert step.evidence == 2
    assert step.evidence_from == (Perspective.CHILD, Perspective.COMPLIANCE, Perspective.OBSERVATION)
    empty = found(weighed(inspection()).areas["TRY"])
    assert (empty.evidence, empty.evidence_from) == (4, (Perspective.CHILD,))


def test_without_its_deviation_an_area_may_lack_evidence_too() -> None:
    step = found(weighed(inspection(deviation("KR1", 2))).areas["TRY"])
    assert ([one.ceiling for one in step.ceilings], step.missing) == (["T2"], 2)
    assert (step.evidence, step.any_of) == (1, (Perspective.COMPLIANCE,))
    assert Perspective.COMPLIANCE not in step.evidence_from
    both = weighed(inspection(deviation("KR1", 2), said("p1", "natt", 3))).areas["TRY"]
    assert found(both).evidence == 0


def test_a_relatives_account_alone_lacks_somebody_whose_voice_has_weight() -> None:
    step = found(weighed(inspection(said("a1", "natt", 3))).areas["TRY"])
    assert (step.to, step.missing, step.ceilings) == (2, 1, ())
    assert set(step.any_of) == set(WEIGHTS)


def test_without_a_child_the_way_to_the_top_is_a_child() -> None:
    area = weigh(EXAMPLE, NOBODY_TALKED).areas["TRY"]
    step = found(area)
    assert [(one.ceiling, one.sources) for one in step.ceilings] == [("T3", ())]
    assert (step.missing, step.any_of) == (1, (Perspective.COMPLIANCE, Perspective.STAFF))
    assert counterfactual(weighed(inspection(deviation("KR1", 2), met("KR2"))).areas["TRY"]) is not None


def replayed(area: AreaResult, step: Counterfactual, *, but: str = "", weight: int) -> int | None:
    """The position with the ceilings of `step` gone (but one), and so much weight brought up to its level."""
    gone = {str(one.ceiling) for one in step.ceilings} - {but}
    level = int(step.to or 0)
    rows: list[dict[str, object]] = []
    for row in area.trace:
        if row["rule"] == "P" and int(row["level"] or 0) < level:
            taken = min(weight, int(row["weight"] or 0))
            weight -= taken
            rows.append({**row, "weight": int(row["weight"] or 0) - taken})
            rows.append({"rule": "P", "level": level, "weight": taken})
        else:
            rows.append({**row, "at_most": 4} if row["rule"] in gone else dict(row))
    if weight:
        rows.append({"rule": "P", "level": level, "weight": weight})
    return replay(rows)  # type: ignore[arg-type]


@given(inspections())
def test_doing_all_of_it_gives_the_next_step_and_leaving_any_out_does_not(case: Inspection) -> None:
    for area in weighed(case).areas.values():
        step = counterfactual(area)
        if step is None:
            assert area.position == 4
        elif step.to is None:
            assert area.position is None
            assert step.evidence == 4 - sum(WEIGHTS[who] for who in area.levels) > 0
        elif step.evidence:
            assert replayed(area, step, weight=step.missing) is None
        else:
            assert step.to == (area.position or 0) + 1
            assert (replayed(area, step, weight=step.missing) or 0) >= step.to
            for one in step.ceilings:
                assert replayed(area, step, but=one.ceiling, weight=step.missing) == area.position
            if step.missing:
                assert replayed(area, step, weight=step.missing - 1) == area.position
