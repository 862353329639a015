"""What lists with a hundred thousand cases need

Revision: 0026, after: 0025
"""

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
