"""Second factors, ways in and recovery

Revision: 0027, after: 0026
"""

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
