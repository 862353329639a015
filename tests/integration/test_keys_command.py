"""`tillsyn keys`: the key-encryption key is rotated and cases get new keys while the service goes on."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.stand_in_keys import TOKEN, StandInKeys, stand_in_keys
from tillsyn.inspect.cli import main
from tillsyn.inspect.outside.cipher import install_keys
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.key_encryption import KeyServiceSilent, NotUnwrapped, key_service_at
from tillsyn.inspect.outside.keys import WrongKeyOrRow
from tillsyn.inspect.settings import UnfitSettings, read_settings
from tillsyn.models.interviews import Statement

CASE = Path(__file__).parents[2] / "inspect/demo/inspection-nyponbacken.json"
SAID = "De ställer bara fram muggen"
Run = Callable[..., tuple[int, str]]


def a_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def place(own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A database that is used with keys from the environment, and nothing in it."""
    for name in [name for name in os.environ if name.startswith("TILLSYN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("TILLSYN_DATA_KEY", a_key())
    return monkeypatch


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(end.value.code or 0), told.out + told.err

    return run


def what_was_said(engine: Engine) -> list[str]:
    """All statements, opened by the settings as they stand now."""
    install_keys(read_settings())
    with Session(engine) as db:
        return sorted(one.text for one in db.scalars(select(Statement)))


def test_the_key_is_rotated_and_the_former_one_is_needed_no_longer(
    place: pytest.MonkeyPatch, run: Run, own_database_url: str
) -> None:
    assert run("import", str(CASE))[0] == 0
    engine = make_engine(own_database_url)
    before = what_was_said(engine)
    assert any(SAID in one for one in before)
    former, new = os.environ["TILLSYN_DATA_KEY"], a_key()
    place.setenv("TILLSYN_DATA_KEY", new)
    code, told = run("keys", "status")
    assert code == 1 and "IS NOT HERE" in told
    assert "TILLSYN_DATA_KEYS_OLD" in run("keys", "rotate")[1]
    place.setenv("TILLSYN_DATA_KEYS_OLD", former)
    assert run("keys", "status")[0] == 0
    assert what_was_said(engine) == before, "before, with both keys"
    code, told = run("keys", "rotate")
    assert code == 0 and "1 of 1 keys" in told
    assert "all keys are wrapped" in run("keys", "rotate")[1], "again it has nothing to do"
    place.delenv("TILLSYN_DATA_KEYS_OLD")
    assert what_was_said(engine) == before
    assert run("keys", "status")[0] == 0
    place.setenv("TILLSYN_DATA_KEY", former)
    with pytest.raises(WrongKeyOrRow):
        what_was_said(engine)
    engine.dispose()


def test_a_renewal_that_is_killed_again_and_again_ends_whole(
    place: pytest.MonkeyPatch, run: Run, own_database_url: str
) -> None:
    assert run("import", str(CASE))[0] == 0
    engine = make_engine(own_database_url)
    before = what_was_said(engine)
    for patience in (1, 2, 4):
        renewing = subprocess.Popen(
            [sys.executable, "-c", "from tillsyn.inspect.cli import main; main(['keys', 'renew', '--all'])"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert renewing.stdout is not None
        for _ in range(patience):
            renewing.stdout.readline()
        renewing.send_signal(signal.SIGKILL)
        renewing.communicate()
        assert what_was_said(engine) == before, "half done, all is read"
    code, told = run("keys", "renew", "--all")
    assert code == 0 and "(2 of 2)" in told
    with engine.connect() as connection:
        in_use = connection.execute(text("SELECT count(*) FROM data_keys WHERE retired_at IS NULL")).scalar()
        keys = connection.execute(text("SELECT count(*) FROM data_keys")).scalar()
    assert what_was_said(engine) == before
    assert in_use and keys is not None and keys <= 2 * in_use, "a renewal that was begun goes on"
    engine.dispose()


def test_one_case_or_all_is_named(place: pytest.MonkeyPatch, run: Run) -> None:
    assert run("keys", "renew")[0] == 2
    assert run("keys", "renew", "HVB 1/26", "--all")[0] == 2
    assert "there is no case" in run("keys", "renew", "HVB 1/26")[1]


def test_a_service_can_hold_the_key_instead(
    place: pytest.MonkeyPatch, run: Run, own_database_url: str
) -> None:
    engine = make_engine(own_database_url)
    assert run("import", str(CASE))[0] == 0
    before = what_was_said(engine)
    with stand_in_keys() as service:
        place.setenv("TILLSYN_KEY_SERVICE", service.address)
        place.setenv("TILLSYN_KEY_SERVICE_KEY", "tillsyn")
        place.setenv("TILLSYN_KEY_SERVICE_TOKEN", TOKEN)
        code, told = run("keys", "rotate")
        assert code == 0 and "service:tillsyn" in told
        place.delenv("TILLSYN_DATA_KEY")
        service.asked.clear()
        assert what_was_said(engine) == before
        assert service.asked == ["/v1/unwrap"], "once for the case, however much it holds"
        assert TOKEN not in run("settings")[1]
        service.silent = True
        with pytest.raises(WrongKeyOrRow, match="does not answer"):
            what_was_said(engine)
        service.silent = False
        place.setenv("TILLSYN_KEY_SERVICE_TOKEN", "fel")
        with pytest.raises(WrongKeyOrRow, match="does not unwrap"):
            what_was_said(engine)
    engine.dispose()


@pytest.fixture
def service() -> Iterator[StandInKeys]:
    with stand_in_keys() as one:
        yield one


def test_what_is_wrapped_for_one_use_is_not_unwrapped_for_another(service: StandInKeys) -> None:
    keys = key_service_at(service.address, "tillsyn", TOKEN)
    wrapped = keys.wrap(bytes(32), b"ett arende")
    assert keys.unwrap(wrapped, b"ett arende") == bytes(32)
    with pytest.raises(NotUnwrapped):
        keys.unwrap(wrapped, b"ett annat")


@pytest.mark.parametrize("status", [302, 303, 307, 308])
def test_a_service_that_sends_elsewhere_is_not_followed(service: StandInKeys, status: int) -> None:
    keys = key_service_at(service.address, "tillsyn", TOKEN)
    with stand_in_keys() as other:
        service.elsewhere, service.redirects_with = f"{other.address}/wrap", status
        with pytest.raises(KeyServiceSilent):
            keys.wrap(bytes(32), b"ett arende")
        assert other.asked == []
        urlopen(other.address, timeout=5).close()
        assert len(other.asked) == 1, "the control: it notes whoever comes"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"TILLSYN_KEY_SERVICE": "http://nycklar.example/v1"}, "https"),
        ({"TILLSYN_KEY_SERVICE": "https://nycklar.example/v1"}, "TILLSYN_KEY_SERVICE_KEY"),
        ({"TILLSYN_DATA_KEY_FILE": "/ingenstans/nyckel"}, "cannot be read"),
        ({"TILLSYN_DATA_KEYS_OLD": "kort"}, "32 bytes"),
    ],
)
def test_settings_that_are_not_fit_say_what_to_set(
    variables: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(UnfitSettings, match=told):
        read_settings({"TILLSYN_INSTANCE": str(tmp_path), **variables})


def test_the_key_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "nyckel"
    file.write_text(base64.b64encode(bytes(range(32))).decode() + "\n")
    settings = read_settings({"TILLSYN_INSTANCE": str(tmp_path), "TILLSYN_DATA_KEY_FILE": str(file)})
    assert settings.data_key == bytes(range(32)) and not (tmp_path / "data.key").exists()
