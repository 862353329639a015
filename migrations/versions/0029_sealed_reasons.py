"""Reasons, notes and drafts that were in clear are sealed

Revision: 0029, after: 0028
"""

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
