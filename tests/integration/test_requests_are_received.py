"""A registrar receives a request, follows it and fetches what left; of the case itself a registrar sees nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_disclosure import Openness
from tests.rich_account import MARKER
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound
from tillsyn.inspect.services.answer_disclosure import begin_disclosure, hand_over
from tillsyn.inspect.services.freeze_texts import take_texts
from tillsyn.inspect.services.list_diary import find_in_diary
from tillsyn.inspect.services.receive_request import list_received, read_received
from tillsyn.inspect.services.texts_of_case import offered_texts
from tillsyn.inspect.services.who_said import is_own_child, who_said
from tillsyn.models.inspections import Resident
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.openness_words import AskKind, AskState, TextKind
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
