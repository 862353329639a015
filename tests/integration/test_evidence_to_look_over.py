"""What breaks the rules of the code book is gathered from the case and listed before it is weighed."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.example_inspection import small_inspection, statement
from tests.integration.browsing import Browsing
from tests.integration.coded_cases import coded_case, exported, imported
from tillsyn.inspect.errors import Invalid
from tillsyn.inspect.services.add_evidence import add_evidence
from tillsyn.inspect.services.check_evidence import check_evidence
from tillsyn.inspect.services.export_inspection import export_inspection
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.import_inspection import UnusableFile, import_inspection
from tillsyn.inspect.web.session import actor_of
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.inspections import Inspection, Resident
from tillsyn.models.interviews import Evidence, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, EvidenceKind, Role, State, TeamRole

PAGE = "/inspections/2026-00042/weighing"


def with_documents(*documents: dict[str, Any], note: str = "") -> dict[str, Any]:
    """The small example, every statement of severity 2 or more made minor, with documents beside it."""
    data = small_inspection()
    for source in (*data["interviews"], *data["evidence"]):
        for told in source["statements"]:
            told["severity"] = min(told["severity"] or 0, 1)
            told.pop("resolution", None)
    data["evidence"] += documents
    for check in data["checks"]:
        if check["requirement"] == "K10" and note:
            check["note"] = note
    return data


def document(person: str, *statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"person": person, "kind": "document", "title": "Schema", "statements": list(statements), **more}


def taken_in(db: Session, data: dict[str, Any], now: datetime) -> tuple[Inspection, User]:
    user = make_user(db, Role.INSPECTOR)
    case = import_inspection(db, actor=actor_of(user), data=data, now=now).inspection
    for member in case.team:
        if member.user_id == user.id:
            member.declared_at = now
    db.flush()
    return find_inspection(db, case.dnr), user


def broken(db: Session, case: Inspection) -> list[tuple[str, str | None]]:
    return [(one.rule, one.coding) for one in check_evidence(db, case)]


def test_a_case_that_keeps_to_the_rules_has_nothing_to_look_over(db: Session, now: datetime) -> None:
    case, _ = taken_in(db, with_documents(), now)
    assert broken(db, case) == []


def test_a_document_named_in_the_note_of_a_mark_is_its_proof(db: Session, now: datetime) -> None:
    theme = load_pack("hvb").requirement("K10").themes[0]
    data = with_documents(document("d1", statement("u20", theme, 1)), note="Se D1, inte d11.")
    case, _ = taken_in(db, data, now)
    assert broken(db, case) == [("D0", "u20")]


def test_a_document_that_was_not_produced_must_be_coded(db: Session, now: datetime) -> None:
    data = with_documents(
        document("d1", produced=False),
        document("d2", statement("u21", "bemanning", 1), produced=False),
        document("d3"),
    )
    case, _ = taken_in(db, data, now)
    found = check_evidence(db, case)
    assert [(one.rule, one.reason.values["source"]) for one in found] == [("D1", "d1")]


def test_answers_without_words_and_praise_that_is_no_answer_are_found(db: Session, now: datetime) -> None:
    case, _ = taken_in(db, with_documents(), now)
    told = {one.label: one for one in db.scalars(select(Statement).order_by(Statement.position))}
    first = told["u1"]
    first.prompted, first.text = True, ""
    db.flush()
    assert ("D2", "u1") in broken(db, case)
    first.prompted, first.question, first.text, first.severity = False, "q1", "Inget att anmärka.", 0
    db.flush()
    (found,) = [one for one in check_evidence(db, case) if one.rule == "D2"]
    assert (found.coding, found.reason.values) == (None, {"source": "b1"})
    first.prompted = True
    db.flush()
    assert broken(db, case) == []


def test_a_child_that_declined_and_a_grave_coding_by_one_person_are_found(db: Session, now: datetime) -> None:
    case, _ = taken_in(db, with_documents(), now)
    grave = db.scalars(select(Statement).where(Statement.label == "u1")).one()
    grave.severity = 2
    child = db.scalars(
        select(Resident).where(Resident.inspection_id == case.id, Resident.person == "b1")
    ).one()
    child.outcome = ChildOutcome.DECLINED
    db.flush()
    found = broken(db, find_inspection(db, case.dnr))
    assert ("D3", "u1") in found
    assert ("S1", "u1") in found


def test_that_a_document_was_not_produced_survives_export_and_import(db: Session, now: datetime) -> None:
    case, user = taken_in(db, with_documents(document("d1", produced=False), document("d2")), now)
    data = export_inspection(db, actor=actor_of(user), inspection=case, now=now)
    given = {item["person"]: item.get("produced") for item in data["evidence"]}
    assert given == {"o1": None, "d1": False, "d2": None}
    assert not db.scalars(select(Evidence.produced).where(Evidence.person == "d1")).one()


def test_that_a_document_was_not_produced_survives_the_exchange_with_other_programs(db: Session) -> None:
    case, _first, _second = coded_case(db)
    paper = db.scalars(select(Evidence).where(Evidence.inspection_id == case.id)).one()
    paper.kind, paper.produced = EvidenceKind.DOCUMENT, False
    db.flush()
    copy = make_inspection(db, state=State.WEIGHING, children=2, outcome=ChildOutcome.TALKED)
    imported(db, copy, exported(db, case))
    there = db.execute(
        select(Evidence.kind, Evidence.produced).where(Evidence.inspection_id == copy.id)
    ).one()
    assert tuple(there) == (EvidenceKind.DOCUMENT, False)


def test_only_a_document_can_be_missing(db: Session, now: datetime) -> None:
    data = with_documents()
    data["evidence"][0]["produced"] = False
    with pytest.raises(UnusableFile) as refused:
        taken_in(db, data, now)
    assert [fault.path for fault in refused.value.faults] == ["evidence[0].produced"]
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, state=State.DOCUMENTS, team={TeamRole.INSPECTOR: user})
    given = {"actor": actor_of(user), "inspection": case, "title": "Schema", "produced": False, "now": now}
    with pytest.raises(Invalid):
        add_evidence(db, kind=EvidenceKind.OBSERVATION, **given)  # type: ignore[arg-type]
    assert not add_evidence(db, kind=EvidenceKind.DOCUMENT, **given).produced  # type: ignore[arg-type]


def test_the_list_stands_on_the_weighing_page_with_links_and_in_both_languages(
    client: Browsing, db: Session, now: datetime
) -> None:
    case, user = taken_in(db, with_documents(document("d1", produced=False)), now)
    missing = db.scalars(select(Evidence.id).where(Evidence.person == "d1")).one()
    db.commit()
    client.sign_in_as(user)
    page = client.get(PAGE)
    assert "Att se över före vägningen" in page.text
    assert "d1 begärdes men lämnades inte fram" in page.text
    assert f'href="/inspections/{case.dnr}/evidence/{missing}"' in page.html
    client.speak("en")
    assert "To look over before the weighing" in client.get(PAGE).text
    client.speak("sv")
    areas = [area.id for area in load_pack("hvb").areas]
    views = {f"{area}-position": "3" for area in areas} | {f"{area}-reason": "Så var det." for area in areas}
    client.submit(page, action="/own-view", status=303, **views)
    client.post(PAGE, status=303)
    page = client.get(PAGE)
    assert "Att se över och väga om" in page.text
    assert "kodbok hvb" in page.text
    overview = client.get(f"/inspections/{case.dnr}/evidence")
    assert "inte framlämnad" in overview.text


def test_few_children_who_talked_are_seen_on_the_overview(
    client: Browsing, db: Session, now: datetime
) -> None:
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(
        db, state=State.OTHER_TALKS, team={TeamRole.INSPECTOR: user}, outcome=ChildOutcome.DECLINED
    )
    planned = make_inspection(
        db, state=State.PLANNED, team={TeamRole.INSPECTOR: user}, home=case.home, children=0,
        visit_started_at=None,
    )  # fmt: skip
    planned.created_at = datetime(2030, 1, 1, tzinfo=now.tzinfo)
    db.commit()
    client.sign_in_as(user)
    page = client.get(f"/inspections/{case.dnr}")
    assert "Färre än hälften av barnen har pratat med oss" in page.text
    assert "Erbjud ett annat sätt" in page.text
    assert "oanmält besök" not in page.text
    assert "vid förra tillsynen" in client.get(f"/inspections/{planned.dnr}/plan").text
