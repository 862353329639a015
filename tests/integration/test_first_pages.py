"""What each role meets first: what is missing in the cases, when accounts are due, and figures of the office."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_user
from tests.example_inspection import small_inspection
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.find_next_steps import A_HANDFUL, find_next_steps
from tillsyn.inspect.services.import_inspection import import_inspection
from tillsyn.inspect.services.read_log import whole_log
from tillsyn.inspect.services.start_office import accounts, readings, registry
from tillsyn.inspect.services.start_pages import letters_of_provider
from tillsyn.models.assessments import Finding
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.letters import Letter
from tillsyn.models.vocabulary import FindingKind, Responsible, Role, State, TeamRole


@pytest.mark.parametrize(
    ("language", "missing", "short"),
    [("sv", "4 av 4", "(1 kvar)"), ("en", "4 of 4", "(1 left)")],
)
def test_a_case_that_cannot_go_on_says_what_is_missing(
    db: Session, client: Browsing, language: str, missing: str, short: str
) -> None:
    lead = make_user(db, Role.INSPECTOR, language=language)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead}, state=State.PREPARED)
    db.commit()
    client.sign_in_as(lead)
    assert missing in client.get("/").text
    page = client.get(f"/inspections/{case.dnr}").text
    assert short in page and missing in page


def test_only_a_handful_of_cases_are_asked_for_their_facts(db: Session) -> None:
    lead = make_user(db, Role.INSPECTOR)
    cases = [make_inspection(db, team={TeamRole.INSPECTOR: lead}) for _ in range(A_HANDFUL + 1)]
    assert set(find_next_steps(db, cases, now=NOW)) == {case.id for case in cases[:A_HANDFUL]}
    assert find_next_steps(db, [], now=NOW) == {}


def test_an_imported_case_says_so_and_tells_both_days_of_the_visit(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    data = small_inspection()
    data["visit"] = {"started_at": "2026-02-10T09:00+01:00", "ended_at": "2026-02-11T15:00+01:00"}
    for talk in data["interviews"]:
        talk.update(started_at="2026-02-10T10:00+01:00", ended_at="2026-02-10T10:30+01:00")
    data["checks"].pop()
    case = import_inspection(db, actor=acting(lead), data=data, now=NOW).inspection
    dnr = case.dnr
    for member in case.team:
        if member.user_id == lead.id:
            member.declared_at = NOW
    db.commit()
    client.sign_in_as(lead)
    text = client.get(f"/inspections/{dnr}").text
    assert "10–11 februari 2026" in text
    assert "Inläst från en fil" in text
    assert "har planerats" not in text


def test_the_provider_sees_when_the_first_account_is_due(db: Session) -> None:
    home = make_home(db)
    owner = make_user(db, Role.PROVIDER, provider_id=home.provider_id)
    case = make_inspection(db, home=home, state=State.FOLLOW_UP)
    for number, due in enumerate((date(2026, 6, 1), date(2026, 5, 4))):
        db.add(
            Finding(
                inspection_id=case.id,
                kind=FindingKind.DEFICIENCY,
                requirement=f"K0{number + 1}",
                area="safety",
                level=2,
                responsible=Responsible.PROVIDER,
                title="Brist",
                due_on=due,
                at=NOW,
                position=number,
            )
        )
    lead, boss = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    db.add(
        Letter(
            inspection_id=case.id,
            state=LetterState.SENT,
            author_id=lead.id,
            composed_at=NOW,
            approved_by_id=boss.id,
            approved_at=NOW,
            sent_at=NOW,
        )
    )
    db.flush()
    assert [card.due_on for card in letters_of_provider(db, acting(owner))] == [date(2026, 5, 4)]


def test_the_registrar_learns_of_an_unannounced_visit_when_it_is_over(db: Session) -> None:
    make_inspection(db, announced=False, state=State.PREPARED)
    over = make_inspection(db, announced=False, state=State.WEIGHING)
    told = make_inspection(db, announced=True, state=State.PLANNED)
    held = registry(db, now=NOW)
    assert {number for number, _ in held.new_numbers} == {over.dnr, told.dnr}
    assert held.homes == len(held.new_homes) == 3


def test_the_administrator_sees_open_and_closed_accounts(db: Session) -> None:
    make_user(db, Role.INSPECTOR, name="Ny")
    make_user(db, Role.INSPECTOR, name="Slutat", disabled_at=NOW)
    held = accounts(db)
    assert (held.open, held.closed) == (1, 1)
    assert [user.name for user in held.latest] == ["Ny", "Slutat"]


def test_readings_are_counted_by_swedish_day_and_nights_can_be_sampled(db: Session) -> None:
    reader = make_user(db, Role.INSPECTOR, name="Lisa Läsare")
    cases = [make_inspection(db), make_inspection(db)]
    moments = (
        datetime(2026, 3, 10, 8, tzinfo=UTC),
        datetime(2026, 3, 9, 22, 30, tzinfo=UTC),  # 23.30 in Sweden
        datetime(2026, 3, 10, 5, 30, tzinfo=UTC),  # 06.30: morning
        datetime(2026, 3, 1, 12, tzinfo=UTC),  # more than seven days ago
    )
    for number, at in enumerate(moments):
        kind, case = EventKind.INSPECTION_READ, cases[number % 2]
        db.add(Event(at=at, kind=kind, actor_id=reader.id, inspection_id=case.id, details={}))
    db.flush()
    held = readings(db, now=NOW)
    assert (held.today, held.week, held.all_events) == (2, 3, 3)
    assert [(one.name, one.cases) for one in held.most] == [("Lisa Läsare", 2)]
    nights = whole_log(db, nights=date(2026, 3, 10))
    assert [line.event.at for line in nights.lines] == [moments[1]]


def test_the_log_reviewer_goes_from_the_first_page_to_a_sample_of_nights(
    db: Session, client: Browsing
) -> None:
    reviewer = make_user(db, Role.LOG_REVIEWER)
    case = make_inspection(db)
    now = datetime.now(UTC)
    last_night = (now - timedelta(days=2)).replace(hour=0, minute=30)
    db.add(
        Event(
            at=last_night,
            kind=EventKind.INSPECTION_READ,
            actor_id=reviewer.id,
            inspection_id=case.id,
            details={},
        )
    )
    db.commit()
    client.sign_in_as(reviewer)
    page = client.get("/")
    assert "Stickprov: nätter" in page.text
    address = next(
        link.get("href") for link in page.tree.iter("a") if "hours=night" in (link.get("href") or "")
    )
    assert case.dnr in client.get(address).text
