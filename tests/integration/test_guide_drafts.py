"""Drafts of guides: started, written by two, checked as files are, handed over, published by somebody else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules import guide_drafts as drafts
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services import edit_guide_draft as editing
from tillsyn.inspect.services.check_guide_draft import DraftFault, check_guide_draft, file_of_guide
from tillsyn.inspect.services.find_guide_drafts import drafts_that_wait, list_guides_to_write, writers_of
from tillsyn.inspect.services.find_guides import offered_guide
from tillsyn.inspect.services.publish_guide import (
    hand_over_draft,
    publish_guide,
    return_draft,
    take_draft_back,
)
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.guide_form import digest_of
from tillsyn.interview_guides.reading import PACKS, read_pack
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.guides import GuideVersion
from tillsyn.models.vocabulary import GuideState, Role

TODAY = date(2026, 3, 10)
QUESTION = "C02"


@pytest.fixture
def owner(db: Session) -> Actor:
    return acting(make_user(db, Role.METHOD_OWNER, name="Märta"))


@pytest.fixture
def other(db: Session) -> Actor:
    return acting(make_user(db, Role.METHOD_OWNER, name="Otto"))


@pytest.fixture
def supervisor(db: Session) -> Actor:
    return acting(make_user(db, Role.SUPERVISOR, name="Karin"))


@pytest.fixture
def draft(db: Session, owner: Actor) -> GuideVersion:
    return editing.start_guide_draft(db, actor=owner, pack="hvb", guide="child_6_12", now=NOW)


def write(db: Session, actor: Actor, draft: GuideVersion, part: str = QUESTION, **fields: str) -> int:
    """Save fields in the part as it stands."""
    number = drafts.number_of(drafts.fields_of(draft.content, part))
    return editing.save_part(
        db, actor=actor, draft_id=draft.id, part=part, number=number, fields=fields, now=NOW
    )[1]


def publish(
    db: Session, writer: Actor, reader: Actor, draft: GuideVersion, day: date = TODAY
) -> GuideVersion:
    hand_over_draft(db, actor=writer, draft_id=draft.id, valid_from=day, now=NOW)
    return publish_guide(
        db, actor=reader, draft_id=draft.id, digest=draft.content_sha256, valid_from=day, now=NOW
    )


def test_a_draft_begins_as_the_latest_version_under_the_next_free_name(
    db: Session, draft: GuideVersion, owner: Actor
) -> None:
    own = load_pack("hvb").guide("child_6_12")
    assert (draft.state, draft.based_on) == (GuideState.DRAFT, own.version)
    assert draft.version == drafts.next_version(2026, [own.version])
    assert draft.content["version"] == draft.version
    assert check_guide_draft(db, draft) == ()
    again = editing.start_guide_draft(db, actor=owner, pack="hvb", guide="child_6_12", now=NOW)
    assert again.id == draft.id, "there is one draft of a guide"
    with pytest.raises(Invalid):
        editing.start_guide_draft(db, actor=owner, pack="hvb", guide="nobody", now=NOW)
    with pytest.raises(Invalid):
        editing.start_guide_draft(db, actor=owner, pack="nothing", guide="child_6_12", now=NOW)


def test_only_the_method_owner_writes(db: Session, draft: GuideVersion, supervisor: Actor) -> None:
    inspector = acting(make_user(db, Role.INSPECTOR))
    for actor in (supervisor, inspector, acting(make_user(db, Role.ADMINISTRATOR))):
        with pytest.raises(NotAllowed):
            write(db, actor, draft, text_sv="Annat?")
        with pytest.raises(NotAllowed):
            editing.start_guide_draft(db, actor=actor, pack="hvb", guide="staff", now=NOW)
        with pytest.raises(NotAllowed):
            editing.withdraw_draft(db, actor=actor, draft_id=draft.id, now=NOW)
    with pytest.raises(NotAllowed):
        publish_guide(db, actor=inspector, draft_id=draft.id, digest="", valid_from=TODAY, now=NOW)


def test_what_is_written_is_kept_and_logged_without_its_words(
    db: Session, draft: GuideVersion, owner: Actor
) -> None:
    write(
        db, owner, draft, text_sv="Vad tycker du om att göra här?\r\n", text_en="What do you like doing here?"
    )
    db.expire_all()
    question = draft.content["questions"][drafts.place_of(draft.content, QUESTION)]
    assert question["text"] == {
        "sv": "Vad tycker du om att göra här?", "en": "What do you like doing here?",
    }  # fmt: skip
    assert draft.content_sha256 == digest_of(draft.content)
    event = db.scalars(select(Event).where(Event.kind == EventKind.GUIDE_DRAFTED).order_by(Event.id)).all()[
        -1
    ]
    assert event.details == {"guide_version": str(draft.id), "part": QUESTION}
    assert list(writers_of(db, draft).values()) == ["Märta"]


def test_two_write_in_two_questions_without_a_conflict(
    db: Session, draft: GuideVersion, owner: Actor, other: Actor
) -> None:
    first = drafts.number_of(drafts.fields_of(draft.content, "C01"))
    write(db, other, draft, text_sv="Vad gör du helst?")
    editing.save_part(
        db, actor=owner, draft_id=draft.id, part="C01", number=first, fields={"why_sv": "Lätt."}, now=NOW
    )
    assert drafts.fields_of(draft.content, QUESTION)["text_sv"] == "Vad gör du helst?"
    assert drafts.fields_of(draft.content, "C01")["why_sv"] == "Lätt."


def test_the_later_of_two_in_one_question_is_told_and_sees_both(
    db: Session, draft: GuideVersion, owner: Actor, other: Actor
) -> None:
    seen = drafts.number_of(drafts.fields_of(draft.content, QUESTION))
    write(db, other, draft, text_sv="Vad gör du helst?")
    with pytest.raises(Conflict) as told:
        editing.save_part(
            db, actor=owner, draft_id=draft.id, part=QUESTION, number=seen,
            fields={"text_sv": "Vad är roligt?"}, now=NOW,
        )  # fmt: skip
    assert told.value.theirs["text_sv"] == "Vad gör du helst?"
    assert told.value.by == "Otto"
    editing.save_part(
        db, actor=owner, draft_id=draft.id, part=QUESTION, number=told.value.version,
        fields={"text_sv": "Vad är roligt?"}, now=NOW,
    )  # fmt: skip
    assert drafts.fields_of(draft.content, QUESTION)["text_sv"] == "Vad är roligt?"


def test_the_same_words_sent_twice_are_no_conflict(db: Session, draft: GuideVersion, owner: Actor) -> None:
    seen = drafts.number_of(drafts.fields_of(draft.content, QUESTION))
    for _ in range(2):
        editing.save_part(
            db, actor=owner, draft_id=draft.id, part=QUESTION, number=seen,
            fields={"text_sv": "Vad gör du helst?"}, now=NOW,
        )  # fmt: skip
    assert draft.saves == 2


def test_too_long_and_misnamed_is_refused_at_its_field(
    db: Session, draft: GuideVersion, owner: Actor
) -> None:
    with pytest.raises(Invalid) as long:
        write(db, owner, draft, why_en="x" * 5001)
    assert (long.value.values["field"], long.value.values["num"]) == ("why_en", 5001)
    for name in ("", "two words", "x" * 21, draft.based_on):
        with pytest.raises(Invalid) as named:
            write(db, owner, draft, drafts.FRAME, version=name)
        assert named.value.values["field"] == "version"
    write(db, owner, draft, drafts.FRAME, version="2026-höst".replace("ö", "o"))
    assert draft.version == "2026-host"


def test_a_fault_is_found_in_its_field_as_the_files_are_checked(
    db: Session, draft: GuideVersion, owner: Actor
) -> None:
    write(db, owner, draft, text_sv="Är det roligt?", text_en="")
    found = check_guide_draft(db, draft)
    assert DraftFault(QUESTION, "text_sv", "the question (sv) can be answered with yes or no") in found
    assert DraftFault(QUESTION, "text_en", "'en' is empty") in found
    with pytest.raises(NotPossibleNow):
        hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=TODAY, now=NOW)


def test_questions_are_added_moved_taken_out_and_put_back(
    db: Session, draft: GuideVersion, owner: Actor
) -> None:
    same = {"actor": owner, "draft_id": draft.id, "now": NOW}
    before = [one["id"] for one in draft.content["questions"]]
    _row, made = editing.add_question(db, after=before[0], **same)
    assert made not in {q.id for guide in load_pack("hvb").guides for q in guide.questions}
    editing.move_question(db, question=made, steps=-1, **same)
    assert [one["id"] for one in draft.content["questions"]][:2] == [made, before[0]]
    found = {(fault.part, fault.field) for fault in check_guide_draft(db, draft)}
    assert (drafts.FRAME, "count_max") in found, "one question more than the guide is to have"
    assert {part for part, _field in found} == {made, drafts.FRAME}
    most = drafts.fields_of(draft.content, drafts.FRAME)["count_max"]
    write(db, owner, draft, drafts.FRAME, count_max=str(int(most) + 1))
    assert {fault.part for fault in check_guide_draft(db, draft)} == {made}
    editing.remove_question(db, question=made, **same)
    editing.remove_question(db, question=before[3], **same)
    editing.put_question_back(db, question=before[3], **same)
    assert [one["id"] for one in draft.content["questions"]] == before
    with pytest.raises(NotFound):
        editing.move_question(db, question="Z99", steps=1, **same)
    with pytest.raises(NotFound):
        editing.add_question(db, after="Z99", **same)
    with pytest.raises(NotPossibleNow, match="taken this question out"):
        editing.save_part(db, part=made, number=1, fields={"text_sv": "x"}, **same)


def test_whoever_has_written_does_not_publish(
    db: Session, draft: GuideVersion, owner: Actor, other: Actor, supervisor: Actor
) -> None:
    write(db, other, draft, text_sv="Vad gör du helst här?")
    with pytest.raises(NotPossibleNow, match="still being written"):
        publish_guide(db, actor=supervisor, draft_id=draft.id, digest="", valid_from=TODAY, now=NOW)
    hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=TODAY, now=NOW)
    for actor in (owner, other):
        with pytest.raises(NotAllowed):
            publish_guide(
                db, actor=actor, draft_id=draft.id, digest=draft.content_sha256, valid_from=TODAY, now=NOW
            )
    assert [one.by for one in drafts_that_wait(db, supervisor)] == ["Märta"]
    assert drafts_that_wait(db, owner) == []
    with pytest.raises(Conflict):
        publish_guide(db, actor=supervisor, draft_id=draft.id, digest="0" * 64, valid_from=TODAY, now=NOW)
    made = publish_guide(
        db, actor=supervisor, draft_id=draft.id, digest=draft.content_sha256, valid_from=TODAY, now=NOW
    )
    assert (made.state, made.published_by_id) == (GuideState.PUBLISHED, supervisor.user_id)


def test_what_is_published_is_offered_from_its_day_and_never_changes(
    db: Session, draft: GuideVersion, owner: Actor, supervisor: Actor
) -> None:
    write(db, owner, draft, text_sv="Vad gör du helst här?")
    day = TODAY + timedelta(days=7)
    made = publish(db, owner, supervisor, draft, day)
    assert offered_guide(db, "hvb", "child_6_12", on=TODAY) == load_pack("hvb").guide("child_6_12")
    offered = offered_guide(db, "hvb", "child_6_12", on=day)
    assert offered.version == made.version
    assert next(one for one in offered.questions if one.id == QUESTION).text.sv == "Vad gör du helst här?"
    with pytest.raises(NotPossibleNow, match="never changes"):
        editing.save_part(
            db, actor=owner, draft_id=made.id, part="C01", number=0, fields={"why_sv": "x"}, now=NOW
        )
    with pytest.raises(NotPossibleNow):
        editing.withdraw_draft(db, actor=owner, draft_id=made.id, now=NOW)
    following = editing.start_guide_draft(db, actor=owner, pack="hvb", guide="child_6_12", now=NOW)
    assert following.based_on == made.version
    assert following.version != made.version
    made.content = {**made.content, "version": "x"}
    with pytest.raises(DBAPIError):
        db.flush()
    db.rollback()


def test_of_two_from_the_same_day_the_one_published_last_is_used(
    db: Session, draft: GuideVersion, owner: Actor, supervisor: Actor
) -> None:
    publish(db, owner, supervisor, draft)
    mended = editing.start_guide_draft(db, actor=owner, pack="hvb", guide="child_6_12", now=NOW)
    hand_over_draft(db, actor=owner, draft_id=mended.id, valid_from=TODAY, now=NOW)
    publish_guide(
        db, actor=supervisor, draft_id=mended.id, digest=mended.content_sha256, valid_from=TODAY,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert offered_guide(db, "hvb", "child_6_12", on=TODAY).version == mended.version


def test_a_day_that_has_passed_is_refused(db: Session, draft: GuideVersion, owner: Actor) -> None:
    for day in (None, TODAY - timedelta(days=1)):
        with pytest.raises(Invalid) as told:
            hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=day, now=NOW)
        assert told.value.values["field"] == "valid_from"


def test_writing_takes_back_what_was_handed_over(
    db: Session, draft: GuideVersion, owner: Actor, supervisor: Actor
) -> None:
    hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=TODAY, now=NOW)
    write(db, owner, draft, text_sv="Vad gör du helst?")
    assert draft.handed_over_at is None
    hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=TODAY, now=NOW)
    take_draft_back(db, actor=owner, draft_id=draft.id, now=NOW)
    assert draft.handed_over_at is None
    with pytest.raises(NotPossibleNow):
        return_draft(db, actor=supervisor, draft_id=draft.id, remark="Nej.", now=NOW)


def test_a_draft_is_given_back_with_a_reason(
    db: Session, draft: GuideVersion, owner: Actor, supervisor: Actor
) -> None:
    hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=TODAY, now=NOW)
    for remark in (" ", "x" * 2001):
        with pytest.raises(Invalid) as told:
            return_draft(db, actor=supervisor, draft_id=draft.id, remark=remark, now=NOW)
        assert told.value.values["field"] == "remark"
    return_draft(db, actor=supervisor, draft_id=draft.id, remark="Fråga 2 är svår för en sexåring.", now=NOW)
    assert (draft.handed_over_at, draft.remark) == (None, "Fråga 2 är svår för en sexåring.")
    hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=TODAY, now=NOW)
    assert draft.remark == ""


def test_a_draft_is_thrown_away_and_the_published_stands(
    db: Session, draft: GuideVersion, owner: Actor
) -> None:
    editing.withdraw_draft(db, actor=owner, draft_id=draft.id, now=NOW)
    line = next(one for one in list_guides_to_write(db) if one.guide.id == "child_6_12")
    assert line.draft is None
    with pytest.raises(NotFound):
        editing.withdraw_draft(db, actor=owner, draft_id=uuid4(), now=NOW)


def test_a_draft_is_checked_with_the_other_guides_of_its_pack(db: Session, owner: Actor) -> None:
    """A pair that the draft gives up is a fault in the guide that is left alone with it."""
    word, lonely = next((word, found) for word, found in load_pack("hvb").pairs().items() if len(found) == 2)
    (mine, own), (theirs, _question) = lonely
    draft = editing.start_guide_draft(db, actor=owner, pack="hvb", guide=mine.id, now=NOW)
    write(db, owner, draft, own.id, pair="")
    found = check_guide_draft(db, draft)
    assert [(one.part, one.field) for one in found] == [(drafts.ELSEWHERE, theirs.id)]
    assert word in found[0].message


def test_the_file_of_a_published_version_reads_back_as_the_same_guide(
    db: Session, draft: GuideVersion, owner: Actor, supervisor: Actor
) -> None:
    write(db, owner, draft, text_sv="Vad gör du: helst?", why_sv="Rad ett.\nRad två # här.")
    made = publish(db, owner, supervisor, draft)
    text = file_of_guide("hvb", made.content)
    pack, faults = read_pack(PACKS / "hvb", {"child_6_12": text})
    assert faults == ()
    assert pack.guide("child_6_12") == offered_guide(db, "hvb", "child_6_12", on=TODAY)
    assert text.startswith("# "), "the comment above the file is kept"
