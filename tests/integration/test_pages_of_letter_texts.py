"""The pages about a letter's texts, with plain forms: choose, look back, tie to evidence, answer, go both ways."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tests.integration.sent_letters import make_sent_letter
from tests.integration.test_letter_pages import base, composed
from tests.integration.test_letter_use_cases import deficiency, values_of
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.write_finding import edit_finding
from tillsyn.models.interviews import Interview
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.letters import Letter, Paragraph
from tillsyn.models.vocabulary import State

SAW = "Tolv nätter saknades jouren."


@pytest.fixture
def case(db: Session) -> LetterCase:
    return make_letter_case(db)


def of_key(db: Session, key: str, language: str = "sv") -> Paragraph:
    db.rollback()  # what the pages have committed is seen from here on
    db.expire_all()
    return db.scalars(select(Paragraph).where(Paragraph.key == key, Paragraph.language == language)).one()


def place(case: LetterCase, one: Paragraph) -> str:
    return f"{base(case)}/letter/paragraphs/{one.id}"


def see_fourteen_nights(db: Session, case: LetterCase) -> None:
    db.rollback()
    inspection = find_inspection(db, case.inspection.dnr)
    finding = deficiency(db, case)
    edit_finding(
        db, actor=case.writer, inspection=inspection, finding_id=finding.id, version=finding.version,
        values=replace(values_of(finding), saw="Jouren saknades fjorton nätter."), now=NOW,
    )  # fmt: skip
    db.commit()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_data_changed_under_an_edit_and_the_person_chooses(
    client: Browsing, case: LetterCase, db: Session, language: str
) -> None:
    case.inspector.language = language
    db.commit()
    composed(client, case, db)
    one = of_key(db, "deficiencies.K10.saw")
    mine = f"{SAW} Vi räknade själva."
    client.put(place(case, one), one.version, text=mine)
    see_fourteen_nights(db, case)
    client.submit(client.get(f"{base(case)}/letter"), action="/letter/compose", status=303)
    editor = client.get(f"{base(case)}/letter?language=sv")
    said = {"sv": ("borttaget:", "tillagt:"), "en": ("taken away:", "added:")}[language]
    assert all(word in editor.text for word in said), "what changed is said in words too"
    assert "fjorton" in editor.text and '<del class="changes__gone">' in editor.html
    client.submit(editor, action=f"{one.id}/both", status=303)
    one = of_key(db, one.key)
    assert one.text == "Jouren saknades fjorton nätter. Vi räknade själva."
    history = client.get(f"{place(case, one)}/history")
    assert mine.split(". ")[1] in history.text and case.inspector.name in history.text
    client.submit(history, action="/restore", status=303)
    assert of_key(db, one.key).text == mine, "the newest that does not stand"
    everything = client.get(f"{base(case)}/letter/history")
    assert f"/paragraphs/{one.id}/history" in everything.html
    stale = client.post(f"{place(case, one)}/mine", version="1", status=409)
    assert stale.status == 409


def test_a_save_by_script_is_told_how_plain_the_text_is(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    composed(client, case, db)
    one = of_key(db, "children.talks")
    text = "Ni ska 🙂 säkerställa att alla barn som bor i hemmet har någon att tala med."
    plain = client.put(place(case, one), one.version, text=text).get_json()["plain"]
    assert plain["figure"].startswith("LIX ")
    assert plain["marks"] == "word 10 21", "as browsers count, the sign in the middle is two"
    assert "säkerställa" in plain["lines"][0] and "se till" in plain["lines"][0]
    editor = client.get(f"{base(case)}/letter?language=sv")
    assert "hellre se till" in editor.text, "the same without a script"
    assert "högst 45" in editor.text


def test_an_added_sentence_is_tied_to_evidence_or_answered_for_and_the_reviewer_reads_why(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    composed(client, case, db)
    one = of_key(db, "children.talks")
    client.put(place(case, one), one.version, text=f"{one.text} Vi satt i köket.")
    editor = client.get(f"{base(case)}/letter?language=sv")
    assert "Vi satt i köket.” vilar inte på något underlag" in editor.text
    missing = f"{base(case)}/letter/missing/sentence:sv:children.talks"
    assert missing in editor.html.replace("%3A", ":")
    short = client.submit(client.get(missing), action=missing, status=422, reason="För att.")
    assert "För att." in short.html, "what was typed is kept"
    why = "Det visste vi själva, för vi satt där."
    client.submit(client.get(missing), action=missing, status=303, reason=why)
    stale = client.post(missing, version="0", reason="Ett annat svar på samma sak.", status=422)
    assert why in stale.text and "Ett annat svar" in stale.html, "both are shown"
    client.submit(client.get(f"{base(case)}/letter"), action="/letter/submit", status=303)
    db.rollback()
    inspection = find_inspection(db, case.inspection.dnr)
    inspection.state = State.REVIEW
    db.commit()
    client.sign_out()
    client.sign_in_as(case.supervisor)
    review = client.get(f"{base(case)}/review?language=sv")
    assert why in review.text and case.inspector.name in review.text
    assert why in client.get(missing).text
    client.get(f"{place(case, one)}/evidence")
    client.post(f"{place(case, one)}/evidence", version="2", chosen="u1", status=403)


def test_a_paragraph_leads_to_its_evidence_and_the_evidence_back(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    composed(client, case, db)
    one = of_key(db, "children.talks")
    page = client.get(f"{place(case, one)}/evidence")
    refused = client.post(f"{place(case, one)}/evidence", version=str(one.version), chosen="u3", status=422)
    assert "u3" not in page.text and refused.status == 422
    client.submit(page, action="/evidence", status=303, chosen=["u1", "K10"])
    stale = client.submit(page, action="/evidence", status=422, chosen=["u2"])
    assert "u2" in stale.html
    editor = client.get(f"{base(case)}/letter?language=sv")
    talk = db.scalars(select(Interview)).one()
    assert f"/talks/{talk.id}" in editor.html
    back = f"/letter?language=sv#paragraph-{one.id}"
    for address in (f"{base(case)}/talks/{talk.id}", f"{base(case)}/requirements"):
        assert back in client.get(address).html.replace("&amp;", "&"), address


def test_those_who_may_not_see_evidence_see_nothing_of_it(client: Browsing, db: Session) -> None:
    sent = make_sent_letter(db)
    for one in db.scalars(select(Paragraph).where(Paragraph.letter_id == sent.letter.id)):
        one.evidence, one.tied, one.vouched = ["u1", "K10"], ["u2"], one.text
    paragraph = db.scalars(select(Paragraph.id)).first()
    db.commit()
    client.sign_in_as(sent.provider)
    page = client.get(sent.address)
    assert "underlag" not in page.text.lower()
    assert "#note-" not in page.html and "/talks/" not in page.html and "u1" not in page.text
    dnr = sent.inspection.dnr
    for path in (
        f"paragraphs/{paragraph}/evidence", f"paragraphs/{paragraph}/history", "history", "missing/theme:mat",
    ):  # fmt: skip
        client.get(f"/inspections/{dnr}/letter/{path}", status=404)


def test_nothing_is_changed_in_a_letter_that_others_have(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    letter = composed(client, case, db)
    one = of_key(db, "children.talks")
    client.put(place(case, one), one.version, text=f"{one.text} Vi satt i köket.")
    db.rollback()
    db.get_one(Letter, letter.id).state = LetterState.IN_REVIEW
    db.commit()
    for path in ("evidence", "history"):
        page = client.get(f"{place(case, one)}/{path}")
        assert "granskas" in page.text and f"/{path}" not in [
            form.get("action") for form in page.tree.iter("form") if form.get("method") == "post"
        ]
    missing = f"{base(case)}/letter/missing/sentence:sv:children.talks"
    assert "granskas" in client.get(missing).text
    client.post(f"{place(case, one)}/both", version="2", status=409)
