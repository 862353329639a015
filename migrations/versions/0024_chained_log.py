"""The log as a chain: a link for each event, and for those that are there already, by their time; its review

The triggers that keep the log as it is are set after this step (migrations/env.py).

Revision: 0024, after: 0023
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from tillsyn.models.append_only import lift_guard

revision = "0024"
down_revision = "0023"

NEW_EVENTS = ("log_drawn", "log_sample_judged")
OUTCOMES = ("nothing", "followed_up", "reported")
BATCH = 2000

events = sa.table(
    "events",
    sa.column("id", sa.Uuid()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("kind", sa.String()),
    sa.column("actor_id", sa.Uuid()),
    sa.column("inspection_id", sa.Uuid()),
    sa.column("details", sa.JSON()),
)


def upgrade() -> None:
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])
    _make_tables_of_review()
    links = op.create_table(
        "event_links",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event_links")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_links_event_id")),
    )
    _link_what_is_there(links)


def downgrade() -> None:
    """The chain goes, and is made anew from the events that are there when the step is taken again; what was
    drawn from the log, and what came of it, goes."""
    lift_guard(op.get_bind())
    op.drop_table("event_links")
    op.drop_table("log_samples")
    op.drop_table("log_draws")
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS log_is_only_added_to()")


def _make_tables_of_review() -> None:
    op.create_table(
        "log_draws",
        sa.Column("drawn_by_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_log_draws_ends_after_it_begins")),
        sa.CheckConstraint("readings >= 0", name=op.f("ck_log_draws_counted")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["users.id"], name=op.f("fk_log_draws_drawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_draws")),
    )
    op.create_index(op.f("ix_log_draws_drawn_at"), "log_draws", ["drawn_at"])
    op.create_table(
        "log_samples",
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("judged_by_id", sa.Uuid(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            f"outcome IN ({', '.join(map(repr, OUTCOMES))})", name=op.f("ck_log_samples_reviewoutcome")
        ),
        sa.CheckConstraint("judged_by_id <> actor_id", name=op.f("ck_log_samples_judged_by_another")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (judged_by_id IS NULL) AND (outcome IS NULL) = (judged_at IS NULL)",
            name=op.f("ck_log_samples_judged_by_somebody"),
        ),
        sa.CheckConstraint("events > 0", name=op.f("ck_log_samples_something_was_read")),
        sa.ForeignKeyConstraint(["draw_id"], ["log_draws.id"], name=op.f("fk_log_samples_draw_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_log_samples_actor_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_log_samples_inspection_id")
        ),
        sa.ForeignKeyConstraint(["judged_by_id"], ["users.id"], name=op.f("fk_log_samples_judged_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_samples")),
    )
    op.create_index(op.f("ix_log_samples_draw_id"), "log_samples", ["draw_id"])
    op.create_index(op.f("ix_log_samples_actor_id_day"), "log_samples", ["actor_id", "day"])
    op.create_index(op.f("ix_log_samples_outcome_day"), "log_samples", ["outcome", "day"])


def _kinds_of_event() -> list[str]:
    """The kinds of event that the database allows as it stands: what other revisions added is kept."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("events")
    (condition,) = (one["sqltext"] for one in checks if one["name"] == "ck_events_eventkind")
    return re.findall(r"'([a-z_]+)'", condition)


def _allow_kinds(kinds: list[str]) -> None:
    name = op.f("ck_events_eventkind")
    condition = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "events", type_="check")
        op.create_check_constraint(name, "events", condition)
        return
    with op.batch_alter_table("events", recreate="always") as table:
        table.create_check_constraint(name, condition)


def _link_what_is_there(links: sa.Table) -> None:
    connection = op.get_bind()
    number, hash = 0, bytes(32)
    for rows in _in_batches(connection):
        made = []
        for row in rows:
            number += 1
            hash = hashlib.sha256(hash + _text(number, row)).digest()
            made.append({"number": number, "event_id": row.id, "hash": hash})
        connection.execute(links.insert(), made)


def _in_batches(connection: sa.Connection) -> Iterator[list[Any]]:
    """Events from the first on, so many at a time that memory is no matter."""
    order = sa.tuple_(events.c.at, events.c.id)
    chosen = sa.select(events).order_by(events.c.at, events.c.id).limit(BATCH)
    rows = list(connection.execute(chosen))
    while rows:
        yield rows
        last = rows[-1]
        after = order > sa.tuple_(
            sa.literal(last.at, sa.DateTime(timezone=True)), sa.literal(last.id, sa.Uuid())
        )
        rows = list(connection.execute(chosen.where(after)))


def _text(number: int, row: Any) -> bytes:
    """The event as models/log_chain.py wrote it in this revision."""
    at = row.at if row.at.tzinfo is None else row.at.astimezone(UTC).replace(tzinfo=None)
    values = [
        "tillsyn-log/1",
        number,
        row.id.hex,
        at.isoformat(timespec="microseconds") + "Z",
        row.kind,
        row.actor_id.hex if row.actor_id else None,
        row.inspection_id.hex if row.inspection_id else None,
        row.details,
    ]
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
