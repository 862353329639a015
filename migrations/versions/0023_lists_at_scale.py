"""Indexes that lists of very many cases and homes are found and turned by

Revision: 0023, after: 0022
"""

from alembic import op

revision = "0023"
down_revision = "0022"

NEW = {
    "ix_team_members_of_user": ("team_members", ["user_id", "has_conflict", "inspection_id"]),
    "ix_team_members_parts": ("team_members", ["inspection_id", "role", "has_conflict", "user_id"]),
    "ix_inspections_by_visit": ("inspections", ["planned_on", "id"]),
    "ix_inspections_searched": ("inspections", ["search_key", "home_id", "id"]),
    "ix_state_changes_of_case": ("state_changes", ["inspection_id", "at"]),
    "ix_state_changes_left": ("state_changes", ["at", "inspection_id", "from_state"]),
    "ix_providers_by_name": ("providers", ["search_key", "id"]),
    "ix_homes_by_name": ("homes", ["search_key", "id"]),
    "ix_homes_by_municipality": ("homes", ["municipality", "search_key", "id"]),
    "ix_statements_severity_inspection_id": ("statements", ["severity", "inspection_id"]),
    "ix_meeting_times_starts_at": ("meeting_times", ["starts_at"]),
    "ix_measures_finding_id": ("measures", ["finding_id"]),
}
REPLACED = {
    "ix_team_members_user_id": ("team_members", ["user_id"]),
    "ix_inspections_planned_on": ("inspections", ["planned_on"]),
    "ix_state_changes_inspection_id": ("state_changes", ["inspection_id"]),
    "ix_providers_search_key": ("providers", ["search_key"]),
    "ix_homes_search_key": ("homes", ["search_key"]),
}
"""Each is the beginning of a new one."""


def upgrade() -> None:
    _change(REPLACED, NEW)


def downgrade() -> None:
    _change(NEW, REPLACED)


def _change(gone: dict[str, tuple[str, list[str]]], come: dict[str, tuple[str, list[str]]]) -> None:
    for name, (table, _columns) in gone.items():
        op.drop_index(name, table)
    for name, (table, columns) in come.items():
        op.create_index(name, table, columns)
