"""The kinds of activity in the register stand in the packs: the database no longer lists them

Revision: 0008, after: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BEFORE = ("hvb", "stodboende", "skyddat_boende")
LISTED = f"CONSTRAINT ck_homes_homekind CHECK (kind IN ({', '.join(repr(kind) for kind in BEFORE)}))"
OPEN = "CONSTRAINT ck_homes_has_a_kind CHECK (length(kind) > 0)"

homes = sa.table("homes", sa.column("kind", sa.String()))


def upgrade() -> None:
    _exchange(LISTED, OPEN)


def downgrade() -> None:
    """Homes of a kind that was not known before are registered as the first of those that were."""
    op.execute(homes.update().where(homes.c.kind.not_in(BEFORE)).values(kind=BEFORE[0]))
    _exchange(OPEN, LISTED)


def _exchange(old: str, new: str) -> None:
    """One check of `homes` in the place of another."""
    if op.get_bind().dialect.name == "sqlite":
        _exchange_in_sqlite(old, new)
        return
    op.execute(f"ALTER TABLE homes DROP {' '.join(old.split()[:2])}")
    op.execute(f"ALTER TABLE homes ADD {new}")


def _exchange_in_sqlite(old: str, new: str) -> None:
    """By the way that SQLite documents for a change of a check alone (lang_altertable, part 7).

    Making the table anew would take with it every inspection that belongs to a home.
    """
    connection = op.get_bind()
    written = connection.scalar(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'homes'")
    )
    assert written is not None  # noqa: S101 - the first revision made it  # nosec B101
    assert old in written, written  # noqa: S101 - what is to be replaced stands there  # nosec B101
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'homes'"),
        {"sql": written.replace(old, new)},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version or 0) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
