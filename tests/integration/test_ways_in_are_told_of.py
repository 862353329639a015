"""Whoever's ways to sign in are changed is told, in their list and by mail; and so when their codes are guessed."""

from collections.abc import Callable

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.test_account_is_recovered import Office
from tests.integration.test_second_factor import HERE, KEY, STEP, with_codes
from tillsyn.inspect.outside.passkeys import NewPasskey
from tillsyn.inspect.services.change_password import change_password
from tillsyn.inspect.services.keep_passkey import keep_passkey, list_passkeys, remove_passkey
from tillsyn.inspect.services.second_factor import check_code, make_recovery_codes, remove_authenticator
from tillsyn.inspect.services.sign_in import LIMIT_PER_ACCOUNT, SignInRefused, sign_in
from tillsyn.inspect.services.sign_in_with_identity import close_to_identity, open_to_identity
from tillsyn.models.notices import Notice, NoticeKind, OutgoingMail
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role

ISSUER = "https://idp.example"


def told(db: Session, who: User) -> list[NoticeKind]:
    return list(db.scalars(select(Notice.kind).where(Notice.user_id == who.id).order_by(Notice.id)))


def _password(db: Session, who: User) -> None:
    change_password(
        db, actor=acting(who), old=PASSWORD, new="klocka-havre-tolv-fyrar", keep_session=None, now=NOW, **HERE
    )


def _passkey(db: Session, who: User) -> None:
    keep_passkey(db, actor=acting(who), passkey=NewPasskey(b"id", b"key", 0), now=NOW)


def _passkey_away(db: Session, who: User) -> None:
    (there,) = list_passkeys(db, who.id)
    remove_passkey(db, actor=acting(who), passkey_id=there.id, now=NOW)


def _codes(db: Session, who: User) -> None:
    with_codes(db, who)


def _codes_on_paper(db: Session, who: User) -> None:
    make_recovery_codes(db, actor=acting(who), secret_key=KEY, now=NOW)


def _codes_away(db: Session, who: User) -> None:
    remove_authenticator(db, actor=acting(who), required=False, now=NOW)


def _tied(db: Session, who: User) -> None:
    admin = acting(make_user(db, Role.ADMINISTRATOR))
    open_to_identity(db, actor=admin, user_id=who.id, issuer=ISSUER, claim="x", now=NOW)


def _untied(db: Session, who: User) -> None:
    admin = acting(make_user(db, Role.ADMINISTRATOR))
    close_to_identity(db, actor=admin, user_id=who.id, issuer=ISSUER, now=NOW)


CHANGES = [_password, _passkey, _passkey_away, _codes, _codes_on_paper, _codes_away, _tied, _untied]


def test_each_change_is_told_of_though_the_one_before_has_not_been_read_and_mailed_at_once(
    db: Session,
) -> None:
    anna = make_user(db, Role.INSPECTOR)
    changes: list[Callable[[Session, User], None]] = CHANGES
    for number, change in enumerate(changes, start=1):
        change(db, anna)
        assert told(db, anna) == [NoticeKind.WAYS_IN_CHANGED] * number, change.__name__
    mails = db.scalars(select(OutgoingMail).where(OutgoingMail.user_id == anna.id)).all()
    assert len(mails) >= 1 and min(one.due_at for one in mails) == NOW


def test_the_way_back_is_told_of_when_it_is_confirmed_and_when_it_is_used(db: Session) -> None:
    office = Office(db)
    code = office.both()
    assert told(db, office.lost) == [NoticeKind.WAYS_IN_CHANGED]
    office.use(code)
    assert told(db, office.lost) == [NoticeKind.WAYS_IN_CHANGED] * 2
    assert told(db, office.first) == told(db, office.second) == []


def test_codes_that_are_guessed_are_told_of_once_and_wrong_passwords_are_not(db: Session) -> None:
    anna = make_user(db, Role.INSPECTOR)
    secret, _paper = with_codes(db, anna)
    before = told(db, anna)
    for _ in range(LIMIT_PER_ACCOUNT - 1):
        with pytest.raises(SignInRefused):
            sign_in(db, email=anna.email, password="fel", now=NOW, **HERE)
    assert told(db, anna) == before, "the answer takes as long as for an account that is not there"
    wrong = "000000" if pyotp.TOTP(secret).at(NOW + 9 * STEP) != "000000" else "000001"
    for number in range(LIMIT_PER_ACCOUNT):
        assert told(db, anna) == before, number
        with pytest.raises(SignInRefused):
            check_code(db, user=anna, typed=wrong, now=NOW + 9 * STEP, **HERE)
        db.flush()
    assert told(db, anna) == [*before, NoticeKind.CODES_GUESSED]


def test_the_notice_leads_to_ones_own_account(db: Session, client: Browsing) -> None:
    anna = make_user(db, Role.INSPECTOR)
    _passkey(db, anna)
    db.commit()
    client.sign_in_as(anna)
    page = client.get("/notices")
    assert "Hur du loggar in har ändrats" in page.text
    notice = db.scalars(select(Notice.id)).one()
    assert client.get(f"/notices/{notice}", status=303).location == "/account"
