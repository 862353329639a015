"""Each case has a key of its own, wrapped by a key that is not in the database; it is rotated while others work."""

from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.errors import NotPossibleNow
from tillsyn.inspect.outside import keys as keys_module
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.keys import BY_KEY, VERSION, DataCipher, WrongKeyOrRow
from tillsyn.inspect.services.destroy_case_key import destroy_case_key
from tillsyn.inspect.services.renew_case_key import (
    GRACE,
    begin_renewal,
    count_sealed_with,
    end_renewal,
    renew_some,
    sealed_tables,
)
from tillsyn.inspect.services.rewrap_keys import keys_left, rewrap_some
from tillsyn.inspect.services.see_keys import see_keys
from tillsyn.inspect.services.verify_database import verify_database
from tillsyn.inspect.settings import Settings
from tillsyn.models import Base
from tillsyn.models.case_of import way_to_case
from tillsyn.models.data_keys import OF_NO_CASE, DataKey
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.letters import Paragraph
from tillsyn.models.planning import Signal
from tillsyn.models.sealed import NotSettled, SealedBytes, install_cipher, sealed_bytes
from tillsyn.models.vocabulary import Informant, Role

SAID = "De ställer bara fram muggen."
OLD, NEW = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture
def cipher(db: Session) -> DataCipher:
    """The cipher of the test, with a key of its own that others of the file rotate."""
    made = DataCipher(OLD)
    install_cipher(made)
    return made


def talk_with(db: Session, case: Inspection, *texts: str) -> list[Statement]:
    talk = Interview(inspection_id=case.id, informant=Informant.STAFF, person="p1", started_at=NOW, note=SAID)
    db.add(talk)
    db.flush()
    said = [
        Statement(
            inspection_id=case.id, interview_id=talk.id, label=f"u{number}", text=one, theme="safety",
            severity=1, recorded_at=NOW, changed_at=NOW, position=number,
        )
        for number, one in enumerate(texts, 1)
    ]  # fmt: skip
    db.add_all(said)
    db.flush()
    return said


def renewed(db: Session, cipher: DataCipher, holder: UUID, steps: int = 10**9) -> int:
    """Renew as the command does, and stop after so many steps, as one that is killed does."""
    key = begin_renewal(db, cipher, holder=holder, now=NOW)
    values = 0
    for table in sealed_tables():
        last = None
        while steps:
            steps -= 1
            step = renew_some(db, cipher, holder=holder, key=key, table=table, after=last)
            if step.last is None:
                break
            values, last = values + step.values, step.last
    if steps:
        end_renewal(db, cipher, holder=holder, values=values, now=NOW)
    return values


def forget_everything(cipher: DataCipher) -> None:
    """As in a process that has just begun."""
    cipher._open.clear()


def test_what_is_said_in_a_case_is_sealed_with_the_key_of_that_case(db: Session, cipher: DataCipher) -> None:
    first, second = make_inspection(db), make_inspection(db)
    (mine,), (other,) = talk_with(db, first, SAID), talk_with(db, second, SAID)
    keys = {key.id.bytes: key.holder_id for key in db.scalars(select(DataKey))}
    for said, case in ((mine, first), (other, second)):
        assert said.text_sealed is not None
        assert said.text_sealed[:1] == BY_KEY and keys[said.text_sealed[1:17]] == case.id
    forget_everything(cipher)
    assert (mine.text, other.text) == (SAID, SAID)


def test_a_row_without_the_case_in_it_is_sealed_with_the_key_of_the_case_it_goes_with(
    db: Session, cipher: DataCipher
) -> None:
    made = make_sent_letter(db)
    one = Paragraph(
        letter_id=made.letter.id, language="sv", section="head", key="head.x", position=99, text=SAID
    )
    db.add(one)
    db.flush()
    (key,) = db.scalars(select(DataKey).where(DataKey.holder_id == made.inspection.id)).all()
    assert one.text_sealed is not None and one.text_sealed[1:17] == key.id.bytes


def test_what_belongs_to_no_case_is_sealed_with_the_installations_own_key(
    db: Session, cipher: DataCipher
) -> None:
    case = make_inspection(db)
    signal = Signal(
        home_id=case.home_id, kind="tip", text=SAID, subject="Oro", came_on=NOW.date(), registered_at=NOW,
        by_id=make_user(db).id,
    )  # fmt: skip
    db.add(signal)
    db.flush()
    own = db.scalars(select(DataKey).where(DataKey.holder_id == OF_NO_CASE)).one()
    assert signal.text_sealed is not None and signal.text_sealed[1:17] == own.id.bytes


def test_every_table_that_refers_to_a_case_is_sealed_with_its_key() -> None:
    sealed = {
        table
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedBytes)
    }
    of_none = {table for table in sealed if way_to_case(table) is None}
    assert Base.metadata.tables["signals"] in of_none and len(of_none) < len(sealed) / 4
    refers = {
        table.name
        for table in of_none
        for key in table.foreign_keys
        if key.column.table.name == "inspections" or way_to_case(key.column.table) is not None
    }
    assert refers == {"log_samples"}, "how somebody read outlives the case; all else goes with it"


def test_nothing_reaches_the_database_that_no_key_of_a_case_has_sealed(
    db: Session, cipher: DataCipher
) -> None:
    (said,) = talk_with(db, make_inspection(db), SAID)
    loose = Statement(label="u9", text="Annat.")
    with pytest.raises(Exception, match="has not sealed") as refused:
        db.execute(update(Statement).where(Statement.id == said.id).values(text_sealed=loose.text_sealed))
    assert isinstance(refused.value.__cause__ or refused.value, NotSettled) or "NotSettled" in str(
        refused.value
    )


def test_a_key_that_was_made_in_what_is_undone_is_not_used_again(db: Session, cipher: DataCipher) -> None:
    case = make_inspection(db)
    db.flush()
    nested = db.begin_nested()
    talk_with(db, case, SAID)
    nested.rollback()
    (said,) = talk_with(db, case, SAID)
    forget_everything(cipher)
    assert said.text == SAID


def test_a_wrapped_key_given_to_another_case_does_not_unwrap(db: Session, cipher: DataCipher) -> None:
    first, second = make_inspection(db), make_inspection(db)
    (mine,) = talk_with(db, first, SAID)
    talk_with(db, second, SAID)
    taken = db.scalars(select(DataKey.wrapped).where(DataKey.holder_id == second.id)).one()
    db.execute(update(DataKey).where(DataKey.holder_id == first.id).values(wrapped=taken))
    forget_everything(cipher)
    with pytest.raises(WrongKeyOrRow, match="does not unwrap"):
        _ = mine.text


def test_the_keys_are_wrapped_anew_a_few_at_a_time_while_both_open(
    db: Session, cipher: DataCipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tillsyn.inspect.services.rewrap_keys.AT_ONCE", 2)
    cases = [make_inspection(db) for _ in range(5)]
    said = [talk_with(db, case, SAID)[0] for case in cases]
    both, only_new = DataCipher(NEW, others=[OLD]), DataCipher(NEW)
    with pytest.raises(NotPossibleNow, match="keys that are not here"):
        keys_left(db, only_new)
    number = keys_left(db, both)
    assert number >= 5 and rewrap_some(db, both, now=NOW) == 2
    install_cipher(both)
    assert [one.text for one in said] == [SAID] * 5, "half of them wrapped by each, all are read"
    talk_with(db, cases[0])  # somebody writes meanwhile
    while rewrap_some(db, both, now=NOW):
        pass
    assert keys_left(db, only_new) == 0 and rewrap_some(db, only_new, now=NOW) == 0
    install_cipher(only_new)
    assert [one.text for one in said] == [SAID] * 5
    told = db.scalars(select(Event).where(Event.kind == EventKind.KEYS_REWRAPPED)).all()
    assert sum(event.details["number"] for event in told) == number
    install_cipher(cipher)
    forget_everything(cipher)
    with pytest.raises(WrongKeyOrRow):
        _ = said[0].text


def test_a_renewal_that_is_killed_goes_on_and_ends_with_nothing_under_the_old_key(
    db: Session, cipher: DataCipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tillsyn.inspect.services.renew_case_key.ROWS_AT_ONCE", 3)
    case, other = make_inspection(db), make_inspection(db)
    said = talk_with(db, case, *(f"{SAID} {number}" for number in range(20)))
    (beside,) = talk_with(db, other, SAID)
    db.flush()
    untouched = beside.text_sealed
    (old,) = db.scalars(select(DataKey).where(DataKey.holder_id == case.id)).all()
    statements = [table.name for table in sealed_tables()].index("statements")
    first = renewed(db, cipher, case.id, steps=statements + 4)
    db.expire_all()
    assert [one.text for one in said] == [f"{SAID} {number}" for number in range(20)]
    assert 0 < count_sealed_with(db.connection(), case.id, old.id) < 21
    rest = renewed(db, cipher, case.id)
    db.expire_all()
    assert first + rest >= 21 and count_sealed_with(db.connection(), case.id, old.id) == 0
    assert [one.text for one in said] == [f"{SAID} {number}" for number in range(20)]
    assert beside.text_sealed == untouched
    assert old.destroyed_at is None, "whoever began before may still write with it"
    assert end_renewal(db, cipher, holder=case.id, values=0, now=NOW + GRACE) == 1
    forget_everything(cipher)
    assert old.wrapped is None and said[3].text == f"{SAID} 3"


def test_what_is_from_before_cases_had_keys_opens_and_is_moved(db: Session, cipher: DataCipher) -> None:
    case = make_inspection(db)
    (said,) = talk_with(db, case, SAID)
    old = sealed_bytes("statements", "text_sealed", said.id, b"Fr\xc3\xa5n f\xc3\xb6rr.")
    db.execute(update(Statement).where(Statement.id == said.id).values(text_sealed=old))
    db.expire_all()
    assert old[:1] == VERSION and said.text == "Från förr."
    assert see_keys(db.connection()).older == {"statements.text_sealed": 1}
    assert renewed(db, cipher, case.id) >= 1
    db.expire_all()
    assert said.text == "Från förr." and see_keys(db.connection()).older == {}


def test_what_somebody_changes_while_it_is_sealed_anew_is_left_as_they_wrote_it(
    own_database_url: str, test_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cipher = DataCipher(OLD)
    install_cipher(cipher)
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        case = make_inspection(db)
        (said,) = talk_with(db, case, SAID)
        db.commit()
        open_one = keys_module.DataCipher.open

        def changed_meanwhile(self: DataCipher, sealed: bytes, associated: bytes) -> bytes:
            plain = open_one(self, sealed, associated)
            if plain == SAID.encode() and b"text_sealed" in associated:
                anew = self.settle(db.connection(), case.id, self.hold(b"Nyare.", associated))
                db.execute(
                    text("UPDATE statements SET text_sealed = :new WHERE text_sealed = :old"),
                    {"new": anew, "old": sealed},
                )
            return plain

        key = begin_renewal(db, cipher, holder=case.id, now=NOW)
        monkeypatch.setattr(keys_module.DataCipher, "open", changed_meanwhile)
        step = renew_some(db, cipher, holder=case.id, key=key, table=Statement.__table__, after=None)  # type: ignore[arg-type]
        monkeypatch.undo()
        db.expire_all()
        assert step.values == 0 and said.text == "Nyare."
    engine.dispose()


def test_a_destroyed_key_opens_nothing_and_seals_nothing_more(db: Session, cipher: DataCipher) -> None:
    case, other = make_inspection(db), make_inspection(db)
    (said,), (beside,) = talk_with(db, case, SAID), talk_with(db, other, SAID)
    leader = acting(make_user(db, Role.INSPECTOR))
    assert destroy_case_key(db, case.id, actor=leader, now=NOW) == 1
    assert destroy_case_key(db, case.id, actor=leader, now=NOW) == 0
    forget_everything(cipher)
    with pytest.raises(WrongKeyOrRow, match="has been destroyed"):
        _ = said.text
    with pytest.raises(WrongKeyOrRow, match="has been destroyed"), db.begin_nested():
        talk_with(db, case, SAID)
    assert beside.text == SAID
    (told,) = db.scalars(select(Event).where(Event.kind == EventKind.CASE_KEY_DESTROYED)).all()
    assert (told.inspection_id, told.details) == (case.id, {"number": 1})


def test_a_process_that_has_the_key_open_drops_it_within_a_minute(
    db: Session, cipher: DataCipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_inspection(db)
    (said,) = talk_with(db, case, SAID)
    destroy_case_key(db, case.id, actor=None, now=NOW)
    assert said.text == SAID
    later = keys_module.time.monotonic() + keys_module.FRESH + 1
    monkeypatch.setattr(keys_module.time, "monotonic", lambda: later)
    with pytest.raises(WrongKeyOrRow, match="has been destroyed"):
        _ = said.text


def test_a_backup_looks_at_what_every_key_sealed(own_database_url: str) -> None:
    install_cipher(DataCipher(OLD))
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        talk_with(db, make_inspection(db), SAID)
        db.commit()
    install_cipher(DataCipher(OLD))
    with engine.connect() as connection:
        whole = verify_database(connection)
        assert whole.opened >= 2 and not whole.faults
        install_cipher(DataCipher(NEW))
        assert [fault for fault in verify_database(connection).faults if "statements.text_sealed" in fault]
    engine.dispose()


def test_the_way_back_seals_everything_with_the_one_key(own_database_url: str) -> None:
    install_cipher(DataCipher(OLD))
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        (said,) = talk_with(db, make_inspection(db), SAID)
        db.commit()
        id = said.id
    engine.dispose()
    command.downgrade(configuration(own_database_url), "0027")
    engine = make_engine(own_database_url)
    with engine.connect() as connection:
        (sealed,) = connection.execute(text("SELECT text_sealed FROM statements")).scalars()
        assert bytes(sealed)[:1] == VERSION
    engine.dispose()
    command.upgrade(configuration(own_database_url), "head")
    install_cipher(DataCipher(OLD))
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        assert db.get_one(Statement, id).text == SAID
    engine.dispose()
