"""Those in a case are told when whoever asked for documents wants a decision on what was refused

Revision: 0041, after: 0039
"""

from tillsyn.migrations.notice_kinds import allow_notices, forget_notices

revision = "0041"
down_revision = "0039"

NEW_NOTICES = ("refusal_wanted",)


def upgrade() -> None:
    allow_notices(NEW_NOTICES)


def downgrade() -> None:
    forget_notices(NEW_NOTICES)
