"""Decisions about grave accounts, and investigations that were given back with a remark

Revision: 0004, after: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

STEPS_BEFORE = ("social_services", "police", "within")
NEW_STEPS = ("no_report", "no_police", "child_told", "child_not_told")
NEW_KIND = "account_returned"

#: What SQLite forgets when it makes the table of investigations anew.
CHECKS_OF_INVESTIGATIONS = {
    "ck_investigations_resolution": "resolution IN ('confirmed', 'not_confirmed', 'refuted')",
    "ck_investigations_signed_has_a_time": "(countersigned_by_id IS NULL) = (countersigned_at IS NULL)",
    "ck_investigations_countersigned_by_another": "countersigned_by_id <> by_id",
}
CHECKS_OF_A_RETURN = {
    "ck_investigations_returned_has_a_time": "(returned_by_id IS NULL) = (returned_at IS NULL)",
    "ck_investigations_returned_by_another": "returned_by_id <> by_id",
    "ck_investigations_signed_or_returned": "countersigned_at IS NULL OR returned_at IS NULL",
}

events = sa.table("events", sa.column("kind", sa.String()))
steps = sa.table("acute_steps", sa.column("reported_to", sa.String()))


def upgrade() -> None:
    _steps(*STEPS_BEFORE, *NEW_STEPS)
    with op.batch_alter_table("investigations") as table:
        table.add_column(sa.Column("returned_by_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("remark_sealed", sa.LargeBinary(), nullable=True))
        table.create_foreign_key(
            op.f("fk_investigations_returned_by_id"), "users", ["returned_by_id"], ["id"]
        )
        for name, condition in CHECKS_OF_A_RETURN.items():
            table.create_check_constraint(op.f(name), condition)
        if _forgets():
            for name, condition in CHECKS_OF_INVESTIGATIONS.items():
                table.create_check_constraint(op.f(name), condition)
    _kinds_of_event(with_new=True)


def downgrade() -> None:
    op.execute(events.delete().where(events.c.kind == NEW_KIND))
    _kinds_of_event(with_new=False)
    with op.batch_alter_table("investigations") as table:
        for name in CHECKS_OF_A_RETURN:
            table.drop_constraint(op.f(name), type_="check")
        table.drop_constraint(op.f("fk_investigations_returned_by_id"), type_="foreignkey")
        table.drop_column("remark_sealed")
        table.drop_column("returned_at")
        table.drop_column("returned_by_id")
        if _forgets():
            for name, condition in CHECKS_OF_INVESTIGATIONS.items():
                table.create_check_constraint(op.f(name), condition)
    op.execute(steps.update().where(steps.c.reported_to.in_(NEW_STEPS)).values(reported_to="within"))
    _steps(*STEPS_BEFORE)


def _forgets() -> bool:
    """SQLite makes a table anew to change it, and forgets its checks; no other table refers to these."""
    return op.get_bind().dialect.name == "sqlite"


def _steps(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    name = op.f("ck_acute_steps_reportedto")
    with op.batch_alter_table("acute_steps", recreate="auto" if not _forgets() else "always") as table:
        if not _forgets():
            table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, f"reported_to IN ({listed})")


def _kinds_of_event(*, with_new: bool) -> None:
    """Add the new kind to the closed vocabulary of the log, or take it away again."""
    name = op.f("ck_events_eventkind")
    kinds = [kind for kind in KINDS.split() if with_new or kind != NEW_KIND]
    condition = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if not _forgets():
        op.drop_constraint(name, "events", type_="check")
        op.create_check_constraint(name, "events", condition)
        return
    with op.batch_alter_table("events", recreate="always") as table:
        table.create_check_constraint(name, condition)


#: The kinds of event of this revision.
KINDS = """
signed_in
sign_in_failed
signed_out
user_added
user_disabled
provider_registered
provider_changed
home_registered
home_changed
inspection_planned
inspection_changed
inspection_imported
inspection_exported
inspection_read
team_changed
conflict_declared
state_changed
information_given
child_added
child_removed
child_outcome_set
order_overridden
acute_opened
acute_step_recorded
interview_started
interview_changed
interview_ended
statement_recorded
statement_changed
passage_marked
passage_removed
coded
coding_settled
memo_written
codes_exported
codes_imported
account_investigated
account_returned
account_resolved
evidence_added
requirement_marked
own_view_written
weighed
register_answered
override_written
override_countersigned
area_released
area_decided
finding_written
finding_removed
letter_composed
paragraph_changed
remark_made
remark_resolved
letter_submitted
letter_returned
letter_approved
letter_sent
letter_opened
letter_rendered
communication_sent
communication_skipped
reply_received
dialogue_noted
decision_recorded
answer_saved
answers_sent
measure_proposed
measure_followed_up
self_assessment_sent
log_read
"""
