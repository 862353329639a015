"""What needs a decision from a person, and why, since when, by when and how grave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.assessments import Finding
from ...models.inspections import Inspection, TeamMember
from ...models.letter_vocabulary import OPINIONS, LetterKind
from ...models.letters import Letter, Review
from ...models.sanctions import SanctionMatter
from ...models.vocabulary import TeamRole
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.decision_queue import Ask, Matter, due_by, in_order
from ..rules.grave_accounts import Account
from ..rules.sanctions import HEARD_BY_LAW, hear_by
from .pursue_sanction import breach_of
from .start_pages import CaseWork

Gravity = Mapping[UUID, tuple[int, bool]]
"""By case: the highest legal level of its findings, and whether a breach in it can cost a fee."""


@dataclass(frozen=True, slots=True)
class Waits:
    """One row of the queue. `letter`: which kind, where it is one; `accounts`: those that are left."""

    matter: Matter
    inspection: Inspection
    letter: LetterKind | None = None
    accounts: tuple[Account, ...] = ()
    lacks_lawyer: bool = False
    """A letter that can be returned, and approved only when the lawyer has given an opinion on it."""


def list_decisions(db: Session, actor: Actor, work: CaseWork, *, now: datetime) -> list[Waits]:
    """The queue of `actor`, what to take first standing first.

    `work`: what start_pages has found for them already. Three questions to the database, however much waits,
    and one where a lawyer takes part.
    """
    cases = {one.id: one for one in work.open_cases}
    grave = _gravity(db, list(cases))
    found = [
        *_accounts(actor, work, grave),
        *_letters(actor, work, grave, _said(db, actor, list(cases))),
        *_sanctions(actor, cases, grave, _matters(db, list(cases))),
        *(_waits(Ask.DECISION, one, one.state_since, grave) for one in work.to_decide),
    ]
    rows = {id(one.matter): one for one in found}
    unheard = _without_lawyer(db, found)
    for one in found:
        if one.inspection.id in unheard and _asks_to_approve(one):
            rows[id(one.matter)] = replace(one, lacks_lawyer=True)
    today = _day(now)
    return [rows[id(matter)] for matter in in_order((one.matter for one in found), today)]


def _waits(
    ask: Ask,
    case: Inspection,
    since: datetime,
    grave: Gravity,
    *,
    due_on: date | None = None,
    acute: bool = False,
    law: str = "",
) -> Waits:
    level, sanction = grave.get(case.id, (0, False))
    due = due_on or due_by(ask, _day(since))
    return Waits(Matter(ask, case.dnr, since, due, level, sanction, acute, law), case)


def _accounts(actor: Actor, work: CaseWork, grave: Gravity) -> Iterable[Waits]:
    acute = {one.inspection.id for one in work.acute}
    for case, accounts in work.accounts:
        if may(actor, Permission.DECIDE, case) or may(actor, Permission.ADVISE_ON_LETTER, case):
            danger = case.id in acute or any(one.is_acute for one in accounts)
            since = min(one.first_coded_at for one in accounts)
            row = _waits(Ask.ACCOUNT, case, since, grave, acute=danger)
            yield replace(row, accounts=tuple(accounts))


def _letters(
    actor: Actor, work: CaseWork, grave: Gravity, said: Mapping[tuple[UUID, LetterKind], datetime]
) -> Iterable[Waits]:
    """A verdict is asked of the decision-maker; of the others an opinion, each time it is handed in."""
    for waiting in work.in_review:
        case, since = waiting.inspection, waiting.since
        if since is None:
            continue
        if may(actor, Permission.REVIEW_LETTER, case):
            yield replace(_waits(Ask.REVIEW, case, since, grave), letter=waiting.kind)
        elif may(actor, Permission.ADVISE_ON_LETTER, case):
            last = said.get((case.id, waiting.kind))
            if last is None or last < since:
                yield replace(_waits(Ask.OPINION, case, since, grave), letter=waiting.kind)


def _sanctions(
    actor: Actor, cases: Mapping[UUID, Inspection], grave: Gravity, matters: Iterable[SanctionMatter]
) -> Iterable[Waits]:
    """Until the operator is heard, the day is the law's own: SoL 28 kap. 20 §."""
    for matter in matters:
        case = cases[matter.inspection_id]
        unheard = matter.heard_on is None
        due_on, law = (hear_by(breach_of(matter)), HEARD_BY_LAW) if unheard else (None, "")
        if matter.lawyer_at is None and may(actor, Permission.ADVISE_ON_SANCTION, case):
            yield _waits(Ask.SANCTION_OPINION, case, matter.opened_at, grave, due_on=due_on, law=law)
        elif may(actor, Permission.DECIDE, case) and (matter.lawyer_at or not _has_lawyer(case)):
            since = matter.lawyer_at or matter.opened_at
            yield _waits(Ask.SANCTION, case, since, grave, due_on=due_on, law=law)


def _has_lawyer(case: Inspection) -> bool:
    """Whether somebody can give the opinion that the decision waits for; if not, the decider sees it."""
    return any(one.role is TeamRole.LAWYER and not one.has_conflict for one in case.team)


def _asks_to_approve(one: Waits) -> bool:
    """Of the letter that a lawyer must have seen (services/review_letter.py)."""
    is_it = one.matter.ask is Ask.REVIEW and one.letter is LetterKind.FEEDBACK
    return is_it and one.matter.needs_lawyer


def _without_lawyer(db: Session, found: Iterable[Waits]) -> set[UUID]:
    """The cases whose letter waits for an opinion of their lawyer, as it was handed in last."""
    cases = {one.inspection.id for one in found if _asks_to_approve(one)}
    if not cases:
        return set()
    heard = db.scalars(
        select(Letter.inspection_id)
        .join(Review, Review.letter_id == Letter.id)
        .join(
            TeamMember,
            and_(TeamMember.inspection_id == Letter.inspection_id, TeamMember.user_id == Review.by_id),
        )
        .where(
            among(Letter.inspection_id, cases),
            Letter.kind == LetterKind.FEEDBACK,
            Review.verdict.in_(OPINIONS),
            Review.at >= Letter.submitted_at,
            TeamMember.role == TeamRole.LAWYER,
            ~TeamMember.has_conflict,
        )
    )
    return cases - set(heard)


def _gravity(db: Session, cases: Sequence[UUID]) -> dict[UUID, tuple[int, bool]]:
    """The highest level of each case, and whether a breach in it can cost a fee."""
    if not cases:
        return {}
    rows = db.execute(
        select(
            Finding.inspection_id,
            func.max(Finding.level),
            func.count(Finding.id).filter(Finding.sanction),
        )
        .where(among(Finding.inspection_id, cases))
        .group_by(Finding.inspection_id)
    )
    return {key: (int(level or 0), bool(fees)) for key, level, fees in rows}


def _said(db: Session, actor: Actor, cases: Sequence[UUID]) -> dict[tuple[UUID, LetterKind], datetime]:
    """When the actor last gave an opinion on each letter."""
    if not cases:
        return {}
    rows = db.execute(
        select(Letter.inspection_id, Letter.kind, func.max(Review.at))
        .join(Review, Review.letter_id == Letter.id)
        .where(
            among(Letter.inspection_id, cases), Review.by_id == actor.user_id, Review.verdict.in_(OPINIONS)
        )
        .group_by(Letter.inspection_id, Letter.kind)
    )
    return {(key, kind): at for key, kind, at in rows}


def _matters(db: Session, cases: Sequence[UUID]) -> Iterable[SanctionMatter]:
    if not cases:
        return ()
    return db.scalars(
        select(SanctionMatter).where(
            among(SanctionMatter.inspection_id, cases), SanctionMatter.outcome.is_(None)
        )
    ).all()


def _day(moment: datetime) -> date:
    return moment.astimezone(SWEDEN).date()
