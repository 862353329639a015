"""A registrar receives a request, follows it and fetches what left; of the case itself a registrar sees nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_disclosure import AUTHORITY, Openness
from tests.integration.test_disclosure_of_files import PAINTED, Filed
from tests.rich_account import MARKER
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.services.answer_disclosure import (
    begin_disclosure,
    decide_refusal,
    hand_over,
    want_decision,
)
from tillsyn.inspect.services.freeze_texts import take_texts
from tillsyn.inspect.services.list_diary import find_in_diary
from tillsyn.inspect.services.receive_request import list_received, read_received, read_received_file
from tillsyn.inspect.services.texts_of_case import offered_texts
from tillsyn.inspect.services.who_said import is_own_child, who_said
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Resident
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.openness_words import AskKind, AskState, Assessed, TextKind
from tillsyn.models.vocabulary import Role, State, Wish


@pytest.fixture
def case(db: Session) -> Openness:
    return Openness(db)


def received(case: Openness, **values: object) -> DisclosureRequest:
    given = {"kind": AskKind.PUBLIC, "came_on": NOW.date(), "asked": "Beslutet.", "reach": "a@exempel.se"}
    registrar = acting(make_user(case.db, Role.REGISTRAR))
    return begin_disclosure(
        case.db, inspection=case.inspection, now=NOW, **given | {"actor": registrar} | values  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_registrar_enters_a_request_and_those_in_the_case_are_told(case: Openness) -> None:
    request = received(case)
    told = case.db.scalars(select(Notice).where(Notice.kind == NoticeKind.DISCLOSURE_CAME)).all()
    assert {one.user_id for one in told} >= {
        case.leader.user_id, case.colleague.user_id, case.decider.user_id,
    }  # fmt: skip
    assert request.state is AskState.ASSESSED


def test_a_registrar_does_not_assess_what_goes_out(case: Openness) -> None:
    registrar = acting(make_user(case.db, Role.REGISTRAR))
    request = received(case, actor=registrar)
    with pytest.raises(NotAllowed):
        hand_over(case.db, version=1, **case.at(request, registrar))


def test_a_registrar_follows_the_request_and_fetches_the_answer(case: Openness) -> None:
    registrar = acting(make_user(case.db, Role.REGISTRAR))
    request = case.left()
    (one,) = list_received(case.db, actor=registrar, inspection=case.inspection)
    assert (one.id, one.state) == (request.id, AskState.LEFT)
    at = {"actor": registrar, "inspection": case.inspection, "disclosure_id": request.id}
    assert read_received(case.db, which="answer", **at).startswith(b"%PDF-")
    with pytest.raises(NotFound):
        read_received(case.db, which="decision", **at)


def test_a_registrar_fetches_the_files_beside_an_answer_and_no_other(db: Session) -> None:
    case = Filed(db)
    registrar = acting(make_user(db, Role.REGISTRAR))
    request, text = case.asked()
    at = {"actor": registrar, "inspection": case.inspection, "disclosure_id": request.id, "text_id": text.id}
    case.decided(request, text, Assessed.FILE)
    with pytest.raises(NotFound):
        read_received_file(db, n=1, **at)
    case.sent(request)
    (one,) = list_received(db, actor=registrar, inspection=case.inspection)
    assert one.files == ((text.id, 1, "fil-1.png"),)
    name, file = read_received_file(db, n=1, **at)
    assert (name, file.pieces) == ("fil-1.png", (case.photo,))
    refused, held = case.asked()
    case.decided(refused, held, Assessed.WITHHELD, **PAINTED)
    case.sent(refused)
    with pytest.raises(NotFound):
        read_received_file(db, n=1, **at | {"disclosure_id": refused.id, "text_id": held.id})
    for role in (Role.INSPECTOR, Role.ADMINISTRATOR, Role.LOG_REVIEWER, Role.PROVIDER):
        with pytest.raises(NotAllowed):
            read_received_file(db, n=1, **at | {"actor": acting(make_user(db, role))})


def test_a_registrar_notes_that_a_decision_is_wanted_and_those_in_the_case_are_told(case: Openness) -> None:
    """OSL 6 kap. 3 §."""
    registrar = acting(make_user(case.db, Role.REGISTRAR))
    request = case.begun()
    with pytest.raises(NotPossibleNow, match="not answered yet"):
        want_decision(case.db, wanted_on=NOW.date(), **case.at(request, registrar))
    answered = case.left()
    with pytest.raises(Invalid, match="not in the future"):
        want_decision(case.db, wanted_on=NOW.date() + timedelta(1), **case.at(answered, registrar))
    want_decision(case.db, wanted_on=NOW.date(), **case.at(answered, registrar))
    told = case.db.scalars(select(Notice.user_id).where(Notice.kind == NoticeKind.REFUSAL_WANTED))
    assert set(told) >= {case.leader.user_id, case.colleague.user_id, case.decider.user_id}
    (event,) = case.db.scalars(select(Event).where(Event.kind == EventKind.DISCLOSURE_DECISION_WANTED))
    assert (event.actor_id, event.inspection_id) == (registrar.user_id, case.inspection.id)
    with pytest.raises(NotPossibleNow, match="already"):
        want_decision(case.db, wanted_on=NOW.date(), **case.at(answered, registrar))
    with pytest.raises(NotAllowed):
        decide_refusal(
            case.db, reasons="Nej.", authority=AUTHORITY, **case.at(answered, registrar)
        )  # fmt: skip


def test_of_a_secret_visit_a_registrar_knows_nothing(case: Openness) -> None:
    """OSL 17 kap. 1 §."""
    registrar = acting(make_user(case.db, Role.REGISTRAR))
    assert find_in_diary(case.db, registrar, case.inspection.dnr) is case.inspection
    case.inspection.announced, case.inspection.visit_started_at = False, None
    case.inspection.state = State.PLANNED
    case.db.flush()
    with pytest.raises(NotFound):
        find_in_diary(case.db, registrar, case.inspection.dnr)
    with pytest.raises(NotAllowed):
        received(case)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMINISTRATOR, Role.LOG_REVIEWER, Role.PROVIDER])
def test_nobody_else_outside_the_case_enters_or_follows_one(case: Openness, role: Role) -> None:
    outside = acting(make_user(case.db, role))
    with pytest.raises(NotAllowed):
        received(case, actor=outside)
    with pytest.raises(NotAllowed):
        list_received(case.db, actor=outside, inspection=case.inspection)


def test_the_child_is_told_only_where_a_child_or_a_guardian_asks(case: Openness) -> None:
    child = case.inspection.residents[0].id
    assert received(case, kind=AskKind.GUARDIAN, resident_id=child).resident_id == child
    with pytest.raises(Invalid, match="only when"):
        received(case, kind=AskKind.PUBLIC, resident_id=child)


def test_what_a_child_said_is_told_apart_by_its_pseudonym(case: Openness) -> None:
    said = [one for one in offered_texts(case.db, case.inspection) if one.kind is TextKind.STATEMENT]
    assert {one.person for one in said} == {case.inspection.residents[0].person}


def test_each_statement_is_told_whose_it_is_when_a_guardian_asks(case: Openness) -> None:
    """OSL 12 kap. 3 §: assessed by itself, with the child's age and wish beside it."""
    child = case.inspection.residents[0]
    other = Resident(inspection_id=case.inspection.id, person="b99", position=9)
    case.db.add(other)
    case.db.flush()
    said = [one.key for one in offered_texts(case.db, case.inspection) if one.kind is TextKind.STATEMENT]
    for resident, own in ((child, True), (other, False)):
        case.db.refresh(case.inspection, ["residents"])
        request = received(case, kind=AskKind.GUARDIAN, resident_id=resident.id)
        take_texts(case.db, version=1, keys=said, **case.at(request))
        (first, _) = case.found(request).texts
        assert is_own_child(case.db, request, first) is own
        source = who_said(case.db, first)
        assert source is not None
        assert (source.person, source.wish) == (child.person, Wish.ONLY_IN_GENERAL)
        assert first.assessed is None


def test_the_page_of_the_registrar_tells_nothing_of_the_case(rich: RichSite) -> None:
    registrar, dnr = rich.as_("registrar").http, rich.made.cases[FULLEST]
    page = registrar.get(f"/diary/{dnr}/requests").get_data(as_text=True)
    assert "Hämta svaret (PDF)" in page
    assert f"Pekar ut {MARKER}" not in page
    assert f"Maska även {MARKER}" not in page
    assert registrar.get(f"/inspections/{dnr}/disclosures").status_code in (403, 404)


def test_a_wrong_day_stays_on_the_page_of_the_registrar_and_a_right_one_is_noted(rich: RichSite) -> None:
    registrar, dnr = rich.as_("registrar").http, rich.made.cases[FULLEST]
    with rich.db() as db:
        answered = db.get(DisclosureRequest, rich.disclosures.answered_id)
        assert answered is not None
        answered.wanted_on = answered.decided_at = answered.decided_by_id = answered.decision_sealed = None
        db.commit()
    page = registrar.get(f"/diary/{dnr}/requests").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    address = f"/diary/{dnr}/requests/{rich.disclosures.answered_id}/wanted"
    refused = registrar.post(address, data={"csrf_token": token, "wanted_on": "1999-01-01"})
    assert refused.status_code == 422
    assert 'value="1999-01-01"' in refused.get_data(as_text=True)
    day = answered.came_on.isoformat()
    assert registrar.post(address, data={"csrf_token": token, "wanted_on": day}).status_code == 303
    assert "wanted-on-" not in registrar.get(f"/diary/{dnr}/requests").get_data(as_text=True)


def test_a_request_is_entered_on_the_page_and_what_was_typed_stays(rich: RichSite) -> None:
    registrar, dnr = rich.as_("registrar").http, rich.made.cases[FULLEST]
    address = f"/diary/{dnr}/requests"
    token = registrar.get(address).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    typed = {
        "csrf_token": token,
        "kind": "public",
        "came_on": "2026-03-10",
        "asked": "",
        "reach": "a@b.example",
    }
    refused = registrar.post(address, data=typed)
    assert refused.status_code == 422
    assert 'value="a@b.example"' in refused.get_data(as_text=True)
    assert registrar.post(address, data=typed | {"asked": "Brevet och beslutet."}).status_code == 303
    assert "Brevet och beslutet." in registrar.get(address).get_data(as_text=True)
