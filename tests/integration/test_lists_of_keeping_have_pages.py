"""Rules, proposals, holds, packages and the cases of a rule, however many: searched, sorted, cut, and honestly counted."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services import find_disposable as finding
from tillsyn.inspect.services import turn_pages
from tillsyn.inspect.services.find_disposable import (
    WantedDue,
    count_disposable,
    find_disposable,
    list_disposable,
)
from tillsyn.inspect.services.list_retention import (
    DisposalStep,
    cases_of_disposal,
    list_disposals,
    list_holds,
    list_packages,
    list_rules,
)
from tillsyn.inspect.services.long_lists import PER_PAGE, Order
from tillsyn.inspect.services.propose_disposal import propose_disposal
from tillsyn.inspect.services.turn_pages import Place
from tillsyn.inspect.web import paging, retention_pages
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.retention import (
    ArchivePackage,
    CountedFrom,
    Disposal,
    DisposalCase,
    HoldKind,
    LeftBecause,
    LegalHold,
    RecordType,
    RetentionRule,
)
from tillsyn.models.vocabulary import Role, State

LONG_AGO = NOW - timedelta(days=6 * 366)
MANY = PER_PAGE + 3


@pytest.fixture
def keeper(db: Session) -> User:
    return make_user(db, Role.REGISTRAR)


def rule(db: Session, keeper: User, number: str = "RA-MS 2026:7", **values: object) -> RetentionRule:
    given = {
        "decision_number": number, "decided_on": NOW.date(), "record_type": RecordType.CASE,
        "counted_from": CountedFrom.CLOSED, "years": 5, "after_archiving": False, "entered_at": NOW,
        "entered_by_id": keeper.id,
    } | values  # fmt: skip
    made = RetentionRule(**given)
    db.add(made)
    db.flush()
    return made


def old_cases(db: Session, number: int) -> list[Inspection]:
    """So many, the first closed first."""
    home, made = make_home(db), []
    for place in range(number):
        case = make_inspection(db, state=State.CLOSED, children=0, home=home)
        case.state_since = LONG_AGO + timedelta(hours=place)
        made.append(case)
    db.flush()
    return made


def hold(db: Session, keeper: User, case: Inspection, days_ago: int = 1) -> LegalHold:
    made = LegalHold(
        inspection_id=case.id,
        kind=HoldKind.OTHER,
        placed_at=NOW - timedelta(days=days_ago),
        placed_by_id=keeper.id,
    )
    made.reason = "Målet prövas i kammarrätten."
    db.add(made)
    db.flush()
    return made


def actor(keeper: User) -> Actor:
    return acting(keeper)


def test_old_cases_that_stay_hide_none_that_may_go(
    db: Session, keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proposal takes the first that may go, however many before them are held."""
    monkeypatch.setattr(finding, "AT_A_TIME", 2)
    cases = old_cases(db, 6)
    for case in cases[:3]:
        hold(db, keeper, case)
    made = rule(db, keeper)
    assert [one.left for one in find_disposable(db, made, now=NOW)] == [LeftBecause.HELD] * 2
    disposal = propose_disposal(db, actor=actor(keeper), rule_id=made.id, now=NOW)
    db.expire_all()
    ids = {one.inspection_id for one in cases_of_disposal(db, disposal).rows}
    assert ids == {one.id for one in cases[3:5]}
    assert count_disposable(db, made, now=NOW) == 1


def test_what_may_go_and_what_stays_are_told_apart_in_the_database_as_the_rule_does(
    db: Session, keeper: User
) -> None:
    cases = old_cases(db, 4)
    hold(db, keeper, cases[0])
    db.add(
        ArchivePackage(
            inspection_id=cases[1].id, made_at=NOW, made_by_id=keeper.id, manifest_sha256="a" * 64, files=1,
            taken_over_at=NOW, taken_over_by_id=keeper.id,
        )
    )  # fmt: skip
    db.flush()
    for after_archiving, number in ((False, "RA-MS 2026:1"), (True, "RA-MS 2026:2")):
        made = rule(db, keeper, number, after_archiving=after_archiving)
        every = find_disposable(db, made, now=NOW)
        assert len(every) == 4
        for free in (True, False):
            found = find_disposable(db, made, now=NOW, wanted=WantedDue(free))
            assert found == [one for one in every if (one.left is None) is free]
        assert count_disposable(db, made, now=NOW) == sum(one.left is None for one in every)


@pytest.mark.parametrize("order", [Order("closed"), Order("closed", True), Order("number")])
def test_cases_of_a_rule_have_pages_that_meet_each_once(
    db: Session, keeper: User, monkeypatch: pytest.MonkeyPatch, order: Order
) -> None:
    monkeypatch.setattr(turn_pages, "COUNTED", 60)
    cases, made = old_cases(db, 2 * PER_PAGE + 9), rule(db, keeper)
    page = list_disposable(db, made, now=NOW, wanted=WantedDue(order=order))
    met, numbers = list(page.rows), [page.number]
    while page.after is not None:
        place = Place(page.number + 1, after=page.after)
        page = list_disposable(db, made, now=NOW, wanted=WantedDue(order=order), place=place)
        met += page.rows
        numbers.append(page.number)
    assert len({one.dnr for one in met}) == len(cases) == len(met) and numbers == [1, 2, 3]
    keys = [one.dnr if order.key == "number" else one.closed_on for one in met]
    assert keys == sorted(keys, reverse=order.descending)  # type: ignore[type-var]
    one = cases[7].dnr
    assert [x.dnr for x in list_disposable(db, made, now=NOW, wanted=WantedDue(text=one)).rows] == [one]


def test_the_last_day_of_a_year_is_counted_as_the_rule_says(db: Session, keeper: User) -> None:
    (case,) = old_cases(db, 1)
    case.state_since = NOW.replace(year=NOW.year - 6, month=12, day=30)
    made = rule(db, keeper, counted_from=CountedFrom.END_OF_YEAR)
    newyear = NOW.replace(year=NOW.year, month=1, day=1)
    assert find_disposable(db, made, now=newyear - timedelta(days=1)) == []
    (found,) = find_disposable(db, made, now=newyear)
    assert found.due_on == date(NOW.year, 1, 1)


def test_a_rule_says_how_many_may_go_and_how_many_one_proposal_takes(
    db: Session, client: Browsing, keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (turn_pages, paging, retention_pages):
        monkeypatch.setattr(module, "COUNTED", 20)
    monkeypatch.setattr(finding, "AT_A_TIME", 10)
    monkeypatch.setattr(retention_pages, "AT_A_TIME", 10)
    cases, made = old_cases(db, MANY), rule(db, keeper)
    hold(db, keeper, cases[0])
    db.commit()
    client.sign_in_as(keeper)
    page = client.get(f"/retention/rules/{made.id}")
    assert "Fler än 20 ärenden får gallras i dag" in page.text
    assert "Ett förslag tar de 10 som avslutades först" in page.text
    assert "Föreslå att 10 ärenden gallras" in page.text and 'rel="next"' in page.html
    kept = client.get(f"/retention/rules/{made.id}?show=kept")
    assert cases[0].dnr in kept.text and cases[1].dnr not in kept.text
    nothing = client.get(f"/retention/rules/{made.id}?q=finns-inte")
    assert "Inget ärende stämmer" in nothing.text and "Visa alla ärenden" in nothing.text


def test_lists_of_keeping_are_searched_sorted_and_cut(db: Session, keeper: User) -> None:
    for number in range(MANY):
        rule(db, keeper, f"RA-MS 2026:{number:03}", years=number % 7 + 1,
             ended_at=NOW if number == 0 else None, ended_by_id=keeper.id if number == 0 else None)  # fmt: skip
    first, second = list_rules(db), list_rules(db, page=2)
    assert (len(first.rows), len(second.rows), first.total) == (PER_PAGE, 3, MANY)
    assert second.rows[-1].ended_at is not None, "what has ended stands last"
    assert [one.decision_number for one in list_rules(db, text="026:011").rows] == ["RA-MS 2026:011"]
    assert list_rules(db, in_force=False).total == 1 and list_rules(db, in_force=True).total == MANY - 1
    years = [one.years for one in list_rules(db, order=Order("years", True), in_force=True).rows]
    assert years == sorted(years, reverse=True)
    cases = old_cases(db, MANY)
    for number, case in enumerate(cases):
        hold(db, keeper, case, days_ago=number)
        db.add(
            ArchivePackage(
                inspection_id=case.id, made_at=NOW - timedelta(days=number), made_by_id=keeper.id,
                manifest_sha256="a" * 64, files=1,
            )
        )  # fmt: skip
    db.flush()
    for listed in (list_holds, list_packages):
        pages = [listed(db, page=number) for number in (1, 2)]
        assert [len(one.rows) for one in pages] == [PER_PAGE, 3] and pages[0].total == MANY
        assert pages[0].rows[0].inspection_id == cases[0].id, "the latest first"
        assert listed(db, page=99).number == 2
        assert [one.inspection_id for one in listed(db, text=cases[9].dnr).rows] == [cases[9].id]
        by_number = [one.inspection.dnr for one in listed(db, order=Order("number")).rows]
        assert by_number == sorted(by_number)
    assert list_holds(db, text="kammarrätten").total == 0, "never by what is sealed"


def test_proposals_are_found_by_decision_by_case_and_by_how_far_they_have_come(
    db: Session, keeper: User
) -> None:
    boss = make_user(db, Role.SUPERVISOR)
    made, other = rule(db, keeper, "RA-MS 2026:1"), rule(db, keeper, "RA-MS 2025:9")
    cases = old_cases(db, 4)
    steps = {
        DisposalStep.WAITS: {},
        DisposalStep.APPROVED: {"approved_at": NOW, "approved_by_id": boss.id},
        DisposalStep.DONE: {"approved_at": NOW, "approved_by_id": boss.id, "done_at": NOW},
        DisposalStep.WITHDRAWN: {"withdrawn_at": NOW, "withdrawn_by_id": boss.id},
    }
    found = {}
    for number, (step, values) in enumerate(steps.items()):
        one = Disposal(
            rule_id=(other if step is DisposalStep.DONE else made).id, proposed_by_id=keeper.id,
            proposed_at=NOW - timedelta(days=number), counts={}, **values,
        )  # fmt: skip
        db.add(one)
        db.flush()
        db.add(DisposalCase(
            disposal_id=one.id, inspection_id=cases[number].id, closed_on=LONG_AGO.date(), due_on=NOW.date(), counts={},
        ))  # fmt: skip
        found[step] = one.id
    db.flush()
    assert [line.disposal.id for line in list_disposals(db).rows] == list(found.values())
    assert [line.cases for line in list_disposals(db).rows] == [1] * 4
    for step, id in found.items():
        assert [line.disposal.id for line in list_disposals(db, step=step).rows] == [id]
    assert [line.disposal.id for line in list_disposals(db, text="2025:9").rows] == [found[DisposalStep.DONE]]
    assert [line.disposal.id for line in list_disposals(db, text=cases[1].dnr).rows] == [
        found[DisposalStep.APPROVED]
    ]


def test_the_pages_lead_from_the_few_to_all_and_say_what_to_do_when_nothing_matches(
    db: Session, client: Browsing, keeper: User
) -> None:
    for number in range(12):
        rule(db, keeper, f"RA-MS 2026:{number:03}")
    cases = old_cases(db, PER_PAGE + 1)
    for case in cases:
        hold(db, keeper, case)
    db.commit()
    client.sign_in_as(keeper)
    overview = client.get("/retention")
    assert "Sök bland alla 12 regler" in overview.text and "RA-MS 2026:011" not in overview.text
    rules = client.get("/retention/rules?sort=-number")
    assert "12 regler" in rules.text and rules.text.index("2026:011") < rules.text.index("2026:000")
    assert "Ingen regel stämmer" in client.get("/retention/rules?q=finns-inte").text
    assert "Inget har föreslagits" in client.get("/retention/disposals").text
    assert "Ingen gallring stämmer" in client.get("/retention/disposals?q=x&show=waits").text
    assert "Inget paket väntar" in client.get("/retention/packages").text
    holds = client.get("/retention/holds")
    assert "Sida 1 av 2" in holds.text and f"{PER_PAGE + 1} ärenden har gallringsstopp" in holds.text
    assert (
        "Inget ärende med gallringsstopp har det numret" in client.get("/retention/holds?q=finns-inte").text
    )
