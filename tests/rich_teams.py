"""Beside the rich authority: cases of other teams, so that it is seen when a row of theirs is kept back.

Another unit has a case of its own; it has visited the rich authority's home too, before its team did, and is to
go there again, which nobody has been told; and some have more than one task.
"""

import json
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.rich_account import NOW
from tests.rich_case import RichAuthority, rich_inspection_file, with_grave_account
from tests.rich_elsewhere import DNR, build_elsewhere
from tests.rich_way import TEAM, Way
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.settings import Settings
from tillsyn.models.inspections import TeamMember
from tillsyn.models.people import User
from tillsyn.models.register import Home, Provider
from tillsyn.models.vocabulary import Role, State, TeamRole

OTHER_UNIT = frozenset(f"other_unit.{name}" for name in (*TEAM, "provider", "home_manager"))
EARLIER_DNR = "2025-20001"
MIXED = {
    "inspector_registrar": (Role.INSPECTOR, Role.REGISTRAR),
    "inspector_log_reviewer": (Role.INSPECTOR, Role.LOG_REVIEWER),
    "supervisor_registrar": (Role.SUPERVISOR, Role.REGISTRAR),
    "administrator_lawyer": (Role.ADMINISTRATOR, Role.LAWYER),
    "reviewer_of_method": (Role.PEER_REVIEWER, Role.METHOD_OWNER),
}
"""People with two tasks."""
PARTS = {
    "inspector_registrar": (TeamRole.CO_INSPECTOR, ("follow_up", "closed")),
    "inspector_log_reviewer": (TeamRole.CO_INSPECTOR, ("follow_up", "closed")),
    "administrator_lawyer": (TeamRole.LAWYER, ("review", "closed")),
}
"""Their part, and in which cases."""


def build_teams(db: Session, settings: Settings, made: RichAuthority) -> dict[str, UUID]:
    """People by name: of the other unit `other_unit.leader` and so on. Their cases come to `made.cases` as
    `elsewhere`, `earlier`, `secret` and `announced`."""
    there = build_elsewhere(db, settings).people
    home = db.get_one(Home, made.home_id)
    made.cases |= {"elsewhere": DNR, "earlier": EARLIER_DNR}
    file = with_grave_account(rich_inspection_file(home, db.get_one(Provider, home.provider_id)))
    moved = json.loads(json.dumps(file).replace("2026-03-03", "2026-02-03"))
    theirs = {name: made.people[name] for name in ("provider", "home_manager")}
    earlier = Way(db, there | theirs, settings, moved | {"dnr": EARLIER_DNR, "title": "Ett tidigare besök"})
    earlier.go_as_far_as(State.CLOSED)
    leader = db.get_one(User, there["leader"])
    for name, announced in (("secret", False), ("announced", True)):
        case = make_inspection(
            db, state=State.PLANNED, children=0, home=home, team={TeamRole.INSPECTOR: leader},
            announced=announced, planned_on=date(2026, 5, 4),
        )  # fmt: skip
        made.cases[name] = case.dnr
    people = {f"other_unit.{name}": user_id for name, user_id in there.items()}
    for name, roles in MIXED.items():
        people[name] = make_user(db, *roles).id
        if name in PARTS:
            part, cases = PARTS[name]
            for case_name in cases:
                _join(db, people[name], made.cases[case_name], part)
    db.flush()
    return people


def _join(db: Session, user_id: UUID, dnr: str, part: TeamRole) -> None:
    case = find_inspection(db, dnr)
    db.add(TeamMember(
        inspection_id=case.id, user_id=user_id, name=db.get_one(User, user_id).name, role=part,
        position=len(case.team), declared_at=NOW, has_conflict=False,
    ))  # fmt: skip
    db.flush()
    db.expire(case)
