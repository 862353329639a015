"""What can grow on a page is shown some at a time, with the way to the rest."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.outside import clock
from tillsyn.inspect.services.list_inspections import search_inspections
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.services.read_letter import LETTERS_A_PAGE, list_letters
from tillsyn.inspect.services.start_pages import SHOWN
from tillsyn.inspect.web.register import HOMES_A_PAGE
from tillsyn.models.inspections import StateChange
from tillsyn.models.letters import Letter
from tillsyn.models.vocabulary import Role, State, TeamRole


def test_the_queue_of_decisions_has_pages_and_counts_all_that_waits(db: Session, client: Browsing) -> None:
    boss = make_user(db, Role.SUPERVISOR)
    for number in range(SHOWN + 2):
        make_inspection(
            db,
            state=State.DECISION,
            children=0,
            home=make_home(db, name=f"Kö {number}"),
            team={TeamRole.DECISION_MAKER: boss},
        )
    db.commit()
    client.sign_in_as(boss)
    first, second = client.get("/"), client.get("/?page=2")
    assert f"{SHOWN + 2} saker väntar på dig" in first.text and f"{SHOWN + 2} saker" in second.text
    rows = [page.html.count('queue__row"') for page in (first, second)]
    assert rows == [SHOWN, 2]
    assert "Sida 1 av 2" in first.text and client.get("/?page=9").html.count('queue__row"') == 2


def test_the_first_page_of_who_decides_has_the_lead_times_of_the_unit(db: Session, client: Browsing) -> None:
    boss, other = make_user(db, Role.SUPERVISOR), make_user(db, Role.SUPERVISOR)
    now = clock.now()
    for days in (1, 2, 3, 10, 40):
        case = make_inspection(db, state=State.DOCUMENTS, children=0, team={TeamRole.DECISION_MAKER: boss})
        case.state_since = now - timedelta(days=1)
        db.add(
            StateChange(
                inspection_id=case.id,
                from_state=State.OTHER_TALKS,
                to_state=State.DOCUMENTS,
                began_at=case.state_since - timedelta(days=days),
                at=case.state_since,
            )
        )
    db.commit()
    client.sign_in_as(boss)
    assert "hälften inom 3 dagar, nio av tio inom 40" in client.get("/").text
    client.sign_in_as(other)
    assert "hälften inom" not in client.get("/").text


def test_a_step_keeps_since_when_the_case_stood_in_it(db: Session) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, state=State.PLANNED, children=0, team={TeamRole.INSPECTOR: lead})
    later = NOW + timedelta(days=3)
    move_inspection(db, actor=acting(lead), inspection=case, to=State.PREPARED, now=later)
    db.flush()
    step = db.scalars(select(StateChange)).one()
    assert (step.began_at, step.at, case.state_since) == (NOW, later, later)


def test_letters_to_a_provider_come_some_at_a_time(db: Session, client: Browsing) -> None:
    sent = make_sent_letter(db)
    for number in range(LETTERS_A_PAGE):
        case = make_inspection(db, state=State.FOLLOW_UP, children=0, home=sent.inspection.home)
        db.add(
            Letter(
                inspection_id=case.id,
                kind=sent.letter.kind,
                state=sent.letter.state,
                author_id=sent.letter.author_id,
                composed_at=NOW,
                submitted_at=NOW,
                approved_at=NOW,
                approved_by_id=sent.letter.approved_by_id,
                sent_at=sent.letter.sent_at - timedelta(days=number + 1),
            )
        )
    db.commit()
    provider = acting(sent.provider)
    first, second = list_letters(db, provider), list_letters(db, provider, page=2)
    assert [len(page.rows) for page in (first, second)] == [LETTERS_A_PAGE, 1]
    assert len({line.letter.id for line in (*first.rows, *second.rows)}) == first.total == LETTERS_A_PAGE + 1
    client.sign_in_as(sent.provider)
    assert sent.address in client.get("/letters").html
    assert sent.address not in client.get("/letters?page=2").html
    assert "Sida 2 av 2" in client.get("/letters?page=7").text


def test_the_homes_of_a_provider_come_some_at_a_time(db: Session, client: Browsing) -> None:
    boss, provider = make_user(db, Role.SUPERVISOR), make_provider(db)
    homes = [make_home(db, provider, name=f"Hem {number:02}") for number in range(HOMES_A_PAGE + 1)]
    db.commit()
    client.sign_in_as(boss)
    first, second = (client.get(f"/providers/{provider.id}?page={number}").text for number in (1, 2))
    assert homes[0].name in first and homes[-1].name not in first
    assert homes[-1].name in second and homes[0].name not in second


def test_a_search_that_finds_few_is_in_the_order_asked_for(db: Session) -> None:
    boss = acting(make_user(db, Role.SUPERVISOR))
    for name in ("Åkern 2", "Björken", "Åkern 1", "Åkern 3"):
        make_inspection(db, home=make_home(db, name=name), children=0)
    for down in (False, True):
        found = search_inspections(db, boss, text="åker", order=Order("home", down))
        names = [row.inspection.home.name for row in found.rows]
        assert names == sorted(names, reverse=down) and len(names) == 3
