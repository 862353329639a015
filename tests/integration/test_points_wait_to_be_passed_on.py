"""Points of placing committees that wait are a next step: to be routed, written about, sent, and noted as gone."""

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, make_user
from tests.integration.browsing import Browsing
from tests.integration.committee_cases import Routed
from tillsyn.inspect.services.left_to_pass_on import PassOn, left_to_pass_on
from tillsyn.inspect.services.route_to_committees import note_told, sent_to_committees
from tillsyn.inspect.settings import Settings
from tillsyn.models.vocabulary import Role, State


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
