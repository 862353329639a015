"""What devices record becomes records through the use cases of the pages, and what pages write reaches devices."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, inspector_of, make_inspection, make_user
from tests.field_devices import NOW, PlayedDevice, anew
from tillsyn.inspect.rules.field_documents import check_id
from tillsyn.inspect.services.absorb_pages import absorb_page_changes
from tillsyn.inspect.services.hold_interview import find_interview, list_interviews
from tillsyn.inspect.services.mark_requirement import checks_of
from tillsyn.inspect.services.read_documents import read_documents
from tillsyn.inspect.services.save_statement import StatementValues, save_statement, values_of
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.base import new_id
from tillsyn.models.field import FieldOp, HeldOp, Settlement
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Evidence, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, Informant, Role, State, TeamRole, Wish

MORNING = NOW - timedelta(hours=3)
AHEAD = timedelta(minutes=37)


@pytest.fixture
def anna(db: Session) -> User:
    return make_user(db, Role.INSPECTOR, name="Anna")


@pytest.fixture
def bo(db: Session) -> User:
    return make_user(db, Role.INSPECTOR, name="Bo")


@pytest.fixture
def case(db: Session, anna: User, bo: User) -> Inspection:
    return make_inspection(db, team={TeamRole.INSPECTOR: anna, TeamRole.CO_INSPECTOR: bo}, children=2)


def guide(case: Inspection, informant: str) -> str:
    return load_pack(case.pack).guides_for(informant)[0].id


def minutes(number: int) -> datetime:
    return MORNING + timedelta(minutes=number)


def offer_all(device: PlayedDevice, case: Inspection, at: datetime) -> None:
    for child in case.residents:
        outcome = {"outcome": "declined", "note": ""}
        device.write("child", child.id, "outcome", outcome, at=at)
    device.write("visit", case.id, "children_confirmed", True, at=at)


def held(db: Session, case: Inspection) -> list[HeldOp]:
    rows = select(HeldOp).where(HeldOp.inspection_id == case.id, HeldOp.settlement.is_(None))
    return list(db.scalars(rows))


def statements(db: Session, case: Inspection) -> list[Statement]:
    rows = select(Statement).where(Statement.inspection_id == case.id).order_by(Statement.position)
    return list(db.scalars(rows))


def test_a_visit_recorded_without_network_stands_in_the_case(db: Session, case: Inspection, bo: User) -> None:
    device = PlayedDevice(db, bo, case, ahead=AHEAD)
    first, second = case.residents
    talk = device.talk("child", minutes(0), resident=first.id, guide=guide(case, "child"))
    device.write("talk", talk, "place", "Köket ", at=minutes(1))
    device.write("talk", talk, "interpreter", True, at=minutes(1))
    said = device.say(talk, "Det är lugnt på kvällen.", at=minutes(2), own_words=True, wish="may_be_told")
    device.write("talk", talk, "read_back", True, at=minutes(20))
    device.write("talk", talk, "end", {"ended_at": device.time(minutes(21)), "how": "done"}, at=minutes(21))
    device.write("child", second.id, "outcome", {"outcome": "declined", "note": ""}, at=minutes(30))
    device.write("visit", case.id, "children_confirmed", True, at=minutes(31))
    seen = new_id()
    about = {"kind": "observation", "title": "Hallen", "produced": True, "noted_at": device.time(minutes(40))}
    device.write("evidence", seen, "about", about, at=minutes(41))
    noted = new_id()
    device.write("statement", noted, "source", {"evidence": str(seen), "position": 0}, at=minutes(42))
    device.write("statement", noted, "text", "Reglerna hänger på väggen.", at=minutes(42))
    requirement = load_pack(case.pack).requirements[0].id
    mark = check_id(case.id, requirement)
    value = {
        "result": "deviation", "note": "Pärmen saknas.", "consequence": 2, "extent": 1, "repeated": False,
        "fixed": False, "self_reported": True,
    }  # fmt: skip
    device.write("check", mark, "requirement", requirement, at=minutes(50))
    device.write("check", mark, "mark", value, at=minutes(50))
    answer = device.send()
    assert {one.status for one in answer.results} == {"accepted"}
    case = anew(db, case)
    standing = find_interview(db, case, talk)
    assert (standing.place, standing.interpreter, standing.read_back) == ("Köket ", True, True)
    assert (standing.started_at, standing.ended_at) == (minutes(0), minutes(21))
    assert standing.by_id == bo.id
    [told] = standing.statements
    assert (told.id, told.text, told.own_words, told.wish) == (
        said,
        "Det är lugnt på kvällen.",
        True,
        Wish.MAY_BE_TOLD,
    )
    assert (told.recorded_at, told.recorded_by_id) == (minutes(2), bo.id)
    assert [child.outcome for child in case.residents] == [ChildOutcome.TALKED, ChildOutcome.DECLINED]
    assert [child.outcome_at for child in case.residents] == [minutes(21), minutes(30)]
    assert case.children_confirmed_at == minutes(31)
    assert db.get(Evidence, seen).noted_at == minutes(40)  # type: ignore[union-attr]
    check = checks_of(db, case)[requirement]
    assert (check.note, check.consequence, check.self_reported) == ("Pärmen saknas.", 2, True)
    assert check.marked_at == minutes(50)
    assert held(db, case) == []


def test_what_was_taken_in_is_not_taken_for_a_change_of_the_pages(
    db: Session, case: Inspection, bo: User
) -> None:
    device = PlayedDevice(db, bo, case, ahead=AHEAD)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    device.write("talk", talk, "note", "Soffan, dörren stängd. ", at=minutes(1))
    device.say(talk, " Det är lugnt. ", at=minutes(2))
    device.send()
    before = db.scalars(select(FieldOp.id)).all()
    case = anew(db, case)
    assert absorb_page_changes(db, inspection=case, now=NOW) == 0
    assert db.scalars(select(FieldOp.id)).all() == before


def test_a_child_who_told_something_has_talked_and_the_devices_are_told(
    db: Session, case: Inspection, bo: User
) -> None:
    device = PlayedDevice(db, bo, case)
    child = case.residents[0].id
    talk = device.talk("child", minutes(0), resident=child, guide=guide(case, "child"))
    device.say(talk, "Det är lugnt.", at=minutes(2))
    device.write("talk", talk, "end", {"ended_at": device.time(minutes(9)), "how": "done"}, at=minutes(9))
    device.send()
    case = anew(db, case)
    assert absorb_page_changes(db, inspection=case, now=NOW) == 1
    document = read_documents(db, case, [child])[child]
    assert document.value("outcome") == {"outcome": "talked", "note": ""}


def test_a_talk_out_of_its_order_is_kept_and_flagged_until_the_offers_arrive(
    db: Session, case: Inspection, anna: User, bo: User
) -> None:
    early, late = PlayedDevice(db, anna, case), PlayedDevice(db, bo, case, ahead=-AHEAD)
    absorb_page_changes(db, inspection=case, now=NOW)
    offer_all(early, case, minutes(10))
    talk = late.talk("staff", minutes(15), guide=guide(case, "staff"))
    answer = late.send()
    assert [one.status for one in answer.results] == ["accepted"]
    assert find_interview(db, anew(db, case), talk).before_children is True
    early.send()
    assert find_interview(db, anew(db, case), talk).before_children is False


def test_a_clock_that_is_wrong_does_not_make_a_talk_come_in_time(
    db: Session, case: Inspection, anna: User, bo: User
) -> None:
    """By its own clock the talk came after the offers; by ours it came before them."""
    right, fast = PlayedDevice(db, anna, case), PlayedDevice(db, bo, case, ahead=AHEAD)
    offer_all(right, case, minutes(10))
    talk = fast.talk("staff", minutes(5), guide=guide(case, "staff"))
    right.send()
    fast.send()
    standing = find_interview(db, anew(db, case), talk)
    assert (standing.before_children, standing.started_at) == (True, minutes(5))


def test_a_departure_from_the_order_is_noted_also_when_the_talks_are_open_by_now(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    reason = "Föreståndaren skulle resa samma eftermiddag."
    op_id = device.write("visit", case.id, "override", reason, op="add", at=minutes(3))
    device.write("visit", case.id, "children_confirmed", True, at=minutes(1))
    offer_all(device, case, minutes(1))
    device.send()
    [override] = anew(db, case).overrides
    assert (str(override.id), override.reason, override.at) == (op_id, reason, minutes(3))


def test_the_departure_that_a_page_noted_reaches_devices_once(
    db: Session, case: Inspection, anna: User
) -> None:
    from tillsyn.inspect.services.record_children import override_order

    case.state = State.CHILDREN
    reason = "Föreståndaren skulle resa samma eftermiddag."
    override = override_order(db, actor=inspector_of(case), inspection=case, reason=reason, now=NOW)
    db.flush()
    absorb_page_changes(db, inspection=case, now=NOW)
    absorb_page_changes(db, inspection=anew(db, case), now=NOW)
    heads = read_documents(db, case, [case.id])[case.id].heads["override"]
    assert [head.op_id for head in heads] == [override.id]


def test_a_refused_value_is_held_with_its_reason_and_taken_in_when_it_can_be(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    child = case.residents[0].id
    talk = device.talk("child", minutes(0), resident=child, guide=guide(case, "child"))
    said = device.say(talk, "Det är lugnt.", at=minutes(2))
    device.write("talk", talk, "end", {"ended_at": device.time(minutes(9)), "how": "done"}, at=minutes(9))
    op_id = device.write("child", child, "outcome", {"outcome": "declined", "note": ""}, at=minutes(12))
    [*others, refused] = device.send().results
    assert (refused.op_id, refused.status) == (op_id, "held")
    assert refused.reason is not None
    assert {one.status for one in others} == {"accepted"}
    device.write("statement", said, "status", "withdrawn", at=minutes(15))
    device.send()
    case = anew(db, case)
    assert case.residents[0].outcome is ChildOutcome.DECLINED
    assert held(db, case) == []
    assert db.get(HeldOp, UUID(op_id)).settlement is Settlement.TAKEN_IN  # type: ignore[union-attr]


def test_one_field_that_is_refused_does_not_keep_the_words_out(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    said = device.say(talk, "Det är lugnt.", at=minutes(2), theme="no-such-theme", prompted=True)
    statuses = {one.status for one in device.send().results}
    assert statuses == {"accepted", "held"}
    statement = db.get(Statement, said)
    assert statement is not None
    assert (statement.text, statement.theme, statement.prompted) == ("Det är lugnt.", None, True)
    assert len(held(db, case)) == 1


def test_what_comes_when_the_case_has_moved_on_waits_and_is_taken_in_when_it_is_back(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    offer_all(device, case, minutes(0))
    device.send()
    anew(db, case).state = State.REVIEW
    talk = device.talk("staff", minutes(15), guide=guide(case, "staff"))
    device.say(talk, "Vi är två på natten.", at=minutes(16))
    assert {one.status for one in device.send().results} == {"held"}
    assert len(held(db, case)) == 3
    anew(db, case).state = State.WEIGHING
    device.write("visit", case.id, "started", True)
    device.send()
    assert held(db, case) == []
    assert [one.text for one in statements(db, case)] == ["Vi är två på natten."]


def test_words_that_arrive_before_the_rest_of_them_wait_without_being_held(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    device.say(talk, "Det är lugnt.", at=minutes(2))
    device.send(most=2)
    assert held(db, case) == []
    device.send()
    assert [one.text for one in statements(db, case)] == ["Det är lugnt."]


def test_a_page_and_a_device_that_change_the_same_words_differ_in_the_open(
    db: Session, case: Inspection, anna: User, bo: User
) -> None:
    device = PlayedDevice(db, bo, case)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    said = device.say(talk, "Det är lugnt.", at=minutes(2))
    device.send()
    case = anew(db, case)
    standing = db.get(Statement, said)
    assert standing is not None
    source = find_interview(db, case, talk)
    values = StatementValues(**{**_plain(values_of(standing)), "text": "Det är lugnt på natten."})
    save_statement(
        db, actor=acting(anna), inspection=case, source=source, statement_id=said, version=1, values=values,
        now=NOW,
    )  # fmt: skip
    device.write("statement", said, "text", "Det är oftast lugnt.", at=minutes(5))
    [answer] = device.send().results
    assert answer.status == "conflict"
    heads = read_documents(db, case, [said])[said].heads["text"]
    assert [(head.value, head.author_id) for head in heads] == [
        ("Det är lugnt på natten.", anna.id),
        ("Det är oftast lugnt.", bo.id),
    ]
    assert statements(db, anew(db, case))[0].text == "Det är lugnt på natten."
    device.fetch()
    device.write("statement", said, "text", "Det är oftast lugnt på natten.", op="resolve")
    assert [one.status for one in device.send().results] == ["accepted"]
    assert statements(db, anew(db, case))[0].text == "Det är oftast lugnt på natten."


def _plain(values: StatementValues) -> dict[str, object]:
    return {name: getattr(values, name) for name in StatementValues.__dataclass_fields__}


def test_two_inspectors_on_one_visit_at_once_converge(
    db: Session, case: Inspection, anna: User, bo: User
) -> None:
    a, b = PlayedDevice(db, anna, case, ahead=AHEAD), PlayedDevice(db, bo, case, ahead=-AHEAD)
    first, second = (child.id for child in case.residents)
    one = a.talk("child", minutes(0), resident=first, guide=guide(case, "child"))
    two = b.talk("child", minutes(1), resident=second, guide=guide(case, "child"))
    a.say(one, "Jag har en egen nyckel.", at=minutes(3))
    b.say(two, "Maten är god.", at=minutes(4))
    for device, talk in ((a, one), (b, two)):
        ended = {"ended_at": device.time(minutes(20)), "how": "done"}
        device.write("talk", talk, "end", ended, at=minutes(20))
    requirement = load_pack(case.pack).requirements[0].id
    mark = check_id(case.id, requirement)
    for device, note in ((a, "Saknas."), (b, "Fanns i pärmen.")):
        device.write("check", mark, "requirement", requirement, at=minutes(30))
        value = {"result": "met", "note": note, "consequence": None, "extent": None, "repeated": False}
        device.write("check", mark, "mark", {**value, "fixed": False, "self_reported": False}, at=minutes(30))
        device.write("child", new_id(), "added", 2, at=minutes(31))
        device.write("visit", case.id, "children_confirmed", True, at=minutes(32))
    while a.unsent or b.unsent:
        a.send(most=3)
        b.send(most=2)
    case = anew(db, case)
    absorb_page_changes(db, inspection=case, now=NOW)
    assert [child.person for child in case.residents] == ["b1", "b2", "b3", "b4"]
    assert [one.text for one in statements(db, case)] == ["Jag har en egen nyckel.", "Maten är god."]
    assert {talk.informant for talk in list_interviews(db, case)} == {Informant.CHILD}
    notes = [head.value["note"] for head in read_documents(db, case, [mark])[mark].heads["mark"]]
    assert sorted(notes) == ["Fanns i pärmen.", "Saknas."]
    assert checks_of(db, case)[requirement].note == notes[0]
    assert held(db, case) == []
    a.fetch()
    b.fetch()
    assert a.known == b.known
    settled = {**value, "note": "Fanns i pärmen, inskriven i dag.", "fixed": False, "self_reported": False}
    b.write("check", mark, "mark", settled, op="resolve")
    b.send()
    assert checks_of(db, anew(db, case))[requirement].note == "Fanns i pärmen, inskriven i dag."


def test_names_of_statements_go_on_after_the_highest_also_beside_names_of_another_form(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    for number in range(12):
        device.say(talk, f"Svar {number}", at=minutes(number))
    device.send()
    assert [one.label for one in statements(db, case)] == [f"u{number}" for number in range(1, 13)]
    for number, one in enumerate(statements(db, case)[:9]):
        one.label = f"u-from-a-file-{number}"
    db.flush()
    device.say(talk, "Sist", at=minutes(30))
    device.send()
    assert statements(db, case)[-1].label == "u13"


def test_an_acute_step_keeps_its_time_and_the_words_it_is_about_and_is_noted_once(
    db: Session, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    said = device.say(talk, "Han slår mig.", at=minutes(2))
    step, about = new_id(), {"reported_to": "social_services", "told_child": True, "statement": str(said)}
    words = {"told_child_what": "Vi ringer socialjouren nu.", "note": "Socialjouren i Exempelkommun."}
    device.write("acute", step, "step", {**about, **words, "at": device.time(minutes(5))}, at=minutes(5))
    assert {one.status for one in device.send().results} == {"accepted"}
    [noted] = anew(db, case).acute_steps
    assert (noted.id, noted.statement_id, noted.at) == (step, said, minutes(5))
    assert (noted.told_child_what, noted.by_id) == ("Vi ringer socialjouren nu.", anna.id)
    assert absorb_page_changes(db, inspection=anew(db, case), now=NOW) == 0


def test_a_child_added_on_two_devices_is_two_children_and_one_taken_back_is_none(
    db: Session, case: Inspection, anna: User, bo: User
) -> None:
    device, other = PlayedDevice(db, anna, case), PlayedDevice(db, bo, case)
    mistaken = new_id()
    device.write("child", mistaken, "added", 2)
    other.write("child", new_id(), "added", 2)
    device.send()
    other.send()
    assert [child.person for child in anew(db, case).residents] == ["b1", "b2", "b3", "b4"]
    device.write("child", mistaken, "added", None, op="retract")
    device.send()
    assert [child.person for child in anew(db, case).residents] == ["b1", "b2", "b4"]
    assert held(db, case) == []


def test_the_co_inspector_takes_over_a_talk_and_the_words_to_the_person_are_kept(
    db: Session, case: Inspection, anna: User, bo: User
) -> None:
    device = PlayedDevice(db, anna, case)
    talk = device.talk("child", minutes(0), resident=case.residents[0].id, guide=guide(case, "child"))
    device.write("talk", talk, "lead", str(bo.id), at=minutes(3))
    device.write("talk", talk, "feedback_channel", "Genom sin kontaktperson", at=minutes(4))
    stranger = new_id()
    device.send()
    standing = find_interview(db, anew(db, case), talk)
    assert (standing.by_id, standing.feedback_channel) == (bo.id, "Genom sin kontaktperson")
    device.write("talk", talk, "lead", str(stranger), at=minutes(5))
    assert [one.status for one in device.send().results] == ["held"]
