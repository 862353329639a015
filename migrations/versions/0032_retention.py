"""Classes of keeping, holds and disposal

Revision: 0032, after: 0031
"""

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
