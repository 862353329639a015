"""How alike two coders judge at this authority: Krippendorff's alpha per calendar quarter (method §2.19)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from ...models.codings import Coding
from ...models.reached_rows import RELIABILITY
from ...models.vocabulary import CodingPart
from ..outside.clock import SWEDEN
from ..outside.reach import reaching_also
from ..rules.reliability import grave_alpha, severity_alpha, theme_alpha

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter as it is counted in Sweden; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def begins(self) -> datetime:
        return datetime(self.year, 3 * self.number - 2, 1, tzinfo=SWEDEN).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1).begins

    @property
    def before(self) -> "Quarter":
        if self.number == 1:
            return Quarter(self.year - 1, 4)
        return Quarter(self.year, self.number - 1)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Agreement in one quarter. `pairs` is how many units two have judged apart from each other.

    A figure is None when it cannot be computed: fewer than two pairs, or everybody judged alike
    throughout, so that chance alone would have agreed as well.
    """

    quarter: Quarter
    pairs: int
    severity: Fraction | None
    theme: Fraction | None
    boundary: Fraction | None
    """On whether it is grave or not: severity 3 or more, where T1 is decided."""


def quarter_of(moment: datetime) -> Quarter:
    local = moment.astimezone(SWEDEN)
    return Quarter(local.year, (local.month + 2) // 3)


_first, _second, _later = aliased(Coding), aliased(Coding), aliased(Coding)


def _pairs(*what: Any) -> Select[Any]:
    """Pairs of blind judgements, counted: the second's first one, and what the first held when it was made.

    What either thinks after having seen the other is left out: it would only measure the talk between them.
    """
    held = (
        select(func.max(_later.number))
        .where(
            _later.unit_id == _second.unit_id,
            _later.part == CodingPart.FIRST,
            _later.coded_at <= _second.coded_at,
        )
        .correlate(_second)
        .scalar_subquery()
    )
    return (
        select(*what, func.count())
        .select_from(_second)
        .join(
            _first,
            and_(_first.unit_id == _second.unit_id, _first.part == CodingPart.FIRST, _first.number == held),
        )
        .where(_second.part == CodingPart.SECOND, _second.number == 1)
        .group_by(*what)
    )


_SEVERITIES = _pairs(_first.severity, _second.severity)
_THEMES = _pairs(_first.theme, _second.theme)
_LAST = select(func.max(Coding.coded_at)).where(Coding.part == CodingPart.SECOND, Coding.number == 1)
_EARLIEST = select(func.min(Coding.coded_at)).where(Coding.part == CodingPart.SECOND, Coding.number == 1)


def latest_alpha(db: Session, *, before: datetime) -> Fraction | None:
    """Alpha of severity in the latest complete quarter before `before` with double coding; None if never.

    This is the authority's figure that the method reads as how far the coding can be trusted (§2.2).
    """
    with reaching_also(db, RELIABILITY):
        last = db.scalar(_LAST.where(Coding.coded_at < quarter_of(before).begins))
        return None if last is None else _severity(_counted(db, _SEVERITIES, quarter_of(last)))


def reliability_by_quarter(db: Session, *, most: int = 8) -> tuple[Reliability, ...]:
    """The quarters in which two have coded, the latest first, at most `most` of them."""
    with reaching_also(db, RELIABILITY):
        return _by_quarter(db, most)


def _by_quarter(db: Session, most: int) -> tuple[Reliability, ...]:
    begin, end = db.scalar(_EARLIEST), db.scalar(_LAST)
    if begin is None or end is None:
        return ()
    found: list[Reliability] = []
    quarter, oldest = quarter_of(end), quarter_of(begin)
    while quarter >= oldest and len(found) < most:
        severities = _counted(db, _SEVERITIES, quarter)
        if severities:
            found.append(
                Reliability(
                    quarter=quarter,
                    pairs=sum(times for _, times in severities),
                    severity=_severity(severities),
                    theme=_theme(_counted(db, _THEMES, quarter)),
                    boundary=_boundary(severities),
                )
            )
        quarter = quarter.before
    return tuple(found)


Counted = tuple[tuple[Pair, int], ...]


def _counted(db: Session, pairs: Select[Any], quarter: Quarter) -> Counted:
    """Every pair of judgements that occurs in the quarter, and how often."""
    rows = db.execute(pairs.where(_second.coded_at >= quarter.begins, _second.coded_at < quarter.ends))
    return tuple(sorted(((first, second), times) for first, second, times in rows))


def _units(counted: Counted) -> list[Pair]:
    return [pair for pair, times in counted for _ in range(times)]


@lru_cache(maxsize=64)  # a quarter that is over does not change, and pages ask for it again and again
def _severity(counted: Counted) -> Fraction | None:
    return severity_alpha(_units(counted))


@lru_cache(maxsize=64)
def _theme(counted: Counted) -> Fraction | None:
    return theme_alpha(_units(counted))


@lru_cache(maxsize=64)
def _boundary(counted: Counted) -> Fraction | None:
    return grave_alpha(_units(counted))
