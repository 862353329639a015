"""Requests for documents, what was frozen for them, and the masks

Revision: 0031, after: 0030
"""

import re

import sqlalchemy as sa
from alembic import op

from tillsyn.migrations.forgotten_events import forget_events

revision = "0031"
down_revision = "0030"

NEW_EVENTS = (
    "disclosure_begun", "disclosure_texts_taken", "disclosure_text_assessed", "disclosure_masked",
    "disclosure_unmasked", "disclosure_proposals_settled", "disclosure_handed_over", "disclosure_looked_over",
    "disclosure_given_back", "disclosure_left", "disclosure_decision_wanted", "disclosure_refused",
    "disclosure_file_read",
)  # fmt: skip
ASKS = ("public", "party", "child", "guardian", "spoken_of")
STATES = ("assessed", "second_look", "looked_over", "left")
OUTCOMES = ("whole", "partly", "refused")
TEXTS = ("letter", "decision", "talk_note", "statement", "evidence", "meeting_note", "reply")
GROUNDS = ("26:1", "26:5", "26:14b", "12:3", "10:3", "17:1", "21:1", "21:3", "30:23")
MASKS = ("proposed", "stands", "left_open")
FOUND = (
    "identifier", "roster", "name", "capital", "age", "date", "place", "unique", "few", "wish", "quote",
)  # fmt: skip
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_requests()
    _make_texts()
    _make_masks()
    known = _allowed("events", "eventkind")
    _allow("events", "eventkind", known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Requests go with what was frozen for them, and what the log tells of them; the rest is chained anew."""
    for name in ("disclosure_masks", "disclosure_texts", "disclosure_requests"):
        op.drop_table(name)
    forget_events(NEW_EVENTS)
    _allow(
        "events",
        "eventkind",
        [kind for kind in _allowed("events", "eventkind") if kind not in NEW_EVENTS],
    )


def _make_requests() -> None:
    table = "disclosure_requests"
    op.create_table(
        table,
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reach_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("begun_by_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("handed_at", MOMENT, nullable=True),
        sa.Column("handed_by_id", sa.Uuid(), nullable=True),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("looked_by_id", sa.Uuid(), nullable=True),
        sa.Column("remark_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("left_by_id", sa.Uuid(), nullable=True),
        sa.Column("file_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(_one_of("kind", ASKS), name=op.f(f"ck_{table}_askkind")),
        sa.CheckConstraint(_one_of("state", STATES), name=op.f(f"ck_{table}_askstate")),
        sa.CheckConstraint(_one_of("outcome", OUTCOMES), name=op.f(f"ck_{table}_askoutcome")),
        sa.CheckConstraint(
            "(state = 'assessed') = (handed_at IS NULL) AND (handed_at IS NULL) = (handed_by_id IS NULL)",
            name=op.f(f"ck_{table}_handed_over_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state = 'left') = (file_sealed IS NOT NULL)", name=op.f(f"ck_{table}_what_left_is_kept")
        ),
        sa.CheckConstraint(
            "(state = 'left') = (left_at IS NOT NULL) AND (left_at IS NULL) = (left_by_id IS NULL) AND (left_at IS NULL) = (outcome IS NULL)",
            name=op.f(f"ck_{table}_answered_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state IN ('looked_over', 'left')) = (looked_at IS NOT NULL) AND (looked_at IS NULL) = (looked_by_id IS NULL)",
            name=op.f(f"ck_{table}_leaves_after_a_second_look"),
        ),
        sa.CheckConstraint(
            "wanted_on IS NULL OR (outcome IS NOT NULL AND outcome <> 'whole')",
            name=op.f(f"ck_{table}_only_a_refusal_is_decided"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (decision_sealed IS NULL) AND (decided_at IS NULL OR wanted_on IS NOT NULL)",
            name=op.f(f"ck_{table}_decided_when_it_is_wanted"),
        ),
        sa.CheckConstraint("asked_sealed IS NOT NULL", name=op.f(f"ck_{table}_says_what_is_asked_for")),
        sa.CheckConstraint(
            "looked_by_id IS NULL OR looked_by_id <> handed_by_id", name=op.f(f"ck_{table}_four_eyes")
        ),
        sa.ForeignKeyConstraint(["begun_by_id"], ["users.id"], name=op.f(f"fk_{table}_begun_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f(f"fk_{table}_decided_by_id")),
        sa.ForeignKeyConstraint(["handed_by_id"], ["users.id"], name=op.f(f"fk_{table}_handed_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f(f"fk_{table}_inspection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["left_by_id"], ["users.id"], name=op.f(f"fk_{table}_left_by_id")),
        sa.ForeignKeyConstraint(["looked_by_id"], ["users.id"], name=op.f(f"fk_{table}_looked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_inspection_id"), table, ["inspection_id"])
    op.create_index(op.f(f"ix_{table}_came_on"), table, ["came_on"])


def _make_texts() -> None:
    table = "disclosure_texts"
    op.create_table(
        table,
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("assessed", sa.String(length=40), nullable=True),
        sa.Column("assessed_at", MOMENT, nullable=True),
        sa.Column("assessed_by_id", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(_one_of("kind", TEXTS), name=op.f(f"ck_{table}_textkind")),
        sa.CheckConstraint(_one_of("assessed", ("open", "withheld")), name=op.f(f"ck_{table}_assessed")),
        sa.CheckConstraint(_one_of("ground", GROUNDS), name=op.f(f"ck_{table}_ground")),
        sa.CheckConstraint(
            "(assessed IS NOT NULL AND assessed = 'withheld') = (ground IS NOT NULL)",
            name=op.f(f"ck_{table}_withheld_on_a_ground"),
        ),
        sa.CheckConstraint(
            "(assessed IS NULL) = (assessed_by_id IS NULL) AND (assessed IS NULL) = (assessed_at IS NULL)",
            name=op.f(f"ck_{table}_assessed_by_somebody"),
        ),
        sa.CheckConstraint(
            "ground IS NULL OR reason_sealed IS NOT NULL", name=op.f(f"ck_{table}_withheld_with_a_reason")
        ),
        sa.CheckConstraint("text_sealed IS NOT NULL", name=op.f(f"ck_{table}_has_a_text")),
        sa.ForeignKeyConstraint(["assessed_by_id"], ["users.id"], name=op.f(f"fk_{table}_assessed_by_id")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f(f"fk_{table}_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "request_id", "kind", "source_id", name=op.f(f"uq_{table}_request_id_kind_source_id")
        ),
    )


def _make_masks() -> None:
    table = "disclosure_masks"
    op.create_table(
        table,
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("found", sa.String(length=40), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(_one_of("state", MASKS), name=op.f(f"ck_{table}_maskstate")),
        sa.CheckConstraint(_one_of("found", FOUND), name=op.f(f"ck_{table}_markkind")),
        sa.CheckConstraint(_one_of("ground", GROUNDS), name=op.f(f"ck_{table}_ground")),
        sa.CheckConstraint(
            "(state = 'proposed') = (by_id IS NULL) AND (by_id IS NULL) = (at IS NULL)",
            name=op.f(f"ck_{table}_decided_by_a_person"),
        ),
        sa.CheckConstraint(
            "(state = 'stands') = (ground IS NOT NULL) AND (ground IS NULL OR reason_sealed IS NOT NULL)",
            name=op.f(f"ck_{table}_stands_on_a_ground"),
        ),
        sa.CheckConstraint(
            "state = 'stands' OR found IS NOT NULL", name=op.f(f"ck_{table}_proposed_for_something")
        ),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f(f"ck_{table}_is_a_range")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f(f"fk_{table}_by_id")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["disclosure_texts.id"], name=op.f(f"fk_{table}_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("text_id", "start", "end", name=op.f(f"uq_{table}_text_id_start_end")),
    )


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
