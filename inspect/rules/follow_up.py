"""What an outcome of a follow-up must rest on: the authority checks for itself (SoL 28 kap. 3 § p 2).

From the legal level of a deficiency that is criticised (3) nothing closes on the provider's word alone; and
where the provider and those whom it is for say different things, it is said how the two were weighed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ...models.dialogue_vocabulary import Better, KnownBy
from ...models.vocabulary import N_, LegalLevel, MeasureOutcome
from .reasons import Reason

NOT_BETTER = frozenset({Better.SAME, Better.WORSE})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an outcome cannot be recorded so, and the field it is about."""

    field: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is said to show an outcome. `asked`: how many; `weighed`: how what differs was weighed."""

    known_by: Collection[KnownBy]
    asked: int = 0
    better: Better | None = None
    weighed: str = ""


def differs(outcome: MeasureOutcome | None, better: Better | None, *, claims_done: bool) -> bool:
    """Whether it is said to be done, by the provider or by us, and is no better for those it is for."""
    return better in NOT_BETTER and (claims_done or outcome is MeasureOutcome.REMEDIED)


def why_not(level: int, outcome: MeasureOutcome, grounds: Grounds, *, claims_done: bool) -> Refused | None:
    """The first thing that is in the way of recording the outcome; None when nothing is."""
    known = set(grounds.known_by)
    if not known:
        return Refused("known_by", Reason(N_("Choose how you know.")))
    if KnownBy.CHILDREN in known and not grounds.asked:
        return Refused(
            "known_by", Reason(N_("Nobody was asked, so it is not known from them. Choose otherwise."))
        )
    if (
        level >= LegalLevel.DEFICIENCY
        and outcome is not MeasureOutcome.REMAINS
        and known == {KnownBy.PROVIDER}
    ):
        return Refused(
            "known_by",
            Reason(
                N_(
                    "From this level nothing closes on the provider’s word alone."
                    " See, read or ask for yourselves first."
                )
            ),
        )
    if grounds.asked and grounds.better is None:
        return Refused("better", Reason(N_("Choose what they answer.")))
    if not grounds.asked and grounds.better is not None:
        return Refused("better", Reason(N_("Nobody was asked, so nobody has answered this.")))
    if differs(outcome, grounds.better, claims_done=claims_done) and len(grounds.weighed.strip()) < 10:
        return Refused(
            "weighed",
            Reason(
                N_(
                    "It is said to be done, and it is no better for them."
                    " Write how you weigh the two together."
                )
            ),
        )
    return None
