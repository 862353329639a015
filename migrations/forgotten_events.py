"""What a downgrade does to the log: what only the newer program can read goes, the rest is chained anew."""

from collections.abc import Sequence
from datetime import UTC
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from alembic import op

from tillsyn.models.append_only import lift_guard
from tillsyn.models.log_chain import link_events

BATCH = 2000

# As they stand since revision 0024, whatever the models come to say.
_EVENTS = sa.table(
    "events",
    sa.column("id", sa.Uuid()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("kind", sa.String()),
    sa.column("actor_id", sa.Uuid()),
    sa.column("inspection_id", sa.Uuid()),
    sa.column("details", sa.JSON()),
)
_LINKS = sa.table("event_links", sa.column("number", sa.BigInteger()), sa.column("event_id", sa.Uuid()))


def forget_events(kinds: Sequence[str]) -> None:
    """Take away the events of these kinds, in the migration that goes on. Without any the chain stays.

    The log is only added to; a downgrade is the one exception, and `tillsyn audit verify` holds after it.
    """
    connection = op.get_bind()
    ours = sa.select(sa.func.count()).select_from(_EVENTS).where(_EVENTS.c.kind.in_(kinds))
    if not connection.scalar(ours):
        return
    in_order = sa.select(_EVENTS).join(_LINKS, _LINKS.c.event_id == _EVENTS.c.id).order_by(_LINKS.c.number)
    kept = [_row(row) for row in connection.execute(in_order.where(_EVENTS.c.kind.not_in(kinds)))]
    lift_guard(connection)
    op.execute(_LINKS.delete())
    op.execute(_EVENTS.delete().where(_EVENTS.c.kind.in_(kinds)))
    for first in range(0, len(kept), BATCH):
        link_events(connection, kept[first : first + BATCH])


def _row(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC),
        "kind": SimpleNamespace(value=row.kind),
        "actor_id": row.actor_id,
        "inspection_id": row.inspection_id,
        "details": row.details,
    }
