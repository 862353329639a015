"""One searches in one case. What is looked for is in no address and no log, and no other case is looked at."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import make_letter_case
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.errors import Invalid, NotFound
from tillsyn.inspect.services.last_change import last_change
from tillsyn.inspect.services.search_case import Hits, Where, search_case
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Informant, Role


def made(db: Session) -> Inspection:
    """A case with a talk, a note on it, statements and findings."""
    case = make_letter_case(db).inspection
    talk = Interview(
        inspection_id=case.id,
        informant=Informant.STAFF,
        person="p9",
        started_at=NOW,
        note="Lugnt möte i köket.",
    )
    db.add(talk)
    db.flush()
    for place, said in enumerate(("Vi äter i Köket, ofta SENT.", "Ingen sover i koket.")):
        db.add(
            Statement(
                inspection_id=case.id, interview_id=talk.id, label=f"x{place}", position=90 + place,
                theme="TRY", severity=1, recorded_at=NOW, changed_at=NOW, text=said,
            )
        )  # fmt: skip
    db.flush()
    return case


def found(db: Session, case: Inspection, words: str) -> Hits:
    return search_case(db, actor=inspector_of(case), inspection=case, words=words, now=NOW)


def test_all_words_are_looked_for_in_large_letters_and_small_with_their_dots(db: Session) -> None:
    case = made(db)
    kitchen = found(db, case, "KÖKET")
    assert [(hit.text.where, hit.found) for hit in kitchen.shown] == [
        (Where.TALK, "Köket"),
        (Where.NOTE, "köket"),
    ]
    assert found(db, case, "köket sent").number == 1
    assert [hit.text.label for hit in found(db, case, "koket").shown] == ["x1"]
    assert found(db, case, "badrummet").shown == ()


def test_what_stands_in_findings_is_found_and_the_text_around_it_is_shown(db: Session) -> None:
    sent = make_sent_letter(db)
    sent.deficiency.saw = "a" * 100 + " Nattväckning " + "b" * 100
    db.flush()
    (hit,) = found(db, sent.inspection, "nattväckning").shown
    assert (hit.text.where, hit.found) == (Where.FINDING, "Nattväckning")
    assert hit.before.startswith("…aaa") and hit.after.endswith("bbb…")


def test_another_case_is_not_looked_at(db: Session) -> None:
    made(db)
    assert found(db, make_inspection(db), "köket").number == 0


def test_the_log_says_that_one_searched_and_not_for_what_and_no_letter_is_old_by_it(db: Session) -> None:
    case = made(db)
    before = last_change(db, case.id)
    found(db, case, "köket")
    (event,) = db.scalars(select(Event).where(Event.kind == EventKind.CASE_SEARCHED))
    assert (event.inspection_id, event.details) == (case.id, {"number": 2})
    assert last_change(db, case.id) == before


def test_who_may_not_read_the_case_finds_nothing_and_leaves_no_search_in_the_log(db: Session) -> None:
    case = made(db)
    outside = acting(make_user(db, Role.INSPECTOR))
    with pytest.raises(NotFound):
        search_case(db, actor=outside, inspection=case, words="köket", now=NOW)
    assert db.scalars(select(Event).where(Event.kind == EventKind.CASE_SEARCHED)).all() == []


@pytest.mark.parametrize("words", ["", "k", "  k ", "k" * 101])
def test_too_little_and_too_much_is_refused(db: Session, words: str) -> None:
    with pytest.raises(Invalid):
        found(db, made(db), words)


def test_the_page_shows_the_places_leads_to_them_and_keeps_the_words_out_of_addresses(
    db: Session, client: Browsing
) -> None:
    case = made(db)
    db.commit()
    client.sign_in_as(db.get_one(User, inspector_of(case).user_id))
    address = f"/inspections/{case.dnr}/search"
    empty = client.get(address)
    answer = client.submit(empty, action="/search", status=200, words="köket")
    html = answer.html
    assert "<mark>Köket</mark>" in html and "<mark>köket</mark>" in html
    assert f"/inspections/{case.dnr}/talks/" in html
    assert answer.address == address
    db.rollback()
    events = db.scalars(select(Event)).all()
    assert any(event.kind is EventKind.CASE_SEARCHED for event in events)
    assert all("köket" not in json.dumps(event.details, ensure_ascii=False).lower() for event in events)


def test_a_word_that_is_too_short_is_said_at_its_field_and_kept(db: Session, client: Browsing) -> None:
    case = made(db)
    db.commit()
    client.sign_in_as(db.get_one(User, inspector_of(case).user_id))
    address = f"/inspections/{case.dnr}/search"
    page = client.post(address, status=422, words="k")
    assert "Skriv mellan 2 och 100 tecken." in page.text and 'value="k"' in page.html
