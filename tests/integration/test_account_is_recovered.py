"""The way back into an account is opened by two people together, never by one; and ends every other way in."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, acting, make_user
from tests.integration.browsing import Browsing, Page
from tests.integration.test_second_factor import with_codes
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.outside.passkeys import NewPasskey
from tillsyn.inspect.rules.recovery import WORKS_FOR
from tillsyn.inspect.services.keep_passkey import keep_passkey, list_passkeys
from tillsyn.inspect.services.recover_account import (
    RecoveryRefused,
    begin_recovery,
    confirm_recovery,
    use_recovery,
    withdraw_recovery,
)
from tillsyn.inspect.services.second_factor import needs_code
from tillsyn.inspect.services.sign_in import LIMIT_PER_ACCOUNT, SignInThrottled
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.people import User
from tillsyn.models.sign_in import Recovery
from tillsyn.models.vocabulary import Role

KEY = "x" * 40
NEW = "klocka-havre-tolv-fyrar"


class Office:
    def __init__(self, db: Session) -> None:
        self.db = db
        self.lost = make_user(db, Role.INSPECTOR, email="lost@example.se")
        self.first = make_user(db, Role.ADMINISTRATOR)
        self.second = make_user(db, Role.SUPERVISOR)

    def begin(self) -> tuple[Recovery, str]:
        return begin_recovery(
            self.db, actor=acting(self.first), user_id=self.lost.id, secret_key=KEY, now=NOW
        )

    def both(self) -> str:
        made, first = self.begin()
        _made, second = confirm_recovery(
            self.db, actor=acting(self.second), recovery_id=made.id, secret_key=KEY, now=NOW
        )
        return first + second

    def use(
        self, code: str, *, hours: float = 1, email: str = "lost@example.se", password: str = NEW
    ) -> User:
        return use_recovery(
            self.db, email=email, code=code, password=password, origin="here", secret_key=KEY,
            now=NOW + timedelta(hours=hours),
        )  # fmt: skip


@pytest.fixture
def office(db: Session) -> Office:
    return Office(db)


def test_who_has_begun_does_not_confirm_nor_the_one_it_is_for_nor_somebody_else(
    office: Office, db: Session
) -> None:
    made, _half = office.begin()
    also = make_user(db, Role.INSPECTOR)
    for nobody in (office.first, office.lost, also):
        with pytest.raises(NotAllowed):
            confirm_recovery(db, actor=acting(nobody), recovery_id=made.id, secret_key=KEY, now=NOW)
    with pytest.raises(NotAllowed):
        begin_recovery(db, actor=acting(office.second), user_id=office.lost.id, secret_key=KEY, now=NOW)
    with pytest.raises(Invalid):
        begin_recovery(db, actor=acting(office.first), user_id=office.first.id, secret_key=KEY, now=NOW)
    with pytest.raises(NotPossibleNow):
        office.begin()


def test_the_database_itself_refuses_one_person_alone(office: Office, db: Session) -> None:
    made, _half = office.begin()
    made.confirmed_by_id, made.confirmed_at = office.first.id, NOW
    made.second_hash, made.expires_at = b"h" * 32, NOW
    with pytest.raises(IntegrityError):
        db.flush()


def test_until_it_is_confirmed_nothing_has_changed_and_the_half_opens_nothing(office: Office) -> None:
    _made, half = office.begin()
    assert office.lost.password_hash
    for code in (half, half + half, half + "K7MF2QXD"):
        with pytest.raises(RecoveryRefused):
            office.use(code)


def test_neither_half_alone_opens_it_and_both_do_once(office: Office) -> None:
    code = office.both()
    for wrong in (code[:8], code[8:], code[8:] + code[:8], code[:15]):
        with pytest.raises(RecoveryRefused):
            office.use(wrong)
    with pytest.raises(RecoveryRefused):
        office.use(code, email=office.first.email)
    with pytest.raises(Invalid) as short:
        office.use(code, password="kort")
    assert short.value.values["field"] == "password", "and the code still works"
    assert office.use(f" {code[:8].lower()}-{code[8:]} ") is office.lost
    with pytest.raises(RecoveryRefused):
        office.use(code)


def test_the_code_works_for_a_day(office: Office) -> None:
    code = office.both()
    with pytest.raises(RecoveryRefused):
        office.use(code, hours=WORKS_FOR.total_seconds() / 3600)
    office.use(code, hours=23.9)


def test_all_ways_in_end_when_it_is_confirmed(office: Office, db: Session) -> None:
    with_codes(db, office.lost)
    keep_passkey(db, actor=acting(office.lost), passkey=NewPasskey(b"id", b"key", 0), now=NOW)
    office.both()
    db.refresh(office.lost)
    assert office.lost.password_hash == ""
    assert not needs_code(db, office.lost.id)
    assert not list_passkeys(db, office.lost.id)


def test_guessing_the_code_is_stopped(office: Office) -> None:
    code = office.both()
    for _ in range(LIMIT_PER_ACCOUNT):
        with pytest.raises(RecoveryRefused):
            office.use("K7MF2QXD9HJKK7MF")
    with pytest.raises(SignInThrottled):
        office.use(code)


def test_it_can_be_stopped_and_is_too_old_after_a_week(office: Office, db: Session) -> None:
    made, _half = office.begin()
    withdraw_recovery(db, actor=acting(office.second), recovery_id=made.id, now=NOW)
    given = {"actor": acting(office.second), "secret_key": KEY}
    with pytest.raises(NotFound):
        confirm_recovery(db, recovery_id=made.id, now=NOW, **given)
    again, _half = office.begin()
    with pytest.raises(NotFound):
        confirm_recovery(db, recovery_id=again.id, now=NOW + timedelta(days=8), **given)


def half_on(page: Page) -> str:
    words = page.tree.find(".//p[@class='one-secret__words']")
    assert words is not None and words.text
    return words.text


def test_from_the_lost_phone_to_being_in_again(app: Flask, db: Session) -> None:
    office = Office(db)
    db.commit()
    app.config["CLOCK"] = lambda: NOW
    browsers = [Browsing(app) for _ in range(3)]  # type: ignore[arg-type]
    lost, first, second = browsers
    for browser, user in zip(browsers, (office.lost, office.first, office.second), strict=True):
        browser.sign_in_as(user)
    page = first.get(f"/accounts/{office.lost.id}")
    half = half_on(first.submit(page, action="/recovery", status=200))
    assert lost.get("/account").status == 200, "still signed in"
    waiting = second.get("/recoveries")
    other = half_on(second.submit(waiting, action="/confirm", status=200))
    assert lost.get("/account", status=302).location, "signed out everywhere"
    lost.sign_in(office.lost.email, PASSWORD, status=422)
    page = lost.get("/sign-in/recover")
    wrong = lost.submit(page, action="/recover", status=422, email=office.lost.email, code=half, password=NEW)
    assert "hör inte ihop" in wrong.text
    done = lost.submit(
        page, action="/recover", status=303, email=office.lost.email, code=f"{half} {other}", password=NEW
    )
    assert done.location == "/account/second-factor"
    lost.sign_out()
    lost.sign_in(office.lost.email, NEW)
    db.rollback()
    kinds = set(db.scalars(select(Event.kind)))
    assert {EventKind.RECOVERY_BEGUN, EventKind.RECOVERY_CONFIRMED, EventKind.RECOVERY_USED} <= kinds
    assert EventKind.RECOVERY_REFUSED in kinds
    kept = db.scalars(select(Recovery)).one()
    code = (half + other).replace("-", "").encode()
    assert code[:8] not in kept.first_hash and code[8:] not in (kept.second_hash or b"")


def test_an_administrator_signs_somebody_out_everywhere(client: Browsing, db: Session) -> None:
    office = Office(db)
    db.commit()
    lost = Browsing(client.app)
    lost.sign_in_as(office.lost)
    client.sign_in_as(office.first)
    page = client.get(f"/accounts/{office.lost.id}")
    client.submit(page, action=f"{office.lost.id}/sign-out", status=303)
    assert lost.http.get("/account").status_code == 302
    client.sign_in_as(office.second)
    client.post(f"/accounts/{office.lost.id}/sign-out", status=404)
