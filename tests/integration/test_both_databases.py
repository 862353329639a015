"""The ground that the other integration tests stand on: real migrations, and tests that leave no trace."""

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.integration.browsing import PASSWORD, Browsing
from tillsyn.inspect.services.manage_users import add_user
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role


def _administrator(db: Session, now: datetime) -> User:
    return add_user(
        db,
        actor=None,
        email="adam@exempel.example",
        name="Adam Exempel",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        now=now,
    )


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_writes_is_gone_in_the_next(db: Session, now: datetime, time: str) -> None:
    assert db.scalar(select(func.count()).select_from(User)) == 0
    _administrator(db, now)
    db.commit()


def test_a_person_signs_in_through_the_form(client: Browsing, db: Session, now: datetime) -> None:
    _administrator(db, now)
    db.commit()
    assert client.sign_in("adam@exempel.example").location == "/"


def test_a_test_signs_a_person_in_without_the_form(client: Browsing, db: Session, now: datetime) -> None:
    user = _administrator(db, now)
    db.commit()
    assert str(client.get("/", status=302).location).startswith("/sign-in")
    client.sign_in_as(user)
    assert client.http.get("/", follow_redirects=True).request.path != "/sign-in"
