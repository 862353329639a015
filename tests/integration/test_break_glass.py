"""A case is read in need by somebody without a part in it: for hours, with an alarm, a banner and a review."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_ids_of_others import ask, mine
from tests.integration.test_log_of_reading import contents
from tests.rich_account import MARKER
from tests.rich_account import NOW as RICH_NOW
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import Permission, may
from tillsyn.inspect.rules.break_glass import MOST_TRIES, OPEN_FOR
from tillsyn.inspect.services.break_glass import (
    OpeningRefused,
    can_be_opened_by,
    close_opening,
    open_without_part,
)
from tillsyn.inspect.services.find_inspection import find_inspection, list_inspections
from tillsyn.inspect.services.judge_log_sample import judge_log_sample
from tillsyn.inspect.services.see_log_review import see_log_review, see_sample
from tillsyn.inspect.services.staff_inspection import declare_conflict
from tillsyn.models.break_glass import GlassOpening, GlassReason
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.log_review import DrawnFor, LogSample, ReviewOutcome
from tillsyn.models.notices import Notice, NoticeKind, OutgoingMail
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole

WORDS = f"Ett barn har ringt {MARKER} och ingen i teamet svarar."


def opened(db: Session, who: User, dnr: str, **values: object) -> GlassOpening:
    values = {"reason": GlassReason.DANGER, "words": WORDS, "now": NOW} | values
    return open_without_part(db, actor=acting(who), dnr=dnr, **values)  # type: ignore[arg-type]


def test_the_team_supervisors_and_reviewers_of_the_log_are_told_at_once(db: Session) -> None:
    lead, decider = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead, TeamRole.DECISION_MAKER: decider})
    outside, other = make_user(db, Role.INSPECTOR), make_user(db, Role.SUPERVISOR)
    reviewer = make_user(db, Role.LOG_REVIEWER)
    for _again in range(2):
        opening = opened(db, outside, case.dnr)
        close_opening(db, actor=acting(outside), opening_id=opening.id, now=NOW)
    told = db.execute(
        select(Notice.user_id, Notice.inspection_id).where(Notice.kind == NoticeKind.GLASS_BROKEN)
    )
    expected = [(lead.id, case.id), (decider.id, case.id), (other.id, case.id), (reviewer.id, None)] * 2
    assert sorted(map(repr, told)) == sorted(map(repr, expected)), "each opening is an alarm of its own"
    assert {lead.id, decider.id, other.id} <= set(db.scalars(select(OutgoingMail.user_id)))


def test_it_ends_by_time_and_each_opening_waits_for_a_review_by_somebody_else(db: Session) -> None:
    case, outside = make_inspection(db), make_user(db, Role.INSPECTOR, Role.LOG_REVIEWER)
    opening = opened(db, outside, case.dnr)
    assert (opening.ends_at, opening.words) == (NOW + OPEN_FOR, WORDS)
    sample = db.scalars(select(LogSample)).one()
    assert (sample.opening_id, sample.reasons) == (opening.id, [DrawnFor.BREAK_GLASS.value])
    reviewer = make_user(db, Role.LOG_REVIEWER)
    assert see_log_review(db, actor=acting(reviewer), now=NOW).waiting_in_all == 1
    seen = see_sample(db, actor=acting(reviewer), sample=sample)
    assert seen.opening is opening
    assert [line.event.kind for line in seen.lines] == [EventKind.GLASS_BROKEN]

    def judge(who: User, hours: int) -> None:
        judge_log_sample(
            db,
            actor=acting(who),
            sample=sample,
            outcome=ReviewOutcome.NOTHING,
            remark="",
            now=NOW + timedelta(hours=hours),
        )

    with pytest.raises(NotPossibleNow, match="still open"):
        judge(reviewer, 1)
    with pytest.raises(NotAllowed, match="their own"):
        judge(outside, 5)
    judge(reviewer, 5)
    assert see_sample(db, actor=acting(reviewer), sample=sample).is_whole


@pytest.mark.parametrize("column", ["opening_id", "draw_id"])
def test_the_database_itself_refuses_an_opening_that_nobody_reviews(db: Session, column: str) -> None:
    """No sample loses its opening, and none has neither draw nor opening."""
    opened(db, make_user(db, Role.INSPECTOR), make_inspection(db).dnr)
    change = (
        "DELETE FROM glass_openings" if column == "draw_id" else "UPDATE log_samples SET opening_id = NULL"
    )
    with pytest.raises(IntegrityError):
        db.execute(text(change))


def test_who_may_is_one_rule_said_twice(db: Session) -> None:
    """Every role, alone and with an inspecting one, and every standing of a visit: predicate and SQL agree."""
    team = make_user(db, Role.INSPECTOR)
    cases = [
        make_inspection(db, announced=announced, state=state, team={TeamRole.INSPECTOR: team})
        for announced in (True, False)
        for state in (State.PLANNED, State.CHILDREN, State.CLOSED)
    ]
    whole = [find_inspection(db, case.dnr) for case in cases]
    inspecting = {Role.INSPECTOR, Role.SUPERVISOR, Role.PEER_REVIEWER, Role.LAWYER}
    for role in Role:
        for roles in ((role,), (Role.INSPECTOR, role) if role is not Role.INSPECTOR else (role,)):
            actor = acting(make_user(db, *roles))
            allowed = {case.id for case in whole if may(actor, Permission.OPEN_WITHOUT_PART, case)}
            found = set(db.scalars(select(Inspection.id).where(can_be_opened_by(actor))))
            if not may(actor, Permission.BREAK_GLASS):
                assert not allowed
                assert not set(roles) <= inspecting | {Role.LOG_REVIEWER} or role is Role.LOG_REVIEWER
                with pytest.raises(NotAllowed):
                    open_without_part(
                        db, actor=actor, dnr=cases[0].dnr, reason=GlassReason.DUTY, words=WORDS, now=NOW
                    )
            else:
                assert allowed == found, roles
                assert len(found) == 5, "all but the secret visit"
    assert not any(may(acting(team), Permission.OPEN_WITHOUT_PART, case) for case in whole)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.REGISTRAR, Role.METHOD_OWNER, Role.PROVIDER, Role.HOME_MANAGER]
)
def test_never_who_manages_accounts_or_stands_outside_whatever_other_role_they_have(
    db: Session, role: Role
) -> None:
    actor = acting(make_user(db, Role.INSPECTOR, Role.SUPERVISOR, role))
    assert not may(actor, Permission.BREAK_GLASS)


def test_every_number_that_cannot_be_opened_is_answered_alike_and_few_can_be_tried(db: Session) -> None:
    outside = make_user(db, Role.INSPECTOR)
    own = make_inspection(db, team={TeamRole.INSPECTOR: outside}).dnr
    secret = make_inspection(db, announced=False, state=State.PLANNED).dnr
    left = make_inspection(
        db, team={TeamRole.LAWYER: outside, TeamRole.INSPECTOR: make_user(db, Role.INSPECTOR)}
    )
    declare_conflict(
        db, actor=acting(outside), inspection=left, has_conflict=True, note="Min syster bor där.", now=NOW
    )
    left.team.remove(next(one for one in left.team if one.user_id == outside.id))
    db.flush()
    said = set()
    for dnr in (own, secret, left.dnr, "2026-99999", "%"):
        with pytest.raises(OpeningRefused) as refused:
            opened(db, outside, dnr)
        said.add((refused.value.reason, repr(refused.value.values)))
    assert len(said) == 1
    assert MOST_TRIES == 5
    with pytest.raises(NotPossibleNow, match="Too many"):
        opened(db, outside, make_inspection(db).dnr)
    later = NOW + timedelta(hours=2)
    opened(db, outside, make_inspection(db).dnr, now=later)
    tried = db.scalars(select(Event).where(Event.kind == EventKind.GLASS_REFUSED)).all()
    assert [(one.actor_id, one.inspection_id, one.details) for one in tried] == [(outside.id, None, {})] * 5


@pytest.mark.parametrize("words", ["", "bråttom", " " * 40, "x" * 2001])
def test_a_reason_in_words_is_demanded(db: Session, words: str) -> None:
    with pytest.raises(Invalid, match="own words"):
        opened(db, make_user(db, Role.INSPECTOR), make_inspection(db).dnr, words=words)


def test_it_lists_nothing_and_closes_when_they_get_a_part(db: Session) -> None:
    outside, case = make_user(db, Role.LAWYER), make_inspection(db)
    opened(db, outside, case.dnr)
    assert list_inspections(db, acting(outside)) == []
    with pytest.raises(NotPossibleNow, match="already"):
        opened(db, outside, case.dnr)
    db.add(TeamMember(inspection_id=case.id, user_id=outside.id, name="L", role=TeamRole.LAWYER, position=9))
    db.flush()
    whole = find_inspection(db, case.dnr)
    actor = acting(outside)
    assert not may(actor, Permission.READ_INSPECTION, whole), "not declared yet"


def test_only_who_opened_it_or_leads_the_case_closes_it(db: Session) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead})
    outside, other = make_user(db, Role.INSPECTOR), make_user(db, Role.INSPECTOR)
    opening = opened(db, outside, case.dnr)
    with pytest.raises(NotFound):
        close_opening(db, actor=acting(other), opening_id=opening.id, now=NOW)
    close_opening(db, actor=acting(lead), opening_id=opening.id, now=NOW + timedelta(minutes=3))
    assert not opening.is_open(NOW + timedelta(minutes=4))
    with pytest.raises(NotPossibleNow):
        close_opening(db, actor=acting(lead), opening_id=opening.id, now=NOW + timedelta(minutes=5))


WHO = "peer_reviewer_outside"
BANNER = "Du läser ärendet utan del i det"
SEEN_BY_THE_TEAM = "läser ärendet utan del i det"


def break_glass(rich: RichSite, who: str = WHO) -> str:
    dnr = rich.made.cases[FULLEST]
    rich.as_(who).post("/break-glass", dnr=dnr, reason="danger", words=WORDS, status=303)
    return dnr


def test_every_page_of_the_case_is_read_with_a_banner_and_marked_and_none_is_written(rich: RichSite) -> None:
    dnr = break_glass(rich)
    with rich.db() as db:
        opening = db.scalars(select(GlassOpening).order_by(GlassOpening.id.desc())).first()
        assert opening is not None
        known = set(db.scalars(select(Event.id)))
    read, without_banner, unmarked = set(), [], []
    for rule in rich.rules("GET"):
        if "dnr" not in rule.arguments:
            continue
        answer = rich.as_(WHO).http.get(str(rich.address(rule)))
        with rich.db() as db:
            new = [one for one in db.scalars(select(Event)) if one.id not in known]
        known |= {one.id for one in new}
        assert answer.status_code in (200, 302, 303, 403, 404, 409), (rule.endpoint, answer.status_code)
        if answer.status_code != 200:
            assert new == [] or answer.status_code in (302, 303), rule.endpoint
            continue
        read.add(rule.endpoint)
        whole_page = answer.mimetype == "text/html" and b'class="case-head"' in answer.data
        if whole_page and BANNER not in answer.get_data(as_text=True):
            without_banner.append(rule.endpoint)
        if [one.details["opening"] for one in new if one.kind is EventKind.INSPECTION_READ] != [
            str(opening.id)
        ]:
            unmarked.append(rule.endpoint)
    assert {"cases.overview", "cases.plan", "talks.talks", "weighing.areas", "cases.log"} <= read
    assert not without_banner
    assert not unmarked
    with rich.db() as db:
        before = contents(db)
    for method in ("POST", "PUT"):
        for rule in rich.rules(method):
            if "dnr" in rule.arguments:
                status = ask(rich, method, rule, mine(rich, rule), WHO)[0]
                assert status in (400, 403, 404), (rule.endpoint, status)
    with rich.db() as db:
        assert contents(db) == before
    assert SEEN_BY_THE_TEAM in rich.as_("leader").get(f"/inspections/{dnr}").text
    assert SEEN_BY_THE_TEAM not in rich.as_("leader").get(f"/inspections/{rich.made.cases['planned']}").text


def test_it_is_over_after_four_hours_and_nothing_else_was_opened(rich: RichSite) -> None:
    dnr = break_glass(rich)
    rich.as_(WHO).get(f"/inspections/{dnr}")
    others = [number for number in rich.made.cases.values() if number != dnr]
    for number in others:
        rich.as_(WHO).get(f"/inspections/{number}", status=404)
    assert dnr not in rich.as_(WHO).get("/inspections").text
    for other in ("lawyer_outside", "inspector_outside", "administrator"):
        rich.as_(other).get(f"/inspections/{dnr}", status=404)
    with rich.db() as db:  # a session would not live so long
        opening = db.scalars(select(GlassOpening).order_by(GlassOpening.id.desc())).first()
        assert opening is not None
        assert opening.ends_at == RICH_NOW + OPEN_FOR
        opening.opened_at, opening.ends_at = RICH_NOW - OPEN_FOR, RICH_NOW
        db.commit()
    rich.as_(WHO).get(f"/inspections/{dnr}", status=404)
    assert SEEN_BY_THE_TEAM not in rich.as_("leader").get(f"/inspections/{dnr}").text


def test_the_page_answers_wrong_numbers_alike_and_keeps_what_was_typed(rich: RichSite) -> None:
    said = set()
    with rich.db() as db:
        secret = make_inspection(db, announced=False, state=State.PLANNED, dnr="2026-77777").dnr
        db.commit()
    for dnr in ("2026-99999", secret):
        page = rich.as_(WHO).post("/break-glass", dnr=dnr, reason="duty", words=WORDS, status=422)
        assert WORDS in page.html
        said.add(page.text.replace(dnr, "…"))
    assert len(said) == 1
    with rich.db() as db:
        tries = db.scalars(select(Event.actor_id).where(Event.kind == EventKind.GLASS_REFUSED)).all()
    assert tries == [rich.made.people[WHO]] * 2, "a try is remembered though it was refused"
