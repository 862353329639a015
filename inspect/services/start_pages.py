"""What waits for a person when they sign in: plain rows, found with a handful of questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.assessments import Finding
from ...models.decisions import Communication, Decision
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import AcuteStep, Inspection, SelfAssessment
from ...models.letter_vocabulary import LetterKind, LetterState, Verdict
from ...models.letters import Letter, Review
from ...models.people import User
from ...models.register import Home
from ...models.vocabulary import FindingKind, Role, State
from ..outside.clock import SWEDEN
from ..outside.reach import come_near_to
from ..rules.access import Actor, Permission, may
from ..rules.case_parts import BEFORE_THE_VISIT
from ..rules.grave_accounts import Account
from .find_inspection import going_on_in_team_of, needs_staff, seen_in_list, with_team
from .list_accounts import accounts_of_cases, list_accounts
from .list_deadlines import GOING_ON, Deadline, list_deadlines
from .long_lists import count_of
from .provider_homes import homes_of
from .waiting_letters import WaitingLetter, waiting_letters

DURING_THE_VISIT = (*BEFORE_THE_VISIT, State.CHILDREN, State.OTHER_TALKS)
SOON = timedelta(days=7)
SHOWN = 10
"""How many cases of a list that can be long stand on a first page; the rest are a press away."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits in a case: since when, by whom and why, when that is known."""

    inspection: Inspection
    since: datetime | None = None
    by: str = ""
    reason: str = ""
    kind: LetterKind = LetterKind.FEEDBACK
    """Which letter, where it is one."""


@dataclass(slots=True)
class CaseWork:
    """What waits for somebody at the authority who works in cases; each list has its own order."""

    acute: list[Waiting] = field(default_factory=list)
    accounts: list[tuple[Inspection, list[Account]]] = field(default_factory=list)
    known_accounts: dict[UUID, list[Account]] = field(default_factory=dict)
    """Every grave account of the open cases, also those that no longer wait."""
    to_declare: list[Inspection] = field(default_factory=list)
    visits: list[Inspection] = field(default_factory=list)
    returned: list[Waiting] = field(default_factory=list)
    answered: list[Waiting] = field(default_factory=list)
    in_review: list[Waiting] = field(default_factory=list)
    to_staff: list[Inspection] = field(default_factory=list)
    """The first SHOWN of them."""
    all_to_staff: int = 0
    """How many there are, when there may be more than are shown."""
    to_decide: list[Inspection] = field(default_factory=list)
    to_send: list[WaitingLetter] = field(default_factory=list)
    deadlines: list[tuple[Deadline, Inspection]] = field(default_factory=list)
    open_cases: list[Inspection] = field(default_factory=list)
    """Those in whose team the person is and that are open to them, in the order of the way."""
    per_state: dict[State, int] = field(default_factory=dict)
    """For a supervisor: how many of the unit's cases stand in each step."""


def case_work(db: Session, actor: Actor, *, now: datetime) -> CaseWork:
    """The work of `actor` in cases: of their own, and for a supervisor what the unit has to staff."""
    work = CaseWork()
    if not may(actor, Permission.SEE_INSPECTIONS):
        return work
    own = going_on_in_team_of(db, actor)
    come_near_to(db, [i.id for i in own])
    mine = [i for i in own if may(actor, Permission.READ_INSPECTION, i)]
    mine.sort(key=lambda i: (list(State).index(i.state), i.planned_on or date.max, i.dnr))
    work.open_cases = mine
    work.to_declare = [i for i in own if _has_to_declare(actor, i)]
    by_id = {inspection.id: inspection for inspection in mine}
    today = now.astimezone(SWEDEN).date()
    work.known_accounts = accounts_of_cases(db, mine)
    work.accounts = list_accounts(db, actor, mine, work.known_accounts)
    work.acute = _acute(db, mine)
    inspecting = [i for i in mine if may(actor, Permission.RECORD_IN_INSPECTION, i)]
    work.visits = sorted(
        (i for i in inspecting if i.planned_on and i.state in DURING_THE_VISIT),
        key=lambda i: i.planned_on or date.max,
    )
    dated = list_deadlines(db, list(by_id))
    work.deadlines = [(one, by_id[one.inspection_id]) for one in dated if one.on <= today + SOON]
    work.to_send = waiting_letters(db, actor, by_id, dated, today=today)
    _letters(db, actor, by_id, work)
    _answers(db, actor, {i.id: i for i in inspecting}, work)
    if Role.SUPERVISOR in actor.roles:
        work.to_decide = _to_decide(db, actor, mine)
        _of_the_unit(db, actor, work)
    return work


def _has_to_declare(actor: Actor, inspection: Inspection) -> bool:
    own = [m for m in inspection.team if m.user_id == actor.user_id]
    return any(m.declared_at is None for m in own) and not any(m.has_conflict for m in own)


def _of_the_unit(db: Session, actor: Actor, work: CaseWork) -> None:
    """What a supervisor has to staff, the longest waiting first, and how many cases stand in each step."""
    going_on = Inspection.state.in_(GOING_ON)
    unstaffed = select(Inspection.id).where(seen_in_list(actor), going_on, needs_staff())
    # Not by the index over the time: those to staff are few among all, and are found first.
    longest = func.coalesce(Inspection.created_at, Inspection.created_at)
    lacking = unstaffed.cte("lacking").prefix_with("MATERIALIZED", dialect="postgresql")
    found = with_team().where(Inspection.id.in_(select(lacking.c.id))).order_by(longest)
    work.to_staff = list(db.scalars(found.limit(SHOWN)))
    if len(work.to_staff) == SHOWN:
        work.all_to_staff = count_of(db, unstaffed)
    counted = select(Inspection.state, func.count()).where(seen_in_list(actor), going_on)
    numbers: dict[State, int] = dict(db.execute(counted.group_by(Inspection.state)).all())
    work.per_state = {state: numbers[state] for state in State if state in numbers}


def _acute(db: Session, cases: Sequence[Inspection]) -> list[Waiting]:
    rows = db.execute(
        select(AcuteStep.inspection_id, func.min(AcuteStep.at).label("opened"))
        .where(among(AcuteStep.inspection_id, [i.id for i in cases]))
        .group_by(AcuteStep.inspection_id)
        .order_by("opened")
    )
    by_id = {inspection.id: inspection for inspection in cases}
    return [Waiting(by_id[key], opened) for key, opened in rows]


def _letters(db: Session, actor: Actor, cases: dict[UUID, Inspection], work: CaseWork) -> None:
    """Letters in review for those who review; letters returned for those who write."""
    latest = (
        select(Review.letter_id, func.max(Review.at).label("at"))
        .where(Review.verdict == Verdict.RETURNED)
        .group_by(Review.letter_id)
        .subquery()
    )
    reviewer = select(User.id, User.name).subquery()
    rows = db.execute(
        select(Letter, Review, reviewer.c.name)
        .outerjoin(latest, latest.c.letter_id == Letter.id)
        .outerjoin(
            Review,
            and_(
                Review.letter_id == Letter.id,
                Review.at == latest.c.at,
                Review.verdict == Verdict.RETURNED,
            ),
        )
        .outerjoin(reviewer, reviewer.c.id == Review.by_id)
        .where(
            among(Letter.inspection_id, list(cases)),
            Letter.state.in_((LetterState.RETURNED, LetterState.IN_REVIEW)),
        )
        .order_by(Letter.submitted_at)
    )
    for letter, review, name in rows:
        inspection = cases[letter.inspection_id]
        if letter.state is LetterState.IN_REVIEW:
            if may(actor, Permission.REMARK_ON_LETTER, inspection):
                work.in_review.append(Waiting(inspection, letter.submitted_at, kind=letter.kind))
        elif may(actor, Permission.WRITE_LETTER, inspection):
            work.returned.append(
                Waiting(
                    inspection,
                    review.at if review else None,
                    name or "",
                    review.reason if review else "",
                    letter.kind,
                )
            )


def _answers(db: Session, actor: Actor, cases: dict[UUID, Inspection], work: CaseWork) -> None:
    """Answers and replies that this person has not opened since they came."""

    def unseen(since: object, page: str) -> object:
        return ~exists().where(
            and_(
                Event.inspection_id == Inspection.id,
                Event.actor_id == actor.user_id,
                Event.kind == EventKind.INSPECTION_READ,
                Event.details["page"].as_string() == page,
                Event.at >= since,
            )
        )

    rows = db.execute(
        select(Inspection.id, Letter.answers_sent_at, Communication.replied_at)
        .outerjoin(Letter, and_(Letter.inspection_id == Inspection.id, Letter.kind == LetterKind.FEEDBACK))
        .outerjoin(Communication, Communication.inspection_id == Inspection.id)
        .where(
            among(Inspection.id, list(cases)),
            or_(
                and_(
                    Letter.answers_sent_at.is_not(None),
                    unseen(Letter.answers_sent_at, "dialogue.answers"),  # type: ignore[arg-type]
                ),
                and_(
                    Communication.replied_at.is_not(None),
                    unseen(Communication.replied_at, "dialogue.communication"),  # type: ignore[arg-type]
                    Inspection.state == State.COMMUNICATION,
                ),
            ),
        )
    )
    work.answered = [Waiting(cases[key], answered or replied) for key, answered, replied in rows]


def _to_decide(db: Session, actor: Actor, cases: Sequence[Inspection]) -> list[Inspection]:
    ready = [i for i in cases if i.state is State.DECISION and may(actor, Permission.DECIDE, i)]
    if not ready:
        return []
    decided = set(
        db.scalars(select(Decision.inspection_id).where(among(Decision.inspection_id, [i.id for i in ready])))
    )
    return [i for i in ready if i.id not in decided]


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """A letter that the provider has: when it came, by when it asks, and whether the answers are sent."""

    letter_id: UUID
    home: str
    sent_at: datetime
    answered_at: datetime | None
    due_on: date | None
    """The first day by which a deficiency is to be put right and accounted for."""


def letters_of_provider(db: Session, actor: Actor) -> list[ProviderCard]:
    """Sent letters to the actor's own provider, those without sent answers first."""
    if not may(actor, Permission.ANSWER_LETTERS) or actor.provider_id is None:
        return []
    due_on = (
        select(func.min(Finding.due_on))
        .where(Finding.inspection_id == Letter.inspection_id, Finding.kind == FindingKind.DEFICIENCY)
        .scalar_subquery()
    )
    rows = db.execute(
        select(Letter.id, Home.name, Letter.sent_at, Letter.answers_sent_at, due_on)
        .join(Inspection, Inspection.id == Letter.inspection_id)
        .join(Home, Home.id == Inspection.home_id)
        .where(
            homes_of(actor),
            Letter.kind == LetterKind.FEEDBACK,
            Letter.state == LetterState.SENT,
        )
        .order_by(Letter.answers_sent_at.is_not(None), Letter.sent_at.desc())
        .limit(20)
    )
    return [ProviderCard(key, name, sent, answered, due) for key, name, sent, answered, due in rows if sent]


def self_assessments_asked_for(db: Session, actor: Actor) -> list[tuple[str, date | None]]:
    """Name of the home and day of each announced visit that the manager is asked to write before."""
    if not may(actor, Permission.ASSESS_ONESELF) or actor.home_id is None:
        return []
    rows = db.execute(
        select(Home.name, Inspection.planned_on)
        .join(Home, Home.id == Inspection.home_id)
        .outerjoin(SelfAssessment, SelfAssessment.inspection_id == Inspection.id)
        .where(
            Inspection.home_id == actor.home_id,
            Inspection.announced,
            Inspection.state.in_(BEFORE_THE_VISIT),
            SelfAssessment.sent_at.is_(None),
        )
        .order_by(Inspection.planned_on)
    )
    return [(name, day) for name, day in rows]
