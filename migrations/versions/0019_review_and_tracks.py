"""What review and the tracks need: threads of remarks, opinions, dissent, matters of sanction

Revision: 0019, after: 0018
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NEW_EVENTS = (
    "remark_answered",
    "remark_opened_again",
    "opinion_given",
    "dissent_noted",
    "sanction_opened",
    "sanction_changed",
    "sanction_heard",
    "sanction_advised",
    "sanction_decided",
    "sanction_final",
)
OPINIONS = ("supported", "objected")
VERDICTS = ("approved", "returned")
OF_THREADS = {
    "threads_are_resolved_at_their_head": "answers_id IS NULL OR resolved_at IS NULL",
}
CHECKS_OF_MATTERS = {
    "begins_before_it_ends": "since_on IS NULL OR since_on <= breach_on",
    "lawyer_speaks_at_some_time": "(lawyer_id IS NULL) = (lawyer_at IS NULL)",
    "decided_by_somebody": "(outcome IS NULL) = (decided_by_id IS NULL)"
    " AND (outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_on IS NULL)",
    "decided_after_the_lawyer": "outcome IS NULL OR lawyer_id IS NOT NULL",
    "decided_by_another": "outcome IS NULL OR decided_by_id <> lawyer_id",
    "amount_within_the_law": "amount IS NULL OR (amount >= 0 AND amount <= 500000)",
    "fee_has_an_amount": "outcome IS NULL OR outcome <> 'fee' OR amount > 0",
    "decided_after_hearing": "outcome IS NULL OR outcome <> 'fee' OR heard_on IS NOT NULL",
    "only_a_fee_becomes_final": "final_on IS NULL OR outcome = 'fee'",
}

events = sa.table("events", sa.column("kind", sa.String()))
remarks = sa.table("remarks", sa.column("answers_id", sa.Uuid()))
reviews = sa.table("reviews", sa.column("verdict", sa.String()))


def upgrade() -> None:
    _allow_verdicts((*VERDICTS, *OPINIONS))
    with op.batch_alter_table("remarks", recreate="always" if _makes_anew() else "auto") as table:
        table.add_column(sa.Column("answers_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_remarks_answers_id"), "remarks", ["answers_id"], ["id"], ondelete="CASCADE"
        )
        for name, condition in OF_THREADS.items():
            table.create_check_constraint(op.f(f"ck_remarks_{name}"), condition)
    op.create_index(op.f("ix_remarks_answers_id"), "remarks", ["answers_id"])
    op.create_table(
        "sanction_matters",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.Column("requirement", sa.String(length=40), nullable=False),
        sa.Column("ground", _enum("sanctionground", "permit", "register_check"), nullable=False),
        sa.Column("breach_on", sa.Date(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("under_penalty_order", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("lawyer_id", sa.Uuid(), nullable=True),
        sa.Column("lawyer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lawyer_says_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "outcome", _enum("sanctionoutcome", "fee", "remitted", "barred", "no_breach"), nullable=True
        ),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column(
            "reduction",
            _enum("reductionground", "minor", "excusable", "unreasonable", "exceptional"),
            nullable=True,
        ),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_sanction_matters_{name}"))
            for name, condition in CHECKS_OF_MATTERS.items()
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_sanction_matters_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_sanction_matters_finding_id"), ondelete="SET NULL"
        ),
        *(
            sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_sanction_matters_{column}"))
            for column in ("opened_by_id", "lawyer_id", "decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction_matters")),
    )
    op.create_index(op.f("ix_sanction_matters_inspection_id"), "sanction_matters", ["inspection_id"])
    op.create_table(
        "dissenting_opinions",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_dissenting_opinions_by_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_dissenting_opinions_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissenting_opinions")),
        sa.UniqueConstraint(
            "inspection_id", "by_id", name=op.f("uq_dissenting_opinions_inspection_id_by_id")
        ),
    )
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Answers in threads, opinions, dissent and matters of sanction have no place before this."""
    op.drop_table("dissenting_opinions")
    op.drop_table("sanction_matters")
    op.drop_index(op.f("ix_remarks_answers_id"), "remarks")
    op.execute(remarks.delete().where(remarks.c.answers_id.is_not(None)))
    with op.batch_alter_table("remarks", recreate="always" if _makes_anew() else "auto") as table:
        for name in OF_THREADS:
            table.drop_constraint(op.f(f"ck_remarks_{name}"), type_="check")
        table.drop_constraint(op.f("fk_remarks_answers_id"), type_="foreignkey")
        table.drop_column("answers_id")
    op.execute(reviews.delete().where(reviews.c.verdict.in_(OPINIONS)))
    _allow_verdicts(VERDICTS)
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _makes_anew() -> bool:
    """SQLite makes a table anew to change it; no other table refers to these."""
    return op.get_bind().dialect.name == "sqlite"


def _allow_verdicts(verdicts: tuple[str, ...]) -> None:
    name = op.f("ck_reviews_verdict")
    condition = f"verdict IN ({', '.join(repr(one) for one in verdicts)})"
    with op.batch_alter_table("reviews", recreate="always" if _makes_anew() else "auto") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, condition)


def _kinds_of_event() -> list[str]:
    """The kinds of event that the database allows as it stands: what other revisions added is kept."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("events")
    (condition,) = (one["sqltext"] for one in checks if one["name"] == "ck_events_eventkind")
    return re.findall(r"'([a-z_]+)'", condition)


def _allow_kinds(kinds: list[str]) -> None:
    name = op.f("ck_events_eventkind")
    condition = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "events", type_="check")
        op.create_check_constraint(name, "events", condition)
        return
    with op.batch_alter_table("events", recreate="always") as table:
        table.create_check_constraint(name, condition)
