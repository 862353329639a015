"""The team of a case: who is in it, and conflict of interest declared before access (FL 16–18 §§)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, TeamMember
from ...models.notices import NoticeKind
from ...models.people import User
from ...models.vocabulary import N_, Role, TeamRole
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from .plan_inspection import FINISHED, active_users
from .record_event import record_event
from .tell import tell
from .whom_to_tell import in_team, supervising

ROLE_FOR: dict[TeamRole, Role] = {
    TeamRole.INSPECTOR: Role.INSPECTOR,
    TeamRole.CO_INSPECTOR: Role.INSPECTOR,
    TeamRole.DECISION_MAKER: Role.SUPERVISOR,
    TeamRole.PEER_REVIEWER: Role.PEER_REVIEWER,
    TeamRole.LAWYER: Role.LAWYER,
}
"""What a person must be at the authority to have a part in a team."""

ONE_OF_A_KIND = frozenset({TeamRole.INSPECTOR, TeamRole.DECISION_MAKER})


def candidates(db: Session, inspection: Inspection) -> Sequence[User]:
    """Those who can be added to the team."""
    already = {member.user_id for member in inspection.team}
    return [user for user in active_users(db, *set(ROLE_FOR.values())) if user.id not in already]


def _check(actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.ASSIGN_TEAM, inspection):
        raise NotAllowed(N_("The team is chosen by the responsible inspector or a supervisor."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed, so its team stands as it is."))


def add_member(
    db: Session, *, actor: Actor, inspection: Inspection, user_id: UUID, role: TeamRole, now: datetime
) -> TeamMember:
    """Give a person a part in the case. They see nothing of it until they have declared.

    Raises NotAllowed, NotPossibleNow on a finished case, Invalid (person or part does not fit), or
    Conflict (already in the team, or the part is taken).
    """
    _check(actor, inspection)
    user = db.get(User, user_id)
    if user is None or user.disabled_at is not None:
        raise Invalid(N_("Choose a person from the list."), {"field": "user"})
    if ROLE_FOR[role] not in {item.role for item in user.roles}:
        raise Invalid(
            N_("%(name)s does not have the role at the authority that this part needs."),
            {"field": "role", "name": user.name},
        )
    if any(member.user_id == user_id for member in inspection.team):
        raise Conflict(N_("%(name)s is in the team already."), {"field": "user", "name": user.name})
    holder = next((m for m in inspection.team if m.role is role and m.user_id is not None), None)
    if role in ONE_OF_A_KIND and holder is not None:
        raise Conflict(
            N_("%(name)s has this part. Remove them first, then add the new person."),
            {"field": "role", "name": holder.name},
        )
    member = TeamMember(
        inspection_id=inspection.id,
        user_id=user.id,
        name=user.name,
        role=role,
        position=max((m.position for m in inspection.team), default=-1) + 1,
    )
    inspection.team.append(member)
    record_event(
        db,
        EventKind.TEAM_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        member=member.id,
        role=role.value,
        change="added",
    )
    db.flush()
    tell(
        db,
        users={user_id} - {actor.user_id},
        kind=NoticeKind.ADDED_TO_TEAM,
        inspection=inspection.id,
        now=now,
    )
    return member


def remove_member(
    db: Session, *, actor: Actor, inspection: Inspection, member_id: UUID, now: datetime
) -> None:
    """Take a person out of the team; the case is closed to them from then on.

    Raises NotAllowed, NotFound, NotPossibleNow (finished case, or the responsible inspector removes
    themselves).
    """
    _check(actor, inspection)
    member = next((m for m in inspection.team if m.id == member_id), None)
    if member is None:
        raise NotFound(N_("That person is not in the team any more."))
    if member.user_id == actor.user_id and not member.has_conflict and member.role is TeamRole.INSPECTOR:
        raise NotPossibleNow(
            N_("You are the responsible inspector. Ask a supervisor to hand the case to somebody else first.")
        )
    inspection.team.remove(member)
    record_event(
        db,
        EventKind.TEAM_CHANGED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        member=member.id,
        role=member.role.value,
        change="removed",
    )


def declare_conflict(
    db: Session, *, actor: Actor, inspection: Inspection, has_conflict: bool, note: str, now: datetime
) -> None:
    """The actor says whether they have a conflict of interest (FL 16 §), before they see the case.

    With a conflict the case is closed to them at once (FL 17 §) and the team is told to replace them.
    A declared conflict is not taken back by the person alone. Raises NotAllowed, Invalid, NotPossibleNow.
    """
    if not may(actor, Permission.DECLARE_CONFLICT, inspection):
        raise NotAllowed(N_("Only those in the team declare conflict of interest."))
    mine = [member for member in inspection.team if member.user_id == actor.user_id]
    if any(member.has_conflict for member in mine):
        raise NotPossibleNow(
            N_("You have declared a conflict of interest. Ask a supervisor if that was a mistake.")
        )
    if has_conflict and len(note.strip()) < 5:
        raise Invalid(
            N_("Write in a few words what the conflict is, so that somebody else can take over."),
            {"field": "conflict_note"},
        )
    for member in mine:
        member.declared_at = now
        member.has_conflict = has_conflict
        member.conflict_note = note.strip() if has_conflict else ""
    record_event(
        db,
        EventKind.CONFLICT_DECLARED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        conflict=has_conflict,
    )
    if has_conflict:
        db.flush()
        users = supervising(db) | in_team(db, inspection.id, (TeamRole.INSPECTOR,))
        tell(
            db,
            users=users - {actor.user_id},
            kind=NoticeKind.CONFLICT_FOUND,
            inspection=inspection.id,
            now=now,
        )
