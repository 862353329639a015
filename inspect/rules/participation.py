"""Process rule F1 (method §4): few children talked, so the authority does something else."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.vocabulary import N_, Titled

#: How many inspections in a row with low participation call for an unannounced visit.
IN_A_ROW = 2


class ParticipationStep(Titled):
    """What the authority does about low participation. It is never held against the home as a failing."""

    ANOTHER_FORM = (
        "another_form",
        N_("Offer another form: another day, by phone, by drawing, or with an advocate"),
    )
    UNANNOUNCED_VISIT = "unannounced_visit", N_("Make an unannounced visit")


@dataclass(frozen=True, slots=True)
class Participation:
    """How many children talked with us, of those who lived in the home on the day."""

    heard: int
    residents: int

    @property
    def is_low(self) -> bool:
        """Fewer than half. A home where nobody lives has no participation to be low."""
        return 2 * self.heard < self.residents


def participation_steps(
    now: Participation, earlier: Sequence[Participation] = ()
) -> tuple[ParticipationStep, ...]:
    """What low participation calls for. `earlier` holds the previous inspections, the latest first.

    Inspections of an empty home say nothing about participation and are passed over.
    """
    if not now.is_low:
        return ()
    row = [one for one in earlier if one.residents > 0][: IN_A_ROW - 1]
    if len(row) == IN_A_ROW - 1 and all(one.is_low for one in row):
        return (ParticipationStep.ANOTHER_FORM, ParticipationStep.UNANNOUNCED_VISIT)
    return (ParticipationStep.ANOTHER_FORM,)
