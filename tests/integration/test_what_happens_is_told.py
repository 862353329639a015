"""Each turn of a case is told to those on whom it then waits, and not to whoever did it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.services.assess_oneself import assess_oneself
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import find_letter
from tillsyn.inspect.services.issue_letter import mark_sent
from tillsyn.inspect.services.staff_inspection import add_member, declare_conflict
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole


def told(db: Session) -> list[tuple[str, NoticeKind]]:
    rows = db.execute(select(User.name, Notice.kind).join(Notice, Notice.user_id == User.id))
    return sorted((name, kind) for name, kind in rows)


def test_who_is_added_to_a_team_is_told_and_a_conflict_is_told_to_who_staffs(db: Session) -> None:
    leader, chief = make_user(db, Role.INSPECTOR, name="Ledare"), make_user(db, Role.SUPERVISOR, name="Chef")
    lawyer = make_user(db, Role.LAWYER, name="Jurist")
    case = find_inspection(db, make_inspection(db, team={TeamRole.INSPECTOR: leader}).dnr)
    add_member(db, actor=acting(leader), inspection=case, user_id=lawyer.id, role=TeamRole.LAWYER, now=NOW)
    assert told(db) == [("Jurist", NoticeKind.ADDED_TO_TEAM)]
    declare_conflict(
        db, actor=acting(lawyer), inspection=case, has_conflict=True, note="Min syster.", now=NOW
    )
    assert told(db) == [
        ("Chef", NoticeKind.CONFLICT_FOUND),
        ("Jurist", NoticeKind.ADDED_TO_TEAM),
        ("Ledare", NoticeKind.CONFLICT_FOUND),
    ]
    assert chief.id not in {member.user_id for member in case.team}


def test_a_letter_that_is_sent_is_told_to_the_provider(db: Session) -> None:
    case = make_sent_letter(db)
    case.provider.name = "Huvudman"
    db.flush()
    letter = find_letter(db, find_inspection(db, case.inspection.dnr), LetterKind.FEEDBACK)
    assert letter is not None
    mark_sent(db, letter, actor=acting(case.inspector), now=NOW)
    assert told(db) == [("Huvudman", NoticeKind.LETTER_CAME)]


def test_a_self_assessment_that_is_sent_is_told_to_the_inspectors(db: Session) -> None:
    leader = make_user(db, Role.INSPECTOR, name="Ledare")
    case = make_inspection(db, state=State.PREPARED, team={TeamRole.INSPECTOR: leader})
    manager = acting(make_user(db, Role.HOME_MANAGER, home_id=case.home_id))
    assess_oneself(
        db, actor=manager, strengths="Maten", worries="Nätterna", areas=None, made_from="", send=True, now=NOW
    )
    assert told(db) == [("Ledare", NoticeKind.SELF_ASSESSMENT_SENT)]
