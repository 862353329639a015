"""Points of placing committees that wait are a next step: to be routed, written about, sent, and noted as gone."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, make_user
from tests.integration.browsing import Browsing
from tests.integration.committee_cases import Routed, point
from tillsyn.inspect.services.left_to_pass_on import PassOn, left_to_pass_on
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.services.route_to_committees import note_told, route_point, sent_to_committees
from tillsyn.inspect.settings import Settings
from tillsyn.models.vocabulary import Responsible, Role, State


@pytest.fixture
def routed(db: Session, test_settings: Settings) -> Routed:
    return Routed(db, test_settings)


def left(routed: Routed) -> dict[PassOn, int]:
    case = routed.case.inspection
    found = left_to_pass_on(routed.db, [case]).get(case.id, ())
    return {one.what: one.number for one in found if one.what is not PassOn.COPY}


def test_what_is_left_follows_the_points_until_every_letter_is_noted(db: Session, routed: Routed) -> None:
    assert left(routed) == {PassOn.ROUTE: 2}
    routed.place(0, routed.one)
    routed.route(routed.first, routed.one)
    assert left(routed) == {PassOn.ROUTE: 1, PassOn.WRITE: 1}
    routed.route_all()
    assert left(routed) == {PassOn.WRITE: 2}
    routed.send()
    assert left(routed) == {PassOn.NOTE: 2}
    case = routed.case
    for sent, after in zip(sent_to_committees(db, case.inspection), ({PassOn.NOTE: 1}, {}), strict=True):
        note_told(db, actor=case.writer, inspection=case.inspection, number=sent.number, now=NOW)
        db.flush()
        assert left(routed) == after


def test_a_point_that_comes_to_a_committee_after_its_letter_waits_for_one_more(
    db: Session, routed: Routed
) -> None:
    case = routed.case
    routed.place(0, routed.one)
    routed.place(-1, routed.other)
    routed.route(routed.first, routed.one)
    routed.route(routed.second, routed.one)
    routed.send()
    _all_noted(routed)
    assert left(routed) == {}
    later = NOW + timedelta(days=2)
    given = {"actor": case.writer, "inspection": case.inspection, "now": later}
    # The other is new: it waits. The one had the point in its letter, and is not written to for that again.
    route_point(db, finding_id=routed.second.id, committee_ids={routed.one.id, routed.other.id}, **given)
    assert left(routed) == {PassOn.WRITE: 1}
    third = point(db, case, "K32", Responsible.COMMITTEE)
    assert left(routed) == {PassOn.ROUTE: 1, PassOn.WRITE: 1}
    route_point(db, finding_id=third.id, committee_ids={routed.one.id}, **given)
    assert left(routed) == {PassOn.WRITE: 2}


def test_a_case_with_something_left_to_pass_on_ends_only_with_a_reason(
    client: Browsing, db: Session, routed: Routed
) -> None:
    """Förordning (2013:176) 2 §: results are reported to the municipality or region concerned."""
    case = routed.case
    case.inspection.state = State.CLOSED
    db.commit()
    client.sign_in_as(case.inspector)
    address = f"/inspections/{case.inspection.dnr}"
    page = client.get(address)
    assert "Kvar att skicka vidare: 1." in page.text and "Avsluta utan det, och skriv varför" in page.text
    refused = client.submit(page, action="/move", status=422, to="archived", reason="Nej")
    assert "Kvar att skicka vidare: 1." in refused.text and "Nej" in refused.html
    client.submit(
        refused, action="/move", status=303, to="archived",
        reason="Ingen nämnd är längre ansvarig för någon här.",
    )  # fmt: skip
    db.rollback()
    db.expire_all()
    assert case.inspection.state is State.ARCHIVED
    assert "Ingen nämnd är längre ansvarig" in client.get(address).text


def test_a_case_with_everything_passed_on_ends_without_a_word(db: Session, routed: Routed) -> None:
    routed.route_all()
    routed.send()
    _all_noted(routed)
    routed.case.inspection.state = State.CLOSED
    db.flush()
    move_inspection(
        db, actor=routed.case.writer, inspection=routed.case.inspection, to=State.ARCHIVED, now=NOW
    )  # fmt: skip
    assert routed.case.inspection.state is State.ARCHIVED


def _all_noted(routed: Routed) -> None:
    case = routed.case
    for sent in sent_to_committees(routed.db, case.inspection):
        note_told(
            routed.db, actor=case.writer, inspection=case.inspection, number=sent.number, now=NOW
        )  # fmt: skip
    routed.db.flush()


def test_nothing_is_said_before_the_decision_or_of_a_home_s_own_points(db: Session, routed: Routed) -> None:
    routed.case.inspection.state = State.WEIGHING
    db.flush()
    assert left(routed) == {}
    assert left_to_pass_on(db, []) == {}


def test_it_stands_on_the_first_page_and_the_page_of_the_case_of_those_who_lead_it(
    client: Browsing, db: Session, routed: Routed
) -> None:
    routed.place(0, routed.one)
    routed.route(routed.first, routed.one)
    db.commit()
    case = routed.case
    pages = ("/", f"/inspections/{case.inspection.dnr}")
    client.sign_in_as(case.inspector)
    for page in pages:
        said = client.get(page).text
        assert "Att skicka vidare" in said
        assert "1 punkt hör till en placerande nämnd, och det är inte sagt vilken." in said
        assert "1 nämnd väntar på brevet med sina punkter." in said
    stranger = make_user(db, Role.INSPECTOR)
    db.commit()
    client.sign_in_as(stranger)
    assert "Att skicka vidare" not in client.get("/").text
