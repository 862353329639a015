"""A case in which a child has told of something grave, with a team of five, made by the use cases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import ROLE_OF_PART, acting, make_inspection, make_user
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.weighing import ActiveCoding
from tillsyn.inspect.services.countersign_account import countersign_account
from tillsyn.inspect.services.end_interview import end_interview
from tillsyn.inspect.services.find_accounts import find_account
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.hold_interview import find_interview, start_interview
from tillsyn.inspect.services.investigate_account import investigate_account
from tillsyn.inspect.services.record_acute import record_acute
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.inspect.services.weigh_inspection import weighed
from tillsyn.models.base import new_id
from tillsyn.models.codings import Coding, Passage
from tillsyn.models.grave_accounts import Investigation
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import CodingPart, Informant, ReportedTo, Resolution, State, TeamRole

CODED = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
LATER = CODED + timedelta(days=2)
WORDS = "Zeldahemlig: han tog mig i armen så att det blev blått."


@dataclass
class AccountCase:
    """The case, and who is who in it. `leader` held the talk in which `u1` was said."""

    db: Session
    inspection: Inspection
    users: dict[TeamRole, User]

    def actor(self, part: TeamRole) -> Actor:
        return acting(self.users[part])

    @property
    def dnr(self) -> str:
        return self.inspection.dnr

    def reload(self) -> Inspection:
        self.db.flush()
        self.db.expire_all()
        self.inspection = find_inspection(self.db, self.dnr)
        return self.inspection

    def note(self, kind: ReportedTo, **values: Any) -> None:
        """A step by the leader about u1, an hour after it was told."""
        values = {
            "actor": self.actor(TeamRole.INSPECTOR),
            "told_child": kind is ReportedTo.CHILD_TOLD,
            "told_child_what": "Vi berättade vad vi gör." if kind is ReportedTo.CHILD_TOLD else "",
            "note": "Ringde socialjouren och skickade anmälan skriftligt.",
            "about": ("u1",),
            "now": CODED + timedelta(hours=1),
            **values,
        }
        record_acute(self.db, inspection=self.inspection, reported_to=kind, **values)

    def investigate(self, **values: Any) -> Investigation:
        """By the co-inspector, unless told otherwise."""
        values = {
            "actor": self.actor(TeamRole.CO_INSPECTOR),
            "label": "u1",
            "resolution": Resolution.NOT_CONFIRMED,
            "record": "Vi läste journalen och talade med personalen.",
            "attempt": "Vi ringde barnet två gånger.",
            "reached_child": False,
            "decision": "Det kan varken visas eller uteslutas.",
            "now": CODED + timedelta(days=1),
            **values,
        }
        return investigate_account(self.db, inspection=self.inspection, **values)


def make_account_case(db: Session, *, severity: int = 4, said: bool = True) -> AccountCase:
    """u1 is told by b1 at CODED. `said=False`: a case in which nothing grave has been told."""
    users = {part: make_user(db, role, language="sv") for part, role in ROLE_OF_PART.items()}
    inspection = make_inspection(db, state=State.CHILDREN, team=dict(users))
    case = AccountCase(db, inspection, users)
    leader = case.actor(TeamRole.INSPECTOR)
    talk = start_interview(
        db,
        actor=leader,
        inspection=inspection,
        informant=Informant.CHILD,
        guide="young_13_20",
        resident_id=inspection.residents[0].id,
        now=CODED - timedelta(minutes=20),
    )
    save_statement(
        db,
        actor=leader,
        inspection=inspection,
        source=find_interview(db, inspection, talk.id),
        statement_id=new_id(),
        version=0,
        values=StatementValues(text=WORDS, theme="bemotande", severity=severity if said else 1),
        now=CODED,
    )
    end_interview(
        db,
        actor=leader,
        inspection=inspection,
        talk=find_interview(db, inspection, talk.id),
        read_back=True,
        feedback_channel="",
        now=CODED + timedelta(minutes=10),
    )
    case.reload()
    return case


def the_statement(case: AccountCase) -> Statement:
    return case.db.scalars(select(Statement).where(Statement.inspection_id == case.inspection.id)).one()


def in_weighing(case: AccountCase) -> ActiveCoding | None:
    """How the method counts the account now."""
    areas = weighed(case.db, case.reload()).result.areas.values()
    return next((one for area in areas for one in area.codings if one.coding.id == "u1"), None)


def sign(case: AccountCase, part: TeamRole, **values: Any) -> Investigation:
    waiting = find_account(case.db, case.inspection, "u1").waiting
    assert waiting is not None
    return countersign_account(
        case.db,
        actor=case.actor(part),
        inspection=case.inspection,
        label="u1",
        investigation_id=values.get("investigation_id", waiting.id),
        now=LATER,
    )


def passage_of(case: AccountCase, severity: int) -> Passage:
    statement = the_statement(case)
    passage = Passage(
        inspection_id=case.inspection.id, statement_id=statement.id, label="u1.1", begins=0, ends=11,
        theme="vald_hot", severity=severity, marked_at=CODED,
    )  # fmt: skip
    case.db.add(passage)
    case.db.flush()
    case.db.add(
        Coding(
            inspection_id=case.inspection.id, statement_id=statement.id, passage_id=passage.id,
            unit_id=passage.id, part=CodingPart.FIRST, number=1, theme="vald_hot", severity=severity,
            coded_at=CODED,
        )
    )  # fmt: skip
    case.db.flush()
    return passage
