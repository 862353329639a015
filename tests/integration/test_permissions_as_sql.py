"""What one sees in a list is one rule, said twice: as a predicate, and as SQL. They must agree."""

from itertools import combinations, product

from sqlalchemy.orm import Session

from tests.builders import acting, make_inspection, make_user
from tillsyn.inspect.rules.access import Permission, may
from tillsyn.inspect.services.find_inspection import find_inspection, in_list_for, list_inspections
from tillsyn.models.inspections import TeamMember
from tillsyn.models.vocabulary import Role, TeamRole

SEEING = (Role.INSPECTOR, Role.SUPERVISOR, Role.PEER_REVIEWER, Role.LAWYER)


def test_the_list_and_the_predicate_agree_for_everybody_and_every_case(db: Session) -> None:
    """Each role and pair of seeing roles, in each part of a team: declared, undeclared, in conflict, or outside."""
    people = [make_user(db, role) for role in SEEING]
    people += [make_user(db, *pair) for pair in combinations(SEEING, 2)]
    cases = [make_inspection(db).dnr]
    for number, (person, part) in enumerate(product(people, TeamRole)):
        made = make_inspection(db, children=0)
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
    assert seen_by_somebody == set(cases)


def test_a_case_is_listed_once_for_a_person_with_two_parts(db: Session) -> None:
    person = make_user(db, Role.INSPECTOR)
    made = make_inspection(db, team={TeamRole.INSPECTOR: person, TeamRole.CO_INSPECTOR: person})
    assert [case.dnr for case in db.scalars(in_list_for(acting(person)))] == [made.dnr]


def test_an_imported_member_without_an_account_gives_nobody_a_way_in(db: Session) -> None:
    made = make_inspection(db)
    db.add(TeamMember(inspection_id=made.id, name="Utan Konto", role=TeamRole.LAWYER, position=9))
    db.flush()
    assert list_inspections(db, acting(make_user(db, Role.LAWYER))) == []
