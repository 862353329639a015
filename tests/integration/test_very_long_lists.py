"""Lists too long to be counted: turned from row to row, each row once, forwards and backwards."""

import re
from html import unescape

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services import turn_pages
from tillsyn.inspect.services.list_inspections import SORTED, search_inspections
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.search_register import search_homes, search_providers
from tillsyn.inspect.services.turn_pages import Place
from tillsyn.inspect.web import paging
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole

CASES = 180


@pytest.fixture
def boss(db: Session, monkeypatch: pytest.MonkeyPatch) -> User:
    """A supervisor among so many cases that they are not counted; some have the same key, some none."""
    monkeypatch.setattr(turn_pages, "COUNTED", 100)
    monkeypatch.setattr(paging, "COUNTED", 100)
    lead = make_user(db, Role.INSPECTOR)
    homes = [make_home(db, name=f"Hemmet {number % 5}") for number in range(7)]
    for number in range(CASES):
        make_inspection(
            db, home=homes[number % 7], team={TeamRole.INSPECTOR: lead}, children=0,
            planned_on=None if number % 3 == 0 else NOW.date(), announced=True,
        )  # fmt: skip
    db.flush()
    return make_user(db, Role.SUPERVISOR)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("key", SORTED)
def test_every_row_is_met_once_and_the_way_back_is_the_same(
    db: Session, boss: User, key: str, down: bool
) -> None:
    def at(place: Place) -> turn_pages.Paged:  # type: ignore[type-arg]
        return search_inspections(db, acting(boss), order=Order(key, down), place=place)

    page = at(Place())
    assert page.total == 101 and page.before is None
    forth = [page]
    while page.after is not None:
        page = at(Place(page.number + 1, after=page.after))
        forth.append(page)
    met = [row.inspection.dnr for one in forth for row in one.rows]
    assert len(met) == len(set(met)) == CASES
    assert [one.number for one in forth] == [1, 2, 3, 4]
    back = [page]
    while page.before is not None:
        page = at(Place(page.number - 1, before=page.before))
        back.append(page)
    assert [[r.inspection.dnr for r in one.rows] for one in back[::-1]] == [
        [r.inspection.dnr for r in one.rows] for one in forth
    ]
    assert page.number == 1 and page.after is not None
    second = [row.inspection.dnr for row in at(Place(2)).rows]
    assert second == [row.inspection.dnr for row in forth[1].rows]
    assert at(Place(99)).number == 2, "by number as far as is counted"


def test_a_page_begins_from_no_row_that_the_reader_may_not_know_of(db: Session, boss: User) -> None:
    """Where a secret visit stands among others would tell of it (OSL 17 kap. 1 §)."""
    first = search_inspections(db, acting(boss))
    secret = db.get_one(Inspection, first.rows[20].inspection.id)
    stood = search_inspections(db, acting(boss), place=Place(2, after=secret.id))
    assert stood.number == 2
    secret.announced, secret.state, secret.visit_started_at = False, State.PLANNED, None
    db.flush()
    after = search_inspections(db, acting(boss), place=Place(2, after=secret.id))
    assert (
        after.number == 1
        and [r.inspection.dnr for r in after.rows][:5]
        == [r.inspection.dnr for r in first.rows if r.inspection.id != secret.id][:5]
    )


def test_the_page_says_more_than_and_leads_on_from_its_last_row(
    client: Browsing, db: Session, boss: User
) -> None:
    db.commit()
    client.sign_in_as(boss)
    first = client.get("/inspections?state=all&sort=number")
    assert "Fler än 100 inspektioner" in first.text and "Sida 1 av" not in first.text
    (later,) = re.findall(r'rel="next" href="([^"]+)"', first.html)
    later = unescape(later)
    second = client.get(later)
    assert second.status == 200 and "before=" in second.html and "state=all" in later
    assert client.get("/inspections?after=no-id&page=7").status == 200


def test_the_register_is_searched_by_words_as_people_write_them(db: Session) -> None:
    provider = make_provider(db, name="Åkerlunds omsorg AB")
    home = make_home(db, provider=provider, name="Östra vägen")

    def homes(text: str) -> list[object]:
        return [one.id for one in search_homes(db, text, today=NOW.date()).rows]

    for text in ("åkerlunds", "ÖSTRA", "vägen Åkerlunds", "exempelkommun östra"):
        assert homes(text) == [home.id], text
    assert homes("akerlunds") == homes("östra inget") == homes("_stra") == []
    digits = provider.organisation_number.replace("-", "")
    for text in (digits, provider.organisation_number, "östra omsorg"):
        assert [one.id for one in search_providers(db, text).rows] == [provider.id], text
    assert search_providers(db, "östra inget").rows == ()
