"""Requests for documents, masks and refusals

Revision: 0031, after: 0030
"""

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
