"""PostgreSQL keeps rows of a case from whoever has no part in it, whatever a question to it forgets.

Everything is asked in plain SQL as the role of the application, or as the owner of the tables: what the rules
in inspect/rules/access.py say is not asked here, but compared with.
"""

import json
from uuid import UUID

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.restricted import OWNER, ROLE, BoundSite, asking, connected, tables_of, tables_with_cases, told
from tillsyn.inspect.outside.reach import Reach, come_near, reach_all, reach_as
from tillsyn.inspect.services.find_inspection import list_inspections
from tillsyn.inspect.web.session import actor_of
from tillsyn.models import Base
from tillsyn.models.append_only import KEPT
from tillsyn.models.people import User
from tillsyn.models.reached_rows import (
    DISPOSAL,
    DOOR,
    GLASS,
    LETTER,
    READ_ACROSS,
    SURVEY,
    SYSTEM,
    TO_THEM,
)
from tillsyn.models.row_security import make_policies, stand_policies, unplaced_tables

pytestmark = pytest.mark.postgresql

WITHOUT_CASES: dict[str, set[str]] = {
    "administrator": set(),
    "method_owner": set(),
    "registrar": {
        "archive_packages", "disclosure_requests", "disposal_cases", "disposals", "legal_holds", "retention_rules",
    },
    "log_reviewer": {"disposal_cases", "disposals", "glass_openings", "retention_rules"},
}  # fmt: skip
"""Who works in no case, and what they keep or look at beside its frame."""


STAFF = frozenset({"inspector", "supervisor", "peer_reviewer", "lawyer"})


def numbers(db: Session | Connection, question: str) -> set[UUID]:
    return set(db.execute(text(question)).scalars())


def test_every_table_has_forced_row_level_security_and_a_place_in_the_rule(bound: BoundSite) -> None:
    """A table that fails here: give it `inspection_id`, or a foreign key to a table that has one, or write its
    name in OPEN (nothing of a case) or NAMED (a rule of its own) of models/reached_rows.py."""
    with connected(bound, "postgres") as connection:
        bare = connection.scalars(text(
            "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'"
            " AND c.relnamespace = current_schema()::regnamespace AND NOT (c.relrowsecurity"
            " AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))"
        )).all()  # fmt: skip
        assert bare == []
        assert unplaced_tables(inspect(connection)) == []


def test_a_table_made_later_is_covered_or_closed_and_told_of(bound: BoundSite) -> None:
    with connected(bound, OWNER) as connection:
        connection.execute(
            text("CREATE TABLE later (id uuid, inspection_id uuid REFERENCES inspections (id))")
        )
        connection.execute(text("CREATE TABLE stray (id uuid)"))
        stand_policies(connection)
        assert unplaced_tables(inspect(connection)) == ["stray"]
        forced = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname IN ('later', 'stray')"
        assert sorted(connection.scalars(text(forced))) == ["later", "stray"]
        with pytest.raises(ProgrammingError, match="row-level security"), connection.begin_nested():
            connection.execute(text("INSERT INTO stray SELECT gen_random_uuid()"))
        reach_all(connection)
        connection.execute(text("INSERT INTO stray SELECT gen_random_uuid()"))
        connection.rollback()


@pytest.mark.parametrize("role", [ROLE, OWNER])
def test_without_a_reach_nothing_at_all_is_seen(bound: BoundSite, role: str) -> None:
    with connected(bound, role) as connection:
        seen = {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of tables
            for table in tables_of(connection)
        }
    assert set(seen.values()) == {0}, {table for table, number in seen.items() if number}


@pytest.mark.parametrize("role", [ROLE, OWNER])
def test_without_a_reach_nothing_is_written(bound: BoundSite, role: str) -> None:
    with connected(bound, role) as connection:
        assert connection.execute(text("UPDATE users SET name = 'x'")).rowcount == 0
        assert connection.execute(text("DELETE FROM statements")).rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(text(
                "INSERT INTO municipalities SELECT (jsonb_populate_record(NULL::municipalities,"
                " '{\"id\": \"00000000-0000-0000-0000-000000000001\"}')).*"
            ))  # fmt: skip


def test_a_reach_does_not_outlast_its_transaction(bound: BoundSite) -> None:
    with connected(bound) as connection:
        connection.execute(text("SELECT set_config('tillsyn.reach', :all, true)"), {"all": SYSTEM})
        assert connection.scalar(text("SELECT count(*) FROM statements"))
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM statements")) == 0


def test_whoever_runs_the_service_reaches_every_row(bound: BoundSite) -> None:
    with connected(bound) as bare, connected(bound, "postgres") as whole:
        reach_all(bare)
        for table in tables_of(whole):
            question = text(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of tables
            assert bare.scalar(question) == whole.scalar(question), table


def test_a_forgotten_condition_gives_just_the_cases_of_ones_lists(bound: BoundSite) -> None:
    """Of everybody at the authority who works in cases: `SELECT id FROM inspections` is the rule of lists, and
    what a case holds is given to its team only, and to nobody whom a conflict of interest keeps from it."""
    compared = 0
    for who, user_id in bound.made.people.items():
        with bound.db() as db:
            actor = actor_of(db.get_one(User, user_id))
            if not actor.roles & STAFF:
                continue
            listed = {case.id for case in list_inspections(db, actor)}
            team = {
                case.id for case in list_inspections(db, actor)
                if any(m.user_id == user_id and not m.has_conflict for m in case.team)
            }  # fmt: skip
            told_of = numbers(db, "SELECT DISTINCT inspection_id FROM statements")
            parts = numbers(
                db,
                f"SELECT inspection_id FROM team_members WHERE user_id = '{user_id}'",  # noqa: S608
            )
        with asking(bound, who) as db:
            if actor.roles <= STAFF:  # registrars and those who review the log reach numbers beside
                assert numbers(db, "SELECT id FROM inspections") == listed | parts, who
            assert numbers(db, "SELECT DISTINCT inspection_id FROM statements") == team & told_of, who
            compared += 1
    assert compared >= 10


@pytest.mark.parametrize("who", WITHOUT_CASES)
def test_whoever_works_in_no_case_reaches_no_content_of_any(bound: BoundSite, who: str) -> None:
    frame = {"inspections", "team_members", "events", "log_draws", "log_samples", "signals", "notices"}
    with asking(bound, who) as db:
        for table in sorted(set(tables_with_cases(db.connection())) - frame - WITHOUT_CASES[who]):
            assert db.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608
        for table in ("inspections", "team_members"):
            if who in ("administrator", "method_owner"):
                assert db.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608


@pytest.mark.parametrize("who", ["other_provider", "other_home_manager"])
def test_another_provider_reaches_nothing(bound: BoundSite, who: str) -> None:
    with asking(bound, who) as db:
        for table in tables_with_cases(db.connection()):
            if table not in ("events", "notices"):
                assert db.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608


def test_a_provider_reaches_what_is_sent_to_it_and_nothing_beside(bound: BoundSite) -> None:
    with asking(bound, "provider") as db:
        reached = {
            table for table in tables_with_cases(db.connection())
            if db.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of tables
        }  # fmt: skip
        assert reached <= TO_THEM | {"inspections", "team_members", "state_changes", "events", "notices"}
        assert {"letters", "paragraphs", "measures"} <= reached
        not_sent = (
            "SELECT count(*) FROM letters l WHERE state <> 'sent'"
            " AND NOT EXISTS (SELECT 1 FROM letter_versions v WHERE v.letter_id = l.id AND v.sent_at IS NOT NULL)"
        )
        assert db.scalar(text(not_sent)) == 0
        assert db.scalar(text("SELECT count(*) FROM communications WHERE sent_at IS NULL")) == 0


@pytest.mark.parametrize(("word", "there"), [
    (DOOR, {"notices"}),
    (SURVEY, {"surveys", "survey_codes", "survey_results"}),
    (LETTER, {"inspections", "letters", "letter_versions"}),
])  # fmt: skip
def test_nobody_signed_in_reaches_no_more_than_the_page_needs(
    bound: BoundSite, word: str, there: set[str]
) -> None:
    with told(bound, Reach(frozenset({word}))) as db:
        reached = {
            table for table in tables_with_cases(db.connection())
            if db.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of tables
        }  # fmt: skip
    assert reached - {"events"} <= there, reached


def test_writing_into_another_persons_case_is_refused(bound: BoundSite) -> None:
    with asking(bound, "inspector_outside") as db:
        for table in ("statements", "interviews", "letters", "paragraphs", "team_members", "inspections"):
            changed = db.execute(text(f"UPDATE {table} SET id = id"))  # noqa: S608 - names of tables
            assert changed.rowcount == 0, table  # type: ignore[attr-defined]
            if table not in KEPT:  # of these nobody may (test_reach_in_need.py)
                gone = db.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of tables
                assert gone.rowcount == 0, table  # type: ignore[attr-defined]
    with bound.db() as whole:
        case = whole.scalar(
            text("SELECT id FROM inspections WHERE dnr = :dnr"), {"dnr": bound.made.cases["weighing"]}
        )
        row = whole.execute(
            text("SELECT to_jsonb(s) FROM statements s WHERE inspection_id = :case LIMIT 1"), {"case": case}
        ).scalar_one()
    with (
        asking(bound, "inspector_outside") as db,
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        db.execute(
            text(
                "INSERT INTO statements SELECT (jsonb_populate_record(NULL::statements,"
                " CAST(:row AS jsonb) || jsonb_build_object('id', gen_random_uuid()))).*"
            ),
            {"row": json.dumps(row)},
        )


def test_a_case_that_one_comes_near_to_is_reached_by_its_team_alone_and_by_nobody_after_them(
    bound: BoundSite,
) -> None:
    told_of = text(
        "SELECT count(*) FROM statements s JOIN inspections i ON i.id = s.inspection_id WHERE dnr = :dnr"
    )
    at = {"dnr": bound.made.cases["weighing"]}
    for who, words in (
        ("inspector_outside", ()),
        ("conflicted", ()),
        ("provider", ()),
        ("registrar", (GLASS,)),
    ):
        with asking(bound, who, *words) as db:
            come_near(db, at["dnr"])
            assert db.scalar(told_of, at) == 0, who
    with asking(bound, "leader") as db:
        come_near(db, at["dnr"])
        assert db.scalar(text("SELECT current_setting('tillsyn.near')"))
        assert db.scalar(told_of, at)
        assert len(numbers(db, "SELECT DISTINCT inspection_id FROM statements")) > 1, "and all their others"
        reach_as(db, Reach(frozenset({"inspector"}), bound.made.people["inspector_outside"]))
        assert db.scalar(told_of, at) == 0


@pytest.mark.parametrize("word", sorted(READ_ACROSS.keys() - {DISPOSAL}))
def test_what_is_read_across_cases_is_not_written_nor_what_hangs_on_it(bound: BoundSite, word: str) -> None:
    with asking(bound, "inspector_outside", word) as db:
        for table in sorted(
            READ_ACROSS[word] | {"letter_versions", "paragraphs", "measures", "weighed_areas"}
        ):
            column = next(iter(Base.metadata.tables[table].columns)).name
            statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]  # noqa: S608
            for statement in statements[:1] if table in KEPT else statements:
                changed = db.execute(text(statement)).rowcount  # type: ignore[attr-defined]
                assert changed == 0 or table in ("notices", "awaited_ops"), statement  # not of one case
        db.rollback()


def test_policies_are_made_again_without_harm_and_cost_one_question_for_who_asks(bound: BoundSite) -> None:
    with connected(bound, OWNER) as connection:
        make_policies(connection)
        connection.commit()
    with asking(bound, "leader") as db:
        plan = "\n".join(db.scalars(text("EXPLAIN SELECT * FROM statements")).all())
        assert "hashed SubPlan" in plan and "InitPlan" in plan, plan
