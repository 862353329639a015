"""Rules about parts of a case and about what is of none, what a hold is for, and words that go with their case

Revision: 0037, after: 0036
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

from tillsyn.migrations.forgotten_events import forget_events

revision = "0037"
down_revision = "0036"

NEW_EVENTS = ("part_disposed",)
NEW_TYPES = ("recordings", "working", "sign_ins")
NEW_REASONS = ("appealed", "notes_wait")
HOLDS = ("appeal", "investigation", "review", "other")
NO_WORDS = "(words_sealed IS NULL) = (words_gone_at IS NOT NULL)"
OF_NO_CASE = "(record_type = 'sign_ins') = (counted_from = 'served')"
CASES_ONLY = "record_type <> 'sign_ins' OR NOT after_archiving"

glass = sa.table("glass_openings", sa.column("words_sealed", sa.LargeBinary()))
rules = sa.table("retention_rules", sa.column("id", sa.Uuid()), sa.column("record_type", sa.String()))
disposals = sa.table("disposals", sa.column("id", sa.Uuid()), sa.column("rule_id", sa.Uuid()))
cases = sa.table(
    "disposal_cases", sa.column("disposal_id", sa.Uuid()), sa.column("left_because", sa.String())
)
holds = sa.table("legal_holds", sa.column("kind", sa.String()))


def upgrade() -> None:
    with op.batch_alter_table("glass_openings", recreate=_anew()) as table:
        table.add_column(sa.Column("words_gone_at", sa.DateTime(timezone=True), nullable=True))
        table.drop_constraint(op.f("ck_glass_openings_has_a_reason_in_words"), type_="check")
        table.create_check_constraint(op.f("ck_glass_openings_has_a_reason_in_words"), NO_WORDS)
    op.add_column("legal_holds", sa.Column("kind", sa.String(length=40), nullable=True))
    op.execute(holds.update().values(kind="other"))
    with op.batch_alter_table("legal_holds", recreate=_anew()) as table:
        table.alter_column("kind", existing_type=sa.String(length=40), nullable=False)
        table.create_check_constraint(op.f("ck_legal_holds_holdkind"), _one_of("kind", HOLDS))
    op.add_column("disposals", sa.Column("counts", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("disposals", recreate=_anew()) as table:
        table.alter_column("counts", existing_type=sa.JSON(), server_default=None)
    _words("disposal_cases", "left_because", "leftbecause", lambda known: [*known, *NEW_REASONS])
    _words("retention_rules", "record_type", "recordtype", lambda known: [*known, *NEW_TYPES])
    _words("retention_rules", "counted_from", "countedfrom", lambda known: [*known, "served"])
    with op.batch_alter_table("retention_rules", recreate=_anew()) as table:
        table.create_check_constraint(op.f("ck_retention_rules_what_served_is_of_no_case"), OF_NO_CASE)
        table.create_check_constraint(op.f("ck_retention_rules_archives_cases_only"), CASES_ONLY)
    _words("events", "kind", "eventkind", lambda known: [*known, *NEW_EVENTS])


def downgrade() -> None:
    """Rules about parts go, with their disposals and what the log tells of those; the rest is chained anew."""
    ours = sa.select(rules.c.id).where(rules.c.record_type.in_(NEW_TYPES))
    under = sa.select(disposals.c.id).where(disposals.c.rule_id.in_(ours))
    op.execute(cases.delete().where(cases.c.disposal_id.in_(under)))
    op.execute(disposals.delete().where(disposals.c.rule_id.in_(ours)))
    op.execute(rules.delete().where(rules.c.record_type.in_(NEW_TYPES)))
    op.execute(cases.update().where(cases.c.left_because == "appealed").values(left_because="held"))
    op.execute(cases.update().where(cases.c.left_because == "notes_wait").values(left_because="not_closed"))
    with op.batch_alter_table("retention_rules", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_retention_rules_what_served_is_of_no_case"), type_="check")
        table.drop_constraint(op.f("ck_retention_rules_archives_cases_only"), type_="check")
    _words("retention_rules", "counted_from", "countedfrom", lambda known: _without(known, ("served",)))
    _words("retention_rules", "record_type", "recordtype", lambda known: _without(known, NEW_TYPES))
    _words("disposal_cases", "left_because", "leftbecause", lambda known: _without(known, NEW_REASONS))
    with op.batch_alter_table("disposals", recreate=_anew()) as table:
        table.drop_column("counts")
    with op.batch_alter_table("legal_holds", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_legal_holds_holdkind"), type_="check")
        table.drop_column("kind")
    # An opening has its words, or none at all that could be read: before, that was not told apart.
    op.execute(glass.update().where(glass.c.words_sealed.is_(None)).values(words_sealed=b"\x00"))
    with op.batch_alter_table("glass_openings", recreate=_anew()) as table:
        table.drop_constraint(op.f("ck_glass_openings_has_a_reason_in_words"), type_="check")
        table.create_check_constraint(
            op.f("ck_glass_openings_has_a_reason_in_words"), "words_sealed IS NOT NULL"
        )
        table.drop_column("words_gone_at")
    forget_events(NEW_EVENTS)
    _words("events", "kind", "eventkind", lambda known: _without(known, NEW_EVENTS))


def _without(known: list[str], gone: tuple[str, ...]) -> list[str]:
    return [word for word in known if word not in gone]


def _one_of(column: str, words: Any) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


def _anew() -> str:
    """SQLite makes a table anew to change it; foreign keys rest while it does."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _words(table_name: str, column: str, name: str, change: Any) -> None:
    """The words that a column may hold: those that the database allows as it stands, changed."""
    named = f"ck_{table_name}_{name}"
    checks = sa.inspect(op.get_bind()).get_check_constraints(table_name)
    (condition,) = (one["sqltext"] for one in checks if one["name"] == named)
    known = re.findall(r"'([a-z0-9_-]+)'", condition)
    words = list(dict.fromkeys(change(known)))
    with op.batch_alter_table(table_name, recreate=_anew()) as table:
        table.drop_constraint(op.f(named), type_="check")
        table.create_check_constraint(op.f(named), _one_of(column, words))
