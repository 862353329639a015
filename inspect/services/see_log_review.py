"""What a log reviewer has to look at, what has come of it, and one reading with all that belongs to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.break_glass import GlassOpening
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.log_review import DrawnFor, LogDraw, LogSample, ReviewOutcome
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import NotFound
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from .draw_log_samples import READ
from .find_disposed import DisposedOf, disposed_of
from .find_inspection import is_no_secret
from .judge_log_sample import outcome_digest
from .long_lists import Column, Order, Paged, count_of, cut, number_of, sorted_by
from .read_log import LogLine

SHOWN = 100
SORTED: dict[str, tuple[Column, ...]] = {
    "day": (LogSample.day,),
    "reader": (User.name, LogSample.day),
}
OLDEST_FIRST = Order("day")
DRAWS = 10
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class SampleCard:
    """One drawn reading. `dnr` is None for what belongs to no case, and for what is withheld until a
    visit is over.

    `is_own`: the reader is who looks now; another log reviewer has to judge it. `events`: how many.
    `disposed`: when and why nothing but the entry of the case is left, if so.
    """

    sample: LogSample
    reader: str
    dnr: str | None
    is_withheld: bool
    is_own: bool
    events: int
    disposed: DisposedOf | None = None

    @property
    def reasons(self) -> tuple[DrawnFor, ...]:
        return tuple(DrawnFor(reason) for reason in self.sample.reasons)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the draws of the last year, and the cases that were opened without a part in them.

    `reasons`: how many drawn readings each reason fitted.
    """

    draws: int
    readings: int
    drawn: int
    waiting: int
    outcomes: tuple[tuple[ReviewOutcome, int], ...]
    reasons: tuple[tuple[DrawnFor, int], ...]


@dataclass(frozen=True, slots=True)
class LogReview:
    """`waiting`: one page of what waits; `draws` the latest with who drew."""

    waiting: Paged[SampleCard]
    draws: tuple[tuple[LogDraw, str], ...]
    figures: Figures

    @property
    def waiting_in_all(self) -> int:
        return self.waiting.total


@dataclass(frozen=True, slots=True)
class SeenSample:
    """`lines`: what the person did in the case that day. `is_whole`: the outcome is the one signed.
    `opening`: why and how long the case was open to somebody without a part in it, where that was drawn.
    """

    card: SampleCard
    lines: tuple[LogLine, ...]
    judged_by: str | None
    is_whole: bool
    opening: GlassOpening | None


def see_log_review(
    db: Session,
    *,
    actor: Actor,
    reason: DrawnFor | None = None,
    order: Order = OLDEST_FIRST,
    page: int = 1,
    now: datetime,
) -> LogReview:
    """`reason`: only what waits because of it."""
    chosen = select(LogSample).join(User, User.id == LogSample.actor_id).where(LogSample.outcome.is_(None))
    if reason is not None:
        chosen = chosen.where(cast(LogSample.reasons, String).contains(f'"{reason.value}"'))
    total = count_of(db, chosen)
    number = number_of(page, total)
    cards = _cards(db, actor, cut(chosen.order_by(*sorted_by(order, SORTED, LogSample.id)), number))
    draws = db.execute(
        select(LogDraw, User.name)
        .join(User, User.id == LogDraw.drawn_by_id)
        .order_by(LogDraw.drawn_at.desc(), LogDraw.id.desc())
        .limit(DRAWS)
    )
    return LogReview(
        Paged(cards, total, number), tuple((draw, name) for draw, name in draws), _figures(db, now)
    )


def find_sample(db: Session, id: UUID) -> LogSample:
    """Raises NotFound."""
    sample = db.get(LogSample, id)
    if sample is None:
        raise NotFound(N_("There is no such reading."))
    return sample


def see_sample(db: Session, *, actor: Actor, sample: LogSample) -> SeenSample:
    (card,) = _cards(db, actor, select(LogSample).where(LogSample.id == sample.id))
    opening = db.get(GlassOpening, sample.opening_id) if sample.opening_id else None
    begins, ends = _span(sample, opening)
    chosen = select(Event).where(Event.actor_id == sample.actor_id, Event.at >= begins, Event.at < ends)
    if sample.inspection_id is None:
        chosen = chosen.where(Event.kind.in_(READ), Event.inspection_id.is_(None))
    else:
        chosen = chosen.where(Event.inspection_id == sample.inspection_id)
    lines = db.scalars(chosen.order_by(Event.at, Event.id).limit(SHOWN))
    judge = db.get(User, sample.judged_by_id) if sample.judged_by_id else None
    return SeenSample(
        card,
        tuple(LogLine(event, card.reader, card.dnr, card.is_withheld) for event in lines),
        judge.name if judge else None,
        _is_as_signed(db, sample),
        opening,
    )


def _span(sample: LogSample, opening: GlassOpening | None) -> tuple[datetime, datetime]:
    """From when and before when: the day; or while the case was open, with what opened it."""
    if opening is not None:
        return opening.opened_at, opening.over_at + timedelta(seconds=1)
    begins = datetime.combine(sample.day, time(), SWEDEN)
    return begins, datetime.combine(sample.day + timedelta(days=1), time(), SWEDEN)


def _events_in(db: Session, samples: Sequence[LogSample]) -> dict[UUID, int]:
    """How many events each case opened without a part has, counted now: they came after it was drawn."""
    openings = {one.opening_id for one in samples if one.opening_id is not None}
    counted = {}
    for opening in (
        db.scalars(select(GlassOpening).where(among(GlassOpening.id, openings))) if openings else ()
    ):
        begins, ends = opening.opened_at, opening.over_at + timedelta(seconds=1)
        counted[opening.id] = db.scalar(
            select(func.count(Event.id)).where(
                Event.actor_id == opening.user_id,
                Event.inspection_id == opening.inspection_id,
                Event.at >= begins,
                Event.at < ends,
            )
        )
    return {id: number or 0 for id, number in counted.items()}


def _is_as_signed(db: Session, sample: LogSample) -> bool:
    """The hash of the outcome stands in the log, at the moment it was given."""
    if sample.outcome is None:
        return True
    signed = db.scalars(
        select(Event).where(
            Event.actor_id == sample.judged_by_id,
            Event.at == sample.judged_at,
            Event.kind == EventKind.LOG_SAMPLE_JUDGED,
        )
    )
    ours = [event.details["digest"] for event in signed if event.details.get("sample") == str(sample.id)]
    return ours == [outcome_digest(sample)]


def _cards(db: Session, actor: Actor, chosen: Select[LogSample]) -> tuple[SampleCard, ...]:
    samples: Sequence[LogSample] = db.scalars(chosen).all()
    readers = select(User.id, User.name).where(among(User.id, {one.actor_id for one in samples}))
    names = {row.id: row.name for row in db.execute(readers)}
    cases: dict[UUID | None, tuple[str | None, bool]] = {
        id: (dnr, is_open)
        for id, dnr, is_open in db.execute(
            select(Inspection.id, Inspection.dnr, is_no_secret()).where(
                among(Inspection.id, {one.inspection_id for one in samples if one.inspection_id})
            )
        )
    }
    counted = _events_in(db, samples)
    gone = disposed_of(db, {one.inspection_id for one in samples if one.inspection_id})
    cards = []
    for one in samples:
        dnr, is_open = cases.get(one.inspection_id, (None, True))
        cards.append(
            SampleCard(
                one,
                names[one.actor_id],
                dnr if is_open else None,
                not is_open,
                one.actor_id == actor.user_id,
                counted.get(one.opening_id, one.events) if one.opening_id else one.events,
                gone.get(one.inspection_id) if one.inspection_id else None,
            )
        )
    return tuple(cards)


def _figures(db: Session, now: datetime) -> Figures:
    lately = LogDraw.drawn_at >= now - YEAR
    draws, readings = db.execute(
        select(func.count(LogDraw.id), func.coalesce(func.sum(LogDraw.readings), 0)).where(lately)
    ).one()
    rows = db.execute(
        select(LogSample.outcome, LogSample.reasons)
        .outerjoin(LogDraw, LogDraw.id == LogSample.draw_id)
        .where(or_(lately, and_(LogSample.draw_id.is_(None), LogSample.day >= (now - YEAR).date())))
    ).all()
    outcomes = Counter(outcome for outcome, _reasons in rows)
    reasons = Counter(reason for _outcome, of_it in rows for reason in of_it)
    return Figures(
        draws,
        readings,
        len(rows),
        outcomes[None],
        tuple((one, outcomes[one]) for one in ReviewOutcome),
        tuple((one, reasons[one.value]) for one in DrawnFor),
    )
