"""A step that binds or lets out asks again who one is, when ten minutes have gone; and loses nothing by it."""

from datetime import timedelta
from uuid import UUID

import pyotp
import pytest
from sqlalchemy import func, select, update

from tests.builders import PASSWORD
from tests.integration.browsing import Browsing, Page
from tests.integration.rich_site import RichSite
from tests.rich_account import NOW
from tests.software_passkey import Device
from tillsyn.inspect.rules.fresh_sign_in import FRESH_FOR
from tillsyn.inspect.services.keep_passkey import keep_passkey
from tillsyn.inspect.services.sign_in import LIMIT_PER_ACCOUNT
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.log_review import LogSample, ReviewOutcome
from tillsyn.models.people import SignInSession, User
from tillsyn.models.sign_in import Authenticator, WayIn

REMARK = "Samtal med chefen den 3 mars: hon hade fått ärendet samma dag."


@pytest.fixture
def late(rich: RichSite) -> Browsing:
    """The log reviewer, who has been signed in for longer than a sign-in is fresh."""
    rich.app.config["CLOCK"] = lambda: NOW + FRESH_FOR
    return rich.as_("log_reviewer")


def asked(rich: RichSite, browser: Browsing, status: int = 401) -> Page:
    page = browser.get(f"/log/review/{rich.sample_id}")
    return browser.submit(page, action=page.address, status=status, outcome="followed_up", remark=REMARK)


def outcome(rich: RichSite) -> ReviewOutcome | None:
    with rich.db() as db:
        return db.scalars(select(LogSample.outcome).where(LogSample.id == rich.sample_id)).one()


def happened(rich: RichSite, kind: EventKind) -> int:
    with rich.db() as db:
        return db.scalar(select(func.count()).select_from(Event).where(Event.kind == kind)) or 0


def test_whoever_has_just_signed_in_is_not_asked(rich: RichSite) -> None:
    rich.app.config["CLOCK"] = lambda: NOW + FRESH_FOR - timedelta(seconds=1)
    asked(rich, rich.as_("log_reviewer"), status=303)
    assert outcome(rich) is ReviewOutcome.FOLLOWED_UP
    assert happened(rich, EventKind.PROVED_AGAIN) == 0


def test_after_ten_minutes_one_is_asked_and_the_step_goes_on_by_itself(
    rich: RichSite, late: Browsing
) -> None:
    page = asked(rich, late)
    assert "Visa en gång till att det är du" in page.text
    assert outcome(rich) is None, "nothing is signed before it is known who signs"
    done = late.submit(page, action=str(rich.sample_id), status=303, fresh_password=PASSWORD)
    assert done.location == "/log/review"
    assert outcome(rich) is ReviewOutcome.FOLLOWED_UP
    with rich.db() as db:
        assert db.get_one(LogSample, rich.sample_id).remark == REMARK, "what was typed came along"
    assert happened(rich, EventKind.PROVED_AGAIN) == 1


def test_a_wrong_password_asks_again_keeps_what_was_typed_and_is_counted(
    rich: RichSite, late: Browsing
) -> None:
    page = asked(rich, late)
    for _ in range(LIMIT_PER_ACCOUNT):
        page = late.submit(page, action=str(rich.sample_id), status=401, fresh_password="fel lösenord")
        assert "stämmer inte" in page.text or "inte rätt" in page.text or "Kontrollera" in page.text
        assert page.form(str(rich.sample_id)).find(".//input[@name='remark']").get("value") == REMARK  # type: ignore[union-attr]
        assert "fel lösenord" not in page.html
    stopped = late.submit(page, action=str(rich.sample_id), status=401, fresh_password=PASSWORD)
    assert "Vänta" in stopped.text
    assert outcome(rich) is None


def test_a_proof_that_is_followed_by_a_fault_in_the_form_need_not_be_given_twice(
    rich: RichSite, late: Browsing
) -> None:
    page = late.get(f"/log/review/{rich.sample_id}")
    page = late.submit(page, action=page.address, status=401, outcome="followed_up", remark="")
    faulty = late.submit(page, action=str(rich.sample_id), status=422, fresh_password=PASSWORD)
    late.submit(faulty, action=str(rich.sample_id), status=303, outcome="nothing")
    assert outcome(rich) is ReviewOutcome.NOTHING


def test_whoever_has_a_second_factor_gives_it_too(rich: RichSite, late: Browsing) -> None:
    secret = pyotp.random_base32()
    with rich.db() as db:
        made = Authenticator(user_id=rich.made.people["log_reviewer"], made_at=NOW, confirmed_at=NOW)
        db.add(made)
        db.flush()
        made.secret = secret
        db.commit()
    page = asked(rich, late)
    page = late.submit(page, action=str(rich.sample_id), status=401, fresh_password=PASSWORD)
    assert "Koden stämmer inte" in page.text
    code = pyotp.TOTP(secret).at(NOW + FRESH_FOR)
    late.submit(page, action=str(rich.sample_id), status=303, fresh_password=PASSWORD, fresh_code=code)
    assert outcome(rich) is ReviewOutcome.FOLLOWED_UP


def test_a_passkey_is_a_proof_and_somebody_elses_is_none(rich: RichSite, late: Browsing) -> None:
    rich.app.config["SETTINGS"] = _at(rich, "https://tillsyn.example")
    own, other = Device("https://tillsyn.example"), Device("https://tillsyn.example")
    try:
        for device, who in ((own, "log_reviewer"), (other, "leader")):
            _give(rich, device, rich.made.people[who])
        page = asked(rich, late)
        for device, status in ((other, 401), (own, 303)):
            options = late.http.post("/sign-in/passkey/options", headers={"X-CSRFToken": late._token()}).json
            assert options is not None
            page = late.submit(
                page, action=str(rich.sample_id), status=status, fresh_challenge=options["challenge"],
                fresh_passkey=device.sign(options["options"]),
            )  # fmt: skip
        assert outcome(rich) is ReviewOutcome.FOLLOWED_UP
        with rich.db() as db:
            ways = db.scalars(select(SignInSession.way).where(SignInSession.proved_at > NOW)).all()
        assert ways == [WayIn.PASSKEY]
    finally:
        rich.app.config["SETTINGS"] = rich.settings


def test_a_script_is_told_and_not_given_a_page(rich: RichSite, late: Browsing) -> None:
    answer = late.http.post(f"/log/review/{rich.sample_id}", json={}, headers={"X-CSRFToken": late._token()})
    assert (answer.status_code, answer.json) == (401, {"error": "proof_needed"})


def test_the_proof_holds_for_the_session_that_gave_it_and_for_ten_minutes(
    rich: RichSite, late: Browsing
) -> None:
    late.submit(asked(rich, late), action=str(rich.sample_id), status=303, fresh_password=PASSWORD)
    with rich.db() as db:
        fresh = db.scalars(select(SignInSession.user_id).where(SignInSession.proved_at > NOW)).all()
        assert fresh == [rich.made.people["log_reviewer"]]
        db.execute(
            update(LogSample).values(outcome=None, judged_by_id=None, judged_at=None, remark_sealed=None)
        )
        db.commit()
    rich.app.config["CLOCK"] = lambda: NOW + 2 * FRESH_FOR
    asked(rich, late)


def _at(rich: RichSite, address: str) -> object:
    from dataclasses import replace

    return replace(rich.settings, base_url=address)


def _give(rich: RichSite, device: Device, user_id: UUID) -> None:
    from tillsyn.inspect.outside.passkeys import Owner, check_new, creation_options, site_of

    site = site_of("https://tillsyn.example", "T")
    assert site is not None
    with rich.db() as db:
        user = db.get_one(User, user_id)
        options = creation_options(site, b"c" * 32, Owner(b"h" * 16, user.email, user.name))
        made = check_new(site, b"c" * 32, device.make(options))
        keep_passkey(db, actor=actor_of(user), passkey=made, now=NOW)
        db.commit()
