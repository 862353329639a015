"""Note that the e-archive has confirmed that it has a case: a rule may wait for that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.retention import ArchivePackage
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .record_event import record_event


def confirm_package(db: Session, *, actor: Actor, package_id: UUID, now: datetime) -> ArchivePackage:
    """By another than who made the package. Raises NotAllowed, NotFound, NotPossibleNow."""
    if not may(actor, Permission.SEE_RETENTION):
        raise NotAllowed(N_("Registrars and supervisors note what the e-archive has confirmed."))
    package = db.get(ArchivePackage, package_id)
    if package is None:
        raise NotFound(N_("There is no such package."))
    if package.made_by_id == actor.user_id:
        raise NotAllowed(N_("You made the package yourself: another person notes that the e-archive has it."))
    if package.taken_over_at is not None:
        raise NotPossibleNow(N_("It is noted already that the e-archive has the package."))
    package.taken_over_at, package.taken_over_by_id = now, actor.user_id
    record_event(
        db, EventKind.PACKAGE_TAKEN_OVER, actor=actor, now=now, inspection_id=package.inspection_id,
        package=package.id,
    )  # fmt: skip
    return package
