"""Reading a case without a part in it, and identities that two open together

Revision: 0030, after: 0029
"""

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
