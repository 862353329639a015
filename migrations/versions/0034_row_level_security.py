"""Row-level security on every table, as a second line on PostgreSQL (models/row_security.py)

Made from the tables that there are; after each later migration it is made anew (migrations/env.py). On SQLite
nothing changes.

Revision: 0034, after: 0032
"""

from alembic import op

from tillsyn.models.row_security import drop_policies, make_policies

revision = "0034"
down_revision = "0032"


def upgrade() -> None:
    make_policies(op.get_bind())


def downgrade() -> None:
    drop_policies(op.get_bind())
