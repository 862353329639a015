"""Since when a point belongs to a committee: one that came after its letter waits for one more

Revision: 0038, after: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

TABLE, COLUMN = "committee_points", "routed_at"


def upgrade() -> None:
    """What was routed before this was kept has no time, and counts as told when a letter has gone."""
    op.add_column(TABLE, sa.Column(COLUMN, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_column(COLUMN)
