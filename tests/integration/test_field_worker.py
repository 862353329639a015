"""The service worker of the field app: everything that it keeps is there, and another file makes another version."""

import gzip
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.web import field_pack

MOST = 100_000
BEGINS_WITH = ("/static/field/begin.js", "/static/field/registration.js", "/field/sw.js", "/field/app.json")
"""What the first load fetches beside what the worker lists."""


@pytest.fixture
def visitor(made_app: Tillsyn) -> FlaskClient:
    """Somebody who is not signed in; no database is asked."""
    return made_app.test_client()


def status_of(visitor: FlaskClient, file: str) -> int:
    answer = visitor.get(file)
    answer.close()
    return answer.status_code


def kept(visitor: FlaskClient) -> dict[str, Any]:
    script = visitor.get("/field/sw.js").text
    told: dict[str, Any] = json.loads(script.removeprefix("const APP = ").split(";\n")[0])
    return told


def size_of(visitor: FlaskClient, file: str) -> int:
    answer = visitor.get(file)
    size = len(gzip.compress(answer.data))
    answer.close()
    return size


def test_every_file_that_is_kept_is_there_for_everybody(visitor: FlaskClient) -> None:
    told = kept(visitor)
    assert {"/field/", "/field/looks.css"} <= set(told["files"])
    assert {"/field/words/sv.json", "/static/field/core.js", "/static/field/begin.js"} <= set(told["packed"])
    assert "/static/field/sw.js" not in told["packed"]
    files = [*told["files"], *told["packed"], told["pack"]]
    assert [file for file in files if status_of(visitor, file) != 200] == []


def test_the_pack_has_the_parts_of_the_same_version(visitor: FlaskClient) -> None:
    told = kept(visitor)
    pack = visitor.get(told["pack"]).json
    assert pack is not None
    assert (pack["version"], list(pack["parts"])) == (told["version"], told["packed"])
    assert pack["parts"]["/field/words/sv.json"] == visitor.get("/field/words/sv.json").json


def test_all_that_the_first_load_fetches_is_below_100_kb_compressed(visitor: FlaskClient) -> None:
    manifest = visitor.get("/field/manifest.webmanifest").json
    assert manifest is not None
    icons = {one["src"] for one in manifest["icons"]}
    files = {*BEGINS_WITH, *kept(visitor)["files"], *icons}
    sizes = {file: size_of(visitor, file) for file in files}
    assert sum(sizes.values()) < MOST, sizes


def test_what_the_page_has_fetched_already_does_not_come_a_second_time(visitor: FlaskClient) -> None:
    for file in ("/field/looks.css", "/static/favicon.svg"):
        first = visitor.get(file)
        again = visitor.get(file, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        first.close()
        again.close()


def test_the_browser_asks_for_the_worker_anew_each_time(visitor: FlaskClient) -> None:
    answer = visitor.get("/field/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"


def test_another_file_makes_another_version(visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept(visitor)["version"]
    assert kept(visitor)["version"] == before
    monkeypatch.setattr(field_pack, "BESIDE", ("js/autosave.js",))
    assert kept(visitor)["version"] != before


def test_the_sheet_has_the_components_that_the_app_shows_and_no_others(visitor: FlaskClient) -> None:
    sheet = visitor.get("/field/looks.css").text
    for shown in (".ds-button", ".ds-input", ".ds-sr-only", ".composer__question"):
        assert shown in sheet
    for hidden in (".ds-suggestion", ".ds-pagination", ".nav__list", "/*"):
        assert hidden not in sheet
