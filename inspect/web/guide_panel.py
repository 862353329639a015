"""A guide as an inspector sees it: in a talk, where some is asked and some passed over, and beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from ...interview_guides.content import Area, Guide, Question
from ...interview_guides.guide import Pack
from ...models.interviews import Interview
from ...models.vocabulary import StatementStatus
from ..rules.guide_flow import TalkSoFar, asked_now, conditions_as_plain, reason_of
from ..rules.guide_words import values_in
from ..rules.reasons import Reason
from ..services.lay_out_guide import FACES
from .language import current_language, translate


@dataclass(frozen=True, slots=True)
class Line:
    """One question: whether it is asked, whether it is passed over now, and when it comes up."""

    question: Question
    is_asked: bool = False
    is_passed_over: bool = False
    comes_up: tuple[str, ...] = ()
    conditions: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The questions by area, areas in the order in which the guide comes to them; how many are left."""

    guide: Guide
    groups: tuple[tuple[Area, tuple[Line, ...]], ...]
    left: int
    passed_over: int = 0
    own: tuple[str, ...] = field(default=())
    """Questions of the inspector's own in this talk, each once."""

    @property
    def has_pictures(self) -> bool:
        return any(question.pictures == "smiley" for question in self.guide.questions)


def say_reason(reason: Reason, pack: Pack) -> str:
    return translate(reason.text, **values_in(reason, pack, current_language()))


def panel_of_talk(pack: Pack, guide: Guide, talk: Interview) -> Panel:
    """The guide beside the notes of a talk."""
    standing = [one for one in talk.statements if one.status is not StatementStatus.WITHDRAWN]
    so_far = TalkSoFar(
        noted=frozenset(one.question for one in standing if one.question),
        themes_raised=frozenset(one.theme for one in standing if one.theme),
        age_band=talk.age_band,
        interpreted=talk.interpreter,
    )
    own = dict.fromkeys(one.own_question for one in standing if one.own_question and not one.question)
    return _panel(pack, guide, so_far, own)


def panel_of_guide(pack: Pack, guide: Guide) -> Panel:
    """The guide before any talk: nothing is asked, and nothing is passed over."""
    return _panel(pack, guide, None, ())


def _panel(pack: Pack, guide: Guide, so_far: TalkSoFar | None, own: Iterable[str]) -> Panel:
    flow = asked_now(guide, so_far or TalkSoFar())
    passed_over = {one.question.id for one in flow.passed_over} if so_far else set()
    noted = so_far.noted if so_far else frozenset()
    groups: dict[str, list[Line]] = {}
    for question in guide.questions:
        line = Line(
            question,
            question.id in noted,
            question.id in passed_over,
            tuple(say_reason(reason_of(one, guide), pack) for one in question.only_if),
            tuple(conditions_as_plain(question)),
        )
        groups.setdefault(question.area, []).append(line)
    return Panel(
        guide,
        tuple((pack.area(area), tuple(lines)) for area, lines in groups.items()),
        len(flow.left),
        len(passed_over),
        tuple(own),
    )


def faces() -> list[str]:
    """What the five faces of the picture scale mean, from the saddest."""
    return [translate(word) for word in FACES]


def pointed_at(number: int) -> str:
    """What is noted when somebody has pointed at a face, 1 to 5."""
    return _("Pointed at the picture: %(word)s (%(number)s of 5).", word=faces()[number - 1], number=number)


def chosen_face(value: Any) -> int | None:
    """The face that an address asks to have noted, or None."""
    text = str(value or "")
    return int(text) if text.isdecimal() and 1 <= int(text) <= len(FACES) else None
