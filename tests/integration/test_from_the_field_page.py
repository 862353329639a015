"""The page From the field: texts to choose between, what could not be taken in, talks out of their order."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.field_devices import NOW, PlayedDevice, anew
from tests.integration.browsing import Browsing
from tillsyn.inspect.rules.field_documents import check_id
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.services.mark_requirement import checks_of
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.field import HeldOp
from tillsyn.models.inspections import InformationGiven, Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, InformationItem, Role, State, StatementStatus, TeamRole

AGO = NOW - timedelta(hours=2)


@pytest.fixture
def anna(db: Session) -> User:
    return make_user(db, Role.INSPECTOR, name="Anna Ek")


@pytest.fixture
def bo(db: Session) -> User:
    return make_user(db, Role.INSPECTOR, name="Bo Al")


@pytest.fixture
def case(db: Session, client: Browsing, anna: User, bo: User) -> Inspection:
    case = make_inspection(db, team={TeamRole.INSPECTOR: anna, TeamRole.CO_INSPECTOR: bo}, children=1)
    db.commit()
    client.sign_in_as(anna)
    return case


def differing_words(db: Session, case: Inspection, anna: User, bo: User) -> UUID:
    """Both have written in the same statement without seeing each other."""
    a, b = PlayedDevice(db, anna, case), PlayedDevice(db, bo, case)
    guide = load_pack(case.pack).guides_for("child")[0].id
    talk = a.talk("child", AGO, resident=case.residents[0].id, guide=guide)
    said = a.say(talk, "Det är lugnt.", at=AGO)
    a.send()
    a.fetch()
    b.fetch()
    a.write("statement", said, "text", "Det är lugnt på kvällen.", at=AGO)
    b.write("statement", said, "text", "Det är lugnt ibland.", at=AGO)
    a.send()
    b.send()
    db.commit()
    return said


def refused_outcome(db: Session, case: Inspection, anna: User) -> tuple[UUID, UUID]:
    """Anna's device says that the child declined, though it has told something."""
    device = PlayedDevice(db, anna, case)
    child = case.residents[0].id
    guide = load_pack(case.pack).guides_for("child")[0].id
    talk = device.talk("child", AGO, resident=child, guide=guide)
    said = device.say(talk, "Det är lugnt.", at=AGO)
    device.write("talk", talk, "end", {"ended_at": device.time(AGO), "how": "done"}, at=AGO)
    op_id = device.write("child", child, "outcome", {"outcome": "declined", "note": ""}, at=AGO)
    device.send()
    db.commit()
    return UUID(op_id), said


def address(case: Inspection) -> str:
    return f"/inspections/{case.dnr}/field"


def look_again(db: Session) -> None:
    db.rollback()
    db.expire_all()


def test_without_anything_waiting_the_page_says_what_will_stand_there(
    client: Browsing, case: Inspection
) -> None:
    assert "Inget väntar." in client.get(address(case)).text
    assert "behöver åtgärd" not in client.get(f"/inspections/{case.dnr}").text


def test_both_texts_stand_with_who_wrote_them_and_one_of_them_is_chosen(
    db: Session, client: Browsing, case: Inspection, anna: User, bo: User
) -> None:
    said = differing_words(db, case, anna, bo)
    page = client.get(address(case))
    for words in ("Det är lugnt på kvällen.", "Det är lugnt ibland.", "Anna Ek", "Bo Al", "Anteckning: b1"):
        assert words in page.text
    for name in ("", "/talks", "/children"):
        assert "behöver åtgärd" in client.get(f"/inspections/{case.dnr}{name}").text
    forms = [form for form in page.tree.iter("form") if (form.get("action") or "").endswith("/choose")]
    values = [{one.get("name"): one.get("value") for one in form.iter("input")} for form in forms]
    client.post(
        f"{address(case)}/choose", status=303, **{k: v for k, v in values[1].items() if k != "csrf_token"}
    )
    look_again(db)
    assert db.get(Statement, said).text == "Det är lugnt ibland."  # type: ignore[union-attr]
    assert "Inget väntar." in client.get(address(case)).text


def test_texts_are_put_together_by_hand_and_what_is_wrong_keeps_the_words(
    db: Session, client: Browsing, case: Inspection, anna: User, bo: User
) -> None:
    said = differing_words(db, case, anna, bo)
    page = client.get(address(case))
    wrong = client.submit(page, action="/merge", status=409, value="x" * 20_001)
    assert "20" in wrong.text
    assert "x" * 20_001 in wrong.html
    client.submit(page, action="/merge", status=303, value="Det är lugnt på kvällen, ibland.")
    look_again(db)
    assert db.get(Statement, said).text == "Det är lugnt på kvällen, ibland."  # type: ignore[union-attr]


def test_who_chose_too_late_is_told_so(
    db: Session, client: Browsing, case: Inspection, anna: User, bo: User
) -> None:
    differing_words(db, case, anna, bo)
    page = client.get(address(case))
    client.submit(page, action="/merge", status=303, value="Först.")
    late = client.submit(page, action="/merge", status=409, value="Sedan.")
    assert "under tiden" in late.text


def test_what_was_refused_says_why_and_is_tried_again(
    db: Session, client: Browsing, case: Inspection, anna: User
) -> None:
    op_id, said = refused_outcome(db, case, anna)
    page = client.get(address(case))
    assert "har berättat något för oss" in page.text
    assert "Ville inte samtala" in page.text
    client.submit(page, action="/again", status=303)
    assert db.get(HeldOp, op_id).settlement is None  # type: ignore[union-attr]
    look_again(db)
    statement = db.get(Statement, said)
    assert statement is not None
    statement.status = StatementStatus.WITHDRAWN
    statement.version += 1
    db.commit()
    client.submit(client.get(address(case)), action="/again", status=303)
    look_again(db)
    assert anew(db, case).residents[0].outcome is ChildOutcome.DECLINED


def test_what_is_set_aside_keeps_its_reason_and_devices_get_what_stands(
    db: Session, client: Browsing, case: Inspection, anna: User
) -> None:
    op_id, _said = refused_outcome(db, case, anna)
    page = client.get(address(case))
    assert "Skriv skälet" in client.submit(page, action="/aside", status=422, reason="").text
    assert "i en mening" in client.submit(page, action="/aside", status=422, reason="fel").text
    client.submit(page, action="/aside", status=303, reason="Barnet pratade med oss; fel knapp.")
    look_again(db)
    case = anew(db, case)
    assert case.residents[0].outcome is ChildOutcome.TALKED
    shown = client.get(address(case)).text
    assert "fel knapp" in shown
    look_again(db)
    case = anew(db, case)
    device = PlayedDevice(db, anna, case)
    device.fetch()
    assert str(op_id) not in device.known[case.residents[0].id, "outcome"]


def in_quarantine(db: Session, case: Inspection, anna: User, said: str) -> None:
    """Anna's device is reported lost, and then sends."""
    device = PlayedDevice(db, anna, case)
    guide = load_pack(case.pack).guides_for("child")[0].id
    talk = device.talk("child", AGO, resident=case.residents[0].id, guide=guide)
    device.send()
    device.row.lost_at, device.row.lost_by_id = NOW, anna.id
    device.row.reason = "Borttappad på tåget."
    device.write("talk", talk, "note", said, at=AGO)
    device.send()
    db.commit()


def test_what_is_in_quarantine_is_taken_into_the_case(
    db: Session, client: Browsing, case: Inspection, anna: User
) -> None:
    in_quarantine(db, case, anna, "Barnet ville sitta i hallen.")
    page = client.get(address(case))
    assert "Barnet ville sitta i hallen." in page.text
    assert gather_facts(db, anew(db, case), now=NOW).field_held == 1
    look_again(db)
    client.submit(page, action="/quarantine/take-in", status=303)
    look_again(db)
    talk = db.query(Interview).one()
    assert talk.note == "Barnet ville sitta i hallen."
    assert "Inget väntar." in client.get(address(case)).text


def test_what_is_in_quarantine_is_set_aside_with_a_reason(
    db: Session, client: Browsing, case: Inspection, anna: User
) -> None:
    in_quarantine(db, case, anna, "Barnet ville sitta i hallen.")
    page = client.get(address(case))
    assert "Skriv skälet" in client.submit(page, action="/quarantine/aside", status=422, reason="").text
    client.submit(page, action="/quarantine/aside", status=303, reason="Skrivet av den som hittade den.")
    assert "Inget väntar." in client.get(address(case)).text


def test_what_waits_keeps_the_case_from_going_to_review(
    db: Session, client: Browsing, case: Inspection, anna: User, bo: User
) -> None:
    differing_words(db, case, anna, bo)
    anew(db, case).state = State.WEIGHING
    db.commit()
    facts = gather_facts(db, anew(db, case), now=NOW)
    assert (facts.field_conflicts, facts.field_held) == (1, 0)
    assert "på sidan Från fältet. Kvar: 1." in client.get(f"/inspections/{case.dnr}").text


def test_what_the_co_inspector_noted_before_the_visit_was_begun_here_is_taken_in_when_it_is(
    db: Session, client: Browsing, anna: User, bo: User
) -> None:
    team = {TeamRole.INSPECTOR: anna, TeamRole.CO_INSPECTOR: bo}
    case = make_inspection(db, team=team, children=1, state=State.PREPARED)
    for item in InformationItem:
        db.add(InformationGiven(inspection_id=case.id, item=item, at=AGO))
    device = PlayedDevice(db, bo, case)
    device.write("visit", case.id, "started", True, at=AGO)
    guide = load_pack(case.pack).guides_for("child")[0].id
    talk = device.talk("child", AGO, resident=case.residents[0].id, guide=guide)
    device.say(talk, "Det är lugnt.", at=AGO)
    assert {one.status for one in device.send().results} == {"held"}
    db.commit()
    client.sign_in_as(anna)
    client.submit(client.get(f"/inspections/{case.dnr}"), action="/move", status=303)
    look_again(db)
    assert [one.text for one in db.query(Statement).all()] == ["Det är lugnt."]
    assert "Inget väntar." in client.get(address(case)).text


def test_a_mark_that_two_set_differently_is_chosen_whole(
    db: Session, client: Browsing, case: Inspection, anna: User, bo: User
) -> None:
    requirement = load_pack(case.pack).requirements[0].id
    doc_id = check_id(case.id, requirement)
    for user, note in ((anna, "Saknas."), (bo, "Fanns.")):
        device = PlayedDevice(db, user, case)
        value = {"result": "met", "note": note, "consequence": None, "extent": None, "repeated": False}
        device.write("check", doc_id, "requirement", requirement, at=AGO)
        device.write("check", doc_id, "mark", {**value, "fixed": False, "self_reported": False}, at=AGO)
        device.send()
    db.commit()
    page = client.get(address(case))
    assert "Uppfyllt Saknas." in page.text
    client.submit(page, action="/choose", status=303)
    look_again(db)
    assert checks_of(db, anew(db, case))[requirement].note == "Saknas."


def test_a_talk_out_of_its_order_is_listed(
    db: Session, client: Browsing, case: Inspection, anna: User
) -> None:
    device = PlayedDevice(db, anna, case)
    guide = load_pack(case.pack).guides_for("staff")[0].id
    device.talk("staff", AGO, guide=guide)
    device.send()
    db.commit()
    assert "Samtal utanför ordningen" in client.get(address(case)).text


def test_somebody_who_only_reads_sees_it_and_decides_nothing(
    db: Session, client: Browsing, anna: User, bo: User
) -> None:
    lawyer = make_user(db, Role.LAWYER)
    case = make_inspection(
        db, team={TeamRole.INSPECTOR: anna, TeamRole.CO_INSPECTOR: bo, TeamRole.LAWYER: lawyer}, children=1
    )
    differing_words(db, case, anna, bo)
    client.sign_in_as(lawyer)
    page = client.get(address(case))
    assert "Det är lugnt ibland." in page.text
    assert "Detta gäller" not in page.text
    client.post(f"{address(case)}/choose", status=403)


def test_the_page_speaks_english(
    db: Session, client: Browsing, case: Inspection, anna: User, bo: User
) -> None:
    differing_words(db, case, anna, bo)
    client.speak("en")
    assert "Two texts for the same thing" in client.get(address(case)).text
