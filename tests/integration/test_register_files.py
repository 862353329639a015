"""A file for the register: looked at first, taken in whole or not at all, and twice changes nothing."""

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_provider, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.cli import tillsyn
from tillsyn.inspect.errors import NotAllowed
from tillsyn.inspect.exchange.register_table import UnusableTable
from tillsyn.inspect.services.import_register import import_register, keep_file, look_at_file, take_in_file
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.register import Home, Municipality, Permit, Provider, RegisterChange, RegisterImport
from tillsyn.models.vocabulary import Role

HEADING = (
    "Organisationsnummer;Huvudman;Typ av huvudman;Hem;Typ av verksamhet;Kommun;Kommunkod;Platser;"
    "Tillstånd från;Tillstånd till;Tillståndets platser;Senaste besök"
)
FIRST = "556677-8899;Ängsliden Omsorg AB;privat;HVB Ängsliden;hvb;Örebro;1880;8;2024-03-01;;8;2025-02-11"
SECOND = "556677-8899;Ängsliden Omsorg AB;privat;HVB Ängsliden;hvb;Örebro;1880;8;2026-01-01;;9;"
OTHER = "550101-0101;Nyponbacken Omsorg AB;privat;HVB Nypon;Hem för vård eller boende (HVB);Kalmar;;6;;;;"


def file(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join((HEADING, *lines)).encode(encoding)


def rows(db: Session) -> tuple[int, ...]:
    kinds = (Provider, Home, Permit, Municipality, RegisterChange, RegisterImport, Event)
    return tuple(db.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def take_in(db: Session, *lines: str) -> tuple[int, int]:
    plan = import_register(db, actor=None, name="a.csv", content=file(*lines), now=NOW)
    db.expire_all()
    return len(plan.added), len(plan.changed)


def test_a_file_is_taken_in_and_the_same_again_changes_nothing(db: Session) -> None:
    assert take_in(db, FIRST, SECOND, OTHER) == (2 + 2 + 2 + 2, 0)
    home = db.scalars(select(Home).where(Home.name == "HVB Ängsliden")).one()
    assert (home.municipality, home.last_visit_on, home.places) == ("Örebro", date(2025, 2, 11), 8)
    first, second = db.scalars(select(Permit).order_by(Permit.from_on))
    assert (first.to_on, second.to_on, second.places) == (date(2025, 12, 31), None, 9)
    assert db.scalars(select(Municipality.code).order_by(Municipality.code)).all()[-1] in ("1880", None)
    before = rows(db)
    assert take_in(db, FIRST, SECOND, OTHER) == (0, 0)
    assert rows(db) == before
    assert db.scalars(select(Event.kind)).all() == [EventKind.REGISTER_IMPORTED]


def test_what_differs_is_changed_and_what_it_was_is_kept(db: Session) -> None:
    take_in(db, FIRST)
    assert take_in(db, FIRST.replace(";8;2024", ";10;2024").replace("Ängsliden Omsorg", "Ängens Omsorg")) == (
        0,
        2,
    )
    told = db.execute(
        select(RegisterChange.field, RegisterChange.before, RegisterChange.after).where(
            RegisterChange.field != ""
        )
    ).all()
    assert set(map(tuple, told)) == {
        ("places", "8", "10"), ("name", "Ängsliden Omsorg AB", "Ängens Omsorg AB"),
    }  # fmt: skip


def test_a_visit_known_here_is_never_set_back_by_a_file(db: Session) -> None:
    take_in(db, FIRST)
    assert take_in(db, FIRST.replace("2025-02-11", "2024-02-11")) == (0, 0)
    assert take_in(db, FIRST.replace("2025-02-11", "2025-06-11")) == (0, 1)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (FIRST.replace("8899", "8898"), "Organisationsnummer"),
        (OTHER.replace(";privat;", ";;"), ""),
        (OTHER.replace(";Kalmar;;6;", ";;;6;"), "Kommun"),
        (OTHER.replace(";Kalmar;;6;", ";Kalmar;1880;6;"), "Kommunkod"),
        (SECOND.replace("2026-01-01;;", "2024-06-01;2024-12-31;"), "Tillstånd från"),
    ],
)
def test_one_fault_and_nothing_of_the_file_is_taken_in(db: Session, line: str, column: str) -> None:
    closed = FIRST.replace("2024-03-01;;", "2024-03-01;2024-12-31;")
    before = rows(db)
    with pytest.raises(UnusableTable) as refused:
        import_register(db, actor=None, name="a.csv", content=file(closed, line), now=NOW)
    assert any((fault.line, fault.column) == (3, column) or not column for fault in refused.value.faults)
    assert rows(db) == before


def test_to_look_writes_nothing_and_only_those_who_change_the_register_may_keep_a_file(db: Session) -> None:
    before = rows(db)
    assert len(look_at_file(db, file(FIRST)).plan.added) == 4
    assert rows(db) == before
    lawyer = acting(make_user(db, Role.LAWYER))
    with pytest.raises(NotAllowed):
        keep_file(db, actor=lawyer, name="a.csv", content=file(FIRST), now=NOW)


def test_a_kept_file_is_sealed_and_gone_when_it_has_been_taken_in(db: Session) -> None:
    actor = acting(make_user(db, Role.REGISTRAR))
    kept = keep_file(db, actor=actor, name="a.csv", content=file(FIRST), now=NOW)
    assert "Ängsliden".encode() not in (kept.content_sealed or b"")
    keep_file(db, actor=actor, name="b.csv", content=file(OTHER), now=NOW)
    (kept,) = db.scalars(select(RegisterImport))
    take_in_file(db, actor=actor, kept=kept, now=NOW)
    assert (kept.content_sealed, kept.added) == (None, 3)


def test_a_file_is_sent_looked_at_and_taken_in(db: Session, client: Browsing) -> None:
    user = make_user(db, Role.REGISTRAR)
    db.commit()
    client.sign_in_as(user)
    page = client.get("/register-files")
    wrong = (io.BytesIO(file(FIRST.replace("8899", "8898"))), "a.csv")
    page = client.submit(page, status=422, file=wrong)
    assert "1 fel i filen" in page.text
    assert "Den sista siffran" in page.text
    page = client.submit(page, status=303, file=(io.BytesIO(file(FIRST, encoding="cp1252")), "a.csv"))
    page = client.get(page.location or "")
    assert "HVB Ängsliden" in page.text
    assert "Windows-1252" in page.text
    assert db.scalar(select(func.count(Home.id))) == 0
    page = client.submit(page, status=303)
    assert "Filen är intagen" in client.get(page.location or "").text
    db.rollback()
    home = db.scalars(select(Home)).one()
    assert "genom en fil" in client.get(f"/homes/{home.id}").text
    assert "organisationsnummer;huvudman" in client.http.get("/register-files/columns.csv").get_data(
        as_text=True
    )


def test_a_register_that_changed_in_the_meantime_is_seen_before_the_file_is_taken_in(
    db: Session, client: Browsing
) -> None:
    user = make_user(db, Role.REGISTRAR)
    db.commit()
    client.sign_in_as(user)
    only_home = b"Organisationsnummer;Huvudman;Hem;Platser\r\n556677-8899;Omsorg AB;Eken;9"
    home = make_home(db, make_provider(db, name="Omsorg AB", organisation_number="556677-8899"), name="Eken")
    db.commit()
    page = client.submit(client.get("/register-files"), status=303, file=(io.BytesIO(only_home), "a.csv"))
    page = client.get(page.location or "")
    home.name = "Ekbacken"
    db.commit()
    page = client.submit(page, status=409)
    assert "Registret har ändrats" in page.text


def test_the_command_takes_in_a_file_and_tells_every_fault(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    path = tmp_path / "register.csv"
    path.write_bytes(file(FIRST, OTHER))

    def run(*arguments: str) -> tuple[object, str]:
        done = CliRunner().invoke(
            tillsyn,
            ["register", "import", *arguments, str(path)],
            standalone_mode=False,
            catch_exceptions=False,
        )
        return done.return_value, done.output

    assert run("--dry-run") == (0, "register.csv: 2 lines, 7 would be added, 0 would be changed\n")
    assert run() == (0, "register.csv: 2 lines, 7 added, 0 changed\n")
    assert run() == (0, "register.csv: 2 lines, nothing to change\n")
    path.write_bytes(file(FIRST.replace("2024-03-01", "i mars"), OTHER.replace("0101;", "0102;")))
    code, told = run()
    assert code == 2
    assert "register.csv:2: Tillstånd från:" in told
    assert "register.csv:3: Organisationsnummer:" in told
    assert "2 faults, nothing taken in" in told
