"""The site with the rich authority (tests/rich_case.py), made once and put back before each test.

It runs on SQLite only. What is asked here (who may enter, what a page must be, what is logged) is
decided above the database, the questions are many, and a file is put back in milliseconds; each area's
own tests ask its pages on both databases.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from flask import session
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.integration.browsing import Browsing
from tests.rich_case import RichAuthority, build_rich_authority
from tests.rich_way import NOW
from tillsyn.inspect.app import Tillsyn, create_app
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.settings import Settings, read_settings
from tillsyn.inspect.web.session import TOKEN, open_session
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models import assessments, decisions, inspections, interviews, letters
from tillsyn.models.people import User
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import FindingKind, Informant

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

    def put_back(self) -> None:
        """Everything as it was built."""
        self.app.extensions["tillsyn_engine"].dispose()
        own = Path(self.settings.database_url.removeprefix("sqlite:///"))
        for leftover in own.parent.glob(f"{own.name}-*"):
            leftover.unlink()
        shutil.copyfile(self.template, own)
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
        """The rules that answer `method`, in the order of their endpoints; files of static aside."""
        found = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        return sorted((rule for rule in found if rule.endpoint != "static"), key=lambda rule: rule.endpoint)

    def address(self, rule: Rule, case: str = FULLEST) -> str | None:
        """An address that `rule` answers in `case`; None when the case has nothing of that kind."""
        with self.db() as db:
            values = self._values(db, self.made.cases[case])
        if rule.endpoint.startswith("checks."):
            values["statement_id"] = values["evidence_statement_id"]
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

        letter = first(letters.Letter)
        talk = first(interviews.Interview, interviews.Interview.informant == Informant.CHILD)
        evidence = first(interviews.Evidence)
        paragraph = first(letters.Paragraph, of=letters.Paragraph.letter_id == letter)
        pack = load_pack("hvb")
        return {
            "dnr": dnr,
            "letter_language": "sv",
            "language": "sv",
            "requirement": "K10",
            "area": pack.areas[0].id,
            "provider_id": self.made.provider_id,
            "home_id": self.made.home_id,
            "user_id": self.made.people["registrar"],
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
            "finding_id": first(assessments.Finding, assessments.Finding.kind == FindingKind.DEFICIENCY),
            "communication_id": first(decisions.Communication),
            "letter_id": letter,
            "paragraph_id": paragraph,
            "remark_id": db.scalar(
                select(letters.Remark.id)
                .join(letters.Paragraph)
                .where(letters.Paragraph.letter_id == letter)
                .limit(1)
            ),
            "measure_id": first(letters.Measure, of=letters.Measure.letter_id == letter),
        }


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RichSite]:
    folder = tmp_path_factory.mktemp("rich")
    settings = read_settings(
        {
            "TILLSYN_INSTANCE": str(folder / "instance"),
            "TILLSYN_SECRET_KEY": secrets.token_urlsafe(48),
            "TILLSYN_DATA_KEY": DATA_KEY,
            "TILLSYN_DATABASE_URL": f"sqlite:///{folder / 'own.db'}",
        }
    )
    command.upgrade(configuration(settings.database_url), "head")
    app = create_app(settings)
    app.config["CLOCK"] = lambda: NOW
    site = RichSite(app, settings, RichAuthority(), {}, folder / "template.db")
    with site.db() as db:
        site.made = build_rich_authority(db, settings)
        db.commit()
    with app.test_request_context(method="POST"):
        from tillsyn.inspect.web.database import db as request_db

        for name, user_id in site.made.people.items():
            open_session(request_db().get_one(User, user_id))
            site.tokens[name] = session[TOKEN]
        request_db().commit()
    app.extensions["tillsyn_engine"].dispose()
    shutil.copyfile(folder / "own.db", site.template)
    yield site
    app.extensions["tillsyn_engine"].dispose()


@pytest.fixture
def rich(built_site: RichSite) -> RichSite:
    """The site as it was built."""
    built_site.put_back()
    return built_site
