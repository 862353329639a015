"""When a rule lets a case go, and what stands in the way whatever the rule says."""

from dataclasses import dataclass
from datetime import date, timedelta

from ...models.retention import CountedFrom, LeftBecause
from .deadlines import same_day_in


@dataclass(frozen=True, slots=True)
class DisposalFacts:
    """What is looked at of one case, on the day that somebody asks."""

    closed: bool
    held: bool = False
    appealed: bool = False
    """Held because a decision in it is appealed."""
    measure_open: bool = False
    sanction_open: bool = False
    correction_open: bool = False
    disclosure_open: bool = False
    notes_wait: bool = False
    archived: bool = False
    """The e-archive has confirmed that it has the case."""
    proposed: bool = False
    """In another disposal that is not done."""
    disposed: bool = False


def goes_on(closed_on: date, counted_from: CountedFrom, years: int) -> date:
    """The first day on which a case that was closed on `closed_on` may be disposed of.

    Whole years have then passed: the day after the same day (29 February: the 28th) of the last of them.
    """
    begins = date(closed_on.year, 12, 31) if counted_from is CountedFrom.END_OF_YEAR else closed_on
    return same_day_in(begins, 12 * years) + timedelta(days=1)


def left_because(facts: DisposalFacts, *, after_archiving: bool) -> LeftBecause | None:
    """The first thing that stands in the way; None when nothing does."""
    in_the_way = {
        LeftBecause.DISPOSED: facts.disposed,
        LeftBecause.NOT_CLOSED: not facts.closed,
        LeftBecause.APPEALED: facts.appealed,
        LeftBecause.HELD: facts.held,
        LeftBecause.MEASURE_OPEN: facts.measure_open,
        LeftBecause.SANCTION_OPEN: facts.sanction_open,
        LeftBecause.CORRECTION_OPEN: facts.correction_open,
        LeftBecause.DISCLOSURE_OPEN: facts.disclosure_open,
        LeftBecause.NOTES_WAIT: facts.notes_wait,
        LeftBecause.NOT_ARCHIVED: after_archiving and not facts.archived,
        LeftBecause.PROPOSED: facts.proposed,
    }
    return next((reason for reason, there in in_the_way.items() if there), None)
