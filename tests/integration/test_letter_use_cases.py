"""From proposals to a sent letter: nothing a person wrote is lost, and nobody approves their own work."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.letter_cases import SECRET, LetterCase, make_letter_case
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.services.answer_obstacle import answer_obstacle
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.discuss_letter import make_remark, resolve_remark
from tillsyn.inspect.services.edit_paragraph import edit_paragraph, remove_paragraph, take_composed
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import take_back_letter
from tillsyn.inspect.services.propose_findings import propose_findings
from tillsyn.inspect.services.recognise_letter import recognise
from tillsyn.inspect.services.render_letter import render_letter
from tillsyn.inspect.services.review_letter import (
    approve_letter,
    return_letter,
    submit_letter,
)
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.services.view_case import find_findings
from tillsyn.inspect.services.write_finding import FindingValues, add_finding, edit_finding, remove_finding
from tillsyn.inspect.settings import Settings
from tillsyn.models.assessments import Check, Finding
from tillsyn.models.decisions import Communication, Decision
from tillsyn.models.letter_vocabulary import DecisionKind, LetterState
from tillsyn.models.letters import Letter, LetterVersion, Paragraph
from tillsyn.models.vocabulary import FindingKind, Role, State

TOLD_OTHERWISE = "Barnet ville inte ha något brev och har fått höra hur det gick av oss i telefon."


@pytest.fixture
def case(db: Session) -> LetterCase:
    return make_letter_case(db)


@pytest.fixture
def letter(db: Session, case: LetterCase) -> Letter:
    return compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)


def deficiency(db: Session, case: LetterCase) -> Finding:
    return next(one for one in find_findings(db, case.inspection) if one.kind is FindingKind.DEFICIENCY)


def values_of(finding: Finding) -> FindingValues:
    return FindingValues(
        finding.level, finding.area, finding.title, finding.requirement, finding.theme, finding.saw,
        finding.matters, finding.proportion, finding.achieve, finding.due_on,
    )  # fmt: skip


def paragraph(letter: Letter, key: str, language: str = "sv") -> Paragraph:
    return next(one for one in letter.paragraphs if one.key == key and one.language == language)


def approved(db: Session, case: LetterCase, settings: Settings) -> list[LetterVersion]:
    submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    case.inspection.state = State.REVIEW
    return approve_letter(
        db, actor=case.approver, inspection=case.inspection, authority=settings.authority, now=NOW
    )


def test_proposing_again_adds_nothing_and_leaves_an_edited_finding_alone(
    db: Session, case: LetterCase
) -> None:
    finding = deficiency(db, case)
    values = replace(values_of(finding), saw="Vi såg det själva.")
    edit_finding(
        db,
        actor=case.writer,
        inspection=case.inspection,
        finding_id=finding.id,
        version=1,
        values=values,
        now=NOW,
    )
    assert propose_findings(db, actor=case.writer, inspection=case.inspection, now=NOW) == []
    assert deficiency(db, case).saw == "Vi såg det själva."


def test_what_a_child_did_not_want_told_is_in_no_finding_and_no_paragraph(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    assert all(SECRET not in one.saw and one.theme != "vanner" for one in find_findings(db, case.inspection))
    assert all(SECRET not in one.text and "u3" not in one.evidence for one in letter.paragraphs)
    assert all("Maten är alltid kall" not in one.text for one in letter.paragraphs), "no child's own words"


def test_a_new_level_needs_a_reason_and_a_deficiency_its_rule(db: Session, case: LetterCase) -> None:
    finding = deficiency(db, case)

    def edit(**changed: object) -> None:
        values = replace(values_of(finding), **changed)  # type: ignore[arg-type]
        edit_finding(
            db,
            actor=case.writer,
            inspection=case.inspection,
            finding_id=finding.id,
            version=finding.version,
            values=values,
            now=NOW,
        )

    for changed, field in (
        ({"level": 4}, "proportion"),
        ({"requirement": None}, "requirement"),
        ({"requirement": "K13"}, "level"),
        ({"title": " "}, "title"),
        ({"saw": "x" * 20_001}, "saw"),
    ):
        with pytest.raises(Invalid) as refused:
            edit(**changed)
        assert refused.value.values["field"] == field
    edit(level=4, proportion="Nätterna är farliga för barnen.")
    assert finding.level == 4


def test_two_people_editing_one_finding_the_later_is_told_and_sees_both(
    db: Session, case: LetterCase
) -> None:
    finding = deficiency(db, case)
    first, second = (replace(values_of(finding), saw=text) for text in ("Den enas text.", "Den andras text."))
    arguments = {"actor": case.writer, "inspection": case.inspection, "finding_id": finding.id, "now": NOW}
    edit_finding(db, version=1, values=first, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as conflict:
        edit_finding(db, version=1, values=second, **arguments)  # type: ignore[arg-type]
    assert conflict.value.theirs["saw"] == "Den enas text." and conflict.value.version == 2


def test_an_edited_paragraph_keeps_its_text_and_has_the_fresh_one_beside_it(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    edited, untouched = (
        paragraph(letter, "deficiencies.K10.saw"),
        paragraph(letter, "deficiencies.K10.matters"),
    )
    edit_paragraph(
        db,
        actor=case.writer,
        inspection=case.inspection,
        paragraph_id=edited.id,
        version=1,
        text="Min text.",
        now=NOW,
    )
    finding = deficiency(db, case)
    values = replace(values_of(finding), saw="Ny iakttagelse.", matters="Nytt skäl.")
    edit_finding(
        db,
        actor=case.writer,
        inspection=case.inspection,
        finding_id=finding.id,
        version=1,
        values=values,
        now=NOW,
    )
    compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    assert (edited.text, edited.composed) == ("Min text.", "Ny iakttagelse.")
    assert untouched.text == "Nytt skäl."
    take_composed(
        db,
        actor=case.writer,
        inspection=case.inspection,
        paragraph_id=edited.id,
        version=edited.version,
        now=NOW,
    )
    assert (edited.text, edited.edited) == ("Ny iakttagelse.", False)


def test_an_edit_survives_the_removal_of_its_finding(db: Session, case: LetterCase, letter: Letter) -> None:
    edited = paragraph(letter, "deficiencies.K10.saw")
    edit_paragraph(
        db,
        actor=case.writer,
        inspection=case.inspection,
        paragraph_id=edited.id,
        version=1,
        text="Min text.",
        now=NOW,
    )
    writer = case.writer
    remove_finding(db, actor=writer, inspection=case.inspection, finding_id=deficiency(db, case).id, now=NOW)
    db.flush()
    dnr = case.inspection.dnr
    db.expunge_all()
    case.inspection = find_inspection(db, dnr)
    again = compose_letter(db, actor=writer, inspection=case.inspection, now=NOW)
    assert paragraph(again, "deficiencies.K10.saw").text == "Min text."
    assert not any(one.key == "deficiencies.K10.title" for one in again.paragraphs)


def test_a_stale_save_of_a_paragraph_is_refused_with_the_others_text(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    one = paragraph(letter, "summary.lead")
    arguments = {"actor": case.writer, "inspection": case.inspection, "paragraph_id": one.id, "now": NOW}
    edit_paragraph(db, version=1, text="Första.", **arguments)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as conflict:
        edit_paragraph(db, version=1, text="Andra.", **arguments)  # type: ignore[arg-type]
    assert conflict.value.theirs == {"text": "Första."} and conflict.value.by
    with pytest.raises(Invalid):
        edit_paragraph(db, version=2, text="x" * 200_000, **arguments)  # type: ignore[arg-type]


def test_what_follows_from_a_finding_is_neither_edited_nor_left_out_in_the_letter(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    arguments = {"actor": case.writer, "inspection": case.inspection, "version": 1, "now": NOW}
    level, lead = paragraph(letter, "deficiencies.K10.level"), paragraph(letter, "summary.lead")
    with pytest.raises(NotPossibleNow):
        edit_paragraph(db, paragraph_id=level.id, text="Inget allvarligt.", **arguments)  # type: ignore[arg-type]
    with pytest.raises(NotPossibleNow):
        remove_paragraph(db, paragraph_id=level.id, removed=True, **arguments)  # type: ignore[arg-type]
    remove_paragraph(db, paragraph_id=lead.id, removed=True, **arguments)  # type: ignore[arg-type]
    assert lead.removed and lead.text


def test_a_letter_is_not_submitted_while_something_is_missing(db: Session) -> None:
    case = make_letter_case(db, dated=False)
    compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    with pytest.raises(NotPossibleNow):
        submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)


def test_a_letter_composed_before_the_data_changed_is_not_submitted(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    db.scalars(select(Check)).one().note = "Jouren saknades tjugo nätter."
    deficiency(db, case).saw = "Något nytt."
    db.flush()
    with pytest.raises(NotPossibleNow, match="up to date"):
        submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)


def test_approval_freezes_both_languages_and_the_file_is_recognised(
    db: Session, case: LetterCase, letter: Letter, test_settings: Settings
) -> None:
    versions = approved(db, case, test_settings)
    assert {one.language for one in versions} == {"sv", "en"}
    assert letter.state is LetterState.APPROVED
    for version in versions:
        assert (
            version.pdf.startswith(b"%PDF") and hashlib.sha256(version.pdf).hexdigest() == version.pdf_sha256
        )
        again = render_letter(
            db,
            inspection=case.inspection,
            language=version.language,
            form="pdf",  # type: ignore[arg-type]
            authority=test_settings.authority,
            now=NOW,
        )
        assert again == version.pdf
        found = recognise(db, again)
        assert found is not None and found.version.id == version.id
        assert recognise(db, again + b" ") is None


def test_nobody_approves_their_own_work_and_only_the_decision_maker_approves(
    db: Session, case: LetterCase, letter: Letter, test_settings: Settings
) -> None:
    submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    case.inspection.state = State.REVIEW
    arguments = {"inspection": case.inspection, "authority": test_settings.authority, "now": NOW}
    with pytest.raises(NotAllowed):
        approve_letter(db, actor=case.writer, **arguments)  # type: ignore[arg-type]
    letter.author_id = case.supervisor.id
    with pytest.raises(NotAllowed, match="written in this letter"):
        approve_letter(db, actor=case.approver, **arguments)  # type: ignore[arg-type]


def test_a_grave_matter_needs_a_lawyer_in_the_team(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    finding = deficiency(db, case)
    values = replace(values_of(finding), level=4, proportion="Nätterna är farliga för barnen.")
    edit_finding(
        db,
        actor=case.writer,
        inspection=case.inspection,
        finding_id=finding.id,
        version=1,
        values=values,
        now=NOW,
    )
    compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    with pytest.raises(NotPossibleNow, match="lawyer"):
        approved(db, case, test_settings)


def test_a_returned_letter_loses_nothing_and_remarks_are_dealt_with_before_approval(
    db: Session, case: LetterCase, letter: Letter, test_settings: Settings
) -> None:
    submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    case.inspection.state = State.REVIEW
    one = paragraph(letter, "summary.lead")
    remark = make_remark(
        db,
        actor=case.approver,
        inspection=case.inspection,
        paragraph_id=one.id,
        text="Börja med barnen.",
        now=NOW,
    )
    with pytest.raises(NotPossibleNow, match="remarks"):
        approve_letter(
            db, actor=case.approver, inspection=case.inspection, authority=test_settings.authority, now=NOW
        )
    with pytest.raises(Invalid):
        return_letter(db, actor=case.approver, inspection=case.inspection, reason="nej", now=NOW)
    before = {one.id: one.text for one in letter.paragraphs}
    return_letter(
        db, actor=case.approver, inspection=case.inspection, reason="Se min synpunkt först.", now=NOW
    )
    assert letter.state is LetterState.RETURNED and {one.id: one.text for one in letter.paragraphs} == before
    resolve_remark(db, actor=case.writer, inspection=case.inspection, remark_id=remark.id, now=NOW)
    approved(db, case, test_settings)
    assert remark.resolved_by_id == case.inspector.id


def test_an_approved_letter_is_not_edited_and_a_reopened_one_becomes_a_new_version(
    db: Session, case: LetterCase, letter: Letter, test_settings: Settings
) -> None:
    first = approved(db, case, test_settings)
    one = paragraph(letter, "summary.lead")
    arguments = {"actor": case.writer, "inspection": case.inspection, "now": NOW}
    with pytest.raises(NotPossibleNow):
        edit_paragraph(db, paragraph_id=one.id, version=one.version, text="Nytt.", **arguments)  # type: ignore[arg-type]
    with pytest.raises(NotPossibleNow):
        take_back_letter(db, **arguments)  # type: ignore[arg-type]
    case.inspection.state = State.WEIGHING
    take_back_letter(db, **arguments)  # type: ignore[arg-type]
    edit_paragraph(db, paragraph_id=one.id, version=one.version, text="Nytt.", **arguments)  # type: ignore[arg-type]
    answer_obstacle(
        db, key="sentence:sv:summary.lead", version=0, reason="Det sammanfattar bara vad som står nedan.",
        **arguments,  # type: ignore[arg-type]
    )  # fmt: skip
    second = approved(db, case, test_settings)
    assert {one.number for one in first} == {1} and {one.number for one in second} == {2}
    assert second[0].content_sha256 != first[0].content_sha256


def test_a_letter_is_sent_with_the_decision_and_not_before(
    db: Session, case: LetterCase, letter: Letter, test_settings: Settings
) -> None:
    approved(db, case, test_settings)
    given = {"inspection": case.inspection, "authority": test_settings.authority, "now": NOW}
    with pytest.raises(NotPossibleNow):
        send_letter(db, actor=case.writer, **given)
    case.inspection.state = State.DECISION
    with pytest.raises(NotAllowed):
        send_letter(db, actor=acting(make_user(db, Role.INSPECTOR)), **given)
    with pytest.raises(NotPossibleNow, match="decision first"):
        send_letter(db, actor=case.writer, **given)
    record_the_decision(db, case)
    with pytest.raises(NotPossibleNow, match="no approved letter"):
        send_letter(db, actor=case.writer, **given)
    with pytest.raises(Invalid):
        send_letter(db, actor=case.writer, without_child_letter="Nej", **given)
    sent = send_letter(db, actor=case.writer, without_child_letter=TOLD_OTHERWISE, **given)
    assert (sent.sent_at, sent.issued_by_id) == (NOW, case.writer.user_id)
    assert sent.without_child_letter == TOLD_OTHERWISE


def test_the_sent_letter_tells_of_the_reply_and_the_decision_and_keeps_what_was_approved(
    db: Session, case: LetterCase, letter: Letter, test_settings: Settings
) -> None:
    before = approved(db, case, test_settings)
    db.add(
        Communication(
            inspection_id=case.inspection.id,
            sent_at=NOW,
            reply_by_on=NOW.date(),
            replied_at=NOW,
            by_id=case.writer.user_id,
            reply="Vi håller med.",
        )
    )
    case.inspection.state = State.DECISION
    record_the_decision(db, case)
    send_letter(
        db, actor=case.writer, inspection=case.inspection, authority=test_settings.authority,
        now=NOW + timedelta(days=20), without_child_letter=TOLD_OTHERWISE,
    )  # fmt: skip
    versions = [one for one in letter.versions if one.language == "sv"]
    approved_text, sent_text = (str(one.content) for one in versions)
    assert "Ert svar ingår i underlaget för beslutet." in sent_text
    assert "Kritik med redovisning före sommaren." in sent_text
    assert "Kritik med redovisning före sommaren." not in approved_text
    assert versions[0].pdf_sha256 == next(one.pdf_sha256 for one in before if one.language == "sv")
    same = {"children", "strengths", "advice"}
    sections = [{s["key"]: s for s in one.content["sections"]} for one in versions]
    assert all(sections[0].get(key) == sections[1].get(key) for key in same)


def record_the_decision(db: Session, case: LetterCase) -> None:
    db.add(
        Decision(
            inspection_id=case.inspection.id,
            kind=DecisionKind.CRITICISM,
            decided_on=NOW.date(),
            content="Kritik med redovisning före sommaren.",
            decider_id=case.approver.user_id,
            rapporteur_id=case.writer.user_id,
            recorded_at=NOW,
        )
    )
    db.flush()


def test_somebody_outside_the_team_writes_nothing(db: Session, case: LetterCase) -> None:
    stranger = acting(make_user(db, Role.INSPECTOR))
    values = FindingValues(1, "TRY", "Något", due_on=date(2026, 5, 1))
    with pytest.raises(NotAllowed):
        add_finding(db, actor=stranger, inspection=case.inspection, values=values, now=NOW)
    with pytest.raises(NotAllowed):
        compose_letter(db, actor=stranger, inspection=case.inspection, now=NOW)
