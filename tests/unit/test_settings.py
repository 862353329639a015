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
FIELD_KEY = base64.b64encode(bytes(range(32, 64))).decode()


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"TILLSYN_INSTANCE": str(folder / "instance"), **more}


def test_nothing_needs_to_be_set_on_ones_own_machine(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path))
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/tillsyn.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.is_production and not settings.cookies_are_secure
    assert len(settings.secret_key) >= 32 and len(settings.data_key) == 32


def test_a_page_reaches_the_rows_of_who_asks_unless_the_whole_service_is_named(tmp_path: Path) -> None:
    assert read_settings(environment(tmp_path)).reach_by_person
    assert read_settings(environment(tmp_path, TILLSYN_REACH="")).reach_by_person
    assert not read_settings(environment(tmp_path, TILLSYN_REACH="service")).reach_by_person
    with pytest.raises(UnfitSettings, match="person or service"):
        read_settings(environment(tmp_path, TILLSYN_REACH="all"))


def test_keys_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        first, second = read_settings(environment(tmp_path)), read_settings(environment(tmp_path))
    finally:
        os.umask(before)
    assert (first.secret_key, first.data_key) == (second.secret_key, second.data_key)
    for name in ("secret.key", "data.key", "field.key"):
        assert stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700
    other = read_settings(environment(tmp_path / "other"))
    assert other.data_key != first.data_key and other.secret_key != first.secret_key


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "TILLSYN_SECRET_KEY"),
        ({"TILLSYN_SECRET_KEY": SECRET}, "TILLSYN_DATA_KEY"),
        ({"TILLSYN_SECRET_KEY": SECRET, "TILLSYN_DATA_KEY": DATA_KEY}, "TILLSYN_FIELD_KEY"),
    ],
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
            TILLSYN_FIELD_KEY=FIELD_KEY,
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
        ("TILLSYN_FIELD_KEY", "not base64!", "32 bytes in base64"),
        ("TILLSYN_FIELD_KEY", base64.b64encode(bytes(32)).decode(), "no key of the curve P-256"),
        ("TILLSYN_FIELD_KEY", base64.b64encode(b"\xff" * 32).decode(), "no key of the curve P-256"),
        ("TILLSYN_FIELD_DAYS", "two weeks", "set it to a whole number"),
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
            TILLSYN_FIELD_KEY=FIELD_KEY,
            TILLSYN_DATABASE_URL="postgresql://tillsyn:hemligt@db/tillsyn",
        )
    )
    shown = str(settings.rows())
    assert {name for name, _ in settings.rows()} == {item.name for item in dataclasses.fields(settings)}
    assert "hemligt" not in shown and SECRET not in shown and DATA_KEY not in shown
    assert str(settings.data_key) not in shown
    assert FIELD_KEY not in shown and str(settings.field_keys[0]) not in shown


def test_an_old_field_key_stands_after_the_one_in_use(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path, TILLSYN_FIELD_KEY=f"{FIELD_KEY}, {DATA_KEY}"))
    assert settings.field_keys == (bytes(range(32, 64)), bytes(range(32)))


def test_settings_do_not_change(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path))
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.environment = "production"  # type: ignore[misc]


def test_a_letterhead_has_a_logo_with_words_and_a_colour_that_can_be_read(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
    given = {"TILLSYN_AUTHORITY_LOGO": str(logo), "TILLSYN_AUTHORITY_LOGO_ALT": "Myndighetens märke"}
    settings = read_settings(environment(tmp_path, **given, TILLSYN_AUTHORITY_COLOUR="#7A2430"))
    assert settings.authority.logo is not None
    assert (settings.authority.logo.alt, settings.authority.colour) == ("Myndighetens märke", "#7A2430")
    for faulty, said in (
        ({"TILLSYN_AUTHORITY_LOGO_ALT": ""}, "no words.*TILLSYN_AUTHORITY_LOGO_ALT"),
        ({"TILLSYN_AUTHORITY_LOGO": str(tmp_path / "none.png")}, "cannot be read: No such file"),
        ({"TILLSYN_AUTHORITY_COLOUR": "#0E8C5F"}, r"contrast 3\.82:1"),
        ({"TILLSYN_AUTHORITY_COLOUR": "teal"}, "not a colour"),
    ):
        with pytest.raises(UnfitSettings, match=said):
            read_settings(environment(tmp_path, **{**given, **faulty}))


def test_mail_is_sent_where_a_server_is_set_and_its_password_is_not_shown(tmp_path: Path) -> None:
    assert read_settings(environment(tmp_path)).mail is None
    settings = read_settings(
        environment(
            tmp_path,
            TILLSYN_SMTP_HOST="smtp.example",
            TILLSYN_SMTP_USER="tillsyn",
            TILLSYN_SMTP_PASSWORD="open sesame",
            TILLSYN_MAIL_FROM="tillsyn@example.se",
        )
    )
    assert settings.mail is not None
    assert (settings.mail.port, settings.mail.security) == (587, "starttls")
    assert "open sesame" not in str(settings.rows())


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ({"TILLSYN_MAIL_FROM": ""}, "TILLSYN_MAIL_FROM"),
        ({"TILLSYN_MAIL_FROM": "a@b@c"}, "TILLSYN_MAIL_FROM"),
        ({"TILLSYN_MAIL_FROM": "a@b\nBcc: c@d"}, "TILLSYN_MAIL_FROM"),
        ({"TILLSYN_SMTP_SECURITY": "ssl"}, "TILLSYN_SMTP_SECURITY"),
        ({"TILLSYN_SMTP_PORT": "smtp"}, "TILLSYN_SMTP_PORT"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_refused(
    tmp_path: Path, more: dict[str, str], about: str
) -> None:
    given = {"TILLSYN_SMTP_HOST": "smtp.example", "TILLSYN_MAIL_FROM": "tillsyn@example.se", **more}
    with pytest.raises(UnfitSettings, match=about):
        read_settings(environment(tmp_path, **given))


def test_in_production_mail_leaves_the_machine_encrypted(tmp_path: Path) -> None:
    keys = {
        "TILLSYN_ENV": "production",
        "TILLSYN_SECRET_KEY": SECRET,
        "TILLSYN_DATA_KEY": DATA_KEY,
        "TILLSYN_FIELD_KEY": FIELD_KEY,
        "TILLSYN_MAIL_FROM": "tillsyn@example.se",
        "TILLSYN_SMTP_SECURITY": "none",
    }
    with pytest.raises(UnfitSettings, match="in clear"):
        read_settings(environment(tmp_path, **keys, TILLSYN_SMTP_HOST="smtp.example"))
    assert read_settings(environment(tmp_path, **keys, TILLSYN_SMTP_HOST="127.0.0.1")).mail is not None
