"""The example data: made through the real use cases, alive at any moment, something for every role."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.browsing import Browsing
from tillsyn.inspect.cli import main
from tillsyn.inspect.demo import ACCOUNTS, PASSWORD, load_demo
from tillsyn.inspect.demo import people as example
from tillsyn.inspect.errors import Conflict
from tillsyn.inspect.outside.passwords import password_is_right
from tillsyn.inspect.rules.inspection_file import faults_of_file
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.settings import Settings
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.corrections import CorrectedWords, Correction
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.letter_vocabulary import CorrectionState, LetterState
from tillsyn.models.letters import Letter
from tillsyn.models.people import User
from tillsyn.models.vocabulary import State

FILES = sorted((Path(__file__).parents[2] / "inspect" / "demo").glob("inspection-*.json"))
AFTERNOON = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
NEW_YEARS_NIGHT = datetime(2026, 12, 31, 23, 10, tzinfo=UTC)
"""In Sweden it is ten past midnight, and another year."""

STATES = {
    "01342": State.WEIGHING,
    "01366": State.CHILDREN,
    "01402": State.PLANNED,
    "01391": State.PREPARED,
    "01210": State.REVIEW,
    "01066": State.FOLLOW_UP,
    "00718": State.FOLLOW_UP,
    "01187": State.CLOSED,
    "01233": State.REVIEW,
    "01417": State.PREPARED,
    "01371": State.CHILDREN,
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_of_the_example_can_be_imported_on_its_own(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    assert faults_of_file(data, {data["pack"]: load_pack(data["pack"])}) == ()


@pytest.mark.slow
@pytest.mark.parametrize("moment", [AFTERNOON, NEW_YEARS_NIGHT], ids=["afternoon", "new-years-night"])
def test_the_cases_stand_where_each_role_has_something_to_do(
    db: Session, test_settings: Settings, moment: datetime
) -> None:
    load_demo(db, authority=test_settings.authority, now=moment)
    cases = {case.dnr[5:]: case for case in db.scalars(select(Inspection))}
    assert {number: case.state for number, case in cases.items()} == STATES
    letters = {letter.inspection_id: letter.state for letter in db.scalars(select(Letter))}
    assert letters[cases["01210"].id] is LetterState.IN_REVIEW
    assert letters[cases["01066"].id] is LetterState.SENT
    (corrected,) = db.scalars(select(Correction)).all()
    assert corrected.state is CorrectionState.MADE
    assert {one.language for one in db.scalars(select(CorrectedWords))} == {"sv", "en"}
    visit = gather_facts(db, find_inspection(db, cases["01366"].dnr), now=moment)
    assert visit.without_outcome == ("b3", "b4", "b5")
    assert visit.open_talks == ("b3",)
    assert all(event.at <= moment for event in db.scalars(select(Event)))
    with pytest.raises(Conflict):
        load_demo(db, authority=test_settings.authority, now=moment)


@pytest.mark.slow
def test_every_role_meets_its_work_on_the_first_page(
    client: Browsing, db: Session, test_settings: Settings
) -> None:
    load_demo(db, authority=test_settings.authority, now=datetime.now(UTC))
    db.commit()
    users = {user.email: user for user in db.scalars(select(User))}
    assert users.keys() == {account.email for account in ACCOUNTS}
    assert password_is_right(PASSWORD, users[example.INSPECTOR].password_hash)
    met = {
        example.INSPECTOR: "Nyponbacken",
        example.SECOND_INSPECTOR: "Tallåsen",
        example.SUPERVISOR: "Granholmen",
        example.PEER_REVIEWER: "Granholmen",
        example.LAWYER: "Granholmen",
        example.PROVIDER: "Strandängen",
        example.SECOND_PROVIDER: "Tallåsen",
        example.HOME_MANAGER: "Mossebo",
    }
    for account in ACCOUNTS:
        client.sign_in_as(users[account.email])
        page = client.get("/", follow=True)
        assert met.get(account.email, "") in page.text, account.email
    client.sign_in_as(users[example.INSPECTOR])
    assert "Oanmält besök" not in client.get("/inspections").text


def test_the_example_is_refused_in_production(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {
        "TILLSYN_ENV": "production",
        "TILLSYN_INSTANCE": str(tmp_path),
        "TILLSYN_SECRET_KEY": "a secret of this test, longer than thirty-two characters",
        "TILLSYN_DATA_KEY": "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24=",
        "TILLSYN_FIELD_KEY": "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24=",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main(["demo"])
    assert ended.value.code == 1
    assert "production" in capsys.readouterr().err


@pytest.mark.slow
def test_once_loads_the_first_time_only(
    monkeypatch: pytest.MonkeyPatch,
    own_database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["demo", "--once"])
        assert ended.value.code == 0
        told = capsys.readouterr().out
        assert PASSWORD in told and all(account.email in told for account in ACCOUNTS)
    with pytest.raises(SystemExit) as ended:
        main(["demo"])
    assert ended.value.code == 1
