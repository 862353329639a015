"""What one sees in a list is one rule, said twice: as a predicate, and as SQL. They must agree."""

from itertools import combinations, product

from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tillsyn.inspect.rules.access import Permission, may
from tillsyn.inspect.rules.case_parts import is_secret
from tillsyn.inspect.services.find_inspection import find_inspection, in_list_for, list_inspections
from tillsyn.models.inspections import TeamMember
from tillsyn.models.vocabulary import Role, State, TeamRole

VISITS = (State.PLANNED, State.PREPARED, State.CHILDREN, State.PLANNED, State.CLOSED)
SEEING = (Role.INSPECTOR, Role.SUPERVISOR, Role.PEER_REVIEWER, Role.LAWYER)


def test_the_list_and_the_predicate_agree_for_everybody_and_every_case(db: Session) -> None:
    """Each role and pair of roles, in each part of a team: declared, undeclared, in conflict, or outside; the
    visit announced, secret, begun or over."""
    people = [make_user(db, role) for role in Role]
    people += [make_user(db, *pair) for pair in combinations(SEEING, 2)]
    cases = [make_inspection(db, announced=False, state=State.PLANNED).dnr]
    for number, (person, part) in enumerate(product(people, TeamRole)):
        made = make_inspection(
            db, children=0, announced=number % 4 == 0, state=VISITS[number % len(VISITS)],
            visit_started_at=NOW if number % 5 == 0 else None,
        )  # fmt: skip
        conflict, undeclared = number % 3 == 1, number % 3 == 2
        db.add(
            TeamMember(
                inspection_id=made.id,
                user_id=person.id,
                name=person.name,
                role=part,
                position=9,
                has_conflict=conflict,
                declared_at=None if undeclared else made.created_at,
            )
        )
        cases.append(made.dnr)
    db.flush()
    db.expire_all()
    whole = [find_inspection(db, dnr) for dnr in cases]
    seen_by_somebody = set()
    for person in people:
        actor = acting(person)
        allowed = {case.dnr for case in whole if may(actor, Permission.SEE_IN_LIST, case)}
        listed = {case.dnr for case in list_inspections(db, actor)}
        assert listed == allowed, sorted(role.role.value for role in person.roles)
        seen_by_somebody |= listed
    assert cases[0] not in seen_by_somebody, "it is secret, and nobody here is in its team"
    assert {case.dnr for case in whole if not is_secret(case)} <= seen_by_somebody


def test_a_case_is_listed_once_for_a_person_with_two_parts(db: Session) -> None:
    person = make_user(db, Role.INSPECTOR)
    made = make_inspection(db, team={TeamRole.INSPECTOR: person, TeamRole.CO_INSPECTOR: person})
    assert [case.dnr for case in db.scalars(in_list_for(acting(person)))] == [made.dnr]


def test_an_imported_member_without_an_account_gives_nobody_a_way_in(db: Session) -> None:
    made = make_inspection(db)
    db.add(TeamMember(inspection_id=made.id, name="Utan Konto", role=TeamRole.LAWYER, position=9))
    db.flush()
    assert list_inspections(db, acting(make_user(db, Role.LAWYER))) == []
