"""Cases coded by two, projects of other programs, and what the tests of the exchange ask of both."""

import zipfile
from datetime import timedelta
from io import BytesIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, inspector_of, make_inspection, make_user
from tillsyn.inspect.exchange.refi_qda_model import Project, Selection
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.code_unit import CodingValues, code_unit
from tillsyn.inspect.services.export_codes import export_codes
from tillsyn.inspect.services.import_codes import CodesImported, import_codes
from tillsyn.inspect.services.mark_passage import mark_passage
from tillsyn.inspect.services.settle_coding import settle_coding
from tillsyn.inspect.services.write_memo import write_memo
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.base import new_id
from tillsyn.models.codings import Coding, Memo, Passage
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Evidence, Interview, Statement
from tillsyn.models.vocabulary import (
    ChildOutcome,
    EvidenceKind,
    Informant,
    Role,
    State,
    StatementStatus,
    TeamRole,
    Wish,
)

PACK = load_pack("hvb")
HARD = "Första raden\r\nandra\traden 👩‍👧 e\u0301 \x0b<&> ”citat”"
LATER = NOW + timedelta(hours=5)


def a_case(db: Session, **values: object) -> tuple[Inspection, Actor, Actor]:
    """A case in the weighing, its responsible inspector, and a peer reviewer who codes too."""
    peer = make_user(db, Role.PEER_REVIEWER)
    case = make_inspection(
        db, state=State.WEIGHING, team={TeamRole.PEER_REVIEWER: peer}, children=2, outcome=ChildOutcome.TALKED,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip
    return case, inspector_of(case), acting(peer)


def coded_case(db: Session) -> tuple[Inspection, Actor, Actor]:
    """A talk with b1, one with staff, a document; double coding, a settlement, a passage, memos, odd text."""
    case, first, second = a_case(db)
    child = Interview(
        inspection_id=case.id, informant=Informant.CHILD, person="b1", resident_id=case.residents[0].id,
        started_at=NOW, ended_at=NOW + timedelta(minutes=40), guide="young_13_20", guide_version="1",
        age_band="13-17", interpreter=True, by_id=first.user_id, note="Stannar här", feedback_channel="070",
    )  # fmt: skip
    staff = Interview(inspection_id=case.id, informant=Informant.STAFF, person="p1", started_at=LATER)
    paper = Evidence(
        inspection_id=case.id,
        kind=EvidenceKind.DOCUMENT,
        person="d1",
        title="Rutin för natten",
        noted_at=LATER,
    )
    db.add_all((child, staff, paper))
    db.flush()
    told = [
        _told(db, case, "u1", HARD, interview_id=child.id, own_words=True, important=True, wish=Wish.NOT_AT_ALL),
        _told(db, case, "u2", "Natten är lugn.", interview_id=child.id, status=StatementStatus.WITHDRAWN),
        _told(db, case, "u3", "Vi är två på natten.", interview_id=staff.id, theme="natt", own_question="Hur många?\nOch när?"),
        _told(db, case, "u4", "Rutinen nämner inte jour.", evidence_id=paper.id, firsthand=False),
    ]  # fmt: skip
    values = CodingValues("natt", 3)
    for unit in (told[0], told[1], told[3]):
        code_unit(db, actor=first, inspection=case, unit_id=unit.id, version=0, values=values, now=LATER)
    code_unit(
        db, actor=second, inspection=case, unit_id=told[0].id, version=0, values=CodingValues("natt", 2), now=LATER,
    )  # fmt: skip
    settle_coding(
        db, actor=first, inspection=case, unit_id=told[0].id, version=2,
        values=CodingValues("vald_hot", 3, "Vi läste igen."), now=LATER + timedelta(hours=1),
    )  # fmt: skip
    marked = mark_passage(
        db,
        actor=second,
        inspection=case,
        statement_id=told[0].id,
        passage_id=new_id(),
        begins=14,
        ends=27,
        now=LATER,
    )
    marked.foreign_codes = "Skola / Lärare\nRädsla"
    code_unit(
        db,
        actor=second,
        inspection=case,
        unit_id=marked.id,
        version=0,
        values=CodingValues("plan", 1),
        now=LATER,
    )
    for about in ({"unit_id": marked.id}, {"unit_id": told[1].id, "theme": "natt"}, {"theme": "natt"}, {}):
        write_memo(
            db, actor=first, inspection=case, memo_id=new_id(), version=0, text=f"Tänk på \x0b{len(about)}", now=LATER, **about
        )  # fmt: skip
    db.flush()
    return case, first, second


def _told(db: Session, case: Inspection, label: str, text: str, **values: object) -> Statement:
    made = Statement(
        inspection_id=case.id, label=label, position=int(label[1:]), text=text, recorded_at=NOW,
        changed_at=NOW + timedelta(seconds=1, microseconds=5), **values,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def exported(db: Session, case: Inspection, actor: Actor | None = None, language: str = "sv") -> bytes:
    return export_codes(db, actor=actor, inspection=case, language=language, now=LATER)


def imported(db: Session, case: Inspection, content: bytes, actor: Actor | None = None) -> CodesImported:
    return import_codes(db, actor=actor, inspection=case, content=content, now=LATER)


def told_by(project: Project) -> list[object]:
    """What a project tells, without the guids, which differ between two cases of one database."""
    names = {code.guid: code.name for group in project.codes for code in group.codes}
    texts = {note.guid: (note.text, note.user, note.created_at, note.changed_at) for note in project.notes}

    def about(guids: tuple[str, ...]) -> list[object]:
        return sorted(texts[guid] for guid in guids)

    def selection(one: Selection) -> object:
        line = one.description.split('"codings"')[0]
        codings = [(names[ref.code], ref.user, ref.at) for ref in one.codings]
        return (
            one.name, one.begins, one.ends, line, codings, about(one.notes), one.user, one.created_at, one.changed_at,
        )  # fmt: skip

    variables = {variable.guid: variable.name for variable in project.variables}
    return [
        project.users,
        [(code.name, about(code.notes)) for group in project.codes for code in group.codes],
        about(project.about_project),
        [
            (
                source.name, source.text, source.description, source.user, source.created_at,
                [(variables[value.variable], value.text) for value in source.values],
                [selection(one) for one in source.selections],
            )
            for source in project.sources
        ],
        [(case.name, len(case.sources)) for case in project.cases],
    ]  # fmt: skip


def rows(db: Session, case: Inspection) -> dict[str, int]:
    tables = (Interview, Evidence, Statement, Passage, Coding, Memo)
    return {
        table.__tablename__: db.scalar(
            select(func.count()).select_from(table).where(table.inspection_id == case.id)
        )
        or 0
        for table in tables
    }


def foreign(
    *, text: str = "Skolan är bra. Natten är svår.\n\nSlut.", selections: str = "", more: str = ""
) -> bytes:
    """A project as another program writes it."""
    xml = f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
<Project name="Studie" origin="NVivo 14" xmlns="urn:QDA-XML:project:1.0" creationDateTime="2026-03-01T10:00:00Z">
 <Users><User guid="11111111-1111-4111-8111-111111111111" name="Kim K"/></Users>
 <CodeBook><Codes>
  <Code guid="22222222-2222-4222-8222-222222222222" name="Trygghet" isCodable="false">
   <Code guid="33333333-3333-4333-8333-333333333333" name="natten" isCodable="true"/>
   <Code guid="44444444-4444-4444-8444-444444444444" name="Lärare" isCodable="true"><Description>Om lärare</Description></Code>
   <Code guid="55555555-5555-4555-8555-555555555555" name="3 Serious" isCodable="true"/>
   <Code guid="66666666-6666-4666-8666-666666666666" name="plan" isCodable="true"/>
  </Code>
 </Codes></CodeBook>
 <Sources><TextSource guid="77777777-7777-4777-8777-777777777777" name="Intervju 1" plainTextPath="internal://a.txt">
  {selections}
 </TextSource>{more}</Sources>
</Project>"""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("Sources/a.txt", f"\ufeff{text}")
    return packed.getvalue()


def marked(begins: int, ends: int, *codes: str, number: int = 1, inside: str = "") -> str:
    guids = {"natten": "3", "Lärare": "4", "3": "5", "plan": "6", "gone": "9"}
    made = "".join(
        f'<Coding guid="{number:08d}-0000-4000-8000-{place:012d}" creatingUser="11111111-1111-4111-8111-111111111111" '
        f'creationDateTime="2026-02-01T08:00:00+01:00"><CodeRef targetGUID="{_repeated(guids[code])}"/></Coding>'
        for place, code in enumerate(codes)
    )
    return (
        f'<PlainTextSelection guid="{number:08d}-1111-4000-8000-000000000000" startPosition="{begins}" '
        f'endPosition="{ends}">{inside}{made}</PlainTextSelection>'
    )


def _repeated(digit: str) -> str:
    return f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}"
