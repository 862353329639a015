"""The register of cases: who sees it, what it says, and what it keeps to itself."""

from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tillsyn.inspect.services.list_diary import list_diary
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.vocabulary import Role, State, TeamRole


def secret(db: Session) -> Inspection:
    made = make_inspection(db)
    made.announced, made.state, made.visit_started_at = False, State.PLANNED, None
    db.flush()
    return made


def numbers(db: Session, *roles: Role, text: str = "") -> set[str]:
    return {one.dnr for one in list_diary(db, acting(make_user(db, *roles)), text=text).rows}


def test_a_registrar_finds_a_case_by_number_home_and_provider(db: Session) -> None:
    made, other = make_inspection(db), make_inspection(db)
    db.flush()
    home = made.home
    for text in (made.dnr, home.name, home.provider.name):
        found = numbers(db, Role.REGISTRAR, text=text)
        assert made.dnr in found, text
    assert numbers(db, Role.REGISTRAR, text=made.dnr.upper()) == {made.dnr}
    assert other.dnr in numbers(db, Role.REGISTRAR)


def test_the_title_that_somebody_typed_is_not_searched_and_not_in_it(db: Session) -> None:
    """OSL 5 kap. 2 §: a subject that names nobody is put together, not typed."""
    made = make_inspection(db, title="Zinkgruvan berättar")
    db.flush()
    assert numbers(db, Role.REGISTRAR, text="Zinkgruvan") == set()
    line = next(
        one for one in list_diary(db, acting(make_user(db, Role.REGISTRAR))).rows if one.dnr == made.dnr
    )
    assert "Zinkgruvan" not in repr(line)


def test_a_visit_that_is_secret_is_in_it_for_its_team_alone(db: Session) -> None:
    """OSL 17 kap. 1 §."""
    made = secret(db)
    assert made.dnr not in numbers(db, Role.REGISTRAR)
    assert made.dnr not in numbers(db, Role.SUPERVISOR)
    user = make_user(db, Role.SUPERVISOR)
    db.add(
        TeamMember(
            inspection_id=made.id, user_id=user.id, name=user.name, role=TeamRole.DECISION_MAKER,
            declared_at=NOW,
        )
    )  # fmt: skip
    db.flush()
    assert made.dnr in {one.dnr for one in list_diary(db, acting(user)).rows}


def test_nobody_else_reads_it(db: Session) -> None:
    make_inspection(db)
    for role in (Role.INSPECTOR, Role.ADMINISTRATOR, Role.LOG_REVIEWER, Role.PROVIDER):
        assert numbers(db, role) == set()
