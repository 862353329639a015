"""Versions of guides: which is offered, what a talk keeps, and that what was published never changes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, inspector_of, make_inspection, make_user
from tests.integration.test_talks_pages import open_talk, talk_at
from tillsyn.inspect.services.find_guides import (
    ChangedContent,
    guide_in,
    guide_of_talk,
    guide_version,
    keep_version,
    latest_guide,
    offered_guide,
    offered_guides,
)
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.interview_guides.content import Guide, Text
from tillsyn.interview_guides.guide import UnknownGuide, load_pack
from tillsyn.interview_guides.guide_form import digest_of, guide_as_plain
from tillsyn.models.guides import GuideVersion
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.vocabulary import GuideState, Informant, Role, TeamRole

PACK, GUIDE = "hvb", "young_13_20"
TODAY = NOW.date()
NEW_WORDS = Text("Vad hände när du flyttade hit?", "What happened when you moved here?")


def in_file() -> Guide:
    return load_pack(PACK).guide(GUIDE)


def reworded(version: str, words: Text = NEW_WORDS) -> Guide:
    """The file's guide with its first question in other words."""
    first, *rest = in_file().questions
    return replace(in_file(), version=version, questions=(replace(first, text=words), *rest))


def published(
    db: Session, guide: Guide, *, valid_from: date = TODAY, state: GuideState = GuideState.PUBLISHED
) -> GuideVersion:
    content = guide_as_plain(guide)
    row = GuideVersion(
        pack=PACK,
        guide=guide.id,
        version=guide.version,
        state=state,
        content=content,
        content_sha256=digest_of(content),
        valid_from=valid_from,
        published_at=None if state is GuideState.DRAFT else NOW,
        published_by_id=None if state is GuideState.DRAFT else make_user(db, Role.METHOD_OWNER).id,
        withdrawn_at=NOW if state is GuideState.WITHDRAWN else None,
        changed_at=NOW,
    )
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def case(db: Session) -> Inspection:
    return make_inspection(db)


def begin(db: Session, case: Inspection, child: int = 0) -> Interview:
    return start_interview(
        db,
        actor=inspector_of(case),
        inspection=case,
        informant=Informant.CHILD,
        guide=GUIDE,
        resident_id=case.residents[child].id,
        now=NOW,
    )


def test_without_anything_published_the_file_is_offered(db: Session) -> None:
    assert offered_guide(db, PACK, GUIDE, on=TODAY) == in_file()
    assert offered_guides(db, PACK, "child", on=TODAY) == load_pack(PACK).guides_for("child")
    with pytest.raises(UnknownGuide):
        offered_guide(db, PACK, "no_such", on=TODAY)


def test_the_latest_published_that_is_valid_on_the_day_is_offered(db: Session) -> None:
    old, new, later = reworded("2030-2"), reworded("2030-3", Text("Ny?", "New?")), reworded("2030-4")
    published(db, old, valid_from=TODAY - timedelta(days=30))
    published(db, new, valid_from=TODAY)
    published(db, later, valid_from=TODAY + timedelta(days=1))
    published(db, replace(in_file(), version="2030-5"), valid_from=TODAY, state=GuideState.DRAFT)
    published(db, replace(in_file(), version="2030-6"), valid_from=TODAY, state=GuideState.WITHDRAWN)
    assert offered_guide(db, PACK, GUIDE, on=TODAY - timedelta(days=31)) == in_file()
    assert offered_guide(db, PACK, GUIDE, on=TODAY - timedelta(days=1)) == old
    assert offered_guide(db, PACK, GUIDE, on=TODAY) == new
    assert [guide.version for guide in offered_guides(db, PACK, "child", on=TODAY) if guide.id == GUIDE] == [
        "2030-3"
    ]
    assert latest_guide(db, PACK, GUIDE) == later


def test_a_talk_keeps_the_files_version_and_bears_its_name(db: Session, case: Inspection) -> None:
    talk = begin(db, case)
    row = db.scalars(select(GuideVersion)).one()
    assert (row.pack, row.guide, row.version, row.state) == (
        PACK, GUIDE, in_file().version, GuideState.SHIPPED,
    )  # fmt: skip
    assert talk.guide_version == in_file().version
    begin(db, case, child=1)
    assert db.scalars(select(GuideVersion)).one() is row


def test_an_open_talk_keeps_its_version_and_the_next_takes_the_new(db: Session, case: Inspection) -> None:
    before = begin(db, case)
    new = reworded("2030-2")
    published(db, new)
    after = begin(db, case, child=1)
    assert guide_of_talk(db, PACK, before) == in_file()
    assert guide_of_talk(db, PACK, after) == new
    assert (before.guide_version, after.guide_version) == (in_file().version, "2030-2")


def test_a_withdrawn_version_is_still_read_in_its_talks(db: Session, case: Inspection) -> None:
    new = reworded("2030-2")
    row = published(db, new)
    talk = begin(db, case)
    row.state, row.withdrawn_at = GuideState.WITHDRAWN, NOW
    db.flush()
    assert offered_guide(db, PACK, GUIDE, on=TODAY) == in_file()
    assert guide_of_talk(db, PACK, talk) == new


def test_a_file_changed_without_a_new_name_gets_one(db: Session) -> None:
    assert keep_version(db, PACK, in_file(), now=NOW) == in_file().version
    changed = reworded(in_file().version)
    name = keep_version(db, PACK, changed, now=NOW)
    assert name == f"{in_file().version}+{digest_of(guide_as_plain(changed))[:7]}"
    assert keep_version(db, PACK, changed, now=NOW) == name
    assert guide_version(db, PACK, GUIDE, name) == changed
    assert guide_version(db, PACK, GUIDE, in_file().version) == in_file()


def test_a_draft_of_the_same_name_does_not_stand_in_the_way(db: Session) -> None:
    published(db, reworded(in_file().version), state=GuideState.DRAFT)
    assert keep_version(db, PACK, in_file(), now=NOW).startswith(f"{in_file().version}+")


def test_a_talk_from_elsewhere_is_shown_with_the_files_questions(db: Session, case: Inspection) -> None:
    talk = begin(db, case)
    talk.guide_version = "1999-1"
    assert guide_version(db, PACK, GUIDE, "1999-1") is None
    assert guide_of_talk(db, PACK, talk) == in_file()
    talk.guide = "of_others"
    assert guide_of_talk(db, PACK, talk) is None
    talk.guide = ""
    assert guide_of_talk(db, PACK, talk) is None


def test_every_answer_bears_the_version_by_which_it_was_asked(db: Session, case: Inspection) -> None:
    published(db, reworded("2030-2"))
    talk = begin(db, case)

    def noted(**values: str) -> Statement:
        return save_statement(
            db,
            actor=inspector_of(case),
            inspection=case,
            source=talk,
            statement_id=uuid4(),
            version=0,
            values=StatementValues(text="Bra.", **values),
            now=NOW,
        )

    first = in_file().questions[0].id
    answer, own, free = noted(question=first), noted(own_question="Och maten?"), noted()
    assert [one.guide_version for one in (answer, own, free)] == ["2030-2", "2030-2", ""]
    changed = save_statement(
        db,
        actor=inspector_of(case),
        inspection=case,
        source=talk,
        statement_id=free.id,
        version=1,
        values=StatementValues(text="Bra.", question=first),
        now=NOW,
    )
    assert changed.guide_version == "2030-2"


def test_only_answers_bear_a_version(db: Session, case: Inspection) -> None:
    talk = begin(db, case)
    made = {"inspection_id": case.id, "interview_id": talk.id, "recorded_at": NOW, "changed_at": NOW}
    db.add(Statement(label="u1", guide_version="2030-2", **made))
    with pytest.raises(IntegrityError, match="answers_have_a_version"):
        db.flush()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE guide_versions SET content = '{}'",
        "UPDATE guide_versions SET content_sha256 = replace(content_sha256, 'a', 'b') || ''",
        "UPDATE guide_versions SET version = '2030-9'",
        "UPDATE guide_versions SET valid_from = '2020-01-01'",
        "UPDATE guide_versions SET state = 'draft', published_at = NULL, published_by_id = NULL",
        "DELETE FROM guide_versions",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(db: Session, change: str) -> None:
    published(db, reworded("2030-2"))
    with pytest.raises(DBAPIError, match="never changes"), db.begin_nested():
        db.execute(text(change))


def test_what_was_withdrawn_stays_withdrawn_and_a_draft_may_change(db: Session) -> None:
    row = published(db, reworded("2030-2"), state=GuideState.WITHDRAWN)
    with pytest.raises(DBAPIError, match="never changes"), db.begin_nested():
        db.execute(text("UPDATE guide_versions SET state = 'published', withdrawn_at = NULL"))
    draft = published(db, reworded("2030-3"), state=GuideState.DRAFT)
    draft.content = {}
    db.flush()
    db.delete(draft)
    db.flush()
    assert db.scalars(select(GuideVersion)).all() == [row]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"valid_from": None}, "published_is_dated"),
        ({"published_by_id": None}, "published_by_somebody"),
        ({"published_at": None, "published_by_id": None}, "published_has_a_time"),
        ({"withdrawn_at": NOW}, "withdrawn_has_a_time"),
        ({"content_sha256": "short"}, "content_has_a_digest"),
    ],
)
def test_a_published_version_says_when_by_whom_and_from_when(
    db: Session, values: dict[str, object], constraint: str
) -> None:
    content = guide_as_plain(in_file())
    whole = {
        "pack": PACK,
        "guide": GUIDE,
        "version": "2030-2",
        "state": GuideState.PUBLISHED,
        "content": content,
        "content_sha256": digest_of(content),
        "valid_from": TODAY,
        "published_at": NOW,
        "published_by_id": make_user(db, Role.METHOD_OWNER).id,
        "changed_at": NOW,
    }
    db.add(GuideVersion(**(whole | values)))
    with pytest.raises(IntegrityError, match=constraint):
        db.flush()


def test_a_name_is_used_once_for_a_guide(db: Session) -> None:
    published(db, reworded("2030-2"))
    with pytest.raises(IntegrityError, match=r"uq_guide_versions|guide_versions\.pack"):
        published(db, replace(in_file(), version="2030-2"))


def test_content_that_is_not_what_its_digest_says_is_not_used(db: Session) -> None:
    row = published(db, reworded("2030-2"))
    row.content_sha256 = "0" * 64
    with pytest.raises(ChangedContent), db.no_autoflush:
        guide_in(row)
    db.rollback()


def test_the_page_of_an_open_talk_shows_its_own_questions(db, client, now) -> None:
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: user})
    talk = open_talk(db, case, now)
    published(db, reworded("2030-2"))
    db.commit()
    client.sign_in_as(user)
    page = client.get(talk_at(case, talk))
    assert in_file().questions[0].text.sv in page.text
    assert NEW_WORDS.sv not in page.text
    begin_page = client.get(
        f"/inspections/{case.dnr}/talks/start?informant=child&resident={case.residents[1].id}"
    )
    going = client.submit(begin_page, action="/start", status=303, guide=GUIDE)
    next_page = client.get(going.location)
    assert NEW_WORDS.sv in next_page.text
