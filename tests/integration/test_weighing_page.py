"""The weighing as a person does it: own picture first, then the proposal, then the assessment in words."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.example_inspection import small_inspection
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.import_inspection import import_inspection
from tillsyn.inspect.web.session import actor_of
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import AreaAssessment, WeighingRun
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role

PAGE = "/inspections/2026-00042/weighing"
AREAS = [area.id for area in load_pack("hvb").areas]


@pytest.fixture
def inspector(db: Session, now: datetime) -> User:
    """The responsible inspector of an imported case that is ready for weighing."""
    user = make_user(db, Role.INSPECTOR)
    case = import_inspection(db, actor=actor_of(user), data=small_inspection(), now=now).inspection
    for member in case.team:
        if member.user_id == user.id:
            member.declared_at = now
    db.commit()
    return user


def all_views(position: str = "3") -> dict[str, str]:
    return {f"{area}-position": position for area in AREAS} | {
        f"{area}-reason": "Så såg jag det." for area in AREAS
    }


def test_the_proposal_is_hidden_until_the_own_picture_is_written(
    client: Browsing, db: Session, inspector: User
) -> None:
    client.sign_in_as(inspector)
    page = client.get(PAGE)
    assert "Din egen bild först" in page.text
    assert "Metodens förslag" not in page.text
    client.post(PAGE, status=409)
    assert db.scalars(select(WeighingRun)).all() == []
    client.submit(page, action="/own-view", status=303, **all_views())
    page = client.get(PAGE)
    assert "Klart att väga samman" in page.text
    assert "Metodens förslag" not in page.text
    client.submit(page, action="/weighing", status=303)
    page = client.get(PAGE)
    assert "Metodens förslag" in page.text
    assert "K10" in page.text
    db.rollback()  # look at what has been committed since
    assert len(db.scalars(select(WeighingRun)).all()) == 1


def test_areas_can_be_done_one_by_one_and_what_is_half_written_stays(
    client: Browsing, db: Session, inspector: User
) -> None:
    client.sign_in_as(inspector)
    page = client.get(PAGE)
    answer = client.submit(
        page,
        action="/own-view",
        status=422,
        **{
            "TRY-position": "2",
            "TRY-reason": "Natten oroar.",
            "BEM-reason": "Halvskriven text som ska finnas kvar",
        },
    )
    assert "Halvskriven text som ska finnas kvar" in answer.html
    assert "Välj ett ord för din bild av området." in answer.text
    client.submit(
        page, action="/own-view", status=303, **{"DEL-position": "none", "DEL-reason": "Vet för lite."}
    )
    db.rollback()
    kept = {row.area: row.own_position for row in db.scalars(select(AreaAssessment))}
    assert kept == {"DEL": None}


def test_the_own_picture_is_never_changed_afterwards(client: Browsing, db: Session, inspector: User) -> None:
    client.sign_in_as(inspector)
    client.submit(client.get(PAGE), action="/own-view", status=303, **all_views("2"))
    client.post(f"{PAGE}/own-view", status=303, **all_views("4"))
    db.rollback()
    assert {row.own_position for row in db.scalars(select(AreaAssessment))} == {2}


def test_digits_of_positions_are_not_shown(client: Browsing, inspector: User) -> None:
    client.sign_in_as(inspector)
    client.submit(client.get(PAGE), action="/own-view", status=303, **all_views())
    client.post(PAGE, status=303)
    page = client.get(PAGE)
    for digit in ("läge 1", "läge 2", "läge 3", "nivå 1", "nivå 2", "nivå 3", "nivå 4"):
        assert digit not in page.text.lower()


def weighed_page(client: Browsing, inspector: User) -> None:
    client.sign_in_as(inspector)
    client.submit(client.get(PAGE), action="/own-view", status=303, **all_views())
    client.post(PAGE, status=303)


def test_the_assessment_saves_by_script_and_by_form(client: Browsing, db: Session, inspector: User) -> None:
    weighed_page(client, inspector)
    answer = client.put(f"{PAGE}/TRY", 1, reasoning="Natten.", children_weighed="")
    assert answer.get_json()["version"] == 2
    client.submit(
        client.get(PAGE),
        action="/TRY",
        status=303,
        version="2",
        reasoning="Natten är otrygg.",
        children_weighed="Det vägde tungt.",
    )
    db.rollback()
    row = db.scalars(select(AreaAssessment).where(AreaAssessment.area == "TRY")).one()
    assert (row.reasoning, row.children_weighed, row.version) == ("Natten är otrygg.", "Det vägde tungt.", 3)


def test_saving_one_text_leaves_the_other_as_it_is(client: Browsing, db: Session, inspector: User) -> None:
    weighed_page(client, inspector)
    client.put(f"{PAGE}/TRY", 1, reasoning="Natten.")
    client.put(f"{PAGE}/TRY", 2, children_weighed="Det vägde tungt.")
    db.rollback()
    row = db.scalars(select(AreaAssessment).where(AreaAssessment.area == "TRY")).one()
    assert (row.reasoning, row.children_weighed) == ("Natten.", "Det vägde tungt.")


def test_two_who_write_at_once_both_keep_their_text(client: Browsing, db: Session, inspector: User) -> None:
    weighed_page(client, inspector)
    first = client.put(f"{PAGE}/TRY", 1, reasoning="Den förstas text", children_weighed="")
    assert first.status_code == 200
    late = client.put(f"{PAGE}/TRY", 1, reasoning="Den andras text", children_weighed="")
    assert late.status_code == 409
    body = late.get_json()
    assert (body["error"], body["version"], body["by"]) == ("conflict", 2, inspector.name)
    assert body["theirs"]["reasoning"] == "Den förstas text"
    page = client.post(
        f"{PAGE}/TRY",
        version="1",
        reasoning="Den andras text",
        children_weighed="",
        status=409,
    )
    assert "Den förstas text" in page.text
    assert "Den andras text" in page.text
    assert "Någon annan har skrivit här" in page.text


def test_too_long_a_text_is_refused_in_words_and_kept(client: Browsing, inspector: User) -> None:
    weighed_page(client, inspector)
    long = "å" * 200_000
    answer = client.put(f"{PAGE}/TRY", 1, reasoning=long, children_weighed="")
    assert answer.status_code == 422
    assert "200\xa0000 tecken; högst 20\xa0000" in answer.get_json()["errors"]["reasoning"][0]
    page = client.post(f"{PAGE}/TRY", version="1", reasoning=long, children_weighed="", status=409)
    assert long in page.html


def test_the_page_is_whole_in_english_too(client: Browsing, inspector: User) -> None:
    client.sign_in_as(inspector)
    client.speak("en")
    client.submit(client.get(PAGE), action="/own-view", status=303, **all_views())
    client.post(PAGE, status=303)
    page = client.get(PAGE)
    assert "Who sees what" in page.text
    assert "Why?" in page.text
    assert "Needs improvement" in page.text
