"""Documents that were asked for and not produced; the minor themes of a weighing, for the next inspection

Revision: 0005, after: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

CHECK = "ck_evidence_only_documents_are_missing"
CONDITION = "produced OR kind = 'document'"

# Plain ALTER TABLE, no batch: batch makes the table anew, and in SQLite dropping the old one would
# take with it every row that belongs to it.


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE evidence ADD COLUMN produced BOOLEAN DEFAULT (1) NOT NULL "
            f"CONSTRAINT {CHECK} CHECK ({CONDITION})"
        )
    else:
        op.add_column(
            "evidence", sa.Column("produced", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        op.create_check_constraint(op.f(CHECK), "evidence", CONDITION)
    op.add_column("weighing_runs", sa.Column("minor_themes", sa.JSON(), nullable=True))
    op.create_index(op.f("ix_inspections_home_id"), "inspections", ["home_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_inspections_home_id"), table_name="inspections")
    op.drop_column("weighing_runs", "minor_themes")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(CHECK), "evidence", type_="check")
    op.drop_column("evidence", "produced")
