"""Row-level security as a second line on PostgreSQL

Revision: 0034, after: 0033
"""

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
