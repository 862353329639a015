"""What watches the service is told whether it lives and may be sent requests, and figures about nobody."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.integration.account_cases import make_account_case
from tests.integration.browsing import Browsing
from tillsyn.inspect.app import Tillsyn, create_app
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.outside.log_heads import keep_head
from tillsyn.inspect.outside.log_lines import Lines
from tillsyn.inspect.settings import Settings
from tillsyn.inspect.web.database import connect
from tillsyn.models.log_chain import LogHead
from tillsyn.models.notices import OutgoingMail
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import Role

TOKEN = "a token of the tests that is long enough"
WELL = {"database": True, "migrations": True, "keys": True}


def test_a_service_that_is_well_says_so_to_anybody(client: Browsing) -> None:
    assert client.http.get("/health").text == "ok\n"
    answer = client.http.get("/ready")
    assert (answer.status_code, answer.json) == (200, WELL)
    assert "Set-Cookie" not in answer.headers


def test_while_the_database_is_away_it_lives_and_is_not_ready(app: Tillsyn, client: Browsing) -> None:
    for url in ("sqlite:////nowhere/at/all.db", "postgresql://nobody@/none?host=/nowhere"):
        connect(app, url)
        assert client.http.get("/health").status_code == 200
        answer = client.http.get("/ready")
        assert (answer.status_code, answer.json) == (
            503,
            {"database": False, "migrations": False, "keys": False},
        )


def test_a_database_of_another_form_is_not_ready(client: Browsing, db: Session) -> None:
    db.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    db.commit()
    answer = client.http.get("/ready")
    assert (answer.status_code, answer.json) == (503, {**WELL, "migrations": False, "keys": False})
    db.execute(text("DROP TABLE alembic_version"))
    db.commit()
    assert client.http.get("/ready").json == {**WELL, "migrations": False, "keys": False}


def test_with_another_data_key_nothing_is_served_as_ready(
    client: Browsing, db: Session, test_settings: Settings
) -> None:
    make_account_case(db)
    db.commit()
    assert client.http.get("/ready").json == WELL
    install_cipher(DataCipher(bytes(32)))
    answer = client.http.get("/ready")
    assert (answer.status_code, answer.json) == (503, {**WELL, "keys": False})
    install_cipher(DataCipher(test_settings.data_key))
    assert client.http.get("/ready").json == WELL


@pytest.fixture
def counted(app: Tillsyn, own_database_url: str, test_settings: Settings) -> Iterator[FlaskClient]:
    """An application that counts and logs in JSON, on the test's database."""
    settings = replace(
        test_settings, database_url=own_database_url, metrics_token=TOKEN, log="json", proxies=1
    )
    counting = create_app(settings)
    connect(counting, own_database_url)
    yield counting.test_client()
    counting.extensions["tillsyn_engine"].dispose()


def figures(http: FlaskClient) -> dict[str, float]:
    answer = http.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    lines = (line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in lines}


def test_without_a_token_there_is_no_such_page(client: Browsing) -> None:
    assert client.http.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer å"])
def test_figures_are_for_who_has_the_token(counted: FlaskClient, given: str) -> None:
    answer = counted.get("/metrics", headers={"Authorization": given} if given else {})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "tillsyn_" not in answer.text


def test_requests_are_counted_by_endpoint_method_and_status_only(counted: FlaskClient) -> None:
    for address in ("/sign-in", "/sign-in?next=/inspections/2026-4711", "/inspections/2026-4711", "/nowhere"):
        counted.get(address)
    counted.open("/sign-in", method="HEMLIGT")
    found = figures(counted)
    assert found['tillsyn_requests_total{endpoint="account.sign_in",method="GET",status="200"}'] == 2
    assert found['tillsyn_requests_total{endpoint="cases.overview",method="GET",status="302"}'] == 1
    assert found['tillsyn_requests_total{endpoint="none",method="GET",status="404"}'] == 1
    assert found['tillsyn_request_seconds_count{area="account"}'] >= 2
    assert not [name for name in found if "4711" in name or "HEMLIGT" in name]


def test_what_waits_is_told_as_numbers(counted: FlaskClient, db: Session) -> None:
    user = make_user(db, Role.INSPECTOR)
    db.commit()
    before = figures(counted)
    assert (before["tillsyn_ready"], before["tillsyn_mails_waiting"]) == (1, 0)
    now = counted.application.config["CLOCK"]()
    for due, sent in ((-90, None), (-30, None), (-30, now), (60, None)):
        at = now + timedelta(seconds=due)
        db.add(OutgoingMail(user_id=user.id, made_at=at, due_at=at, sent_at=sent))
    db.commit()
    after = figures(counted)
    assert after["tillsyn_mails_waiting"] == 2
    assert 90 <= after["tillsyn_oldest_mail_seconds"] < 120
    assert (after["tillsyn_arrivals_waiting"], after["tillsyn_oldest_arrival_seconds"]) == (0, 0)


def test_how_long_ago_the_end_of_the_log_was_kept_is_told(
    counted: FlaskClient, test_settings: Settings
) -> None:
    assert "tillsyn_log_kept_age_seconds" not in figures(counted)
    at = counted.application.config["CLOCK"]() - timedelta(hours=30)
    keep_head(test_settings.log_heads, LogHead(7, bytes(32), at), seal=None)
    assert 30 * 3600 <= figures(counted)["tillsyn_log_kept_age_seconds"] < 31 * 3600


def test_figures_come_also_while_the_database_is_away(counted: FlaskClient) -> None:
    connect(counted.application, "sqlite:////nowhere/at/all.db")
    found = figures(counted)
    assert found["tillsyn_ready"] == 0 and "tillsyn_mails_waiting" not in found


def test_a_line_for_each_request_says_how_it_went_and_not_what_about(
    counted: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="tillsyn.requests"):
        counted.get("/inspections/2026-4711?q=hemligt", headers={"X-Request-ID": "0123456789abcdef"})
        counted.get("/health", headers={"X-Request-ID": "hemligt\tåäö"})
    lines = [Lines("json").format(record) for record in caplog.records if record.name == "tillsyn.requests"]
    assert len(lines) == 2
    assert '"endpoint": "cases.overview", "method": "GET", "status": 302' in lines[0]
    assert '"request": "0123456789abcdef"' in lines[0]
    assert not [line for line in lines if "4711" in line or "hemligt" in line or "127.0.0.1" in line]


def test_what_a_client_says_that_the_host_is_is_not_taken_from_the_proxy(counted: FlaskClient) -> None:
    answer = counted.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert "evil" not in answer.headers["Location"]
