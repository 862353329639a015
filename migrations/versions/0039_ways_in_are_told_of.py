"""People are told when their ways to sign in are changed, and when their codes are guessed

Revision: 0039, after: 0035
"""

from tillsyn.migrations.notice_kinds import allow_notices, forget_notices

revision = "0039"
down_revision = "0035"

NEW_NOTICES = ("ways_in_changed", "codes_guessed")


def upgrade() -> None:
    allow_notices(NEW_NOTICES)


def downgrade() -> None:
    forget_notices(NEW_NOTICES)
