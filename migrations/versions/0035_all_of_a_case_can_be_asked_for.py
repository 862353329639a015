"""Files and every text of a case can be disclosed; the child that asks; those in the case are told of a request

Revision: 0035, after: 0038
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

from tillsyn.migrations.forgotten_events import forget_events

revision = "0035"
down_revision = "0038"

NEW_EVENTS = ("disclosure_transcribed", "disclosure_painted_over")
NEW_NOTICES = ("disclosure_came",)
OLD_KINDS = ("letter", "decision", "talk_note", "statement", "evidence", "meeting_note", "reply")
NEW_KINDS = (
    "self_assessment", "communicated", "point", "answer", "measure", "measure_report", "follow_up",
    "document_request", "correction", "dissent", "check", "acute", "investigation", "survey", "earlier_request",
    "file", "answer_file", "assessment", "sanction", "case_note", "draft",
)  # fmt: skip
OLD_ASSESSED, NEW_ASSESSED = ("open", "withheld"), ("file", "copy", "transcript")
TEXTS = "disclosure_texts"

notices = sa.table("notices", sa.column("kind", sa.String()))
requests = sa.table("disclosure_requests", sa.column("id", sa.Uuid()))
texts = sa.table(
    TEXTS, sa.column("id", sa.Uuid()), sa.column("request_id", sa.Uuid()), sa.column("kind", sa.String())
)
masks = sa.table("disclosure_masks", sa.column("text_id", sa.Uuid()))


def upgrade() -> None:
    for table_name, name, added in (
        ("events", "eventkind", NEW_EVENTS), ("notices", "noticekind", NEW_NOTICES),
    ):  # fmt: skip
        known = _allowed(table_name, name)
        _allow(table_name, name, known + [kind for kind in added if kind not in known])
    with op.batch_alter_table("disclosure_requests", recreate=_anew()) as table:
        table.add_column(sa.Column("resident_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_disclosure_requests_resident_id"),
            "residents",
            ["resident_id"],
            ["id"],
            ondelete="CASCADE",
        )
    with op.batch_alter_table(TEXTS, recreate=_anew()) as table:
        _drop(table, "textkind", "assessed", "withheld_on_a_ground")
        table.add_column(sa.Column("file_sha256", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("copy_sealed", sa.LargeBinary(), nullable=True))
        _check(table, "textkind", _one_of("kind", OLD_KINDS + NEW_KINDS))
        _check(table, "assessed", _one_of("assessed", OLD_ASSESSED + NEW_ASSESSED))
        _check(
            table,
            "withheld_on_a_ground",
            "(assessed IS NOT NULL AND assessed IN ('copy', 'transcript', 'withheld')) = (ground IS NOT NULL)",
        )
        _check(
            table,
            "file_is_known_by_its_bytes",
            "(file_sha256 IS NOT NULL) = (kind IN ('file', 'answer_file'))",
        )
        _check(table, "copy_is_of_a_file", "copy_sealed IS NULL OR file_sha256 IS NOT NULL")
        _check(table, "copy_is_made", "assessed IS NULL OR assessed <> 'copy' OR copy_sealed IS NOT NULL")


def downgrade() -> None:
    """What was frozen of kinds that the earlier program does not know goes, and what the log tells of it too.

    What left is kept whole in the request's file.
    """
    unknown = sa.select(texts.c.id).where(texts.c.kind.in_(NEW_KINDS))
    op.execute(masks.delete().where(masks.c.text_id.in_(unknown)))
    op.execute(texts.delete().where(texts.c.kind.in_(NEW_KINDS)))
    with op.batch_alter_table(TEXTS, recreate=_anew()) as table:
        _drop(
            table, "textkind", "assessed", "withheld_on_a_ground", "file_is_known_by_its_bytes", "copy_is_of_a_file",
            "copy_is_made",
        )  # fmt: skip
        table.drop_column("copy_sealed")
        table.drop_column("file_sha256")
        _check(table, "textkind", _one_of("kind", OLD_KINDS))
        _check(table, "assessed", _one_of("assessed", OLD_ASSESSED))
        _check(
            table,
            "withheld_on_a_ground",
            "(assessed IS NOT NULL AND assessed = 'withheld') = (ground IS NOT NULL)",
        )
    with op.batch_alter_table("disclosure_requests", recreate=_anew()) as table:
        table.drop_constraint(op.f("fk_disclosure_requests_resident_id"), type_="foreignkey")
        table.drop_column("resident_id")
    op.execute(notices.delete().where(notices.c.kind.in_(NEW_NOTICES)))
    forget_events(NEW_EVENTS)
    for table_name, name, added in (
        ("events", "eventkind", NEW_EVENTS), ("notices", "noticekind", NEW_NOTICES),
    ):  # fmt: skip
        _allow(table_name, name, [kind for kind in _allowed(table_name, name) if kind not in added])


def _anew() -> str:
    """SQLite makes a table anew to change it; foreign keys rest while it does."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _drop(table: Any, *names: str) -> None:
    for name in names:
        table.drop_constraint(op.f(f"ck_{TEXTS}_{name}"), type_="check")


def _check(table: Any, name: str, condition: str) -> None:
    table.create_check_constraint(op.f(f"ck_{TEXTS}_{name}"), condition)


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


def _allowed(table_name: str, name: str) -> list[str]:
    """The words that the database allows as it stands: what other revisions added is kept."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table_name)
    (condition,) = (one["sqltext"] for one in checks if one["name"] == f"ck_{table_name}_{name}")
    return re.findall(r"'([a-z0-9_-]+)'", condition)


def _allow(table_name: str, name: str, words: list[str]) -> None:
    named = op.f(f"ck_{table_name}_{name}")
    condition = f"kind IN ({', '.join(repr(word) for word in words)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(named, table_name, type_="check")
        op.create_check_constraint(named, table_name, condition)
        return
    with op.batch_alter_table(table_name, recreate="always") as table:
        table.create_check_constraint(named, condition)
