"""Prepare the text of a report of concern from what the case holds. Nothing is written."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.inspections import AcuteStep, Inspection
from ..errors import NotAllowed
from ..rules.access import Actor
from ..rules.concern_report import Done, Line, Told, compose_report
from ..rules.grave_accounts import Account
from .find_accounts import find_accounts
from .find_letter import name_of
from .read_account import read_account
from .record_acute import ONLY_THEIRS, may_note


def prepare_concern_report(
    db: Session, *, actor: Actor, inspection: Inspection, authority: str, now: datetime
) -> tuple[Line, ...]:
    """The text about every grave account that is not yet dealt with; about all when every one is.

    Raises NotAllowed to others than those who take part in the acute track.
    """
    if not may_note(actor, inspection):
        raise NotAllowed(ONLY_THEIRS)
    every = find_accounts(db, inspection)
    accounts = [one for one in every if one.left] or list(every)
    return compose_report(
        authority=authority,
        home=inspection.home.name,
        municipality=inspection.home.municipality,
        dnr=inspection.dnr,
        told=[_told(db, inspection, one) for one in accounts],
        done=_done(inspection.acute_steps, {one.statement_id for one in accounts}),
        by=actor.name,
        at=now,
    )


def _told(db: Session, inspection: Inspection, account: Account) -> Told:
    read = read_account(db, inspection, account.label)
    return Told(
        label=account.label,
        source=account.source,
        words=read.statement.text,
        at=read.statement.recorded_at,
        heard_by=name_of(db, account.led_by_id or account.recorded_by_id),
        acute=account.is_acute,
        seen=account.is_seen,
    )


def _done(steps: list[AcuteStep], about: set[UUID]) -> list[Done]:
    """The steps about these accounts, and those about a danger that no statement tells of; each once."""
    found: dict[tuple[object, ...], Done] = {}
    for step in steps:
        if step.statement_id is None or step.statement_id in about:
            done = Done(step.reported_to.title, step.at, step.note)
            found.setdefault((done.what, done.at, done.note), done)
    return sorted(found.values(), key=lambda one: one.at)
