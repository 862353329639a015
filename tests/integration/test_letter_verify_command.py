"""`tillsyn letter verify` by a real letter with a seal: its exit codes, and what it says of the seal."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import acting
from tests.integration.sent_letters import make_sent_letter
from tests.integration.test_command_line import here, prepared, run  # noqa: F401 - fixtures
from tillsyn.inspect.commands.work import transaction
from tillsyn.inspect.outside import clock
from tillsyn.inspect.services.correct_letter import Words, propose_correction
from tillsyn.inspect.services.find_corrections import letter_of_case
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.make_correction import make_correction
from tillsyn.inspect.settings import read_settings
from tillsyn.models.letters import LetterVersion


@pytest.fixture
def key(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    """A key and a certificate for demonstration, made by the command and set as it says."""
    path = here / "seal.p12"
    code, out, _ = run(capsys, "letter", "seal-demo-certificate", str(path))
    assert code == 0 and path.stat().st_mode & 0o777 == 0o600
    for line in out.splitlines():
        name, _, value = line.removeprefix("export ").partition("=")
        monkeypatch.setenv(name, value)
    return path


def corrected_twice() -> list[LetterVersion]:
    """Two versions after each other, both sealed."""
    settings = read_settings()
    made = []
    with transaction(settings) as db:
        sent = make_sent_letter(db)
        inspection = find_inspection(db, sent.inspection.dnr)
        for wrong, right in (("Vad vi såg", "Det vi såg"), ("Det vi såg", "Vad vi såg")):
            letter = letter_of_case(db, inspection, sent.letter.id)
            correction = propose_correction(
                db, actor=acting(sent.inspector), inspection=inspection, letter=letter,
                words={"sv": Words(wrong, right)}, why="Ordet blev fel.", comment_by_on=None, now=clock.now(),
            )  # fmt: skip
            made += make_correction(
                db, actor=acting(sent.decider), inspection=inspection, letter=letter, correction=correction,
                authority=settings.authority, now=clock.now(),
            )  # fmt: skip
        assert all(one.html and one.docx for one in made)
    return made


def test_genuine_replaced_and_not_ours_and_what_each_seal_is_worth(
    prepared: Path,  # noqa: F811
    key: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = corrected_twice()
    file = prepared / "letter.pdf"

    def verified(data: bytes) -> tuple[int, str, str]:
        file.write_bytes(data)
        return run(capsys, "letter", "verify", str(file))

    code, out, err = verified(new.pdf)
    assert code == 0 and err == ""
    assert f"genuine and unchanged: feedback letter of {new.content['reference']}, {new.letter_number}" in out
    assert "by Exempelinspektionen, and unchanged since" in out

    code, out, _ = verified(old.pdf)
    assert code == 1 and f"replaced by {new.letter_number}, version 3" in out

    code, out, err = verified(new.pdf + b" ")
    assert code == 2 and "not a letter of ours" in err and "the seal is broken" in err and out == ""

    assert new.html is not None
    code, out, _ = verified(new.html)
    assert code == 0 and "sealed" not in out

    later = clock.now() + timedelta(days=400)
    monkeypatch.setattr("tillsyn.inspect.commands.letter_verify.clock.now", lambda: later)
    code, out, _ = verified(new.pdf)
    assert code == 0 and "the certificate was valid from" in out

    monkeypatch.delenv("TILLSYN_SEAL_FILE")
    code, _, err = verified(new.pdf)
    assert code == 0 and "whose certificate is not one of ours" in err


def test_the_certificate_for_demonstration_overwrites_nothing_and_is_refused_in_production(
    here: Path,  # noqa: F811
    key: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = key.read_bytes()
    code, _, err = run(capsys, "letter", "seal-demo-certificate", str(key))
    assert code == 2 and "exists already" in err and key.read_bytes() == before
    settings = read_settings()
    assert os.environ["TILLSYN_SEAL_PASSPHRASE"] not in repr(settings)
    code, out, _ = run(capsys, "settings")
    assert os.environ["TILLSYN_SEAL_PASSPHRASE"] not in out
    monkeypatch.setenv("TILLSYN_ENV", "production")
    monkeypatch.setenv("TILLSYN_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("TILLSYN_DATA_KEY", "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24=")
    monkeypatch.setenv("TILLSYN_FIELD_KEY", "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24=")
    code, _, err = run(capsys, "letter", "seal-demo-certificate", str(here / "other.p12"))
    assert code == 2 and "that others trust" in err and not (here / "other.p12").exists()


def test_a_key_that_is_not_there_is_said_at_start(
    here: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TILLSYN_SEAL_FILE", str(here / "none.p12"))
    code, _, err = run(capsys, "settings")
    assert code == 2 and "there is no such file" in err
