"""From the code on paper to an account: once, in time, for one address; standing, colleagues, passkeys."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import make_sent_letter
from tests.software_passkey import Device
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.outside.passkeys import site_of
from tillsyn.inspect.rules.invitation_codes import DAYS, LENGTH, read_invitation_code, shown_code
from tillsyn.inspect.services.accept_invitation import (
    InvitationRefused,
    accept_invitation,
    check_invitation,
)
from tillsyn.inspect.services.invite_provider import (
    ACCOUNTS_A_PAGE,
    accounts_of_provider,
    invite_provider,
    open_invitations,
    take_back_invitation,
)
from tillsyn.inspect.services.remove_colleague import remove_colleague
from tillsyn.inspect.services.sign_in import LIMIT_PER_ACCOUNT, SignInThrottled
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.notices import OutgoingMail
from tillsyn.models.people import User
from tillsyn.models.register import Provider
from tillsyn.models.vocabulary import Role, Standing
from tillsyn.models.ways_in import Invitation, Passkey

SECRET = "the tests' own secret, longer than thirty-two characters"
PASSWORD = "klocka-havre-nio-fyrar"
EMAIL = "petra@strandglantan.example"


@pytest.fixture
def owner(db: Session) -> User:
    return make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)


def invited(db: Session, owner: User, **more: Any) -> tuple[Invitation, str]:
    values = {"standing": Standing.HELPER, "name": "Petra", "email": EMAIL, "now": NOW} | more
    return invite_provider(
        db, actor=acting(owner), provider_id=owner.provider_id, secret_key=SECRET, **values
    )


def use(db: Session, code: str, **more: Any) -> User:
    values = {
        "email": EMAIL,
        "name": "Petra Ny",
        "password": PASSWORD,
        "origin": "10.0.0.1",
        "now": NOW,
    } | more
    return accept_invitation(db, code=code, secret_key=SECRET, **values)


def test_the_code_and_its_address_give_an_account_once(db: Session, owner: User) -> None:
    invitation, code = invited(db, owner)
    assert len(read_invitation_code(shown_code(code).lower())) == LENGTH
    user = use(db, f" {shown_code(code).lower()} ", email=EMAIL.upper())
    assert (user.provider_id, user.standing, user.home_id) == (owner.provider_id, Standing.HELPER, None)
    assert [item.role for item in user.roles] == [Role.PROVIDER]
    assert invitation.used_by_id == user.id
    with pytest.raises(InvitationRefused):
        use(db, code)


def test_the_code_is_nowhere_in_the_database_and_not_in_the_mail(db: Session, owner: User) -> None:
    invitation, code = invited(db, owner)
    rows = [
        db.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
        for table in ("invitations", "events", "outgoing_mails")
    ]
    assert code not in str(rows) and shown_code(code) not in str(rows)
    assert db.scalars(select(OutgoingMail)).one().invitation_id == invitation.id


def test_a_manager_has_one_home_and_assesses_it_too(db: Session, owner: User) -> None:
    home = make_home(db, db.get_one(Provider, owner.provider_id))
    _, code = invited(db, owner, standing=Standing.MANAGER, home_id=home.id)
    user = use(db, code)
    assert user.home_id == home.id
    assert {item.role for item in user.roles} == {Role.PROVIDER, Role.HOME_MANAGER}


@pytest.mark.parametrize("why", ["unknown", "another address", "taken back", "too old", "replaced"])
def test_every_code_that_does_not_work_is_refused_in_the_same_words(
    db: Session, owner: User, why: str
) -> None:
    invitation, code = invited(db, owner)
    more: dict[str, Any] = {}
    match why:
        case "unknown":
            code = "2" * LENGTH
        case "another address":
            more["email"] = "other@strandglantan.example"
        case "taken back":
            take_back_invitation(
                db,
                actor=acting(owner),
                provider_id=invitation.provider_id,
                invitation_id=invitation.id,
                now=NOW,
            )
        case "too old":
            more["now"] = NOW + timedelta(days=DAYS, seconds=1)
        case "replaced":
            invited(db, owner)
    with pytest.raises(InvitationRefused) as refused:
        use(db, code, **more)
    assert refused.value.reason.startswith("The address and the code do not belong together")
    assert db.scalars(select(User).where(User.email == EMAIL)).all() == []
    assert EventKind.INVITATION_REFUSED in db.scalars(select(Event.kind)).all()


def test_guessing_is_slowed_down_also_for_the_right_code(db: Session, owner: User) -> None:
    _, code = invited(db, owner)
    for _ in range(LIMIT_PER_ACCOUNT):
        with pytest.raises(InvitationRefused):
            use(db, "3" * LENGTH)
    with pytest.raises(SignInThrottled):
        use(db, code)
    assert use(db, code, now=NOW + timedelta(minutes=16)).name == "Petra Ny"


def test_a_bad_password_does_not_use_up_the_code(db: Session, owner: User) -> None:
    _, code = invited(db, owner)
    for password in ("kort", "aaaaaaaaaaaaaaaa", ""):
        with pytest.raises(Invalid):
            use(db, code, password=password)
    check_invitation(db, email=EMAIL, code=code, origin="10.0.0.1", secret_key=SECRET, now=NOW)
    use(db, code)


def test_who_may_invite_whom(db: Session, owner: User) -> None:
    other = make_provider(db)
    helper = make_user(db, Role.PROVIDER, provider_id=owner.provider_id, standing=Standing.HELPER)
    manager = make_user(
        db, Role.PROVIDER, provider_id=owner.provider_id, standing=Standing.MANAGER, home_id=make_home(db).id
    )
    for nobody in (helper, manager, make_user(db, Role.ADMINISTRATOR), make_user(db, Role.LOG_REVIEWER)):
        with pytest.raises(NotAllowed):
            invite_provider(
                db, actor=acting(nobody), provider_id=owner.provider_id, standing=Standing.HELPER, name="P",
                email=EMAIL, secret_key=SECRET, now=NOW,
            )  # fmt: skip
    with pytest.raises(NotAllowed):
        invite_provider(
            db, actor=acting(owner), provider_id=other.id, standing=Standing.HELPER, name="P", email=EMAIL,
            secret_key=SECRET, now=NOW,
        )  # fmt: skip
    with pytest.raises(NotFound):
        invited(db, owner, standing=Standing.MANAGER, home_id=make_home(db, other).id)
    with pytest.raises(Conflict):
        invited(db, owner, email=helper.email)
    with pytest.raises(Invalid):
        invited(db, owner, standing=Standing.MANAGER)
    assert open_invitations(db, owner.provider_id, NOW) == []


def test_who_may_close_whose_account(db: Session, owner: User) -> None:
    helper = make_user(db, Role.PROVIDER, provider_id=owner.provider_id, standing=Standing.HELPER)
    stranger = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    second = make_user(db, Role.PROVIDER, provider_id=owner.provider_id)
    for actor, user, refused in (
        (helper, owner, NotAllowed), (owner, stranger, NotFound), (owner, owner, NotPossibleNow),
    ):  # fmt: skip
        with pytest.raises(refused):
            remove_colleague(db, actor=acting(actor), user_id=user.id, now=NOW)
    remove_colleague(db, actor=acting(owner), user_id=helper.id, now=NOW)
    remove_colleague(db, actor=acting(second), user_id=owner.id, now=NOW)
    assert helper.disabled_at and owner.disabled_at and stranger.disabled_at is None


# --- The pages -------------------------------------------------------------------------------


def code_on(html: str) -> str:
    found = re.search(r'class="one-code">([A-Z0-9-]+)<', html)
    assert found is not None
    return found[1]


def leave(client: Browsing, language: str) -> None:
    client.sign_out()
    client.language = "sv"
    client.speak(language)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_from_the_sheet_to_the_letter(client: Browsing, db: Session, language: str) -> None:
    sent = make_sent_letter(db)
    home_of = sent.provider.provider_id
    for person in (sent.inspector, sent.provider):
        person.language = language
    db.commit()
    client.sign_in_as(sent.inspector)
    invite = f"/providers/{home_of}/invite"
    sheet = client.submit(client.get(invite), action="/invite", status=200, name="Petra Ny", email=EMAIL)
    code = code_on(sheet.html)
    assert EMAIL in client.get(invite).text
    leave(client, language)
    wrong = client.submit(
        client.get("/invitation"), action="/invitation", status=422, email=EMAIL, code="2222"
    )
    assert "do not belong together" in wrong.text or "hör inte ihop" in wrong.text
    second = client.submit(
        client.get("/invitation"), action="/invitation", status=200, email=EMAIL, code=code
    )
    assert "Strandgläntan Omsorg AB" in second.text
    kept = client.submit(second, action="/invitation/account", status=422, name="Petra Ny", password="kort")
    assert 'value="Petra Ny"' in kept.html
    client.submit(kept, action="/invitation/account", status=303, password=PASSWORD)
    assert client.get(sent.address).status == 200
    leave(client, language)
    client.sign_in(EMAIL, PASSWORD)


def test_an_owner_invites_and_closes_on_the_page_of_colleagues(client: Browsing, db: Session) -> None:
    sent = make_sent_letter(db)
    db.commit()
    client.sign_in_as(sent.provider)
    page = client.get("/colleagues")
    told = client.submit(
        page, action="/invite", status=200, name="Hugo", email="hugo@example.se", standing="helper", home=""
    )
    assert len(code_on(told.html)) == LENGTH + 2
    waiting = client.get("/colleagues")
    assert "hugo@example.se" in waiting.text and code_on(told.html) not in waiting.text
    invitation = db.scalars(select(Invitation)).one()
    client.submit(waiting, action=f"/invitations/{invitation.id}/take-back", status=303)
    faulty = client.submit(
        client.get("/colleagues"),
        action="/invite",
        status=422,
        name="Hugo",
        email="inget",
        standing="manager",
        home="",
    )
    assert 'value="Hugo"' in faulty.html
    db.rollback()
    helper = make_user_committed(db, sent.provider, Standing.HELPER)
    client.submit(client.get("/colleagues"), action=f"/colleagues/{helper.id}/remove", status=303)
    client.get("/colleagues")
    client.sign_in_as(make_user_committed(db, sent.provider, Standing.HELPER))
    client.get("/colleagues", status=404)


def make_user_committed(db: Session, owner: User, standing: Standing) -> User:
    db.rollback()
    made = make_user(db, Role.PROVIDER, provider_id=owner.provider_id, standing=standing)
    db.commit()
    return made


# --- Passkeys --------------------------------------------------------------------------------

ORIGIN = "https://tillsyn.example"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://tillsyn.example", "tillsyn.example"),
        ("http://localhost:8000", "localhost"),
        ("http://127.0.0.1:8000", None),
        ("https://[::1]:8000", None),
        ("http://tillsyn.example", None),
    ],
)
def test_where_there_can_be_passkeys(address: str, host: str | None) -> None:
    site = site_of(address, "Inspektionen")
    assert (site.host if site else None) == host


@pytest.fixture
def secure(client: Browsing) -> Browsing:
    client.app.config["SETTINGS"] = replace(client.app.config["SETTINGS"], base_url=ORIGIN)
    return client


def asked(browser: Browsing, address: str) -> Any:
    answer = browser.http.post(address, json={"email": EMAIL}, headers={"X-CSRFToken": browser._token()})
    assert answer.status_code == 200, answer.data
    return answer.get_json()


def test_a_passkey_is_added_signs_in_once_per_question_and_is_taken_away(
    secure: Browsing, db: Session
) -> None:
    user = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    db.commit()
    secure.sign_in_as(user)
    device, question = Device(ORIGIN), asked(secure, "/account/passkeys/options")
    fields = {
        "passkey": device.make(question["options"]),
        "challenge": question["challenge"],
        "name": "Min telefon",
    }
    secure.post("/account/passkeys", status=303, **fields)
    assert "Min telefon" in secure.get("/account").text
    secure.sign_out()
    question = asked(secure, "/sign-in/passkey/options")
    answer = {"passkey": device.sign(question["options"]), "challenge": question["challenge"]}
    assert secure.post("/sign-in/passkey", status=303, **answer).location == "/"
    secure.get("/letters")
    secure.sign_out()
    secure.post("/sign-in/passkey", status=422, **answer)
    passkey = db.scalars(select(Passkey)).one()
    secure.sign_in_as(user)
    secure.submit(secure.get("/account"), action=f"/{passkey.id}/remove", status=303)
    db.rollback()
    assert db.scalars(select(Passkey)).all() == []


@pytest.mark.parametrize("fault", ["another site", "unverified", "another key", "closed account", "nonsense"])
def test_a_passkey_that_is_not_right_does_not_sign_in(secure: Browsing, db: Session, fault: str) -> None:
    user = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    db.commit()
    secure.sign_in_as(user)
    device, question = Device(ORIGIN), asked(secure, "/account/passkeys/options")
    secure.post(
        "/account/passkeys",
        status=303,
        passkey=device.make(question["options"]),
        challenge=question["challenge"],
    )
    secure.sign_out()
    question = asked(secure, "/sign-in/passkey/options")
    match fault:
        case "another site":
            device.origin = "https://tillsyn.example.evil"
        case "unverified":
            device.verifies = False
        case "another key":
            device.key = Device(ORIGIN).key
        case "closed account":
            db.get_one(User, user.id).disabled_at = NOW
            db.commit()
    said = "{}" if fault == "nonsense" else device.sign(question["options"])
    page = secure.post("/sign-in/passkey", status=422, passkey=said, challenge=question["challenge"])
    assert "öppnar inget konto" in page.text
    secure.get("/letters", status=302)


def test_an_account_may_have_a_passkey_and_no_password(secure: Browsing, db: Session) -> None:
    owner = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id)
    secret = secure.app.config["SETTINGS"].secret_key
    _, code = invite_provider(
        db, actor=acting(owner), provider_id=owner.provider_id, standing=Standing.OWNER, name="Petra", email=EMAIL,
        secret_key=secret, now=secure.app.config["CLOCK"](),
    )  # fmt: skip
    db.commit()
    second = secure.submit(
        secure.get("/invitation"), action="/invitation", status=200, email=EMAIL, code=code
    )
    device, question = Device(ORIGIN), asked(secure, "/invitation/passkey/options")
    made = {"passkey": device.make(question["options"]), "challenge": question["challenge"]}
    secure.submit(second, action="/invitation/account", status=303, **made)
    account = secure.get("/account").text
    assert "Du har inget lösenord" in account
    passkey = db.scalars(select(Passkey)).one()
    secure.post(f"/account/passkeys/{passkey.id}/remove", status=303)
    db.rollback()
    assert db.scalars(select(Passkey)).one().id == passkey.id
    secure.sign_out()
    secure.sign_in(EMAIL, "", status=422)
    secure.sign_in(EMAIL, "vad som helst här", status=422)


def test_a_password_is_changed_with_the_old_one_and_other_sessions_end(client: Browsing, db: Session) -> None:
    from tests.builders import PASSWORD as OLD

    user = make_user(db, Role.INSPECTOR)
    db.commit()
    other = Browsing(client.app)
    for browser in (client, other):
        browser.sign_in_as(user)
    page = client.get("/account")
    client.submit(page, action="/account/password", status=422, old="fel lösenord", new=PASSWORD)
    client.submit(page, action="/account/password", status=422, old=OLD, new="kort")
    client.submit(page, action="/account/password", status=303, old=OLD, new=PASSWORD)
    client.get("/account")
    other.get("/account", status=302)
    client.sign_out()
    client.sign_in(user.email, PASSWORD)


def test_colleagues_of_a_large_provider_have_pages_by_name_and_are_found_by_home(
    client: Browsing, db: Session
) -> None:
    owner = make_user(db, Role.PROVIDER, provider_id=make_provider(db).id, name="Ada Först")
    home = make_home(db, db.get_one(Provider, owner.provider_id), name="Åsgården")
    for number in range(ACCOUNTS_A_PAGE + 2):
        make_user(
            db, Role.PROVIDER, provider_id=owner.provider_id, name=f"Bo {number:02}", standing=Standing.HELPER,
            home_id=home.id if number == 5 else None,
        )  # fmt: skip
    boss = make_user(db, Role.SUPERVISOR)
    db.commit()
    first, second = (accounts_of_provider(db, owner.provider_id, page=page) for page in (1, 9))
    assert [one.name for one in first.rows][:2] == ["Ada Först", "Bo 00"] and second.number == 2
    assert [one.name for one in second.rows] == ["Bo 19", "Bo 20", "Bo 21"]
    client.sign_in_as(owner)
    page = client.get("/colleagues?page=2")
    assert "21–23 av 23" in page.text and "Bo 21" in page.text and "Bo 00" not in page.text
    found = client.get("/colleagues?q=åsgår")
    assert "Bo 05" in found.text and "Bo 06" not in found.text
    assert "Ingen har ett konto för ett sådant hem" in client.get("/colleagues?q=bo").text, (
        "never by a person"
    )
    client.submit(page, action="/invite", status=422, name="", email="", standing="helper", home="")
    client.sign_in_as(boss)
    assert "1–20 av 23" in client.get(f"/providers/{owner.provider_id}/invite").text
