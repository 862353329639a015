"""A data key for each case, wrapped by a key-encryption key

Revision: 0028, after: 0027
"""

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
