"""What the last of the case's ways need

Revision: 0033, after: 0032
"""

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
