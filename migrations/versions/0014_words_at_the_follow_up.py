"""What children say at the follow-up: how many, and what they want told; copies of letters in the log

Revision: 0014, after: 0013
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

NEW_EVENTS = ("letter_copied",)
WISHES = ("may_be_told", "only_in_general", "not_at_all")
CHECKS = {
    "children_asked_is_a_number": "children_asked >= 0",
    "children_asked_have_a_wish": "children_asked IS NULL OR children_asked = 0 OR children_wish IS NOT NULL",
    "wish": f"children_wish IN ({', '.join(repr(one) for one in WISHES)})",
}

events = sa.table("events", sa.column("kind", sa.String()))


def upgrade() -> None:
    """Of what was noted before nobody knows either: it is told in no letter until it is followed up again."""
    with op.batch_alter_table("measures") as table:
        table.add_column(sa.Column("children_asked", sa.Integer(), nullable=True))
        table.add_column(sa.Column("children_wish", sa.String(length=40), nullable=True))
        for name, condition in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_measures_{name}"), condition)
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    with op.batch_alter_table("measures") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_measures_{name}"), type_="check")
        table.drop_column("children_wish")
        table.drop_column("children_asked")
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


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
