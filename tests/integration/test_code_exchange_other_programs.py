"""Projects of other programs taken in as REFI-QDA: nothing is taken silently, and all faults are told."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import inspector_of, make_inspection, make_user
from tests.integration.coded_cases import PACK, a_case, coded_case, exported, foreign, imported, marked, rows
from tillsyn.inspect.exchange.refi_qda_model import UnusableExchange
from tillsyn.inspect.services.export_codes import code_book_file
from tillsyn.models.codings import Coding, Memo, Passage
from tillsyn.models.interviews import Evidence, Statement
from tillsyn.models.vocabulary import (
    EvidenceKind,
    Role,
    State,
)


def test_a_project_of_another_program_becomes_documents_with_passages(db: Session) -> None:
    case, first, _ = a_case(db)
    selections = (
        marked(15, 30, "natten", "3", number=1)
        + marked(0, 14, "Lärare", number=2)
        + marked(0, 6, "natten", "plan", number=3, inside="<Description>Tänk på det här</Description>")
    )
    done = imported(db, case, foreign(selections=selections), first)
    paper = db.scalars(select(Evidence).where(Evidence.inspection_id == case.id)).one()
    assert (paper.kind, paper.person, paper.title, paper.by_id) == (
        EvidenceKind.DOCUMENT, "d1", "Intervju 1", first.user_id,
    )  # fmt: skip
    told = db.scalars(select(Statement).where(Statement.inspection_id == case.id)).one()
    assert told.text == "Skolan är bra. Natten är svår.\n\nSlut." and told.theme is None
    passages = db.scalars(
        select(Passage).where(Passage.inspection_id == case.id).order_by(Passage.begins, Passage.theme)
    ).all()
    seen = {(one.begins, one.ends, one.theme, one.severity, one.foreign_codes) for one in passages}
    assert seen == {
        (15, 30, "natt", 3, ""), (0, 14, None, None, "Trygghet / Lärare"), (0, 6, "natt", None, ""), (0, 6, "plan", None, ""),
    }  # fmt: skip
    coding = db.scalars(select(Coding).where(Coding.inspection_id == case.id)).one()
    assert coding.coder_id is None and coding.coded_at == datetime(2026, 2, 1, 7, tzinfo=UTC)
    assert done.foreign == ("Trygghet / Lärare",) and done.unknown_users == ("Kim K",)
    assert dict(done.matched) == {"natten": "natt", "3 Serious": "3", "plan": "plan"}
    memos = "\n".join(
        db.scalars(select(Memo).where(Memo.inspection_id == case.id)).all()[n].text
        for n in range(done.added.memos)
    )
    assert "Kim K" in memos and "Om lärare" in memos and "Tänk på det här" in memos


def test_the_same_project_of_another_program_twice_changes_nothing(db: Session) -> None:
    case, first, _ = a_case(db)
    content = foreign(selections=marked(15, 30, "natten"))
    imported(db, case, content, first)
    before = rows(db, case)
    assert not imported(db, case, content, first).is_new
    more = imported(
        db, case, foreign(selections=marked(15, 30, "natten") + marked(0, 6, "plan", number=2)), first
    )
    assert more.added.passages == 1 and rows(db, case) == {**before, "passages": before["passages"] + 1}


def test_what_another_program_gave_can_be_exported_and_taken_in_again(db: Session) -> None:
    case, first, _ = a_case(db)
    imported(
        db, case, foreign(selections=marked(15, 30, "natten", "3") + marked(0, 9, "Lärare", number=2)), first
    )
    before = rows(db, case)
    imported(db, case, exported(db, case), first)
    assert rows(db, case) == before
    copy, _, _ = a_case(db)
    imported(db, copy, exported(db, case), inspector_of(copy))
    kept = db.scalars(select(Passage.foreign_codes).where(Passage.inspection_id == copy.id)).all()
    assert sorted(kept) == ["", "Trygghet / Lärare"]


def test_a_long_text_is_divided_at_paragraphs(db: Session) -> None:
    case, first, _ = a_case(db)
    text = "\r\n\r\n".join(f"Stycke {number}. " + "ord " * 700 for number in range(20))
    done = imported(db, case, foreign(text=text, selections=marked(0, len(text), "natten")), first)
    told = db.scalars(
        select(Statement).where(Statement.inspection_id == case.id).order_by(Statement.position)
    ).all()
    assert len(told) == done.added.passages > 2 and dict(done.kept)["divided"] == 1
    assert all(
        len(one.text) <= 20_000 and one.text.startswith("Stycke") and "\r" not in one.text for one in told
    )


def test_every_fault_is_told_at_once_and_nothing_is_changed(db: Session) -> None:
    case, first, _ = a_case(db)
    wrong = "\n".join(
        (
            marked(9, 3, "natten"), marked(0, 900, "natten", number=2), marked(0, 4, "gone", number=3),
            '<PlainTextSelection startPosition="x" endPosition="2"/>',
        )
    )  # fmt: skip
    with pytest.raises(UnusableExchange) as refused:
        imported(db, case, foreign(selections=wrong), first)
    faults = refused.value.faults
    assert [fault.path.rsplit("/", 1)[-1] for fault in faults] == [
        "PlainTextSelection[1]", "PlainTextSelection[2]", "Coding[1]", "PlainTextSelection[4]",
    ]  # fmt: skip
    assert len({fault.line for fault in faults}) == 4
    assert set(rows(db, case).values()) == {0}


def test_a_talk_with_a_child_who_is_not_in_the_case_is_refused(db: Session) -> None:
    case, _first, _ = coded_case(db)
    empty = make_inspection(db, state=State.WEIGHING, children=0)
    with pytest.raises(UnusableExchange) as refused:
        imported(db, empty, exported(db, case), inspector_of(empty))
    assert "children of this case" in refused.value.faults[0].text
    assert refused.value.faults[0].values == {"person": "b1"}
    other, leader, _ = coded_case(db)
    with pytest.raises(UnusableExchange, match="cannot be imported") as refused:
        imported(db, other, exported(db, case), leader)
    assert refused.value.faults[0].values == {"other": case.dnr}


def test_only_inspectors_add_texts_and_not_when_recording_is_over(db: Session) -> None:
    case, _, peer = a_case(db)
    with pytest.raises(UnusableExchange) as refused:
        imported(db, case, foreign(), peer)
    assert "only the inspectors" in refused.value.faults[0].text
    later = make_inspection(db, state=State.REVIEW)
    with pytest.raises(UnusableExchange) as refused:
        imported(db, later, foreign(), inspector_of(later))
    assert "handed over" in refused.value.faults[0].text


def test_nobody_outside_the_team_gets_a_judgement_by_way_of_a_file(db: Session) -> None:
    case, first, _ = a_case(db)
    stranger = make_user(db, Role.INSPECTOR)
    content = foreign(selections=marked(0, 6, "natten", "3"))
    swapped = _replaced(content, "11111111-1111-4111-8111-111111111111", str(stranger.id))
    imported(db, case, swapped, first)
    assert db.scalars(select(Coding.coder_id).where(Coding.inspection_id == case.id)).all() == [None]
    assert isinstance(stranger.id, UUID)


def _replaced(content: bytes, old: str, new: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()))
    return packed.getvalue()


def test_a_code_book_alone_is_compared_and_leaves_a_memo(db: Session) -> None:
    case, first, _ = a_case(db)
    ours = imported(db, case, code_book_file(PACK, "en"), first)
    assert len(ours.matched) == len(PACK.themes) + 5 and not ours.foreign
    theirs = (
        '<?xml version="1.0" encoding="utf-16"?><CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="NVivo 12"><Codes>'
        '<Code guid="a" name="NATTEN" isCodable="True" color="rgb(1,2,3)"/><Code guid="b" name="Annat" isCodable="true"/>'
        "</Codes></CodeBook>"
    )
    done = imported(db, case, theirs.encode(), first)
    assert done.matched == (("NATTEN", "natt"),) and done.foreign == ("Annat",) and done.added.memos == 1
