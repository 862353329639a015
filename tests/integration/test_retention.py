"""Nothing is disposed of without a rule, a second person and an end to what stands in the way."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import Actor, Permission, may
from tillsyn.inspect.services.carry_out_disposal import carry_out_next
from tillsyn.inspect.services.find_disposable import find_disposable
from tillsyn.inspect.services.find_inspection import find_inspection, list_inspections
from tillsyn.inspect.services.hold_case import lift_hold, place_hold
from tillsyn.inspect.services.keep_rules import end_rule, enter_rule
from tillsyn.inspect.services.list_retention import list_holds
from tillsyn.inspect.services.propose_disposal import (
    approve_disposal,
    find_disposal,
    propose_disposal,
    withdraw_disposal,
)
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection, Resident
from tillsyn.models.interviews import Evidence
from tillsyn.models.letters import Measure
from tillsyn.models.people import SignInSession
from tillsyn.models.retention import (
    ArchivePackage,
    CountedFrom,
    Disposal,
    HoldKind,
    LeftBecause,
    RecordType,
    RetentionRule,
)
from tillsyn.models.sign_in import WayIn
from tillsyn.models.surveys import Survey, SurveyCode
from tillsyn.models.uploads import Upload, UploadPart
from tillsyn.models.vocabulary import EvidenceKind, MediaType, Role, State, TeamRole

LONG_AGO = NOW - timedelta(days=6 * 366)
REASON = "Barnets ombud har väckt talan i förvaltningsrätten."


def registrar(db: Session) -> Actor:
    return acting(make_user(db, Role.REGISTRAR))


def supervisor(db: Session) -> Actor:
    return acting(make_user(db, Role.SUPERVISOR))


def rule_by(db: Session, actor: Actor, **values: object) -> RetentionRule:
    given = {
        "decision_number": "RA-MS 2026:7", "decided_on": NOW.date(), "record_type": RecordType.CASE,
        "counted_from": CountedFrom.CLOSED, "years": 5, "after_archiving": False, "now": NOW,
    } | values  # fmt: skip
    return enter_rule(db, actor=actor, **given)  # type: ignore[arg-type]


def closed_case(db: Session, at: datetime = LONG_AGO, **values: object) -> Inspection:
    case = make_inspection(db, state=State.CLOSED, **values)  # type: ignore[arg-type]
    case.state_since = at
    db.flush()
    return case


def job(db: Session) -> int:
    steps = 0
    while carry_out_next(db, now=NOW):
        steps += 1
    return steps


def test_a_case_goes_when_one_has_proposed_and_another_approved(db: Session) -> None:
    one, two = registrar(db), supervisor(db)
    case, young = closed_case(db), closed_case(db, NOW - timedelta(days=30))
    rule = rule_by(db, one)
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    assert job(db) == 0, "nobody has approved it"
    approve_disposal(db, actor=two, disposal_id=disposal.id, now=NOW)
    assert job(db) == 2
    with pytest.raises(NotFound):
        find_inspection(db, case.dnr)
    assert find_inspection(db, young.dnr).residents
    assert case.id not in {seen.id for seen in list_inspections(db, two)}
    entry = db.scalars(select(Inspection).where(Inspection.id == case.id)).one()
    assert (entry.dnr, entry.title, entry.disposed_at) == (case.dnr, case.title, NOW)
    assert db.scalar(select(func.count()).where(Resident.inspection_id == case.id)) == 0
    receipt = find_disposal(db, disposal.id)
    assert receipt.done_at == NOW
    assert (receipt.proposed_by_id, receipt.approved_by_id) == (one.user_id, two.user_id)
    assert [row.counts for row in receipt.cases] == [{"team_members": 1, "residents": 3}]
    kinds = [event.kind.value for event in db.scalars(select(Event).order_by(Event.id))]
    assert [kind for kind in kinds if kind != "case_key_destroyed"][-5:] == [
        "retention_rule_entered", "disposal_proposed", "disposal_approved", "case_disposed", "disposal_done",
    ]  # fmt: skip


def test_nobody_approves_their_own_proposal_nor_does_the_database_let_them(db: Session) -> None:
    one, two = supervisor(db), supervisor(db)
    closed_case(db)
    rule = rule_by(db, registrar(db))
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    with pytest.raises(NotAllowed, match="yourself"):
        approve_disposal(db, actor=one, disposal_id=disposal.id, now=NOW)
    with pytest.raises(NotAllowed):
        approve_disposal(db, actor=registrar(db), disposal_id=disposal.id, now=NOW)
    approve_disposal(db, actor=two, disposal_id=disposal.id, now=NOW)
    with pytest.raises(NotPossibleNow):
        withdraw_disposal(db, actor=two, disposal_id=disposal.id, now=NOW)
    db.flush()
    with pytest.raises(IntegrityError):
        db.execute(text("UPDATE disposals SET approved_by_id = proposed_by_id"))


def test_without_a_rule_in_force_nothing_is_proposed(db: Session) -> None:
    one = registrar(db)
    closed_case(db)
    rule = rule_by(db, one)
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    with pytest.raises(NotPossibleNow, match="not done"):
        end_rule(db, actor=one, rule_id=rule.id, now=NOW)
    withdraw_disposal(db, actor=one, disposal_id=disposal.id, now=NOW)
    assert job(db) == 0
    end_rule(db, actor=one, rule_id=rule.id, now=NOW)
    with pytest.raises(NotPossibleNow, match="ended"):
        propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    assert find_disposable(db, rule, now=NOW) == ()


def test_a_held_case_stays_even_when_the_hold_comes_after_the_approval(db: Session) -> None:
    one, two = registrar(db), supervisor(db)
    case, other = closed_case(db), closed_case(db)
    rule = rule_by(db, one)
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    approve_disposal(db, actor=two, disposal_id=disposal.id, now=NOW)
    hold = place_hold(db, actor=one, dnr=case.dnr, reason=REASON, now=NOW)
    job(db)
    left = {row.inspection_id: row.left_because for row in find_disposal(db, disposal.id).cases}
    assert left == {case.id: LeftBecause.HELD, other.id: None}
    assert find_inspection(db, case.dnr).residents
    with pytest.raises(NotAllowed, match="another"):
        lift_hold(db, actor=one, hold_id=hold.id, now=NOW)
    lift_hold(db, actor=two, hold_id=hold.id, now=NOW)
    assert list_holds(db).rows == ()
    (found,) = find_disposable(db, rule, now=NOW)
    assert (found.dnr, found.left) == (case.dnr, None)


def test_what_stands_in_the_way_is_told_case_by_case(db: Session) -> None:
    one = registrar(db)
    held, free = closed_case(db), closed_case(db)
    make_inspection(db, state=State.FOLLOW_UP).state_since = LONG_AGO
    place_hold(db, actor=one, dnr=held.dnr, reason=REASON, now=NOW)
    rule = rule_by(db, one)
    db.flush()
    told = {found.dnr: found.left for found in find_disposable(db, rule, now=NOW)}
    assert told == {held.dnr: LeftBecause.HELD, free.dnr: None}
    propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    told = {found.dnr: found.left for found in find_disposable(db, rule, now=NOW)}
    assert told == {held.dnr: LeftBecause.HELD, free.dnr: LeftBecause.PROPOSED}
    with pytest.raises(NotPossibleNow, match="no case"):
        propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)


def test_what_is_open_in_one_case_keeps_no_other(db: Session) -> None:
    one = registrar(db)
    followed_up = make_sent_letter(db)
    measure = Measure(
        letter_id=followed_up.letter.id, finding_id=followed_up.deficiency.id, due_on=NOW.date(),
        proposed_at=NOW, by_id=followed_up.decider.id, description="Larm på dörrarna.", owner="Chefen",
    )  # fmt: skip
    db.add(measure)
    db.flush()
    free = closed_case(db)
    rule = rule_by(db, one)
    assert {found.dnr: found.left for found in find_disposable(db, rule, now=NOW)} == {free.dnr: None}
    followed_up.inspection.state, followed_up.inspection.state_since = State.CLOSED, LONG_AGO
    db.flush()
    told = {found.dnr: found.left for found in find_disposable(db, rule, now=NOW)}
    assert told == {free.dnr: None, followed_up.inspection.dnr: LeftBecause.MEASURE_OPEN}


def test_a_case_with_an_appealed_decision_stays_until_another_notes_that_the_court_is_done(
    db: Session,
) -> None:
    one, two, case = registrar(db), supervisor(db), closed_case(db)
    hold = place_hold(db, actor=one, dnr=case.dnr, reason=REASON, kind=HoldKind.APPEAL, now=NOW)
    rule = rule_by(db, one)
    assert [found.left for found in find_disposable(db, rule, now=NOW)] == [LeftBecause.APPEALED]
    with pytest.raises(NotPossibleNow, match="no case"):
        propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    lift_hold(db, actor=two, hold_id=hold.id, now=NOW)
    assert [found.left for found in find_disposable(db, rule, now=NOW)] == [None]


def test_a_rule_about_recordings_takes_the_sound_and_leaves_the_case(db: Session) -> None:
    one, two, case = registrar(db), supervisor(db), closed_case(db)
    evidence = Evidence(inspection_id=case.id, kind=EvidenceKind.DOCUMENT, person="d1", title="Rutin")
    db.add(evidence)
    db.flush()
    for kind in (MediaType.WEBM, MediaType.PDF):
        upload = Upload(
            inspection_id=case.id, evidence_id=evidence.id, media_type=kind, title="Fil", size=3, parts=1,
            sha256="a" * 64, made_at=NOW, described_at=NOW,
        )  # fmt: skip
        db.add(upload)
        db.flush()
        part = UploadPart(upload_id=upload.id, n=1, sha256="a" * 64, size=3, received_at=NOW)
        part.keep(b"abc")
        db.add(part)
    db.flush()
    rule = rule_by(db, one, record_type=RecordType.RECORDINGS)
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    approve_disposal(db, actor=two, disposal_id=disposal.id, now=NOW)
    assert job(db) == 2
    assert find_disposal(db, disposal.id).cases[0].counts == {"uploads": 1, "upload_parts": 1}
    assert [one.media_type for one in db.scalars(select(Upload))] == [MediaType.PDF]
    assert find_inspection(db, case.dnr).disposed_at is None
    assert list(find_disposable(db, rule, now=NOW)) == [], "nothing is left of that kind"
    kinds = set(db.scalars(select(Event.kind)))
    assert EventKind.PART_DISPOSED in kinds
    assert EventKind.CASE_DISPOSED not in kinds


def test_a_rule_about_working_material_waits_for_notes_that_nobody_has_taken_in(db: Session) -> None:
    one, case = registrar(db), closed_case(db)
    survey = Survey(
        inspection_id=case.id, content={}, version="1", children=3, opens_on=NOW.date(), closes_on=NOW.date(),
        opened_at=NOW, by_id=one.user_id,
    )  # fmt: skip
    db.add(survey)
    db.flush()
    db.add(SurveyCode(survey_id=survey.id, code_hash=b"k" * 32))
    rule = rule_by(db, one, record_type=RecordType.WORKING)
    assert [found.left for found in find_disposable(db, rule, now=NOW)] == [None]
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    approve_disposal(db, actor=supervisor(db), disposal_id=disposal.id, now=NOW)
    assert job(db) == 2
    assert db.scalar(select(func.count()).select_from(SurveyCode)) == 0
    assert db.scalar(select(func.count()).select_from(Survey)) == 1


def test_what_is_of_no_case_goes_under_a_rule_of_its_own(db: Session) -> None:
    one, two = registrar(db), supervisor(db)
    for days in (900, 10):
        seen = NOW - timedelta(days=days)
        db.add(
            SignInSession(
                token_hash=days.to_bytes(32), user_id=one.user_id, created_at=seen, last_seen_at=seen,
                proved_at=seen, way=WayIn.PASSWORD,
            )
        )  # fmt: skip
    with pytest.raises(Invalid, match="had served"):
        rule_by(db, one, record_type=RecordType.SIGN_INS)
    with pytest.raises(Invalid, match="of a case"):
        rule_by(db, one, counted_from=CountedFrom.SERVED)
    with pytest.raises(Invalid, match="cases only"):
        rule_by(
            db, one, record_type=RecordType.SIGN_INS, counted_from=CountedFrom.SERVED, after_archiving=True
        )
    rule = rule_by(db, one, record_type=RecordType.SIGN_INS, counted_from=CountedFrom.SERVED, years=2)
    disposal = propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    with pytest.raises(NotPossibleNow, match="not done"):
        propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)
    with pytest.raises(NotAllowed):
        approve_disposal(db, actor=one, disposal_id=disposal.id, now=NOW)
    approve_disposal(db, actor=two, disposal_id=disposal.id, now=NOW)
    assert job(db) == 1
    assert disposal.counts == {"sign_in_sessions": 1}
    assert db.scalar(select(func.count()).select_from(SignInSession)) == 1
    with pytest.raises(NotPossibleNow, match="nothing"):
        propose_disposal(db, actor=one, rule_id=rule.id, now=NOW)


def test_a_rule_may_wait_until_the_e_archive_has_the_case(db: Session) -> None:
    one, case = registrar(db), closed_case(db)
    rule = rule_by(db, one, after_archiving=True)
    package = ArchivePackage(inspection_id=case.id, made_at=NOW, manifest_sha256="0" * 64, files=3)
    db.add(package)
    db.flush()
    (found,) = find_disposable(db, rule, now=NOW)
    assert found.left is LeftBecause.NOT_ARCHIVED
    package.taken_over_at, package.taken_over_by_id = NOW, one.user_id
    db.flush()
    (found,) = find_disposable(db, rule, now=NOW)
    assert found.left is None


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("decision_number", {"decision_number": " x "}),
        ("decided_on", {"decided_on": NOW.date() + timedelta(days=2)}),
        ("years", {"years": 0}),
        ("years", {"years": 201}),
        ("decision_number", {"decision_number": "RA-MS  2026:7"}),
    ],
)
def test_a_rule_without_a_decision_behind_it_is_refused(
    db: Session, field: str, values: dict[str, object]
) -> None:
    one = registrar(db)
    rule_by(db, one)
    with pytest.raises(Invalid) as refused:
        rule_by(db, one, **({"decision_number": "RA-MS 2026:8"} | values))
    assert refused.value.values["field"] == field


def test_a_hold_needs_a_reason_and_a_case_that_one_may_know_of(db: Session) -> None:
    one = registrar(db)
    secret = make_inspection(db, state=State.PLANNED, announced=False)
    open_ = make_inspection(db)
    for dnr, reason in ((open_.dnr, "kort"), (secret.dnr, REASON), ("2026-99999", REASON)):
        with pytest.raises(Invalid):
            place_hold(db, actor=one, dnr=dnr, reason=reason, now=NOW)
    hold = place_hold(db, actor=one, dnr=open_.dnr, reason=REASON, now=NOW)
    db.flush()
    assert REASON.encode() not in (hold.reason_sealed or b"")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INSPECTOR, Role.LOG_REVIEWER, Role.METHOD_OWNER])
def test_others_neither_see_nor_decide_what_is_disposed_of(db: Session, role: Role) -> None:
    actor = acting(make_user(db, role))
    assert not any(may(actor, one) for one in (Permission.SEE_RETENTION, Permission.APPROVE_DISPOSAL))
    disposal = Disposal(id=rule_by(db, registrar(db)).id, proposed_at=NOW, proposed_by_id=actor.user_id)
    refused: tuple[Callable[[], object], ...] = (
        lambda: rule_by(db, actor, decision_number="RA-MS 2026:9"),
        lambda: propose_disposal(db, actor=actor, rule_id=disposal.id, now=NOW),
        lambda: approve_disposal(db, actor=actor, disposal_id=disposal.id, now=NOW),
        lambda: place_hold(db, actor=actor, dnr="2026-1", reason=REASON, now=NOW),
    )
    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()


def test_the_leader_of_a_case_and_its_decision_maker_may_archive_it_and_the_registrar_not(
    db: Session,
) -> None:
    leader, decider = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: leader, TeamRole.DECISION_MAKER: decider})
    may_archive = {
        user: may(user, Permission.ARCHIVE_CASE, case)
        for user in (acting(leader), acting(decider), registrar(db), supervisor(db))
    }
    assert list(may_archive.values()) == [True, True, False, False]
