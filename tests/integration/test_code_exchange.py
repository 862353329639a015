"""Coded cases out and in as REFI-QDA: nothing of ours is lost, and who may take what with them."""

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, make_inspection, make_user
from tests.integration.coded_cases import PACK, coded_case, exported, imported, rows, told_by
from tillsyn.inspect.errors import NotAllowed
from tillsyn.inspect.exchange.refi_qda_model import Project, Selection
from tillsyn.inspect.exchange.refi_qda_read import read_exchange
from tillsyn.inspect.rules.code_exchange import severity_guid, theme_guid
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.models.codings import Coding, Memo, Passage
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.interviews import Evidence, Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, Role, State, TeamRole


def test_an_export_into_an_empty_copy_gives_the_same_export(db: Session) -> None:
    case, _first, _ = coded_case(db)
    before = read_exchange(exported(db, case))
    copy = make_inspection(
        db, state=State.WEIGHING, children=2, outcome=ChildOutcome.TALKED,
        team={part.role: db.get_one(User, part.user_id) for part in case.team},
    )  # fmt: skip
    done = imported(db, copy, exported(db, case))
    assert done.is_new and rows(db, copy) == rows(db, case)
    after = read_exchange(exported(db, copy))
    assert told_by(after) == told_by(before)
    parts = select(
        Coding.part,
        Coding.number,
        Coding.theme,
        Coding.severity,
        Coding.coder_id,
        Coding.coded_at,
        Coding.code_book,
    )
    assert sorted(db.execute(parts.where(Coding.inspection_id == copy.id)).all()) == sorted(
        db.execute(parts.where(Coding.inspection_id == case.id)).all()
    )
    stands = select(Statement.label, Statement.theme, Statement.severity).order_by(Statement.label)
    assert (
        db.execute(stands.where(Statement.inspection_id == copy.id)).all()
        == db.execute(stands.where(Statement.inspection_id == case.id)).all()
    )
    settled = db.scalars(select(Coding).where(Coding.inspection_id == copy.id, Coding.severity == 3)).all()
    assert "Vi läste igen." in {one.reason for one in settled}


def test_the_same_case_in_another_database_gets_the_same_guids(db: Session) -> None:
    """As far as rows go: what is deleted here and imported again has the ids it had."""
    case, _, _ = coded_case(db)
    content = exported(db, case)
    ids = set(db.scalars(select(Statement.id).where(Statement.inspection_id == case.id)))
    for table in (Memo, Coding, Passage, Statement, Interview, Evidence):
        for row in db.scalars(select(table).where(table.inspection_id == case.id)):
            db.delete(row)
        db.flush()
    db.expire_all()
    case = find_inspection(db, case.dnr)
    imported(db, case, content)
    assert set(db.scalars(select(Statement.id).where(Statement.inspection_id == case.id))) == ids
    db.expire_all()
    case = find_inspection(db, case.dnr)
    assert read_exchange(exported(db, case)).sources == read_exchange(content).sources


def test_our_own_file_into_its_own_case_adds_nothing(db: Session) -> None:
    case, first, _ = coded_case(db)
    content, before = exported(db, case), rows(db, case)
    done = imported(db, case, content, first)
    assert done.is_new and rows(db, case) == before
    again = imported(db, case, exported(db, case, language="sv"), first)
    assert not again.is_new and rows(db, case) == before


def test_codes_added_in_another_program_come_back_as_passages(db: Session) -> None:
    case, first, _ = coded_case(db)
    before = rows(db, case)
    changed = _edited(
        exported(db, case),
        "</TextSource>",
        '<PlainTextSelection guid="{AAAAAAAA-0000-4000-8000-000000000001}" startPosition="0" endPosition="12">'
        '<Coding guid="AAAAAAAA-0000-4000-8000-000000000002">'
        f'<CodeRef targetGUID="{theme_guid(PACK, "natt").upper()}"/></Coding></PlainTextSelection></TextSource>',
    )
    done = imported(db, case, changed, first)
    assert done.added.passages == 1 and rows(db, case)["statements"] == before["statements"]
    new = db.scalars(select(Passage).where(Passage.theme == "natt", Passage.inspection_id == case.id)).one()
    assert (new.begins, new.ends, new.severity, new.label) == (0, 12, None, "u1.2")


def _edited(content: bytes, old: str, new: str) -> bytes:
    """The file with its XML changed in the first place where `old` stands after the selections of a source."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "project.qde":
                text = data.decode()
                place = text.index("<VariableValue", text.index("<Sources>"))
                data = (text[:place] + new.removesuffix("</TextSource>") + text[place:]).encode()
            after.writestr(name, data)
    return packed.getvalue()


def test_the_second_coder_does_not_learn_the_first_ones_judgement_from_an_export(db: Session) -> None:
    case, first, second = coded_case(db)
    theirs = _by_label(read_exchange(exported(db, case, second)))
    mine = _by_label(read_exchange(exported(db, case, first)))
    assert not theirs["u2"].codings and len(mine["u2"].codings) == 2
    assert len(theirs["u1"].codings) == 6 and len(theirs["u1.1"].codings) == 4
    assert not theirs["u2"].notes and mine["u2"].notes
    assert [ref.code for ref in mine["u2"].codings] == [theme_guid(PACK, "natt"), severity_guid(PACK, 3)]


def _by_label(project: Project) -> dict[str, Selection]:
    return {one.name: one for source in project.sources for one in source.selections}


def test_what_is_not_to_be_told_is_exported_and_marked(db: Session) -> None:
    case, first, _ = coded_case(db)
    swedish = _by_label(read_exchange(exported(db, case, first)))["u1"].description
    english = _by_label(read_exchange(exported(db, case, first, "en")))["u1"].description
    assert swedish.startswith("u1 · Inte alls") and english.startswith("u1 · Not at all")


def test_place_note_and_the_way_back_to_a_child_stay_in_the_case(db: Session) -> None:
    case, first, _ = coded_case(db)
    with zipfile.ZipFile(BytesIO(exported(db, case, first))) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert "Stannar här" not in everything and ">070<" not in everything and "@example.se" not in everything


def test_exports_and_imports_are_events(db: Session) -> None:
    case, first, _ = coded_case(db)
    imported(db, case, exported(db, case, first), first)
    db.flush()
    found = db.execute(
        select(Event.kind, Event.actor_id, Event.details)
        .where(Event.kind.in_((EventKind.CODES_EXPORTED, EventKind.CODES_IMPORTED)))
        .order_by(Event.kind)
    ).all()
    assert [(kind, actor) for kind, actor, _ in found] == [
        (EventKind.CODES_EXPORTED, first.user_id),
        (EventKind.CODES_IMPORTED, first.user_id),
    ]
    assert found[0].details == {"format": "qdpx"} and len(found[1].details["digest"]) == 64


def test_only_those_who_code_in_the_case_export_and_import(db: Session) -> None:
    lawyer, stranger = make_user(db, Role.LAWYER), make_user(db, Role.INSPECTOR)
    case = make_inspection(db, state=State.WEIGHING, team={TeamRole.LAWYER: lawyer})
    content = exported(db, case)
    for person in (lawyer, stranger):
        with pytest.raises(NotAllowed):
            exported(db, case, acting(person))
        with pytest.raises(NotAllowed):
            imported(db, case, content, acting(person))
