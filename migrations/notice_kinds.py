"""Which kinds of notice the database allows: what a migration that adds kinds does both ways."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

_NOTICES = sa.table("notices", sa.column("kind", sa.String()))


def allow_notices(kinds: Sequence[str]) -> None:
    """Allow these kinds too."""
    known = _allowed()
    _allow(known + [kind for kind in kinds if kind not in known])


def forget_notices(kinds: Sequence[str]) -> None:
    """Take away the notices of these kinds, which only the newer program can word, and allow no more."""
    op.execute(_NOTICES.delete().where(_NOTICES.c.kind.in_(kinds)))
    _allow([kind for kind in _allowed() if kind not in kinds])


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
