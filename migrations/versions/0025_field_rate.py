"""The numbers of the log of operations from a sequence, where cases are written at the same time

Revision: 0025, after: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

NUMBERS = sa.Sequence("field_server_seq")


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(sa.schema.CreateSequence(NUMBERS))
    op.execute(
        "SELECT setval('field_server_seq', (SELECT coalesce(max(server_seq), 0) + 1 FROM field_ops), false)"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.DropSequence(NUMBERS))
