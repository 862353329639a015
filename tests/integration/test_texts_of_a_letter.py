"""What people wrote in a letter meets changed data; every text is kept; what it rests on is told both ways."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.letter_cases import LetterCase, make_letter_case
from tests.integration.test_letter_use_cases import deficiency, paragraph, values_of
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.letter_phrases import Composed
from tillsyn.inspect.services.answer_obstacle import answer_obstacle
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.edit_paragraph import (
    edit_paragraph,
    keep_edited,
    restore_text,
    take_composed,
    take_merged,
)
from tillsyn.inspect.services.find_in_letters import find_in_letters
from tillsyn.inspect.services.find_obstacles import obstacles_of
from tillsyn.inspect.services.keep_text import kept_texts, texts_by_key, texts_of
from tillsyn.inspect.services.merge_paragraphs import merge_paragraphs
from tillsyn.inspect.services.review_letter import submit_letter
from tillsyn.inspect.services.tie_paragraph import choices_for, tie_paragraph
from tillsyn.inspect.services.write_finding import edit_finding, remove_finding
from tillsyn.interview_guides.content import Text
from tillsyn.models.letter_history import KeptText
from tillsyn.models.letter_vocabulary import TextChange
from tillsyn.models.letters import Letter, Paragraph
from tillsyn.models.vocabulary import Role, TeamRole

SAW = "Tolv nätter saknades jouren."
OURS = " Vi räknade själva i schemat."


@pytest.fixture
def case(db: Session) -> LetterCase:
    return make_letter_case(db)


@pytest.fixture
def letter(db: Session, case: LetterCase) -> Letter:
    return compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)


def change_what_was_seen(db: Session, case: LetterCase, saw: str) -> None:
    finding = deficiency(db, case)
    edit_finding(
        db, actor=case.writer, inspection=case.inspection, finding_id=finding.id, version=finding.version,
        values=replace(values_of(finding), saw=saw), now=NOW,
    )  # fmt: skip
    compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW + timedelta(hours=1))


def edited(db: Session, case: LetterCase, letter: Letter, text: str, *, minutes: float = 0) -> Paragraph:
    one = paragraph(letter, "deficiencies.K10.saw")
    return edit_paragraph(
        db, actor=case.writer, inspection=case.inspection, paragraph_id=one.id, version=one.version, text=text,
        now=NOW + timedelta(minutes=minutes),
    )  # fmt: skip


def test_the_data_and_the_person_changed_different_sentences_and_both_can_be_had(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    one = edited(db, case, letter, SAW + OURS)
    change_what_was_seen(db, case, "Jouren saknades fjorton nätter.")
    assert (one.text, one.composed, one.base) == (SAW + OURS, "Jouren saknades fjorton nätter.", SAW)
    arguments = {"actor": case.writer, "inspection": case.inspection, "paragraph_id": one.id, "now": NOW}
    kept = keep_edited(db, version=one.version, **arguments)  # type: ignore[arg-type]
    assert (kept.text, kept.base) == (SAW + OURS, "Jouren saknades fjorton nätter.")
    with pytest.raises(NotPossibleNow):
        take_merged(db, version=one.version, **arguments)  # type: ignore[arg-type]
    change_what_was_seen(db, case, "Jouren saknades tretton nätter.")
    one.base = SAW  # as if nobody had looked in between
    both = take_merged(db, version=one.version, **arguments)  # type: ignore[arg-type]
    assert both.text == "Jouren saknades tretton nätter." + OURS and both.edited
    assert [entry.change for entry in kept_texts(db, letter, one)] == [
        TextChange.MERGED, TextChange.EDITED, TextChange.COMPOSED,
    ]  # fmt: skip
    taken = take_composed(db, version=one.version, **arguments)  # type: ignore[arg-type]
    assert (taken.text, taken.edited, taken.base) == ("Jouren saknades tretton nätter.", False, "")


def test_saves_by_one_person_are_one_entry_until_a_pause_and_each_can_be_had_back(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    one = edited(db, case, letter, "Först.", minutes=1)
    edited(db, case, letter, "Först så.", minutes=2)
    edited(db, case, letter, "Sedan.", minutes=3)
    edited(db, case, letter, "Efter en paus.", minutes=30)
    last, run, made = kept_texts(db, letter, one)
    assert (last.text, run.text, made.text) == ("Efter en paus.", "Sedan.", SAW)
    assert texts_of(run) == ["Sedan.", "Först så.", "Först."]
    assert (run.began_at, run.at, run.by_id) == (
        NOW + timedelta(minutes=1), NOW + timedelta(minutes=3), case.inspector.id,
    )  # fmt: skip
    arguments = {"actor": case.writer, "inspection": case.inspection, "paragraph_id": one.id, "now": NOW}
    restored = restore_text(db, version=one.version, number=run.number, step=2, **arguments)  # type: ignore[arg-type]
    assert restored.text == "Först." and kept_texts(db, letter, one)[0].change is TextChange.RESTORED
    restored = restore_text(db, version=one.version, number=made.number, **arguments)  # type: ignore[arg-type]
    assert restored.text == SAW and not restored.edited, "the text of the data follows the data again"
    with pytest.raises(NotFound):
        restore_text(db, version=one.version, number=run.number, step=3, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        restore_text(db, version=one.version - 1, number=1, **arguments)  # type: ignore[arg-type]


def test_a_text_is_kept_sealed_and_stays_when_its_paragraph_goes(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    one = edited(db, case, letter, "Skrivet av mig.")
    take_composed(
        db, actor=case.writer, inspection=case.inspection, paragraph_id=one.id, version=one.version, now=NOW
    )
    remove_finding(
        db, actor=case.writer, inspection=case.inspection, finding_id=deficiency(db, case).id, now=NOW
    )
    compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    assert one.key not in {other.key for other in letter.paragraphs}
    entries = texts_by_key(db, letter)["sv", one.key]
    assert [entry.change for entry in entries][:2] == [TextChange.GONE, TextChange.TAKEN]
    assert "Skrivet av mig." in [text for entry in entries for text in texts_of(entry)]
    sealed = db.scalars(select(KeptText.text_sealed)).all()
    assert all(b"Skrivet" not in (row or b"") for row in sealed)


WORDS = ["Barnen trivs.", "Maten är kall.", "Vi såg två rum."]
steps = st.lists(
    st.tuples(
        st.sampled_from(["write", "compose", "take", "keep", "restore"]),
        st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
        st.booleans(),
        st.integers(0, 12),
    ),
    max_size=10,
)


@settings(
    max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)  # the thousands are in tests/unit/rules/test_paragraph_life.py
@given(steps=steps)
def test_every_text_that_two_people_wrote_is_in_the_paragraph_or_its_history(
    db: Session, case: LetterCase, letter: Letter, steps: list[tuple[str, str, bool, int]]
) -> None:
    other = acting(make_user(db, Role.INSPECTOR))
    case.inspection.team[0].role = TeamRole.INSPECTOR
    one = paragraph(letter, "children.talks")
    written, now = set(), NOW + timedelta(days=1)
    for what, text, second, minutes in steps:
        now += timedelta(minutes=minutes)
        by = case.writer
        arguments = {
            "actor": by, "inspection": case.inspection, "paragraph_id": one.id, "version": one.version, "now": now,
        }  # fmt: skip
        if what == "write":
            edit_paragraph(db, text=text, **arguments)  # type: ignore[arg-type]
            written.add(text)
        elif what == "compose":
            fresh = [Composed(one.section, one.key, Text(text, text), ())]
            fresh += [Composed(p.section, p.key, Text(p.composed, p.composed), tuple(p.evidence), p.finding_id)
                      for p in letter.paragraphs if p.language == "sv" and p is not one]  # fmt: skip
            merge_paragraphs(
                db,
                letter=letter,
                language="sv",
                fresh=fresh,
                by=other.user_id if second else by.user_id,
                now=now,
            )
        elif what == "take":
            take_composed(db, **arguments)  # type: ignore[arg-type]
        elif what == "keep":
            keep_edited(db, **arguments)  # type: ignore[arg-type]
        else:
            for entry in kept_texts(db, letter, one)[-1:]:
                restore_text(db, number=entry.number, **arguments)  # type: ignore[arg-type]
    kept = {text for entry in kept_texts(db, letter, one) for text in texts_of(entry)}
    assert written <= {one.text, "", *kept}


def test_an_added_sentence_keeps_the_letter_until_it_is_tied_or_answered_for(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    def left() -> list[str]:
        return [one.key for one in obstacles_of(db, case.inspection, letter, now=NOW) if one.key]

    one = edited(db, case, letter, SAW + " Städerskan grät.")
    assert left() == ["sentence:sv:deficiencies.K10.saw"]
    with pytest.raises(NotPossibleNow) as refused:
        submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    assert refused.value.values["sentence"] == "Städerskan grät."
    answer = {"actor": case.writer, "inspection": case.inspection, "now": NOW}
    with pytest.raises(Invalid):
        answer_obstacle(db, key=left()[0], version=0, reason="För att.", **answer)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        answer_obstacle(db, key="theme:mat", version=0, reason="Det svarar vi på.", **answer)  # type: ignore[arg-type]
    row = answer_obstacle(db, key=left()[0], version=0, reason="Vi såg det båda två själva.", **answer)  # type: ignore[arg-type]
    assert left() == [] and row.version == 1
    with pytest.raises(Conflict):
        answer_obstacle(db, key=row.key, version=0, reason="Ett annat svar på samma sak.", **answer)  # type: ignore[arg-type]
    edited(db, case, letter, SAW + " Städerskan grät. Kocken sjöng.")
    assert left() == ["sentence:sv:deficiencies.K10.saw"], "a later sentence is asked for again"
    tie_paragraph(
        db, actor=case.writer, inspection=case.inspection, paragraph_id=one.id, version=one.version,
        chosen=["u2", "K10"], now=NOW,
    )  # fmt: skip
    assert left() == []
    english = paragraph(letter, one.key, "en")
    assert (english.tied, one.tied) == (["u2", "K10"], ["u2", "K10"])


def test_a_paragraph_is_tied_to_what_may_be_used_and_to_nothing_else(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    one = paragraph(letter, "children.talks")
    names = choices_for(db, case.inspection, one).names
    assert {"u1", "u2", "K10"} <= set(names) and "u3" not in names, "u3 is to be told to nobody"
    about = choices_for(db, case.inspection, paragraph(letter, "deficiencies.K10.saw"))
    assert about.area == deficiency(db, case).area and "K10" in about.by_area[about.area]
    arguments = {"inspection": case.inspection, "paragraph_id": one.id, "now": NOW}
    for chosen, version, fault in ((["u3"], one.version, Invalid), (["u1"], 0, Conflict)):
        with pytest.raises(fault):
            tie_paragraph(db, actor=case.writer, version=version, chosen=chosen, **arguments)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        tie_paragraph(db, actor=case.approver, version=one.version, chosen=["u1"], **arguments)  # type: ignore[arg-type]
    tie_paragraph(db, actor=case.writer, version=one.version, chosen=["u1"], **arguments)  # type: ignore[arg-type]
    places = find_in_letters(db, case.inspection)
    assert one.id in {place.paragraph_id for place in places["u1"]}
    assert "u3" not in places


def test_a_theme_and_an_area_that_the_letter_is_silent_about_keep_it_back(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    for one in letter.paragraphs:
        if "u2" in one.evidence or one.section in ("assessment", "advice"):
            one.removed = True
    found = {one.key: one for one in obstacles_of(db, case.inspection, letter, now=NOW) if one.key}
    assert found["theme:mat"].reason.values["theme"].sv
    assert found["theme:mat"].page == "section"
    answer_obstacle(
        db, actor=case.writer, inspection=case.inspection, key="theme:mat", version=0,
        reason="Vi tar upp maten muntligt på mötet.", now=NOW,
    )  # fmt: skip
    left = {one.key for one in obstacles_of(db, case.inspection, letter, now=NOW)}
    assert "theme:mat" not in left
