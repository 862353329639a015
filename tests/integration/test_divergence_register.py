"""The divergence register: what children tell and the checks do not show is answered before approval."""

from datetime import datetime
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.services.answer_divergence import answer_divergence, find_register
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.review_letter import submit_letter
from tillsyn.inspect.web.register_lines import anchor_of
from tillsyn.models.divergences import DivergenceAnswer
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.letters import Letter
from tillsyn.models.vocabulary import RegisterAnswer

WHY = "Vi tar upp det i dialogen med hemmet."
FOOD = "theme:mat"


def give(db: Session, case: LetterCase, now: datetime, key: str = FOOD, **given: object) -> DivergenceAnswer:
    values = {"version": 0, "answer": RegisterAnswer.FOLLOWED_UP, "reason": WHY} | given
    return answer_divergence(db, actor=case.writer, inspection=case.inspection, key=key, now=now, **values)  # type: ignore[arg-type]


def test_the_register_holds_divergences_blind_spots_and_what_no_finding_is_on(db: Session) -> None:
    case = make_letter_case(db, answered=False)
    register = find_register(db, case.inspection)
    keys = [line.entry.key for line in register.lines]
    assert FOOD in keys
    assert set(register.raised) >= {"mat", "fortroende", "vanner"}
    assert {entry.key for entry in register.left} == set(keys)


def test_influence_is_whole_when_every_theme_has_a_finding_or_an_answer(db: Session, now: datetime) -> None:
    case = make_letter_case(db, answered=False)
    before = find_register(db, case.inspection)
    assert before.influence is not None
    assert before.influence < 1
    for line in before.lines:
        give(db, case, now, line.entry.key)
    after = find_register(db, case.inspection)
    assert after.left == ()
    assert after.influence == Fraction(1)


def test_a_reason_that_is_short_is_kept_but_does_not_answer(db: Session, now: datetime) -> None:
    case = make_letter_case(db, answered=False)
    row = give(db, case, now, reason="Vi håller")
    assert FOOD in {entry.key for entry in find_register(db, case.inspection).left}
    give(db, case, now, version=row.version, answer=None, reason="Vi håller med barnen om maten.")
    assert FOOD not in {entry.key for entry in find_register(db, case.inspection).left}


def test_an_answer_has_versions_and_keeps_both_texts(db: Session, now: datetime) -> None:
    case = make_letter_case(db, answered=False)
    assert give(db, case, now).version == 1
    with pytest.raises(Conflict) as late:
        give(db, case, now, reason="En helt annan mening om samma sak.")
    assert (late.value.version, late.value.theirs["reason"]) == (1, WHY)
    assert give(db, case, now, version=1, answer=RegisterAnswer.NOT_AGREED).version == 2
    kinds = db.scalars(select(Event.details).where(Event.kind == EventKind.REGISTER_ANSWERED)).all()
    assert {"entry": FOOD, "answer": "not_agreed", "version": 2} in kinds


def test_what_cannot_be_answered_says_why(db: Session, now: datetime) -> None:
    case = make_letter_case(db, answered=False)
    with pytest.raises(NotFound):
        give(db, case, now, "theme:nothing")
    with pytest.raises(Invalid):
        give(db, case, now, answer=None)
    with pytest.raises(Invalid):
        give(db, case, now, reason="x" * 5_001)
    with pytest.raises(NotAllowed):
        answer_divergence(
            db, actor=acting(case.supervisor), inspection=case.inspection, key=FOOD, version=0,
            answer=RegisterAnswer.AGREED, reason=WHY, now=now,
        )  # fmt: skip
    letter = Letter(
        inspection_id=case.inspection.id, author_id=case.inspector.id, composed_at=now,
        state=LetterState.APPROVED, approved_at=now, approved_by_id=case.supervisor.id,
    )  # fmt: skip
    db.add(letter)
    db.flush()
    with pytest.raises(NotPossibleNow):
        give(db, case, now)


def test_the_page_asks_keeps_and_counts(client: Browsing, db: Session) -> None:
    case = make_letter_case(db, answered=False)
    client.sign_in_as(case.inspector)
    address = f"/inspections/{case.inspection.dnr}/weighing"
    page = client.get(address)
    assert "Att besvara" in page.text
    assert "Barnen tar upp det, och inget krav täcker det." in page.text
    short = client.submit(page, action="/register/theme:mat", status=303, answer="agreed", reason="Ja, kall.")
    assert short.location is not None
    assert "minst 5 ord" in client.get(address).text
    whole = client.put(f"{address}/register/theme:mat", 1, reason="Maten ska vara varm när den serveras.")
    assert whole.get_json()["version"] == 2
    late = client.put(f"{address}/register/theme:mat", 1, reason="En annan text som också finns kvar.")
    assert late.status_code == 409
    assert late.get_json()["theirs"]["reason"] == "Maten ska vara varm när den serveras."
    typed = client.post(
        f"{address}/register/theme:mat", version="1", answer="withheld", reason="Det jag skrev.", status=409
    )
    assert "Det jag skrev." in typed.html
    assert "Maten ska vara varm när den serveras." in typed.text


def test_the_page_says_it_in_english(client: Browsing, db: Session) -> None:
    case = make_letter_case(db, answered=False)
    client.sign_in_as(case.inspector)
    client.speak("en")
    page = client.get(f"/inspections/{case.inspection.dnr}/weighing")
    assert "The children bring it up, and no requirement covers it." in page.text


def test_the_letter_waits_for_the_register_and_leads_to_it(
    client: Browsing, db: Session, now: datetime
) -> None:
    case = make_letter_case(db, answered=False)
    compose_letter(db, actor=case.writer, inspection=case.inspection, now=now)
    db.commit()
    waiting = find_register(db, case.inspection).left
    with pytest.raises(NotPossibleNow, match="Answer what is brought up"):
        submit_letter(db, actor=case.writer, inspection=case.inspection, now=now)
    client.sign_in_as(case.inspector)
    page = client.get(f"/inspections/{case.inspection.dnr}/letter")
    assert f"Besvara det som har tagits upp, i registret. Kvar: {len(waiting)}." in page.text
    assert f"/weighing#{anchor_of(waiting[0].key)}" in page.html
    db.rollback()  # the pages have written since
    case.inspection = find_inspection(db, case.inspection.dnr)
    for entry in waiting:
        give(db, case, now, entry.key)
    db.commit()
    assert "i registret" not in client.get(f"/inspections/{case.inspection.dnr}/letter").text
