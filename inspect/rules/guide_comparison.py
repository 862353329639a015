"""What was changed between two versions of a guide, in sentences.

Questions are the same question when they have the same id. Nothing is told of what is alike in both.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from ...interview_guides.conditions import Condition
from ...interview_guides.content import FollowUp, Guide, Question, Text
from ...models.vocabulary import N_
from .guide_flow import reason_of
from .reasons import Reason


class Kind(StrEnum):
    """What kind of change it is; the order is that in which a reader is told."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    OTHER_THEME = "other_theme"
    CONDITION = "condition"
    HELP = "help"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `question`: its id, None for what belongs to the guide as a whole.

    `said` is the sentence; its values are content: texts, and ids of themes and areas. `before` and
    `after`: what stood and what stands, where there are words to show.
    """

    kind: Kind
    said: Reason
    question: str | None = None
    before: tuple[Text | Reason, ...] = ()
    after: tuple[Text | Reason, ...] = ()


_FRAME = {
    "title": N_("The name of the guide has new words."),
    "ages": N_("What ages the guide is for is said in another way."),
    "opening": N_("What is said first has new words."),
    "closing": N_("What is said last has new words."),
}
_HELP = {
    "why": N_("Why “%(question)s” is asked is explained in new words."),
    "listen_for": N_("What to listen for at “%(question)s” has new words."),
    "asked_of": N_("Whom “%(question)s” is for is said in another way."),
    "picture_text": N_("What is said with the pictures at “%(question)s” has new words."),
}


def compare_guides(old: Guide, new: Guide) -> tuple[Change, ...]:
    """Every change from one version of a guide to another: first the questions that came and went, then
    what became of the others in the order of the new version, last what belongs to the whole guide.
    """
    before = {question.id: question for question in old.questions}
    after = {question.id: question for question in new.questions}
    found = [_added(new, place) for place, one in enumerate(new.questions) if one.id not in before]
    found += [
        Change(Kind.REMOVED, _about(N_("“%(question)s” is no longer asked."), one), one.id, (one.text,))
        for one in old.questions
        if one.id not in after
    ]
    moved = set(_moved([one.id for one in old.questions if one.id in after], list(after)))
    for place, question in enumerate(new.questions):
        if question.id in before:
            found += _changes_of(before[question.id], question, old, new)
            if question.id in moved:
                found.append(_moved_to(new, place))
    found += _frame(old, new)
    return tuple(found)


def _about(text: str, question: Question, **values: object) -> Reason:
    return Reason(text, {"question": question.text, **values})


def _placed(first: str, after: str, guide: Guide, place: int) -> Reason:
    question = guide.questions[place]
    if place == 0:
        return _about(first, question)
    return _about(after, question, before=guide.questions[place - 1].text)


def _added(new: Guide, place: int) -> Change:
    said = _placed(
        N_("“%(question)s” is new, first in the guide."),
        N_("“%(question)s” is new, after “%(before)s”."),
        new,
        place,
    )
    question = new.questions[place]
    return Change(Kind.ADDED, said, question.id, after=(question.text,))


def _moved_to(new: Guide, place: int) -> Change:
    said = _placed(
        N_("“%(question)s” has been moved first in the guide."),
        N_("“%(question)s” has been moved: it now comes after “%(before)s”."),
        new,
        place,
    )
    return Change(Kind.MOVED, said, new.questions[place].id)


def _moved(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The ids that changed place among those in both: the fewest whose moving explains the new order."""
    places = {id: place for place, id in enumerate(old)}
    kept = [id for id in new if id in places]
    ends: list[int] = []  # places that the longest runs so far end with, by their length
    lengths: list[int] = []
    for id in kept:
        at = bisect_left(ends, places[id])
        ends[at : at + 1] = [places[id]]
        lengths.append(at)
    standing, wanted = set(), len(ends) - 1
    for id, length in zip(reversed(kept), reversed(lengths), strict=True):
        if length == wanted:
            standing.add(id)
            wanted -= 1
    yield from (id for id in kept if id not in standing)


def _changes_of(old: Question, new: Question, before: Guide, after: Guide) -> Iterator[Change]:
    if old.text != new.text:
        yield Change(
            Kind.REWORDED, _about(N_("“%(question)s” has new words."), old), new.id, (old.text,), (new.text,)
        )
    if old.theme != new.theme:
        yield Change(Kind.OTHER_THEME, _other_theme(old, new), new.id)
    if old.area != new.area:
        said = _about(
            N_("“%(question)s” belongs to the area %(new_area)s, before %(old_area)s."),
            new, new_area=new.area, old_area=old.area,
        )  # fmt: skip
        yield Change(Kind.OTHER_THEME, said, new.id)
    if old.only_if != new.only_if:
        yield _other_condition(old, new, before, after)
    yield from _lists(old, new)
    for name, text in _HELP.items():
        yield from _words(Kind.HELP, _about(text, new), new.id, getattr(old, name), getattr(new, name))
    yield from _marks(old, new)


def _other_theme(old: Question, new: Question) -> Reason:
    if new.theme is None:
        return _about(
            N_("“%(question)s” has no theme any more; before %(old_theme)s."), new, old_theme=old.theme
        )
    if old.theme is None:
        return _about(N_("“%(question)s” has got the theme %(new_theme)s."), new, new_theme=new.theme)
    return _about(
        N_("“%(question)s” has the theme %(new_theme)s, before %(old_theme)s."),
        new, new_theme=new.theme, old_theme=old.theme,
    )  # fmt: skip


def _other_condition(old: Question, new: Question, before: Guide, after: Guide) -> Change:
    text = N_("When “%(question)s” is asked has changed.")
    if not new.only_if:
        text = N_("“%(question)s” is now always asked.")
    elif not old.only_if:
        text = N_("“%(question)s” is now asked on a condition.")
    return Change(
        Kind.CONDITION, _about(text, new), new.id, _reasons(old.only_if, before), _reasons(new.only_if, after)
    )


def _reasons(conditions: tuple[Condition, ...], guide: Guide) -> tuple[Reason, ...]:
    return tuple(reason_of(condition, guide) for condition in conditions)


def _lists(old: Question, new: Question) -> Iterator[Change]:
    """Probes and follow-ups: the ones that came and the ones that went, together."""
    for text, one, other in (
        (N_("The help to ask on with at “%(question)s” has changed."), old.probes, new.probes),
        (
            N_("The follow-ups of “%(question)s” have changed."),
            _said(old.follow_ups),
            _said(new.follow_ups),
        ),
    ):
        if one != other:
            gone = tuple(words for words in one if words not in other)
            come = tuple(words for words in other if words not in one)
            yield Change(Kind.HELP, _about(text, new), new.id, gone, come)


def _said(follow_ups: tuple[FollowUp, ...]) -> tuple[Text, ...]:
    return tuple(
        Text(f"{one.if_says.sv} → {one.text.sv}", f"{one.if_says.en} → {one.text.en}") for one in follow_ups
    )


def _words(
    kind: Kind, said: Reason, question: str | None, old: Text | None, new: Text | None
) -> Iterator[Change]:
    if old != new:
        yield Change(kind, said, question, (old,) if old else (), (new,) if new else ())


def _marks(old: Question, new: Question) -> Iterator[Change]:
    if old.pictures != new.pictures:
        text = N_("“%(question)s” can no longer be answered with pictures.")
        if new.pictures != "none":
            text = N_("“%(question)s” can now be answered with pictures.")
        yield Change(Kind.HELP, _about(text, new), new.id)
    if old.pair != new.pair:
        text = N_("“%(question)s” is compared with other questions in other guides than before.")
        yield Change(Kind.HELP, _about(text, new), new.id)
    if old.information != new.information:
        text = N_("Which information is given at “%(question)s” has changed.")
        yield Change(Kind.HELP, _about(text, new), new.id)


def _frame(old: Guide, new: Guide) -> Iterator[Change]:
    for name, text in _FRAME.items():
        yield from _words(Kind.FRAME, Reason(text), None, getattr(old, name), getattr(new, name))
    if old.information != new.information:
        yield Change(Kind.FRAME, Reason(N_("Which information is given first and last has changed.")))
    if old.informant != new.informant:
        yield Change(Kind.FRAME, Reason(N_("The guide is for talks with others than before.")))
    if old.question_count != new.question_count:
        yield Change(Kind.FRAME, Reason(N_("How many questions the guide is meant to have has changed.")))
    if old.offered != new.offered:
        yield Change(Kind.FRAME, Reason(N_("The guide is offered for new talks, or no longer is.")))


COMPARED = {
    Guide: {"id", "version", "questions", "information", "informant", "offered", "question_count", *_FRAME},
    Question: {
        "id", "text", "theme", "area", "only_if", "probes", "follow_ups", "pictures", "pair", "information",
        *_HELP,
    },
}  # fmt: skip
"""What the comparison looks at, so that a test sees a new field that it would pass by."""


def not_compared() -> set[str]:
    """Fields of a guide or a question that the comparison does not know."""
    return {one.name for kind, known in COMPARED.items() for one in fields(kind) if one.name not in known}
