"""Findings, letter and review as pages: every step with plain forms, in both languages."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.models.assessments import Finding
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.letters import Letter, Paragraph
from tillsyn.models.vocabulary import FindingKind, Role, State


@pytest.fixture
def case(db: Session) -> LetterCase:
    return make_letter_case(db)


def base(case: LetterCase) -> str:
    return f"/inspections/{case.inspection.dnr}"


def composed(client: Browsing, case: LetterCase, db: Session) -> Letter:
    client.sign_in_as(case.inspector)
    client.submit(client.get(f"{base(case)}/letter"), action="/letter/compose", status=303)
    db.rollback()  # what the pages have committed is seen from here on
    return db.scalars(select(Letter)).one()


def first_paragraph(db: Session) -> Paragraph:
    return db.scalars(
        select(Paragraph).where(Paragraph.key == "summary.lead", Paragraph.language == "sv")
    ).one()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_letter_reads_in_one_language(
    client: Browsing, case: LetterCase, db: Session, language: str
) -> None:
    case.inspector.language = language
    db.commit()
    composed(client, case, db)
    finding = db.scalars(select(Finding).where(Finding.kind == FindingKind.DEFICIENCY)).one()
    for path in (
        "/findings",
        "/findings/add",
        f"/findings/{finding.id}",
        "/letter",
        "/letter/preview",
        "/review",
    ):
        client.get(base(case) + path)
    pdf = client.get(f"{base(case)}/letter/letter.pdf").answer
    assert pdf.mimetype == "application/pdf" and case.inspection.dnr in pdf.headers["Content-Disposition"]


def test_a_finding_with_a_fault_keeps_what_was_typed(client: Browsing, case: LetterCase) -> None:
    client.sign_in_as(case.inspector)
    page = client.get(f"{base(case)}/findings/add")
    page = client.submit(page, status=422, level="3", title="Nätterna", area="TRY", saw="Ingen var vaken.")
    assert "Ingen var vaken." in page.html and "anger vilket krav" in page.text


def test_a_paragraph_is_saved_by_script_and_a_stale_save_gets_the_others_text(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    composed(client, case, db)
    address = f"{base(case)}/letter/paragraphs/{first_paragraph(db).id}"
    assert client.put(address, 1, text="Den första.").get_json()["version"] == 2
    stale = client.put(address, 1, text="Den andra.")
    assert stale.status_code == 409 and stale.get_json()["theirs"] == {"text": "Den första."}
    long = client.put(address, 2, text="x" * 200_000)
    assert long.status_code == 422 and "200\xa0000" in long.get_json()["errors"]["text"][0]


def test_a_stale_form_shows_both_texts(client: Browsing, case: LetterCase, db: Session) -> None:
    composed(client, case, db)
    one = first_paragraph(db)
    address = f"{base(case)}/letter/paragraphs/{one.id}"
    client.put(address, 1, text="Den enas text.")
    name = f"p{one.id.hex}-"
    page = client.post(address, status=409, **{f"{name}version": "1", f"{name}text": "Den andras text."})
    assert "Den enas text." in page.html and "Den andras text." in page.html


def test_the_way_from_draft_to_approved_with_a_return_between(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    letter = composed(client, case, db)
    client.submit(client.get(f"{base(case)}/letter"), action="/letter/submit", status=303)
    db.rollback()
    case.inspection.state = State.REVIEW
    db.commit()
    client.sign_in_as(case.supervisor)
    page = client.get(f"{base(case)}/review")
    page = client.submit(page, action="/review/return", status=422, reason="nej")
    client.submit(page, action="/review/return", status=303, reason="Börja med det barnen säger.")
    client.sign_in_as(case.inspector)
    page = client.get(f"{base(case)}/letter")
    assert "Börja med det barnen säger." in page.text
    client.submit(page, action="/letter/submit", status=303)
    client.post(f"{base(case)}/review/approve", status=403)
    client.sign_in_as(case.supervisor)
    client.submit(client.get(f"{base(case)}/review"), action="/review/approve", status=303)
    db.rollback()
    assert letter.state is LetterState.APPROVED
    assert case.inspection.state is State.REVIEW, "approving moves nothing"
    client.get(f"{base(case)}/review")


def test_a_remark_is_made_on_a_paragraph_and_an_empty_one_is_refused(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    composed(client, case, db)
    client.submit(client.get(f"{base(case)}/letter"), action="/letter/submit", status=303)
    client.sign_in_as(case.supervisor)
    db.rollback()
    one = first_paragraph(db)
    action, name = f"/paragraphs/{one.id}/remark", f"r{one.id.hex}-text"
    page = client.submit(client.get(f"{base(case)}/review"), action=action, status=422, **{name: ""})
    client.submit(page, action=action, status=303, **{name: "Skriv kortare."})
    assert "Skriv kortare." in client.get(f"{base(case)}/review").text


def test_people_outside_the_team_find_no_letter(client: Browsing, case: LetterCase, db: Session) -> None:
    stranger = make_user(db, Role.INSPECTOR)
    db.commit()
    client.sign_in_as(stranger)
    for path in ("/findings", "/letter", "/letter/preview", "/letter/letter.pdf", "/review"):
        client.get(base(case) + path, status=404)


def test_sending_to_review_too_early_comes_back_to_the_letter_with_what_is_missing(
    client: Browsing, db: Session
) -> None:
    case = make_letter_case(db, dated=False)
    composed(client, case, db)
    page = client.post(f"{base(case)}/letter/submit", status=409)
    assert "Brevet har inte skickats till granskning" in page.text
    assert page.tree.find(".//textarea") is not None and "ange när det senast ska vara rättat" in page.text


def test_a_changed_finding_is_noticed_by_a_letter_that_was_up_to_date(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    composed(client, case, db)
    notice = "Uppdatera brevet."
    assert notice not in client.get(f"{base(case)}/letter").text
    finding = db.scalars(select(Finding).where(Finding.kind == FindingKind.DEFICIENCY)).one()
    page = client.get(f"{base(case)}/findings/{finding.id}")
    client.submit(page, action=f"/findings/{finding.id}", status=303, saw="Vi såg det själva.")
    assert notice in client.get(f"{base(case)}/letter").text
