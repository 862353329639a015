"""What a home's earlier inspections say to the next: minor things that return, and children who did not talk."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_home, make_inspection
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.rules.participation import Participation, ParticipationStep
from tillsyn.inspect.services.find_history import (
    earlier_minor_themes,
    earlier_participation,
    steps_after_talks,
    steps_before_visit,
)
from tillsyn.inspect.services.weigh_inspection import keep_weighing, weighed
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import Check, WeighingRun
from tillsyn.models.inspections import Inspection
from tillsyn.models.register import Home
from tillsyn.models.vocabulary import CheckResult, ChildOutcome, State

ANOTHER, UNANNOUNCED = ParticipationStep.ANOTHER_FORM, ParticipationStep.UNANNOUNCED_VISIT


def with_minor(db: Session, inspection: Inspection) -> None:
    """A minor deviation from K10: on all its themes."""
    db.add(
        Check(
            inspection_id=inspection.id, requirement="K10", result=CheckResult.DEVIATION, consequence=1,
            marked_at=NOW,
        )
    )  # fmt: skip
    db.flush()


def visit(db: Session, home: Home, days: int, *outcomes: ChildOutcome | None, **values: object) -> Inspection:
    at = NOW + timedelta(days=days)
    made = make_inspection(db, home=home, children=len(outcomes), visit_started_at=at, **values)  # type: ignore[arg-type]
    for child, outcome in zip(made.residents, outcomes, strict=True):
        child.outcome, child.outcome_at = outcome, at if outcome else None
    db.flush()
    return made


def test_what_was_minor_last_time_and_is_so_again_raises_the_flag(db: Session) -> None:
    home = make_home(db)
    first, second, other = visit(db, home, 0), visit(db, home, 300), visit(db, make_home(db), 100)
    for one in (first, second):
        with_minor(db, one)
    assert not any(area.flags.pattern for area in weighed(db, second).result.areas.values())
    run = keep_weighing(db, actor=None, inspection=first, now=NOW)
    themes = set(load_pack("hvb").requirement("K10").themes)
    assert set(run.minor_themes or ()) == themes
    found = weighed(db, second)
    assert found.earlier_minor_themes == themes
    assert any(area.flags.pattern for area in found.result.areas.values())
    assert earlier_minor_themes(db, first) == frozenset(), "a later inspection is no history"
    assert earlier_minor_themes(db, other) == frozenset(), "nor is one of another home"


def test_the_latest_weighing_of_the_latest_earlier_inspection_is_the_history(db: Session) -> None:
    home = make_home(db)
    oldest, before, now = (visit(db, home, days) for days in (0, 100, 200))
    with_minor(db, oldest)
    keep_weighing(db, actor=None, inspection=oldest, now=NOW + timedelta(days=150))
    assert earlier_minor_themes(db, now)
    keep_weighing(db, actor=None, inspection=before, now=NOW + timedelta(days=120))
    assert earlier_minor_themes(db, now) == frozenset(), "nothing was minor at the inspection before this one"
    with_minor(db, before)
    keep_weighing(db, actor=None, inspection=before, now=NOW + timedelta(days=121))
    assert earlier_minor_themes(db, now)


def test_a_kept_weighing_says_by_which_catalogue_and_code_book(db: Session) -> None:
    make_letter_case(db)
    run, pack = db.scalars(select(WeighingRun)).one(), load_pack("hvb")
    stamp = run.result["stamp"]
    assert stamp["catalogue_version"] == run.catalogue_version == pack.version
    assert stamp["code_book"] == run.code_book == f"{pack.id} {pack.version}"
    assert stamp["input_hash"] == run.input_hash


TALKED, DECLINED = ChildOutcome.TALKED, ChildOutcome.DECLINED


def test_few_children_who_talked_call_for_another_form_and_twice_for_an_unannounced_visit(
    db: Session,
) -> None:
    home = make_home(db)
    first = visit(db, home, 0, TALKED, DECLINED, DECLINED, state=State.CLOSED)
    second = visit(db, home, 100, DECLINED, DECLINED, state=State.OTHER_TALKS)
    assert steps_after_talks(db, first) == (ANOTHER,)
    assert steps_after_talks(db, second) == (ANOTHER, UNANNOUNCED)
    assert earlier_participation(db, second) == (Participation(1, 3),)
    third = visit(db, home, 200, state=State.PLANNED)
    assert steps_before_visit(db, third) == (ANOTHER, UNANNOUNCED)
    assert steps_before_visit(db, first) == ()


@pytest.mark.parametrize("outcomes", [(TALKED, DECLINED), (DECLINED, None, None), ()])
def test_half_of_them_or_an_unfinished_round_or_an_empty_home_calls_for_nothing(
    db: Session, outcomes: tuple[ChildOutcome | None, ...]
) -> None:
    assert steps_after_talks(db, visit(db, make_home(db), 0, *outcomes)) == ()


def test_a_visit_that_has_not_come_to_the_talks_yet_is_no_history(db: Session) -> None:
    home = make_home(db)
    visit(db, home, 0, DECLINED, DECLINED, state=State.CHILDREN)
    visit(db, home, 50, state=State.CLOSED)
    assert earlier_participation(db, visit(db, home, 100)) == ()


def test_the_letter_case_has_no_history(db: Session, now: datetime) -> None:
    case: LetterCase = make_letter_case(db)
    assert weighed(db, case.inspection).earlier_minor_themes == frozenset()
