"""Review of who has read what: drawn from the log, looked at by another, signed once, and the signature checked."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.test_log_of_reading import READINGS
from tillsyn.inspect.errors import Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.services.draw_log_samples import OF_NO_CASE, READ, draw_log_samples
from tillsyn.inspect.services.judge_log_sample import MOST_CHARACTERS, judge_log_sample
from tillsyn.inspect.services.register_signal import register_signal
from tillsyn.inspect.services.see_log_review import see_log_review, see_sample
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.log_review import DrawnFor, LogDraw, LogSample, ReviewOutcome
from tillsyn.models.people import User
from tillsyn.models.planning_words import SignalKind
from tillsyn.models.sealed import installed_cipher
from tillsyn.models.vocabulary import Role, State, TeamRole

YESTERDAY = NOW.date() - timedelta(days=1)


def read(db: Session, who: User, case: Inspection | None, hours_ago: int = 24) -> None:
    kind = EventKind.INSPECTION_READ if case else EventKind.LOG_READ
    db.add(
        Event(
            at=NOW - timedelta(hours=hours_ago),
            kind=kind,
            actor_id=who.id,
            inspection_id=case.id if case else None,
            details={"page": "talks.talks" if case else "1"},
        )
    )
    db.flush()


def drawn_by(db: Session, who: User, first: date = YESTERDAY, last: date = YESTERDAY) -> LogDraw:
    return draw_log_samples(db, actor=acting(who), first=first, last=last, chance=Random(1), now=NOW)  # noqa: S311


def samples(db: Session) -> dict[str, LogSample]:
    names = dict(db.execute(select(User.id, User.name)).all())  # type: ignore[arg-type]
    return {names[one.actor_id]: one for one in db.scalars(select(LogSample))}


def test_readings_are_drawn_with_why_and_not_drawn_twice(db: Session) -> None:
    reviewer, colleague = (
        make_user(db, Role.LOG_REVIEWER, name="Lova Logg"),
        make_user(db, Role.LOG_REVIEWER, name="Lo"),
    )
    provider = make_provider(db)
    home = make_home(db, provider)
    lead = make_user(db, Role.INSPECTOR, name="Anna Ek")
    relative = make_user(db, Role.INSPECTOR, name="Bo Lind")
    make_user(db, Role.PROVIDER, name="Dag Lind", provider_id=provider.id)
    make_user(db, Role.HOME_MANAGER, name="Eva Berg", home_id=home.id)
    in_law = make_user(db, Role.SUPERVISOR, name="Ulla Berg")
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead}, home=home)
    read(db, lead, case)
    read(db, relative, case, hours_ago=34)
    read(db, in_law, case)
    read(db, colleague, None)
    read(db, reviewer, None)
    made = drawn_by(db, reviewer)
    found = samples(db)
    assert found.keys() == {"Anna Ek", "Bo Lind", "Ulla Berg", "Lo"}
    assert DrawnFor.SAME_NAME in found["Ulla Berg"].reasons, "the home's manager is known to somebody too"
    assert set(found["Anna Ek"].reasons) == {DrawnFor.RANDOM}
    assert set(found["Bo Lind"].reasons) - {DrawnFor.RANDOM} == {
        DrawnFor.SAME_NAME, DrawnFor.NOT_IN_TEAM, DrawnFor.NIGHT,
    }  # fmt: skip
    assert set(found["Lo"].reasons) - {DrawnFor.RANDOM} == {DrawnFor.LOG_REVIEWER}
    assert (made.readings, made.found[DrawnFor.NIGHT]) == (4, 1)
    with pytest.raises(NotPossibleNow):
        drawn_by(db, reviewer)
    drawn_by(db, colleague)  # finds what the first has read themselves
    assert samples(db).keys() == {"Anna Ek", "Bo Lind", "Ulla Berg", "Lo", "Lova Logg"}
    told = db.scalars(select(Event).where(Event.kind == EventKind.LOG_DRAWN)).all()
    assert [one.details["number"] for one in told] == [4, 1]


NOT_DRAWN = {
    EventKind.LETTER_OPENED: "by the provider, who reads their own",
}


def test_whatever_is_recorded_as_a_reading_can_be_drawn(db: Session) -> None:
    assert READINGS - set(READ) == NOT_DRAWN.keys()
    reviewer, lead = make_user(db, Role.LOG_REVIEWER), make_user(db, Role.INSPECTOR)
    cases = [make_inspection(db, team={TeamRole.INSPECTOR: lead}) for _kind in READ]
    for kind, case in zip(READ, cases, strict=True):
        of = None if kind in OF_NO_CASE else case.id
        at = NOW - timedelta(hours=24)
        db.add(Event(at=at, kind=kind, actor_id=lead.id, inspection_id=of, details={}))
    db.add(Event(at=at, kind=EventKind.CONTENT_BY_COMMAND, actor_id=lead.id, details={}))  # of no case
    assert drawn_by(db, reviewer).readings == len(READ) - 1, "what is read outside cases is one reading a day"


def test_who_reads_what_came_in_about_a_home_is_drawn_and_known_by_any_name_in_common(db: Session) -> None:
    reviewer, home = make_user(db, Role.LOG_REVIEWER), make_home(db)
    make_user(db, Role.HOME_MANAGER, name="Eva Lind-Berg", home_id=home.id)
    came = register_signal(
        db, actor=acting(make_user(db, Role.INSPECTOR)), home=home, kind=SignalKind.TIP,
        came_on=YESTERDAY, subject="Bemanning", text="Hemligt", now=NOW,
    )  # fmt: skip
    for name in ("Ulla Berg Ek", "Bo Sten"):
        who = make_user(db, Role.INSPECTOR, name=name)
        at = NOW - timedelta(hours=24)
        read_of = {"signal": str(came.id), "home": str(home.id)}
        db.add(Event(at=at, kind=EventKind.SIGNAL_READ, actor_id=who.id, details=read_of))
    drawn_by(db, reviewer)
    found = samples(db)
    assert DrawnFor.SAME_NAME in found["Ulla Berg Ek"].reasons
    assert DrawnFor.SAME_NAME not in found["Bo Sten"].reasons
    seen = see_sample(db, actor=acting(reviewer), sample=found["Ulla Berg Ek"])
    assert [line.event.kind for line in seen.lines] == [EventKind.SIGNAL_READ]
    assert seen.card.dnr is None


def test_whoever_is_called_as_the_company_is_drawn_and_no_sealed_name_is_opened(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SoLPuL 7 a §: who a child is, and what somebody wrote, is no ground of a draw."""
    reviewer = make_user(db, Role.LOG_REVIEWER)
    home = make_home(db, make_provider(db, name="Stensö Omsorg AB"))
    case = make_inspection(db, home=home)
    read(db, make_user(db, Role.INSPECTOR, name="Bo Stensö"), case)

    def never(*_: object) -> bytes:
        raise AssertionError("something sealed was opened")

    monkeypatch.setattr(installed_cipher(), "open", never)
    drawn_by(db, reviewer)
    (sample,) = samples(db).values()
    assert DrawnFor.SAME_NAME in sample.reasons


def test_providers_are_not_drawn_and_days_must_be_over_and_few(db: Session) -> None:
    reviewer, case = make_user(db, Role.LOG_REVIEWER), make_inspection(db)
    provider = make_user(db, Role.PROVIDER, provider_id=case.home.provider_id)
    read(db, provider, case)
    with pytest.raises(NotPossibleNow):
        drawn_by(db, reviewer)
    for first, last in (
        (YESTERDAY, NOW.date()),
        (YESTERDAY, YESTERDAY - timedelta(days=1)),
        (YESTERDAY - timedelta(days=31), YESTERDAY),
    ):
        with pytest.raises(Invalid):
            drawn_by(db, reviewer, first, last)
    with pytest.raises(NotAllowed):
        drawn_by(db, make_user(db, Role.SUPERVISOR))


def test_an_outcome_is_signed_once_by_another_and_a_later_change_of_it_shows(db: Session) -> None:
    reviewer, colleague = (
        make_user(db, Role.LOG_REVIEWER, name="Lova"),
        make_user(db, Role.LOG_REVIEWER, name="Lo"),
    )
    read(db, colleague, None)
    drawn_by(db, reviewer)
    (sample,) = samples(db).values()

    def judge(who: User, outcome: ReviewOutcome, remark: str = "") -> None:
        judge_log_sample(db, actor=acting(who), sample=sample, outcome=outcome, remark=remark, now=NOW)

    with pytest.raises(NotAllowed, match="their own"):
        judge(colleague, ReviewOutcome.NOTHING)
    with pytest.raises(NotAllowed):
        judge(make_user(db, Role.ADMINISTRATOR), ReviewOutcome.NOTHING)
    with pytest.raises(Invalid):
        judge(reviewer, ReviewOutcome.REPORTED)
    with pytest.raises(Invalid):
        judge(reviewer, ReviewOutcome.NOTHING, "x" * (MOST_CHARACTERS + 1))
    judge(reviewer, ReviewOutcome.REPORTED, "Läste utan uppgift.")
    with pytest.raises(NotPossibleNow):
        judge(reviewer, ReviewOutcome.NOTHING)
    db.flush()
    seen = see_sample(db, actor=acting(reviewer), sample=sample)
    assert (seen.is_whole, seen.judged_by) == (True, "Lova")
    figures = see_log_review(db, actor=acting(reviewer), now=NOW).figures
    assert (figures.draws, figures.drawn, figures.waiting) == (1, 1, 0)
    assert dict(figures.outcomes)[ReviewOutcome.REPORTED] == 1
    sample.outcome = ReviewOutcome.NOTHING
    db.flush()
    assert not see_sample(db, actor=acting(reviewer), sample=sample).is_whole


def test_the_database_itself_refuses_that_somebody_judges_themselves(db: Session) -> None:
    reviewer, colleague = make_user(db, Role.LOG_REVIEWER), make_user(db, Role.LOG_REVIEWER)
    read(db, colleague, None)
    drawn_by(db, reviewer)
    db.flush()
    statement = "UPDATE log_samples SET outcome = 'nothing', judged_by_id = actor_id, judged_at = day"
    with pytest.raises(IntegrityError):
        db.execute(text(statement))


def test_an_unannounced_visit_is_not_named_before_it_has_begun(db: Session, client: Browsing) -> None:
    reviewer, lead = make_user(db, Role.LOG_REVIEWER), make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead}, state=State.PLANNED, announced=False)
    read(db, lead, case)
    drawn_by(db, reviewer)
    db.commit()
    client.sign_in_as(reviewer)
    (sample,) = samples(db).values()
    for address in ("/log/review", f"/log/review/{sample.id}"):
        page = client.get(address).text
        assert case.dnr not in page and "visas inte före besöket" in page


def test_the_pages_draw_sign_and_keep_what_was_typed(db: Session, client: Browsing) -> None:
    reviewer, lead = make_user(db, Role.LOG_REVIEWER), make_user(db, Role.INSPECTOR, name="Anna Ek")
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead})
    read(db, lead, case)
    db.commit()
    client.sign_in_as(reviewer)
    first = last = YESTERDAY.isoformat()
    page = client.get("/log/review")
    assert "Inget väntar" in page.text
    before = (YESTERDAY - timedelta(days=1)).isoformat()
    wrong = client.submit(page, action="/log/review", status=422, first=first, last=before)
    assert "Välj dagar som är över" in wrong.text
    client.submit(page, action="/log/review", status=303, first=first, last=last)
    assert "Anna Ek" in client.get("/log/review").text
    (sample,) = samples(db).values()
    address = f"/log/review/{sample.id}"
    page = client.get(address)
    assert case.dnr in page.text
    kept = client.submit(page, action=address, status=422, remark="Kvar står texten")
    assert "Kvar står texten" in kept.html
    kept = client.submit(page, action=address, status=422, outcome="reported", remark=" ")
    assert "Skriv vad som framkom" in kept.text
    client.submit(page, action=address, status=303, outcome="followed_up", remark="Chefen har frågat.")
    seen = client.get(address).text
    assert "Chefen har frågat." in seen and "stämmer inte" not in seen
    db.rollback()
    readings = db.scalars(select(Event).where(Event.kind == EventKind.LOG_READ)).all()
    assert [one for one in readings if one.details["page"] == f"sample {sample.id}"]
    client.get("/log/review/01890000-0000-7000-8000-000000000000", status=404)
