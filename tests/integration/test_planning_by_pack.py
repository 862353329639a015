"""An inspection is planned by the pack that is made for the kind of activity of the home."""

import dataclasses

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services import plan_inspection as use_case
from tillsyn.inspect.web import planning
from tillsyn.interview_guides.guide import PackCard, activities, load_pack, pack_cards, packs_for
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role

EXAMPLES = [card for card in pack_cards() if card.is_example]
VALUES = {"dnr": "2026-00777", "title": "Tillsyn", "announced": "no"}


@pytest.fixture
def inspector(db: Session) -> User:
    user = make_user(db, Role.INSPECTOR)
    db.commit()
    return user


@pytest.mark.parametrize("card", pack_cards(), ids=lambda card: card.id)
def test_a_unit_of_any_packs_kind_can_be_planned(
    db: Session, client: Browsing, inspector: User, card: PackCard
) -> None:
    home = make_home(db, kind=card.activities[0].id)
    db.commit()
    client.sign_in_as(inspector)
    page = client.get(f"/plan-inspection?home={home.id}")
    assert card.title.sv in page.text
    area = load_pack(card.id).areas[0]
    assert area.name.sv in page.text
    client.submit(page, status=303, **VALUES, focus_areas=[area.id])
    made = db.scalars(select(Inspection)).one()
    assert (made.pack, made.focus_areas) == (card.id, [area.id])


def test_without_a_home_the_home_is_chosen_first(db: Session, client: Browsing, inspector: User) -> None:
    home = make_home(db, name="Eken")
    db.commit()
    client.sign_in_as(inspector)
    page = client.get("/plan-inspection")
    assert "Eken" in page.text
    assert 'name="dnr"' not in page.html
    assert 'name="dnr"' in client.get(f"/plan-inspection?home={home.id}").html


@pytest.mark.parametrize("card", EXAMPLES, ids=lambda card: card.id)
def test_an_example_is_shown_as_one_when_it_is_chosen_and_on_the_pages_of_its_case(
    db: Session, client: Browsing, inspector: User, card: PackCard
) -> None:
    assert card.verified_note is not None
    home = make_home(db, kind=card.activities[0].id)
    made = make_inspection(db, home=home, pack=card.id, team=None)
    db.commit()
    client.sign_in_as(inspector)
    assert card.verified_note.sv in client.get(f"/plan-inspection?home={home.id}").text
    assert card.verified_note.sv in client.get(f"/codebook?pack={card.id}").text
    lead = db.get_one(User, made.team[0].user_id)
    client.sign_in_as(lead)
    assert card.verified_note.sv in client.get(f"/inspections/{made.dnr}").text


def test_a_home_of_a_kind_without_a_pack_is_told_and_not_planned(
    db: Session, client: Browsing, inspector: User
) -> None:
    home = make_home(db, kind="fyrtorn")
    db.commit()
    client.sign_in_as(inspector)
    client.speak("en")
    page = client.get(f"/plan-inspection?home={home.id}")
    assert "No pack is made for this kind of activity." in page.text


def test_where_several_packs_are_made_for_a_kind_one_is_chosen(
    db: Session, client: Browsing, inspector: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(db)
    other = EXAMPLES[0]
    both = (*packs_for(home.kind), dataclasses.replace(other, activities=packs_for(home.kind)[0].activities))
    for module in (planning, use_case):
        monkeypatch.setattr(module, "packs_for", lambda kind: both)
    db.commit()
    client.sign_in_as(inspector)
    client.speak("en")
    page = client.get(f"/plan-inspection?home={home.id}")
    assert f"{other.title.en} – example, to be verified by the authority" in page.text
    assert 'name="dnr"' not in page.html
    page = client.get(f"/plan-inspection?home={home.id}&pack={other.id}")
    client.submit(page, status=303, **VALUES)
    assert db.scalars(select(Inspection.pack)).one() == other.id


def test_every_kind_of_activity_can_be_registered(db: Session, client: Browsing, inspector: User) -> None:
    home = make_home(db)
    db.commit()
    client.sign_in_as(inspector)
    page = client.get(f"/providers/{home.provider_id}/homes/new")
    assert all(one.name.sv in page.text for one in activities())
    client.submit(page, status=422, name="Fyren", kind="fyrtorn", municipality="X", places="3")
    for number, one in enumerate(activities()):
        client.submit(
            client.get(f"/providers/{home.provider_id}/homes/new"),
            status=303, name=f"Hem {number}", kind=one.id, municipality="X", places="3",
        )  # fmt: skip
    shown = client.get(f"/providers/{home.provider_id}").text
    assert all(one.name.sv in shown for one in activities())
