"""What a committee answers for goes to that committee, in a letter of its own, and never to another."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.committee_cases import KIND, OWN_WORDS, Routed
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.services.correct_letter import why_not_propose
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.services.list_case_letters import list_case_letters
from tillsyn.inspect.services.route_to_committees import (
    note_placing,
    note_told,
    route_point,
    routed_points,
    sent_to_committees,
)
from tillsyn.inspect.settings import Settings
from tillsyn.models.assessments import Finding
from tillsyn.models.base import new_id
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.vocabulary import FindingKind, Responsible, Role, State


@pytest.fixture
def routed(db: Session, test_settings: Settings) -> Routed:
    return Routed(db, test_settings)


def words_of(version: object) -> str:
    return str(version.content)  # type: ignore[attr-defined]


def test_each_committee_gets_its_own_points_and_no_others(db: Session, routed: Routed) -> None:
    routed.route_all()
    routed.send()
    letter = the_letter(db, routed.case.inspection, KIND)
    by_reader = {(one.committee_id, one.language): words_of(one) for one in letter.versions}
    assert set(by_reader) == {(who.id, lang) for who in (routed.one, routed.other) for lang in ("sv", "en")}
    for language in ("sv", "en"):
        to_one, to_other = by_reader[routed.one.id, language], by_reader[routed.other.id, language]
        assert "Det gäller K13" in to_one and "Det gäller K34" in to_one
        assert "Det gäller K34" in to_other and "Det gäller K13" not in to_other
        assert "Alby" in to_one and "Alby" not in to_other and "Boda" not in to_one
    assert all(one.sent_at == NOW and one.pdf.startswith(b"%PDF") for one in letter.versions)


def test_the_letter_holds_nothing_that_anybody_has_said_and_no_deficiency_of_the_home(
    db: Session, routed: Routed
) -> None:
    routed.route_all()
    routed.send()
    text = " ".join(words_of(one) for one in the_letter(db, routed.case.inspection, KIND).versions)
    home = next(
        one.title
        for one in db.scalars(select(Finding).where(Finding.inspection_id == routed.case.inspection.id))
        if one.kind is FindingKind.DEFICIENCY
    )
    for never in (
        "Maten är alltid kall",
        "Det finns en som lyssnar",
        OWN_WORDS,
        home,
        "b9",
        "ni ska",
        "Ni ska",
    ):
        assert never not in text


def test_the_letter_waits_until_somebody_has_said_where_each_point_goes(db: Session, routed: Routed) -> None:
    def waits() -> str:
        facts = gather_facts(db, routed.case.inspection, now=NOW)
        rows = list_case_letters(db, routed.case.inspection, facts, now=NOW)
        why = next(one.why_not_yet for one in rows if one.row.kind is KIND)
        return why.text if why else ""

    assert "Say first which committee" in waits()
    routed.route_all()
    assert waits() == ""
    routed.case.inspection.state = State.COMMUNICATION
    assert "decision" in waits()
    for finding in (routed.first, routed.second):
        finding.responsible = Responsible.PROVIDER
    db.flush()
    assert "Nothing in this case" in waits()


def test_a_point_goes_only_to_who_has_placed_somebody_and_only_what_is_theirs(
    db: Session, routed: Routed
) -> None:
    routed.place(0, routed.one)
    with pytest.raises(Invalid, match="responsible for somebody"):
        routed.route(routed.first, routed.other)
    homes_own = next(
        one
        for one in db.scalars(select(Finding).where(Finding.inspection_id == routed.case.inspection.id))
        if one.responsible is Responsible.PROVIDER
    )
    with pytest.raises(Invalid, match="provider"):
        routed.route(homes_own, routed.one)
    with pytest.raises(NotFound):
        route_point(
            db, actor=routed.case.writer, inspection=routed.case.inspection, finding_id=new_id(),
            committee_ids=(), now=NOW,
        )  # fmt: skip
    with pytest.raises(NotFound):
        note_placing(
            db, actor=routed.case.writer, inspection=routed.case.inspection,
            resident_id=routed.case.inspection.residents[0].id, committee_id=new_id(), now=NOW,
        )  # fmt: skip
    outsider = acting(make_user(db, Role.INSPECTOR))
    with pytest.raises(NotAllowed):
        note_placing(
            db, actor=outsider, inspection=routed.case.inspection,
            resident_id=routed.case.inspection.residents[0].id, committee_id=routed.one.id, now=NOW,
        )  # fmt: skip


def test_a_committee_that_has_placed_nobody_any_more_has_no_points(db: Session, routed: Routed) -> None:
    routed.route_all()
    routed.place(-1, routed.third)
    assert routed_points(db, routed.case.inspection.id) == {
        routed.first.id: {routed.one.id},
        routed.second.id: {routed.one.id},
    }


def test_nothing_is_moved_while_the_letter_is_with_its_reviewer(db: Session, routed: Routed) -> None:
    routed.route_all()
    routed.approve()
    with pytest.raises(NotPossibleNow, match="Take it back"):
        routed.route(routed.first)
    with pytest.raises(NotPossibleNow, match="Take it back"):
        routed.place(-1, None)


def test_it_is_noted_once_that_the_letter_to_one_committee_has_left(db: Session, routed: Routed) -> None:
    routed.route_all()
    given = {"actor": routed.case.writer, "inspection": routed.case.inspection, "now": NOW}
    with pytest.raises(NotPossibleNow):
        note_told(db, number=1, **given)  # type: ignore[arg-type]
    routed.send()
    first, second = sent_to_committees(db, routed.case.inspection)
    for _ in range(2):
        note_told(db, number=first.number, **given)  # type: ignore[arg-type]
        db.flush()
    event = db.scalars(select(Event).where(Event.kind == EventKind.COMMITTEE_TOLD)).one()
    assert UUID(event.details["committee"]) == first.committee.id
    noted, waits = sent_to_committees(db, routed.case.inspection)
    assert noted.noted == (NOW, routed.case.inspector.name) and waits.noted is None
    assert (first.committee.name, second.committee.name) == ("Socialnämnden i Alby", "Socialnämnden i Boda")


def test_one_more_letter_leaves_what_was_sent_as_it_was(db: Session, routed: Routed) -> None:
    routed.route_all()
    routed.send()
    letter = the_letter(db, routed.case.inspection, KIND)
    assert why_not_propose(db, routed.case.writer, routed.case.inspection, letter) is not None
    routed.route(routed.second, routed.other)
    routed.send()
    letter = the_letter(db, routed.case.inspection, KIND)
    assert letter.state is LetterState.SENT
    sent = sent_to_committees(db, routed.case.inspection)
    assert [one.number for one in sent] == [1, 2, 3, 4]


def test_the_way_is_walked_on_the_pages(client: Browsing, db: Session, routed: Routed) -> None:
    client.sign_in_as(routed.case.inspector)
    base = f"/inspections/{routed.case.inspection.dnr}"
    client.speak("sv")
    page = client.get(f"{base}/letters")
    assert f"{base}/letters/committees" in page.html
    ids = [one.id.hex for one in routed.case.inspection.residents]
    page = client.get(f"{base}/letters/committees")
    assert "Ange ovan vilken nämnd" in page.text
    one, other = str(routed.one.id), str(routed.other.id)
    client.submit(
        page, action="/letters/committees/placed", status=303,
        **{f"c{ids[0]}-committee": one, f"c{ids[-1]}-committee": other},
    )  # fmt: skip
    page = client.get(f"{base}/letters/committees")
    client.submit(
        page, action="/letters/committees/points", status=303,
        **{f"c{routed.first.id.hex}-to": [one], f"c{routed.second.id.hex}-to": [one, other]},
    )  # fmt: skip
    db.rollback()
    assert len(routed_points(db, routed.case.inspection.id)) == 2
    client.submit(client.get(f"{base}/letters/committee", follow=True), action="/compose", status=303)
    page = client.get(f"{base}/letters/committee/preview?to={other}")
    assert "Det gäller K34" in page.text and "Det gäller K13" not in page.text
    assert client.http.get(f"{base}/letters/committee/preview?to={new_id()}").status_code == 404
    db.rollback()
    routed.anew()
    routed.send()
    page = client.get(f"{base}/letters/committees")
    assert "Socialnämnden i Alby" in page.text
    answer = client.http.get(f"{base}/letters/committee/sv.pdf?number=2")
    stored = next(
        one.pdf
        for one in the_letter(db, routed.case.inspection, KIND).versions
        if (one.number, one.language) == (2, "sv")
    )
    assert answer.data == stored
    assert client.http.get(f"{base}/letters/committee/sv.pdf?number=9").status_code == 404
    client.submit(page, action="/letters/committees/told/1", status=303)
    assert "Det är noterat" in client.get(f"{base}/letters/committees").text
