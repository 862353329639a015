"""Small real rows for tests: people, homes and cases, made the way the product makes them."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, object_session

from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.inspections import Inspection, Resident, TeamMember
from tillsyn.models.people import User, UserRole
from tillsyn.models.register import Home, Provider
from tillsyn.models.vocabulary import ChildOutcome, ProviderKind, Role, Standing, State, TeamRole

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PASSWORD = "en lugn stund i köket"
# Checked by the product as any hash is, but a thousand times as fast: what real ones cost is the business of
# tests/unit/test_passwords.py, and of the tests that let the product make them.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_counts = [count(1)]


def count_from(first: int) -> None:
    """The number of the next person, home or case: what one test makes looks alike on either database."""
    _counts[0] = count(first)


ROLE_OF_PART = {
    TeamRole.INSPECTOR: Role.INSPECTOR,
    TeamRole.CO_INSPECTOR: Role.INSPECTOR,
    TeamRole.DECISION_MAKER: Role.SUPERVISOR,
    TeamRole.PEER_REVIEWER: Role.PEER_REVIEWER,
    TeamRole.LAWYER: Role.LAWYER,
}


def make_user(db: Session, *roles: Role, **values: Any) -> User:
    """An account with the password PASSWORD; at a provider, of somebody who is responsible for its answers."""
    number = next(_counts[0])
    if Role.PROVIDER in roles and values.get("provider_id"):
        values.setdefault("standing", Standing.OWNER)
    user = User(
        email=values.pop("email", f"person{number}@example.se"),
        name=values.pop("name", f"Person {number}"),
        password_hash=_HASH,
        created_at=NOW,
        roles=[UserRole(role=role) for role in roles],
        **values,
    )
    db.add(user)
    db.flush()
    return user


def make_provider(db: Session, **values: Any) -> Provider:
    number = next(_counts[0])
    provider = Provider(
        name=values.pop("name", f"Omsorg {number} AB"),
        organisation_number=values.pop("organisation_number", f"55{number:04d}-0000"),
        kind=values.pop("kind", ProviderKind.PRIVATE),
        created_at=NOW,
        **values,
    )
    db.add(provider)
    db.flush()
    return provider


def make_home(db: Session, provider: Provider | None = None, **values: Any) -> Home:
    provider = provider or make_provider(db)
    home = Home(
        provider_id=provider.id,
        name=values.pop("name", f"Hemmet {next(_counts[0])}"),
        kind=values.pop("kind", "hvb"),
        municipality="Exempelkommun",
        places=values.pop("places", 7),
        created_at=NOW,
        **values,
    )
    db.add(home)
    db.flush()
    return home


def make_inspection(
    db: Session,
    *,
    state: State = State.CHILDREN,
    team: dict[TeamRole, User] | None = None,
    children: int = 3,
    outcome: ChildOutcome | None = None,
    home: Home | None = None,
    **values: Any,
) -> Inspection:
    """A case in `state` with `children` residents b1… and a team that has declared no conflict.

    `team` maps parts to people; a responsible inspector is made when none is given.
    """
    team = dict(team or {})
    if TeamRole.INSPECTOR not in team:
        team[TeamRole.INSPECTOR] = make_user(db, Role.INSPECTOR)
    number = next(_counts[0])
    inspection = Inspection(
        dnr=values.pop("dnr", f"2026-{number:05d}"),
        title=values.pop("title", f"Tillsyn {number}"),
        home_id=(home or make_home(db)).id,
        announced=values.pop("announced", True),
        pack=values.pop("pack", "hvb"),
        state=state,
        created_at=NOW,
        state_since=NOW,
        children_confirmed_at=NOW if outcome else None,
        **values,
    )
    db.add(inspection)
    db.flush()
    for position, (part, user) in enumerate(team.items()):
        db.add(
            TeamMember(
                inspection_id=inspection.id,
                user_id=user.id,
                name=user.name,
                role=part,
                position=position,
                declared_at=NOW,
            )
        )
    for index in range(children):
        db.add(
            Resident(
                inspection_id=inspection.id,
                person=f"b{index + 1}",
                position=index,
                outcome=outcome,
                outcome_at=NOW if outcome else None,
            )
        )
    db.flush()
    return find_inspection(db, inspection.dnr)


def acting(user: User) -> Actor:
    return actor_of(user)


def inspector_of(inspection: Inspection) -> Actor:
    """The actor who is the responsible inspector of a case made here."""
    member = next(m for m in inspection.team if m.role is TeamRole.INSPECTOR)
    db = object_session(inspection)
    assert db is not None
    user = db.get(User, member.user_id)
    assert user is not None
    return actor_of(user)


def csrf_of(client: FlaskClient, path: str = "/sign-in") -> str:
    """The CSRF token of the page at `path`, as a browser would send it."""
    page = client.get(path).get_data(as_text=True)
    marker = 'name="csrf_token"'
    tag = page[page.rindex("<input", 0, page.index(marker)) : page.index(">", page.index(marker))]
    return tag.split('value="', 1)[1].split('"', 1)[0]


def sign_in(client: FlaskClient, user: User) -> None:
    """Sign in through the real form."""
    answer = client.post(
        "/sign-in",
        data={"email": user.email, "password": PASSWORD, "csrf_token": csrf_of(client)},
    )
    assert answer.status_code in (302, 303), answer.status_code
