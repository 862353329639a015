"""Letters of every kind: a closed vocabulary, who issued them, all their files, and how children got theirs

Revision: 0009, after: 0008
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KINDS = (
    "information", "communication", "feedback", "decision", "child-6-12", "child-13-20", "reminder",
    "followup", "closing",
)  # fmt: skip
UNREVIEWED = "kind IN ('information', 'communication', 'decision', 'reminder')"
WAYS = ("paper", "read_aloud", "phone", "sent", "not_wanted")
NEW_EVENTS = ("child_letter_given", "child_letter_waived")

BEFORE = {"approved_by_somebody": "(state IN ('approved', 'sent')) = (approved_by_id IS NOT NULL)"}
AFTER = {
    "approved_by_somebody": f"{UNREVIEWED} OR (state IN ('approved', 'sent')) = (approved_by_id IS NOT NULL)",
    "issued_by_somebody": f"NOT ({UNREVIEWED}) OR (approved_by_id IS NULL AND state IN ('draft', 'sent')"
    " AND (state = 'sent') = (issued_by_id IS NOT NULL))",
    "letterkind": f"kind IN ({', '.join(repr(kind) for kind in KINDS)})",
}
ISSUED_BY = "CONSTRAINT fk_letters_issued_by_id FOREIGN KEY(issued_by_id) REFERENCES users (id)"

events = sa.table("events", sa.column("kind", sa.String()))
letters = sa.table("letters", sa.column("id"), sa.column("kind"), sa.column("state"), sa.column("sent_at"))
versions = sa.table(
    "letter_versions",
    sa.column("letter_id"),
    sa.column("language"),
    sa.column("number"),
    sa.column("sent_at"),
)


def upgrade() -> None:
    op.add_column("letters", sa.Column("issued_by_id", sa.Uuid(), nullable=True))
    op.add_column("letters", sa.Column("without_child_letter_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("letter_versions", sa.Column("html", sa.LargeBinary(), nullable=True))
    op.add_column("letter_versions", sa.Column("docx", sa.LargeBinary(), nullable=True))
    op.add_column(
        "letter_versions",
        sa.Column("docx_sha256", sa.String(length=64), nullable=False, server_default=""),
    )
    op.add_column("letter_versions", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    _exchange(BEFORE, AFTER)
    _say_what_was_sent()
    op.create_table(
        "child_letters_given",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(*WAYS, name="givenway", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_child_letters_given_by_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_child_letters_given_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_child_letters_given_resident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_letters_given")),
        sa.UniqueConstraint(
            "resident_id", "way", "given_on", name=op.f("uq_child_letters_given_resident_id_way_given_on")
        ),
    )
    op.create_index(op.f("ix_child_letters_given_letter_id"), "child_letters_given", ["letter_id"])
    known = _kinds_of_event()
    _allow_kinds(known + [kind for kind in NEW_EVENTS if kind not in known])


def downgrade() -> None:
    """Only the feedback letter has a place before this: letters of other kinds go, with all that is theirs."""
    op.drop_table("child_letters_given")
    op.execute(letters.delete().where(letters.c.kind != "feedback"))
    _exchange(AFTER, BEFORE)
    for column in ("sent_at", "docx_sha256", "docx", "html"):
        op.drop_column("letter_versions", column)
    for column in ("without_child_letter_sealed", "issued_by_id"):
        op.drop_column("letters", column)
    op.execute(events.delete().where(events.c.kind.in_(NEW_EVENTS)))
    _allow_kinds([kind for kind in _kinds_of_event() if kind not in NEW_EVENTS])


def _say_what_was_sent() -> None:
    """The newest version of each letter that is sent is what its reader got."""
    other = versions.alias()
    newest = (
        sa.select(sa.func.max(other.c.number))
        .where(other.c.letter_id == versions.c.letter_id, other.c.language == versions.c.language)
        .scalar_subquery()
    )
    sent = sa.select(letters.c.sent_at).where(letters.c.id == versions.c.letter_id).scalar_subquery()
    op.execute(versions.update().where(versions.c.number == newest).values(sent_at=sent))


def _named(checks: dict[str, str]) -> list[str]:
    return [f"CONSTRAINT ck_letters_{name} CHECK ({condition})" for name, condition in checks.items()]


def _exchange(old: dict[str, str], new: dict[str, str]) -> None:
    """Other checks of `letters`, and the reference to who issued it, which goes with the longer list."""
    if op.get_bind().dialect.name == "sqlite":
        old_text, new_text = (
            ", \n\t".join(_named(checks) + [ISSUED_BY] * (checks is AFTER)) for checks in (old, new)
        )
        _exchange_in_sqlite(old_text, new_text)
        return
    for name in old:
        op.execute(f"ALTER TABLE letters DROP CONSTRAINT ck_letters_{name}")
    for constraint in _named(new):
        op.execute(f"ALTER TABLE letters ADD {constraint}")
    if new is AFTER:
        op.execute(f"ALTER TABLE letters ADD {ISSUED_BY}")
    else:
        op.execute("ALTER TABLE letters DROP CONSTRAINT fk_letters_issued_by_id")


def _exchange_in_sqlite(old: str, new: str) -> None:
    """By the way that SQLite documents for a change of constraints alone (lang_altertable, part 7).

    Making the table anew would take with it every paragraph, version and answer of a letter.
    """
    connection = op.get_bind()
    written = connection.scalar(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'letters'")
    )
    assert written is not None  # noqa: S101 - the first revision made it  # nosec B101
    assert old in written, written  # noqa: S101 - what is to be replaced stands there  # nosec B101
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'letters'"),
        {"sql": written.replace(old, new)},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version or 0) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))


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
