"""Those in a case are told when whoever asked for documents wants a decision on what was refused

Revision: 0041, after: 0039
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0039"

NEW_NOTICES = ("refusal_wanted",)

notices = sa.table("notices", sa.column("kind", sa.String()))


def upgrade() -> None:
    known = _allowed()
    _allow(known + [kind for kind in NEW_NOTICES if kind not in known])


def downgrade() -> None:
    """What only the newer program can word goes."""
    op.execute(notices.delete().where(notices.c.kind.in_(NEW_NOTICES)))
    _allow([kind for kind in _allowed() if kind not in NEW_NOTICES])


def _allowed() -> list[str]:
    """The words that the database allows as it stands: what other revisions added is kept."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("notices")
    (condition,) = (one["sqltext"] for one in checks if one["name"] == "ck_notices_noticekind")
    return re.findall(r"'([a-z0-9_-]+)'", condition)


def _allow(words: list[str]) -> None:
    named = op.f("ck_notices_noticekind")
    condition = f"kind IN ({', '.join(repr(word) for word in words)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(named, "notices", type_="check")
        op.create_check_constraint(named, "notices", condition)
        return
    with op.batch_alter_table("notices", recreate="always") as table:
        table.create_check_constraint(named, condition)
