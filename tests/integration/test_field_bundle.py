"""What a device takes along: all that recording asks for, for those who may record, and nothing for others."""

import json

import pytest
from sqlalchemy.orm import Session

from tests.builders import acting, inspector_of, make_inspection, make_user
from tests.field_devices import NOW, PlayedDevice, anew
from tillsyn.inspect.errors import NotAllowed
from tillsyn.inspect.rules.field_ops import canonical_json
from tillsyn.inspect.services.field_bundle import field_bundle
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.models.inspections import Inspection
from tillsyn.models.vocabulary import ChildOutcome, Role, TeamRole


@pytest.fixture
def case(db: Session) -> Inspection:
    return make_inspection(db, outcome=ChildOutcome.DECLINED, children=2)


def test_it_holds_what_the_screens_ask_for_as_plain_json(db: Session, case: Inspection) -> None:
    made = field_bundle(db, actor=inspector_of(case), inspection=case, language="sv", now=NOW)
    assert json.loads(json.dumps(made)) == made
    assert [one["person"] for one in made["residents"]] == ["b1", "b2"]
    assert {one["informant"] for one in made["guides"]} == {"child", "staff", "manager", "other"}
    assert len(made["requirements"]) > 20
    assert made["gate"]["before"] == ["staff", "manager", "other"]
    outcomes = [op["value"] for op in made["heads"] if op["field"] == "outcome"]
    assert outcomes == [{"outcome": "declined", "note": ""}] * 2
    assert made["server_seq"] == max(op["server_seq"] for op in made["heads"])


def test_its_heads_are_operations_that_others_can_be_written_over(db: Session, case: Inspection) -> None:
    made = field_bundle(db, actor=inspector_of(case), inspection=case, language="sv", now=NOW)
    user = make_user(db, Role.INSPECTOR)
    device = PlayedDevice(db, user, case)
    child = case.residents[0]
    [head] = [op for op in made["heads"] if op["field"] == "outcome" and op["doc_id"] == str(child.id)]
    assert canonical_json({name: value for name, value in head.items() if name != "server_seq"})
    device.fetch()
    assert device.known[child.id, "outcome"] == {head["op_id"]}


def test_the_second_time_nothing_new_is_written(db: Session, case: Inspection) -> None:
    first = field_bundle(db, actor=inspector_of(case), inspection=case, language="sv", now=NOW)
    again = field_bundle(db, actor=inspector_of(case), inspection=anew(db, case), language="sv", now=NOW)
    assert again == first


def test_only_those_who_record_in_the_case_take_it_along(db: Session) -> None:
    reviewer, stranger = make_user(db, Role.PEER_REVIEWER), make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.PEER_REVIEWER: reviewer})
    for user in (reviewer, stranger):
        with pytest.raises(NotAllowed):
            field_bundle(db, actor=acting(user), inspection=case, language="sv", now=NOW)


@pytest.mark.parametrize("pack", available_packs())
def test_every_pack_can_be_taken_along_in_both_languages(db: Session, pack: str) -> None:
    case = make_inspection(db, pack=pack)
    for language in ("sv", "en"):
        made = field_bundle(db, actor=inspector_of(case), inspection=case, language=language, now=NOW)
        assert len(made["guides"]) == len([one for one in load_pack(pack).guides if one.offered])
        assert made["guides"][0]["opening"].keys() == {"sv", "en"}
