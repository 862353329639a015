"""Notes that devices have sent and that wait to be taken in: said where nobody opens the case, and waited for."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.field_devices import NOW, PlayedDevice, anew
from tests.integration.browsing import Browsing
from tests.integration.conftest import DATA_KEY
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.cli import main
from tillsyn.inspect.rules.inspection_gates import weighing
from tillsyn.inspect.services import take_in_arrivals
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.services.weigh_inspection import keep_weighing
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.field import ArrivedNotes
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole


@pytest.fixture
def anna(db: Session) -> User:
    return make_user(db, Role.INSPECTOR, name="Anna Ek")


@pytest.fixture
def case(db: Session, anna: User) -> Inspection:
    case = make_inspection(db, team={TeamRole.INSPECTOR: anna}, state=State.WEIGHING, children=1)
    db.commit()
    return case


def a_talk_that_waits(db: Session, anna: User, case: Inspection) -> int:
    """Sent to a server that had much to do; how many notes it was."""
    device = PlayedDevice(db, anna, case)
    guide = load_pack(case.pack).guides_for("child")[0].id
    talk = device.talk("child", NOW - timedelta(hours=2), resident=case.residents[0].id, guide=guide)
    device.say(talk, "Det är lugnt.", at=NOW - timedelta(hours=2))
    sent = len(device.unsent)
    device.send(busy=True)
    db.commit()
    return sent


def left(db: Session) -> int:
    db.rollback()
    return db.scalar(select(func.count()).select_from(ArrivedNotes)) or 0


def out_of_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(take_in_arrivals, "keep_batch", fail)


def test_the_first_page_and_the_list_say_how_many_wait_until_the_case_is_opened(
    client: Browsing, db: Session, anna: User, case: Inspection
) -> None:
    assert a_talk_that_waits(db, anna, case) == 3
    client.sign_in_as(anna)
    page = client.get("/")
    assert "Anteckningar från enheter" in page.text
    assert "3 anteckningar väntar på att tas in i ärendet." in page.text
    assert "Det är lugnt" not in page.text
    assert "3 anteckningar från enheter väntar" in client.get("/inspections").text
    assert left(db) == 1
    opened = client.get(f"/inspections/{case.dnr}/field")
    assert "anteckningar väntar" not in opened.text
    assert left(db) == 0
    assert "Anteckningar från enheter" not in client.get("/").text
    assert "anteckningar från enheter" not in client.get("/inspections").text


def test_whoever_is_not_in_the_team_is_not_told(
    client: Browsing, db: Session, anna: User, case: Inspection
) -> None:
    a_talk_that_waits(db, anna, case)
    chief = make_user(db, Role.SUPERVISOR, name="Chef")
    db.commit()
    client.sign_in_as(chief)
    assert "anteckningar" not in client.get("/").text
    assert "anteckningar från enheter" not in client.get("/inspections").text


def test_what_could_not_be_taken_in_stands_on_every_page_of_the_case_and_keeps_it_from_review(
    client: Browsing, db: Session, anna: User, case: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_talk_that_waits(db, anna, case)
    out_of_order(monkeypatch)
    client.sign_in_as(anna)
    for page in ("", "/talks", "/letters", "/field"):
        assert "3 anteckningar väntar på att tas in" in client.get(f"/inspections/{case.dnr}{page}").text
    assert "Inget väntar" not in client.get(f"/inspections/{case.dnr}/field").text
    facts = gather_facts(db, anew(db, case), now=NOW)
    assert facts.field_waiting == 3
    assert weighing(facts)[0].values == {"num": 3}
    db.rollback()
    monkeypatch.undo()
    assert "väntar på att tas in" not in client.get(f"/inspections/{case.dnr}").text
    db.rollback()
    assert gather_facts(db, anew(db, case), now=NOW).field_waiting == 0


@pytest.fixture
def weigh_all(app: Tillsyn, own_database_url: str, monkeypatch, capsys):
    monkeypatch.setenv("TILLSYN_INSTANCE", str(app.config["SETTINGS"].instance))
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)

    def ask() -> tuple[int, list[dict], str]:
        with pytest.raises(SystemExit) as ended:
            main(["weigh", "--all"])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), [json.loads(line) for line in out.splitlines()], err

    return ask


def test_to_weigh_all_takes_in_what_waits_first(weigh_all, db: Session, anna: User, case: Inspection) -> None:
    keep_weighing(db, actor=None, inspection=anew(db, case), now=NOW)
    a_talk_that_waits(db, anna, case)
    code, _differences, err = weigh_all()
    assert (code, left(db)) == (0, 0)
    assert "1 inspections weighed" in err
    assert case.dnr not in err


def test_a_case_whose_notes_could_not_be_taken_in_is_named(
    weigh_all, db: Session, anna: User, case: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_weighing(db, actor=None, inspection=anew(db, case), now=NOW)
    a_talk_that_waits(db, anna, case)
    out_of_order(monkeypatch)
    code, _differences, err = weigh_all()
    assert (code, left(db)) == (1, 1)
    assert f"{case.dnr}: notes from devices could not be taken in" in err
