"""The gates of the flow: what must be done before a case goes on.

A gate looks at the facts of the case and gives the reasons why it stays shut; no reasons means open.
Gates: DOMAIN of the product, with the sections of law named here.
"""

from collections.abc import Callable

from ...models.letter_vocabulary import LetterState
from ...models.vocabulary import N_, InformationItem
from .case_facts import CaseFacts as CaseFacts
from .finding_levels import needs_lawyer
from .grave_accounts import close_obstacles
from .reasons import Reason, reasons
from .sanctions import close_obstacles as sanction_obstacles

Gate = Callable[[CaseFacts], tuple[Reason, ...]]


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
    """Coded by two, every area with a reasoned assessment (FL 32 §), and the letter written.

    And nothing that was recorded in the home waits for somebody to choose: a lost word is lost to a child.
    """
    return reasons(
        (
            case.field_waiting > 0,
            Reason(
                N_(
                    "Notes from devices wait to be taken into the case. Open the page From the field. "
                    "Left: %(num)s."
                ),
                {"num": case.field_waiting},
            ),
        ),
        (
            case.field_conflicts > 0,
            Reason(
                N_("Choose between texts that differ, on the page From the field. Left: %(num)s."),
                {"num": case.field_conflicts},
            ),
        ),
        (
            case.field_held > 0,
            Reason(
                N_(
                    "Try again, or set aside with a reason, what could not be taken in, on the page "
                    "From the field. Left: %(num)s."
                ),
                {"num": case.field_held},
            ),
        ),
        (
            bool(case.unjudged),
            Reason(
                N_("Code every statement: theme and severity. Left: %(num)s (%(which)s)."),
                {"num": len(case.unjudged), "which": _some(case.unjudged)},
            ),
        ),
        (bool(case.without_second_coder), _second_coder(case)),
        (
            bool(case.disputed),
            Reason(
                N_("Settle where two coders disagree, on the page Coding. Left: %(num)s (%(which)s)."),
                {"num": len(case.disputed), "which": _some(case.disputed)},
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


def _second_coder(case: CaseFacts) -> Reason:
    """What is judged as 2 or more is judged by two people: method §2.3 S1."""
    values = {"num": len(case.without_second_coder), "which": _some(case.without_second_coder)}
    if case.coders < 2:
        text = N_(
            "What is judged as 2 or more is coded by two people. Add a co-inspector or a peer reviewer "
            "to the team. Left: %(num)s (%(which)s)."
        )
    else:
        text = N_(
            "What is judged as 2 or more is coded by a second person, on the page Coding. "
            "Left: %(num)s (%(which)s)."
        )
    return Reason(text, values)


LAWYER_FIRST = N_("Wait for the lawyer’s opinion: the case has a matter on level 4 or higher, or a sanction.")


def review(case: CaseFacts) -> tuple[Reason, ...]:
    """Somebody other than the author has approved; a lawyer takes part from level 4 and on sanctions."""
    lawyer = needs_lawyer(case.highest_level, case.sanction)
    return reasons(
        (
            lawyer and not case.lawyer_in_team,
            Reason(
                N_("Add a lawyer to the team: the case has a matter on level 4 or higher, or a sanction.")
            ),
        ),
        (lawyer and case.lawyer_in_team and not case.lawyer_heard, Reason(LAWYER_FIRST)),
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


def points_answered(case: CaseFacts) -> tuple[Reason, ...]:
    """What the party says is wrong is answered before the decision rests on it: FL 25 and 32 §§."""
    return reasons(
        (
            case.points_left > 0,
            Reason(
                N_("Answer each fact that the provider calls wrong. Left: %(num)s."),
                {"num": case.points_left},
            ),
        ),
    )


def decision(case: CaseFacts) -> tuple[Reason, ...]:
    """The decision record is whole (FL 31–33 §§) and the provider has the letter."""
    return reasons(
        (not case.decided, Reason(N_("Record the decision: who decided, who reported, what was decided."))),
        (not case.letter_sent, Reason(N_("Send the letter to the provider."))),
    )


def follow_up(case: CaseFacts) -> tuple[Reason, ...]:
    """Each deficiency is found remedied, partly remedied or remaining, with evidence: SoL 28 kap. 3 § p 2.

    And no grave account is left open: method §2.8, SoL 19 kap. 1 §; no matter of sanction either.
    """
    return (
        close_obstacles(case.accounts)
        + sanction_obstacles(case.sanctions_open)
        + reasons(
            (
                bool(case.not_followed_up),
                Reason(
                    N_("Follow up every deficiency, and ask the children again. Left: %(which)s."),
                    {"which": ", ".join(case.not_followed_up)},
                ),
            ),
        )
    )


def always_open(case: CaseFacts) -> tuple[Reason, ...]:
    return ()


def _some(names: tuple[str, ...], most: int = 6) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
