"""The way of a case as the provider meets it: what is done, what is asked now, what comes, and when.

Only what has been sent to the provider is in it: before that there is no way, and nothing to tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ...models.vocabulary import N_
from .reasons import Reason


class Where(StrEnum):
    """As the component `steps` names them."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"


class Page(StrEnum):
    """Where the provider does a step."""

    FACTS = "facts"
    LETTER = "letter"
    PLAN = "plan"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Communicated:
    """What has passed between the two sides in one case; days are in Sweden, None when it has not been."""

    facts_sent_on: date | None = None
    reply_by_on: date | None = None
    replied_on: date | None = None
    takes_replies: bool = False
    letter_sent_on: date | None = None
    deficiencies: int = 0
    first_due_on: date | None = None
    last_due_on: date | None = None
    answers_sent_on: date | None = None
    measures: int = 0
    measures_done: int = 0
    followed_up: int = 0
    meeting_on: date | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class CourseStep:
    """`title` is a message of the catalogue; `page` says where it is done, when somebody does it here."""

    title: str
    where: Where
    note: Reason | None = None
    page: Page | None = None
    by_on: date | None = None


def provider_course(told: Communicated) -> tuple[CourseStep, ...]:
    """The steps in order. Empty while nothing has been sent."""
    if told.facts_sent_on is None and told.letter_sent_on is None:
        return ()
    return tuple(_steps(told))


def step_now(course: tuple[CourseStep, ...]) -> CourseStep | None:
    """What is asked, or waited for, now; None when there is no way or all of it is done."""
    return next((one for one in course if one.where is Where.CURRENT), None)


def _steps(told: Communicated) -> Iterator[CourseStep]:
    if told.facts_sent_on is not None:
        yield _facts(told)
    decided = told.letter_sent_on is not None
    waits_for_reply = told.takes_replies and told.replied_on is None
    yield CourseStep(
        N_("We decide, and send you a letter"),
        Where.DONE if decided else Where.TODO if waits_for_reply else Where.CURRENT,
        Reason(N_("Sent %(day)s."), {"day": told.letter_sent_on})
        if told.letter_sent_on
        else Reason(N_("What you have told us is read first, and the letter says how we have answered it.")),
        Page.LETTER if decided else None,
    )
    yield _answer(told)
    yield from _after_the_answer(told)


def _facts(told: Communicated) -> CourseStep:
    if told.replied_on is not None:
        note = Reason(N_("You replied %(day)s."), {"day": told.replied_on})
        return CourseStep(N_("You check the facts before the decision"), Where.DONE, note, Page.FACTS)
    if told.takes_replies:
        note = Reason(
            N_("Reply by %(day)s. Nothing is decided before that. You do not have to reply."),
            {"day": told.reply_by_on},
        )
        return CourseStep(
            N_("You check the facts before the decision"),
            Where.CURRENT, note, Page.FACTS, told.reply_by_on,
        )  # fmt: skip
    return CourseStep(
        N_("You check the facts before the decision"), Where.DONE, Reason(N_("No reply came.")), Page.FACTS
    )


def _answer(told: Communicated) -> CourseStep:
    title = N_("You read the letter and answer it, point by point")
    if told.answers_sent_on is not None:
        return CourseStep(
            title, Where.DONE, Reason(N_("Sent %(day)s."), {"day": told.answers_sent_on}), Page.LETTER
        )
    if told.letter_sent_on is None:
        return CourseStep(title, Where.TODO)
    if not told.deficiencies:
        return CourseStep(
            title, Where.CURRENT, Reason(N_("Nothing has to be put right. You may answer if you wish.")),
            Page.LETTER,
        )  # fmt: skip
    note = (
        Reason(N_("The first thing is to be put right by %(day)s."), {"day": told.first_due_on})
        if told.first_due_on
        else Reason(N_("Add to each thing what you will do, who sees to it and by when."))
    )
    return CourseStep(title, Where.CURRENT, note, Page.LETTER, told.first_due_on)


def _after_the_answer(told: Communicated) -> Iterator[CourseStep]:
    answered = told.answers_sent_on is not None
    if told.meeting_on is not None:
        yield CourseStep(
            N_("We meet and talk about the letter"), Where.TODO if not told.closed else Where.DONE,
            Reason(N_("Agreed: %(day)s."), {"day": told.meeting_on}), Page.MEETING, told.meeting_on,
        )  # fmt: skip
    if told.deficiencies:
        done = told.measures > 0 and told.measures_done == told.measures
        followed = told.followed_up > 0
        yield CourseStep(
            N_("You carry out your measures"),
            Where.DONE if told.closed or followed or (answered and done)
            else Where.CURRENT if answered else Where.TODO,
            Reason(N_("%(done)s of %(all)s are done, as you have told us. The last is due %(day)s."),
                   {"done": told.measures_done, "all": told.measures, "day": told.last_due_on})
            if answered and told.measures and told.last_due_on
            else Reason(N_("Tell us here how far they have come, and show it with papers or pictures.")),
            Page.PLAN if answered else None,
            told.last_due_on if answered else None,
        )  # fmt: skip
        yield CourseStep(
            N_("We follow up each point"),
            Where.DONE if told.closed
            else Where.CURRENT if answered and (done or followed) else Where.TODO,
            Reason(N_("We follow up each point, with something that shows how it has turned out."
                      " We also ask the children whether it has become better for them.")),
        )  # fmt: skip
    reads = answered and not told.deficiencies and not told.closed
    yield CourseStep(
        N_("The case is closed, and you are told so"),
        Where.DONE if told.closed else Where.CURRENT if reads else Where.TODO,
    )
