"""Documents are asked for once, beside what is held; the provider answers, and tells how long it took."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.services.add_evidence import add_evidence
from tillsyn.inspect.services.ask_for_documents import (
    LONGEST_TEXT,
    answer_request,
    ask_for_document,
    find_requests,
    settle_request,
)
from tillsyn.inspect.services.find_held import find_given, find_held
from tillsyn.inspect.services.list_asked_of_provider import CASES_A_PAGE, documents_to_send, list_asked
from tillsyn.inspect.services.tell_time import tell_time
from tillsyn.models.asked_of_provider import DocumentRequest, ProviderTime, RequestAnswer, TimeFor
from tillsyn.models.inspections import Inspection
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.vocabulary import EvidenceKind, Role, State, TeamRole

WHEN = NOW.date() + timedelta(days=14)
WHAT = "Bemanningsschemat för veckorna 8–10, för att se nätter och helger."


def people(db: Session, **values: object) -> tuple[Inspection, User, User]:
    """A case, its inspector and the manager of its home."""
    inspector = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: inspector}, **values)  # type: ignore[arg-type]
    return case, inspector, make_user(db, Role.HOME_MANAGER, home_id=case.home_id)


def asked(db: Session, case: Inspection, inspector: User, what: str = WHAT) -> DocumentRequest:
    return ask_for_document(db, actor=acting(inspector), inspection=case, what=what, due_on=WHEN, now=NOW)


def told(db: Session, user: User) -> list[NoticeKind]:
    return list(db.scalars(select(Notice.kind).where(Notice.user_id == user.id)))


def test_a_document_is_asked_for_answered_and_settled(db: Session) -> None:
    case, inspector, manager = people(db)
    request = asked(db, case, inspector)
    assert told(db, manager) == [NoticeKind.DOCUMENTS_ASKED]
    answer_request(
        db, actor=acting(manager), request_id=request.id, answer=RequestAnswer.SENT, said="Per post.", now=NOW
    )
    assert (request.answer, request.said) == (RequestAnswer.SENT, "Per post.")
    assert told(db, inspector) == [NoticeKind.DOCUMENTS_CAME]
    settle_request(db, actor=acting(inspector), inspection=case, request_id=request.id, now=NOW)
    with pytest.raises(Conflict):
        settle_request(db, actor=acting(inspector), inspection=case, request_id=request.id, now=NOW)
    with pytest.raises(Conflict):
        answer_request(
            db, actor=acting(manager), request_id=request.id, answer=RequestAnswer.SENT, said="", now=NOW
        )
    assert [held.name for held in find_given(db, case)] == [WHAT]


def test_the_same_document_is_not_asked_for_twice(db: Session) -> None:
    case, inspector, _manager = people(db)
    asked(db, case, inspector)
    with pytest.raises(Conflict):
        asked(db, case, inspector, WHAT.upper())


def test_of_a_secret_visit_nothing_is_asked_and_nothing_shown(db: Session) -> None:
    """OSL 17:1."""
    case, inspector, manager = people(db, announced=False, state=State.PREPARED)
    with pytest.raises(NotPossibleNow):
        asked(db, case, inspector)
    assert list_asked(db, acting(manager)).rows == () == tuple(documents_to_send(db, acting(manager)))


@pytest.mark.parametrize(
    ("what", "due_on"), [("  ", WHEN), ("x" * (LONGEST_TEXT + 1), WHEN), ("Schema", NOW.date())]
)
def test_a_request_that_is_unclear_or_in_haste_is_refused(db: Session, what: str, due_on: date) -> None:
    case, inspector, _manager = people(db)
    with pytest.raises(Invalid):
        ask_for_document(db, actor=acting(inspector), inspection=case, what=what, due_on=due_on, now=NOW)


def test_only_inspectors_ask_and_only_the_home_answers(db: Session) -> None:
    case, inspector, _manager = people(db)
    reader = make_user(db, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        ask_for_document(db, actor=acting(reader), inspection=case, what=WHAT, due_on=WHEN, now=NOW)
    request = asked(db, case, inspector)
    other = make_user(db, Role.HOME_MANAGER, home_id=make_inspection(db).home_id)
    for stranger in (other, inspector):
        with pytest.raises(NotFound):
            answer_request(
                db, actor=acting(stranger), request_id=request.id,
                answer=RequestAnswer.HELD, said="Ni har det.", now=NOW,
            )  # fmt: skip
    with pytest.raises(NotFound):
        settle_request(db, actor=acting(inspector), inspection=case, request_id=inspector.id, now=NOW)


def test_what_is_held_is_shown_of_cases_that_are_open_to_one(db: Session) -> None:
    case, inspector, _manager = people(db)
    add_evidence(
        db, actor=acting(inspector), inspection=case, kind=EvidenceKind.DOCUMENT, title="Delegationsordning",
        now=NOW,
    )  # fmt: skip
    later, newcomer, _other = people(db)
    later.home_id = case.home_id
    db.flush()
    assert find_held(db, actor=acting(newcomer), inspection=later) == []
    assert [one.name for one in find_held(db, actor=acting(inspector), inspection=case)] == [
        "Delegationsordning"
    ]


def test_time_is_told_in_one_number_and_told_again_the_new_one_stands(db: Session) -> None:
    case = make_sent_letter(db)
    provider = acting(case.provider)
    case.letter.answers_sent_at = NOW
    db.flush()
    (mine,) = list_asked(db, provider).rows
    assert mine.minutes == {TimeFor.ANSWERS: None}
    for hours in (2.5, 1.25):
        tell_time(
            db, actor=provider, inspection_id=case.inspection.id, part=TimeFor.ANSWERS, hours=hours, now=NOW
        )
    assert db.scalars(select(ProviderTime.minutes)).all() == [75]
    with pytest.raises(NotFound):
        tell_time(db, actor=provider, inspection_id=case.inspection.id, part=TimeFor.REPLY, hours=1, now=NOW)
    for hours in (0, -1, 501):
        with pytest.raises(Invalid):
            tell_time(
                db,
                actor=provider,
                inspection_id=case.inspection.id,
                part=TimeFor.ANSWERS,
                hours=hours,
                now=NOW,
            )


def test_the_pages_lead_from_the_request_to_the_answer_and_the_time(db: Session, client: Browsing) -> None:
    case, inspector, manager = people(db)
    db.commit()
    client.sign_in_as(inspector)
    address = f"/inspections/{case.dnr}/documents"
    empty = client.submit(client.get(address), action=address, status=422, what="", due_on="2030-01-01")
    assert "Skriv vilken handling" in empty.text
    client.submit(client.get(address), action=address, status=303, what=WHAT, due_on="2036-01-01")
    twice = client.submit(client.get(address), action=address, status=422, what=WHAT, due_on="2036-01-01")
    assert "redan" in twice.text and WHAT in twice.html
    client.sign_in_as(manager)
    page = client.get("/asked")
    assert WHAT in page.text
    (request,) = find_requests(db, case.id)
    action = f"/asked/{request.id}"
    refused = client.submit(page, action=action, status=422, answer="missing", said="")
    assert "varför" in refused.text
    client.submit(client.get("/asked"), action=action, status=303, answer="held", said="Ni fick det i fjol.")
    hours = f"/asked/{case.id}/time/documents"
    client.submit(client.get("/asked"), action=hours, status=422, hours="länge")
    client.submit(client.get("/asked"), action=hours, status=303, hours="1,5")
    db.rollback()
    assert db.scalars(select(ProviderTime.minutes)).all() == [90]
    client.sign_in_as(inspector)
    seen = client.get(address)
    assert "Ni fick det i fjol." in seen.text
    client.submit(seen, action=f"{address}/{request.id}", status=303)
    assert "Avslutad" in client.get(address).text


def test_what_is_asked_has_pages_the_soonest_day_first_and_is_found_by_home(
    db: Session, client: Browsing
) -> None:
    sent = make_sent_letter(db)
    for number in range(CASES_A_PAGE + 2):
        home = make_home(db, sent.inspection.home.provider, name=f"Hemmet {number:02}")
        case = make_inspection(
            db, home=home, children=0, state=State.DOCUMENTS, team={TeamRole.INSPECTOR: sent.inspector}
        )
        ask_for_document(
            db, actor=acting(sent.inspector), inspection=case, what=WHAT,
            due_on=WHEN + timedelta(days=20 - number), now=NOW,
        )  # fmt: skip
    secret = make_inspection(db, home=home, children=0, state=State.PREPARED, announced=False)
    secret_request = DocumentRequest(
        inspection_id=secret.id, due_on=WHEN, asked_at=NOW, by_id=sent.inspector.id
    )
    secret_request.what = WHAT
    sent.letter.answers_sent_at = NOW
    db.add(secret_request)
    db.commit()
    actor = acting(sent.provider)
    first, second = list_asked(db, actor), list_asked(db, actor, page=2)
    homes = [case.inspection.home.name for page in (first, second) for case in page.rows]
    assert homes == [*(f"Hemmet {number:02}" for number in reversed(range(12))), "Strandgläntan"]
    assert (first.total, len(first.rows), list_asked(db, actor, page=99).number) == (13, CASES_A_PAGE, 2)
    by_home = list_asked(db, actor, text="strandglänt").rows
    assert [one.inspection.home.name for one in by_home] == ["Strandgläntan"]
    client.sign_in_as(sent.provider)
    page = client.get("/asked?page=2")
    assert "11–13 av 13" in page.text and "Hemmet 00" in page.text and "Hemmet 11" not in page.text
    last = second.rows[0].requests[0]
    refused = client.submit(page, action=f"/asked/{last.id}", status=422, said="Ni har den")
    assert (
        'value="Ni har den"' in refused.html
        and "Hemmet 01" in refused.text
        and "Hemmet 00" not in refused.text
    )
    client.submit(refused, action=f"/asked/{last.id}", status=303, answer="held", said="Ni har den")
    assert "Inget stämmer" in client.get("/asked?q=finns-inte").text
