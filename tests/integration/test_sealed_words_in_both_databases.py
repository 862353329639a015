"""What was said is in no file of either database: tables, journals and the log that is written first."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.integration.sealed_words import files_with
from tests.postgres import PrivatePostgres
from tillsyn.inspect.cli import main
from tillsyn.inspect.outside.database import make_engine

CASE = Path(__file__).parents[2] / "inspect/demo/inspection-nyponbacken.json"
SAID = "De ställer bara fram muggen"
NAMED = "Nyponbacken"
"""A home's name, which is in clear so that it can be searched: the positive control."""


def test_a_case_that_is_taken_in_leaves_what_was_said_in_no_file(
    own_database_url: str,
    backend: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    assert SAID in CASE.read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["import", str(CASE)])
    assert not end.value.code
    engine = make_engine(own_database_url)
    with engine.connect() as connection:
        if backend == "postgresql":
            connection.execute(text("CHECKPOINT"))
            server: PrivatePostgres = request.getfixturevalue("postgres")
            places = [server._data]
        else:
            own = Path(own_database_url.removeprefix("sqlite:///"))
            places = [own, *own.parent.glob(f"{own.name}-*")]
        assert files_with(NAMED, places), "the search finds what is in clear"
        assert files_with(SAID, [*places, tmp_path / "instance"]) == []
    engine.dispose()
