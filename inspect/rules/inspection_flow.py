"""The way of a case: which state follows which, and through which gate (inspection_gates.py).

One table, `WAY`. What a person may leave undone, if it is said why, is no gate: `left_behind`.
"""

from dataclasses import dataclass

from ...models.vocabulary import N_, State
from .case_facts import CaseFacts as CaseFacts
from .grave_accounts import close_obstacles
from .inspection_gates import (
    Gate,
    always_open,
    communication,
    decision,
    documents,
    follow_up,
    other_talks,
    planned,
    points_answered,
    prepared,
    review,
    weighing,
)
from .inspection_gates import children_first as children_first
from .reasons import Reason as Reason
from .reasons import reasons
from .sanctions import close_obstacles as sanction_obstacles


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: to where, through which gate, and whether it needs a reason (a step back)."""

    to: State
    gate: Gate
    action: str
    needs_reason: bool = False


WAY: dict[State, tuple[Step, ...]] = {
    State.PLANNED: (Step(State.PREPARED, planned, N_("Start preparing")),),
    State.PREPARED: (Step(State.CHILDREN, prepared, N_("Start the visit: talks with the children")),),
    State.CHILDREN: (Step(State.OTHER_TALKS, children_first, N_("Go on to other talks")),),
    State.OTHER_TALKS: (Step(State.DOCUMENTS, other_talks, N_("Go on to documents and requirements")),),
    State.DOCUMENTS: (Step(State.WEIGHING, documents, N_("Go on to the weighing")),),
    State.WEIGHING: (Step(State.REVIEW, weighing, N_("Hand over to review")),),
    State.REVIEW: (
        Step(State.COMMUNICATION, review, N_("Go on to the provider's right to reply")),
        Step(State.WEIGHING, always_open, N_("Take back to weighing"), needs_reason=True),
    ),
    State.COMMUNICATION: (
        Step(State.DIALOGUE, communication, N_("Go on to the dialogue meeting")),
        Step(
            State.DECISION,
            lambda case: communication(case) + points_answered(case),
            N_("Go on to the decision without a meeting"),
        ),
        Step(
            State.WEIGHING, always_open, N_("The reply changes the picture: weigh again"), needs_reason=True
        ),
    ),
    State.DIALOGUE: (
        Step(
            State.DECISION,
            lambda case: (
                reasons((case.meetings == 0, Reason(N_("Note the dialogue meeting: when, who, what."))))
                + points_answered(case)
            ),
            N_("Go on to the decision"),
        ),
        Step(
            State.WEIGHING, always_open, N_("The meeting changes the picture: weigh again"), needs_reason=True
        ),
    ),
    State.DECISION: (
        Step(State.FOLLOW_UP, decision, N_("Start the follow-up")),
        Step(
            State.CLOSED,
            lambda case: (
                decision(case)
                + close_obstacles(case.accounts)
                + sanction_obstacles(case.sanctions_open)
                + reasons(
                    (
                        bool(case.deficiencies),
                        Reason(N_("A case with deficiencies is followed up before it closes.")),
                    )
                )
            ),
            N_("Close the case"),
        ),
    ),
    State.FOLLOW_UP: (Step(State.CLOSED, follow_up, N_("Close the case")),),
    State.CLOSED: (Step(State.ARCHIVED, always_open, N_("Archive")),),
    State.ARCHIVED: (),
}


ENDS = frozenset({State.CLOSED, State.ARCHIVED})


def left_behind(case: CaseFacts, to: State) -> Reason | None:
    """What would be left undone if the case went to `to` now, and has to be argued for; None when nothing.

    Results are reported to the municipality or region concerned: förordning (2013:176) 2 §. No gate: it may
    be that nobody is responsible for a child any more, or that the home has moved.
    """
    if to not in ENDS or not case.to_pass_on:
        return None
    return Reason(
        N_(
            "Results are reported to the municipality or region concerned (2013:176, 2 §). Left to pass on:"
            " %(num)s. Do that first, or write why the case ends without it."
        ),
        {"num": case.to_pass_on},
    )


def steps_from(case: CaseFacts) -> tuple[tuple[Step, tuple[Reason, ...]], ...]:
    """Each way out of the present state, with what still keeps it shut."""
    return tuple((step, step.gate(case)) for step in WAY[case.state])


def refusals(case: CaseFacts, to: State) -> tuple[Reason, ...]:
    """Why the case cannot go to `to`; empty when it can."""
    for step in WAY[case.state]:
        if step.to is to:
            return step.gate(case)
    return (Reason(N_("The case cannot go there from where it is.")),)


def may_interview_adults(case: CaseFacts) -> tuple[Reason, ...]:
    """The children-first gate itself: empty when staff and managers may be interviewed."""
    return children_first(case)
