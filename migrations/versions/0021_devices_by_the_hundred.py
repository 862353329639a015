"""Batches of notes that have come and wait for their turn into the log; how often somebody asks

Revision: 0021, after: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "arrived_notes",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("op_ids", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "first_seq > 0 AND last_seq >= first_seq", name=op.f("ck_arrived_notes_is_a_row_of_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_arrived_notes_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_arrived_notes_inspection_id_inspections"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrived_notes")),
        sa.UniqueConstraint("device_id", "first_seq", name=op.f("uq_arrived_notes_device_id_first_seq")),
    )
    op.create_index(op.f("ix_arrived_notes_inspection_id"), "arrived_notes", ["inspection_id"])
    with op.batch_alter_table("devices") as table:
        table.add_column(sa.Column("asks", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("asks_since", sa.DateTime(timezone=True), nullable=True))
        table.create_check_constraint(op.f("ck_devices_counts_what_it_asks"), "asks >= 0")
    with op.batch_alter_table("devices") as table:
        table.alter_column("asks", server_default=None)


def downgrade() -> None:
    """What has come and not been taken in would be lost: run `tillsyn take-in` first."""
    waiting = op.get_bind().scalar(sa.text("SELECT count(*) FROM arrived_notes"))
    if waiting:
        raise RuntimeError(f"{waiting} batches of notes wait to be taken in: run tillsyn take-in first")
    with op.batch_alter_table("devices") as table:
        table.drop_constraint(op.f("ck_devices_counts_what_it_asks"), type_="check")
        table.drop_column("asks_since")
        table.drop_column("asks")
    op.drop_index(op.f("ix_arrived_notes_inspection_id"), table_name="arrived_notes")
    op.drop_table("arrived_notes")
