"""The sanction track (SoL 28 kap. 16–21 §§) and the text of a report of concern: use cases and pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.account_cases import make_account_case
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.inspection_flow import refusals
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.services.pursue_sanction import (
    Outcome,
    advise_on_matter,
    change_matter,
    decide_matter,
    note_final,
    note_hearing,
    open_matter,
)
from tillsyn.models.assessments import Finding
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.sanctions import ReductionGround, SanctionGround, SanctionMatter, SanctionOutcome
from tillsyn.models.vocabulary import FindingKind, Role, State, TeamRole

BREACH, HEARD, TODAY = date(2026, 2, 1), date(2026, 3, 1), NOW.date()
WHAT = "En vikarie började innan utdraget hade begärts."
WHY = "Vikarien arbetade ensam nattetid i två veckor."


@dataclass
class SanctionCase:
    db: Session
    inspection: Inspection
    finding: Finding
    people: dict[TeamRole, User]

    def actor(self, part: TeamRole) -> Actor:
        return acting(self.people[part])

    @property
    def given(self) -> dict[str, Any]:
        return {"inspection": self.inspection, "now": NOW}

    @property
    def leader(self) -> Actor:
        return self.actor(TeamRole.INSPECTOR)

    def opened(self, **values: Any) -> SanctionMatter:
        made = {"ground": SanctionGround.REGISTER_CHECK, "breach_on": BREACH, "what": WHAT} | values
        return open_matter(self.db, actor=self.leader, finding_id=self.finding.id, **made, **self.given)

    def ready(self, **values: Any) -> SanctionMatter:
        """Opened, the operator heard, and the lawyer has spoken."""
        matter = self.opened(**values)
        self.heard(matter)
        self.advised(matter)
        return matter

    def heard(self, matter: SanctionMatter) -> None:
        note_hearing(
            self.db, actor=self.leader, matter_id=matter.id, version=matter.version, heard_on=HEARD,
            **self.given,
        )  # fmt: skip

    def advised(self, matter: SanctionMatter) -> None:
        advise_on_matter(
            self.db, actor=self.actor(TeamRole.LAWYER), matter_id=matter.id, version=matter.version,
            opinion="Överträdelsen är visad och inget hindrar avgiften.", **self.given,
        )  # fmt: skip

    def decided(self, matter: SanctionMatter, outcome: SanctionOutcome, **values: Any) -> SanctionMatter:
        return decide_matter(
            self.db, actor=self.actor(TeamRole.DECISION_MAKER), matter_id=matter.id, version=matter.version,
            given=Outcome(outcome, WHY, TODAY, **values), **self.given,
        )  # fmt: skip


@pytest.fixture
def case(db: Session) -> SanctionCase:
    people = {
        TeamRole.INSPECTOR: make_user(db, Role.INSPECTOR),
        TeamRole.DECISION_MAKER: make_user(db, Role.SUPERVISOR),
        TeamRole.LAWYER: make_user(db, Role.LAWYER),
    }
    inspection = make_inspection(db, state=State.FOLLOW_UP, team=people)
    finding = Finding(
        inspection_id=inspection.id, kind=FindingKind.DEFICIENCY, area="A10", requirement="K08", level=3,
        sanction=True, title="Registerkontroll saknas", at=NOW,
    )  # fmt: skip
    db.add(finding)
    db.commit()
    return SanctionCase(db, inspection, finding, people)


def kept_shut_by(case: SanctionCase) -> list[str]:
    facts = gather_facts(case.db, case.inspection, now=NOW)
    return [one.text for one in refusals(facts, State.CLOSED) if "dialogue does not close" in one.text]


def test_sol_28_16_a_breach_keeps_the_case_open_until_it_is_decided(case: SanctionCase) -> None:
    assert kept_shut_by(case), "nobody has even opened the matter"
    matter = case.ready()
    assert kept_shut_by(case)
    case.decided(matter, SanctionOutcome.FEE, amount=100_000)
    assert not kept_shut_by(case)
    case.opened(breach_on=date(2026, 2, 14))
    assert kept_shut_by(case), "a second breach is a matter of its own"


def test_the_lawyer_speaks_first_and_another_decides(case: SanctionCase) -> None:
    matter = case.opened()
    case.heard(matter)
    with pytest.raises(NotPossibleNow, match="lawyer"):
        case.decided(matter, SanctionOutcome.FEE, amount=100_000)
    with pytest.raises(NotAllowed):
        advise_on_matter(
            case.db, actor=case.leader, matter_id=matter.id, version=matter.version, opinion=WHY, **case.given
        )
    case.advised(matter)
    with pytest.raises(NotAllowed):
        decide_matter(
            case.db, actor=case.leader, matter_id=matter.id, version=matter.version,
            given=Outcome(SanctionOutcome.FEE, WHY, TODAY, 100_000), **case.given,
        )  # fmt: skip
    change_matter(
        case.db, actor=case.leader, matter_id=matter.id, version=matter.version, breach_on=BREACH,
        since_on=None, what=f"{WHAT} Det visar schemat.", under_penalty_order=False, **case.given,
    )  # fmt: skip
    with pytest.raises(NotPossibleNow, match="lawyer"):
        case.decided(matter, SanctionOutcome.FEE, amount=100_000)


@pytest.mark.parametrize(
    ("law", "values", "outcome", "decided", "field"),
    [
        ("SoL 28:18", {}, SanctionOutcome.FEE, {"amount": 90_000}, "amount"),
        ("SoL 28:17", {"ground": SanctionGround.PERMIT}, SanctionOutcome.FEE, {"amount": 4_000}, "amount"),
        ("SoL 28:19", {"under_penalty_order": True}, SanctionOutcome.FEE, {"amount": 100_000}, "amount"),
        (
            "SFS 2025:1299",
            {"breach_on": date(2025, 12, 30)},
            SanctionOutcome.FEE,
            {"amount": 100_000},
            "amount",
        ),
        ("SoL 28:20", {}, SanctionOutcome.BARRED, {}, "outcome"),
    ],
)
def test_what_the_law_does_not_allow_is_not_decided(
    case: SanctionCase, law: str, values: dict[str, Any], outcome: SanctionOutcome,
    decided: dict[str, Any], field: str,
) -> None:  # fmt: skip
    matter = case.ready(**values)
    with pytest.raises(Invalid) as refused:
        case.decided(matter, outcome, **decided)
    assert refused.value.values["field"] == field and matter.outcome is None


def test_sol_28_17_to_21_reduced_remitted_and_final(case: SanctionCase) -> None:
    permit = case.ready(ground=SanctionGround.PERMIT)
    case.decided(permit, SanctionOutcome.FEE, amount=2_000, reduction=ReductionGround.MINOR)
    other = case.ready()
    case.decided(other, SanctionOutcome.REMITTED, reduction=ReductionGround.EXCEPTIONAL)
    assert (permit.amount, other.amount, other.reduction) == (2_000, 0, ReductionGround.EXCEPTIONAL)
    final = {"actor": case.leader, "final_on": TODAY, **case.given}
    note_final(case.db, matter_id=permit.id, version=permit.version, **final)
    with pytest.raises(NotPossibleNow):
        note_final(case.db, matter_id=other.id, version=other.version, **final)
    with pytest.raises(NotPossibleNow, match="decided"):
        case.heard(permit)


def test_two_at_once_the_later_is_told_and_sees_both(case: SanctionCase) -> None:
    matter = case.opened()
    version = matter.version
    case.heard(matter)
    with pytest.raises(Conflict) as conflict:
        change_matter(
            case.db, actor=case.leader, matter_id=matter.id, version=version, breach_on=BREACH,
            since_on=None, what=f"{WHAT} Ändrat.", under_penalty_order=False, **case.given,
        )  # fmt: skip
    assert conflict.value.theirs["what"] == WHAT and conflict.value.version == version + 1


def test_only_a_finding_of_the_case_that_can_cost_a_fee_opens_a_matter(case: SanctionCase) -> None:
    case.finding.sanction = False
    with pytest.raises(NotFound):
        case.opened()
    case.finding.sanction = True
    with pytest.raises(Invalid):
        case.opened(breach_on=date(2026, 12, 1))
    case.inspection.state = State.CLOSED
    with pytest.raises(NotPossibleNow):
        case.opened()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_sanction_from_open_to_decided_as_pages(
    client: Browsing, case: SanctionCase, db: Session, language: str
) -> None:
    for user in case.people.values():
        user.language = language
    db.commit()
    base = f"/inspections/{case.inspection.dnr}/sanctions"
    client.sign_in_as(case.people[TeamRole.INSPECTOR])
    page = client.get(base)
    wrong = {
        "finding": str(case.finding.id),
        "ground": "register_check",
        "breach_on": "2099-01-01",
        "what": WHAT,
    }
    page = client.submit(page, action="/sanctions", status=422, **wrong)
    assert WHAT in page.html
    client.submit(page, action="/sanctions", status=303, breach_on=BREACH.isoformat())
    db.rollback()
    matter = db.scalars(select(SanctionMatter)).one()
    one = f"{base}/{matter.id}"
    client.submit(client.get(one), action="/hearing", status=303, heard_on=HEARD.isoformat())
    client.sign_in_as(case.people[TeamRole.LAWYER])
    client.submit(client.get(one), action="/advice", status=303, opinion="Överträdelsen är visad.")
    client.sign_in_as(case.people[TeamRole.DECISION_MAKER])
    assert one.rsplit("/", 1)[0] in client.get("/").html, "it stands in the queue"
    day = TODAY.isoformat()
    page = client.submit(
        client.get(one),
        action="/outcome",
        status=422,
        outcome="fee",
        amount="90 000",
        decided_on=day,
        reasons=WHY,
    )
    assert WHY in page.html
    client.submit(page, action="/outcome", status=303, amount="100 000")
    client.submit(client.get(one), action="/final", status=303, final_on=day)
    db.rollback()
    assert (db.scalars(select(SanctionMatter)).one().amount, matter.final_on) == (100_000, TODAY)


def test_the_text_of_a_report_is_made_of_what_is_recorded(client: Browsing, db: Session) -> None:
    made = make_account_case(db)
    db.commit()
    client.sign_in_as(made.users[TeamRole.INSPECTOR])
    text = client.get(f"/inspections/{made.inspection.dnr}/acute/report").text
    assert made.inspection.dnr in text and "Vad vi har fått veta" in text
