"""Marks on requirements, and observations and documents: no default, no lost note, two people at once."""

from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.services.add_evidence import add_evidence, find_evidence
from tillsyn.inspect.services.hold_interview import find_interview, start_interview
from tillsyn.inspect.services.mark_requirement import Mark, checks_of, mark_requirement
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.models.assessments import Check
from tillsyn.models.base import new_id
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Evidence, Statement
from tillsyn.models.vocabulary import CheckResult, EvidenceKind, Informant, Role, State, TeamRole


def marked(
    db: Session, case: Inspection, now: datetime, mark: Mark | None, version: int = 0, req: str = "K10"
):
    return mark_requirement(
        db, actor=inspector_of(case), inspection=case, requirement=req, mark=mark, version=version, now=now
    )


@pytest.fixture
def case(db: Session, client: Browsing) -> Inspection:
    user = make_user(db, Role.INSPECTOR, name="Inspektör Ett")
    case = make_inspection(db, team={TeamRole.INSPECTOR: user}, state=State.DOCUMENTS)
    db.commit()
    client.sign_in_as(user)
    return case


def put(client: Browsing, case: Inspection, requirement: str, version: int, **fields: object):
    return client.http.put(
        f"/inspections/{case.dnr}/requirements/{requirement}",
        json={"version": version, "fields": fields},
        headers={"X-CSRFToken": client._token(), "Accept": "application/json"},
    )


def test_a_mark_tells_who_and_when_and_counts_versions(db, now):
    case = make_inspection(db, state=State.DOCUMENTS)
    check = marked(db, case, now, Mark(CheckResult.MET))
    assert (check.version, check.marked_at, check.marked_by_id) == (1, now, inspector_of(case).user_id)
    deviation = Mark(CheckResult.DEVIATION, "Saknas på natten", consequence=2, extent=1, repeated=True)
    check = marked(db, case, now, deviation, 1)
    assert (check.version, check.consequence, check.extent, check.repeated) == (2, 2, 1, True)
    check = marked(db, case, now, Mark(CheckResult.MET, "Saknas på natten"), 2)
    assert (check.consequence, check.extent, check.repeated) == (0, 0, False)
    assert marked(db, case, now, Mark(CheckResult.MET, "Saknas på natten"), 0) is check, "sent twice"
    events = db.scalars(select(Event).where(Event.kind == EventKind.REQUIREMENT_MARKED)).all()
    assert [event.details["version"] for event in events] == [1, 2, 3]


def test_a_second_result_from_an_old_page_is_a_conflict(db, now):
    case = make_inspection(db, state=State.DOCUMENTS)
    marked(db, case, now, Mark(CheckResult.MET, "Sett i schemat"))
    with pytest.raises(Conflict) as late:
        marked(db, case, now, Mark(CheckResult.NOT_CHECKED))
    assert late.value.theirs["result"] == "met"
    assert late.value.theirs["note"] == "Sett i schemat"
    assert late.value.version == 1


def test_a_mark_can_be_taken_back_but_not_its_note_lost(db, now):
    case = make_inspection(db, state=State.DOCUMENTS)
    marked(db, case, now, Mark(CheckResult.MET, "En notering"))
    with pytest.raises(Invalid) as kept:
        marked(db, case, now, None, 1)
    assert kept.value.values["field"] == "note"
    marked(db, case, now, Mark(CheckResult.MET), 1)
    assert marked(db, case, now, None, 2) is None
    assert checks_of(db, case) == {}
    with pytest.raises(Conflict):
        marked(db, case, now, Mark(CheckResult.DEVIATION, consequence=1, extent=0), 2)


@pytest.mark.parametrize(
    ("mark", "field"),
    [
        (Mark(CheckResult.DEVIATION), "consequence"),
        (Mark(CheckResult.DEVIATION, consequence=5, extent=0), "consequence"),
        (Mark(CheckResult.DEVIATION, consequence=2), "extent"),
        (Mark(CheckResult.MET, note="x" * 20_001), "note"),
    ],
)
def test_an_incomplete_mark_is_refused_at_its_field(db, now, mark, field):
    case = make_inspection(db, state=State.DOCUMENTS)
    with pytest.raises(Invalid) as refused:
        marked(db, case, now, mark)
    assert refused.value.values["field"] == field


def test_an_unknown_requirement_and_a_wrong_time_are_refused(db, now):
    case = make_inspection(db, state=State.DOCUMENTS)
    with pytest.raises(Invalid):
        marked(db, case, now, Mark(CheckResult.MET), req="K99")
    for state in (State.PREPARED, State.REVIEW, State.CLOSED):
        early = make_inspection(db, state=state)
        with pytest.raises(NotPossibleNow):
            marked(db, early, now, Mark(CheckResult.MET))
    reader = make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, state=State.DOCUMENTS, team={TeamRole.DECISION_MAKER: reader})
    with pytest.raises(NotAllowed):
        mark_requirement(
            db,
            actor=acting(reader),
            inspection=case,
            requirement="K10",
            mark=Mark(CheckResult.MET),
            version=0,
            now=now,
        )


def test_nothing_is_marked_beforehand_and_the_committee_is_named(client, case):
    page = client.get(f"/inspections/{case.dnr}/requirements")
    assert "36 kvar att bedöma" in page.text
    radios = [field for field in page.tree.iter("input") if field.get("name") == "result"]
    assert len(radios) == 36 * 4
    assert not any(field.get("checked") is not None for field in radios)
    assert "kan inte läggas hemmet till last" in page.text
    assert "sanktionsavgift" in page.text


def test_a_line_saves_by_itself_and_by_form(db, client, case):
    assert put(client, case, "K10", 0, note="först").status_code == 422
    refused = put(client, case, "K10", 0, result="deviation")
    assert list(refused.json["errors"]) == ["consequence"]
    done = put(client, case, "K10", 0, result="deviation", consequence="2", extent="0", fixed=True)
    assert (done.status_code, done.json["version"]) == (200, 1)
    late = put(client, case, "K10", 0, result="met")
    assert late.status_code == 409
    assert late.json["theirs"]["result"] == "deviation"
    assert late.json["theirs"]["consequence"] == "2"
    page = client.get(f"/inspections/{case.dnr}/requirements")
    client.submit(page, action="/K11", status=303, result="met", note="Sett i journalen")
    left = client.get(f"/inspections/{case.dnr}/requirements?show=left")
    assert "34 kvar" in left.text
    assert left.tree.find(".//*[@id='K11']") is None
    db.rollback()
    assert {check.requirement: check.result for check in db.scalars(select(Check))} == {
        "K10": CheckResult.DEVIATION,
        "K11": CheckResult.MET,
    }


def test_a_stale_form_shows_both_marks_and_keeps_what_was_typed(db, client, case):
    page = client.get(f"/inspections/{case.dnr}/requirements")
    put(client, case, "K10", 0, result="met", note="Schemat visar två")
    answer = client.submit(page, action="/K10", status=409, result="not_checked", note="Hann inte")
    assert "Schemat visar två" in answer.text
    assert "Hann inte" in answer.html
    client.submit(answer, action="/K10", status=303)
    db.rollback()
    assert db.scalars(select(Check)).one().result is CheckResult.NOT_CHECKED


def test_a_mark_is_cleared_from_the_page(db, client, case):
    put(client, case, "K10", 0, result="met")
    client.post(f"/inspections/{case.dnr}/requirements/K10", status=303, result="", version="1")
    db.rollback()
    assert db.scalars(select(Check)).all() == []


def test_an_unknown_requirement_on_the_page_is_said_so(client, case):
    answer = put(client, case, "K99", 0, result="met")
    assert answer.status_code == 422
    assert "K99" in answer.get_data(as_text=True)


def test_what_children_and_staff_say_stands_beside_the_requirement(db, client, case, now):
    talk = start_interview(
        db,
        actor=inspector_of(case),
        inspection=case,
        informant=Informant.CHILD,
        guide="young_13_20",
        resident_id=case.residents[0].id,
        now=now,
    )
    save_statement(
        db,
        actor=inspector_of(case),
        inspection=case,
        source=find_interview(db, case, talk.id),
        statement_id=new_id(),
        version=0,
        values=StatementValues(text="På natten är det bara en vuxen", theme="natt"),
        now=now,
    )
    db.commit()
    page = client.get(f"/inspections/{case.dnr}/requirements")
    assert "1 barn om detta" in page.text
    assert "På natten är det bara en vuxen" in page.text


def test_observations_and_documents_are_named_in_order(db, now):
    case = make_inspection(db)
    actor = inspector_of(case)
    kinds = (EvidenceKind.OBSERVATION, EvidenceKind.DOCUMENT, EvidenceKind.OBSERVATION)
    made = [
        add_evidence(db, actor=actor, inspection=case, kind=kind, title="Köket", now=now).person
        for kind in kinds
    ]
    assert made == ["o1", "d1", "o2"]
    for title in (" ", "x" * 201):
        with pytest.raises(Invalid):
            add_evidence(db, actor=actor, inspection=case, kind=EvidenceKind.DOCUMENT, title=title, now=now)
    item = find_evidence(db, case, add_evidence(
        db, actor=actor, inspection=case, kind=EvidenceKind.DOCUMENT, title="Rutin", now=now
    ).id)  # fmt: skip
    with pytest.raises(Invalid):
        save_statement(
            db, actor=actor, inspection=case, source=item, statement_id=new_id(), version=0,
            values=StatementValues(text="x", question="Y01"), now=now,
        )  # fmt: skip


def test_an_observation_is_noted_on_the_page(db, client, case):
    at = f"/inspections/{case.dnr}/evidence"
    refused = client.submit(client.get(at), action="/evidence", status=422, kind="observation", title="")
    assert "utan namn på personer" in refused.text
    made = client.submit(refused, action="/evidence", status=303, title="Anslagstavlan")
    page = client.get(made.location or "")
    ready = page.tree.find(".//*[@id='ready']//form")
    assert ready is not None
    address = str(ready.get("action"))
    client.submit(page, action=address, status=303, text="Reglerna är från 2024", theme="ordningsregler")
    again = client.http.put(
        address,
        json={"version": 1, "fields": {"severity": "1"}},
        headers={"X-CSRFToken": client._token(), "Accept": "application/json"},
    )
    assert again.json["version"] == 2
    db.rollback()
    kept = db.scalars(select(Statement)).one()
    assert (kept.text, kept.severity, kept.own_words) == ("Reglerna är från 2024", 1, False)
    assert db.scalars(select(Evidence)).one().title == "Anslagstavlan"
    client.get(f"{at}/{uuid4()}", status=404)
