"""Arrangements before the visit have a column of their own, apart from the note of an imported file

Revision: 0002, after: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

inspections = sa.table(
    "inspections",
    sa.column("note", sa.String()),
    sa.column("arrangements", sa.String()),
    sa.column("imported_from", sa.String()),
)


# Plain ALTER TABLE, no batch: batch makes the table anew, and in SQLite dropping the old one would
# take with it every row that belongs to a case.


def upgrade() -> None:
    op.add_column("inspections", sa.Column("arrangements", sa.String(), nullable=False, server_default=""))
    moved = inspections.update().where(inspections.c.imported_from.is_(None))
    op.execute(moved.values(arrangements=inspections.c.note, note=""))


def downgrade() -> None:
    held, noted = inspections.c.arrangements, inspections.c.note
    joined = sa.case((noted == "", held), else_=noted.concat("\n\n").concat(held))
    op.execute(inspections.update().where(held != "").values(note=joined))
    op.drop_column("inspections", "arrangements")
