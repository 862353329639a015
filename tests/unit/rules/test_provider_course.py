"""The way of a case as the provider meets it, step by step: where it is now, and by when."""

from dataclasses import replace
from datetime import date

import pytest

from tillsyn.inspect.rules.provider_course import Communicated, Page, Where, provider_course, step_now

DAY = date(2026, 3, 2)
DUE = date(2026, 6, 1)
FACTS = Communicated(facts_sent_on=DAY, reply_by_on=DUE, takes_replies=True)
REPLIED = replace(FACTS, takes_replies=False, replied_on=DAY)
LETTER = replace(REPLIED, letter_sent_on=DAY, deficiencies=2, first_due_on=DUE, last_due_on=DUE)
ANSWERED = replace(LETTER, answers_sent_on=DAY, measures=2)
DONE = replace(ANSWERED, measures_done=2)
CLOSED = replace(DONE, followed_up=2, closed=True)


@pytest.mark.parametrize(
    ("told", "now", "page", "by_on"),
    [
        (FACTS, "You check the facts before the decision", Page.FACTS, DUE),
        (REPLIED, "We decide, and send you a letter", None, None),
        (replace(FACTS, takes_replies=False), "We decide, and send you a letter", None, None),
        (LETTER, "You read the letter and answer it, point by point", Page.LETTER, DUE),
        (ANSWERED, "You carry out your measures", Page.PLAN, DUE),
        (replace(ANSWERED, measures_done=1), "You carry out your measures", Page.PLAN, DUE),
        (DONE, "We follow up each point", None, None),
        (replace(LETTER, deficiencies=0, first_due_on=None), "You read the letter and answer it, point by point",
         Page.LETTER, None),
        (replace(LETTER, deficiencies=0, answers_sent_on=DAY), "The case is closed, and you are told so", None, None),
    ],
)  # fmt: skip
def test_what_is_asked_now_and_by_when(
    told: Communicated, now: str, page: Page | None, by_on: date | None
) -> None:
    step = step_now(provider_course(told))
    assert step is not None
    assert (step.title, step.page, step.by_on) == (now, page, by_on)


def test_nothing_is_told_before_anything_is_sent() -> None:
    """An unannounced visit, and what is found at it, is not to be inferred (OSL 17 kap. 1 §)."""
    assert provider_course(Communicated()) == ()
    assert provider_course(Communicated(deficiencies=3, measures=1, meeting_on=DAY, closed=True)) == ()


def test_a_closed_case_asks_nothing_more() -> None:
    course = provider_course(CLOSED)
    assert step_now(course) is None
    assert {step.where for step in course} == {Where.DONE}


@pytest.mark.parametrize("told", [FACTS, REPLIED, LETTER, ANSWERED, DONE])
def test_there_is_one_step_now_and_none_that_is_done_comes_after_it(told: Communicated) -> None:
    where = [step.where for step in provider_course(told)]
    assert where.count(Where.CURRENT) == 1
    assert where == sorted(where, key=[Where.DONE, Where.CURRENT, Where.TODO].index)


def test_a_meeting_that_is_agreed_stands_on_its_day() -> None:
    course = provider_course(replace(LETTER, meeting_on=DUE))
    assert [step.by_on for step in course if step.page is Page.MEETING] == [DUE]
