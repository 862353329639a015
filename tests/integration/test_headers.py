"""Headers on every kind of answer, and what is written in the log when a page fails."""

import logging
from dataclasses import replace

import pytest
from flask import Flask

from tests.builders import make_user
from tests.integration.browsing import Browsing
from tests.integration.rich_site import RichSite
from tests.rich_account import MARKER
from tillsyn.inspect.app import create_app
from tillsyn.inspect.rules.access import Permission
from tillsyn.inspect.web.access import access
from tillsyn.models.vocabulary import Role

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def answers(rich: RichSite, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """One answer of each kind, by name."""
    http = rich.as_("leader").http
    large = b"x" * (rich.settings.max_content_length + 1)
    rich.app.testing = False
    try:
        return {
            "page": http.get("/inspections"),
            "redirect": rich.as_(None).http.get("/"),
            "static": http.get("/static/app.css", buffered=True),
            "400": http.post("/language", data={"language": "sv"}),
            "401": rich.as_(None).http.post("/sign-out"),
            "404": http.get("/nowhere"),
            "404 case": http.get("/inspections/2099-1"),
            "405": http.delete("/inspections"),
            "413": http.post("/language", data=large, content_type="application/x-www-form-urlencoded"),
            "json": http.put("/inspections/2099-1/requirements/K10", json={}),
        }
    finally:
        rich.app.testing = True


def test_security_headers_stand_on_every_kind_of_answer(answers: dict[str, object]) -> None:
    for name, answer in answers.items():
        for header, value in EVERYWHERE.items():
            assert answer.headers.get(header) == value, (name, header)  # type: ignore[attr-defined]


def test_the_kinds_of_answers_are_what_they_are_called(answers: dict[str, object]) -> None:
    statuses = {name: answer.status_code for name, answer in answers.items()}  # type: ignore[attr-defined]
    assert statuses == {
        "page": 200,
        "redirect": 302,
        "static": 200,
        "400": 400,
        "401": 401,
        "404": 404,
        "404 case": 404,
        "405": 405,
        "413": 413,
        "json": 400,
    }


def test_the_policy_needs_no_exceptions(answers: dict[str, object]) -> None:
    for name, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
        assert "unsafe" not in policy and "*" not in policy, name
        for part in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert part in policy, (name, part)


def test_nothing_but_static_files_is_kept_by_browsers_and_proxies(answers: dict[str, object]) -> None:
    for name, answer in answers.items():
        kept = answer.headers.get("Cache-Control", "")  # type: ignore[attr-defined]
        assert ("no-store" in kept) == (name != "static"), (name, kept)


def test_https_only_is_asked_for_where_the_site_has_https(rich: RichSite) -> None:
    assert "Strict-Transport-Security" not in rich.as_(None).http.get("/sign-in").headers
    secure = create_app(replace(rich.settings, base_url="https://tillsyn.example"))
    answer = secure.test_client().get("/sign-in", base_url="https://tillsyn.example")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    secure.extensions["tillsyn_engine"].dispose()


@pytest.mark.parametrize(
    ("language", "heading"), [("sv", "Något gick fel hos oss"), ("en", "Something went wrong")]
)
def test_a_page_that_fails_logs_type_and_place_and_nothing_that_was_written(
    app: Flask, client: Browsing, db: object, caplog: pytest.LogCaptureFixture, language: str, heading: str
) -> None:
    failing = create_app(app.config["SETTINGS"])

    @access(Permission.SIGN_IN)
    def fail() -> str:
        from flask import request

        raise RuntimeError(f"could not store {request.form['text']}")

    failing.add_url_rule("/fail", "fail", fail, methods=["POST"])
    failing.config["WTF_CSRF_ENABLED"] = False
    with caplog.at_level(logging.DEBUG):
        http = failing.test_client()
        with http.session_transaction() as kept:
            kept["language"] = language
        answer = http.post("/fail", data={"text": f"{MARKER} sade detta"})
        script = http.post("/fail", data={"text": MARKER}, headers={"Accept": "application/json"})
    failing.extensions["tillsyn_engine"].dispose()
    assert answer.status_code == 500 and heading in answer.get_data(as_text=True)
    assert MARKER not in answer.get_data(as_text=True)
    assert (script.status_code, script.get_json()) == (500, {"error": "fault"})
    assert "RuntimeError" in caplog.text and "test_headers.py" in caplog.text
    assert MARKER not in caplog.text
    for header in EVERYWHERE:
        assert header in answer.headers


def test_what_failed_halfway_is_not_kept(app: Flask, client: Browsing, db: object) -> None:
    """A request that fails commits nothing of what it had done."""
    from sqlalchemy import func, select
    from sqlalchemy.orm import Session

    from tillsyn.inspect.web.database import db as request_db
    from tillsyn.models.people import User

    failing = create_app(app.config["SETTINGS"])

    @access(Permission.SIGN_IN)
    def fail() -> str:
        make_user(request_db(), Role.INSPECTOR)
        raise RuntimeError("halfway")

    @access(Permission.SIGN_IN)
    def refuse() -> tuple[str, int]:
        make_user(request_db(), Role.INSPECTOR)
        return "no", 422

    failing.add_url_rule("/fail", "fail", fail, methods=["POST"])
    failing.add_url_rule("/refuse", "refuse", refuse, methods=["POST"])
    failing.config["WTF_CSRF_ENABLED"] = False
    assert failing.test_client().post("/fail").status_code == 500
    assert failing.test_client().post("/refuse").status_code == 422
    failing.extensions["tillsyn_engine"].dispose()
    assert isinstance(db, Session)
    assert db.scalar(select(func.count()).select_from(User)) == 0


def test_only_the_field_app_may_use_camera_and_microphone_and_pictures_out_of_memory(
    rich: RichSite, answers: dict[str, object]
) -> None:
    field = rich.as_(None).http.get("/field/")
    policy = field.headers["Content-Security-Policy"]
    assert field.status_code == 200
    assert "img-src 'self' data: blob:" in policy and "media-src 'self' blob:" in policy
    assert "unsafe" not in policy and "require-trusted-types-for 'script'" in policy
    uses = field.headers["Permissions-Policy"]
    assert "camera=(self)" in uses and "microphone=(self)" in uses and "geolocation=()" in uses
    answers["below field"] = rich.as_(None).http.get("/field/nowhere")
    for name, answer in answers.items():
        assert "blob:" not in answer.headers["Content-Security-Policy"], name  # type: ignore[attr-defined]
        uses = answer.headers["Permissions-Policy"]  # type: ignore[attr-defined]
        assert "camera=()" in uses and "microphone=()" in uses, name


def test_a_file_that_was_sent_in_runs_nothing_even_if_it_were_shown(rich: RichSite) -> None:
    assert rich.files is not None
    address = f"/inspections/{rich.made.cases['follow_up']}/files/{rich.files.photo_id}"
    answer = rich.as_("leader").http.get(address)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "frame-ancestors 'none'" in policy
