"""Which roles one person does not give alone, and who is enough to give them. Pure. (docs/decisions/0026)"""

from collections.abc import Set as AbstractSet
from uuid import UUID

from ...models.vocabulary import Role
from .access import AUTHORITY

BY_TWO = frozenset({*AUTHORITY, Role.LOG_REVIEWER, Role.REGISTRAR, Role.ADMINISTRATOR})
"""What opens cases (in a team, or in need), what came in about homes, answers that left, or the log. An
administrator too: one who could make another alone would have the second person as well."""


def can_be_confirmed(asked_by: UUID, confirming: AbstractSet[UUID], of: UUID | None = None) -> bool:
    """Is there another than who gave the role, and than the one it is for?"""
    return bool(confirming - {asked_by, of})
