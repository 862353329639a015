"""Everything that one grave account's own page shows, with the words: for those who may read the case."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.codings import Coding, Passage
from ...models.grave_accounts import Investigation
from ...models.inspections import AcuteStep, Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.people import User
from ..rules.grave_accounts import Account
from ..rules.two_coders import Segment, segments
from ..rules.weighing.configuration import GRAVE
from .find_accounts import find_account


@dataclass(frozen=True, slots=True)
class AccountRead:
    """One account with its words. `marked` cuts the text where the account is a passage of it.

    `codings` are the judgements as grave; each list has the oldest first. `names` are people's by id.
    """

    account: Account
    statement: Statement
    source: Interview | Evidence
    marked: tuple[Segment, ...]
    codings: tuple[Coding, ...]
    steps: tuple[AcuteStep, ...]
    investigations: tuple[Investigation, ...]
    names: dict[UUID, str]


def read_account(db: Session, inspection: Inspection, label: str) -> AccountRead:
    """The account `label` of `inspection`, whole. Raises NotFound. Access is asked by the caller."""
    account = find_account(db, inspection, label)
    statement = db.get_one(Statement, account.statement_id)
    source: Interview | Evidence = (
        db.get_one(Interview, statement.interview_id)
        if statement.interview_id
        else db.get_one(Evidence, statement.evidence_id)
    )
    passage = db.get_one(Passage, account.passage_id) if account.passage_id else None
    codings = db.scalars(
        select(Coding)
        .where(Coding.unit_id == account.unit_id, Coding.severity >= GRAVE)
        .order_by(Coding.coded_at, Coding.id)
    ).all()
    steps = db.scalars(
        select(AcuteStep)
        .where(AcuteStep.statement_id == account.statement_id)
        .order_by(AcuteStep.at, AcuteStep.id)
    ).all()
    investigations = find_investigations(db, account)
    people = {
        account.led_by_id,
        account.recorded_by_id,
        *(one.coder_id for one in codings),
        *(one.by_id for one in steps),
        *(key for one in investigations for key in (one.by_id, one.countersigned_by_id, one.returned_by_id)),
    }
    return AccountRead(
        account=account,
        statement=statement,
        source=source,
        marked=segments(statement.text, [(passage.label, passage.begins, passage.ends)] if passage else []),
        codings=tuple(codings),
        steps=tuple(steps),
        investigations=tuple(investigations),
        names=names_of(db, {key for key in people if key}),
    )


def find_investigations(db: Session, account: Account) -> list[Investigation]:
    """Every investigation of the account, the oldest first."""
    return list(
        db.scalars(
            select(Investigation)
            .where(
                Investigation.statement_id == account.statement_id,
                Investigation.passage_id == account.passage_id
                if account.passage_id
                else Investigation.passage_id.is_(None),
            )
            .order_by(Investigation.at, Investigation.id)
        )
    )


def names_of(db: Session, people: set[UUID]) -> dict[UUID, str]:
    return {row.id: row.name for row in db.execute(select(User.id, User.name).where(User.id.in_(people)))}
