"""Down and up again over ways in, openings in need, requests and keeping, with their rows and events there.

What is taken away by a step down is what that step brought; the rest of the log is a whole chain after each.
"""

from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from alembic import command
from sqlalchemy import Connection, func, select, text

from tests.builders import make_inspection, make_user
from tests.rich_account import NOW
from tests.rich_log import build_rich_identity, build_rich_opening
from tests.rich_retention import build_rich_retention
from tillsyn import models
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.record_event import record_event
from tillsyn.inspect.services.verify_log import verify_log
from tillsyn.inspect.settings import Settings
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.openness_words import AskKind, AskState
from tillsyn.models.people import SignInSession
from tillsyn.models.retention import (
    CountedFrom,
    Disposal,
    DisposalCase,
    HoldKind,
    LeftBecause,
    LegalHold,
    RecordType,
    RetentionRule,
)
from tillsyn.models.role_requests import RoleRequest
from tillsyn.models.sealed import install_cipher
from tillsyn.models.sign_in import Authenticator, IdentityLink, Recovery, RecoveryCode, WayIn
from tillsyn.models.vocabulary import Role, TeamRole

VERSIONS = Path(str(models.__path__[0])).parent / "migrations/versions"
STEPS = ("0042", "0037", "0032", "0031", "0030", "0027")
"""Each brought kinds of event of its own, in this order backwards."""


def kinds_of(revision: str) -> tuple[str, ...]:
    return tuple(module_of(revision).NEW_EVENTS)


def module_of(revision: str) -> ModuleType:
    (path,) = VERSIONS.glob(f"{revision}_*.py")
    spec = spec_from_file_location(f"revision_{revision}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def filled(own_database_url: str, test_settings: Settings) -> str:
    install_cipher(DataCipher(test_settings.data_key))
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        people = {
            "leader": make_user(db, Role.INSPECTOR), "registrar": make_user(db, Role.REGISTRAR),
            "supervisor_outside": make_user(db, Role.SUPERVISOR), "outside": make_user(db, Role.INSPECTOR),
            "administrator": make_user(db, Role.ADMINISTRATOR),
        }  # fmt: skip
        ids = {name: user.id for name, user in people.items()}
        case = make_inspection(db, team={TeamRole.INSPECTOR: people["leader"]})
        record_event(db, EventKind.INSPECTION_READ, actor=None, now=NOW, inspection_id=case.id, page="x")
        build_rich_opening(db, ids["outside"], case.dnr)
        build_rich_identity(db, ids, case.dnr)
        kept = build_rich_retention(db, ids, case.dnr)
        appeal = LegalHold(
            inspection_id=case.id, kind=HoldKind.APPEAL, placed_at=NOW, placed_by_id=ids["registrar"]
        )
        appeal.reason = "Förvaltningsrätten, mål 1."
        part = RetentionRule(
            decision_number="RA-MS 2024:1", decided_on=NOW.date(), record_type=RecordType.SIGN_INS,
            counted_from=CountedFrom.SERVED, years=1, after_archiving=False, entered_at=NOW,
            entered_by_id=ids["registrar"],
        )  # fmt: skip
        db.add_all((appeal, part))
        db.flush()
        db.add(Disposal(rule_id=part.id, proposed_at=NOW, proposed_by_id=ids["registrar"], counts={}))
        done = Disposal(
            rule_id=kept.rule_id, proposed_at=NOW, proposed_by_id=ids["registrar"], approved_at=NOW,
            approved_by_id=ids["supervisor_outside"], counts={},
        )  # fmt: skip
        db.add(done)
        db.flush()
        day = NOW.date()
        db.add(
            DisposalCase(
                disposal_id=done.id, inspection_id=case.id, closed_on=day, due_on=day, counts={},
                left_because=LeftBecause.APPEALED,
            )
        )  # fmt: skip
        request = DisclosureRequest(
            inspection_id=case.id, kind=AskKind.PUBLIC, came_on=day, begun_at=NOW, begun_by_id=ids["leader"],
            state=AskState.ASSESSED,
        )  # fmt: skip
        request.asked = "Alla beslut."
        program = Authenticator(user_id=ids["leader"], made_at=NOW)
        db.add_all((request, program))
        db.flush()
        program.secret = "JBSWY3DPEHPK3PXP"
        db.add_all(
            (
                RoleRequest(
                    user_id=ids["outside"], role=Role.LAWYER, asked_by_id=ids["administrator"], asked_at=NOW
                ),
                Notice(user_id=ids["supervisor_outside"], kind=NoticeKind.ROLE_WAITS, at=NOW),
                Notice(user_id=ids["leader"], kind=NoticeKind.REFUSAL_WANTED, inspection_id=case.id, at=NOW),
                RecoveryCode(user_id=ids["leader"], code_hash=b"c" * 32, made_at=NOW),
                IdentityLink(
                    user_id=ids["leader"], issuer="https://i.example", claim="a@example.se",
                    invited_by_id=ids["administrator"], invited_at=NOW,
                ),
                Recovery(
                    user_id=ids["outside"], begun_by_id=ids["administrator"], begun_at=NOW, first_hash=b"h" * 32
                ),
                SignInSession(
                    token_hash=b"t" * 32, user_id=ids["leader"], created_at=NOW, last_seen_at=NOW,
                    proved_at=NOW, way=WayIn.PASSKEY,
                ),
            )
        )  # fmt: skip
        for revision in STEPS:
            for kind in kinds_of(revision):
                record_event(db, EventKind(kind), actor=None, now=NOW + timedelta(minutes=1))
        record_event(db, EventKind.INSPECTION_READ, actor=None, now=NOW, inspection_id=case.id, page="y")
        db.commit()
    engine.dispose()
    return own_database_url


def test_each_step_takes_its_own_kinds_and_leaves_a_whole_chain(filled: str) -> None:
    left = _kinds(filled)
    for revision in STEPS:
        ours = set(kinds_of(revision))
        assert ours <= left, f"the control: {revision} has its events"
        command.downgrade(configuration(filled), module_of(revision).down_revision)
        assert _kinds(filled) == left - ours, revision
        left -= ours
    assert "inspection_read" in left
    before = _whole(filled)
    command.upgrade(configuration(filled), "head")
    command.check(configuration(filled))
    assert _whole(filled) == before
    engine = make_engine(filled)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sign_in_sessions")) == 1
        assert connection.scalar(text("SELECT count(*) FROM glass_openings")) == 0
    engine.dispose()


def _kinds(url: str) -> set[str]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT kind FROM events")))
        assert not verify_log(connection, ()).faults
    engine.dispose()
    return found


def _whole(url: str) -> int:
    engine = make_engine(url)
    with engine.connect() as connection:
        number = _count(connection)
    engine.dispose()
    return number


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(Event)) or 0
