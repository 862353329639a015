"""The children come first: the list, the outcomes, the gate to talks with adults, and the way around it."""

from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.services.end_interview import end_interview
from tillsyn.inspect.services.hold_interview import Conditions, find_interview, start_interview
from tillsyn.inspect.services.record_children import (
    add_child,
    confirm_children,
    override_order,
    remove_child,
    set_outcome,
)
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.models.base import new_id
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import AcuteStep, Inspection, Resident
from tillsyn.models.interviews import Interview
from tillsyn.models.vocabulary import ChildOutcome, Informant, ReportedTo, Role, State, TeamRole

REASON = "Föreståndaren reser i kväll och är enda vuxna på plats."


def begin(db: Session, case: Inspection, now: datetime, informant: Informant, **values: object) -> Interview:
    guide = {Informant.CHILD: "young_13_20", Informant.STAFF: "staff", Informant.MANAGER: "manager"}
    talk = start_interview(
        db,
        actor=inspector_of(case),
        inspection=case,
        informant=informant,
        guide=guide.get(informant, "social_worker"),
        now=now,
        **values,  # type: ignore[arg-type]
    )
    return find_interview(db, case, talk.id)


def settle(db: Session, case: Inspection, now: datetime) -> None:
    """Every child has declined, and the list is confirmed."""
    for child in case.residents:
        set_outcome(
            db,
            actor=inspector_of(case),
            inspection=case,
            resident_id=child.id,
            outcome=ChildOutcome.DECLINED,
            now=now,
        )
    confirm_children(db, actor=inspector_of(case), inspection=case, now=now)


def test_children_get_the_next_pseudonym_and_the_list_is_to_be_confirmed_again(db, now):
    case = make_inspection(db, children=2)
    confirm_children(db, actor=inspector_of(case), inspection=case, now=now)
    child = add_child(db, actor=inspector_of(case), inspection=case, now=now)
    assert child.person == "b3"
    assert case.children_confirmed_at is None
    remove_child(db, actor=inspector_of(case), inspection=case, resident_id=child.id, now=now)
    assert [resident.person for resident in case.residents] == ["b1", "b2"]


def test_a_child_of_whom_something_is_recorded_stays(db, now):
    case = make_inspection(db)
    begin(db, case, now, Informant.CHILD, resident_id=case.residents[0].id)
    settled = case.residents[1]
    set_outcome(
        db,
        actor=inspector_of(case),
        inspection=case,
        resident_id=settled.id,
        outcome=ChildOutcome.DECLINED,
        now=now,
    )
    for child in case.residents[:2]:
        with pytest.raises(NotPossibleNow):
            remove_child(db, actor=inspector_of(case), inspection=case, resident_id=child.id, now=now)
    with pytest.raises(NotFound):
        remove_child(db, actor=inspector_of(case), inspection=case, resident_id=uuid4(), now=now)


@pytest.mark.parametrize("outcome", [ChildOutcome.NOT_HEARD_HARM, ChildOutcome.OFFERED_LATER])
def test_some_outcomes_need_a_note_which_is_sealed(db, now, outcome):
    case = make_inspection(db)
    child = case.residents[0]
    with pytest.raises(Invalid) as refused:
        set_outcome(
            db, actor=inspector_of(case), inspection=case, resident_id=child.id, outcome=outcome, now=now
        )
    assert refused.value.values["field"] == "note"
    set_outcome(
        db,
        actor=inspector_of(case),
        inspection=case,
        resident_id=child.id,
        outcome=outcome,
        note="Ringer på torsdag",
        now=now,
    )
    assert child.outcome_note == "Ringer på torsdag"
    assert b"torsdag" not in (child.outcome_note_sealed or b"")


def test_an_outcome_that_somebody_else_set_meanwhile_is_shown_and_not_overwritten(db, now):
    case = make_inspection(db)
    child = case.residents[0]
    first = {"actor": inspector_of(case), "inspection": case, "resident_id": child.id, "now": now}
    set_outcome(db, outcome=ChildOutcome.DECLINED, **first)
    with pytest.raises(Conflict) as late:
        set_outcome(db, outcome=ChildOutcome.TALKED, **first)
    assert late.value.theirs["outcome"] == "declined"
    assert child.outcome is ChildOutcome.DECLINED
    set_outcome(db, outcome=ChildOutcome.TALKED, seen_at=child.outcome_at, **first)
    assert child.outcome is ChildOutcome.TALKED


def test_a_child_who_has_told_something_has_talked(db, now):
    case = make_inspection(db)
    child = case.residents[0]
    talk = begin(db, case, now, Informant.CHILD, resident_id=child.id)
    assert child.outcome is None, "starting never sets an outcome"
    save_statement(
        db,
        actor=inspector_of(case),
        inspection=case,
        source=talk,
        statement_id=new_id(),
        version=0,
        values=StatementValues(text="Det är bra här"),
        now=now,
    )
    end_interview(
        db,
        actor=inspector_of(case),
        inspection=case,
        talk=find_interview(db, case, talk.id),
        read_back=True,
        now=now,
    )
    assert child.outcome is ChildOutcome.TALKED
    with pytest.raises(Invalid):
        set_outcome(
            db,
            actor=inspector_of(case),
            inspection=case,
            resident_id=child.id,
            outcome=ChildOutcome.DECLINED,
            seen_at=child.outcome_at,
            now=now,
        )


@pytest.mark.parametrize("informant", [Informant.STAFF, Informant.MANAGER, Informant.OTHER])
def test_adults_wait_for_every_child(db, now, informant):
    case = make_inspection(db)
    with pytest.raises(NotPossibleNow):
        begin(db, case, now, informant)
    settle(db, case, now)
    talk = begin(db, case, now, informant)
    assert talk.before_children is False


def test_people_are_named_in_order_and_the_same_person_is_one_source(db, now):
    case = make_inspection(db, outcome=ChildOutcome.DECLINED)
    first = begin(db, case, now, Informant.STAFF)
    assert first.person == "p1"
    assert begin(db, case, now, Informant.STAFF).person == "p2"
    assert begin(db, case, now, Informant.MANAGER).person == "l1"
    assert begin(db, case, now, Informant.OTHER).person == "a1"
    with pytest.raises(NotPossibleNow, match="under way"):
        begin(db, case, now, Informant.STAFF, person="p1")
    end_interview(db, actor=inspector_of(case), inspection=case, talk=first, read_back=False, now=now)
    assert begin(db, case, now, Informant.STAFF, person="p1").person == "p1"
    with pytest.raises(Invalid):
        begin(db, case, now, Informant.STAFF, person="l1")


def test_an_override_opens_and_the_talk_says_so(db, now):
    case = make_inspection(db)
    actor = inspector_of(case)
    with pytest.raises(Invalid) as short:
        override_order(db, actor=actor, inspection=case, reason="för kort", now=now)
    assert short.value.values["field"] == "reason"
    override_order(db, actor=actor, inspection=case, reason=REASON, now=now)
    assert begin(db, case, now, Informant.STAFF).before_children is True
    kinds = set(db.scalars(select(Event.kind).where(Event.inspection_id == case.id)))
    assert {EventKind.ORDER_OVERRIDDEN, EventKind.INTERVIEW_STARTED} <= kinds
    with pytest.raises(NotPossibleNow):
        override_order(db, actor=actor, inspection=case, reason=REASON, now=now)


def test_only_the_responsible_inspector_departs_from_the_order(db, now):
    other = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.CO_INSPECTOR: other})
    with pytest.raises(NotAllowed):
        override_order(db, actor=acting(other), inspection=case, reason=REASON, now=now)


def test_the_acute_track_opens_too(db, now):
    case = make_inspection(db)
    case.acute_steps.append(
        AcuteStep(
            inspection_id=case.id, reported_to=ReportedTo.POLICE, at=now, by_id=inspector_of(case).user_id
        )
    )
    assert begin(db, case, now, Informant.STAFF).before_children is True


def test_a_talk_needs_a_child_that_can_be_heard_and_a_guide_of_its_kind(db, now):
    case = make_inspection(db)
    with pytest.raises(Invalid):
        begin(db, case, now, Informant.CHILD)
    with pytest.raises(NotFound):
        begin(db, case, now, Informant.CHILD, resident_id=uuid4())
    child = case.residents[0]
    set_outcome(
        db,
        actor=inspector_of(case),
        inspection=case,
        resident_id=child.id,
        outcome=ChildOutcome.NOT_HEARD_HARM,
        note="Bedömt med socialtjänsten",
        now=now,
    )
    with pytest.raises(NotPossibleNow):
        begin(db, case, now, Informant.CHILD, resident_id=child.id)
    with pytest.raises(Invalid) as wrong:
        start_interview(
            db,
            actor=inspector_of(case),
            inspection=case,
            informant=Informant.CHILD,
            guide="staff",
            resident_id=case.residents[1].id,
            now=now,
        )
    assert wrong.value.values["field"] == "guide"


def test_beginning_twice_with_one_id_makes_one_talk(db, now):
    case = make_inspection(db)
    name, child = new_id(), case.residents[0].id
    one = begin(db, case, now, Informant.CHILD, resident_id=child, interview_id=name)
    two = begin(db, case, now, Informant.CHILD, resident_id=child, interview_id=name)
    assert one.id == two.id == name


def test_a_place_that_is_too_long_is_refused(db, now):
    case = make_inspection(db)
    with pytest.raises(Invalid) as refused:
        begin(
            db,
            case,
            now,
            Informant.CHILD,
            resident_id=case.residents[0].id,
            conditions=Conditions(place="x" * 501),
        )
    assert refused.value.values["num"] == 501


@pytest.mark.parametrize("state", [State.PLANNED, State.PREPARED, State.CLOSED, State.ARCHIVED])
def test_nothing_is_recorded_before_the_visit_or_after_the_end(db, now, state):
    case = make_inspection(db, state=state)
    actor = inspector_of(case)
    with pytest.raises(NotPossibleNow):
        add_child(db, actor=actor, inspection=case, now=now)
    with pytest.raises(NotPossibleNow):
        begin(db, case, now, Informant.CHILD, resident_id=case.residents[0].id)
    with pytest.raises(NotPossibleNow):
        confirm_children(db, actor=actor, inspection=case, now=now)


def test_children_are_talked_with_in_the_follow_up_and_adults_are_not(db, now):
    case = make_inspection(db, state=State.FOLLOW_UP, outcome=ChildOutcome.TALKED)
    assert begin(db, case, now, Informant.CHILD, resident_id=case.residents[0].id).person == "b1"
    with pytest.raises(NotPossibleNow):
        begin(db, case, now, Informant.STAFF)


def test_others_record_nothing(db, now):
    reader = make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, team={TeamRole.DECISION_MAKER: reader})
    with pytest.raises(NotAllowed):
        add_child(db, actor=acting(reader), inspection=case, now=now)
    with pytest.raises(NotAllowed):
        start_interview(
            db,
            actor=acting(reader),
            inspection=case,
            informant=Informant.CHILD,
            guide="young_13_20",
            resident_id=case.residents[0].id,
            now=now,
        )


def test_the_page_takes_a_case_through_the_gate(db, client: Browsing):
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: user}, children=1)
    db.commit()
    client.sign_in_as(user)
    at = f"/inspections/{case.dnr}"
    client.submit(client.get(f"{at}/children"), action="/children/add", status=303)
    db.rollback()
    one, two = db.scalars(select(Resident).order_by(Resident.person)).all()
    page = client.get(f"{at}/children")
    refused = client.submit(page, action=f"{one.id}/outcome", status=422, outcome="offered_later")
    assert "Skriv när och hur" in refused.text
    client.submit(refused, action=f"{one.id}/outcome", status=303, note="Ringer i kväll")
    client.submit(client.get(f"{at}/children"), action=f"{two.id}/outcome", status=303, outcome="declined")
    client.submit(client.get(f"{at}/children"), action="/children/confirm", status=303)
    assert "Samtalen med vuxna är öppna" in client.get(f"{at}/children").text
    begin_staff = client.get(f"{at}/talks/start?informant=staff")
    going = client.submit(begin_staff, action="/start", status=303)
    assert "Samtal med p1" in client.get(going.location or "").text


def test_the_page_overrides_with_a_reason_and_keeps_a_short_one(db, client: Browsing):
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: user})
    db.commit()
    client.sign_in_as(user)
    page = client.get(f"/inspections/{case.dnr}/children")
    refused = client.submit(page, action="/override", status=422, reason="för kort")
    assert "minst 20 tecken" in refused.text
    assert "för kort" in refused.html
    client.submit(refused, action="/override", status=303, reason=REASON)
    assert "Börja ett samtal" in client.get(f"/inspections/{case.dnr}/talks").text


def test_two_outcomes_at_once_are_both_shown(db, client: Browsing, now):
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: user})
    db.commit()
    client.sign_in_as(user)
    child = case.residents[0]
    page = client.get(f"/inspections/{case.dnr}/children")
    set_outcome(
        db,
        actor=acting(user),
        inspection=case,
        resident_id=child.id,
        outcome=ChildOutcome.OFFERED_LATER,
        note="Ringer på fredag",
        now=now,
    )
    db.commit()
    answer = client.submit(
        page, action=f"{child.id}/outcome", status=409, outcome="declined", note="Ville inte"
    )
    assert "Ringer på fredag" in answer.text
    assert "Ville inte" in answer.html
    client.submit(answer, action=f"{child.id}/outcome", status=303)
