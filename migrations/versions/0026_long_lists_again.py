"""What lists with a hundred thousand cases need: since when a case stood in the step that it left

Revision: 0026, after: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

LEFT = "ix_state_changes_left"
BEFORE = ["at", "inspection_id", "from_state"]

BEGAN = """
UPDATE state_changes SET began_at = coalesce(
    (SELECT max(earlier.at) FROM state_changes AS earlier
        WHERE earlier.inspection_id = state_changes.inspection_id AND earlier.at < state_changes.at),
    (SELECT inspections.created_at FROM inspections WHERE inspections.id = state_changes.inspection_id))
"""


def upgrade() -> None:
    op.add_column("state_changes", sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(BEGAN)
    with op.batch_alter_table("state_changes", recreate=_anew()) as table:
        table.alter_column("began_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        table.drop_index(LEFT)
        table.create_index(LEFT, [*BEFORE, "began_at"])


def downgrade() -> None:
    with op.batch_alter_table("state_changes", recreate=_anew()) as table:
        table.drop_index(LEFT)
        table.drop_column("began_at")
        table.create_index(LEFT, BEFORE)


def _anew() -> str:
    """SQLite makes a table anew to change it; foreign keys rest while it does."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"
