"""Plan an inspection, and change the plan as long as the case is open."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack, packs_for
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection, TeamMember
from ...models.people import User, UserRole
from ...models.reached_rows import NUMBERS
from ...models.register import Home
from ...models.vocabulary import N_, Role, State, TeamRole
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.reach import reaching_also
from ..rules.access import Actor, Permission, may
from .record_event import record_event

DNR = re.compile(r"[0-9A-Za-z.-]{1,40}")
FINISHED = frozenset({State.CLOSED, State.ARCHIVED})


def plan_inspection(
    db: Session,
    *,
    actor: Actor,
    home_id: UUID,
    dnr: str,
    title: str,
    announced: bool,
    planned_on: date | None,
    focus_areas: Sequence[str],
    risk_note: str,
    inspector_id: UUID | None = None,
    pack: str | None = None,
    now: datetime,
) -> Inspection:
    """A new case. A supervisor who plans names the responsible inspector and becomes decision-maker;
    an inspector who plans becomes responsible inspector.

    `pack` is among those made for the kind of activity of the home; it may be left out where there is one.

    Raises NotAllowed, NotFound (home), Invalid, or Conflict when the number is taken.
    """
    if not may(actor, Permission.PLAN_INSPECTION):
        raise NotAllowed(N_("Inspections are planned by inspectors and supervisors."))
    home = db.get(Home, home_id)
    if home is None:
        raise NotFound(N_("There is no such home in the register."))
    pack = chosen_pack(home, pack)
    dnr = dnr.strip()
    if not DNR.fullmatch(dnr) or not dnr.strip("."):
        raise Invalid(
            N_("Use digits, letters, hyphens and full stops in the registration number, as in 2026-00123."),
            {"field": "dnr"},
        )
    with reaching_also(db, NUMBERS):
        is_taken = db.scalar(select(Inspection.id).where(Inspection.dnr == dnr)) is not None
    if is_taken:
        raise Conflict(N_("There is a case with this registration number already."), {"field": "dnr"})
    inspection = Inspection(
        dnr=dnr,
        title=_titled(title),
        home_id=home_id,
        pack=pack,
        announced=announced,
        state=State.PLANNED,
        planned_on=planned_on,
        risk_note=risk_note.strip(),
        created_at=now,
        state_since=now,
    )
    inspection.focus_areas = _areas(pack, focus_areas)
    db.add(inspection)
    db.flush()
    for position, (role, user) in enumerate(_first_team(db, actor, inspector_id)):
        db.add(
            TeamMember(
                inspection_id=inspection.id, user_id=user.id, name=user.name, role=role, position=position
            )
        )
    db.flush()
    record_event(db, EventKind.INSPECTION_PLANNED, actor=actor, now=now, inspection_id=inspection.id)
    return inspection


def chosen_pack(home: Home, pack: str | None) -> str:
    """The pack to inspect `home` by: the chosen one, or the only one made for its kind of activity.

    Raises Invalid at `home` when no pack is made for it, at `pack` when it must be chosen from several.
    """
    offered = [card.id for card in packs_for(home.kind)]
    if not offered:
        raise Invalid(N_("No pack is made for this kind of activity."), {"field": "home"})
    if pack is None and len(offered) == 1:
        return offered[0]
    if pack not in offered:
        raise Invalid(N_("Choose what the inspection goes by."), {"field": "pack"})
    return pack


def _first_team(db: Session, actor: Actor, inspector_id: UUID | None) -> list[tuple[TeamRole, User]]:
    me = db.get_one(User, actor.user_id)
    if Role.SUPERVISOR not in actor.roles or inspector_id == actor.user_id:
        return [(TeamRole.INSPECTOR, me)]
    if inspector_id is None:
        raise Invalid(N_("Choose who is the responsible inspector."), {"field": "inspector"})
    inspector = next((user for user in active_users(db, Role.INSPECTOR) if user.id == inspector_id), None)
    if inspector is None:
        raise Invalid(N_("Choose an inspector from the list."), {"field": "inspector"})
    return [(TeamRole.INSPECTOR, inspector), (TeamRole.DECISION_MAKER, me)]


def active_users(db: Session, *roles: Role) -> Sequence[User]:
    """Those with an open account and any of `roles`, by name."""
    having = select(UserRole.user_id).where(UserRole.role.in_(roles))
    return db.scalars(
        select(User).where(User.disabled_at.is_(None), User.id.in_(having)).order_by(User.name, User.id)
    ).all()


def plan_stamp(inspection: Inspection) -> str:
    """A fingerprint of the plan as it stands: a form carries it, so that a stale save is noticed."""
    plan = [
        inspection.title,
        inspection.announced,
        str(inspection.planned_on),
        sorted(inspection.focus_areas),
        inspection.risk_note,
    ]
    return hashlib.sha256(json.dumps(plan).encode()).hexdigest()[:16]


def change_plan(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    made_from: str,
    title: str,
    announced: bool,
    planned_on: date | None,
    focus_areas: Sequence[str],
    risk_note: str,
    now: datetime,
) -> Inspection:
    """Change the plan. `made_from` is the `plan_stamp` of the plan that the change was made from.

    Raises NotAllowed, NotPossibleNow on a finished case, Invalid, or Conflict when somebody else
    changed the plan in the meantime (`theirs` holds title and risk note as they now stand).
    """
    if not may(actor, Permission.LEAD_INSPECTION, inspection):
        raise NotAllowed(N_("The plan is changed by the responsible inspector or the decision-maker."))
    if inspection.state in FINISHED:
        raise NotPossibleNow(N_("The case is closed, so its plan stands as it is."))
    if made_from != plan_stamp(inspection):
        raise Conflict(
            N_("Somebody else changed the plan while you were writing. Compare, and save again."),
            theirs={"title": inspection.title, "risk_note": inspection.risk_note},
        )
    inspection.title = _titled(title)
    inspection.announced = announced
    inspection.planned_on = planned_on
    inspection.focus_areas = _areas(inspection.pack, focus_areas)
    inspection.risk_note = risk_note.strip()
    record_event(db, EventKind.INSPECTION_CHANGED, actor=actor, now=now, inspection_id=inspection.id)
    return inspection


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not 1 <= len(title) <= 200:
        raise Invalid(N_("Write a title of at most 200 characters."), {"field": "title"})
    return title


def _areas(pack: str, chosen: Sequence[str]) -> list[str]:
    known = [area.id for area in load_pack(pack).areas]
    unknown = set(chosen) - set(known)
    if unknown:
        raise Invalid(N_("Choose focus areas from the list."), {"field": "focus_areas"})
    return [area for area in known if area in chosen]
