"""The way of a case: which state follows which, and what must be done before.

One table, `WAY`. A gate looks at the facts of the case and gives the reasons why it stays shut;
no reasons means open. States and gates: DOMAIN of the product, with the sections of law named here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...models.vocabulary import N_, InformationItem, LetterState, State


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a message of the catalogue and its values."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the gates look at; gathered by services/gather_facts.py. Lists hold short names (`b4`, `K08`)."""

    state: State
    announced: bool = True
    dnr: str = ""
    has_inspector: bool = False
    undeclared: tuple[str, ...] = ()
    conflicted: tuple[str, ...] = ()
    information_given: frozenset[InformationItem] = frozenset()
    residents: int = 0
    children_confirmed: bool = False
    without_outcome: tuple[str, ...] = ()
    overridden: bool = False
    acute: bool = False
    open_talks: tuple[str, ...] = ()
    staff_talks: int = 0
    manager_talks: int = 0
    no_staff_reason: bool = False
    unmarked: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    areas_without_own_view: tuple[str, ...] = ()
    areas_without_reasoning: tuple[str, ...] = ()
    weighed: bool = False
    letter: LetterState | None = None
    highest_level: int = 0
    sanction: bool = False
    lawyer_in_team: bool = False
    communicated: bool = False
    communication_skipped: bool = False
    replied: bool = False
    reply_by_on: date | None = None
    meetings: int = 0
    decided: bool = False
    letter_sent: bool = False
    deficiencies: tuple[str, ...] = ()
    not_followed_up: tuple[str, ...] = ()
    today: date = date.min


Gate = Callable[[CaseFacts], tuple[Reason, ...]]


def reasons(*rows: tuple[bool, Reason]) -> tuple[Reason, ...]:
    """The reasons whose condition is true."""
    return tuple(reason for shut, reason in rows if shut)


def planned(case: CaseFacts) -> tuple[Reason, ...]:
    """Registered (OSL 5 kap.), a team, conflict of interest declared (FL 16–18 §§)."""
    return reasons(
        (not case.has_inspector, Reason(N_("Appoint a responsible inspector."))),
        (
            bool(case.undeclared),
            Reason(
                N_("Conflict of interest is not yet declared by: %(who)s."),
                {"who": ", ".join(case.undeclared)},
            ),
        ),
        (
            bool(case.conflicted),
            Reason(
                N_("Replace those who have a conflict of interest: %(who)s."),
                {"who": ", ".join(case.conflicted)},
            ),
        ),
    )


def prepared(case: CaseFacts) -> tuple[Reason, ...]:
    """The four statutory items of information are given: SoF (2025:468) 16 kap. 3 §."""
    missing = len(set(InformationItem) - case.information_given)
    return reasons(
        (
            missing > 0,
            Reason(
                N_("Tick the information given to children and guardians (SoF 16:3). Left: %(num)s of 4."),
                {"num": missing},
            ),
        ),
    )


def children_first(case: CaseFacts) -> tuple[Reason, ...]:
    """Each child present has an offer with an outcome, before anybody else is interviewed."""
    if case.acute or case.overridden:
        return ()
    return reasons(
        (
            not case.children_confirmed,
            Reason(N_("Confirm that the list of children who live there is complete.")),
        ),
        (
            bool(case.without_outcome),
            Reason(
                N_(
                    "Talks with staff and managers open when every child has been offered one. Left: %(who)s."
                ),
                {"who": ", ".join(case.without_outcome)},
            ),
        ),
    )


def other_talks(case: CaseFacts) -> tuple[Reason, ...]:
    return reasons(
        (case.manager_talks == 0, Reason(N_("Hold at least one talk with the manager of the home."))),
        (
            case.staff_talks == 0 and not case.no_staff_reason,
            Reason(N_("Hold at least one talk with staff, or write why there was none.")),
        ),
        (
            bool(case.open_talks),
            Reason(N_("End the talks that are still open: %(who)s."), {"who": ", ".join(case.open_talks)}),
        ),
    )


def documents(case: CaseFacts) -> tuple[Reason, ...]:
    """Every requirement is marked; "not checked this time" is an answer, silence is not."""
    return reasons(
        (
            bool(case.unmarked),
            Reason(
                N_(
                    "Mark every requirement; “not checked this time” is an answer too. "
                    "Left: %(num)s (%(which)s)."
                ),
                {"num": len(case.unmarked), "which": _some(case.unmarked)},
            ),
        ),
    )


def weighing(case: CaseFacts) -> tuple[Reason, ...]:
    """Every area has a reasoned assessment (FL 32 §), and the letter is written."""
    return reasons(
        (
            bool(case.unjudged),
            Reason(
                N_("Judge the severity of every statement. Left: %(num)s (%(which)s)."),
                {"num": len(case.unjudged), "which": _some(case.unjudged)},
            ),
        ),
        (
            bool(case.areas_without_own_view),
            Reason(
                N_("Write your own view of each area first. Left: %(num)s."),
                {"num": len(case.areas_without_own_view)},
            ),
        ),
        (
            bool(case.areas_without_reasoning),
            Reason(
                N_("Write the assessment of each area. Left: %(num)s."),
                {"num": len(case.areas_without_reasoning)},
            ),
        ),
        (not case.weighed, Reason(N_("Run the weighing."))),
        (case.letter is None, Reason(N_("Compose the letter."))),
        (
            case.letter in (LetterState.DRAFT, LetterState.RETURNED),
            Reason(N_("Send the letter to review.")),
        ),
    )


def review(case: CaseFacts) -> tuple[Reason, ...]:
    """Somebody other than the author has approved; a lawyer takes part from level 4 and on sanctions."""
    return reasons(
        (
            (case.highest_level >= 4 or case.sanction) and not case.lawyer_in_team,
            Reason(
                N_("Add a lawyer to the team: the case has a matter on level 4 or higher, or a sanction.")
            ),
        ),
        (
            case.letter not in (LetterState.APPROVED, LetterState.SENT),
            Reason(N_("The letter is not yet approved by another person than its author.")),
        ),
    )


def communication(case: CaseFacts) -> tuple[Reason, ...]:
    """The party has seen all that matters and had a set time to answer: FL 25 §."""
    if case.communication_skipped or case.replied:
        return ()
    waiting = case.communicated and case.reply_by_on is not None and case.today <= case.reply_by_on
    return reasons(
        (
            not case.communicated,
            Reason(
                N_("Send the facts to the provider with a date to reply by, or record why that is left out.")
            ),
        ),
        (waiting, Reason(N_("Wait for the reply, or until the date to reply by has passed."))),
    )


def decision(case: CaseFacts) -> tuple[Reason, ...]:
    """The decision record is whole (FL 31–33 §§) and the provider has the letter."""
    return reasons(
        (not case.decided, Reason(N_("Record the decision: who decided, who reported, what was decided."))),
        (not case.letter_sent, Reason(N_("Send the letter to the provider."))),
    )


def follow_up(case: CaseFacts) -> tuple[Reason, ...]:
    """Each deficiency is found remedied, partly remedied or remaining, with evidence: SoL 28 kap. 3 § p 2."""
    return reasons(
        (
            bool(case.not_followed_up),
            Reason(
                N_("Follow up every deficiency, and ask the children again. Left: %(which)s."),
                {"which": ", ".join(case.not_followed_up)},
            ),
        ),
    )


def always_open(case: CaseFacts) -> tuple[Reason, ...]:
    return ()


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
        Step(State.DECISION, communication, N_("Go on to the decision without a meeting")),
        Step(
            State.WEIGHING, always_open, N_("The reply changes the picture: weigh again"), needs_reason=True
        ),
    ),
    State.DIALOGUE: (
        Step(
            State.DECISION,
            lambda case: reasons(
                (case.meetings == 0, Reason(N_("Note the dialogue meeting: when, who, what.")))
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


def _some(names: tuple[str, ...], most: int = 6) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
