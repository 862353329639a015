"""Lists of a hundred thousand cases are read from indexes alone: whether a case is disposed of is in them

Revision: 0036, after: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0034"

SEEN = ["announced", "visit_started_at", "disposed_at"]
CASES = {
    "ix_inspections_counted": (
        ["state", "announced", "visit_started_at", "id"],
        ["state", *SEEN, "state_since", "id"],
    ),
    "ix_inspections_listed": (
        ["state_since", "id", "announced", "visit_started_at", "state"],
        ["state_since", "id", *SEEN, "state"],
    ),
    "ix_inspections_searched": (
        ["search_key", "home_id", "id"],
        ["search_key", "home_id", "id", *SEEN, "state"],
    ),
}
STEPS = "ix_state_changes_of_case"
CONFLICTS = "ix_team_members_conflicts"


def upgrade() -> None:
    for name, (_before, after) in CASES.items():
        op.drop_index(name, "inspections")
        op.create_index(name, "inspections", after)
    op.drop_index(STEPS, "state_changes")
    op.create_index(STEPS, "state_changes", ["inspection_id", "at", "from_state", "began_at"])
    op.create_index(
        CONFLICTS,
        "team_members",
        ["has_conflict", "inspection_id"],
        sqlite_where=sa.text("has_conflict = 1"),
        postgresql_where=sa.text("has_conflict"),
    )


def downgrade() -> None:
    op.drop_index(CONFLICTS, "team_members")
    op.drop_index(STEPS, "state_changes")
    op.create_index(STEPS, "state_changes", ["inspection_id", "at"])
    for name, (before, _after) in CASES.items():
        op.drop_index(name, "inspections")
        op.create_index(name, "inspections", before)
