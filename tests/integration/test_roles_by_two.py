"""A role that reads is given by two: until another has confirmed, the account opens nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, acting, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import GENERAL, may
from tillsyn.inspect.rules.given_by_two import BY_TWO
from tillsyn.inspect.services.give_roles import confirm_role, list_waiting_roles, stop_role
from tillsyn.inspect.services.manage_users import add_user, disable_user
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.role_requests import RoleRequest
from tillsyn.models.vocabulary import Role


class Office:
    """An administrator, another, and a supervisor; and an account that the first has opened."""

    def __init__(self, db: Session, role: Role = Role.INSPECTOR) -> None:
        self.db = db
        self.first = make_user(db, Role.ADMINISTRATOR)
        self.second = make_user(db, Role.ADMINISTRATOR)
        self.supervisor = make_user(db, Role.SUPERVISOR)
        self.new = self.added(role)

    def added(self, role: Role, email: str = "ny@exempel.se") -> User:
        return add_user(
            self.db, actor=acting(self.first), email=email, name="Ny Person", password=PASSWORD, roles=[role],
            now=NOW,
        )  # fmt: skip

    def request(self) -> RoleRequest:
        (found,) = self.db.scalars(select(RoleRequest).where(RoleRequest.user_id == self.new.id))
        return found

    def kinds(self) -> list[EventKind]:
        ours = (EventKind.ROLE_ASKED, EventKind.ROLE_GIVEN, EventKind.ROLE_STOPPED)
        return list(self.db.scalars(select(Event.kind).where(Event.kind.in_(ours)).order_by(Event.id)))


@pytest.fixture
def office(db: Session) -> Office:
    return Office(db)


@pytest.mark.parametrize("role", sorted(BY_TWO))
def test_until_another_confirms_the_account_may_what_anybody_with_an_account_may(
    db: Session, role: Role
) -> None:
    office = Office(db, role)
    nobody = acting(make_user(db))
    assert office.new.roles == []
    allowed = {one for one in GENERAL if may(acting(office.new), one)}
    assert allowed == {one for one in GENERAL if may(nobody, one)}
    confirm_role(db, actor=acting(office.supervisor), request_id=office.request().id, now=NOW)
    db.refresh(office.new)
    assert [one.role for one in office.new.roles] == [role]
    assert office.kinds() == [EventKind.ROLE_ASKED, EventKind.ROLE_GIVEN]


def test_who_gave_it_does_not_confirm_nor_the_one_it_is_for_nor_somebody_else(office: Office) -> None:
    request = office.request()
    for nobody in (office.first, office.new, make_user(office.db, Role.INSPECTOR)):
        with pytest.raises(NotAllowed):
            confirm_role(office.db, actor=acting(nobody), request_id=request.id, now=NOW)
    confirm_role(office.db, actor=acting(office.second), request_id=request.id, now=NOW)
    with pytest.raises(NotFound):
        confirm_role(office.db, actor=acting(office.supervisor), request_id=request.id, now=NOW)


def test_a_straw_man_made_administrator_alone_confirms_nothing(office: Office) -> None:
    straw = office.added(Role.ADMINISTRATOR, "bulvan@exempel.se")
    with pytest.raises(NotAllowed):
        confirm_role(office.db, actor=acting(straw), request_id=office.request().id, now=NOW)


def test_the_database_itself_refuses_one_person_alone(office: Office) -> None:
    request = office.request()
    request.confirmed_by_id, request.confirmed_at = office.first.id, NOW
    with pytest.raises(IntegrityError, match="confirmed_by_another"):
        office.db.flush()


def test_those_who_can_confirm_are_told_each_time_and_who_gave_it_is_not(office: Office) -> None:
    office.added(Role.LAWYER, "jurist@exempel.se")
    told = list(office.db.scalars(select(Notice.user_id).where(Notice.kind == NoticeKind.ROLE_WAITS)))
    assert sorted(told) == sorted([office.second.id, office.supervisor.id] * 2)


def test_it_is_stopped_by_anybody_who_could_confirm_and_a_closed_account_gets_nothing(office: Office) -> None:
    stop_role(office.db, actor=acting(office.first), request_id=office.request().id, now=NOW)
    assert list_waiting_roles(office.db) == []
    assert office.kinds() == [EventKind.ROLE_ASKED, EventKind.ROLE_STOPPED]
    other = office.added(Role.REGISTRAR, "registrator@exempel.se")
    ((waiting, _user, _by),) = list_waiting_roles(office.db)
    disable_user(office.db, actor=acting(office.first), user_id=other.id, now=NOW)
    with pytest.raises(NotPossibleNow):
        confirm_role(office.db, actor=acting(office.second), request_id=waiting.id, now=NOW)


def test_roles_outside_cases_and_accounts_made_by_command_do_not_wait(office: Office) -> None:
    assert [one.role for one in office.added(Role.METHOD_OWNER, "m@exempel.se").roles] == [Role.METHOD_OWNER]
    made = add_user(
        office.db, actor=None, email="k@exempel.se", name="K", password=PASSWORD, roles=[Role.SUPERVISOR],
        now=NOW,
    )  # fmt: skip
    assert [one.role for one in made.roles] == [Role.SUPERVISOR]


def test_on_the_pages_one_gives_and_another_confirms(db: Session, client: Browsing) -> None:
    office = Office(db)
    db.commit()
    client.sign_in_as(office.first)
    assert "väntar på en till" in client.get("/accounts").text
    page = client.get("/accounts/roles")
    assert "Ny Person" in page.text
    assert page.tree.find(".//form[@action]") is not None
    address = f"/accounts/roles/{office.request().id}/confirm"
    assert address not in page.html, "who gave it has no button"
    client.post(address, status=403)
    client.sign_in_as(office.supervisor)
    assert address in client.get("/accounts/roles").html
    client.post(address, status=303)
    assert "Ingen roll väntar" in client.get("/accounts/roles").text
    db.rollback()
    db.refresh(office.new)
    assert [one.role for one in office.new.roles] == [Role.INSPECTOR]


def test_where_two_people_are_not_enough_the_administrator_is_told_what_to_do(
    db: Session, client: Browsing
) -> None:
    alone = make_user(db, Role.ADMINISTRATOR)
    db.commit()
    client.sign_in_as(alone)
    assert "kan släppas in igen" in client.get("/accounts").text
    make_user(db, Role.SUPERVISOR)
    db.commit()
    page = client.get("/accounts")
    assert "två andra måste" in page.text
    make_user(db, Role.ADMINISTRATOR)
    make_user(db, Role.SUPERVISOR)
    db.commit()
    assert "låsas ute" not in client.get("/accounts").text
