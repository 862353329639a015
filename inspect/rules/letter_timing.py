"""Why a letter of a kind cannot be made yet, or is not needed in this case; pure."""

from collections.abc import Collection
from dataclasses import dataclass

from ...models.letter_vocabulary import DecisionKind, LetterKind
from ...models.vocabulary import N_, LegalLevel, State
from .inspection_flow import WAY
from .inspection_gates import CaseFacts, follow_up
from .letter_kinds import FOR_CHILDREN_KINDS, KINDS
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Timing:
    """What the case itself does not say of its letters.

    `late`: a day that the provider was given has passed. `wanted`: the letters that children who were heard
    need. `decided`: what was decided, None before. `for_committees`: how many points a placing committee
    answers for, and `routed`: how many of all points somebody has said which committee they go to.
    """

    late: bool = False
    wanted: Collection[LetterKind] = ()
    decided: DecisionKind | None = None
    for_committees: int = 0
    routed: int = 0


def needs_own_decision(facts: CaseFacts, decided: DecisionKind | None) -> bool:
    """Whether the decision has a document of its own: an order, malpractice, a sanction (LETTERS §1)."""
    return decided is DecisionKind.ORDER or facts.highest_level >= LegalLevel.MALPRACTICE or facts.sanction


def why_not_yet(kind: LetterKind, facts: CaseFacts, timing: Timing) -> Reason | None:
    """Why a letter of that kind is not made now; None when it is its time.

    Of the feedback letter nothing is asked here: its own rules say what it waits for.
    """
    row = KINDS[kind]
    if kind is LetterKind.FEEDBACK:
        return None
    if kind is LetterKind.COMMUNICATION and facts.communication_skipped:
        return Reason(N_("The right to reply is left out in this case, with a reason."))
    if kind in FOR_CHILDREN_KINDS and kind not in timing.wanted:
        return Reason(N_("Nobody of that age has talked with us."))
    if kind is LetterKind.DECISION and facts.decided and not needs_own_decision(facts, timing.decided):
        return Reason(
            N_("The decision stands in the feedback letter; an order or a sanction has its own document.")
        )
    if kind is LetterKind.COMMITTEE and not timing.for_committees:
        return Reason(N_("Nothing in this case is for a committee to answer for."))
    if facts.state not in row.states:
        return _other_time(row.states, facts.state)
    return _lacks(kind, facts, timing)


def _lacks(kind: LetterKind, facts: CaseFacts, timing: Timing) -> Reason | None:
    """What a letter waits for though the case has come far enough for it.

    What the committees answer for is told when the provider has replied: the reply may correct a fact.
    """
    match kind:
        case LetterKind.COMMITTEE if not timing.routed:
            return Reason(N_("Say first which committee each point goes to."))
        case LetterKind.DECISION if not facts.decided:
            return Reason(N_("Record the decision first: the letter tells of it."))
        case LetterKind.REMINDER if not timing.late:
            return Reason(N_("Nothing is late: no day that the provider was given has passed."))
        case LetterKind.FOLLOWUP if not facts.deficiencies:
            return Reason(N_("There is no deficiency to follow up."))
        case LetterKind.CLOSING if facts.state is State.FOLLOW_UP:
            return next(iter(follow_up(facts)), None)
        case _:
            return None


def _other_time(states: Collection[State], now: State) -> Reason:
    way = tuple(WAY)
    first = min(states, key=way.index)
    if way.index(now) < way.index(first):
        return Reason(WAITS_FOR[first])
    return Reason(N_("Its time in the case has passed."))


WAITS_FOR: dict[State, str] = {
    State.PLANNED: N_("It waits until the visit is planned."),
    State.WEIGHING: N_("It waits until the visit is over and the case is weighed."),
    State.COMMUNICATION: N_("It waits until the letter is reviewed, when the provider may reply."),
    State.DECISION: N_("It waits for the decision."),
    State.FOLLOW_UP: N_("It waits for the follow-up."),
}
"""What a letter waits for, by the first state in which it is made."""
