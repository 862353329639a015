"""Long lists: sorted, searched and paged in the database, and cheap however long they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.list_inspections import SORTED, Whose, search_inspections
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.manage_users import search_users
from tillsyn.inspect.services.read_log import whole_log
from tillsyn.inspect.services.start_pages import SHOWN, case_work
from tillsyn.inspect.services.turn_pages import Place
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import TeamMember
from tillsyn.models.vocabulary import Role, State, TeamRole


@contextmanager
def counting(db: Session) -> Iterator[list[str]]:
    """The questions that are asked inside."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        if "SELECT" in str(arguments[2]):
            asked.append(str(arguments[2]))

    engine = db.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_inspections_are_sorted_both_ways_and_in_swedish_order(db: Session) -> None:
    boss = make_user(db, Role.SUPERVISOR)
    for days, name in enumerate(("Örnen", "åkern", "Zinken", "Ängen")):
        make_inspection(
            db, home=make_home(db, name=name), planned_on=(NOW + timedelta(days=9 - days)).date(), children=0
        )

    def homes(key: str, *, down: bool = False) -> list[str]:
        found = search_inspections(db, acting(boss), order=Order(key, down))
        return [row.inspection.home.name for row in found.rows]

    assert homes("home") == ["Zinken", "åkern", "Ängen", "Örnen"] == homes("home", down=True)[::-1]
    assert homes("visit") == ["Ängen", "Zinken", "åkern", "Örnen"]
    for key in SORTED:
        assert sorted(homes(key)) == sorted(homes(key, down=True)) and len(homes(key)) == 4


def test_a_search_finds_every_word_in_the_case_or_its_home_whatever_the_case_of_letters(db: Session) -> None:
    boss = acting(make_user(db, Role.SUPERVISOR))
    wanted = make_inspection(
        db, home=make_home(db, name="HVB Åkerlunden"), title="Tillsyn av natten", children=0
    )
    make_inspection(db, home=make_home(db, name="HVB Akerlunden"), children=0)

    def found(text: str) -> list[str]:
        return [row.inspection.dnr for row in search_inspections(db, boss, text=text, state="all").rows]

    for text in ("åker", "ÅKERLUNDEN hvb", wanted.dnr, "NATTEN", "exempelkommun åker"):
        assert found(text) == [wanted.dnr], text
    assert found("åker%") == found("_ker") == found("natten hvb åker") == []


def test_pages_hold_each_row_once_and_a_page_beyond_the_last_is_the_last(db: Session) -> None:
    boss = acting(make_user(db, Role.SUPERVISOR))
    lead = make_user(db, Role.INSPECTOR)
    home = make_home(db)
    made = {
        make_inspection(db, team={TeamRole.INSPECTOR: lead}, home=home, children=0).dnr for _ in range(53)
    }
    for key in SORTED:
        pages = [search_inspections(db, boss, order=Order(key), place=Place(number)) for number in (1, 2)]
        seen = [row.inspection.dnr for page in pages for row in page.rows]
        assert len(seen) == 53 and set(seen) == made
        assert search_inspections(db, boss, place=Place(99)).number == 2
    with counting(db) as asked:
        search_inspections(db, boss)
    assert len(asked) <= 8, "\n".join(asked)


def test_what_is_to_be_staffed_and_what_is_ones_own_can_be_chosen(db: Session) -> None:
    boss = make_user(db, Role.SUPERVISOR)
    mine = make_inspection(db, team={TeamRole.DECISION_MAKER: boss}, children=0)
    without = make_inspection(db, children=0)
    conflicted = make_inspection(
        db, team={TeamRole.DECISION_MAKER: make_user(db, Role.SUPERVISOR)}, children=0
    )
    db.add(
        TeamMember(
            inspection_id=conflicted.id, user_id=boss.id, name=boss.name, role=TeamRole.LAWYER, position=9,
            has_conflict=True, declared_at=NOW,
        )
    )  # fmt: skip
    db.flush()

    def listed(whose: Whose) -> set[str]:
        return {row.inspection.dnr for row in search_inspections(db, acting(boss), whose=whose).rows}

    assert listed(Whose.MINE) == {mine.dnr}
    assert listed(Whose.UNSTAFFED) == {without.dnr}
    assert listed(Whose.ALL) == {mine.dnr, without.dnr}
    work = case_work(db, acting(boss), now=NOW)
    assert [one.dnr for one in work.to_staff] == [without.dnr] and work.per_state == {State.CHILDREN: 2}


def test_a_first_page_shows_some_of_many_and_the_way_to_all(db: Session, client: Browsing) -> None:
    boss, lead, home = make_user(db, Role.SUPERVISOR), make_user(db, Role.INSPECTOR), make_home(db)
    for _ in range(SHOWN + 3):
        make_inspection(db, team={TeamRole.INSPECTOR: lead}, home=home, children=0)
    db.commit()
    client.sign_in_as(boss)
    page = client.get("/")
    assert f"Visa alla {SHOWN + 3}" in page.text
    assert client.get("/inspections?whose=unstaffed").text.count(home.name) >= SHOWN + 3
    client.sign_in_as(lead)
    assert f"Visa alla {SHOWN + 3}" in client.get("/").text
    with counting(db) as few:
        case_work(db, acting(lead), now=NOW)
    for _ in range(20):
        make_inspection(db, team={TeamRole.INSPECTOR: lead}, home=home, children=0)
    with counting(db) as many:
        case_work(db, acting(lead), now=NOW)
    assert len(many) == len(few)


def test_the_log_is_turned_event_by_event_and_none_is_shown_twice_or_left_out(db: Session) -> None:
    for number in range(120):
        db.add(Event(at=NOW - timedelta(minutes=number // 3), kind=EventKind.SIGNED_IN, details={}))
    db.flush()
    seen, page = [], whole_log(db)
    while True:
        seen += [line.event.id for line in page.lines]
        if not page.older:
            break
        page = whole_log(db, older_than=seen[-1], page=page.number + 1)
    assert len(seen) == len(set(seen)) == page.total == 120 and page.number == 3
    back = whole_log(db, newer_than=seen[100], page=2)
    assert [line.event.id for line in back.lines] == seen[50:100] and back.newer and back.older
    assert not whole_log(db, newer_than=seen[50]).newer


@pytest.mark.parametrize("order", ["name", "-name", "email", "since"])
def test_accounts_are_searched_and_sorted(db: Session, order: str) -> None:
    for name in ("Åsa Öberg", "Bo Ek", "Örjan Alm"):
        make_user(db, Role.INSPECTOR, name=name)
    make_user(db, Role.REGISTRAR, name="Ada Ek")
    found = search_users(db, order=Order(order.removeprefix("-"), order.startswith("-")))
    assert found.total == 4
    if order == "name":
        assert [one.name for one in found.rows] == ["Ada Ek", "Bo Ek", "Åsa Öberg", "Örjan Alm"]
    assert {one.name for one in search_users(db, text="EK").rows} == {"Ada Ek", "Bo Ek"}
    assert {one.name for one in search_users(db, text="ek", role=Role.REGISTRAR).rows} == {"Ada Ek"}


def test_a_name_is_sought_in_the_accounts_without_standing_in_an_address(
    db: Session, client: Browsing
) -> None:
    make_user(db, Role.INSPECTOR, name="Åsa Öberg")
    admin = make_user(db, Role.ADMINISTRATOR)
    db.commit()
    client.sign_in_as(admin)
    found = client.submit(client.get("/accounts"), action="/accounts/search", status=200, q="öberg")
    assert "Åsa Öberg" in found.text and "1 konto" in found.text and "öberg" not in found.address
    nobody = client.submit(client.get("/accounts"), action="/accounts/search", status=200, q="finns inte")
    assert "Inget konto matchar" in nobody.text
    assert "Åsa Öberg" not in client.get("/accounts?role=lawyer").text
    for wrong in ("role=x", "sort=password_hash", "sort=-", "page=-1", "page=9999999"):
        assert client.get(f"/accounts?{wrong}").status == 200
