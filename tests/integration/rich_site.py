"""The site with the rich authority (tests/rich_case.py), made once and put back before each test.

It runs on SQLite only. What is asked here (who may enter, what a page must be, what is logged) is
decided above the database, the questions are many, and a file is put back in milliseconds; each area's
own tests ask its pages on both databases.
"""

import pickle
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from flask import session
from sqlalchemy import select, true
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.builders import count_from
from tests.integration.browsing import Browsing
from tests.once_in_a_run import once_in_a_run
from tests.register_answers import ADDED_TO
from tests.rich_account import NOW
from tests.rich_case import RichAuthority, build_rich_authority
from tests.rich_devices import RichDevices, build_rich_devices
from tests.rich_disclosures import RichDisclosures, build_rich_disclosures
from tests.rich_files import RichFiles, build_rich_files
from tests.rich_log import build_rich_identity, build_rich_log, build_rich_opening
from tests.rich_notices import build_rich_notices
from tests.rich_portal import RichPortal, build_rich_portal
from tests.rich_register import RichRegister, build_rich_register
from tests.rich_retention import RichRetention, build_rich_retention
from tillsyn.inspect.app import Tillsyn, create_app
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.key_store import look_again
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.answer_divergence import find_register
from tillsyn.inspect.services.calendar_feed import open_feed
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.give_roles import ask_for_roles
from tillsyn.inspect.services.recover_account import begin_recovery
from tillsyn.inspect.services.second_factor import begin_authenticator
from tillsyn.inspect.settings import Settings, read_settings
from tillsyn.inspect.web.session import TOKEN, actor_of, open_session
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models import (
    asked_of_provider,
    assessments,
    break_glass,
    child_identities,
    codings,
    corrections,
    decisions,
    dialogue,
    inspections,
    interviews,
    letters,
    openness,
    overrides,
    role_requests,
    sanctions,
)
from tillsyn.models.base import new_id
from tillsyn.models.letter_vocabulary import CorrectionState, LetterKind
from tillsyn.models.openness_words import MaskState
from tillsyn.models.people import SignInSession, User
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import FindingKind, Informant, Role

DATA_KEY = "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24="
FULLEST = "follow_up"
"""The case that has come furthest with everything in it still open to be read by all."""

Addresses = dict[str, str]


@dataclass
class RichSite:
    """`as_(who)` is that person's browser (None: signed out); `address(endpoint)` a page of a case."""

    app: Tillsyn
    settings: Settings
    made: RichAuthority
    tokens: dict[str, str]
    template: Path
    devices: RichDevices | None = None
    files: RichFiles | None = None
    disclosures: RichDisclosures | None = None
    portal: RichPortal | None = None
    register: RichRegister | None = None
    retention: RichRetention | None = None
    notice_id: UUID | None = None
    """A notice of the responsible inspector's."""
    sample_id: UUID | None = None
    """A reading drawn from the log that waits to be looked at."""
    made_session_id: UUID | None = None
    """A sign-in of the responsible inspector's in another place."""
    recovery_id: UUID | None = None
    """The way back of the method owner, begun by an administrator."""
    feed_secret: str = ""
    """The secret in the address of the responsible inspector's calendar."""

    def put_back(self) -> None:
        """Everything as it was built."""
        self.app.extensions["tillsyn_engine"].dispose()
        own = Path(self.settings.database_url.removeprefix("sqlite:///"))
        for leftover in own.parent.glob(f"{own.name}-*"):
            leftover.unlink()
        shutil.copyfile(self.template, own)
        look_again()  # a key that another test made or retired
        install_cipher(DataCipher(self.settings.data_key))
        self.app.config["CLOCK"] = lambda: NOW

    def as_(self, who: str | None, language: str = "sv") -> Browsing:
        browser = Browsing(self.app)
        browser.language = language
        with browser.http.session_transaction() as kept:
            kept["language"] = language
            if who is not None:
                kept[TOKEN] = self.tokens[who]
        return browser

    def speak(self, language: str) -> None:
        """Everybody's account in this language."""
        with self.db() as db:
            for user in db.scalars(select(User)):
                user.language = language
            db.commit()

    @contextmanager
    def db(self) -> Iterator[Session]:
        with self.app.extensions["tillsyn_sessions"]() as opened:
            yield opened

    def rules(self, method: str) -> list[Rule]:
        """The rules that answer `method`, in the order of their endpoints; files of static and the API of
        devices aside (its answers are no pages: test_every_route.py asks them by themselves).

        A page of letters stands at two addresses, for the feedback letter and for each kind: once is enough.
        """
        found = [
            rule
            for rule in self.app.url_map.iter_rules()
            if method in (rule.methods or ()) and ("kind" not in rule.arguments or rule.defaults)
        ]
        pages = (rule for rule in found if rule.endpoint != "static" and not rule.endpoint.startswith("api."))
        return sorted(pages, key=lambda rule: rule.endpoint)

    def address(self, rule: Rule, case: str = FULLEST) -> str | None:
        """An address that `rule` answers in `case`; None when the case has nothing of that kind."""
        with self.db() as db:
            values = self._values(db, self.made.cases[case])
        if rule.endpoint.startswith("checks."):
            values["statement_id"] = values["evidence_statement_id"]
        if rule.endpoint == "devices.loss" and self.devices is not None:
            values["device_id"] = self.devices.lost_id
        if self.disclosures is not None and case == FULLEST:
            self.disclosures.put_into(rule.endpoint, values)
        if rule.endpoint == "files.part" and self.files is not None:
            values["upload_id"] = self.files.recording_id
        values["secret"] = self.feed_secret
        if rule.endpoint == "colleagues.remove" and self.portal is not None:
            values["user_id"] = self.portal.helper_id
        wanted = {name: values[name] for name in rule.arguments}
        if any(value is None for value in wanted.values()):
            return None
        with self.app.test_request_context():
            return self.app.url_for(rule.endpoint, **wanted)

    def _values(self, db: Session, dnr: str) -> dict[str, Any]:
        """What stands in the rules' addresses, by name. A new name in a rule is added here."""
        case = db.scalars(select(inspections.Inspection).where(inspections.Inspection.dnr == dnr)).one()

        def first(model: Any, *conditions: Any, of: Any = None) -> UUID | None:
            of = model.inspection_id == case.id if of is None else of
            return db.scalar(select(model.id).where(of, *conditions).order_by(model.id).limit(1))

        letter = first(letters.Letter, letters.Letter.kind == LetterKind.FEEDBACK)
        talk = first(interviews.Interview, interviews.Interview.informant == Informant.CHILD)
        evidence = first(interviews.Evidence)
        paragraph = first(letters.Paragraph, of=letters.Paragraph.letter_id == letter)
        pack = load_pack("hvb")
        disclosure = first(openness.DisclosureRequest, openness.DisclosureRequest.outcome.is_(None))
        return {
            "dnr": dnr,
            "letter_language": "sv",
            "kind": LetterKind.FEEDBACK.value,
            "form": "docx",
            "number": 1,
            "language": "sv",
            "requirement": "K10",
            "area": pack.areas[0].id,
            "key": _register_key(db, case),
            "missing": paragraph and f"sentence:sv:{ADDED_TO}",
            "override_id": first(overrides.Override),
            "label": first(interviews.Statement, interviews.Statement.severity >= 3) and "u7",
            "provider_id": self.made.provider_id,
            "draft_id": self.made.draft_id,
            "version_id": self.made.draft_id,
            "part": "C02",
            "pack": pack.id,
            "guide": pack.guides[0].id,
            "home_id": self.made.home_id,
            "permit_id": self.register and self.register.permit_id,
            "signal_id": self.register and self.register.signal_id,
            "municipality_id": self.register and self.register.municipality_id,
            "committee_id": self.register and self.register.committee_id,
            "import_id": self.register and self.register.import_id,
            "user_id": self.made.people["registrar"],
            "sample_id": self.sample_id,
            "asked_id": db.scalar(
                select(child_identities.IdentityOpening.id)
                .join(child_identities.ChildIdentity)
                .join(inspections.Resident)
                .where(inspections.Resident.inspection_id == case.id)
                .limit(1)
            ),
            "opening_id": first(break_glass.GlassOpening),
            "member_id": first(
                inspections.TeamMember, inspections.TeamMember.user_id == self.made.people["lawyer"]
            ),
            "resident_id": first(inspections.Resident),
            "talk_id": talk,
            "statement_id": first(interviews.Statement, interviews.Statement.interview_id == talk),
            "evidence_id": evidence,
            "evidence_statement_id": first(
                interviews.Statement, interviews.Statement.evidence_id == evidence
            ),
            "unit_id": first(codings.Passage),
            "to": "read-back",
            "memo_id": new_id(),
            "finding_id": first(assessments.Finding, assessments.Finding.kind == FindingKind.DEFICIENCY),
            "device_id": self.devices and self.devices.device_id,
            "alarm_id": self.devices and self.devices.alarm_id,
            "upload_id": self.files.photo_id if self.files and dnr == self.made.cases[FULLEST] else None,
            "n": 1,
            "file_id": self.portal.file_id if self.portal and dnr == self.made.cases[FULLEST] else None,
            "invitation_id": self.portal and self.portal.invitation_id,
            "recovery_id": self.recovery_id,
            "role_request_id": first(role_requests.RoleRequest, of=true()),
            "session_id": self.made_session_id,
            "passkey_id": self.portal and self.portal.passkey_id,
            "communication_id": first(decisions.Communication),
            "point_id": db.scalar(
                select(dialogue.ReplyPoint.id)
                .join(decisions.Communication)
                .where(decisions.Communication.inspection_id == case.id)
                .limit(1)
            ),
            "correction_id": first(
                corrections.Correction,
                corrections.Correction.state == CorrectionState.PROPOSED,
                of=corrections.Correction.letter_id == letter,
            ),
            "letter_number": db.scalar(
                select(letters.LetterVersion.letter_number)
                .join(
                    corrections.CorrectedWords,
                    corrections.CorrectedWords.replaces_id == letters.LetterVersion.id,
                )
                .join(corrections.Correction)
                .where(corrections.Correction.letter_id == letter)
                .limit(1)
            ),
            "letter_id": letter,
            "paragraph_id": paragraph,
            "remark_id": db.scalar(
                select(letters.Remark.id)
                .join(letters.Paragraph)
                .where(letters.Paragraph.letter_id == letter)
                .limit(1)
            ),
            "notice_id": self.notice_id,
            "request_id": first(asked_of_provider.DocumentRequest),
            "inspection_id": case.id,
            "time_for": "documents",
            "rule_id": self.retention and self.retention.rule_id,
            "disposal_id": self.retention and self.retention.disposal_id,
            "hold_id": self.retention and self.retention.hold_id,
            "package_id": self.retention and self.retention.package_id,
            "matter_id": first(sanctions.SanctionMatter),
            "disclosure_id": disclosure,
            "text_id": first(openness.DisclosureText, of=openness.DisclosureText.request_id == disclosure),
            "mask_id": db.scalar(
                select(openness.DisclosureMask.id)
                .join(openness.DisclosureText, openness.DisclosureText.id == openness.DisclosureMask.text_id)
                .where(
                    openness.DisclosureText.request_id == disclosure,
                    openness.DisclosureMask.state == MaskState.STANDS,
                )
                .limit(1)
            ),
            "which": "answer",
            "measure_id": first(letters.Measure, of=letters.Measure.letter_id == letter),
        }


def _register_key(db: Session, case: inspections.Inspection) -> str | None:
    """The first entry of the case's divergence register."""
    return next((line.entry.key for line in find_register(db, find_inspection(db, case.dnr)).lines), None)


def _settings(instance: Path, database_url: str, secret_key: str) -> Settings:
    return read_settings(
        {
            "TILLSYN_INSTANCE": str(instance),
            "TILLSYN_SECRET_KEY": secret_key,
            "TILLSYN_DATA_KEY": DATA_KEY,
            "TILLSYN_DATABASE_URL": database_url,
        }
    )


def build_site(instance: Path, database_url: str, template: Path) -> RichSite:
    """Fill the migrated, empty database at `database_url`."""
    settings = _settings(instance, database_url, secrets.token_urlsafe(48))
    app = create_app(settings)
    app.config["CLOCK"] = lambda: NOW
    site = RichSite(app, settings, RichAuthority(), {}, template)
    count_from(1)
    with site.db() as db:
        site.made = build_rich_authority(db, settings)
        site.devices = build_rich_devices(db, site.made, FULLEST)
        leader = actor_of(db.get_one(User, site.made.people["leader"]))
        site.notice_id = build_rich_notices(db, site.made.people, site.made.cases[FULLEST])
        site.sample_id = build_rich_log(db, site.made.people, site.made.cases[FULLEST])
        build_rich_opening(db, site.made.people["inspector_outside"], site.made.cases[FULLEST])
        build_rich_identity(db, site.made.people, site.made.cases[FULLEST])
        site.files = build_rich_files(db, site.made.cases[FULLEST], leader)
        site.disclosures = build_rich_disclosures(
            db,
            site.made.cases[FULLEST],
            leader,
            actor_of(db.get_one(User, site.made.people["co_inspector"])),
            actor_of(db.get_one(User, site.made.people["decision_maker"])),
            settings.authority,
        )
        site.portal = build_rich_portal(db, site.made, site.made.cases[FULLEST])
        registrar, supervisor = (
            actor_of(db.get_one(User, site.made.people[name])) for name in ("registrar", "decision_maker")
        )
        assert site.made.home_id is not None
        site.register = build_rich_register(db, site.made.home_id, registrar, supervisor)
        begun, _half = begin_recovery(
            db, actor=actor_of(db.get_one(User, site.made.people["administrator"])),
            user_id=site.made.people["method_owner"], secret_key=settings.secret_key, now=NOW,
        )  # fmt: skip
        site.recovery_id = begun.id
        ask_for_roles(
            db, actor=actor_of(db.get_one(User, site.made.people["administrator"])),
            user=db.get_one(User, site.made.people["method_owner"]), roles=[Role.LAWYER], now=NOW,
        )  # fmt: skip
        site.retention = build_rich_retention(db, site.made.people, site.made.cases[FULLEST])
        begin_authenticator(db, actor=registrar, now=NOW)
        site.feed_secret = open_feed(db, actor=leader, now=NOW)
        db.commit()
    with app.test_request_context(method="POST"):
        from tillsyn.inspect.web.database import db as request_db

        open_session(request_db().get_one(User, site.made.people["leader"]))
        request_db().flush()
        site.made_session_id = request_db().scalar(select(SignInSession.id))
        for name, user_id in site.made.people.items():
            open_session(request_db().get_one(User, user_id))
            site.tokens[name] = session[TOKEN]
        request_db().commit()
    app.extensions["tillsyn_engine"].dispose()
    return site


def _build(folder: Path) -> None:
    """The site's instance folder and database, and in `site` what a process must know of it."""
    database_url = f"sqlite:///{folder / 'template.db'}"
    command.upgrade(configuration(database_url), "head")
    site = build_site(folder / "instance", database_url, Path())
    known = {one.name: getattr(site, one.name) for one in fields(site) if one.name not in ("app", "settings")}
    (folder / "site").write_bytes(pickle.dumps((site.settings.secret_key, known)))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RichSite]:
    made, own = once_in_a_run(tmp_path_factory, "rich", _build), tmp_path_factory.mktemp("rich_own")
    secret_key, known = pickle.loads((made / "site").read_bytes())  # noqa: S301 - this run has written it
    shutil.copytree(made / "instance", own / "instance")
    settings = _settings(own / "instance", f"sqlite:///{own / 'own.db'}", secret_key)
    site = RichSite(create_app(settings), settings, **known | {"template": made / "template.db"})
    yield site
    site.app.extensions["tillsyn_engine"].dispose()


@pytest.fixture
def rich(built_site: RichSite) -> RichSite:
    """The site as it was built."""
    built_site.put_back()
    return built_site
