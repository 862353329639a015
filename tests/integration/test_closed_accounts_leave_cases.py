"""A case whose only inspector can no longer sign in is seen by those who staff cases, a secret one too."""

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tillsyn.inspect.errors import NotFound
from tillsyn.inspect.rules.access import Permission, may
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.manage_users import disable_user
from tillsyn.models.vocabulary import Role, State, TeamRole


@pytest.mark.parametrize("state", [State.PLANNED, State.CLOSED])
def test_a_secret_case_is_not_lost_with_its_inspector(db: Session, state: State) -> None:
    inspector, supervisor = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    co_inspector, administrator = make_user(db, Role.INSPECTOR), make_user(db, Role.ADMINISTRATOR)
    case = make_inspection(
        db, announced=False, state=state,
        team={TeamRole.INSPECTOR: inspector, TeamRole.CO_INSPECTOR: co_inspector},
    )  # fmt: skip
    db.commit()
    before = may(acting(supervisor), Permission.SEE_IN_LIST, find_inspection(db, case.dnr))
    assert before is (state is State.CLOSED)
    disable_user(db, actor=acting(administrator), user_id=inspector.id, now=NOW)
    db.commit()
    db.expire_all()
    found = find_inspection(db, case.dnr)
    assert may(acting(supervisor), Permission.ASSIGN_TEAM, found)
    assert not may(acting(supervisor), Permission.READ_INSPECTION, found)
    names = [one.name for one in found.team]
    assert inspector.name in names, "who it was is still known"
    leads = next(one for one in found.team if one.role is TeamRole.INSPECTOR)
    assert (leads.user_id is None) is (state is State.PLANNED), "a case that is closed is left as it was"
    assert not may(acting(administrator), Permission.SEE_IN_LIST, found)


def test_nothing_is_left_twice(db: Session) -> None:
    inspector = make_user(db, Role.INSPECTOR)
    make_inspection(db, announced=False, team={TeamRole.INSPECTOR: inspector})
    for _ in range(2):
        disable_user(db, actor=None, user_id=inspector.id, now=NOW)
    with pytest.raises(NotFound):
        find_inspection(db, "2026-00000")
