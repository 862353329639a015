"""A case in weighing with evidence, assessments and a team, ready for its letter."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.register_answers import answer_register
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.propose_findings import propose_findings
from tillsyn.inspect.services.view_case import find_findings
from tillsyn.inspect.services.weigh_inspection import keep_weighing
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import AreaAssessment, Check
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import (
    CheckResult,
    ChildOutcome,
    FindingKind,
    Informant,
    Role,
    State,
    TeamRole,
    Wish,
)

SECRET = "Bara jag och Kim vet om det."
"""What a child said that must never be used."""


@dataclass
class LetterCase:
    inspection: Inspection
    inspector: User
    supervisor: User

    @property
    def writer(self) -> Actor:
        return acting(self.inspector)

    @property
    def approver(self) -> Actor:
        return acting(self.supervisor)


def make_letter_case(db: Session, *, dated: bool = True, answered: bool = True) -> LetterCase:
    """One deviation, praise, a wish about food, and a statement not to be told; findings are proposed.

    `dated`: the deficiency is written out too, what was seen and the day.

    `answered`: the divergence register has its answers too.
    """
    inspector, supervisor = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    inspection = make_inspection(
        db,
        state=State.WEIGHING,
        team={TeamRole.INSPECTOR: inspector, TeamRole.DECISION_MAKER: supervisor},
        outcome=ChildOutcome.TALKED,
        visit_started_at=NOW,
    )
    talk = Interview(
        inspection_id=inspection.id, resident_id=inspection.residents[0].id, informant=Informant.CHILD,
        person="b1", started_at=NOW, ended_at=NOW + timedelta(minutes=30), by_id=inspector.id,
    )  # fmt: skip
    db.add(talk)
    db.flush()
    for number, (theme, severity, text, wish) in enumerate(
        (
            ("fortroende", 0, "Det finns en som lyssnar.", Wish.MAY_BE_TOLD),
            ("mat", 1, "Maten är alltid kall.", Wish.MAY_BE_TOLD),
            ("vanner", 2, SECRET, Wish.NOT_AT_ALL),
        )
    ):
        db.add(
            Statement(
                inspection_id=inspection.id, interview_id=talk.id, label=f"u{number + 1}", theme=theme,
                severity=severity, text=text, wish=wish, own_words=True, recorded_at=NOW, changed_at=NOW,
            )
        )  # fmt: skip
    db.add(
        Check(
            inspection_id=inspection.id, requirement="K10", result=CheckResult.DEVIATION, consequence=2,
            note="Jouren saknades tolv nätter.", marked_at=NOW,
        )
    )  # fmt: skip
    for area in load_pack("hvb").areas:
        db.add(
            AreaAssessment(
                inspection_id=inspection.id, area=area.id, own_position=3, own_reason="Så såg det ut.", own_at=NOW,
                reasoning="Vi bygger på det vi såg.", reasoned_at=NOW,
            )
        )  # fmt: skip
    db.flush()
    keep_weighing(db, actor=acting(inspector), inspection=inspection, now=NOW)
    propose_findings(db, actor=acting(inspector), inspection=inspection, now=NOW)
    if dated:
        for finding in find_findings(db, inspection):
            if finding.kind is FindingKind.DEFICIENCY:
                finding.due_on = date(2026, 5, 1)
                finding.saw = "Tolv nätter saknades jouren."
    if answered:
        case = find_inspection(db, inspection.dnr)
        answer_register(db, actor=acting(inspector), inspection=case, now=NOW)
    db.commit()
    return LetterCase(find_inspection(db, inspection.dnr), inspector, supervisor)
