"""A form that comes too late or from an old page: what was typed is shown again and can be saved."""

from datetime import timedelta

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.builders import NOW, PASSWORD, make_inspection, make_user
from tests.integration.browsing import Browsing, Page
from tests.pages import elements, fields_of
from tillsyn.inspect.web.held_input import MAX_AGE
from tillsyn.models.inspections import Inspection, OrderOverride
from tillsyn.models.people import SignInSession, User
from tillsyn.models.vocabulary import Role, TeamRole

WORDS = "Barnen är på läger <b>till</b> i kväll & kommer sedan hem."


@pytest.fixture
def anna(db: Session) -> User:
    user = make_user(db, Role.INSPECTOR, email="anna@example.se")
    db.commit()
    return user


@pytest.fixture
def case(db: Session, anna: User) -> Inspection:
    made = make_inspection(db, team={TeamRole.INSPECTOR: anna})
    db.commit()
    return made


@pytest.fixture
def writing(
    client: Browsing, app: Flask, anna: User, case: Inspection, db: Session
) -> tuple[str, dict[str, str]]:
    """Somebody has filled in a form; then their session ends. The address and what they are about to send."""
    app.config["CLOCK"] = lambda: NOW
    client.sign_in_as(anna)
    page = client.get(f"/inspections/{case.dnr}/children")
    form = page.form("/children/override")
    db.execute(update(SignInSession).values(revoked_at=NOW))
    db.commit()
    return str(form.get("action")), {**fields_of(form), "reason": WORDS}


def late(client: Browsing, writing: tuple[str, dict[str, str]]) -> Page:
    return client.post(writing[0], status=401, **writing[1])


def test_what_was_typed_when_the_session_ran_out_can_be_saved_after_signing_in(
    client: Browsing, writing: tuple[str, dict[str, str]], anna: User, db: Session
) -> None:
    asked = late(client, writing)
    assert "Det du skrev är sparat" in asked.text
    kept = client.submit(asked, action="/sign-in", status=200, email=anna.email, password=PASSWORD)
    assert WORDS in kept.text
    client.submit(kept, action=writing[0], status=303)
    db.rollback()
    assert db.scalars(select(OrderOverride)).one().reason == WORDS


def test_a_wrong_password_in_between_loses_nothing(
    client: Browsing, writing: tuple[str, dict[str, str]], anna: User
) -> None:
    asked = late(client, writing)
    again = client.submit(
        asked, action="/sign-in", status=422, email=anna.email, password="fel lösenord igen"
    )
    kept = client.submit(again, action="/sign-in", status=200, email=anna.email, password=PASSWORD)
    assert WORDS in kept.text


def test_whoever_signs_in_next_on_a_shared_device_does_not_see_it(
    client: Browsing, writing: tuple[str, dict[str, str]], db: Session
) -> None:
    other = make_user(db, Role.INSPECTOR)
    db.commit()
    asked = late(client, writing)
    assert WORDS not in asked.text
    went = client.submit(asked, action="/sign-in", email=other.email, password=PASSWORD)
    assert WORDS not in went.html


def test_neither_password_nor_token_is_kept(client: Browsing, case: Inspection) -> None:
    asked = client.post(
        "/providers/new", status=401, name="Nytt bolag", password="hemligt lösenord", held="x"
    )
    held = next(field.get("value") for field in elements(asked.tree, "input") if field.get("name") == "held")
    fields = URLSafeTimedSerializer(client.app.secret_key, salt="held-input").loads(held)["fields"]
    assert fields == [["name", "Nytt bolag"]]


@pytest.mark.parametrize("spoil", ["changed", "other key", "nonsense"])
def test_what_somebody_else_has_written_is_not_put_into_the_form(
    client: Browsing, anna: User, spoil: str, writing: tuple[str, dict[str, str]]
) -> None:
    asked = late(client, writing)
    true = next(
        field.get("value") or "" for field in elements(asked.tree, "input") if field.get("name") == "held"
    )
    forged = {
        "changed": true[:10] + ("A" if true[10] != "A" else "B") + true[11:],
        "other key": URLSafeTimedSerializer("another key", salt="held-input").dumps(
            {"path": "/", "fields": []}
        ),
        "nonsense": "nonsense",
    }[spoil]
    sent = client.post("/sign-in", email=anna.email, password=PASSWORD, held=forged, next="")
    assert sent.location == "/", "signed in, and nothing is put before them"


def test_what_is_older_than_half_a_day_is_not_brought_back(
    client: Browsing, anna: User, writing: tuple[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = late(client, writing)
    from itsdangerous import timed

    real = timed.TimestampSigner.get_timestamp
    monkeypatch.setattr(timed.TimestampSigner, "get_timestamp", lambda self: real(self) + MAX_AGE + 60)
    sent = client.submit(asked, action="/sign-in", email=anna.email, password=PASSWORD)
    assert sent.location == "/"


def test_a_form_without_a_token_is_shown_again_with_what_was_typed(
    client: Browsing, app: Flask, anna: User, case: Inspection, db: Session
) -> None:
    app.config["CLOCK"] = lambda: NOW
    client.sign_in_as(anna)
    for token in ("", "not-a-token"):
        address = f"/inspections/{case.dnr}/children/override"
        shown = client.post(address, status=400, csrf_token=token, reason=WORDS)
        assert WORDS in shown.text
        assert db.scalars(select(OrderOverride)).all() == []
    client.submit(shown, action=address, status=303)
    db.rollback()
    assert db.scalars(select(OrderOverride)).one().reason == WORDS


def test_a_script_is_told_that_the_session_is_over(client: Browsing, case: Inspection) -> None:
    answer = client.http.put(f"/inspections/{case.dnr}/requirements/K10", json={"version": 1, "fields": {}})
    assert (answer.status_code, answer.get_json()) == (401, {"error": "signed_out"})


def test_signing_in_from_the_page_gives_a_token_to_go_on_with(
    client: Browsing, app: Flask, anna: User, case: Inspection
) -> None:
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=1)
    wrong = client.http.post("/sign-in/again", json={"email": anna.email, "password": "fel lösenord igen"})
    assert wrong.status_code == 422 and wrong.get_json()["errors"]["password"]
    right = client.http.post("/sign-in/again", json={"email": anna.email, "password": PASSWORD})
    sent = client.http.post(
        f"/inspections/{case.dnr}/children/override",
        data={"reason": WORDS, "csrf_token": right.get_json()["csrf_token"]},
    )
    assert sent.status_code == 303
    form = client.http.post("/sign-in/again", data={"email": anna.email, "password": PASSWORD})
    assert form.status_code == 400, "a form from another site cannot sign anybody in"


def test_another_host_name_does_not_end_up_in_links(client: Browsing) -> None:
    for address in ("/", "/sign-in", "/nowhere", "/method"):
        answer = client.http.get(
            address, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
        assert "evil.example" not in answer.get_data(as_text=True), address
        assert "evil.example" not in answer.headers.get("Location", ""), address
