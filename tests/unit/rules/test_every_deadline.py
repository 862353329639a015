"""Every rule that gives a day, and the statute that it stands on: one table, and nothing outside it."""

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import get_type_hints

import pytest

from tillsyn.inspect.rules import deadlines, decision_queue, reminders, sanctions
from tillsyn.inspect.rules.decision_queue import WORKING_DAYS, Ask, Matter, due_by, in_order
from tillsyn.inspect.rules.sanctions import Breach
from tillsyn.models.sanctions import SanctionGround

COUNTING = "lag (1930:173) 1 and 2 §§"
SWIFTLY = "FL 9 §, the authority's own measure"
RULES: list[tuple[str, Callable[..., date | None], tuple[object, ...], date]] = [
    (COUNTING, deadlines.on_working_day, (date(2026, 6, 19),), date(2026, 6, 22)),
    (COUNTING, deadlines.working_day_before, (date(2026, 4, 5),), date(2026, 4, 2)),
    (COUNTING, deadlines.add_working_days, (date(2026, 12, 23), 1), date(2026, 12, 28)),
    (COUNTING, deadlines.add_weeks, (date(2026, 5, 29), 3), date(2026, 6, 22)),
    (COUNTING, deadlines.add_months, (date(2026, 1, 31), 1), date(2026, 3, 2)),
    (COUNTING, deadlines.same_day_in, (date(2026, 1, 31), 1), date(2026, 2, 28)),
    ("FL 25 §", deadlines.reply_by, (date(2026, 6, 5),), date(2026, 6, 26)),
    ("FL 44 §", deadlines.appeal_by, (date(2026, 12, 3),), date(2026, 12, 28)),
    ("SoL 28:20", deadlines.hearing_by, (date(2026, 5, 6),), date(2028, 5, 6)),
    ("SoL 28:20", sanctions.hear_by, (Breach(SanctionGround.PERMIT, date(2026, 5, 6)),), date(2028, 5, 6)),
    ("SoL 28:21", sanctions.lapses_after, (date(2028, 2, 29),), date(2033, 2, 28)),
    ("SoF 16:1", deadlines.visited_again_by, (date(2026, 3, 10),), date(2027, 3, 10)),
    ("SoL 19:1", due_by, (Ask.ACCOUNT, date(2026, 11, 21)), date(2026, 11, 21)),
    (SWIFTLY, due_by, (Ask.REVIEW, date(2026, 12, 18)), date(2026, 12, 29)),
    (SWIFTLY, due_by, (Ask.OPINION, date(2026, 12, 18)), date(2026, 12, 23)),
    (SWIFTLY, due_by, (Ask.SANCTION, date(2026, 6, 5)), date(2026, 6, 22)),
    (SWIFTLY, due_by, (Ask.SANCTION_OPINION, date(2026, 5, 11)), date(2026, 5, 19)),
    (SWIFTLY, due_by, (Ask.DECISION, date(2026, 4, 1)), date(2026, 4, 10)),
    (SWIFTLY, reminders.review_due_on, (date(2026, 11, 20), 5), date(2026, 11, 27)),
    ("FL 6 §, service", deadlines.reminder_on, (date(2026, 12, 31), 7), date(2026, 12, 23)),
]
NAMES = [f"{statute}: {rule.__name__} {number}" for number, (statute, rule, *_) in enumerate(RULES)]


@pytest.mark.parametrize(("statute", "rule", "given", "last"), RULES, ids=NAMES)
def test_a_rule_gives_the_day_of_its_statute(
    statute: str, rule: Callable[..., date | None], given: tuple[object, ...], last: date
) -> None:
    assert rule(*given) == last, statute


def test_no_rule_that_gives_a_day_stands_outside_the_table() -> None:
    told = {rule for _, rule, *_ in RULES}
    for module in (deadlines, decision_queue, reminders, sanctions):
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if made.__module__ == module.__name__ and not name.startswith("_"):
                gives = get_type_hints(made).get("return")
                assert gives not in (date, date | None) or made in told, f"{module.__name__}.{name}"


def test_everything_that_is_asked_of_somebody_has_its_day() -> None:
    assert set(WORKING_DAYS) == set(Ask) == {given[0] for _, rule, given, _ in RULES if rule is due_by}


TODAY = date(2026, 11, 20)
LONG_AGO = datetime.combine(TODAY - timedelta(days=90), time(), UTC)
FIRST_TO_LAST = [
    Matter(Ask.ACCOUNT, "2026-00001", due_on=TODAY + timedelta(days=9), acute=True),
    Matter(Ask.REVIEW, "2026-00002", due_on=TODAY - timedelta(days=2), level=1),
    Matter(Ask.REVIEW, "2026-00003", due_on=TODAY - timedelta(days=1), level=5),
    Matter(Ask.DECISION, "2026-00004", due_on=TODAY, level=1),
    Matter(Ask.SANCTION, "2026-00005", due_on=TODAY + timedelta(days=3), level=1, sanction=True),
    Matter(Ask.REVIEW, "2026-00006", due_on=TODAY + timedelta(days=3), level=2, since=LONG_AGO),
    Matter(Ask.REVIEW, "2026-00007", due_on=TODAY + timedelta(days=3), level=2),
    Matter(Ask.OPINION, "2026-00008", level=5),
]
"""Danger, then what is late, then what is due soonest, then the gravest, then what has waited longest."""


def test_the_queue_stands_in_the_order_of_harm_whatever_order_it_came_in() -> None:
    assert in_order(FIRST_TO_LAST[::-1], TODAY) == FIRST_TO_LAST
    assert [one.is_late(TODAY) for one in FIRST_TO_LAST] == [False, True, True, *[False] * 5]
