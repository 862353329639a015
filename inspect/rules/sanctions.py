"""The rules of sanction fees: SoL (2025:400) 28 kap. 16–21 §§, in force since 1 January 2026 (2025:1299).

Nothing here chooses an amount. A person decides, with reasons, after a lawyer has spoken; the rules say
what the law does not allow, and by when it asks for something.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from ...models.sanctions import ReductionGround, SanctionGround, SanctionOutcome
from ...models.vocabulary import N_
from .deadlines import LAPSE_YEARS, hearing_by, same_day_in
from .reasons import Reason, reasons

IN_FORCE_ON = date(2026, 1, 1)
"""Not for breaches before this day: SFS 2025:1299, transitional provision 2."""
PERMIT_LEAST, PERMIT_MOST = 5_000, 500_000
"""Kronor, for a broken condition of the permit: 17 § first paragraph."""
REGISTER_CHECK = 100_000
"""Kronor for each breach, for somebody engaged without the register check: 18 § first paragraph."""

HEARD_BY_LAW = N_("SoL 28:20")

REDUCTIONS: Mapping[SanctionGround, tuple[ReductionGround, ...]] = MappingProxyType(
    {
        SanctionGround.PERMIT: (
            ReductionGround.MINOR,
            ReductionGround.EXCUSABLE,
            ReductionGround.UNREASONABLE,
        ),
        SanctionGround.REGISTER_CHECK: (ReductionGround.EXCEPTIONAL,),
    }
)
"""17 § second paragraph; 18 § second paragraph."""

WITHOUT_FEE = frozenset({SanctionOutcome.REMITTED, SanctionOutcome.BARRED, SanctionOutcome.NO_BREACH})


@dataclass(frozen=True, slots=True)
class Breach:
    """What the rules look at of one matter. `heard_on`: when the operator had its opportunity to comment."""

    ground: SanctionGround
    breach_on: date
    heard_on: date | None = None
    under_penalty_order: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody is about to decide. Amounts are whole kronor."""

    outcome: SanctionOutcome
    amount: int | None = None
    reduction: ReductionGround | None = None


def hear_by(breach: Breach) -> date:
    """The last day on which the operator can be given the opportunity to comment: 20 §."""
    return hearing_by(breach.breach_on)


def lapses_after(final_on: date) -> date:
    """The last day on which a fee can be enforced: 21 §, five years from when the decision became final.

    Never moved to a later weekday (lag 1930:173, 2 §): who waits for that has nothing to win.
    """
    return same_day_in(final_on, 12 * LAPSE_YEARS)


def bars(breach: Breach, today: date) -> tuple[Reason, ...]:
    """Why no fee may be decided for this breach; empty when one may."""
    last = hear_by(breach)
    heard_late = breach.heard_on is not None and breach.heard_on > last
    return reasons(
        (
            breach.breach_on < IN_FORCE_ON,
            Reason(
                N_("The breach was before 1 January 2026, when the rules came into force (SFS 2025:1299).")
            ),
        ),
        (
            breach.under_penalty_order,
            Reason(
                N_(
                    "The breach is the ground of an application to impose a conditional fine "
                    "(SoL 28:19). One of the two, never both."
                )
            ),
        ),
        (
            heard_late or (breach.heard_on is None and today > last),
            Reason(
                N_(
                    "The operator was not given the opportunity to comment within two years of the "
                    "breach (SoL 28:20)."
                )
            ),
        ),
    )


def faults(breach: Breach, decided: Decided, today: date) -> tuple[Reason, ...]:
    """What the law does not allow in this decision; empty when it may be made."""
    barred = bars(breach, today)
    if decided.outcome is SanctionOutcome.BARRED:
        nothing = Reason(N_("Nothing in the law bars a fee here. Choose another outcome."))
        return () if barred else (nothing,)
    if decided.outcome is SanctionOutcome.NO_BREACH:
        return ()
    if barred:
        return barred
    if decided.reduction is not None and decided.reduction not in REDUCTIONS[breach.ground]:
        return (Reason(N_("The law does not let this ground reduce the fee for this breach.")),)
    if decided.outcome is SanctionOutcome.REMITTED:
        return reasons(
            (
                decided.reduction is None,
                Reason(N_("Choose the ground on which the fee is reduced to nothing.")),
            ),
        )
    return (
        *reasons(
            (
                breach.heard_on is None,
                Reason(N_("Give the operator the opportunity to comment first (SoL 28:20).")),
            ),
        ),
        *_amount_faults(breach.ground, decided),
    )


def _amount_faults(ground: SanctionGround, decided: Decided) -> tuple[Reason, ...]:
    amount, reduced = decided.amount or 0, decided.reduction is not None
    if ground is SanctionGround.PERMIT:
        least = 1 if reduced else PERMIT_LEAST
        said = N_("The fee is at least 5 000 and at most 500 000 kronor, unless it is reduced (SoL 28:17).")
        return () if least <= amount <= PERMIT_MOST else (Reason(said),)
    if reduced:
        fits = 0 < amount < REGISTER_CHECK
        said = N_("A reduced fee is less than 100 000 kronor. Reduced to nothing is an outcome of its own.")
        return () if fits else (Reason(said),)
    said = N_("The fee is 100 000 kronor for each breach, unless there are exceptional reasons (SoL 28:18).")
    return () if amount == REGISTER_CHECK else (Reason(said),)


def close_obstacles(undecided: Sequence[str]) -> tuple[Reason, ...]:
    """Why a case cannot be closed: breaches that carry a sanction fee and that nobody has decided about.

    The operator *shall* pay (16 §): no dialogue and no remedy closes it. `undecided`: their requirements.
    """
    return reasons(
        (
            bool(undecided),
            Reason(
                N_("Decide about the sanction fee; dialogue does not close it. Left: %(which)s."),
                {"which": ", ".join(undecided)},
            ),
        ),
    )
