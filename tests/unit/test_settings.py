"""Settings: read once, refused when unfit, secrets never shown."""

import base64
import dataclasses
import os
import stat
from pathlib import Path

import pytest

from tillsyn.inspect.settings import UnfitSettings, read_settings

SECRET = "a secret of more than thirty-two characters"
DATA_KEY = base64.b64encode(bytes(range(32))).decode()


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"TILLSYN_INSTANCE": str(folder / "instance"), **more}


def test_nothing_needs_to_be_set_on_ones_own_machine(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path))
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/tillsyn.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.is_production and not settings.cookies_are_secure
    assert len(settings.secret_key) >= 32 and len(settings.data_key) == 32


def test_keys_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        first, second = read_settings(environment(tmp_path)), read_settings(environment(tmp_path))
    finally:
        os.umask(before)
    assert (first.secret_key, first.data_key) == (second.secret_key, second.data_key)
    for name in ("secret.key", "data.key"):
        assert stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700
    other = read_settings(environment(tmp_path / "other"))
    assert other.data_key != first.data_key and other.secret_key != first.secret_key


@pytest.mark.parametrize(
    ("given", "missing"),
    [({}, "TILLSYN_SECRET_KEY"), ({"TILLSYN_SECRET_KEY": SECRET}, "TILLSYN_DATA_KEY")],
)
def test_production_makes_no_keys_and_says_how_to_make_them(
    tmp_path: Path, given: dict[str, str], missing: str
) -> None:
    with pytest.raises(UnfitSettings, match=f"{missing} is not set.*python3 -c"):
        read_settings(environment(tmp_path, TILLSYN_ENV="production", **given))
    assert list((tmp_path / "instance").glob("*.key")) == []


def test_production_starts_with_keys(tmp_path: Path) -> None:
    settings = read_settings(
        environment(
            tmp_path,
            TILLSYN_ENV="production",
            TILLSYN_SECRET_KEY=SECRET,
            TILLSYN_DATA_KEY=DATA_KEY,
            TILLSYN_BASE_URL="https://tillsyn.example/",
        )
    )
    assert settings.is_production and settings.cookies_are_secure
    assert settings.base_url == "https://tillsyn.example"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TILLSYN_ENV", "prod", "set it to local or production"),
        ("TILLSYN_SECRET_KEY", "short", "shorter than 32 characters"),
        ("TILLSYN_SECRET_KEY", "", "shorter than 32 characters"),
        ("TILLSYN_DATA_KEY", "not base64!", "32 bytes in base64"),
        ("TILLSYN_DATA_KEY", base64.b64encode(bytes(16)).decode(), "32 bytes in base64"),
        ("TILLSYN_DATA_KEY", "", "32 bytes in base64"),
        ("PORT", "eighty", "PORT is 'eighty': set it to a whole number"),
        ("TILLSYN_PROXIES", "-1", "set it to a whole number"),
        ("TILLSYN_WORKERS", "1.5", "set it to a whole number"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    with pytest.raises(UnfitSettings, match=says) as told:
        read_settings(environment(tmp_path, **{name: value}))
    assert "\n" not in str(told.value)


def test_no_secret_is_shown(tmp_path: Path) -> None:
    settings = read_settings(
        environment(
            tmp_path,
            TILLSYN_SECRET_KEY=SECRET,
            TILLSYN_DATA_KEY=DATA_KEY,
            TILLSYN_DATABASE_URL="postgresql://tillsyn:hemligt@db/tillsyn",
        )
    )
    shown = str(settings.rows())
    assert {name for name, _ in settings.rows()} == {item.name for item in dataclasses.fields(settings)}
    assert "hemligt" not in shown and SECRET not in shown and DATA_KEY not in shown
    assert str(settings.data_key) not in shown


def test_settings_do_not_change(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path))
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.environment = "production"  # type: ignore[misc]
