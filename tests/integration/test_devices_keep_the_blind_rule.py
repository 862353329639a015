"""What one inspector judges of a statement does not come to the device of who is to judge it unseen."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders import acting, make_inspection, make_user
from tests.field_devices import NOW, PlayedDevice, anew
from tillsyn.inspect.services.code_unit import CodingValues, code_unit
from tillsyn.inspect.services.field_bundle import field_bundle
from tillsyn.inspect.services.list_changes import list_changes
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, Role, TeamRole

WITHHELD = {"theme": (None, True), "severity": (None, True)}
JUDGED = {"theme": ("natt", False), "severity": (3, False)}


@pytest.fixture
def first(db: Session) -> User:
    return make_user(db, Role.INSPECTOR)


@pytest.fixture
def second(db: Session) -> User:
    return make_user(db, Role.INSPECTOR)


@pytest.fixture
def case(db: Session, first: User, second: User) -> Inspection:
    team = {TeamRole.INSPECTOR: first, TeamRole.CO_INSPECTOR: second}
    return make_inspection(db, team=team, outcome=ChildOutcome.DECLINED)


def judge(db: Session, case: Inspection, who: User) -> PlayedDevice:
    """A device that has sent a statement which its person has judged."""
    device = PlayedDevice(db, who, case)
    talk = device.talk("staff", NOW)
    device.say(talk, "Vi är få på natten.", theme="natt", severity=3)
    assert [one.status for one in device.send().results] == ["accepted"] * 5
    return device


def seen_by(db: Session, case: Inspection, who: User) -> list[dict[str, Any]]:
    """What the case as it is taken along, and the feed of it, say of the judgements, to one person."""
    actor, case = acting(who), anew(db, case)
    bundle = field_bundle(db, actor=actor, inspection=case, language="sv", now=NOW)
    feed = list_changes(db, actor=actor, inspection=case, after=0, now=NOW)
    return [
        {op["field"]: (op["value"], op.get("withheld", False)) for op in ops if op["field"] in JUDGED}
        for ops in (bundle["heads"], [change.op for change in feed.ops])
    ]


def test_a_colleague_gets_the_words_and_not_what_they_were_judged_as(
    db: Session, case: Inspection, first: User, second: User
) -> None:
    judge(db, case, first)
    assert seen_by(db, case, second) == [WITHHELD, WITHHELD]
    assert seen_by(db, case, first) == [JUDGED, JUDGED]


def test_when_both_have_judged_both_see(db: Session, case: Inspection, first: User, second: User) -> None:
    judge(db, case, first)
    said = db.query(Statement).filter_by(inspection_id=case.id).one()
    values = CodingValues(theme="natt", severity=2)
    code_unit(
        db,
        actor=acting(second),
        inspection=anew(db, case),
        unit_id=said.id,
        version=0,
        values=values,
        now=NOW,
    )
    for who in (first, second):
        assert seen_by(db, case, who)[0] == JUDGED


def test_what_waits_to_be_taken_in_is_kept_from_them_too(
    db: Session, case: Inspection, first: User, second: User
) -> None:
    device = PlayedDevice(db, first, case)
    device.say(device.row.id, "Utan samtal.", theme="natt", severity=3)  # of a talk that is not there
    device.send()
    assert seen_by(db, case, second) == [WITHHELD, WITHHELD]
    assert seen_by(db, case, first) == [JUDGED, JUDGED]
