"""What to visit: the yearly duty, every reason in words, the same for list and filter, and nothing secret."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed
from tillsyn.inspect.rules.lines_of_enquiry import OwnArea
from tillsyn.inspect.rules.visit_reasons import FROM_THE_START, Weighed
from tillsyn.inspect.rules.yearly_duty import DutyState
from tillsyn.inspect.services.choose_visits import HomeToVisit, Wanted, list_homes_to_visit
from tillsyn.inspect.services.find_visit_reasons import Asking
from tillsyn.inspect.services.gather_enquiry import seal_areas
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.register_signal import register_signal, set_signal_aside
from tillsyn.inspect.services.weigh_reasons import list_weightings, weigh_reasons, weighting_in_force
from tillsyn.models.assessments import Finding
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection, SelfAssessment
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.letter_vocabulary import LetterKind, LetterState
from tillsyn.models.letters import Letter
from tillsyn.models.people import User
from tillsyn.models.planning import Signal
from tillsyn.models.planning_words import SignalKind, VisitReason, Weight
from tillsyn.models.register import Home
from tillsyn.models.vocabulary import (
    FindingKind,
    Informant,
    OwnPicture,
    Resolution,
    Role,
    State,
    TeamRole,
    Wish,
)

TODAY = NOW.date()
BY_NAME = Order("home")
EVERYTHING = Wanted()


@pytest.fixture
def inspector(db: Session) -> User:
    return make_user(db, Role.INSPECTOR)


def asked(db: Session, user: User, wanted: Wanted = EVERYTHING, **changed: Weighed) -> list[HomeToVisit]:
    weights = {**FROM_THE_START, **{VisitReason(name): weighed for name, weighed in changed.items()}}
    asking = Asking(acting(user), weights, NOW)
    return list(list_homes_to_visit(db, asking, wanted, order=BY_NAME).rows)


def reasons_of(db: Session, user: User, home: Home) -> set[VisitReason]:
    return {one.reason for line in asked(db, user) if line.home.id == home.id for one in line.reasons}


def signal(db: Session, home: Home, kind: SignalKind, on: date = TODAY, by: User | None = None) -> Signal:
    actor = acting(by or make_user(db, Role.REGISTRAR))
    return register_signal(
        db, actor=actor, home=home, kind=kind, came_on=on, subject="Bemanning på natten", text="Hemligt.", now=NOW
    )  # fmt: skip


def case_of(db: Session, home: Home, *, state: State, days_ago: int | None, **values: object) -> Inspection:
    """A case whose visit began so many days ago; None: not begun."""
    started = None if days_ago is None else NOW - timedelta(days=days_ago)
    return make_inspection(db, home=home, state=state, visit_started_at=started, **values)


def grave(db: Session, home: Home, user: User, *, resolution: Resolution | None = None) -> Inspection:
    case = case_of(db, home, state=State.CLOSED, days_ago=100)
    talk = Interview(
        inspection_id=case.id, resident_id=case.residents[0].id, informant=Informant.CHILD, person="b1",
        started_at=NOW, by_id=user.id,
    )  # fmt: skip
    db.add(talk)
    db.flush()
    told = Statement(
        inspection_id=case.id, interview_id=talk.id, label="u1", severity=3, resolution=resolution,
        wish=Wish.NOT_AT_ALL, recorded_at=NOW, changed_at=NOW, theme="bemotande", own_words=True, prompted=False, important=False,
    )  # fmt: skip
    told.text = "Något allvarligt."
    db.add(told)
    db.flush()
    return case


def deficiency(db: Session, home: Home, user: User) -> None:
    case = case_of(db, home, state=State.FOLLOW_UP, days_ago=100)
    db.add(
        Letter(
            inspection_id=case.id, kind=LetterKind.FEEDBACK, state=LetterState.SENT, sent_at=NOW,
            author_id=make_user(db, Role.INSPECTOR).id, approved_by_id=user.id, composed_at=NOW,
        )
    )  # fmt: skip
    db.add(
        Finding(
            inspection_id=case.id, kind=FindingKind.DEFICIENCY, area="TRY", requirement="K10", level=3,
            title="En brist", at=NOW, due_on=TODAY,
        )
    )  # fmt: skip
    db.flush()


def own_picture(db: Session, home: Home) -> None:
    case = case_of(db, home, state=State.PREPARED, days_ago=None)
    written = SelfAssessment(inspection_id=case.id, strengths=[], worries=["Nätterna"], sent_at=NOW)
    seal_areas(written, {"TRY": OwnArea(OwnPicture.POORLY), "BEM": OwnArea(OwnPicture.WELL)})
    db.add(written)
    db.flush()


MADE = {
    VisitReason.LONG_AGO: lambda db, home, user: setattr(home, "opened_on", date(2020, 1, 1)),
    VisitReason.GRAVE_ACCOUNT: grave,
    VisitReason.OPEN_DEFICIENCIES: deficiency,
    VisitReason.TIP: lambda db, home, user: signal(db, home, SignalKind.TIP),
    VisitReason.LEX_SARAH: lambda db, home, user: signal(db, home, SignalKind.LEX_SARAH),
    VisitReason.MANAGER_CHANGED: lambda db, home, user: signal(db, home, SignalKind.MANAGER_CHANGED),
    VisitReason.SELF_ASSESSMENT: lambda db, home, user: own_picture(db, home),
}
"""How each reason comes about; a survey's is made in test_survey_pages.py's way below."""


@pytest.mark.parametrize("reason", MADE)
def test_each_reason_is_found_said_and_filtered_by(db: Session, inspector: User, reason: VisitReason) -> None:
    make_home(db, name="En annan")
    home = make_home(db, name="Hemmet")
    assert reasons_of(db, inspector, home) == set()
    MADE[reason](db, home, inspector)
    db.flush()
    db.expire_all()
    assert reasons_of(db, inspector, home) == {reason}
    found = asked(db, inspector, Wanted(reason=reason))
    assert [line.home.name for line in found] == ["Hemmet"]
    uncounted = Weighed(Weight.UNCOUNTED, 12)
    assert asked(db, inspector, Wanted(reason=reason), **{reason.value: uncounted}) == []
    assert not any(line.reasons for line in asked(db, inspector, **{reason.value: uncounted}))


def test_a_tip_speaks_until_a_visit_begins_or_it_is_set_aside(db: Session, inspector: User) -> None:
    home, other = make_home(db), make_home(db)
    signal(db, home, SignalKind.TIP, TODAY - timedelta(days=3))
    kept = signal(db, other, SignalKind.TIP)
    assert reasons_of(db, inspector, home) == reasons_of(db, inspector, other) == {VisitReason.TIP}
    case_of(db, home, state=State.CHILDREN, days_ago=1)
    set_signal_aside(
        db, actor=acting(inspector), signal=kept, reason="Samma sak som ett annat ärende.", now=NOW
    )
    db.flush()
    db.expire_all()
    assert home.last_visit_on == TODAY - timedelta(days=1)
    assert reasons_of(db, inspector, home) == reasons_of(db, inspector, other) == set()


def test_a_refuted_account_speaks_for_nothing(db: Session, inspector: User) -> None:
    home = make_home(db)
    grave(db, home, inspector, resolution=Resolution.REFUTED)
    assert reasons_of(db, inspector, home) == set()


def test_fl_17_a_case_in_which_one_has_a_conflict_of_interest_says_nothing(
    db: Session, inspector: User
) -> None:
    home = make_home(db)
    case = grave(db, home, inspector)
    assert reasons_of(db, inspector, home) == {VisitReason.GRAVE_ACCOUNT}
    case.team[0].has_conflict = True
    db.flush()
    assert reasons_of(db, db.get_one(User, case.team[0].user_id), home) == set()


def test_osl_17_1_an_unannounced_visit_is_planned_in_nobodys_list_but_its_teams(db: Session) -> None:
    home = make_home(db)
    leader, supervisor = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    outside = [make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)]
    case_of(
        db, home, state=State.PLANNED, days_ago=None, announced=False,
        team={TeamRole.INSPECTOR: leader, TeamRole.DECISION_MAKER: supervisor},
    )  # fmt: skip
    for user in (leader, supervisor):
        assert [len(line.planned) for line in asked(db, user)] == [1]
        assert asked(db, user, Wanted(planned=False)) == []
    for user in outside:
        assert [len(line.planned) for line in asked(db, user)] == [0]
        assert asked(db, user, Wanted(planned=True)) == []
        assert len(asked(db, user, Wanted(planned=False))) == 1


@pytest.mark.parametrize("state", DutyState)
def test_sof_16_1_list_and_filter_agree_on_the_duty(db: Session, inspector: User, state: DutyState) -> None:
    for number, days in enumerate((10, 275, 276, 364, 365, 366, 800)):
        make_home(db, name=f"Hem {number}", last_visit_on=TODAY - timedelta(days=days))
    make_home(db, name="Skolan", kind="grundskola", last_visit_on=date(2019, 1, 1))
    make_home(
        db,
        name="Nedlagt",
        last_visit_on=date(2019, 1, 1),
        opened_on=date(2010, 1, 1),
        closed_on=date(2020, 1, 1),
    )
    said = {line.home.name for line in asked(db, inspector) if line.duty and line.duty.state is state}
    assert said
    assert {line.home.name for line in asked(db, inspector, Wanted(duty=state))} == said


def test_only_those_who_plan_are_told(db: Session) -> None:
    with pytest.raises(NotAllowed):
        asked(db, make_user(db, Role.REGISTRAR))


def test_the_weights_are_versioned_with_who_and_why(db: Session) -> None:
    supervisor, inspector = make_user(db, Role.SUPERVISOR), make_user(db, Role.INSPECTOR)
    changed = {**FROM_THE_START, VisitReason.TIP: Weighed(Weight.STRONG, 24)}
    why = "Tips har visat sig stämma oftare än vi trodde."

    def weigh(user: User, made_from: int = 0, why: str = why, weights: object = changed) -> None:
        weigh_reasons(db, actor=acting(user), weighting=weights, why=why, made_from=made_from, now=NOW)  # type: ignore[arg-type]

    with pytest.raises(NotAllowed):
        weigh(inspector)
    with pytest.raises(Invalid):
        weigh(supervisor, why="Kort.")
    with pytest.raises(Invalid):
        weigh(supervisor, weights=FROM_THE_START)
    with pytest.raises(Invalid):
        weigh(supervisor, weights={**changed, VisitReason.TIP: Weighed(Weight.STRONG, 0)})
    weigh(supervisor)
    with pytest.raises(Conflict):
        weigh(supervisor, weights=FROM_THE_START)
    held = weighting_in_force(db)
    assert (held.number, held.by, held.why) == (1, supervisor.name, why)
    assert dict(held.weighting) == changed
    assert [version.number for version in list_weightings(db)] == [1, 0]


def test_weights_are_set_on_their_page_and_what_was_typed_stays(db: Session, client: Browsing) -> None:
    supervisor = make_user(db, Role.SUPERVISOR)
    db.commit()
    client.sign_in_as(supervisor)
    page = client.get("/what-to-visit/weights")
    page = client.submit(page, status=422, **{"tip-months": "24", "why": "Kort."})
    assert 'value="24"' in page.html
    client.submit(page, status=303, why="Tips har visat sig stämma oftare än vi trodde.")
    assert supervisor.name in client.get("/what-to-visit/weights").text


@pytest.mark.parametrize(
    ("language", "says"), [("sv", "Ett tips eller klagomål kom in"), ("en", "A tip or complaint came")]
)
def test_from_a_reason_to_a_plan(
    db: Session, client: Browsing, inspector: User, language: str, says: str
) -> None:
    home = make_home(db, name="Eken")
    signal(db, home, SignalKind.TIP)
    db.commit()
    client.sign_in_as(inspector)
    client.speak(language)
    assert says in client.get("/what-to-visit?reason=tip").text
    assert says in client.get(f"/plan-inspection?home={home.id}").text


def test_the_text_of_a_tip_is_sealed_read_by_those_who_plan_and_each_reading_is_logged(
    db: Session, client: Browsing, inspector: User
) -> None:
    home, registrar = make_home(db), make_user(db, Role.REGISTRAR)
    kept = signal(db, home, SignalKind.TIP, by=registrar)
    db.commit()
    assert b"Hemligt" not in (kept.text_sealed or b"")
    client.sign_in_as(registrar)
    assert "Hemligt" not in client.get(f"/homes/{home.id}").text
    client.get(f"/signals/{kept.id}", status=404)
    client.sign_in_as(inspector)
    page = client.get(f"/signals/{kept.id}")
    assert "Hemligt." in page.text
    read = [e for e in db.scalars(select(Event)) if e.kind is EventKind.SIGNAL_READ]
    details = {"signal": str(kept.id), "home": str(home.id)}
    assert [(e.actor_id, e.details) for e in read] == [(inspector.id, details)]
    page = client.submit(page, status=422, reason="Kort.")
    client.submit(page, status=303, reason="Uppgiften gällde ett annat hem.")
    assert "lagt åt sidan" in client.get(f"/homes/{home.id}").text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"came_on": TODAY + timedelta(days=1)}, "came_on"),
        ({"text": "x" * 20_001}, "text"),
    ],
)
def test_what_cannot_be_registered_is_told_at_its_field(
    db: Session, values: dict[str, object], field: str
) -> None:
    given = {"kind": SignalKind.TIP, "came_on": TODAY, "subject": "Bemanning", "text": ""} | values
    with pytest.raises(Invalid) as refused:
        register_signal(db, actor=acting(make_user(db, Role.REGISTRAR)), home=make_home(db), now=NOW, **given)  # type: ignore[arg-type]
    assert refused.value.values["field"] == field
