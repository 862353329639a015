"""Time to export 2 000 coded passages of 20 talks as QDPX, and to read the file back, in the process.

The whole use case is measured: questions to the database, opening 2 000 sealed texts, XML and zip.
"""

import gc
import secrets
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from sqlalchemy.orm import Session

from tillsyn.inspect.cli import OBJECTS_BEFORE_CLEANING
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.exchange.refi_qda_read import read_exchange
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.code_statement import code_book_of
from tillsyn.inspect.services.export_codes import export_codes
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.codings import Coding
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.register import Home, Provider
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import CodingPart, Informant, ProviderKind, State

TALKS, EACH, ROUNDS = 20, 100, 15
DNR = "2026-00001"
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
SENTENCE = "På kvällen är det en vikarie som ingen känner, och då går vi in på våra rum tidigt. "


def measure() -> None:
    gc.set_threshold(OBJECTS_BEFORE_CLEANING, 10, 10)  # as inspect/cli.py has it
    install_cipher(DataCipher(secrets.token_bytes(32)))
    with tempfile.TemporaryDirectory(prefix="tillsyn-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'exchange.db'}"
        command.upgrade(configuration(url), "head")
        engine = make_engine(url)
        with session_factory(engine)() as db:
            fill(db)
            db.commit()
        exports, reads, content = [], [], b""
        gc.collect()
        gc.freeze()  # as inspect/app.py does when it is served
        for _ in range(ROUNDS):
            with session_factory(engine)() as db:
                inspection = find_inspection(db, DNR)
                start = time.perf_counter()
                content = export_codes(db, actor=None, inspection=inspection, language="sv", now=NOW)
                exports.append(time.perf_counter() - start)
            start = time.perf_counter()
            read_exchange(content)
            reads.append(time.perf_counter() - start)
        engine.dispose()
    print(f"{TALKS} talks, {TALKS * EACH} coded statements, {len(content) / 1024:.0f} kB")
    print(f"{statistics.median(exports) * 1000:7.0f} ms  export as QDPX (aim: under 100 ms)")
    print(f"{statistics.median(reads) * 1000:7.0f} ms  reading the file back, without saving")


def fill(db: Session) -> None:
    """A case with TALKS talks of EACH coded statements."""
    provider = Provider(
        name="Omsorg AB", organisation_number="550000-0000", kind=ProviderKind.PRIVATE, created_at=NOW
    )
    user = User(email="kodare@example.se", name="Kodare Ett", password_hash="-", created_at=NOW)  # noqa: S106
    db.add_all((provider, user))
    db.flush()
    home = Home(
        provider_id=provider.id, name="Hemmet", kind="hvb", municipality="Exempelkommun", places=7,
        created_at=NOW,
    )  # fmt: skip
    db.add(home)
    db.flush()
    case = Inspection(
        dnr=DNR, title="Tillsyn", home_id=home.id, pack="hvb", announced=True, state=State.WEIGHING,
        created_at=NOW, state_since=NOW,
    )  # fmt: skip
    db.add(case)
    db.flush()
    pack = load_pack("hvb")
    themes = [theme.id for theme in pack.themes]
    for number in range(TALKS):
        talk = Interview(
            inspection_id=case.id, informant=Informant.STAFF, person=f"p{number + 1}",
            started_at=NOW + timedelta(hours=number), ended_at=NOW + timedelta(hours=number + 1),
            by_id=user.id,
        )  # fmt: skip
        db.add(talk)
        db.flush()
        for place in range(number * EACH, (number + 1) * EACH):
            theme, severity = themes[place % len(themes)], place % 5
            noted = NOW + timedelta(seconds=37 * place)  # nobody notes or judges two things at once
            judged = noted + timedelta(days=2)
            statement = Statement(
                inspection_id=case.id, interview_id=talk.id, label=f"u{place + 1}", position=place,
                text=SENTENCE * (1 + place % 3), theme=theme, severity=severity, recorded_at=noted,
                recorded_by_id=user.id, changed_at=judged,
            )  # fmt: skip
            db.add(statement)
            db.flush()
            db.add(
                Coding(
                    inspection_id=case.id,
                    statement_id=statement.id,
                    unit_id=statement.id,
                    part=CodingPart.FIRST,
                    theme=theme,
                    severity=severity,
                    coder_id=user.id,
                    coded_at=judged,
                    code_book=code_book_of(pack),
                )
            )
