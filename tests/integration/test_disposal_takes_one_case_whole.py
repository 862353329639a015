"""Disposal over cases of every kind, on both databases: all of the case goes, and nothing of any other.

Which rows hang on a case is told here by following what refers to what (tests/rows.py), not by the statements
that dispose of them.
"""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.integration.conftest import DATA_KEY
from tests.rich_account import NOW
from tests.rich_case import build_rich_authority
from tests.rich_devices import build_rich_devices
from tests.rich_files import build_rich_files
from tests.rich_portal import build_rich_portal
from tests.rows import all_rows, hanging_on, missing_references, picture, sealed_values
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.rules.keeping import KEEPING, Keeping
from tillsyn.inspect.services.carry_out_disposal import EMPTIED, dispose_of_case
from tillsyn.inspect.services.verify_log import verify_log
from tillsyn.inspect.settings import Settings
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.retention import CountedFrom, Disposal, DisposalCase, RecordType, RetentionRule
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import State

STAY = frozenset(name for name, keeping in KEEPING.items() if keeping is not Keeping.WITH_CASE)
ROUNDS = 6
ONE_CASE = len(KEEPING) - len(STAY)
"""At least so many questions that change something take one case away: one for each table."""
JOB = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tillsyn.inspect.cli import main
left = [int(sys.argv[1])]
@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.startswith(("DELETE", "UPDATE", "INSERT")):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
main(["dispose"])
"""


@pytest.fixture
def authority(own_database_url: str, test_settings: Settings) -> Iterator[Engine]:
    install_cipher(DataCipher(test_settings.data_key))
    engine = make_engine(own_database_url)
    with Session(engine, expire_on_commit=False) as db:
        made = build_rich_authority(db, test_settings)
        build_rich_devices(db, made, "follow_up")
        leader = actor_of(db.get_one(User, made.people["leader"]))
        build_rich_files(db, made.cases["follow_up"], leader)
        build_rich_portal(db, made, made.cases["follow_up"])
        db.commit()
    yield engine
    engine.dispose()


def test_what_hangs_on_a_case_goes_and_every_other_row_stays_to_the_byte(authority: Engine) -> None:
    chance = random.Random(20261123)  # noqa: S311 - which cases, so that a failure can be seen again
    with Session(authority) as db:
        ids = list(db.scalars(select(Inspection.id).order_by(Inspection.dnr)))
        full = db.scalar(select(Inspection.id).where(Inspection.state == State.FOLLOW_UP))
        chosen = [[full], *(chance.sample(ids, chance.randint(1, 4)) for _ in range(ROUNDS - 1))]
        for some in chosen:
            before = all_rows(db.connection())
            counted: dict[str, int] = {}
            gone = set()
            for one in some:
                gone |= hanging_on(before, one, but_for=STAY)
                for name, number in dispose_of_case(db, one, now=NOW).items():
                    counted[name] = counted.get(name, 0) + number
            db.flush()
            after = all_rows(db.connection())
            assert before.keys() - after.keys() == gone
            assert {name for name, _ in after.keys() - before.keys()} <= {"events"}
            assert sum(counted.values()) == len(gone)
            assert missing_references(after) == []
            was, now = picture(before), picture(after)
            changed = {key for key in was.keys() & now if was[key] != now[key] and key[0] != "data_keys"}
            assert changed == {("inspections", (one,)) for one in some}
            for one in some:
                entry, old = after["inspections", (one,)], before["inspections", (one,)]
                assert {name: entry[name] for name in EMPTIED} == EMPTIED
                assert (entry["dnr"], entry["title"], entry["home_id"]) == (
                    old["dnr"], old["title"], old["home_id"],
                )  # fmt: skip
            secrets = sealed_values(before, gone)
            others = sealed_values(before, set(after))
            assert not (secrets - others) & sealed_values(after, set(after))
            db.rollback()
        assert len(sealed_values(before, hanging_on(before, full, but_for=STAY))) > 50, "the control"


def test_a_job_that_is_killed_again_and_again_ends_with_one_receipt(
    authority: Engine, own_database_url: str, test_settings: Settings, backend: str
) -> None:
    chance = random.Random(7)  # noqa: S311
    disposal_id, case_ids = _approved(authority)
    with authority.connect() as connection:
        before = all_rows(connection)
    gone = set().union(*(hanging_on(before, one, but_for=STAY) for one in case_ids))
    stays = b"".join(sealed_values(before, set(before) - gone))
    middles = (value[len(value) // 2 :][:48] for value in sealed_values(before, gone) if len(value) > 100)
    secrets = {middle for middle in middles if middle not in stays}
    assert len(secrets) > 100
    place = Path(own_database_url.removeprefix("sqlite:///"))
    if backend == "sqlite":
        content = _files_of(place)
        assert len([value for value in secrets if value in content]) > 50, "the control"
    authority.dispose()
    deaths = 0
    while _job(own_database_url, test_settings, chance.randint(1, 2 * ONE_CASE)) == -signal.SIGKILL:
        deaths += 1
        assert deaths < 60
        with authority.connect() as connection:
            halfway = all_rows(connection)
        left = {one for one in case_ids if gone & hanging_on(before, one, but_for=STAY) & halfway.keys()}
        for one in left:  # whole or not at all
            assert hanging_on(before, one, but_for=STAY) <= halfway.keys()
    assert deaths > 2
    with Session(authority) as db:
        receipt = db.get_one(Disposal, disposal_id)
        assert receipt.done_at is not None
        cases = db.scalars(select(DisposalCase).where(DisposalCase.disposal_id == disposal_id)).all()
        assert sum(sum(one.counts.values()) for one in cases) == len(gone)
        told = [
            db.scalar(select(func.count()).select_from(Event).where(Event.kind == kind))
            for kind in (EventKind.CASE_DISPOSED, EventKind.DISPOSAL_DONE)
        ]
        assert told == [len(case_ids), 1]
        assert not verify_log(db.connection(), ()).faults
        after = all_rows(db.connection())
    assert not gone & after.keys()
    assert missing_references(after) == []
    if backend == "sqlite":
        authority.dispose()
        content = _files_of(place)
        assert not [value for value in secrets if value in content]


def _approved(engine: Engine) -> tuple[UUID, list[UUID]]:
    with Session(engine) as db:
        cases = db.scalars(select(Inspection).order_by(Inspection.dnr)).all()
        chosen = [one for one in cases if one.state in (State.FOLLOW_UP, State.DECISION, State.WEIGHING)]
        people = list(db.scalars(select(User.id).limit(2)))
        rule = RetentionRule(
            decision_number="RA-MS 2040:1", decided_on=NOW.date(), record_type=RecordType.CASE,
            counted_from=CountedFrom.CLOSED, years=10, after_archiving=False, entered_at=NOW,
            entered_by_id=people[0],
        )  # fmt: skip
        db.add(rule)
        db.flush()
        disposal = Disposal(
            rule_id=rule.id,
            proposed_at=NOW,
            proposed_by_id=people[0],
            approved_at=NOW,
            approved_by_id=people[1],
        )
        db.add(disposal)
        db.flush()
        for one in chosen:
            one.state, one.state_since = State.CLOSED, NOW - timedelta(days=4000)
            for measure in _open_measures(db, one.id):
                db.delete(measure)
            day = one.state_since.date()
            db.add(
                DisposalCase(
                    disposal_id=disposal.id, inspection_id=one.id, closed_on=day, due_on=day, counts={}
                )
            )
        _settle(db)
        db.commit()
        return disposal.id, [one.id for one in chosen]


def _open_measures(db: Session, case_id: UUID) -> list[object]:
    from tillsyn.models.letters import Letter, Measure

    of_case = select(Letter.id).where(Letter.inspection_id == case_id)
    return list(db.scalars(select(Measure).where(Measure.letter_id.in_(of_case), Measure.outcome.is_(None))))


def _settle(db: Session) -> None:
    """What stands in the way of a disposal, taken away."""
    from tillsyn.models.corrections import Correction
    from tillsyn.models.letter_vocabulary import CorrectionState
    from tillsyn.models.sanctions import SanctionMatter

    for correction in db.scalars(select(Correction).where(Correction.state == CorrectionState.PROPOSED)):
        db.delete(correction)
    for matter in db.scalars(select(SanctionMatter)):
        db.delete(matter)


def _job(url: str, settings: Settings, dies_at: int) -> int:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TILLSYN_")}
    environment |= {
        "TILLSYN_INSTANCE": str(settings.instance), "TILLSYN_DATABASE_URL": url, "TILLSYN_DATA_KEY": DATA_KEY,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", JOB, str(dies_at)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def _files_of(place: Path) -> bytes:
    return b"".join(one.read_bytes() for one in [place, *place.parent.glob(f"{place.name}-*")])
