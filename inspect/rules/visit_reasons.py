"""What speaks for a visit now, in words: each reason by itself, with the weight that the authority gives it.

Supervision is chosen by risk unless something else is laid down (förordning 2013:176, 1 §), and adapted to
the situation. No number is made of the reasons: a home with three of them is not "worse" than one with one,
and a person weighs them. What a reason says and how far back it reaches is a setting that is seen, dated and
reasoned (models/planning.py, ReasonWeighting).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...models.planning_words import SignalKind, VisitReason, Weight
from ...models.vocabulary import N_

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a reason says, and how many months it reaches back (of LONG_AGO: how many is long)."""

    weight: Weight
    months: int


Weighting = Mapping[VisitReason, Weighed]

FROM_THE_START: Weighting = {
    VisitReason.LONG_AGO: Weighed(Weight.CLEAR, 10),
    VisitReason.GRAVE_ACCOUNT: Weighed(Weight.STRONG, 24),
    VisitReason.OPEN_DEFICIENCIES: Weighed(Weight.STRONG, 36),
    VisitReason.TIP: Weighed(Weight.CLEAR, 12),
    VisitReason.LEX_SARAH: Weighed(Weight.CLEAR, 12),
    VisitReason.SURVEY: Weighed(Weight.STRONG, 12),
    VisitReason.SELF_ASSESSMENT: Weighed(Weight.SLIGHT, 12),
    VisitReason.MANAGER_CHANGED: Weighed(Weight.SLIGHT, 12),
}
"""What holds until the authority has said something else: ours, to be looked over before use."""

MEANT: dict[VisitReason, str] = {
    VisitReason.LONG_AGO: N_("The latest visit, or the opening of a home without any, lies further back."),
    VisitReason.GRAVE_ACCOUNT: N_(
        "Somebody told of something grave at a visit, and no investigation has refuted it."
    ),
    VisitReason.OPEN_DEFICIENCIES: N_(
        "A letter that was sent points out deficiencies, and no follow-up has found them remedied."
    ),
    VisitReason.TIP: N_("Somebody has turned to the authority, and there has been no visit since."),
    VisitReason.LEX_SARAH: N_("The provider has reported malpractice, and there has been no visit since."),
    VisitReason.SURVEY: N_(
        "Five or more have answered a survey before a visit, and more sad faces than happy."
    ),
    VisitReason.SELF_ASSESSMENT: N_(
        "The home says itself before a visit that something works in part only, or not well enough."
    ),
    VisitReason.MANAGER_CHANGED: N_("The home has got a new manager, and there has been no visit since."),
}
"""What each reason means and when it ends, for those who weigh them."""

OF_SIGNAL: dict[SignalKind, VisitReason] = {
    SignalKind.TIP: VisitReason.TIP,
    SignalKind.LEX_SARAH: VisitReason.LEX_SARAH,
    SignalKind.MANAGER_CHANGED: VisitReason.MANAGER_CHANGED,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One reason that a home has, as the register and the cases give it; `number` and `on` as they apply."""

    reason: VisitReason
    number: int = 1
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reason in words: a message of the catalogue with its values (days are dates), and its weight."""

    reason: VisitReason
    weight: Weight
    text: str
    values: dict[str, Any] = field(default_factory=dict)


ONE: dict[VisitReason, str] = {
    VisitReason.LONG_AGO: N_("The latest visit began on %(day)s."),
    VisitReason.GRAVE_ACCOUNT: N_("Something grave was told at the visit that began on %(day)s."),
    VisitReason.OPEN_DEFICIENCIES: N_(
        "A deficiency is not followed up as remedied. Its last day is %(day)s."
    ),
    VisitReason.TIP: N_("A tip or complaint came in on %(day)s."),
    VisitReason.LEX_SARAH: N_("A lex Sarah report came in on %(day)s."),
    VisitReason.SURVEY: N_("In a survey the answers were sad more often than happy in one area."),
    VisitReason.SELF_ASSESSMENT: N_("The home is not satisfied with one area itself."),
    VisitReason.MANAGER_CHANGED: N_("The home has had a new manager since %(day)s."),
}
MANY: dict[VisitReason, str] = {
    VisitReason.OPEN_DEFICIENCIES: N_(
        "%(number)s deficiencies are not followed up as remedied. The first last day is %(day)s."
    ),
    VisitReason.TIP: N_("%(number)s tips or complaints have come in, the latest on %(day)s."),
    VisitReason.LEX_SARAH: N_("%(number)s lex Sarah reports have come in, the latest on %(day)s."),
    VisitReason.SURVEY: N_("In a survey the answers were sad more often than happy in %(number)s areas."),
    VisitReason.SELF_ASSESSMENT: N_("The home is not satisfied with %(number)s areas itself."),
    VisitReason.MANAGER_CHANGED: N_("The home has changed manager %(number)s times, latest on %(day)s."),
}
WITHOUT_A_DAY: dict[VisitReason, str] = {
    VisitReason.LONG_AGO: N_("No visit is registered."),
    VisitReason.OPEN_DEFICIENCIES: N_(
        "Deficiencies without a last day that are not followed up: %(number)s."
    ),
}
ORDER = (Weight.STRONG, Weight.CLEAR, Weight.SLIGHT)


def spoken(found: list[Found], weighting: Weighting) -> tuple[Spoken, ...]:
    """The reasons in words, those that say most first; what is not counted is not said."""
    said = [_say(one, weighting[one.reason].weight) for one in found]
    kept = [one for one in said if one.weight is not Weight.UNCOUNTED]
    rank = list(VisitReason)
    return tuple(sorted(kept, key=lambda one: (ORDER.index(one.weight), rank.index(one.reason))))


def _say(found: Found, weight: Weight) -> Spoken:
    kind = found.reason
    values: dict[str, Any] = {"number": found.number, "day": found.on}
    if found.on is None and kind in WITHOUT_A_DAY:
        return Spoken(kind, weight, WITHOUT_A_DAY[kind], values)
    if found.number > 1 and kind in MANY:
        return Spoken(kind, weight, MANY[kind], values)
    return Spoken(kind, weight, ONE[kind], values)
