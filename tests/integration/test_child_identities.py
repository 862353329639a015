"""Who a child is stands in one sealed record, and opens when two sides agree: to who asked, for a short look."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_every_page import visitors_of
from tests.integration.who_may import SIGNED_OUT
from tests.rich_account import NOW as RICH_NOW
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.child_identities import CONFIRM_WITHIN, LOOK_FOR
from tillsyn.inspect.services.child_identities import (
    IdentityPage,
    agree_to_open,
    ask_to_open,
    see_identity_page,
    write_identity,
)
from tillsyn.inspect.services.export_inspection import export_inspection
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.models.child_identities import IdentityOpening, IdentityPurpose
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, TeamRole

NAME = "Zackarina Provlund"
WORDS = "Brevet till barnet ska skickas i dag."


@pytest.fixture
def team(db: Session) -> dict[TeamRole, User]:
    return {
        TeamRole.INSPECTOR: make_user(db, Role.INSPECTOR, Role.LAWYER),
        TeamRole.CO_INSPECTOR: make_user(db, Role.INSPECTOR),
        TeamRole.DECISION_MAKER: make_user(db, Role.SUPERVISOR),
        TeamRole.PEER_REVIEWER: make_user(db, Role.PEER_REVIEWER),
        TeamRole.LAWYER: make_user(db, Role.LAWYER),
    }


@pytest.fixture
def case(db: Session, team: dict[TeamRole, User]) -> Inspection:
    made = make_inspection(db, team=team)
    write(db, made, team[TeamRole.INSPECTOR])
    return made


def write(db: Session, case: Inspection, who: User, name: str = NAME) -> None:
    write_identity(
        db, actor=acting(who), inspection=case, resident=case.residents[0], name=name, number="20110203-0000",
        contact="Storgatan 1\n123 45 Ort", now=NOW,
    )  # fmt: skip


def ask(db: Session, case: Inspection, who: User, words: str = WORDS) -> IdentityOpening:
    return ask_to_open(
        db, actor=acting(who), inspection=case, resident=case.residents[0], purpose=IdentityPurpose.LETTER,
        words=words, now=NOW,
    )  # fmt: skip


def agree(db: Session, case: Inspection, who: User, opening: IdentityOpening, minutes: float = 1) -> None:
    agree_to_open(
        db, actor=acting(who), inspection=case, resident=case.residents[0], opening_id=opening.id,
        now=NOW + timedelta(minutes=minutes),
    )  # fmt: skip


def look(db: Session, case: Inspection, who: User, minutes: float = 2) -> IdentityPage:
    at = NOW + timedelta(minutes=minutes)
    return see_identity_page(db, actor=acting(who), inspection=case, resident=case.residents[0], now=at)


@pytest.mark.parametrize("other", [TeamRole.DECISION_MAKER, TeamRole.LAWYER])
def test_an_inspector_and_who_answers_for_the_decision_open_it_together_for_five_minutes(
    db: Session, case: Inspection, team: dict[TeamRole, User], other: TeamRole
) -> None:
    lead = team[TeamRole.INSPECTOR]
    assert look(db, case, lead).seen is None, "not even who wrote it"
    opening = ask(db, case, lead)
    assert look(db, case, lead).seen is None
    agree(db, case, team[other], opening)
    seen = look(db, case, lead).seen
    assert seen is not None
    assert (seen.name, seen.contact) == (NAME, "Storgatan 1\n123 45 Ort")
    for role, who in team.items():
        if role not in (TeamRole.INSPECTOR, TeamRole.PEER_REVIEWER):
            assert look(db, case, who).seen is None, "only who asked sees it"
    over = 1 + LOOK_FOR.total_seconds() / 60
    assert look(db, case, lead, over).seen is None
    told = db.scalars(select(Notice.user_id).where(Notice.kind == NoticeKind.IDENTITY_ASKED)).all()
    assert set(told) == {team[TeamRole.DECISION_MAKER].id, team[TeamRole.LAWYER].id}


def test_the_other_way_round_too(db: Session, case: Inspection, team: dict[TeamRole, User]) -> None:
    opening = ask(db, case, team[TeamRole.DECISION_MAKER])
    agree(db, case, team[TeamRole.CO_INSPECTOR], opening)
    assert look(db, case, team[TeamRole.DECISION_MAKER]).seen is not None


def test_one_side_alone_or_one_person_twice_never_opens_it(
    db: Session, case: Inspection, team: dict[TeamRole, User]
) -> None:
    lead = team[TeamRole.INSPECTOR]
    opening = ask(db, case, lead)
    for same in (lead, team[TeamRole.CO_INSPECTOR]):
        with pytest.raises(NotAllowed):
            agree(db, case, same, opening)
    for no_side in (
        team[TeamRole.PEER_REVIEWER],
        make_user(db, Role.SUPERVISOR),
        make_user(db, Role.ADMINISTRATOR),
    ):
        for step in (
            lambda who: agree(db, case, who, opening),
            lambda who: ask(db, case, who),
            lambda who: look(db, case, who),
        ):
            with pytest.raises(NotAllowed):
                step(no_side)
    with pytest.raises(NotAllowed):
        write(db, case, team[TeamRole.DECISION_MAKER])
    by_oneself = "confirmed_by_id = asked_by_id, confirmed_as = 'oversees', confirmed_at = asked_at"
    by_one_side = "confirmed_by_id = '{}', confirmed_as = asked_as, confirmed_at = asked_at"
    other = team[TeamRole.LAWYER].id
    stored = other.hex if db.get_bind().dialect.name == "sqlite" else str(other)
    for change in (by_oneself, by_one_side.format(stored)):
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(text(f"UPDATE identity_openings SET {change}"))  # noqa: S608 - the test's own words


def test_after_fifteen_minutes_it_has_to_be_asked_anew(
    db: Session, case: Inspection, team: dict[TeamRole, User]
) -> None:
    opening = ask(db, case, team[TeamRole.INSPECTOR])
    with pytest.raises(NotPossibleNow, match="already"):
        ask(db, case, team[TeamRole.INSPECTOR])
    with pytest.raises(NotPossibleNow, match="fifteen"):
        agree(db, case, team[TeamRole.LAWYER], opening, CONFIRM_WITHIN.total_seconds() / 60)
    with pytest.raises(NotFound):
        agree_to_open(
            db, actor=acting(team[TeamRole.LAWYER]), inspection=case, resident=case.residents[1],
            opening_id=opening.id, now=NOW,
        )  # fmt: skip


def test_what_it_is_for_is_demanded_and_a_record_without_a_name_is_refused(
    db: Session, case: Inspection, team: dict[TeamRole, User]
) -> None:
    with pytest.raises(Invalid, match="what it is for"):
        ask(db, case, team[TeamRole.INSPECTOR], words="brev")
    with pytest.raises(Invalid, match="name"):
        write(db, case, team[TeamRole.INSPECTOR], name="  ")
    other = make_inspection(db, team=team)
    with pytest.raises(NotPossibleNow, match="Nothing is written"):
        ask(db, other, team[TeamRole.INSPECTOR])


def test_the_export_of_a_case_and_the_log_do_not_have_it(
    db: Session, case: Inspection, team: dict[TeamRole, User]
) -> None:
    lead = team[TeamRole.INSPECTOR]
    agree(db, case, team[TeamRole.LAWYER], ask(db, case, lead))
    whole = find_inspection(db, case.dnr)
    said = json.dumps(
        export_inspection(db, actor=acting(lead), inspection=whole, now=NOW), ensure_ascii=False
    )
    log = repr([one.details for one in db.scalars(select(Event))])
    for secret in (NAME, "Zackarina", "20110203", "Storgatan 1", WORDS):
        assert secret not in said
        assert secret not in log


def address(rich: RichSite) -> str:
    rule = next(one for one in rich.rules("GET") if one.endpoint == "child_identities.record")
    return str(rich.address(rule))


def test_on_the_page_each_look_is_an_event_and_a_notice_and_no_other_page_has_the_name(
    rich: RichSite,
) -> None:
    """The rich authority's first child is named in the record (tests/rich_log.py)."""
    page = address(rich)
    lead, lawyer = rich.as_("leader"), rich.as_("lawyer")
    lead.post(page + "/ask", purpose="letter", words=WORDS, status=303)
    assert WORDS in lawyer.get(page).text
    lawyer.submit(lawyer.get(page), action="/agree", status=303)
    assert "Namnlund" not in lawyer.get(page).text
    assert "Namnlund" in lead.get(page).text
    with rich.db() as db:
        looks = db.scalars(select(Event).where(Event.kind == EventKind.IDENTITY_OPENED)).all()
        told = db.scalars(select(Notice.user_id).where(Notice.kind == NoticeKind.IDENTITY_OPENED)).all()
    assert [one.actor_id for one in looks] == [rich.made.people["leader"]]
    assert rich.made.people["decision_maker"] in told
    shown = []
    for rule in rich.rules("GET"):
        if rule.endpoint == "child_identities.record":
            continue
        for who in visitors_of(rule)[:2]:
            answer = rich.as_(None if who == SIGNED_OUT else who).http.get(str(rich.address(rule, FULLEST)))
            if b"Namnlund" in answer.data or b"20110203-0000" in answer.data:
                shown.append((rule.endpoint, who))
    assert not shown
    rich.app.config["CLOCK"] = lambda: RICH_NOW + LOOK_FOR
    assert "Namnlund" not in lead.get(page).text
