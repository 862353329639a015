"""What PostgreSQL gives beside the rule of the case: a case opened in need, a disposal that is agreed on, keys.

Asked as the role of the application (tests/restricted.py); the use cases are the ones that pages and jobs call.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.builders import make_inspection
from tests.integration.rich_site import FULLEST
from tests.restricted import BoundSite, asking, tables_with_cases, told
from tests.rich_account import NOW
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.outside.reach import Reach
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.break_glass import OPEN_FOR
from tillsyn.inspect.services.archive_case import archive_case
from tillsyn.inspect.services.break_glass import close_opening, open_without_part
from tillsyn.inspect.services.carry_out_disposal import carry_out_next, dispose_of_case
from tillsyn.inspect.services.find_disposable import Candidate, find_disposable
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.hold_case import lift_hold
from tillsyn.inspect.services.propose_disposal import approve_disposal, propose_disposal
from tillsyn.inspect.services.rewrap_keys import keys_left, rewrap_some
from tillsyn.inspect.services.rows_of_case import given, is_of_case, tables_with_case
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.break_glass import GlassReason
from tillsyn.models.data_keys import OF_NO_CASE
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.reached_rows import DISPOSAL, DOOR, GLASS
from tillsyn.models.retention import Disposal, DisposalCase, LeftBecause, RetentionRule
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import State

pytestmark = pytest.mark.postgresql

JOB = Reach(frozenset({DISPOSAL}))
OF_THE_JOB = {"events", "notices", "disposals", "disposal_cases", "retention_rules", "awaited_ops"}
"""What the job reaches of no case, or to know which."""
OPENER = "supervisor_outside"


def case_of(site: BoundSite, name: str = FULLEST) -> UUID:
    with site.db() as db:
        return UUID(str(db.scalar(select(Inspection.id).where(Inspection.dnr == site.made.cases[name]))))


def actor(site: BoundSite, who: str) -> Actor:
    with site.db() as db:
        return actor_of(db.get_one(User, site.made.people[who]))


def counts(db: Session) -> dict[str, int]:
    """Rows that are reached, of each table that has any."""
    found = {
        table: db.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of tables
        for table in tables_with_cases(db.connection())
    }
    return {table: number for table, number in found.items() if number}


def in_case(db: Session, case: UUID) -> dict[str, int]:
    """Rows of the case in each table that goes with it and has any."""
    found = {
        table.name: len(db.execute(select(table.c.id).where(is_of_case(table)), given(case)).all())
        for table in tables_with_case() if "id" in table.c
    }  # fmt: skip
    return {table: number for table, number in found.items() if number}


def opened(site: BoundSite, case: str = FULLEST) -> UUID:
    with asking(site, OPENER) as db:
        opening = open_without_part(
            db, actor=actor(site, OPENER), dnr=site.made.cases[case], reason=GlassReason.DANGER,
            words="Ett barn har ringt och ingen i teamet svarar.", now=NOW,
        )  # fmt: skip
        db.commit()
        return opening.id


def test_a_case_opened_in_need_is_reached_whole_but_for_who_a_child_is_and_is_not_written_in(
    bound: BoundSite,
) -> None:
    case = case_of(bound)
    with asking(bound, OPENER, GLASS) as db:
        before = in_case(db, case)
    opened(bound)
    with bound.db() as whole:
        all_of_it = in_case(whole, case)
    with asking(bound, OPENER, GLASS) as db:
        reached = in_case(db, case)
        assert set(all_of_it) - set(reached) == {"child_identities", "identity_openings"}
        assert "statements" not in before and len(reached) > 40
        assert {table: all_of_it[table] for table in reached} == reached
        for table in sorted(set(all_of_it) - set(before)):
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
                assert db.execute(text(statement)).rowcount == 0, statement  # type: ignore[attr-defined]
        with pytest.raises(ProgrammingError, match="row-level security"):
            db.execute(text(
                "INSERT INTO paragraphs SELECT (jsonb_populate_record(p, jsonb_build_object("
                "'id', gen_random_uuid()))).* FROM paragraphs p LIMIT 1"
            ))  # fmt: skip


def test_it_is_reached_by_who_opened_it_until_its_time_is_over_and_only_to_read(bound: BoundSite) -> None:
    opening, told_of = opened(bound), text("SELECT count(*) FROM statements WHERE inspection_id = :case")
    at = {"case": case_of(bound)}

    def reached(who: str, *words: str, moment: timedelta = timedelta()) -> bool:
        with asking(bound, who, *words, moment=NOW + moment) as db:
            return bool(db.scalar(told_of, at))

    assert reached(OPENER, GLASS)
    assert not reached(OPENER), "a request that writes reaches nothing of it"
    assert not reached("inspector_outside", GLASS)
    assert not reached(OPENER, GLASS, moment=OPEN_FOR)
    with asking(bound, OPENER) as db:
        close_opening(db, actor=actor(bound, OPENER), opening_id=opening, now=NOW)
        db.commit()
    assert not reached(OPENER, GLASS)


def test_who_is_in_the_team_with_a_conflict_of_interest_is_not_let_in_by_an_opening(bound: BoundSite) -> None:
    opened(bound)
    with bound.db() as db:
        user = bound.made.people[OPENER]
        db.execute(
            text("UPDATE team_members SET user_id = :user, has_conflict = true WHERE inspection_id = :case AND"
                 " role = 'lawyer'"), {"user": user, "case": case_of(bound)},
        )  # fmt: skip
        db.commit()
    with asking(bound, OPENER, GLASS) as db:
        assert "statements" not in in_case(db, case_of(bound))


def agreed(site: BoundSite, case: UUID) -> None:
    """The proposal that waits is approved; it has this one case."""
    with site.db() as db:
        waits = db.get_one(Disposal, site.retention and site.retention.disposal_id)
        waits.approved_at, waits.approved_by_id = NOW, site.made.people["supervisor_outside"]
        db.execute(
            update(DisposalCase).where(DisposalCase.disposal_id == waits.id).values(inspection_id=case)
        )
        db.commit()


def test_the_job_that_disposes_reaches_the_case_that_two_agreed_on_and_no_other(bound: BoundSite) -> None:
    case = case_of(bound)
    with told(bound, JOB) as db:
        assert set(counts(db)) <= OF_THE_JOB
        with pytest.raises(ProgrammingError, match="row-level security"):
            db.execute(text(
                "INSERT INTO inspections SELECT (jsonb_populate_record(NULL::inspections, '{}')).*"
            ))  # fmt: skip
    agreed(bound, case)
    with bound.db() as whole:
        before, all_of_it = counts(whole), in_case(whole, case)
    with told(bound, JOB) as db:
        assert db.scalars(text("SELECT id FROM inspections")).all() == [case]
        assert set(db.scalars(text("SELECT holder_id FROM data_keys"))) == {case, OF_NO_CASE}
        gone = dispose_of_case(db, case, now=NOW)
        db.commit()
    assert {table: gone[table] for table in all_of_it} == all_of_it
    with bound.db() as whole:
        assert in_case(whole, case) == {}
        after = counts(whole)
    left = {table: before[table] - gone.get(table, 0) for table in before if table != "events"}
    assert {table: after.get(table, 0) for table in left} == left, "nothing of another case"


def test_the_job_leaves_a_case_that_is_not_closed_and_notes_that_it_is_done(bound: BoundSite) -> None:
    agreed(bound, case_of(bound))
    for more in (True, True, False):
        with told(bound, None) as db:  # the use case says itself what it reaches
            assert carry_out_next(db, now=NOW) is more
            db.commit()
    with bound.db() as whole:
        disposal = whole.get_one(Disposal, bound.retention and bound.retention.disposal_id)
        left = whole.scalars(
            select(DisposalCase.left_because).where(DisposalCase.disposal_id == disposal.id)
        ).one()
        assert (disposal.done_at, left) == (NOW, LeftBecause.NOT_CLOSED)


def test_who_keeps_the_register_finds_the_same_cases_to_dispose_of_and_what_stands_in_their_way(
    bound: BoundSite,
) -> None:
    assert bound.retention is not None
    rule_id, hold_id = bound.retention.rule_id, bound.retention.hold_id
    later = NOW + timedelta(days=366 * 12)
    with bound.db() as whole:
        whole.execute(update(Inspection).where(Inspection.state != State.PLANNED).values(state=State.CLOSED))
        whole.execute(update(RetentionRule).values(after_archiving=False))
        make_inspection(whole, state=State.CLOSED, announced=True)
        whole.commit()
        expected = find_disposable(whole, whole.get_one(RetentionRule, rule_id), now=later)
        assert {None, LeftBecause.HELD, LeftBecause.CORRECTION_OPEN} <= {one.left for one in expected}

    def found(who: str) -> list[Candidate]:
        with asking(bound, who) as db:
            return list(find_disposable(db, db.get_one(RetentionRule, rule_id), now=later))

    assert found("registrar") == found("supervisor_outside") == list(expected)
    with asking(bound, "supervisor_outside") as db:
        lift_hold(db, actor=actor(bound, "supervisor_outside"), hold_id=hold_id, now=NOW)
        db.commit()
    with asking(bound, "registrar") as db:
        proposed = propose_disposal(db, actor=actor(bound, "registrar"), rule_id=rule_id, now=later)
        db.commit()
    with asking(bound, "supervisor_outside") as db:
        approve_disposal(db, actor=actor(bound, "supervisor_outside"), disposal_id=proposed.id, now=later)
        db.commit()
    with bound.db() as whole:
        cases = whole.scalars(
            select(DisposalCase.inspection_id).where(DisposalCase.disposal_id == proposed.id)
        ).all()
        assert set(cases) == {one.inspection_id for one in expected if one.left is None}
    with asking(bound, "leader") as db:
        assert db.scalar(text("SELECT count(*) FROM disposals")) == 0


def test_keys_of_cases_are_reached_by_those_who_meet_what_they_seal(bound: BoundSite) -> None:
    holders = text("SELECT DISTINCT holder_id FROM data_keys")
    for who in ("administrator", "method_owner"):
        with asking(bound, who) as db:
            assert set(db.scalars(holders)) <= {OF_NO_CASE}, who
    with told(bound, Reach(frozenset({DOOR}))) as db:
        assert set(db.scalars(holders)) <= {OF_NO_CASE}
    with told(bound, None) as db:
        assert not db.scalars(holders).all()
    with asking(bound, "leader") as db:
        assert case_of(bound) in set(db.scalars(holders))


def test_rotation_reaches_every_key_and_nothing_that_they_seal(bound: BoundSite) -> None:
    anew = DataCipher(bytes(range(32)), others=(bound.settings.data_key,))
    with bound.db() as whole:
        number = whole.scalar(text("SELECT count(*) FROM data_keys WHERE wrapped IS NOT NULL"))
    with told(bound, None) as db:  # the use case says itself what it reaches
        assert keys_left(db, anew) == number
        assert rewrap_some(db, anew, now=NOW) == number
        assert set(counts(db)) <= {"events", "notices"}
        db.rollback()
    install_cipher(DataCipher(bound.settings.data_key))


def test_what_is_packed_for_the_e_archive_is_all_of_the_case(bound: BoundSite) -> None:
    """A row that is not seen is no error: so the package is compared with one that no policy binds."""
    dnr, leader = bound.made.cases["closed"], actor(bound, "leader")
    with bound.db() as whole:
        expected = archived(whole, leader, dnr)
    with asking(bound, "leader") as db:
        assert archived(db, leader, dnr) == expected
    assert len(expected) > 5


def archived(db: Session, who: Actor, dnr: str) -> dict[str, object]:
    """What the package has of the case; its description tells of the package itself. Lists in any order."""
    case = find_inspection(db, dnr)
    made = archive_case(db, actor=who, inspection=case, authority="Exempel", version="1", now=NOW)
    db.rollback()
    return {path: _in_order(path, file) for path, file in made.files.items() if "/data/" in path}


def _in_order(path: str, file: bytes) -> object:
    """Rows of the same moment have no order of their own."""

    def sort(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: sort(one) for name, one in value.items()}
        return sorted(map(sort, value), key=repr) if isinstance(value, list) else value

    return sort(json.loads(file)) if path.endswith(".json") else file
