"""Commands that let the content of cases out: for whom, what that account may, and the line in the log.

Who has a shell on the server and the data key can read all there is, whatever these commands ask
(docs/decisions/0025-content-by-commands.md). What is kept here is that nothing leaves unseen: a case leaves
for an account with the part in it that its page asks for, and the log names that account, the command and the
account of the machine.
"""

import os
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ..errors import NotAllowed, NotFound
from ..outside.system_user import signed_in_as, system_user
from ..rules.access import Actor, Permission, may
from ..services.find_inspection import NO_SUCH_CASE, find_inspection
from ..services.record_event import record_event
from .work import actor_named

FOR_WHOM = "say whose account it is for: --as EMAIL. The account needs a part in the case, as for its pages."


def _given(_context: click.Context, _option: click.Parameter, email: str | None) -> str:
    if not email or not email.strip():
        raise click.UsageError(FOR_WHOM)
    return email


for_account = click.option(
    "--as",
    "email",
    metavar="EMAIL",
    callback=_given,
    help="The account that it is for, with a part in the case; the log names it.",
)


def case_for(
    db: Session, *, email: str, dnr: str, permission: Permission, command: str, now: datetime
) -> tuple[Actor, Inspection]:
    """The account and the case, when that account may do this in it; and the line in the log.

    What is let out is written after the transaction, so that nothing leaves without its line. Raises NotFound
    for an account that is not there, and for a case that is not there or is closed to the account; NotAllowed
    for another part in the case than it takes. A case opened in need is not open here.
    """
    actor = account_named(db, email)
    inspection = find_inspection(db, dnr)
    if not may(actor, Permission.READ_INSPECTION, inspection):
        raise NotFound(NO_SUCH_CASE)
    if not may(actor, permission, inspection):
        raise NotAllowed(
            "this takes another part in the case than the account %(email)s has", {"email": email}
        )
    record_by_command(db, command=command, actor=actor, inspection=inspection, now=now)
    return actor, inspection


def account_named(db: Session, email: str) -> Actor:
    """The account with this address. Raises NotFound."""
    actor = actor_named(db, email)
    if actor is None:
        raise click.UsageError(FOR_WHOM)
    return actor


def record_by_command(
    db: Session,
    *,
    command: str,
    now: datetime,
    actor: Actor | None = None,
    inspection: Inspection | None = None,
) -> None:
    """The line in the log. No actor: a job of the machine's own, over all cases."""
    record_event(
        db,
        EventKind.CONTENT_BY_COMMAND,
        actor=actor,
        now=now,
        inspection_id=inspection.id if inspection is not None else None,
        command=command,
        system_user=system_user(),
        login=signed_in_as(),
    )


def write_out(path: Path, content: bytes) -> None:
    """Write what is let out, for the eyes of the machine's account alone that runs the command."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(content)
