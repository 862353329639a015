"""Every list that can grow is searched, sorted and cut on the server, and a search tells nothing it should not."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_sent_letter
from tillsyn.inspect.services.list_notices import WantedNotices, list_notices
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.read_letter import list_letters
from tillsyn.inspect.services.register_municipality import homes_in
from tillsyn.inspect.services.search_register import homes_of_provider, search_providers
from tillsyn.inspect.services.see_devices import Show, devices_in_use
from tillsyn.inspect.services.wanted_letters import WantedLetters
from tillsyn.models.decisions import Communication
from tillsyn.models.devices import Device, KeyWay
from tillsyn.models.letter_vocabulary import LetterKind, LetterState
from tillsyn.models.letters import Letter
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.register import Home, Municipality
from tillsyn.models.vocabulary import Role, State


def letter_about(db: Session, sent: SentLetter, home: str, *, days_ago: int, title: str = "") -> Letter:
    """One more letter to the same provider, about another of its homes; the facts came ten days before."""
    other = make_home(db, sent.inspection.home.provider, name=home)
    case = make_inspection(db, state=State.FOLLOW_UP, children=0, home=other, title=title or "Tillsyn")
    letter = Letter(
        inspection_id=case.id, kind=LetterKind.FEEDBACK, state=LetterState.SENT,
        author_id=sent.letter.author_id, composed_at=NOW, submitted_at=NOW, approved_at=NOW,
        approved_by_id=sent.letter.approved_by_id, sent_at=NOW - timedelta(days=days_ago),
    )  # fmt: skip
    facts = Communication(
        inspection_id=case.id, sent_at=NOW - timedelta(days=days_ago + 10), reply_by_on=NOW.date(),
        by_id=sent.letter.author_id,
    )  # fmt: skip
    db.add_all((letter, facts))
    db.flush()
    return letter


def test_a_provider_finds_a_letter_by_home_or_number_and_never_by_what_a_case_is_called(db: Session) -> None:
    sent = make_sent_letter(db)
    asked = letter_about(db, sent, "Åkerlunden", days_ago=30, title="Oro för nattpersonal")
    letter_about(db, sent, "Ängsgården", days_ago=3)
    actor = acting(sent.provider)

    def found(text: str) -> list[str]:
        return [line.home for line in list_letters(db, actor, WantedLetters(text)).rows]

    assert found("") == ["Strandgläntan", "Ängsgården", "Åkerlunden"]
    for text in ("åker", "ÅKERLUNDEN exempelkommun", asked.inspection.dnr, asked.inspection.dnr[-4:]):
        assert found(text) == ["Åkerlunden"], text
    assert found("nattpersonal") == found("aker_") == found("åker%") == found("åker ängs") == []


@pytest.mark.parametrize(
    ("order", "homes"),
    [
        (Order("sent", descending=True), ["Strandgläntan", "Ängsgården", "Åkerlunden"]),
        (Order("sent"), ["Åkerlunden", "Ängsgården", "Strandgläntan"]),
        (Order("home"), ["Strandgläntan", "Åkerlunden", "Ängsgården"]),
    ],
)
def test_a_providers_letters_come_in_the_order_that_is_asked_for(
    db: Session, order: Order, homes: list[str]
) -> None:
    sent = make_sent_letter(db)
    letter_about(db, sent, "Åkerlunden", days_ago=30)
    letter_about(db, sent, "Ängsgården", days_ago=3)
    found = list_letters(db, acting(sent.provider), WantedLetters(order=order))
    assert [line.home for line in found.rows] == homes


def test_the_page_of_letters_asks_for_nothing_of_who_has_few_and_searches_every_list_of_who_has_many(
    db: Session, client: Browsing
) -> None:
    sent = make_sent_letter(db)
    db.commit()
    client.sign_in_as(sent.provider)
    assert "Sök hem" not in client.get("/letters").text
    for number in range(7):
        letter_about(db, sent, f"Hem {number}", days_ago=number + 1)
    db.commit()
    page = client.get("/letters?q=hem+3&sort=home")
    assert "Sök hem, kommun eller diarienummer" in page.text and 'value="hem 3"' in page.html
    assert page.text.count("Hem 3") == 2 and "Hem 4" not in page.text and "Strandgläntan" not in page.text
    nothing = client.get("/letters?q=finns+inte")
    assert "Inget brev stämmer" in nothing.text and "Visa alla brev" in nothing.text
    assert client.get("/letters?sort=secret&q=").text.count("Hem 3") == 2


def test_the_homes_of_a_provider_are_searched_and_sorted(db: Session, client: Browsing) -> None:
    boss, provider = make_user(db, Role.SUPERVISOR), make_provider(db)
    homes = [
        make_home(db, provider, name=name, places=places)
        for name, places in (("Örnen", 3), ("Åkern", 9), ("Zinken", 5))
    ]
    homes[2].municipality = "Alby"
    db.flush()

    def found(text: str, order: str) -> list[str]:
        asked = Order(order.removeprefix("-"), order.startswith("-"))
        return [one.name for one in homes_of_provider(db, provider, text, order=asked, per_page=20).rows]

    assert found("", "name") == ["Zinken", "Åkern", "Örnen"]
    assert found("", "municipality") == ["Zinken", "Åkern", "Örnen"]
    assert found("", "-places") == ["Åkern", "Zinken", "Örnen"]
    assert found("alby", "name") == ["Zinken"] and found("örn exempel", "name") == ["Örnen"]
    db.commit()
    client.sign_in_as(boss)
    page = client.get(f"/providers/{provider.id}?q=örn")
    assert "Örnen" in page.text and "Zinken" not in page.text
    assert "Inget av huvudmannens hem stämmer" in client.get(f"/providers/{provider.id}?q=finns+inte").text


def test_providers_are_sorted_by_name_and_by_number(db: Session, client: Browsing) -> None:
    for name, number in (("Örns omsorg AB", "551111-0000"), ("Åkers omsorg AB", "559999-0000")):
        make_provider(db, name=name, organisation_number=number)

    def found(key: str, *, down: bool = False) -> list[str]:
        rows = search_providers(db, "omsorg", order=Order(key, down)).rows
        return [one.name.split()[0] for one in rows]

    assert found("name") == ["Åkers", "Örns"] == found("name", down=True)[::-1]
    assert found("number") == ["Örns", "Åkers"] == found("number", down=True)[::-1]
    boss = make_user(db, Role.SUPERVISOR)
    db.commit()
    client.sign_in_as(boss)
    page = client.get("/providers?sort=-number&q=omsorg")
    assert page.text.index("Åkers") < page.text.index("Örns") and 'aria-sort="descending"' in page.html


def test_the_homes_of_a_municipality_are_searched_and_sorted(db: Session, client: Browsing) -> None:
    town = Municipality(name="Alby", created_at=NOW)
    db.add(town)
    db.flush()
    for name, company in (("Örnen", "A-omsorg"), ("Åkern", "B-omsorg")):
        home = make_home(db, make_provider(db, name=company), name=name)
        home.municipality_id, home.municipality = town.id, town.name
    db.flush()

    def found(text: str, key: str) -> list[str]:
        return [one.name for one in homes_in(db, town, 1, text, Order(key)).rows]

    assert found("", "home") == ["Åkern", "Örnen"] and found("", "provider") == ["Örnen", "Åkern"]
    assert found("a-omsorg", "home") == ["Örnen"] and found("åker", "home") == ["Åkern"]
    boss = make_user(db, Role.SUPERVISOR)
    db.commit()
    client.sign_in_as(boss)
    assert "Åkern" not in client.get(f"/municipalities/{town.id}?q=örn").text
    assert "Inget hem här stämmer" in client.get(f"/municipalities/{town.id}?q=finns+inte").text


def test_what_is_new_is_chosen_by_kind_and_unread_and_turned_both_ways(db: Session, client: Browsing) -> None:
    person, other = make_user(db, Role.INSPECTOR), make_user(db, Role.INSPECTOR)
    kinds = list(NoticeKind)[:2]
    for number in range(8):
        for user in (person, other):
            db.add(
                Notice(
                    user_id=user.id, kind=kinds[number % 2], at=NOW - timedelta(hours=number),
                    read_at=NOW if number > 3 else None,
                )
            )  # fmt: skip
    db.commit()
    actor = acting(person)
    found = list_notices(db, actor=actor, wanted=WantedNotices(kinds[0], unread=True))
    assert [one.notice.at for one in found.rows] == [NOW, NOW - timedelta(hours=2)] and found.total == 2
    oldest = list_notices(db, actor=actor, order=Order("at"), page=99)
    assert oldest.number == 1 and oldest.total == 8
    assert oldest.rows[0].notice.at == NOW - timedelta(hours=7)
    client.sign_in_as(person)
    page = client.get(f"/notices?kind={kinds[0].value}&unread=1&sort=at")
    assert page.html.count('class="row"') == 2 and "Det äldsta står först" in page.text
    assert page.html.count(f'value="{list(NoticeKind)[5].value}"') == 0, "only what one has been told of"


def test_devices_are_chosen_by_what_they_have_not_sent(db: Session, client: Browsing) -> None:
    boss = make_user(db, Role.SUPERVISOR)
    for number, (unsent, days) in enumerate(((0, 0), (4, 0), (4, 9))):
        seen = NOW - timedelta(days=days)
        db.add(
            Device(
                user_id=make_user(db, Role.INSPECTOR).id, name=f"platta {number}", client="1",
                token_hash=f"{number:032}".encode(), key_way=KeyWay.PASSPHRASE, enrolled_at=seen,
                last_seen_at=seen, unsent=unsent,
            )
        )  # fmt: skip
    db.flush()

    def found(show: Show) -> set[str]:
        return {one.device.name for one in devices_in_use(db, acting(boss), show=show, now=NOW).rows}

    assert found(Show.ALL) == {"platta 0", "platta 1", "platta 2"}
    assert found(Show.UNSENT) == {"platta 1", "platta 2"} and found(Show.SILENT) == {"platta 2"}
    db.commit()
    client.sign_in_as(boss)
    assert "platta 0" not in client.get("/devices?show=unsent&sort=name").text


def test_no_list_of_homes_is_longer_than_its_page(db: Session) -> None:
    provider = make_provider(db)
    for number in range(25):
        make_home(db, provider, name=f"Hem {number:02}")
    pages = [homes_of_provider(db, provider, "", page=page, per_page=20).rows for page in (1, 2, 9)]
    assert [len(rows) for rows in pages] == [20, 5, 5]
    seen: list[Home] = [*pages[0], *pages[1]]
    assert [one.name for one in seen] == [f"Hem {number:02}" for number in range(25)]
